#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// The applicant's page for everyone: axe-core on every screen, the keyboard alone, small and turned
// phones, large text. Prints TAP.
//
//   node test_capture_access.mjs VERIFA-SANDBOX [PATTERN] [--long] [--screenshots DIR]
//
//   --long             every language, light and dark
//   --screenshots DIR  pictures of every screen at 360 × 780, light and dark
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { goOn, open, runTests, test, TIMEOUT, withPhone } from './applicant.mjs';
import { audit } from './axe.mjs';
import { launchWithFilm } from './films.mjs';
import { inspect } from './inspect.mjs';
import { nextScreen, openPhone } from './phone.mjs';

const { values, positionals: [program, pattern] } = parseArgs({ allowPositionals: true, options: { long: { type: 'boolean' }, screenshots: { type: 'string' } } });

const has = (page, selector) => page.locator(selector).isVisible();

/** What a person does with a screen, in whatever language: by what the elements are, not by their words. */
const ACTS = {
  consent: async (page) => {
    await page.check('#agree');
    await page.click('#screen .main');
  },
  document_type: (page) => page.click('[data-type="drivers_license"]'),
  country: async (page) => {
    for (const [id, typed] of [['country', 'US'], ['issuing-state', 'CA']]) {
      await page.fill(`#${id}`, typed);
      await page.press(`#${id}`, 'Enter');
    }
    await page.click('#screen .main');
  },
  fields: async (page) => {
    const typed = { first_name: 'Ada', last_name: 'Example', email: 'ada@example.com', phone: '+442079460000', date_of_birth: '1990-02-03', line1: '1 Example Street', city: 'Exampletown', zip: '00000' };
    for (const [id, value] of Object.entries(typed)) await page.fill(`#${id}`, value);
    await page.click('#screen .main');
  },
  proof_of_address_kind: async (page) => {
    await page.fill('#poa-date', '2020-01-31');
    await page.click('#screen .main');
  },
  outcome: (page) => page.click('[data-outcome="approve"]'),
};

/** What a screen can look like besides: [name, act] pairs that do not leave it. */
const LOOKS = {
  country: [
    ['list', (page) => page.fill('#country', 'un')],
    ['wrong', async (page) => {
      await page.fill('#country', 'qqq');
      await page.click('#screen .main');
    }],
    ['state', async (page) => {
      await page.fill('#country', 'US');
      await page.press('#country', 'Enter');
    }],
  ],
  fields: [['wrong', (page) => page.click('#screen .main')]],
  proof_of_address_kind: [['wrong', (page) => page.click('#screen .main')]],
  outcome: [['all', async (page) => {
    for (const summary of await page.locator('summary').all()) await summary.click();
  }]],
};

async function act(page, screen, pictures) {
  if (ACTS[screen]) await ACTS[screen](page);
  else if (await page.locator('#file').count() > 0) await page.setInputFiles('#file', screen.startsWith('selfie') ? pictures.selfie : pictures.document);
  else await page.click('#screen .main');
}

/** Walks everything there is, and the ends; look(page, name) sees each screen in each of its looks. */
async function seeAll(it, options, look) {
  const { sandbox } = it;
  const metadata = { desk: 'Front desk 2' };
  const session = await sandbox.create({ workflow_id: 'workflow_full', metadata, redirect_url: 'https://example.com/back' });
  const problems = [];
  await withPhone(it, options, async (page, { context, pictures }) => {
    const see = async (name) => problems.push(...(await look(page, name)).map((one) => `${name}: ${one}`));
    await page.clock.install();
    await page.goto(session.capture_url);
    let screen = await nextScreen(page, undefined, TIMEOUT);
    for (;;) {
      await see(screen);
      if (screen === 'done') break;
      for (const [name, change] of LOOKS[screen] ?? []) {
        await change(page);
        await see(`${screen}_${name}`);
      }
      if (screen === 'complete') {
        await goOn(page, 'complete', 'proof_of_address', () => page.click('#back'));
        await see('kept');
        await goOn(page, 'proof_of_address', 'complete', () => page.click('#screen .main'));
        await page.reload();
        await nextScreen(page, undefined, TIMEOUT);
        await see('welcome_back');
      }
      await act(page, screen, pictures);
      screen = await nextScreen(page, screen, TIMEOUT);
    }
    await page.reload();
    await nextScreen(page, undefined, TIMEOUT);
    await see('finished');
    await seeEnds(it, page, context, see);
  });
  return problems;
}

