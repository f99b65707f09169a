#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// The applicant's page in a real browser at phone size, against a real verifa-sandbox. Prints TAP.
//
//   node test_capture_page.mjs VERIFA-SANDBOX [PATTERN]
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { goOn, open, press, runTests, startSandbox, test, TIMEOUT, title, walkTo, withPhone } from './applicant.mjs';
import { inspect } from './inspect.mjs';
import { nextScreen, walk } from './phone.mjs';

const [program, pattern = ''] = process.argv.slice(2);
const shots = process.env.VRF_SCREENSHOTS;

const WALKS = [
  { outcome: 'approve', status: 'completed', result: 'approved', device: 'iphone', dark: false, document: 'drivers_license', last: 'Step 7 of 7' },
  { outcome: 'reject', status: 'completed', result: 'rejected', device: 'pixel', dark: true, document: 'passport', last: 'Step 6 of 6' },
  { outcome: 'needs_review', status: 'under_review', result: 'needs_review', device: '320x568', dark: false, document: 'national_id', last: 'Step 6 of 6' },
  { outcome: 'approve', status: 'completed', result: 'approved', device: '430x932', dark: true, document: 'residence_permit', last: 'Step 10 of 10', workflow: 'workflow_full' },
  { outcome: 'review_watchlist', status: 'under_review', result: 'needs_review', device: '1280x800', dark: false, document: 'drivers_license', last: 'Step 8 of 8', workflow: 'workflow_user_info' },
];

for (const plan of WALKS) {
  const look = `${plan.device}${plan.dark ? ' dark' : ''}`;
  test(`${plan.outcome} with ${plan.document} on ${look}: every screen is sound`, async (it) => {
    const session = await it.sandbox.create({ external_ref: `guest-${plan.device}`, workflow_id: plan.workflow });
    const problems = [];
    const screenshots = shots && path.join(shots, look.replace(' ', '-'));
    if (screenshots) mkdirSync(screenshots, { recursive: true });
    await withPhone(it, plan, async (page, { pictures }) => {
      const report = await walk(page, session.capture_url, {
        ...plan, pictures, timeout: TIMEOUT, screenshots,
        onscreen: async (where, name) => problems.push(...(await inspect(where)).map((text) => `${name}: ${text}`)),
      });
      assert.equal(report.error, undefined);
      assert.ok(report.ok);
      assert.deepEqual(report.problems, []);
      assert.deepEqual(problems, []);
      assert.equal(report.counters[report.screens.indexOf('outcome')], plan.last);
      assert.match(await page.locator('#screen').textContent(), /You can close this page/);
    });
    assert.equal((await it.sandbox.get(session)).status, plan.status);
    assert.equal((await it.sandbox.api('GET', `/sessions/${session.id}/result`)).status, plan.result);
  });
}

test('outcomes of ours stand apart and are named so', async (it) => {
  const session = await it.sandbox.create();
  await withPhone(it, {}, async (page, { pictures }) => {
    await walkTo(it, page, pictures, session.capture_url, 'complete');
    assert.equal(await title(page), 'Choose Verification Outcome');
    const visible = await page.locator('button:visible').allTextContents();
    assert.deepEqual(visible, ['Approved', 'Rejected', 'Needs Review']);
    await page.getByText('More outcomes of this sandbox').click();
    assert.equal(await page.locator('details[open] button').count(), 6);
    assert.match(await page.locator('details[open]').textContent(), /real service does not know them/);
    await page.getByText('Developer', { exact: true }).click();
    await goOn(page, 'outcome', 'expired', () => page.locator('[data-outcome="expire"]').click());
  });
  assert.equal((await it.sandbox.get(session)).status, 'expired');
});

