// SPDX-License-Identifier: GPL-3.0-or-later
// The walk: load the state, show the first step that is not done, send it, load the state again.
// The server's list of steps is the only thing that decides what comes next, so a reload, a second
// phone or a link that was made again all go on where the work stopped.

import { Failure, load } from './api.js';
import { consent } from './consent.js';
import { button, h, info } from './dom.js';
import { clearHeader, showHeader, startClock, stopClock } from './header.js';
import { part, screenOf, STEPS } from './parts.js';
import { t } from './texts.js';
import { beginTrail, currentEntry, record } from './trail.js';

const page = (id) => document.getElementById(id);

// Steps whose screen would ask for everything anew; going back to one shows that it is there.
const KEPT = ['document_front', 'document_back', 'selfie', 'liveness', 'fields', 'proof_of_address'];

/** What the screens share. state is the server's; the rest is this visit's own. */
export const app = {
  state: null,
  step: null,
  skipped: new Set(),
  /** A step the applicant went back to, and one that is to be done again. */
  detour: null,
  redo: null,
  onleave: null,
  /** Called once, before the next screen is shown. */
  leaving: [],
  busy: false,
  isOver: false,
  turn: 0,

  /** Shows a screen: a heading, which takes the focus, and what stands below it. */
  show(name, title, ...children) {
    record(app.step, name);
    const greeting = app.greets ? [info(t('welcomeBack'))] : [];
    app.greets = false;
    draw(name, title, [...greeting, ...children]);
  },

  /** Shows a screen that stands for itself, in the middle, without a step number. */
  end(name, title, ...children) {
    clearHeader();
    draw(name, title, children);
    const box = h('div', { class: 'end' }, ...page('screen').childNodes);
    page('screen').replaceChildren(box);
    box.querySelector('h1').focus();
  },

  /** Runs work while every control of the screen is off. Afterwards they, and the focus, are as before. */
  async run(work) {
    const focused = document.activeElement;
    const controls = [...page('screen').querySelectorAll('button, input, select'), page('back')].filter((c) => !c.disabled);
    controls.forEach((control) => { control.disabled = true; });
    page('screen').setAttribute('aria-busy', 'true');
    app.busy = true;
    try {
      return await work();
    } finally {
      app.busy = false;
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
      app.state = await app.run(load);
    } catch (failure) {
      app.fail(failure, () => app.refresh());
      return;
    }
    app.detour = null;
    app.redo = null;
    app.walk();
  },

  /** Shows what a failure means. TRUE when the state is to be loaded again, because the order was wrong. */
  fail(failure, again) {
    if (!(failure instanceof Failure)) throw failure;
    if (failure.status === 400) return true;
    showFailure(failure, again);
    return false;
  },

  /** The first step that is left; undefined when there is none. */
  firstLeft: () => app.state.steps.find((s) => s.state === 'todo' || (s.state === 'optional' && !app.skipped.has(s.id)))?.id,

  /** Whether anything may still be sent or changed. */
  isCapturing: () => ['pending', 'capturing'].includes(app.state?.status),

  /** Shows the first step that is left, or the step the applicant went back to. */
  walk() {
    const next = app.detour ?? app.firstLeft();
    if (!next || !STEPS.includes(next)) {
      open('complete', 'done');
      return;
    }
    const isKept = KEPT.includes(next) && app.redo !== next && app.stateOf(next) === 'done';
    open(next, isKept ? 'kept' : next);
  },

  /** Opens another screen of a step: the country. */
  open(step, name) {
    open(step, name);
  },

  /** Leaves a step that was looked at again for the one behind it. */
  goOn() {
    const { steps } = app.state;
    const next = steps[steps.findIndex((s) => s.id === app.step) + 1];
    app.redo = null;
    app.detour = next?.state === 'done' || app.skipped.has(next?.id) ? next.id : null;
    app.walk();
  },

  /** Goes to a step that was done, to do it again or to change it. */
  change(id) {
    app.detour = id;
    app.redo = id;
    app.walk();
  },

  /** `todo`, `optional` or `done`; undefined when the workflow does not have the step. */
  stateOf: (id) => app.state.steps.find((step) => step.id === id)?.state,

  /** Whether the workflow has that step. */
  has: (id) => app.stateOf(id) !== undefined,
};

function draw(name, title, children) {
  app.turn += 1;
  app.onleave?.(name);
  app.leaving.splice(0).forEach((leave) => leave());
  const heading = h('h1', { tabindex: '-1' }, title);
  const screen = page('screen');
  screen.removeAttribute('aria-busy');
  screen.dataset.screen = name;
  screen.replaceChildren(heading, ...children.filter(Boolean));
  document.title = `${title} – ${t('title')}`;
  if (window.scrollY > 0) window.scrollTo(0, 0);
  heading.focus({ preventScroll: true });
}

/** Shows a screen of a step, which may have to be loaded first. */
async function open(step, name) {
  app.step = step;
  app.turn += 1;
  const { turn } = app;
  if (name !== 'done') showHeader(app);
  startClock(app);
  let screen = name === 'consent' ? consent : null;
  if (!screen) {
    page('screen').setAttribute('aria-busy', 'true');
    try {
      screen = await screenOf(name);
    } catch (failure) {
      if (turn === app.turn) app.fail(failure, () => location.reload());
      return;
    }
    if (turn !== app.turn) return;
  }
  screen(app);
}

async function showFailure(failure, again) {
  const { turn } = app;
  let ends = null;
  try {
    ends = await part('ends');
  } catch {
    // Not even that could be loaded.
  }
  if (turn !== app.turn) return;
  stopClock();
  if (ends) ends.showFailure(app, failure, again);
  else app.end('offline', t('offlineTitle'), h('p', {}, t('offlineText')), button(t('tryAgain'), () => location.reload(), 'main'));
}

/** Where Back or Forward came to; false when that is not the moment. */
function travel(entry, direction) {
  if (app.isOver || !app.state) return true;
  if (app.busy) return false;
  const { steps } = app.state;
  const at = steps.findIndex((s) => s.id === entry.step);
  const left = steps.findIndex((s) => s.id === app.firstLeft());
  const isInside = entry.step === app.step && app.redo === null && app.stateOf(entry.step) !== 'done';
  const isGone = at < 0 || (left >= 0 && at > left) || (entry.isInner && !isInside);
  if (app.isCapturing() && isGone && direction < 0) {
    history.back();
    return true;
  }
  app.redo = null;
  app.detour = isGone || at === left || !app.isCapturing() ? null : entry.step;
  if (app.isCapturing() && !isGone && entry.name === 'country') open('document_type', 'country');
  else app.walk();
  return true;
}

function screensBefore(id) {
  const { steps } = app.state;
  const done = steps.slice(0, Math.max(steps.findIndex((s) => s.id === id), 0)).map((s) => s.id);
  return done.flatMap((step) => (step === 'document_type' ? [[step, step], [step, 'country']] : [[step, step]]));
}

/** Begins with the state as it was loaded. */
export async function begin(loading) {
  try {
    app.state = await loading;
  } catch (failure) {
    app.fail(failure, () => begin(load()));
    return;
  }
  const left = app.firstLeft();
  app.greets = app.isCapturing() && left !== 'consent';
  beginTrail(app.isCapturing() ? screensBefore(left) : [], travel);
  const wasChoosing = left === 'document_type' && currentEntry()?.name === 'country';
  if (wasChoosing) open('document_type', 'country');
  else app.walk();
}
