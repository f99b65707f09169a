#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// The applicant's walk: ways back, reloads, languages, what is typed, and every bad end, in a real
// browser at phone size against a real verifa-sandbox. Prints TAP.
//
//   node test_capture_walk.mjs VERIFA-SANDBOX [PATTERN] [--long]
//
//   --long   every outcome of the sandbox too
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { goOn, open, press, runTests, startSandbox, test, TIMEOUT, title, walkTo, withPhone } from './applicant.mjs';
import { nextScreen } from './phone.mjs';

const { values: { long }, positionals: [program, pattern] } = parseArgs({ allowPositionals: true, options: { long: { type: 'boolean' } } });
const HOSTILE = '<img src=x onerror="alert(1)">\'"&amp;<b>{braces}';

/** The calls that change something, as the page makes them: ["POST /consent", …]. */
function listen(page) {
  const calls = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') calls.push(new URL(request.url()).pathname.replace(/.*\/tok_[^/]+/, ''));
  });
  return calls;
}

const screenOf = (page) => page.locator('#screen').getAttribute('data-screen');
const text = (page) => page.locator('#screen').innerText();
const storage = (page) => page.evaluate(() => Object.fromEntries(Object.entries(sessionStorage)));

/** Types into the list of countries and takes what is first. */
async function choose(page, id, typed) {
  await page.fill(`#${id}`, typed);
  await page.press(`#${id}`, 'Enter');
  return page.inputValue(`#${id}`);
}

async function agree(page) {
  await page.check('#agree');
  await goOn(page, 'consent', 'document_type', () => press(page, 'Continue'));
}

// Ends

test('an expired or replaced link says where to go; a finished, used or unknown one does not', async (it) => {
  const metadata = { desk: `Desk ${HOSTILE}`, guest: 'Ada Secret' };
  const expired = await it.sandbox.create({ metadata });
  await it.sandbox.api('POST', `/sessions/${expired.id}/expire`);
  const replaced = await it.sandbox.create({ metadata });
  await it.sandbox.api('POST', `/sessions/${replaced.id}/resume`);
  const finished = await it.sandbox.create({ metadata });
  await it.sandbox.api('POST', `/sessions/${finished.id}/simulate`, { action: 'approve' });
  const session = await it.sandbox.create({ metadata });
  const link = await it.sandbox.api('POST', `/sessions/${session.id}/generate-one-time-link`, {});
  await withPhone(it, {}, (page) => open(page, link.capture_url, 'consent'));

  await withPhone(it, {}, async (page) => {
    for (const [url, screen, tells] of [
      [expired.capture_url, 'expired', true],
      [replaced.capture_url, 'replaced', true],
      [link.capture_url, 'replaced', false],
      [finished.capture_url, 'finished', false],
      [session.capture_url.replace(/tok_.*/, 'tok_nobody-made-this'), 'unknown', false],
    ]) {
      await open(page, url, screen);
      assert.equal((await text(page)).includes(`Desk ${HOSTILE}`), tells, screen);
      assert.equal((await text(page)).includes('Front Desk Demo'), tells, screen);
      assert.doesNotMatch(await page.locator('body').innerText(), /secret|approv/i);
      assert.equal(await page.locator('#screen button, #screen img').count(), 0);
      assert.ok(await page.locator('#language').isVisible());
    }
  });
});

test('what the desk does in the middle is met at the next press', async (it) => {
  for (const [act, end] of [
    [(session) => it.sandbox.api('POST', `/sessions/${session.id}/expire`), 'expired'],
    [(session) => it.sandbox.api('POST', `/sessions/${session.id}/resume`), 'replaced'],
    [(session) => it.sandbox.api('POST', `/sessions/${session.id}/simulate`, { action: 'decline' }), 'finished'],
  ]) {
    const session = await it.sandbox.create({ metadata: { desk: 'Desk 2' } });
    await withPhone(it, {}, async (page) => {
      await open(page, session.capture_url, 'consent');
      await page.check('#agree');
      await act(session);
      await goOn(page, 'consent', end, () => press(page, 'Continue'));
      if (end !== 'finished') assert.match(await text(page), /Desk 2/);
      await page.goBack().catch(() => {});
      assert.ok(['about:blank', session.capture_url].includes(page.url()));
    });
  }
});