async function seeEnds({ sandbox }, page, context, see) {
  const metadata = { desk: 'Front desk 2' };
  const make = async (action) => {
    const session = await sandbox.create({ metadata });
    await sandbox.api('POST', `/sessions/${session.id}/${action}`);
    return session.capture_url;
  };
  for (const [url, end] of [[await make('expire'), 'expired'], [await make('resume'), 'replaced'], [`${sandbox.url}/verify/tok_nobody`, 'unknown']]) {
    await open(page, url, end);
    await see(end);
  }
  await open(page, (await sandbox.create()).capture_url, 'consent');
  await goOn(page, 'consent', 'declined', () => page.click('#screen .flat'));
  await see('declined');
  await goOn(page, 'declined', 'consent', () => page.click('#screen button'));
  await page.clock.fastForward('19:10');
  await see('consent_last_minute');
  await page.check('#agree');
  await context.setOffline(true);
  await goOn(page, 'consent', 'offline', () => page.click('#screen .main'));
  await see('offline');
  await page.route('**/consent', (route) => route.fulfill({ status: 503, body: '' }));
  await goOn(page, 'offline', 'failed', () => context.setOffline(false));
  await see('failed');
  await page.unroute('**/consent');
}

/** The camera's screens, by hand, so that each stays until it is seen; and without a camera. */
async function seeCamera(it, options, look) {
  const session = await it.sandbox.create();
  const browser = await launchWithFilm('card');
  const problems = [];
  try {
    const page = await (await openPhone(browser, options)).newPage();
    const see = async (name) => problems.push(...(await look(page, name)).map((one) => `${name}: ${one}`));
    const shoot = async (from, to) => {
      await page.locator('.shutter:enabled').click({ timeout: TIMEOUT });
      assert.equal(await nextScreen(page, from, TIMEOUT), to);
      await see(to);
    };
    await open(page, session.capture_url, 'consent');
    await ACTS.consent(page);
    await nextScreen(page, 'consent', TIMEOUT);
    await page.click('[data-type="national_id"]');
    await nextScreen(page, 'document_type', TIMEOUT);
    await ACTS.country(page);
    await nextScreen(page, 'country', TIMEOUT);
    await page.evaluate(() => {
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        if (window.isCameraRefused) throw new DOMException('', 'NotAllowedError');
        await new Promise((resolve) => { window.letIn = resolve; });
        return ask(wanted);
      };
    });
    await goOn(page, 'document_front', 'document_front_camera', () => page.click('#screen .main'));
    await see('document_front_camera_opening');
    await page.locator('.modes input').nth(1).check();
    await page.evaluate(() => window.letIn());
    await page.locator('.shutter:enabled').waitFor({ timeout: TIMEOUT });
    await see('document_front_camera');
    await shoot('document_front_camera', 'document_front_review');
    await goOn(page, 'document_front_review', 'selfie', () => page.click('#screen .main'));
    await goOn(page, 'selfie', 'selfie_camera', () => page.click('#screen .main'));
    await page.evaluate(() => window.letIn());
    await page.locator('.shutter:enabled').waitFor({ timeout: TIMEOUT });
    await see('selfie_camera');
    await shoot('selfie_camera', 'selfie_review');
    await page.evaluate(() => { window.isCameraRefused = true; });
    await page.locator('#screen .actions button').nth(1).click();
    await page.waitForSelector('[data-screen="selfie_no_camera"]', { timeout: TIMEOUT });
    await see('selfie_no_camera');
  } finally {
    await browser.close();
  }
  return problems;
}

