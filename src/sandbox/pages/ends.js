// SPDX-License-Identifier: GPL-3.0-or-later
// Screens on which nothing is left to do, or nothing can be done. None shows a result or who the
// applicant is: whoever finds the phone reads nothing here.

import { actions, button, h, icon } from './dom.js';
import { t } from './texts.js';

const plain = (name, picture) => (app) => app.end(name, t(`${name}Title`), icon(picture, 72), h('p', {}, t(`${name}Text`)));

const expired = plain('expired', 'time');
const replaced = plain('replaced', 'broken');
const finished = plain('finished', 'done');
const unknown = plain('unknown', 'broken');

const retryable = (name) => (app, again) => app.end(
  name,
  t(`${name}Title`),
  icon('warning', 72),
  h('p', {}, t(`${name}Text`)),
  actions(button(t('tryAgain'), (event) => {
    event.currentTarget.disabled = true;
    again();
  }, 'main')),
);

/** No answer came. */
export const offline = retryable('offline');
/** The server failed. */
export const failed = retryable('failed');

/** The screen for a link that cannot be used, or nothing when the failure says something else. */
export function endOf(status, code) {
  if (status === 404) return unknown;
  if (status !== 410) return undefined;
  if (code === 'session_finished') return finished;
  return code === 'token_expired' ? expired : replaced;
}

/** The applicant said no. Nothing was sent, and the way back is open. */
export function declined(app) {
  app.end(
    'declined',
    t('declinedTitle'),
    icon('document', 72),
    h('p', {}, t('declinedText')),
    actions(button(t('back'), () => app.walk())),
  );
}

function destinationOf(text) {
  try {
    const url = new URL(text);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
  } catch {
    return null;
  }
}

/** Everything is sent. outcome is the answer of the sandbox's chooser, when there was one. */
export function done(app, outcome = {}) {
  if (outcome.status === 'expired') {
    expired(app);
    return;
  }
  const url = destinationOf(outcome.redirect_url ?? app.state?.redirect_url);
  app.end(
    'done',
    t('doneTitle'),
    icon('done', 72),
    h('p', {}, url ? t('redirectText', { host: url.host }) : t('doneText')),
    url && actions(h('a', { class: 'button main', href: url.href, rel: 'noreferrer' }, t('redirect', { host: url.host }))),
  );
  if (url) setTimeout(() => location.assign(url.href), 5000);
}