test('who takes the consent back is told what happens to what was sent', async (it) => {
  const session = await it.sandbox.create();
  await withPhone(it, {}, async (page) => {
    await open(page, session.capture_url, 'consent');
    await goOn(page, 'consent', 'declined', () => press(page, 'I do not agree'));
    assert.match(await text(page), /Nothing was collected/);
    await goOn(page, 'declined', 'consent', () => page.goBack());
    await agree(page);
    await goOn(page, 'document_type', 'consent', () => page.goBack());
    assert.ok(await page.isChecked('#agree'));
    await goOn(page, 'consent', 'declined', () => press(page, 'I do not agree'));
    assert.match(await text(page), /Nothing more is collected/);
    await goOn(page, 'declined', 'consent', () => press(page, 'Go back'));
  });
});

test('a lost connection costs nothing: the same data goes out once it is back', async (it) => {
  const session = await it.sandbox.create({ workflow_id: 'workflow_user_info' });
  await withPhone(it, {}, async (page, { context, pictures }) => {
    await walkTo(it, page, pictures, session.capture_url, 'selfie');
    await page.fill('#first_name', 'Ada');
    await page.fill('#last_name', 'Example');
    await page.fill('#email', 'ada@example.com');
    await context.setOffline(true);
    await goOn(page, 'fields', 'offline', () => press(page, 'Continue'));
    assert.match(await text(page), /goes on by itself/);
    await goOn(page, 'offline', 'complete', () => context.setOffline(false));
  });
});

test('a sandbox that is stopped and started again is waited for', async (it) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'verifa-capture-'));
  const database = ['--database', path.join(folder, 'sandbox.db')];
  let sandbox = await startSandbox(program, ...database);
  try {
    const session = await sandbox.create();
    const { port } = new URL(sandbox.url);
    await withPhone(it, {}, async (page) => {
      await open(page, session.capture_url, 'consent');
      await agree(page);
      await goOn(page, 'document_type', 'country', () => page.click('[data-type="passport"]'));
      await choose(page, 'country', 'UK');
      await sandbox.stop();
      await goOn(page, 'country', 'offline', () => press(page, 'Continue'));
      sandbox = await startSandbox(program, ...database, '--port', port);
      assert.equal(await nextScreen(page, 'offline', TIMEOUT), 'document_front');
    });
    const { steps } = await (await fetch(session.capture_url, { headers: { Accept: 'application/json' } })).json();
    assert.equal(steps.find(({ id }) => id === 'document_type').state, 'done');
  } finally {
    await sandbox.stop();
    await rm(folder, { recursive: true });
  }
});

test('without JavaScript the page says so', async (it) => {
  const session = await it.sandbox.create();
  const context = await it.browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(session.capture_url);
  assert.match(await page.locator('main').innerText(), /needs JavaScript/);
  await context.close();
});

// Back, reload, resume

test('Back leads through every screen, sends nothing, and Continue leads on again', async (it) => {
  const session = await it.sandbox.create();
  await withPhone(it, {}, async (page, { pictures }) => {
    await walkTo(it, page, pictures, session.capture_url, 'selfie', { document: 'drivers_license' });
    assert.equal(await screenOf(page), 'complete');
    const calls = listen(page);
    const way = ['complete', 'selfie', 'document_back', 'document_front', 'country', 'document_type', 'consent'];
    for (let i = 1; i < way.length; i += 1) {
      // By turns the browser's own and the page's.
      await goOn(page, way[i - 1], way[i], () => (i % 2 ? page.goBack() : page.click('#back')));
      assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
    }
    assert.ok(await page.locator('#back').isHidden());
    await goOn(page, 'consent', 'document_type', () => press(page, 'Continue'));
    assert.ok(await page.locator('[data-type="drivers_license"] .chosen').isVisible());
    await goOn(page, 'document_type', 'country', () => page.click('[data-type="drivers_license"]'));
    assert.equal(await page.inputValue('#country'), 'Germany');
    for (const [from, to] of [['country', 'document_front'], ['document_front', 'document_back'], ['document_back', 'selfie'], ['selfie', 'complete']]) {
      await goOn(page, from, to, () => press(page, 'Continue'));
    }
    assert.deepEqual(calls, []);
    await goOn(page, 'complete', 'selfie', () => page.goBack());
    await goOn(page, 'selfie', 'complete', () => page.goForward());
  });
});

