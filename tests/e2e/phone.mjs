#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// An applicant's phone: opens a capture URL in headless Chromium at phone size, walks the page as a
// person would, and prints one line of JSON with what it saw, the moment it saw it.
//
//   node phone.mjs URL [--outcome approve] [--stop-after SCREEN] [--document drivers_license]
//                      [--device iphone|pixel|WIDTHxHEIGHT] [--dark] [--screenshots DIR] [--timeout S]
//                      [--camera app|auto|manual|upload]
//
//   --outcome OUTCOME     what to press in the sandbox's chooser (default: approve)
//   --stop-after SCREEN   stop once that screen is dealt with: visit (nothing pressed), consent,
//                         document_type, upload (the first picture), document_front, …, complete
//   --camera WAY          how pictures are taken: by the phone's camera app (the default), or by the
//                         page's camera, which sees a drawn document: by itself, by the shutter, or
//                         by its upload button
//
// The line: {"ok", "screen", "screens", "counters", "finished_at_ms", "problems", "error"?}. ok: the
// walk came as far as asked. finished_at_ms: when the chooser's call was answered (UNIX time).
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

import { writeFilm } from './scenes.mjs';

const AGENTS = {
  iphone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  pixel: 'Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
};
const DEVICES = {
  iphone: { viewport: { width: 393, height: 659 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true, userAgent: AGENTS.iphone },
  pixel: { viewport: { width: 412, height: 839 }, deviceScaleFactor: 2.625, isMobile: true, hasTouch: true, userAgent: AGENTS.pixel },
};
const PICTURES = ['document_front', 'document_back', 'selfie', 'proof_of_address'];
const ENDS = ['done', 'expired', 'replaced', 'finished', 'unknown', 'offline', 'failed', 'declined'];
const TYPED = {
  first_name: 'Ada', last_name: 'Example', email: 'ada@example.com', phone: '+44 20 7946 0000', date_of_birth: '1990-02-03',
  ssn: '000-00-0000', line1: '1 Example Street', city: 'Exampletown', state: 'CA', zip: '00000',
};

/** What Chromium must be told to play a film (a Y4M file) as its only camera, and to allow it. */
export function cameraArgs(film) {
  return ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
}

/** Starts the browser; it has no camera unless the arguments say so. */
export function launch(args = []) {
  const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));
  return chromium.launch({
    executablePath,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', ...args],
  });
}

/** A phone of its own: own cookies, own size. device: a name of DEVICES or WIDTHxHEIGHT, which has density² pixels a dot. */
export async function openPhone(browser, { device = 'iphone', dark = false, locale = 'en-GB', density = 2 } = {}) {
  const size = /^(\d+)x(\d+)$/.exec(device);
  const shape = size
    ? { viewport: { width: Number(size[1]), height: Number(size[2]) }, deviceScaleFactor: density, isMobile: true, hasTouch: true }
    : DEVICES[device];
  if (!shape) throw new Error(`unknown device ${device}`);
  return browser.newContext({ ...shape, colorScheme: dark ? 'dark' : 'light', locale, reducedMotion: 'reduce' });
}

