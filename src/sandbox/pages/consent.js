// SPDX-License-Identifier: GPL-3.0-or-later
// The first screen: what is collected, and whether the applicant agrees.

import { send } from './api.js';
import { actions, button, h, lines } from './dom.js';
import { part } from './parts.js';
import { t } from './texts.js';

const CONSENT_VERSION = '1.0';

/** The step `consent`. Looked at again it is ticked, and nothing is sent a second time. */
export function consent(app) {
  const isGiven = app.stateOf('consent') === 'done';
  const biometric = app.has('selfie') || app.has('liveness');
  const agree = () => {
    if (isGiven) app.goOn();
    else app.advance(() => send('/consent', { consent: true, consent_version: CONSENT_VERSION }));
  };
  const next = button(t('continue'), agree, 'main', { disabled: !isGiven });
  const box = h('input', { type: 'checkbox', id: 'agree', checked: isGiven, onchange: () => { next.disabled = !box.checked; } });
  const decline = async () => {
    try {
      (await part('ends')).declined(app);
    } catch (failure) {
      app.fail(failure, decline);
    }
  };
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
      button(t('decline'), decline, 'flat'),
    ),
  );
}