test('inside a step Back goes one screen back, and once all is sent it shows nothing of before', async (it) => {
  const session = await it.sandbox.create({ workflow_id: 'workflow_doc_only' });
  await withPhone(it, {}, async (page, { pictures }) => {
    await walkTo(it, page, pictures, session.capture_url, 'document_type', { document: 'passport' });
    await page.setInputFiles('#camera', pictures.document);
    assert.equal(await nextScreen(page, 'document_front', TIMEOUT), 'document_front_review');
    await goOn(page, 'document_front_review', 'document_front', () => page.goBack());
    await page.setInputFiles('#camera', pictures.document);
    assert.equal(await nextScreen(page, 'document_front', TIMEOUT), 'document_front_review');
    await goOn(page, 'document_front_review', 'complete', () => press(page, 'Submit photo'));
    await goOn(page, 'complete', 'document_front', () => page.goBack());
    assert.match(await text(page), /is there/);
    await goOn(page, 'document_front', 'complete', () => press(page, 'Continue'));
    await goOn(page, 'complete', 'outcome', () => press(page, 'Submit'));
    assert.ok(await page.locator('#back').isHidden());
    const calls = listen(page);
    await page.goBack();
    await page.waitForFunction(() => document.getElementById('screen').dataset.screen === 'outcome');
    assert.deepEqual(calls, []);
    await goOn(page, 'outcome', 'done', () => page.click('[data-outcome="approve"]'));
  });
});

test('what was done can be done again, from the last look too', async (it) => {
  const session = await it.sandbox.create({ workflow_id: 'workflow_doc_only' });
  await withPhone(it, {}, async (page, { pictures }) => {
    await walkTo(it, page, pictures, session.capture_url, 'document_front', { document: 'passport' });
    const calls = listen(page);
    await goOn(page, 'complete', 'document_front', () => press(page, 'Change: Front of the document'));
    await page.setInputFiles('#camera', pictures.document);
    assert.equal(await nextScreen(page, 'document_front', TIMEOUT), 'document_front_review');
    await goOn(page, 'document_front_review', 'complete', () => press(page, 'Submit photo'));
    await goOn(page, 'complete', 'document_type', () => press(page, 'Change: Document: Passport'));
    await goOn(page, 'document_type', 'country', () => page.click('[data-type="drivers_license"]'));
    await goOn(page, 'country', 'document_front', () => press(page, 'Continue'));
    assert.deepEqual(calls, ['/documents', '/document-type']);
  });
});

test('a reload at each step goes on there, with what was typed and chosen', async (it) => {
  const session = await it.sandbox.create({ workflow_id: 'workflow_full' });
  await withPhone(it, {}, async (page, { pictures }) => {
    const reload = async (screen) => {
      await page.reload();
      assert.equal(await nextScreen(page, undefined, TIMEOUT), screen);
      return text(page);
    };
    await open(page, session.capture_url, 'consent');
    assert.doesNotMatch(await reload('consent'), /Welcome back/);
    await agree(page);
    assert.match(await reload('document_type'), /Welcome back\. Continue where you left\./);
    await goOn(page, 'document_type', 'country', () => page.click('[data-type="passport"]'));
    await choose(page, 'country', 'cote d');
    await reload('country');
    assert.equal(await page.inputValue('#country'), 'Côte d\'Ivoire');
    await goOn(page, 'country', 'document_front', () => press(page, 'Continue'));
    await reload('document_front');
    await walkTo(it, page, pictures, session.capture_url, 'selfie');
    await reload('liveness');
    await goOn(page, 'liveness', 'liveness_1', () => press(page, 'Start'));
    await reload('liveness');
    await walkTo(it, page, pictures, session.capture_url, 'liveness');
    await page.fill('#first_name', 'Ada');
    await page.fill('#ssn', '000');
    await choose(page, 'address-country', 'UK');
    await reload('fields');
    assert.deepEqual([await page.inputValue('#first_name'), await page.inputValue('#ssn')], ['Ada', '000']);
    await page.waitForFunction(() => document.querySelector('#address-country')?.value === 'United Kingdom');
    await walkTo(it, page, pictures, session.capture_url, 'fields');
    await page.fill('#poa-date', '2020-01-31');
    await reload('proof_of_address_kind');
    assert.equal(await page.inputValue('#poa-date'), '2020-01-31');
    await walkTo(it, page, pictures, session.capture_url, 'proof_of_address');
    await reload('complete');
    await walkTo(it, page, pictures, session.capture_url, 'complete');
    assert.doesNotMatch(await reload('outcome'), /Welcome back/);
    await goOn(page, 'outcome', 'done', () => page.click('[data-outcome="approve"]'));
    assert.deepEqual(await storage(page), {});
    await reload('finished');
  });
});

