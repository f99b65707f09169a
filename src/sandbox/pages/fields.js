// SPDX-License-Identifier: GPL-3.0-or-later
// What the workflow asks the applicant to type. What is wrong is said below the entry it belongs to;
// nothing typed is lost by an error, a reload or another language.

import { clock, send } from './api.js';
import { combobox } from './combobox.js';
import { actions, button, h, note } from './dom.js';
import { dropDraft, getDraft, putDraft } from './drafts.js';
import { followLanguage, places } from './places.js';
import { check, tidy } from './rules.js';
import { has, t } from './texts.js';

const KINDS = {
  first_name: { autocomplete: 'given-name', maxlength: '200' },
  last_name: { autocomplete: 'family-name', maxlength: '200' },
  email: { type: 'email', inputmode: 'email', autocomplete: 'email', maxlength: '254', dir: 'ltr', autocapitalize: 'off', spellcheck: 'false' },
  phone: { type: 'tel', autocomplete: 'tel', maxlength: '32', dir: 'ltr' },
  date_of_birth: { type: 'date', autocomplete: 'bday' },
  ssn: { inputmode: 'numeric', autocomplete: 'off', maxlength: '11', dir: 'ltr', class: 'masked', spellcheck: 'false' },
  line1: { autocomplete: 'address-line1', maxlength: '200' },
  line2: { autocomplete: 'address-line2', maxlength: '200' },
  city: { autocomplete: 'address-level2', maxlength: '200' },
  state: { autocomplete: 'address-level1', maxlength: '200' },
  zip: { autocomplete: 'postal-code', maxlength: '20', dir: 'ltr' },
};
const ADDRESS = ['line1', 'line2', 'city', 'state', 'zip'];
const ADDRESS_OPTIONAL = ['line2', 'state'];

/** A button that shows what is masked, for who wants to see it. */
function unmask(input) {
  const show = button(t('show'), () => {
    const isMasked = input.classList.toggle('masked');
    show.textContent = t(isMasked ? 'show' : 'hide');
  }, 'small', { 'aria-controls': input.id });
  return show;
}

const hintOf = (app, name) => [app.state.is_sandbox && `${name}HintSandbox`, `${name}Hint`].find((key) => key && has(key));

function limits(name) {
  if (name !== 'date_of_birth') return {};
  const today = new Date(clock.now());
  const first = new Date(Date.UTC(today.getUTCFullYear() - 120, today.getUTCMonth(), today.getUTCDate()));
  return { max: today.toISOString().slice(0, 10), min: first.toISOString().slice(0, 10) };
}

function entry(app, name, required, known) {
  const hint = hintOf(app, name);
  const value = getDraft('fields')[name] ?? known;
  const input = h('input', {
    id: name, name, type: 'text', value, 'aria-required': String(required), 'aria-describedby': `${hint ? `${name}-hint ` : ''}${name}-wrong`,
    ...limits(name), ...KINDS[name], oninput: () => putDraft('fields', name, input.value),
  });
  return h(
    'div',
    { class: 'field' },
    h('label', { for: name }, h('span', {}, t(name)), required ? null : h('span', { class: 'hint' }, ' ', h('span', {}, t('optional')))),
    hint ? h('span', { class: 'hint', id: `${name}-hint` }, t(hint)) : null,
    name === 'ssn' ? h('div', { class: 'box' }, input, unmask(input)) : input,
    h('span', { class: 'wrong', id: `${name}-wrong` }),
  );
}

/** The address's country: one of the list, which may come a moment later. */
function countryEntry(app, known) {
  const value = getDraft('fields')['address-country'] ?? known;
  const place = h('div', { class: 'country' });
  const fill = ({ countries }) => {
    const box = combobox({
      id: 'address-country', label: t('country'), hint: t('countryHint'), options: countries, value,
      onchange: (code) => {
        putDraft('fields', 'address-country', code ?? '');
        box.say('');
      },
    });
    place.replaceChildren(box.element);
    place.box = box;
    followLanguage(app, (lists) => box.setOptions(lists.countries));
  };
  places().then(fill).catch(() => {});
  return place;
}

