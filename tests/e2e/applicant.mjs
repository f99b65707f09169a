// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of the applicant's side share: a sandbox of their own, phones, and TAP.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import { drawPictures, launch, nextScreen, openPhone, walk } from './phone.mjs';

export const TIMEOUT = 30000;

/** Starts a sandbox, in memory unless options say otherwise. said() is what it wrote to standard error. */
export async function startSandbox(program, ...options) {
  const database = options.includes('--database') ? [] : ['--database', ':memory:'];
  const child = spawn(program, [...database, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { said += text; });
  const line = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}: ${said}`)));
    createInterface(child.stdout).once('line', resolve);
  });
  const ready = JSON.parse(line);
  const api = async (method, path, body) => {
    const response = await fetch(`${ready.api_url}${path.startsWith('/_') ? '' : '/api/v1'}${path}`, {
      method,
      headers: { 'X-API-Key': ready.sandbox_key, ...(body ? { 'Content-Type': 'application/json' } : {}) },
      body: body && JSON.stringify(body),
    });
    assert.ok(response.ok, `${method} ${path.replace(/session_\w+/, '{id}')}: ${response.status}`);
    return response.json();
  };
  return {
    url: ready.api_url,
    api,
    said: () => said,
    create: (body = {}) => api('POST', '/sessions', body),
    get: (session) => api('GET', `/sessions/${session.id}`),
    stop: () => new Promise((resolve) => { child.once('exit', resolve); child.kill('SIGTERM'); }),
  };
}

const tests = [];
export const test = (name, run) => tests.push({ name, run });

/** A fresh phone that is put away afterwards: run(page, {context, pictures}). */
export async function withPhone(it, options, run) {
  const context = await openPhone(it.browser, options);
  try {
    it.pictures ??= await drawPictures(context);
    return await run(await context.newPage(), { context, pictures: it.pictures });
  } finally {
    await context.close();
  }
}

export const press = (page, name) => page.getByRole('button', { name, exact: true }).click({ timeout: TIMEOUT });
export const title = (page) => page.locator('h1').textContent();

/** Opens a capture URL and waits for that screen. */
export async function open(page, url, screen) {
  await page.goto(url);
  assert.equal(await nextScreen(page, undefined, TIMEOUT), screen);
}

/** Does something, which must lead from one screen to another. */
export async function goOn(page, from, to, act) {
  await act();
  assert.equal(await nextScreen(page, from, TIMEOUT), to);
}

/** Walks as phone.mjs does until that screen is dealt with. */
export async function walkTo(it, page, pictures, url, stopAfter, options = {}) {
  const report = await walk(page, url, { outcome: 'approve', document: 'drivers_license', pictures, timeout: TIMEOUT, stopAfter, ...options });
  assert.ok(report.ok, report.error);
  return report;
}

async function runOne(it, index, { name, run }) {
  const begun = Date.now();
  try {
    await run(it);
    console.log(`ok ${index} - ${name}`);
  } catch (error) {
    String(error.stack).split('\n').forEach((line) => console.log(`# ${line.replace(/tok_[\w-]+/g, 'tok_…')}`));
    console.log(`not ok ${index} - ${name}`);
    process.exitCode = 1;
  }
  console.log(`# ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

/** Runs the tests whose names contain the pattern, with one browser and one sandbox: {browser, sandbox, program}. setUp(it) adds what they share. */
export async function runTests(program, pattern = '', { needsBrowser = true, setUp = async () => {} } = {}) {
  const it = { program, browser: needsBrowser ? await launch() : null, sandbox: await startSandbox(program) };
  await setUp(it);
  const chosen = tests.filter(({ name }) => name.includes(pattern));
  console.log(`1..${chosen.length}`);
  for (const [index, one] of chosen.entries()) await runOne(it, index + 1, one);
  await it.browser?.close();
  await it.sandbox.stop();
}