test('another phone with a new link goes on, and Back leads to what was done', async (it) => {
  const session = await it.sandbox.create();
  await withPhone(it, {}, (page, { pictures }) => walkTo(it, page, pictures, session.capture_url, 'document_front', { document: 'passport' }));
  const { capture_url: url } = await it.sandbox.api('POST', `/sessions/${session.id}/resume`);
  await withPhone(it, {}, async (page) => {
    await open(page, url, 'selfie');
    assert.match(await text(page), /Welcome back/);
    await goOn(page, 'selfie', 'document_front', () => page.goBack());
    assert.match(await text(page), /The front of your document is there/);
    await goOn(page, 'document_front', 'country', () => page.click('#back'));
    assert.equal(await page.inputValue('#country'), 'Germany');
  });
});

// Country

test('a country is found by keyboard, and the list tells a screen reader what it does', async (it) => {
  const session = await it.sandbox.create({ country: 'fr' });
  await withPhone(it, {}, async (page) => {
    await open(page, session.capture_url, 'consent');
    await agree(page);
    await goOn(page, 'document_type', 'country', () => page.click('[data-type="drivers_license"]'));
    const box = page.locator('#country');
    const active = () => page.evaluate(() => {
      const input = document.getElementById('country');
      const option = document.getElementById(input.getAttribute('aria-activedescendant'));
      return [input.getAttribute('aria-expanded'), option?.firstChild.textContent ?? null, option?.getAttribute('aria-selected') ?? null];
    });
    assert.equal(await box.inputValue(), 'France');
    assert.equal(await box.getAttribute('role'), 'combobox');
    await box.focus();
    await page.keyboard.press('ArrowDown');
    assert.deepEqual(await active(), ['true', 'France', 'true']);
    await page.keyboard.press('Home');
    assert.equal((await active())[1], 'Afghanistan');
    await page.keyboard.press('ArrowUp');
    assert.equal((await active())[1], 'Zimbabwe');
    await page.keyboard.press('Home');
    await page.keyboard.press('End');
    assert.equal((await active())[1], 'Zimbabwe');
    await page.keyboard.press('Escape');
    assert.deepEqual(await active(), ['false', null, null]);
    assert.equal(await box.inputValue(), 'France');
    await page.keyboard.press('Escape');
    assert.equal(await box.inputValue(), '');
    await page.keyboard.type('cOTE');
    assert.equal((await active())[1], 'Côte d\'Ivoire');
    await page.waitForFunction(() => /^\d+ match(es)?$/.test(document.querySelector('.combo [role="status"]').textContent));
    await box.fill('qqq');
    await page.waitForFunction(() => /^No match/.test(document.querySelector('.combo [role="status"]').textContent));
    await press(page, 'Continue');
    assert.equal(await page.locator('#country-wrong').textContent(), 'Please choose a country of the list.');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'country');
    await box.fill('usa');
    await page.keyboard.press('Tab');
    assert.equal(await box.inputValue(), 'United States');
    assert.ok(await page.locator('#issuing-state').isVisible());
    await press(page, 'Continue');
    assert.equal(await page.locator('#issuing-state-wrong').textContent(), 'Please fill this in.');
    assert.equal(await choose(page, 'issuing-state', 'district'), 'District of Columbia');
    const sent = page.waitForRequest((request) => request.url().endsWith('/document-type'));
    await goOn(page, 'country', 'document_front', () => press(page, 'Continue'));
    assert.deepEqual((await sent).postDataJSON(), { document_type: 'drivers_license', country: 'US', state: 'DC' });
  });
});

test('passports and residence permits have no state', async (it) => {
  const session = await it.sandbox.create({ workflow_id: 'workflow_full', country: 'US' });
  await withPhone(it, {}, async (page) => {
    await open(page, session.capture_url, 'consent');
    await agree(page);
    for (const [type, has] of [['passport', false], ['residence_permit', false], ['national_id', true]]) {
      await goOn(page, 'document_type', 'country', () => page.click(`[data-type="${type}"]`));
      assert.equal(await page.locator('#issuing-state').isVisible(), has, type);
      await goOn(page, 'country', 'document_type', () => page.goBack());
    }
  });
});

