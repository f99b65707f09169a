// SPDX-License-Identifier: GPL-3.0-or-later
// What stands around every screen: whose page it is, how far the applicant is, the way back, the
// language, and until when the link works.

import { clock } from './api.js';
import { h, icon } from './dom.js';
import { languages } from './early.js';
import { clockTime, lang, switchTo, t } from './texts.js';
import { canGoBack } from './trail.js';

const page = (id) => document.getElementById(id);

let timers = [];
let shown = null;

/** Shows step number, organization and the way back. */
export function showHeader(app) {
  shown = app;
  const { steps } = app.state;
  const number = steps.findIndex((step) => step.id === app.step) + 1;
  const text = t('counter', { number, total: steps.length });
  const isFirst = number === 1 || !app.isCapturing();
  page('top').classList.remove('bare');
  page('organization').textContent = app.state.organization?.name ?? '';
  page('sandbox').hidden = !app.state.is_sandbox;
  if (page('counter').textContent !== text) page('counter').textContent = text;
  page('bar').style.width = `${Math.round((100 * number) / steps.length)}%`;
  page('back').hidden = isFirst;
}

/** No step number and no way back: a screen that stands for itself. */
export function clearHeader() {
  page('top').classList.add('bare');
  page('back').hidden = true;
  page('until').textContent = '';
  stopClock();
}

export function stopClock() {
  timers.forEach(clearTimeout);
  timers = [];
  page('alarm').textContent = '';
}

/** Tells until when the link works, warns five minutes and one minute before, and looks again then. */
export function startClock(app) {
  stopClock();
  const end = Date.parse(app.state.expires_at ?? '');
  if (Number.isNaN(end)) {
    page('until').textContent = '';
    return;
  }
  const left = (end - clock.now()) / clock.scale;
  page('until').textContent = t('until', { time: clockTime(new Date(Date.now() + left)) });
  const at = (before, text) => left > before && timers.push(setTimeout(() => { page('alarm').textContent = text(); }, left - before));
  at(300000, () => t('minutesLeft', { minutes: 5 }));
  at(60000, () => t('minuteLeft'));
  timers.push(setTimeout(() => app.refresh(), Math.max(left, 0) + 1000));
}

/** Puts the page into another language where it stands; lists of countries follow by themselves. */
async function chooseLanguage(select) {
  try {
    await switchTo(select.value, document.body);
  } catch {
    // Not to be loaded just now: it stays as it is.
    select.value = lang;
    return;
  }
  const heading = document.querySelector('h1');
  if (heading) document.title = `${heading.textContent} – ${t('title')}`;
  if (shown?.state && timers.length > 0) {
    const alarm = page('alarm').textContent;
    startClock(shown);
    page('alarm').textContent = alarm;
  }
  document.dispatchEvent(new Event('languagechanged'));
}

/** Makes what the first screen stands in. Called once, when the language is there. */
export function makeHeader() {
  const options = Object.entries(languages).map(([code, name]) => h('option', { value: code, lang: code, selected: code === lang }, name));
  const select = h('select', { id: 'language', 'aria-label': t('language'), onchange: () => chooseLanguage(select) }, ...options);
  const back = h('button', { type: 'button', id: 'back', class: 'flat points', 'aria-label': t('backShort'), hidden: true }, icon('chevron', 26));
  back.addEventListener('click', () => canGoBack() && history.back());
  page('top').prepend(back);
  page('top').append(h('div', { id: 'languages' }, icon('globe', 20), select));
  page('sandbox').replaceChildren(h('strong', {}, t('sandbox')));
}

// A phone that slept did not run its timers: set them anew when the page is seen again.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && timers.length > 0) startClock(shown);
});
