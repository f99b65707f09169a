// SPDX-License-Identifier: GPL-3.0-or-later
// The browser's history: one entry a screen, all with the page's own address, so that Back and
// Forward walk through the screens and never send anything again. An entry names its step and its
// screen; a screen inside a step, such as the look at a picture just taken, is gone once the step is
// left, and Back passes over it.

import { lang } from './texts.js';

let number = 0;
let isToReplace = true;
let isUndoing = false;
let onTravel = () => true;

const ours = () => (history.state?.isWalk ? history.state : null);
const write = (method, step, name) => history[method]({ isWalk: true, lang, number, step, name, isInner: name !== step && name !== 'country' }, '');

/**
 * Begins at the entry the browser is at. done: what was done before, as [step, screen] pairs; a page
 * that is opened for the first time gets an entry for each, so that Back leads there as well.
 * travel(entry, direction) shows where Back (-1) or Forward (1) came to; false undoes the move.
 */
export function beginTrail(done, travel) {
  onTravel = travel;
  if (ours()) {
    number = ours().number;
    return;
  }
  for (const [step, name] of done) {
    if (!isToReplace) number += 1;
    write(isToReplace ? 'replaceState' : 'pushState', step, name);
    isToReplace = false;
  }
}

/** The entry the page was loaded with, before anything was shown. */
export const currentEntry = ours;

/** Notes the screen that is shown now. */
export function record(step, name) {
  const here = ours();
  if (!isToReplace && !(here?.step === step && here.name === name)) {
    number += 1;
    write('pushState', step, name);
  } else {
    write('replaceState', step, name);
  }
  isToReplace = false;
}

/** Whether Back stays on the page. */
export const canGoBack = () => number > 0;

addEventListener('popstate', (event) => {
  if (!event.state?.isWalk) return;
  const direction = Math.sign(event.state.number - number) || -1;
  number = event.state.number;
  if (isUndoing) {
    isUndoing = false;
    return;
  }
  isToReplace = true;
  if (onTravel(event.state, direction)) return;
  isToReplace = false;
  isUndoing = true;
  history.go(-direction);
});
