// SPDX-License-Identifier: GPL-3.0-or-later
// One function a step, named as the server names the step. Each shows its screen and, when the
// applicant is through with it, hands its call to app.advance().

import { send } from './api.js';
import { actions, button, h, icon, lines } from './dom.js';
import { declined, done, endOf, failed, offline } from './ends.js';
import { fields } from './fields.js';
import { liveness } from './liveness.js';
import { picture } from './picture.js';
import { has, t } from './texts.js';

const CONSENT_VERSION = '1.0';

function consent(app) {
  const biometric = app.has('selfie') || app.has('liveness');
  const next = button(t('continue'), () => app.advance(() => send('/consent', { consent: true, consent_version: CONSENT_VERSION })), 'main', { disabled: true });
  const box = h('input', { type: 'checkbox', id: 'agree', onchange: () => { next.disabled = !box.checked; } });
  const name = app.state.organization?.name;
  const collected = [
    ['document', t('collectDocument')],
    biometric && ['face', t('collectSelfie')],
    app.has('fields') && ['form', t('collectFields')],
    app.has('proof_of_address') && ['house', t('collectAddress')],
    ['time', t('collectTechnical')],
  ].filter(Boolean);

  app.show(
    'consent',
    t('consentTitle'),
    h('p', {}, name ? t('consentLead', { organization: name }) : t('consentLeadPlain')),
    h('h2', {}, t('consentCollects')),
    lines(collected),
    h('p', { class: 'quiet' }, t('consentUse')),
    app.state.is_sandbox ? h('p', {}, t('consentSandbox')) : null,
    actions(
      h('label', { class: 'check', for: 'agree' }, box, h('span', {}, t(biometric ? 'consentCheck' : 'consentCheckPlain'))),
      next,
      button(t('decline'), () => declined(app), 'flat'),
    ),
  );
}

function documentType(app) {
  const choice = (type) => h(
    'button',
    {
      type: 'button',
      class: 'choice',
      'data-type': type,
      onclick: () => app.advance(() => send('/document-type', { document_type: type, country: app.state.country ?? undefined })),
    },
    icon(type === 'passport' ? 'passport' : 'document', 32),
    h('span', {}, t(type), has(`${type}Sides`) ? h('small', {}, t(`${type}Sides`)) : null),
  );

  app.show(
    'document_type',
    t('typeTitle'),
    h('p', {}, t('typeLead')),
    h('div', { class: 'choices' }, ...app.state.document_types.map(choice)),
  );
}

const DONE = {
  consent: () => ['check', t('doneConsent')],
  document_type: (app) => ['check', t('doneType', { type: t(app.state.document_type ?? '') })],
  document_front: () => ['check', t('doneFront')],
  document_back: () => ['check', t('doneBack')],
  selfie: () => ['check', t('doneSelfie')],
  liveness: () => ['check', t('doneLiveness')],
  fields: () => ['check', t('doneFields')],
  proof_of_address: () => ['check', t('doneAddress')],
};

function complete(app) {
  const finished = app.state.steps.filter((step) => step.state === 'done' && DONE[step.id]);

  app.show(
    'complete',
    t('completeTitle'),
    h('p', {}, t('completeLead')),
    lines(finished.map((step) => DONE[step.id](app))),
    actions(button(t('submitAll'), () => app.advance(() => send('/complete', {})), 'main')),
  );
}

async function choose(app, outcome) {
  let answer;
  try {
    answer = await app.run(() => send('/sandbox-outcome', { outcome }));
  } catch (failure) {
    if (failure.status === 400) await app.refresh();
    else (endOf(failure.status, failure.code) ?? (failure.status === 0 ? offline : failed))(app, () => app.refresh());
    return;
  }
  done(app, answer);
}

function outcomes(app, group) {
  const list = app.state.outcomes.filter((entry) => entry.group === group);
  return h('div', { class: 'choices' }, ...list.map((entry) => h(
    'button',
    { type: 'button', 'data-outcome': entry.outcome, onclick: () => choose(app, entry.outcome) },
    entry.label,
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

/** What the server may ask for. A step that is not here ends the walk. */
export const screens = {
  consent,
  document_type: documentType,
  document_front: picture({
    path: '/documents', form: { side: 'front' }, picture: 'document', camera: 'environment', canChangeType: true,
    tips: [['light', 'tipLight'], ['warning', 'tipGlare'], ['document', 'tipDark']],
  }),
  document_back: picture({
    path: '/documents', form: { side: 'back' }, picture: 'back', camera: 'environment',
    tips: [['light', 'tipLight'], ['warning', 'tipGlare'], ['back', 'tipBarcode']],
  }),
  selfie: picture({
    path: '/selfie', form: {}, picture: 'face', camera: 'user', isFace: true,
    tips: [['light', 'tipSelfieLight'], ['face', 'tipFace'], ['warning', 'tipCover']],
  }),
  liveness,
  fields,
  proof_of_address: picture({
    path: '/proof-of-address', form: {}, picture: 'house', camera: 'environment', asksKind: true,
    tips: [['light', 'tipLight'], ['form', 'tipWhole']],
  }),
  complete,
  outcome,
};