// Languages

test('the browser\'s language is taken, and another one changes nothing but the words', async (it) => {
  const session = await it.sandbox.create({ workflow_id: 'workflow_user_info' });
  await withPhone(it, { locale: 'de-AT' }, async (page, { pictures }) => {
    const root = () => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir, document.title]);
    const tables = [];
    page.on('request', (request) => /texts-\w+\.js/.test(request.url()) && tables.push(/texts-(\w+)/.exec(request.url())[1]));
    await open(page, session.capture_url, 'consent');
    assert.deepEqual(await root(), ['de', 'ltr', 'Identität bestätigen – Identitätsprüfung']);
    assert.deepEqual(tables, ['de']);
    await page.check('#agree');
    await page.selectOption('#language', 'ar');
    await page.waitForFunction(() => document.documentElement.dir === 'rtl');
    assert.deepEqual(await root(), ['ar', 'rtl', 'أثبت هويتك – التحقق من الهوية']);
    assert.ok(await page.isChecked('#agree'));
    assert.match(await page.locator('#organization').innerText(), /Front Desk Demo/);
    await page.reload();
    assert.equal(await nextScreen(page, undefined, TIMEOUT), 'consent');
    assert.equal((await root())[0], 'ar');
    assert.deepEqual(await storage(page), {});
    await page.selectOption('#language', 'en');
    await page.waitForFunction(() => document.documentElement.lang === 'en');

    await agree(page);
    await goOn(page, 'document_type', 'country', () => page.click('[data-type="passport"]'));
    await choose(page, 'country', 'aust');
    await page.selectOption('#language', 'de');
    await page.waitForFunction(() => document.querySelector('#country').value === 'Australien');
    assert.equal(await page.locator('label[for="country"]').textContent(), 'Land');
    await page.selectOption('#language', 'en');
    await page.waitForFunction(() => document.querySelector('#country').value === 'Australia');
    await goOn(page, 'country', 'document_front', () => press(page, 'Continue'));

    // A picture that was just taken stays.
    await page.setInputFiles('#camera', pictures.document);
    assert.equal(await nextScreen(page, 'document_front', TIMEOUT), 'document_front_review');
    await page.selectOption('#language', 'fr');
    await page.waitForFunction(() => document.querySelector('h1').textContent === 'Vérifiez l’image');
    assert.equal(await page.locator('.picture img').getAttribute('alt'), 'Votre image du recto');
    await goOn(page, 'document_front_review', 'selfie', () => press(page, 'Envoyer la photo'));
    await page.selectOption('#language', 'en');
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    await page.setInputFiles('#camera', pictures.selfie);
    assert.equal(await nextScreen(page, 'selfie', TIMEOUT), 'selfie_review');
    await goOn(page, 'selfie_review', 'fields', () => press(page, 'Submit photo'));

    // What was typed, what is wrong with it, and the focus stay too.
    await page.fill('#first_name', 'Ada');
    await page.fill('#email', 'ada');
    await press(page, 'Continue');
    assert.match(await page.locator('.note.bad').textContent(), /Please check 2 entries/);
    await page.selectOption('#language', 'de');
    await page.waitForFunction(() => document.querySelector('#email-wrong').textContent === 'Bitte eine E-Mail-Adresse angeben, zum Beispiel name@example.com.');
    assert.equal(await page.inputValue('#first_name'), 'Ada');
    assert.match(await page.locator('.note.bad').textContent(), /Bitte prüfen Sie 2 Eingaben/);
  });
});