const everything = async (page) => [...await audit(page), ...await inspect(page)];

const PLANS = values.long
  ? ['en-GB', 'es-ES', 'fr-FR', 'de-DE', 'ar-EG'].flatMap((locale) => [{ locale, dark: false }, { locale, dark: true }])
  : [{ locale: 'en-GB', dark: false }, { locale: 'ar-EG', dark: true }];

for (const plan of PLANS) {
  test(`axe-core finds nothing on any screen: ${plan.locale}, ${plan.dark ? 'dark' : 'light'}`, async (it) => {
    assert.deepEqual(await seeAll(it, { ...plan, device: '360x780' }, everything), []);
    assert.deepEqual(await seeCamera(it, { ...plan, device: '360x780' }, everything), []);
  });
}

/** What does not fit: the page is wider than the window, or an entry is so small that a phone zooms in. */
function misfits() {
  const found = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > window.innerWidth) found.push(`${scrollWidth} wide in ${window.innerWidth}`);
  for (const element of document.querySelectorAll('#screen *, #top *')) {
    const box = element.getBoundingClientRect();
    if (box.width > 0 && (box.left < -1 || box.right > window.innerWidth + 1) && !element.closest('.away')) found.push(`off the window: ${element.tagName} ${element.id || element.textContent.slice(0, 30)}`);
  }
  for (const entry of document.querySelectorAll('input:not([type="checkbox"], [type="file"]), select')) if (parseFloat(getComputedStyle(entry).fontSize) < 16) found.push(`small text in ${entry.id}`);
  return found;
}

const SHAPES = [
  ['320 pixels wide', { device: '320x568' }, 100],
  ['320 pixels wide with text of 200 %', { device: '320x568' }, 200],
  ...(values.long ? [['held across', { device: '640x320' }, 100], ['held across with text of 200 %, in Arabic', { device: '640x320', locale: 'ar-EG' }, 200], ['320 pixels wide in German', { device: '320x568', locale: 'de-DE' }, 200]] : []),
];
for (const [name, options, percent] of SHAPES) {
  test(`nothing is cut off and nothing zooms: ${name}`, async (it) => {
    const problems = await seeAll(it, options, async (page) => {
      await page.evaluate((size) => { document.documentElement.style.fontSize = size; }, `${percent}%`);
      return page.evaluate(misfits);
    });
    assert.deepEqual(problems, []);
  });
}

if (values.screenshots) {
  for (const dark of [false, true]) {
    for (const locale of ['en-GB', 'ar-EG']) {
      test(`pictures of every screen, ${locale}, ${dark ? 'dark' : 'light'}`, async (it) => {
        const folder = path.join(values.screenshots, `${locale}-${dark ? 'dark' : 'light'}`);
        let number = 0;
        mkdirSync(folder, { recursive: true });
        const take = async (page, name) => {
          number += 1;
          await page.screenshot({ path: path.join(folder, `${String(number).padStart(2, '0')}-${name}.png`), fullPage: true });
          return [];
        };
        await seeAll(it, { device: '360x780', locale, dark }, take);
        await seeCamera(it, { device: '360x780', locale, dark }, take);
      });
    }
  }
}

// The keyboard alone: Tab to it, press it. Files are chosen in the browser's own dialogue.

/** Goes on with Tab until the element that fits the selector has the focus. */
async function tabTo(page, selector) {
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press('Tab');
    const [fits, outlined] = await page.evaluate((wanted) => {
      const element = document.activeElement;
      return [element.matches(wanted), getComputedStyle(element).outlineStyle !== 'none' || getComputedStyle(element).outlineWidth !== '0px'];
    }, selector);
    if (fits) {
      assert.ok(outlined, `${selector} shows that it has the focus`);
      return;
    }
  }
  assert.fail(`Tab does not come to ${selector}`);
}

