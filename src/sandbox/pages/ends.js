// SPDX-License-Identifier: GPL-3.0-or-later
// Screens on which nothing is left to do, or nothing can be done. None shows a result or who the
// applicant is: whoever finds the phone reads nothing here.

import { load } from './api.js';
import { actions, button, h, icon } from './dom.js';
import { dropDrafts } from './drafts.js';
import { t } from './texts.js';
import { record } from './trail.js';

const LOOK_AGAIN_MS = 4000;

/** Whom to ask: the desk and the organization, as far as they are known. */
function whereTo(app, place) {
  const desk = place.desk ?? app.state?.desk;
  const organization = place.organization ?? app.state?.organization?.name;
  if (!desk && !organization) return null;
  return h(
    'div',
    { class: 'place' },
    h('p', { class: 'quiet' }, t('whereTo')),
    ...[desk, organization].filter(Boolean).map((name, index) => h('p', { class: index === 0 ? 'name' : null }, h('bdi', {}, name))),
  );
}

/** The visit is over: nothing is kept, and Back shows nothing else. */
export function close(app, name, title, ...children) {
  app.isOver = true;
  dropDrafts();
  app.end(name, title, ...children);
}

function over(app, name, picture, place = {}) {
  close(app, name, t(`${name}Title`), icon(picture, 72), h('p', {}, t(`${name}Text`)), ['expired', 'replaced'].includes(name) ? whereTo(app, place) : null);
}

/** The link has run out: now, or before it was opened. */
export const expired = (app, place = {}) => over(app, 'expired', 'time', place);

function retryable(app, name, again, more) {
  const retry = button(t('tryAgain'), () => {
    retry.disabled = true;
    again();
  }, 'main');
  app.end(name, t(`${name}Title`), icon('warning', 72), h('p', {}, t(`${name}Text`)), more, actions(retry));
}

/** No answer came. Goes on by itself when the network says it is back, or the server answers again. */
function offline(app, again) {
  let isWaiting = true;
  let timer = 0;
  const goOn = () => {
    if (!isWaiting) return;
    isWaiting = false;
    again();
  };
  const look = async () => {
    try {
      if (document.visibilityState === 'visible') await load();
      else throw new Error('nobody looks');
    } catch (failure) {
      if (!failure.status) {
        if (isWaiting) timer = setTimeout(look, LOOK_AGAIN_MS);
        return;
      }
    }
    goOn();
  };
  retryable(app, 'offline', goOn, h('p', { class: 'quiet' }, t('offlineAgain')));
  addEventListener('online', goOn);
  timer = setTimeout(look, LOOK_AGAIN_MS);
  app.leaving.push(() => {
    isWaiting = false;
    clearTimeout(timer);
    removeEventListener('online', goOn);
  });
}

/** Shows what a failure means. again: does the same once more, with the same data. */
export function showFailure(app, failure, again) {
  if (failure.status === 0) offline(app, again);
  else if (failure.status === 404) over(app, 'unknown', 'broken');
  else if (failure.status !== 410) retryable(app, 'failed', again);
  else if (failure.code === 'session_finished') over(app, 'finished', 'done');
  else if (failure.code === 'token_expired') expired(app, failure.place);
  else over(app, 'replaced', 'broken', failure.place);
}

/** The applicant said no. Nothing more is sent, and the way back is open. */
export function declined(app) {
  const isGiven = app.stateOf('consent') === 'done';
  record('consent', 'declined');
  app.end(
    'declined',
    t('declinedTitle'),
    icon('document', 72),
    h('p', {}, t(isGiven ? 'declinedLaterText' : 'declinedText')),
    actions(button(t('back'), () => history.back())),
  );
}