test('Arabic is laid out from the right, with its own plurals and numerals', async (it) => {
  const session = await it.sandbox.create();
  await withPhone(it, { locale: 'ar-EG' }, async (page) => {
    await page.clock.install();
    await open(page, session.capture_url, 'consent');
    await page.clock.fastForward('15:10');
    assert.equal(await page.locator('#alarm').textContent(), 'بقيت ٥ دقائق على انتهاء هذا الرابط.');
    assert.equal(await page.locator('#counter').textContent(), 'الخطوة ١ من ٦');
    await page.check('#agree');
    await goOn(page, 'consent', 'document_type', () => press(page, 'متابعة'));
    const box = await page.locator('#back').boundingBox();
    const language = await page.locator('#language').boundingBox();
    assert.ok(box.x > language.x, 'Back is on the right');
    assert.match(await page.locator('#back svg').evaluate((svg) => getComputedStyle(svg).transform), /matrix\(-1/);
    const [icon, words] = await page.locator('[data-type="passport"]').evaluate((button) => [...button.children].slice(0, 2).map((child) => child.getBoundingClientRect().x));
    assert.ok(icon > words, 'the picture stands before the words');
  });
});

// What is typed

test('every kind of entry is judged beside it, in the page\'s own words', async (it) => {
  const session = await it.sandbox.create({ workflow_id: 'workflow_full', fields: { last_name: HOSTILE, address: { city: 'Known City' } } });
  await withPhone(it, {}, async (page, { pictures }) => {
    await walkTo(it, page, pictures, session.capture_url, 'liveness', { document: 'passport' });
    assert.equal(await page.inputValue('#last_name'), HOSTILE);
    assert.equal(await page.inputValue('#city'), 'Known City');
    for (const [id, autocomplete] of [['first_name', 'given-name'], ['last_name', 'family-name'], ['email', 'email'], ['phone', 'tel'], ['date_of_birth', 'bday'], ['line1', 'address-line1'], ['zip', 'postal-code']]) {
      assert.equal(await page.getAttribute(`#${id}`, 'autocomplete'), autocomplete);
    }
    const wrong = async (values) => {
      for (const [id, value] of Object.entries(values)) await page.fill(`#${id}`, value);
      await press(page, 'Continue');
      return page.evaluate((ids) => ids.map((id) => document.getElementById(`${id}-wrong`).textContent), Object.keys(values));
    };
    assert.deepEqual(await wrong({ first_name: 'x'.repeat(101), email: 'ada', phone: '020 7946 0000', date_of_birth: '2099-01-01', ssn: '12', line1: '' }), [
      'Please write 1 to 100 characters.',
      'Please write an e-mail address, such as name@example.com.',
      'Please write 6 to 15 digits, with + and the country code first, such as +44 20 7946 0000.',
      'Please give a date in the past, at most 120 years ago.',
      'Please write nine digits.',
      'Please fill this in.',
    ]);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'first_name');
    assert.equal(await page.inputValue('#last_name'), HOSTILE);

    // What the server says besides is put where it belongs, translated.
    const good = { first_name: 'Ada', email: 'ada@example.com', phone: '0044 20 7946 0000', date_of_birth: '1990-02-03', ssn: '000-00-0000', line1: '1 Example Street', zip: '00000' };
    const errors = [{ field: 'address.zip', code: 'string_length', message: 'must be' }, { field: 'shoe_size', code: 'odd', message: 'must be even' }];
    await page.route('**/fields', (route) => route.fulfill({ status: 422, contentType: 'application/json', body: JSON.stringify({ error: 'validation_error', detail: 'x', status_code: 422, errors }) }), { times: 1 });
    await wrong(good);
    await page.waitForFunction(() => document.querySelector('#zip').hasAttribute('aria-invalid'));
    assert.equal(await page.locator('#zip-wrong').textContent(), 'Please write 200 characters or fewer.');
    const sent = page.waitForRequest((request) => request.url().endsWith('/fields'));
    await goOn(page, 'fields', 'proof_of_address_kind', () => press(page, 'Continue'));
    assert.deepEqual((await sent).postDataJSON(), {
      first_name: 'Ada', last_name: HOSTILE, email: 'ada@example.com', phone: '+442079460000', date_of_birth: '1990-02-03', ssn: '000000000',
      address: { line1: '1 Example Street', city: 'Known City', zip: '00000', country: 'DE' },
    });
    assert.deepEqual(await storage(page), {});

    // Looked at again it is there, and is not shown before it is asked for.
    await goOn(page, 'proof_of_address_kind', 'fields', () => page.goBack());
    assert.equal(await page.locator('#first_name').count(), 0);
    await press(page, 'Do it again');
    await page.waitForSelector('#first_name');
    assert.equal(await page.inputValue('#first_name'), 'Ada');
  });
});

