// SPDX-License-Identifier: GPL-3.0-or-later
// A step that was done and is looked at again: what was sent is not shown, only that it is there.

import { actions, button, h, lines } from './dom.js';
import { t } from './texts.js';

const WORDS = {
  document_front: ['document', 'doneFront', 'keptFront'],
  document_back: ['back', 'doneBack', 'keptBack'],
  selfie: ['face', 'doneSelfie', 'keptSelfie'],
  liveness: ['face', 'doneLiveness', 'keptLiveness'],
  fields: ['form', 'doneFields', 'keptFields'],
  proof_of_address: ['house', 'doneAddress', 'keptAddress'],
};

function kept(app) {
  const [, title, words] = WORDS[app.step];
  app.show(
    app.step,
    t(title),
    lines([['done', t(words)]]),
    h('p', { class: 'quiet' }, t('keptNote')),
    actions(
      button(t('continue'), () => app.goOn(), 'main'),
      button(t('keptAgain'), () => app.change(app.step)),
    ),
  );
}

export const screens = { kept };
