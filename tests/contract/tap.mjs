// SPDX-License-Identifier: GPL-3.0-or-later
// Runs tests one after another and prints TAP.

/** @tests: [[title, async function], …] */
export async function run(tests) {
  let failed = 0;
  console.log(`1..${tests.length}`);
  for (const [index, [title, body]] of tests.entries()) {
    try {
      await body();
      console.log(`ok ${index + 1} ${title}`);
    } catch (error) {
      failed += 1;
      console.log(String(error.stack ?? error).replace(/^/gm, '# '));
      console.log(`not ok ${index + 1} ${title}`);
    }
  }
  process.exitCode = failed > 0 ? 1 : 0;
}