test('an SSN is masked until it is to be seen, and pasting works everywhere', async (it) => {
  const session = await it.sandbox.create({ workflow_id: 'workflow_full' });
  await withPhone(it, {}, async (page, { context, pictures }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await walkTo(it, page, pictures, session.capture_url, 'liveness', { document: 'passport' });
    const masked = () => page.locator('#ssn').evaluate((input) => getComputedStyle(input).webkitTextSecurity);
    assert.equal(await masked(), 'disc');
    await press(page, 'Show');
    assert.equal(await masked(), 'none');
    await press(page, 'Hide');
    assert.equal(await masked(), 'disc');
    assert.equal(await page.getAttribute('#ssn', 'autocomplete'), 'off');
    await page.evaluate(() => navigator.clipboard.writeText('000-00-0000'));
    for (const id of ['ssn', 'email', 'first_name']) {
      await page.focus(`#${id}`);
      await page.keyboard.press('Control+V');
      assert.equal(await page.inputValue(`#${id}`), '000-00-0000', id);
    }
  });
});

test('a proof of address is sent with its kind and date', async (it) => {
  const session = await it.sandbox.create({ workflow_id: 'workflow_full' });
  await withPhone(it, {}, async (page, { pictures }) => {
    await walkTo(it, page, pictures, session.capture_url, 'fields', { document: 'passport' });
    await press(page, 'Continue');
    assert.match(await page.locator('#poa-date-wrong').textContent(), /cannot be in the future/);
    await page.fill('#poa-date', '2099-01-01');
    await press(page, 'Continue');
    assert.match(await page.locator('#poa-date-wrong').textContent(), /cannot be in the future/);
    await page.selectOption('#kind', 'bank_statement');
    await page.fill('#poa-date', '2020-01-31');
    await goOn(page, 'proof_of_address_kind', 'proof_of_address', () => press(page, 'Continue'));
    await page.setInputFiles('#file', pictures.document);
    assert.equal(await nextScreen(page, 'proof_of_address', TIMEOUT), 'proof_of_address_review');
    await goOn(page, 'proof_of_address_review', 'complete', () => press(page, 'Submit photo'));
  });
  const { data: documents } = await it.sandbox.api('GET', `/sessions/${session.id}/documents`).then((body) => (Array.isArray(body) ? { data: body } : body));
  const proof = documents.find((one) => (one.doc_type ?? one.document_type) === 'proof_of_address');
  assert.ok(proof);
  const exported = JSON.stringify(await it.sandbox.api('GET', `/sessions/${session.id}/export`));
  assert.match(exported, /"poa_document_type":"bank_statement"/);
  assert.match(exported, /"poa_document_date":"2020-01-31"/);
});

// What reaches the page from outside, and what leaves it

test('hostile values are text wherever they come to be shown', async (it) => {
  const sandbox = await startSandbox(program);
  try {
    await sandbox.api('PATCH', '/_sandbox/organization', { name: HOSTILE });
    const session = await sandbox.create({
      external_ref: HOSTILE, applicant_name: HOSTILE, metadata: { desk: HOSTILE }, workflow_id: 'workflow_user_info',
      fields: { first_name: HOSTILE, last_name: HOSTILE, email: '"><script>@x.yz', phone: '<b>' }, redirect_url: `https://example.com/?a=${encodeURIComponent(HOSTILE)}#<b>`,
    });
    await withPhone(it, {}, async (page, { pictures }) => {
      const problems = [];
      page.on('console', (message) => ['error', 'warning'].includes(message.type()) && problems.push(message.text()));
      page.on('dialog', (dialog) => { problems.push('a dialog'); dialog.dismiss(); });
      await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective}`)));
      await open(page, session.capture_url, 'consent');
      assert.ok((await text(page)).includes(`${HOSTILE} asks you to show who you are.`));
      assert.equal(await page.locator('#organization').textContent(), HOSTILE);
      await walkTo(it, page, pictures, session.capture_url, 'selfie');
      assert.equal(await page.inputValue('#first_name'), HOSTILE);
      assert.equal(await page.inputValue('#email'), '"><script>@x.yz');
      await sandbox.api('POST', `/sessions/${session.id}/expire`);
      for (const [id, value] of [['email', 'a@b.co'], ['phone', '+442079460000']]) await page.fill(`#${id}`, value);
      await goOn(page, 'fields', 'expired', () => press(page, 'Continue'));
      assert.ok((await text(page)).includes(HOSTILE));
      assert.equal(await page.locator('body img, body b, body script').count(), 0);
      assert.deepEqual(problems.filter((one) => !/410|Failed to load resource/.test(one)), []);
    });
  } finally {
    await sandbox.stop();
  }
});