test('links that are over say so, and nothing more', async (it) => {
  const expired = await it.sandbox.create({ external_ref: 'guest-secret', applicant_name: 'Ada Secret' });
  await it.sandbox.api('POST', `/sessions/${expired.id}/expire`);
  const resumed = await it.sandbox.create();
  await it.sandbox.api('POST', `/sessions/${resumed.id}/resume`);
  const finished = await it.sandbox.create();
  await it.sandbox.api('POST', `/sessions/${finished.id}/simulate`, { action: 'decline' });
  const unknown = finished.capture_url.replace(/tok_.*/, 'tok_nobody-made-this');

  await withPhone(it, {}, async (page) => {
    for (const [url, screen, words] of [
      [expired.capture_url, 'expired', 'This link has expired'],
      [resumed.capture_url, 'replaced', 'This link cannot be used any more'],
      [finished.capture_url, 'finished', 'Already finished'],
      [unknown, 'unknown', 'This link is not valid'],
    ]) {
      await open(page, url, screen);
      assert.equal(await title(page), words);
      const text = await page.locator('body').textContent();
      assert.doesNotMatch(text, /secret|reject|declin|approv/i);
      assert.deepEqual(await inspect(page), []);
      assert.equal(await page.locator('#screen button').count(), 0);
    }
  });
});

test('a one-time link belongs to the phone that opened it', async (it) => {
  const session = await it.sandbox.create();
  const link = await it.sandbox.api('POST', `/sessions/${session.id}/generate-one-time-link`, {});
  await withPhone(it, {}, async (page, { context }) => {
    await open(page, link.capture_url, 'consent');
    await page.reload();
    assert.equal(await nextScreen(page, undefined, TIMEOUT), 'consent');
    const [cookie] = await context.cookies(link.capture_url);
    assert.equal(cookie.httpOnly, true);
    assert.equal(cookie.sameSite, 'Strict');
    assert.equal(cookie.path, new URL(link.capture_url).pathname);
    assert.deepEqual(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]), ['', 0, 0]);
  });
  await withPhone(it, {}, (page) => open(page, link.capture_url, 'replaced'));
});

test('a reload goes on at the first step that is not done', async (it) => {
  const session = await it.sandbox.create();
  await withPhone(it, {}, async (page, { pictures }) => {
    for (const [stopAfter, next] of [['consent', 'document_type'], ['document_type', 'document_front'], ['document_front', 'document_back'], ['selfie', 'complete'], ['complete', 'outcome']]) {
      await walkTo(it, page, pictures, session.capture_url, stopAfter);
      await page.reload();
      assert.equal(await nextScreen(page, undefined, TIMEOUT), next);
    }
  });
});

test('who does not agree can go back, and nothing was sent', async (it) => {
  const session = await it.sandbox.create();
  await withPhone(it, {}, async (page) => {
    await open(page, session.capture_url, 'consent');
    assert.ok(await page.getByRole('button', { name: 'Continue' }).isDisabled());
    await goOn(page, 'consent', 'declined', () => press(page, 'I do not agree'));
    assert.deepEqual(await inspect(page), []);
    await goOn(page, 'declined', 'consent', () => press(page, 'Go back'));
  });
  const { status, consent_ip: address } = await it.sandbox.get(session);
  assert.deepEqual([status, address], ['capturing', null]);
});

test('the keyboard is enough', async (it) => {
  const session = await it.sandbox.create();
  await withPhone(it, { device: '1280x800' }, async (page, { pictures }) => {
    const tabTo = async (name) => {
      for (let i = 0; i < 12; i += 1) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(() => document.activeElement.textContent || document.activeElement.id);
        if (focused === name || focused.startsWith(name)) return;
      }
      assert.fail(`Tab does not come to ${name}`);
    };
    const chooser = page.waitForEvent('filechooser', { timeout: 2 * TIMEOUT });
    chooser.catch(() => {});
    await open(page, session.capture_url, 'consent');
    await tabTo('agree');
    await page.keyboard.press('Space');
    await tabTo('Continue');
    await goOn(page, 'consent', 'document_type', () => page.keyboard.press('Enter'));
    await tabTo('Passport');
    await goOn(page, 'document_type', 'country', () => page.keyboard.press('Enter'));
    await tabTo('country');
    await page.keyboard.type('fran');
    await page.keyboard.press('Enter');
    await tabTo('Continue');
    await goOn(page, 'country', 'document_front', () => page.keyboard.press('Enter'));
    await tabTo("I'm ready");
    await page.keyboard.press('Enter');
    // This browser has no camera.
    await page.waitForSelector('[data-screen="document_front_no_camera"]', { timeout: TIMEOUT });
    await tabTo('Open the camera app');
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(pictures.document);
    assert.equal(await nextScreen(page, 'document_front_no_camera', TIMEOUT), 'document_front_review');
    await tabTo('Submit photo');
    await goOn(page, 'document_front_review', 'selfie', () => page.keyboard.press('Enter'));
  });
});

