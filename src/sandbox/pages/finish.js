// SPDX-License-Identifier: GPL-3.0-or-later
// The end of the walk: a last look, the sandbox's choice of the outcome, and where to go from there.

import { send } from './api.js';
import { actions, button, h, icon } from './dom.js';
import { close, expired } from './ends.js';
import { has, t } from './texts.js';

const REDIRECT_S = 10;

const DONE = {
  consent: () => ['done', t('doneConsent')],
  document_type: (app) => ['document', t('doneType', { type: t(app.state.document_type ?? '') })],
  document_front: () => ['document', t('doneFront')],
  document_back: () => ['back', t('doneBack')],
  selfie: () => ['face', t('doneSelfie')],
  liveness: () => ['face', t('doneLiveness')],
  fields: () => ['form', t('doneFields')],
  proof_of_address: () => ['house', t('doneAddress')],
};

function summary(app, { id }) {
  const [picture, what] = DONE[id](app);
  const change = h('button', { type: 'button', class: 'flat small', onclick: () => app.change(id), 'aria-label': t('changeThat', { what }) }, icon('edit', 20));
  return h('li', {}, icon(picture), h('span', {}, what), id === 'consent' ? null : change);
}

function complete(app) {
  const finished = app.state.steps.filter((step) => step.state === 'done' && DONE[step.id]);

  app.show(
    'complete',
    t('completeTitle'),
    h('p', {}, t('completeLead')),
    h('ul', { class: 'plain summary' }, ...finished.map((step) => summary(app, step))),
    actions(button(t('submitAll'), () => app.advance(() => send('/complete', {})), 'main')),
  );
}

async function choose(app, outcome) {
  let answer;
  try {
    answer = await app.run(() => send('/sandbox-outcome', { outcome }));
  } catch (failure) {
    if (app.fail(failure, () => choose(app, outcome))) await app.refresh();
    return;
  }
  done(app, answer);
}

function outcomes(app, group) {
  const list = app.state.outcomes.filter((entry) => entry.group === group);
  return h('div', { class: 'choices' }, ...list.map((entry) => h(
    'button',
    { type: 'button', 'data-outcome': entry.outcome, onclick: () => choose(app, entry.outcome) },
    has(`outcome_${entry.outcome}`) ? t(`outcome_${entry.outcome}`) : entry.label,
  )));
}

function outcome(app) {
  app.show(
    'outcome',
    t('outcomeTitle'),
    h('p', {}, t('outcomeLead')),
    outcomes(app, 'service'),
    h('details', {}, h('summary', {}, t('outcomeOurs')), h('p', { class: 'quiet' }, t('outcomeOursNote')), outcomes(app, 'extension')),
    h('details', {}, h('summary', {}, t('outcomeDeveloper')), h('p', { class: 'quiet' }, t('outcomeDeveloperNote')), outcomes(app, 'developer')),
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

/** Goes to where the session says, by itself unless the applicant would rather stay. */
function redirect(app, url) {
  const says = h('p', {}, t('redirectText', { host: url.host }));
  const counting = h('p', { class: 'quiet' }, '');
  let left = REDIRECT_S;
  let timer = 0;
  const count = () => {
    if (left === 0) {
      location.assign(url.href);
      return;
    }
    counting.textContent = t('redirectIn', { seconds: left });
    left -= 1;
    timer = setTimeout(count, 1000);
  };
  const stay = button(t('redirectStay'), () => {
    clearTimeout(timer);
    counting.remove();
    says.textContent = t('redirectStayed');
    stay.remove();
    document.querySelector('h1').focus();
  });
  close(
    app,
    'done',
    t('doneTitle'),
    icon('done', 72),
    says,
    counting,
    actions(h('a', { class: 'button main', href: url.href, rel: 'noreferrer' }, t('redirect', { host: url.host })), stay),
  );
  count();
}

/** Everything is sent. answer is that of the sandbox's chooser, when there was one. */
function done(app, answer = {}) {
  const url = destinationOf(answer.redirect_url ?? app.state?.redirect_url);
  if (answer.status === 'expired') expired(app);
  else if (url) redirect(app, url);
  else close(app, 'done', t('doneTitle'), icon('done', 72), h('p', {}, t('doneText')));
}

export const screens = { complete, outcome, done: (app) => done(app) };
