// SPDX-License-Identifier: GPL-3.0-or-later
// The walk: load the state, show the first step that is not done, send it, load the state again.
// The server's list of steps is the only thing that decides what comes next, so a reload, a second
// phone or a link that was made again all go on where the work stopped.

import { clock, Failure, load } from './api.js';
import { screens } from './screens.js';
import { endOf, offline, failed, done } from './ends.js';
import { h } from './dom.js';
import { lang, t } from './texts.js';

const page = (id) => document.getElementById(id);

/** What the screens share. state is the server's; the rest is this visit's own. */
const app = {
  state: null,
  step: null,
  skipped: new Set(),
  detour: null,
  onleave: null,

  /** Shows a screen: a heading, which takes the focus, and what stands below it. */
  show(name, title, ...children) {
    app.onleave?.(name);
    const heading = h('h1', { tabindex: '-1' }, title);
    const screen = page('screen');
    screen.dataset.screen = name;
    screen.replaceChildren(heading, ...children.filter(Boolean));
    document.title = `${title} – ${t('title')}`;
    window.scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  },

  /** Shows a screen that stands for itself, in the middle, without a step number. */
  end(name, title, ...children) {
    page('top').classList.add('bare');
    page('until').textContent = '';
    app.stopClock();
    app.show(name, title, ...children);
    const box = h('div', { class: 'end' }, ...page('screen').childNodes);
    page('screen').replaceChildren(box);
    box.querySelector('h1').focus();
  },

  /** Runs work while every control of the screen is off. Afterwards they, and the focus, are as before. */
  async run(work) {
    const focused = document.activeElement;
    const controls = [...page('screen').querySelectorAll('button, input, select')].filter((c) => !c.disabled);
    controls.forEach((control) => { control.disabled = true; });
    page('screen').setAttribute('aria-busy', 'true');
    try {
      return await work();
    } finally {
      page('screen').removeAttribute('aria-busy');
      controls.forEach((control) => { control.disabled = false; });
      if (document.activeElement === document.body) focused.focus({ preventScroll: true });
    }
  },

  /** Does one step and goes on to the next. */
  async advance(work) {
    try {
      await app.run(work);
    } catch (failure) {
      if (!app.fail(failure, () => app.advance(work))) return;
    }
    await app.refresh();
  },

  /** Loads the state and shows where the applicant stands. */
  async refresh() {
    try {
      app.state = await load();
    } catch (failure) {
      app.fail(failure, () => app.refresh());
      return;
    }
    app.detour = null;
    app.walk();
  },

  /** Shows what a failure means. TRUE when the state is to be loaded again, because the order was wrong. */
  fail(failure, again) {
    if (!(failure instanceof Failure)) throw failure;
    if (failure.status === 400) return true;
    const show = endOf(failure.status, failure.code) ?? (failure.status === 0 ? offline : failed);
    show(app, again);
    return false;
  },

  /** Shows the first step that is left, or the step the applicant went back to. */
  walk() {
    const { steps } = app.state;
    const next = app.detour
      ?? steps.find((s) => s.state === 'todo' || (s.state === 'optional' && !app.skipped.has(s.id)))?.id;
    page('organization').textContent = app.state.organization?.name ?? '';
    showSandbox(app.state.is_sandbox);
    if (!next || !screens[next]) {
      done(app);
      return;
    }
    app.step = next;
    showCounter(steps.findIndex((s) => s.id === next) + 1, steps.length);
    app.startClock();
    screens[next](app);
  },

  /** Whether the workflow has that step. */
  has(id) {
    return app.state.steps.some((step) => step.id === id);
  },

  timers: [],

  stopClock() {
    app.timers.forEach(clearTimeout);
    app.timers = [];
    page('alarm').textContent = '';
  },

  /** Tells until when the link works, warns five minutes and one minute before, and looks again then. */
  startClock() {
    app.stopClock();
    const end = Date.parse(app.state.expires_at ?? '');
    if (Number.isNaN(end)) {
      page('until').textContent = '';
      return;
    }
    const left = (end - clock.now()) / clock.scale;
    const local = new Date(Date.now() + left);
    const time = local.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    page('until').textContent = t('until', { time });
    const at = (before, text) => left > before && app.timers.push(setTimeout(() => { page('alarm').textContent = text; }, left - before));
    at(300000, t('minutesLeft', { minutes: 5 }));
    at(60000, t('minuteLeft'));
    app.timers.push(setTimeout(() => app.refresh(), Math.max(left, 0) + 1000));
  },
};

function showCounter(number, total) {
  const text = t('counter', { number, total });
  page('top').classList.remove('bare');
  if (page('counter').textContent !== text) page('counter').textContent = text;
  page('bar').style.width = `${Math.round((100 * number) / total)}%`;
}

function showSandbox(is) {
  const strip = page('sandbox');
  strip.hidden = !is;
  strip.replaceChildren(h('span', {}, h('strong', {}, t('sandbox')), ` – ${t('sandboxNote')}`));
}

document.documentElement.lang = lang;
page('loading').textContent = t('loading');
page('top').classList.add('bare');
app.refresh();

// A phone that slept did not run its timers: set them anew when the page is seen again.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && app.timers.length > 0) app.startClock();
});