test('who cannot do a movement is told where to go, and may ask for others', async (it) => {
  const session = await it.sandbox.create({ workflow_id: 'workflow_full' });
  await withPhone(it, {}, async (page, { pictures }) => {
    const nonces = [];
    await walkTo(it, page, pictures, session.capture_url, 'selfie');
    page.on('response', async (response) => {
      if (response.url().endsWith('/liveness') && response.request().method() === 'GET') nonces.push((await response.json()).nonce);
    });
    await goOn(page, 'liveness', 'liveness_1', () => press(page, 'Start'));
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
    await goOn(page, 'liveness_1', 'liveness_2', () => press(page, 'Done'));
    assert.match(await page.locator('#screen').textContent(), /Movement 2 of 3/);
    await goOn(page, 'liveness_2', 'liveness_cannot', () => press(page, 'I cannot do this'));
    assert.match(await page.locator('#screen').textContent(), /speak to the front desk/);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
    assert.deepEqual(await inspect(page), []);
    await goOn(page, 'liveness_cannot', 'liveness_1', () => press(page, 'Ask for other movements'));
    for (const [from, to] of [['liveness_1', 'liveness_2'], ['liveness_2', 'liveness_3'], ['liveness_3', 'fields']]) {
      await goOn(page, from, to, () => press(page, 'Done'));
    }
    assert.equal(new Set(nonces).size, 2);
  });
});

test('a lost connection is said, and the picture is not lost with it', async (it) => {
  const session = await it.sandbox.create();
  await withPhone(it, {}, async (page, { context, pictures }) => {
    await walkTo(it, page, pictures, session.capture_url, 'document_type');
    await page.setInputFiles('#camera', pictures.document);
    assert.equal(await nextScreen(page, 'document_front', TIMEOUT), 'document_front_review');
    await context.setOffline(true);
    await goOn(page, 'document_front_review', 'offline', () => press(page, 'Submit photo'));
    assert.deepEqual(await inspect(page), []);
    await context.setOffline(false);
    await page.waitForSelector('[data-screen="document_back"]', { timeout: TIMEOUT });
  });
});