const KEYS = {
  consent: async (page) => {
    await tabTo(page, '#agree');
    await page.keyboard.press('Space');
  },
  document_type: (page) => tabTo(page, '[data-type="drivers_license"]'),
  country: async (page) => {
    for (const [id, typed] of [['country', 'usa'], ['issuing-state', 'calif']]) {
      await tabTo(page, `#${id}`);
      await page.keyboard.type(typed);
      await page.keyboard.press('Enter');
    }
  },
  fields: async (page) => {
    for (const [id, typed] of [['first_name', 'Ada'], ['last_name', 'Example'], ['email', 'ada@example.com'], ['phone', '+442079460000'], ['date_of_birth', '03021990'], ['line1', '1 Example Street'], ['city', 'Exampletown'], ['zip', '00000']]) {
      await tabTo(page, `#${id}`);
      await page.keyboard.type(typed);
    }
  },
  proof_of_address_kind: async (page) => {
    await tabTo(page, '#kind');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, '#poa-date');
    await page.keyboard.type('31012020');
  },
  outcome: async (page) => {
    await tabTo(page, 'summary');
    await page.keyboard.press('Enter');
    await tabTo(page, '[data-outcome="review_watchlist"]');
  },
};

test('the keyboard alone is enough, from the consent to the end', async (it) => {
  const session = await it.sandbox.create({ workflow_id: 'workflow_full' });
  await withPhone(it, { device: '1280x800' }, async (page, { pictures }) => {
    await open(page, session.capture_url, 'consent');
    let screen = 'consent';
    while (screen !== 'done') {
      assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1', screen);
      const isPicture = await page.locator('#file').count() > 0;
      if (KEYS[screen]) await KEYS[screen](page);
      if (isPicture) {
        const chooser = page.waitForEvent('filechooser');
        await tabTo(page, '#screen .actions button:nth-of-type(2)');
        await page.keyboard.press('Enter');
        await (await chooser).setFiles(screen.startsWith('selfie') ? pictures.selfie : pictures.document);
      } else {
        if (!['document_type', 'outcome'].includes(screen)) await tabTo(page, '#screen .main');
        await page.keyboard.press('Enter');
      }
      screen = await nextScreen(page, screen, TIMEOUT);
      assert.doesNotMatch(screen, /^wrong/);
    }
  });
  assert.equal((await it.sandbox.get(session)).status, 'under_review');
});

test('the way back and the language are reached by keyboard as well', async (it) => {
  const session = await it.sandbox.create();
  await withPhone(it, { device: '1280x800' }, async (page) => {
    await open(page, session.capture_url, 'consent');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'language');
    await page.keyboard.press('f');
    await page.waitForFunction(() => document.documentElement.lang === 'fr');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'language');
    await page.check('#agree');
    await goOn(page, 'consent', 'document_type', () => page.click('#screen .main'));
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'back');
    await goOn(page, 'document_type', 'consent', () => page.keyboard.press('Enter'));
    assert.equal(await has(page, '#back'), false);
  });
});

test('forced colours and less motion leave everything to be seen', async (it) => {
  const session = await it.sandbox.create();
  const context = await it.browser.newContext({ viewport: { width: 360, height: 780 }, forcedColors: 'active', reducedMotion: 'reduce', locale: 'en-GB' });
  const page = await context.newPage();
  await open(page, session.capture_url, 'consent');
  assert.deepEqual(await audit(page), []);
  const { bar, track, motion } = await page.evaluate(() => ({
    bar: getComputedStyle(document.getElementById('bar')).backgroundColor,
    track: getComputedStyle(document.getElementById('progress')).backgroundColor,
    motion: getComputedStyle(document.getElementById('bar')).transitionDuration,
  }));
  assert.notEqual(bar, track);
  assert.equal(motion, '0s');
  await context.close();
});

await runTests(program, pattern);