/** Pictures that show nobody, drawn by the browser: {document, selfie, small} as files to choose. */
export async function drawPictures(context) {
  const page = await context.newPage();
  const draw = (width, height, type, text) => page.evaluate(([w, h, mime, label]) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h });
    const brush = canvas.getContext('2d');
    const shade = brush.createLinearGradient(0, 0, w, h);
    shade.addColorStop(0, '#3a5f8a');
    shade.addColorStop(1, '#9fc3d8');
    brush.fillStyle = shade;
    brush.fillRect(0, 0, w, h);
    brush.fillStyle = '#fff';
    brush.font = `bold ${Math.round(w / 12)}px sans-serif`;
    brush.textAlign = 'center';
    brush.fillText(label, w / 2, h / 2);
    return canvas.toDataURL(mime, 0.8).split(',')[1];
  }, [width, height, type, text]);
  const buffers = [await draw(1600, 1008, 'image/jpeg', 'TEST DOCUMENT'), await draw(720, 960, 'image/png', 'TEST'), await draw(600, 380, 'image/jpeg', 'SMALL')];
  await page.close();
  return {
    document: { name: 'document.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(buffers[0], 'base64') },
    selfie: { name: 'selfie.png', mimeType: 'image/png', buffer: Buffer.from(buffers[1], 'base64') },
    small: { name: 'small.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(buffers[2], 'base64') },
  };
}

async function press(page, name) {
  await page.getByRole('button', { name, exact: true }).tap();
}

/** Takes what the session knows of the country, or types that code. */
async function chooseCountry(page, code) {
  if (await page.inputValue('#country') === '') {
    await page.locator('#country').fill(code);
    await page.locator('#country').press('Enter');
  }
  if (await page.locator('#issuing-state').isVisible()) {
    await page.locator('#issuing-state').fill('CA');
    await page.locator('#issuing-state').press('Enter');
  }
  await press(page, 'Continue');
}

const fileFor = (step, { selfie, document }) => (step === 'selfie' ? selfie : document);

/** Takes a picture with the page's camera. Auto has nothing to press, but for the selfie. */
async function takePicture(page, step, { camera, pictures }) {
  if (camera === 'upload') {
    await page.setInputFiles('#file', fileFor(step, pictures));
  } else if (camera === 'manual' || step === 'selfie') {
    if (step !== 'selfie') await page.getByRole('radio', { name: 'Manual' }).check();
    await press(page, 'Take the picture');
  }
}

/** Deals with one screen as a person would. */
async function act(page, screen, options) {
  const step = screen.replace(/_review$/, '');
  if (screen.endsWith('_review')) {
    await press(page, 'Submit photo');
  } else if (PICTURES.includes(step)) {
    if (options.camera && options.camera !== 'app') await press(page, "I'm ready");
    else await page.setInputFiles('#camera', fileFor(step, options.pictures));
  } else if (screen.endsWith('_camera')) {
    await takePicture(page, screen.replace(/_camera$/, ''), options);
  } else if (screen === 'consent') {
    await page.getByRole('checkbox').check();
    await press(page, 'Continue');
  } else if (screen === 'document_type') {
    await page.locator(`[data-type="${options.document}"]`).tap();
  } else if (screen === 'country') {
    await chooseCountry(page, options.country ?? 'DE');
  } else if (screen === 'proof_of_address_kind') {
    await page.fill('#poa-date', '2020-01-31');
    await press(page, 'Continue');
  } else if (screen === 'liveness') {
    await press(page, 'Start');
  } else if (/^liveness_[123]$/.test(screen)) {
    await press(page, 'Done');
  } else if (screen === 'fields') {
    for (const input of await page.locator('form input').all()) {
      const value = TYPED[await input.getAttribute('id')];
      if (value) await input.fill(value);
    }
    await press(page, 'Continue');
  } else if (screen === 'complete') {
    await press(page, 'Submit');
  } else if (screen === 'outcome') {
    const choice = page.locator(`[data-outcome="${options.outcome}"]`);
    if (!await choice.isVisible()) await page.locator('details', { has: choice }).locator('summary').tap();
    await choice.tap();
  } else {
    throw new Error(`the page shows "${screen}", which this phone does not know`);
  }
}

/** The screen's name, once it is another one than before, or tells that something is wrong. */
export async function nextScreen(page, before, timeout) {
  const handle = await page.waitForFunction((last) => {
    const screen = document.getElementById('screen');
    if (!screen || screen.hasAttribute('aria-busy')) return null;
    const wrong = screen.querySelector('.note.bad, [aria-invalid="true"]');
    if (wrong && screen.dataset.screen === last) return `wrong: ${wrong.textContent || wrong.id}`;
    return screen.dataset.screen !== last ? screen.dataset.screen : null;
  }, before, { timeout });
  return handle.jsonValue();
}

function isDealtWith(screen, stopAfter) {
  const step = screen.replace(/_review$/, '');
  if (PICTURES.includes(step)) return screen.endsWith('_review') && (stopAfter === step || stopAfter === 'upload');
  if (stopAfter === 'liveness') return screen === 'liveness_3';
  if (stopAfter === 'document_type') return screen === 'country';
  return stopAfter === screen;
}

function watch(page, origin, report) {
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && report.problems.push(message.text()));
  page.on('pageerror', (error) => report.problems.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('blob:')) report.problems.push(`asked another server: ${new URL(request.url()).origin}`);
  });
  page.on('response', (response) => {
    if (response.url().endsWith('/sandbox-outcome')) report.finished_at_ms = Date.now();
  });
}

