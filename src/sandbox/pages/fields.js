// SPDX-License-Identifier: GPL-3.0-or-later
// What the workflow asks the applicant to type. The server checks; what it refuses is said below the
// entry it belongs to, and nothing typed is lost.

import { Failure, send } from './api.js';
import { actions, button, h, note } from './dom.js';
import { has, t } from './texts.js';

const KINDS = {
  first_name: { autocomplete: 'given-name', maxlength: '100' },
  last_name: { autocomplete: 'family-name', maxlength: '100' },
  email: { type: 'email', autocomplete: 'email', maxlength: '254' },
  phone: { type: 'tel', autocomplete: 'tel', maxlength: '32' },
  date_of_birth: { type: 'date', autocomplete: 'bday' },
  ssn: { inputmode: 'numeric', autocomplete: 'off', maxlength: '11' },
  line1: { autocomplete: 'address-line1', maxlength: '200' },
  line2: { autocomplete: 'address-line2', maxlength: '200' },
  city: { autocomplete: 'address-level2', maxlength: '100' },
  state: { autocomplete: 'address-level1', maxlength: '100' },
  zip: { autocomplete: 'postal-code', maxlength: '20' },
};
const ADDRESS = ['line1', 'line2', 'city', 'state', 'zip'];
const ADDRESS_OPTIONAL = ['line2', 'state'];

function entry(name, required, value) {
  const input = h('input', {
    id: name, name, type: 'text', value, 'aria-required': String(required), 'aria-describedby': `${name}-wrong`, ...KINDS[name],
  });
  const label = ADDRESS.includes(name) || required ? t(name) : `${t(name)} ${t('optional')}`;
  return h(
    'label',
    { class: 'field', for: name },
    label,
    has(`${name}Hint`) ? h('span', { class: 'hint' }, ` – ${t(`${name}Hint`)}`) : null,
    input,
    h('span', { class: 'wrong', id: `${name}-wrong` }),
  );
}

function block(field) {
  if (field.name !== 'address') return entry(field.name, field.required, field.value);
  return h(
    'fieldset',
    {},
    h('legend', {}, field.required ? t('address') : `${t('address')} ${t('optional')}`),
    ...ADDRESS.map((name) => entry(name, field.required && !ADDRESS_OPTIONAL.includes(name), field.value?.[name])),
  );
}

function mark(form, name, problem) {
  const input = form.querySelector(`#${CSS.escape(name)}`);
  if (!input) return null;
  input.setAttribute('aria-invalid', 'true');
  form.querySelector(`#${CSS.escape(name)}-wrong`).textContent = problem;
  return input;
}

function clear(form) {
  form.querySelectorAll('[aria-invalid]').forEach((input) => input.removeAttribute('aria-invalid'));
  form.querySelectorAll('.wrong').forEach((text) => { text.textContent = ''; });
}

function collect(form, fields) {
  const typed = (name) => form.querySelector(`#${name}`).value.trim();
  const body = {};
  for (const { name } of fields) {
    if (name === 'address') {
      const parts = ADDRESS.map((part) => [part, typed(part)]).filter(([, text]) => text !== '');
      if (parts.length > 0) body.address = Object.fromEntries(parts);
    } else if (typed(name) !== '') {
      body[name] = typed(name);
    }
  }
  return body;
}

/** The step `fields`. */
export function fields(app) {
  const asked = app.state.fields;
  const problem = h('div', {});
  const form = h('form', { novalidate: true }, ...asked.map(block));

  const submit = async (event) => {
    event?.preventDefault();
    clear(form);
    const empty = [...form.querySelectorAll('[aria-required="true"]')].filter((input) => input.value.trim() === '');
    empty.forEach((input) => mark(form, input.id, t('missing')));
    if (empty.length > 0) {
      empty[0].focus();
      return;
    }
    try {
      await app.run(() => send('/fields', collect(form, asked)));
    } catch (failure) {
      if (!(failure instanceof Failure) || failure.status !== 422) {
        const kept = [...form.elements].map((input) => [input.id, input.value]);
        const back = () => {
          fields(app);
          kept.forEach(([id, value]) => { if (id) document.getElementById(id).value = value; });
        };
        if (!app.fail(failure, back)) return;
      } else {
        const inputs = failure.errors.map((e) => mark(form, String(e.field).split('.').pop(), t('wrong', { problem: e.message }))).filter(Boolean);
        if (inputs.length > 0) inputs[0].focus();
        else problem.replaceChildren(note(failure.detail, true));
        return;
      }
    }
    await app.refresh();
  };

  form.addEventListener('submit', submit);
  const optional = app.state.steps.find((step) => step.id === 'fields')?.state === 'optional';
  form.append(actions(
    h('button', { type: 'submit', class: 'main' }, t('continue')),
    optional ? button(t('skip'), () => { app.skipped.add('fields'); app.walk(); }, 'flat') : null,
  ));
  app.show('fields', t('fieldsTitle'), h('p', {}, t('fieldsLead')), problem, form);
}
