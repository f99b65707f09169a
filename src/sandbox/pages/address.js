// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked about a proof of address before its picture is taken: its kind and its date.

import { clock } from './api.js';
import { actions, button, h } from './dom.js';
import { getDraft, putDraft } from './drafts.js';
import { t } from './texts.js';

const KINDS = ['utility_bill', 'bank_statement', 'tax_document', 'rental_agreement', 'other'];

/** The form fields that are sent beside the picture. */
export const addressForm = {};

const today = () => new Date(clock.now()).toISOString().slice(0, 10);

/** Asks, and goes on with next(app). */
export function askAddress(app, next) {
  const { kind, date } = getDraft('address');
  const option = (name) => h('option', { value: name, selected: name === kind }, t(name));
  const select = h('select', { id: 'kind', onchange: () => putDraft('address', 'kind', select.value) }, ...KINDS.map(option));
  const wrong = h('span', { class: 'wrong', id: 'poa-date-wrong' });
  const input = h('input', {
    id: 'poa-date', type: 'date', max: today(), value: date, 'aria-required': 'true', 'aria-describedby': 'poa-date-wrong',
    oninput: () => putDraft('address', 'date', input.value),
  });
  const submit = (event) => {
    event.preventDefault();
    const isGood = input.value !== '' && input.value <= today();
    wrong.textContent = isGood ? '' : t('wrongPoaDate');
    if (isGood) {
      input.removeAttribute('aria-invalid');
      Object.assign(addressForm, { poa_document_type: select.value, poa_document_date: input.value });
      next(app);
    } else {
      input.setAttribute('aria-invalid', 'true');
      input.focus();
    }
  };
  const isOptional = app.stateOf(app.step) === 'optional';

  app.show(
    'proof_of_address_kind',
    t('proof_of_addressTitle'),
    h(
      'form',
      { novalidate: true, onsubmit: submit },
      h('label', { class: 'field', for: 'kind' }, t('poaKind'), select),
      h('label', { class: 'field', for: 'poa-date' }, t('poaDate'), input, wrong),
      actions(
        h('button', { type: 'submit', class: 'main' }, t('continue')),
        isOptional ? button(t('skip'), () => { app.skipped.add(app.step); app.walk(); }, 'flat') : null,
      ),
    ),
  );
}