test('a redirect that is no web address is not followed or linked', async (it) => {
  const session = await it.sandbox.create({ workflow_id: 'workflow_doc_only' });
  await withPhone(it, {}, async (page, { pictures }) => {
    await walkTo(it, page, pictures, session.capture_url, 'complete', { document: 'passport' });
    await page.route('**/sandbox-outcome', (route) => route.fulfill({
      contentType: 'application/json', body: JSON.stringify({ session_id: 'x', status: 'completed', result_status: 'approved', redirect_url: 'javascript:document.body.textContent=1' }),
    }));
    await goOn(page, 'outcome', 'done', () => page.click('[data-outcome="approve"]'));
    assert.equal(await page.locator('#screen a').count(), 0);
  });
});

test('the way back can be stopped, and neither it nor a log learns the token', async (it) => {
  const seen = [];
  const target = http.createServer((request, response) => {
    seen.push({ url: request.url, headers: request.headers });
    response.end('<!doctype html><title>Back</title>');
  });
  await new Promise((resolve) => { target.listen(0, '127.0.0.1', resolve); });
  const sandbox = await startSandbox(program);
  const url = `http://127.0.0.1:${target.address().port}/back?from=desk`;
  const tokens = [];
  try {
    for (const stays of [true, false]) {
      const session = await sandbox.create({ workflow_id: 'workflow_doc_only', redirect_url: url });
      tokens.push(session.capture_url.split('/').pop());
      await withPhone(it, {}, async (page, { pictures }) => {
        await walkTo(it, page, pictures, session.capture_url, 'complete', { document: 'passport' });
        await page.clock.install();
        await goOn(page, 'outcome', 'done', () => page.click('[data-outcome="approve"]'));
        assert.match(await text(page), /In 10 seconds/);
        if (stays) {
          await press(page, 'Stay here');
          await page.clock.fastForward(60000);
          assert.equal(await screenOf(page), 'done');
          assert.deepEqual(seen, []);
          await page.getByRole('link').click();
        } else {
          await page.clock.fastForward(11000);
        }
        await page.waitForURL(`**/back?from=desk&session_id=${session.id}&status=completed`);
        assert.equal(await page.evaluate(() => document.referrer), '');
      });
    }
    assert.deepEqual(seen.filter(({ url: where }) => where.startsWith('/back')).map(({ headers }) => headers.referer), [undefined, undefined]);
    assert.equal(tokens.some((token) => JSON.stringify(seen).includes(token) || sandbox.said().includes(token)), false);
    assert.doesNotMatch(sandbox.said(), /tok_/);
  } finally {
    await sandbox.stop();
    target.close();
  }
});

const testLong = long ? test : () => {};
testLong('every outcome can be chosen, and each ends as it should', async (it) => {
  const ends = {
    approve: 'completed', reject: 'completed', needs_review: 'under_review', reject_document_expired: 'completed', reject_underage: 'completed', reject_unreadable: 'completed',
    reject_high_risk: 'completed', review_watchlist: 'under_review', review_duplicate: 'under_review', expire: 'expired', fail: 'failed', await_external: 'awaiting_external',
  };
  await withPhone(it, {}, async (page, { pictures }) => {
    const listed = [];
    for (const [outcome, status] of Object.entries(ends)) {
      const session = await it.sandbox.create({ workflow_id: 'workflow_doc_only' });
      const sent = new FormData();
      const call = (step, body) => fetch(session.capture_url + step, body instanceof FormData ? { method: 'POST', body } : { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
      sent.append('side', 'front');
      sent.append('file', new Blob([pictures.document.buffer]), 'x');
      for (const [step, body] of [['/consent', { consent: true }], ['/document-type', { document_type: 'passport' }], ['/documents', sent], ['/complete', {}]]) assert.ok((await call(step, body)).ok, step);
      await open(page, session.capture_url, 'outcome');
      const choice = page.locator(`[data-outcome="${outcome}"]`);
      if (listed.length === 0) listed.push(...await page.locator('[data-outcome]').evaluateAll((all) => all.map((one) => one.dataset.outcome)));
      if (!await choice.isVisible()) await page.locator('details', { has: choice }).locator('summary').click();
      await goOn(page, 'outcome', outcome === 'expire' ? 'expired' : 'done', () => choice.click());
      assert.equal((await it.sandbox.get(session)).status, status, outcome);
    }
    assert.deepEqual(listed, Object.keys(ends));
  });
});

await runTests(program, pattern);
