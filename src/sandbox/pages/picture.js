// SPDX-License-Identifier: GPL-3.0-or-later
// The steps that take a picture: tips, the phone's camera, a look at what was taken, submit. The file
// goes to the server as it is.

import { Failure, upload } from './api.js';
import { actions, button, h, icon, lines, note } from './dom.js';
import { has, t } from './texts.js';

const MAX_BYTES = 10 * 1048576;
// As the server judges: a picture whose longer side is shorter than this is a poor one.
const GOOD_SIDE = 960;
const POA_KINDS = ['utility_bill', 'bank_statement', 'tax_document', 'rental_agreement', 'other'];

/** A file chooser that is opened by a button; capture asks a phone for its camera. */
function chooser(id, accept, capture, onfile) {
  const input = h('input', {
    type: 'file', id, accept, capture, class: 'away', tabindex: '-1', 'aria-hidden': 'true',
    onchange: () => {
      const [file] = input.files;
      input.value = '';
      if (file) onfile(file);
    },
  });
  return input;
}

function sizeText(bytes) {
  return bytes < 1048576 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

/** What was wrong with an upload, in words; nothing when it is not about the file. */
function problemOf(failure) {
  if (!(failure instanceof Failure)) return null;
  if (failure.status === 413) return t('tooLarge');
  return failure.status === 415 || failure.status === 422 ? failure.errors[0]?.message ?? failure.detail : null;
}

/** The screen of one picture step, made from how the steps differ. */
export function picture(step) {
  const titleOf = (app) => {
    const passport = app.step === 'document_front' && app.state.document_type === 'passport';
    return t(`${app.step}Title${passport ? 'Passport' : ''}`);
  };

  const changeType = (app) => () => {
    app.detour = 'document_type';
    app.walk();
  };

  function tips(app, problem = null) {
    const kind = step.asksKind
      ? h('label', { class: 'field', for: 'kind' }, t('poaKind'), h('select', { id: 'kind' }, ...POA_KINDS.map((name) => h('option', { value: name }, t(name)))))
      : null;
    const take = (file) => review(app, file, kind?.querySelector('select').value);
    const camera = chooser('camera', 'image/*', step.camera, take);
    const files = chooser('file', 'image/jpeg,image/png,image/webp' + (step.isFace ? '' : ',application/pdf'), null, take);
    const optional = app.state.steps.find((s) => s.id === app.step)?.state === 'optional';

    app.show(
      app.step,
      titleOf(app),
      problem ? note(problem, true) : null,
      h('div', { class: 'picture' }, icon(step.picture, 96)),
      lines(step.tips.map(([name, text]) => [name, t(text)])),
      kind,
      camera,
      files,
      actions(
        button(t('ready'), () => camera.click(), 'main'),
        button(t(step.isFace ? 'uploadSelfie' : 'upload'), () => files.click()),
        optional ? button(t('skip'), () => { app.skipped.add(app.step); app.walk(); }, 'flat') : null,
        step.canChangeType && app.state.document_types.length > 1 ? button(t('changeType'), changeType(app), 'flat') : null,
      ),
    );
  }

  function review(app, file, kind) {
    if (file.size > MAX_BYTES) {
      tips(app, t('tooLarge'));
      return;
    }
    const url = URL.createObjectURL(file);
    const message = h('div', {});
    const bar = h('progress', { max: '1', value: '0', 'aria-label': t('sending') });
    const sending = h('div', { hidden: true }, h('p', { class: 'quiet' }, t('sending')), bar);
    const forget = () => URL.revokeObjectURL(url);
    const again = () => { forget(); tips(app); };
    const view = file.type === 'application/pdf'
      ? h('p', {}, t('isPdf', { size: sizeText(file.size) }))
      : h('img', {
        src: url,
        alt: has(`${app.step}Alt`) ? t(`${app.step}Alt`) : '',
        onload: (event) => {
          const side = Math.max(event.target.naturalWidth, event.target.naturalHeight);
          if (side < GOOD_SIDE) message.replaceChildren(note(t(app.state.is_sandbox ? 'lowQualitySandbox' : 'lowQuality')));
        },
      });

    const submit = async () => {
      message.replaceChildren();
      sending.hidden = false;
      try {
        const form = kind ? { ...step.form, poa_document_type: kind } : step.form;
        await app.run(() => upload(step.path, file, form, (part) => { bar.value = part; }));
      } catch (failure) {
        const problem = problemOf(failure);
        sending.hidden = true;
        if (problem) {
          message.replaceChildren(note(problem, true));
          return;
        }
        if (!app.fail(failure, () => review(app, file, kind))) return;
      }
      forget();
      await app.refresh();
    };

    app.show(
      `${app.step}_review`,
      t('reviewTitle'),
      h('p', {}, t(step.isFace ? 'reviewLeadSelfie' : 'reviewLead')),
      h('div', { class: 'picture' }, view),
      message,
      sending,
      actions(
        button(t('submitPhoto'), submit, 'main'),
        button(t('retakePhoto'), again),
        step.canChangeType && app.state.document_types.length > 1
          ? button(t('changeType'), () => { forget(); changeType(app)(); }, 'flat')
          : null,
      ),
    );
  }

  return (app) => tips(app);
}