function addressBlock(app, field) {
  const parts = ADDRESS.map((name) => entry(app, name, field.required && !ADDRESS_OPTIONAL.includes(name), field.value?.[name]));
  const country = countryEntry(app, field.value?.country ?? app.state.document_country ?? app.state.country);
  return h('fieldset', {}, h('legend', {}, h('span', {}, t('address')), field.required ? null : h('span', { class: 'hint' }, ' ', h('span', {}, t('optional')))), ...parts, country);
}

const block = (app, field) => (field.name === 'address' ? addressBlock(app, field) : entry(app, field.name, field.required, field.value));

function mark(form, name, problem) {
  const input = form.querySelector(`#${CSS.escape(name)}`);
  const place = form.querySelector(`#${CSS.escape(name)}-wrong`);
  if (!input || !place) return null;
  input.setAttribute('aria-invalid', 'true');
  place.textContent = problem;
  return input;
}

function clear(form) {
  form.querySelectorAll('[aria-invalid]').forEach((input) => input.removeAttribute('aria-invalid'));
  form.querySelectorAll('.wrong').forEach((text) => { text.textContent = ''; });
}

const entries = (form) => [...form.querySelectorAll('input[name]')];

/** Marks what cannot be sent, and gives those entries. A half-filled optional address is not right either. */
function findWrong(form, hasAddress) {
  const isAddress = (input) => ADDRESS.includes(input.name);
  const hasPart = hasAddress && entries(form).some((input) => isAddress(input) && input.value.trim() !== '');
  return entries(form).map((input) => {
    const text = input.value.trim();
    const isNeeded = input.getAttribute('aria-required') === 'true' || (hasPart && isAddress(input) && !ADDRESS_OPTIONAL.includes(input.name));
    const problem = text === '' && (isNeeded || input.validity.badInput) ? 'missing' : check(input.name, text, clock.now());
    return problem ? mark(form, input.id, t(problem)) : null;
  }).filter(Boolean);
}

function collect(form, fields) {
  const typed = (name) => tidy(name, form.querySelector(`#${name}`).value.trim());
  const body = {};
  for (const { name } of fields) {
    if (name === 'address') {
      const parts = ADDRESS.map((part) => [part, typed(part)]).filter(([, text]) => text !== '');
      const country = form.querySelector('.country')?.box?.value;
      if (parts.length > 0) body.address = Object.fromEntries(country ? [...parts, ['country', country]] : parts);
    } else if (typed(name) !== '') {
      body[name] = typed(name);
    }
  }
  return body;
}

/** Says what the server refused, where it belongs. The first of them gets the focus. */
function showRefusal(form, problem, failure) {
  const inputs = failure.errors.map(({ field, message }) => {
    const id = field === 'address.country' ? 'address-country' : String(field).split('.').pop();
    return mark(form, id, message);
  }).filter(Boolean);
  if (inputs.length > 0) inputs[0].focus();
  else problem.replaceChildren(note(failure.detail, true));
}

/** The step `fields`. */
function fields(app) {
  const asked = app.state.fields;
  const problem = h('div', {});
  const form = h('form', { novalidate: true }, ...asked.map((field) => block(app, field)));

  const submit = async (event) => {
    event?.preventDefault();
    clear(form);
    problem.replaceChildren();
    const wrong = findWrong(form, asked.some((field) => field.name === 'address'));
    if (wrong.length > 0) {
      problem.replaceChildren(note(t('wrongCount', { count: wrong.length }), true));
      wrong[0].focus();
      return;
    }
    try {
      await app.run(() => send('/fields', collect(form, asked)));
    } catch (failure) {
      if (failure.status === 422) {
        showRefusal(form, problem, failure);
        return;
      }
      // The form comes back as it was, and goes out once more.
      const again = () => {
        fields(app);
        document.querySelector('#screen form').requestSubmit();
      };
      if (!app.fail(failure, again)) return;
    }
    dropDraft('fields');
    await app.refresh();
  };

  form.addEventListener('submit', submit);
  const isOptional = app.stateOf('fields') === 'optional';
  form.append(actions(
    h('button', { type: 'submit', class: 'main' }, t('continue')),
    isOptional ? button(t('skip'), () => { app.skipped.add('fields'); app.walk(); }, 'flat') : null,
  ));
  app.show('fields', t('fieldsTitle'), h('p', {}, t('fieldsLead')), problem, form);
}

export const screens = { fields };