/**
 * Walks the page to its end, or to where options.stopAfter says.
 * options: outcome, document, camera, stopAfter, screenshots (a folder), timeout (ms), onscreen (page, name).
 */
export async function walk(page, url, options) {
  const report = { ok: false, screen: '', screens: [], counters: [], finished_at_ms: null, problems: [] };
  watch(page, new URL(url).origin, report);
  try {
    await page.goto(url);
    let screen = await nextScreen(page, undefined, options.timeout);
    for (;;) {
      if (screen.startsWith('wrong: ')) throw new Error(screen);
      report.screen = screen;
      report.screens.push(screen);
      report.counters.push((await page.locator('#counter').textContent()).trim());
      if (options.screenshots) {
        const number = String(report.screens.length).padStart(2, '0');
        await page.screenshot({ path: path.join(options.screenshots, `${number}-${screen}.png`), fullPage: true });
      }
      if (options.onscreen) await options.onscreen(page, screen);
      if (options.stopAfter === 'visit' || ENDS.includes(screen)) break;
      await act(page, screen, options);
      const dealtWith = options.stopAfter && isDealtWith(screen, options.stopAfter);
      screen = await nextScreen(page, screen, options.timeout);
      if (dealtWith && !screen.startsWith('wrong: ')) {
        report.screen = screen;
        report.ok = true;
        return report;
      }
    }
    report.ok = options.stopAfter === 'visit' || (screen === 'done' && !options.stopAfter)
      || (screen === 'expired' && options.outcome === 'expire' && report.finished_at_ms !== null);
  } catch (error) {
    report.error = String(error.message ?? error).split('\n')[0].replaceAll(url, 'the page');
  }
  return report;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      outcome: { type: 'string', default: 'approve' },
      'stop-after': { type: 'string' },
      document: { type: 'string', default: 'drivers_license' },
      device: { type: 'string', default: 'iphone' },
      dark: { type: 'boolean', default: false },
      screenshots: { type: 'string' },
      timeout: { type: 'string', default: '20' },
      camera: { type: 'string', default: 'app' },
    },
  });
  if (positionals.length !== 1) throw new Error('one URL is needed');
  if (values.screenshots) mkdirSync(values.screenshots, { recursive: true });

  const folder = mkdtempSync(path.join(tmpdir(), 'verifa-phone-'));
  const film = path.join(folder, 'film.y4m');
  if (values.camera !== 'app') writeFilm(values.document === 'passport' ? 'passport' : 'card', film);
  const browser = await launch(values.camera === 'app' ? [] : cameraArgs(film));
  try {
    const context = await openPhone(browser, values);
    const pictures = await drawPictures(context);
    const report = await walk(await context.newPage(), positionals[0], {
      ...values, stopAfter: values['stop-after'], timeout: Number(values.timeout) * 1000, pictures,
    });
    writeSync(1, `${JSON.stringify(report)}\n`);
    process.exitCode = report.ok ? 0 : 1;
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error) => {
    writeSync(2, `phone.mjs: ${error.message}\n`);
    process.exitCode = 2;
  });
}