test('a failing server is said; Try again goes on', async (it) => {
  const session = await it.sandbox.create();
  await withPhone(it, {}, async (page) => {
    const answers = [
      { status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' },
      { status: 500, contentType: 'application/json', body: '{"error":' },
      { status: 200, contentType: 'application/json', body: 'not json' },
      { status: 429, contentType: 'application/json', body: '{"error":"rate_limited"}' },
    ];
    await page.route('**/verify/tok_*', (route) => {
      const isState = route.request().headers().accept === 'application/json';
      return isState && answers.length > 0 ? route.fulfill(answers.shift()) : route.continue();
    });
    await open(page, session.capture_url, 'failed');
    for (let i = 0; i < 3; i += 1) {
      await press(page, 'Try again');
      await page.waitForFunction(() => document.querySelector('#screen button:not(:disabled)'));
      assert.equal(await title(page), 'Something went wrong');
    }
    await goOn(page, 'failed', 'consent', () => press(page, 'Try again'));
  });
});

test('files that do not fit are refused in words', async (it) => {
  const session = await it.sandbox.create();
  await withPhone(it, {}, async (page, { pictures }) => {
    await walkTo(it, page, pictures, session.capture_url, 'document_type');
    const choose = (name, mimeType, buffer) => page.setInputFiles('#camera', { name, mimeType, buffer });
    const isSaid = (words) => page.locator('.note.bad', { hasText: words }).waitFor({ timeout: TIMEOUT });

    await choose('large.pdf', 'application/pdf', Buffer.concat([Buffer.from('%PDF-1.4'), Buffer.alloc(10 * 1048576)]));
    await isSaid(/larger than 10 MB/);
    await choose('film.gif', 'image/jpeg', Buffer.from('GIF89a and so on'));
    await isSaid(/cannot be opened as a picture/);
    assert.deepEqual(await inspect(page), []);
    // What the phone lets pass, the server still judges.
    await page.route('**/documents', (route) => route.fulfill({
      status: 415, contentType: 'application/json', body: '{"error":"unsupported_media_type","detail":"Use a JPEG, PNG or WebP picture."}',
    }));
    await choose('good.jpg', 'image/jpeg', pictures.document.buffer);
    assert.equal(await nextScreen(page, 'document_front', TIMEOUT), 'document_front_review');
    await press(page, 'Submit photo');
    await isSaid(/JPEG, PNG or WebP/);
  });
});

test('a small picture is called poor, and passes', async (it) => {
  const session = await it.sandbox.create();
  await withPhone(it, {}, async (page, { pictures }) => {
    await walkTo(it, page, pictures, session.capture_url, 'document_type');
    await page.setInputFiles('#file', pictures.small);
    assert.equal(await nextScreen(page, 'document_front', TIMEOUT), 'document_front_review');
    assert.match(await page.locator('.note').textContent({ timeout: TIMEOUT }), /Photo quality is low/);
    await goOn(page, 'document_front_review', 'document_type', () => press(page, 'Change ID type'));
    await goOn(page, 'document_type', 'country', () => page.locator('[data-type="passport"]').click());
    await goOn(page, 'country', 'document_front', () => press(page, 'Continue'));
    assert.equal(await title(page), 'Scan the photo page');
  });
});

test('what is typed is checked, and what is wrong is said beside it', async (it) => {
  const session = await it.sandbox.create({ workflow_id: 'workflow_user_info', fields: { last_name: 'Prefilled' } });
  await withPhone(it, {}, async (page, { pictures }) => {
    await walkTo(it, page, pictures, session.capture_url, 'selfie');
    assert.equal(await page.inputValue('#last_name'), 'Prefilled');
    await press(page, 'Continue');
    assert.equal(await page.locator('#first_name-wrong').textContent(), 'Please fill this in.');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'first_name');
    await page.fill('#first_name', 'Ada');
    await page.fill('#email', 'ada');
    await press(page, 'Continue');
    await page.waitForFunction(() => document.querySelector('#email').hasAttribute('aria-invalid'));
    assert.match(await page.locator('#email-wrong').textContent(), /e-mail address/);
    assert.equal(await page.inputValue('#first_name'), 'Ada');
    assert.deepEqual(await inspect(page), []);
    await page.fill('#email', 'ada@example.com');
    await goOn(page, 'fields', 'complete', () => press(page, 'Continue'));
  });
});

test('at the end the applicant is sent back to where the session says', async (it) => {
  const session = await it.sandbox.create({ redirect_url: `${it.sandbox.url}/verify/assets/icon.svg?from=desk` });
  await withPhone(it, {}, async (page, { pictures }) => {
    await walkTo(it, page, pictures, session.capture_url, 'complete');
    await page.clock.install();
    await goOn(page, 'outcome', 'done', () => page.locator('[data-outcome="approve"]').click());
    assert.match(await page.locator('#screen').textContent(), /taken back to 127\.0\.0\.1/);
    assert.deepEqual(await inspect(page), []);
    await page.clock.fastForward(11000);
    await page.waitForURL(`**/icon.svg?from=desk&session_id=${session.id}&status=completed`);
  });
});

test('five minutes and one minute before its end the page warns', async (it) => {
  const session = await it.sandbox.create();
  await withPhone(it, {}, async (page) => {
    const alarm = () => page.locator('#alarm').textContent();
    await page.clock.install();
    await open(page, session.capture_url, 'consent');
    assert.match(await page.locator('#until').textContent(), /This link works until \d\d:\d\d/);
    assert.equal(await alarm(), '');
    await page.clock.fastForward('15:10');
    assert.equal(await alarm(), '5 minutes left on this link.');
    assert.deepEqual(await inspect(page), []);
    await page.clock.fastForward('04:00');
    assert.equal(await alarm(), 'One minute left on this link.');
  });
});

test('a link that ends in the middle is noticed without pressing anything', async (it) => {
  // Twenty minutes of that server's clock are six seconds.
  const fast = await startSandbox(program, '--time-scale', '200');
  try {
    const session = await fast.create();
    await withPhone(it, {}, async (page) => {
      await open(page, session.capture_url, 'consent');
      await goOn(page, 'consent', 'expired', () => {});
    });
  } finally {
    await fast.stop();
  }
});

await runTests(program, pattern);
