// SPDX-License-Identifier: GPL-3.0-or-later
// The step `document_type`, in two screens: which document, and where it was issued.

import { send } from './api.js';
import { combobox } from './combobox.js';
import { actions, button, h, icon, note } from './dom.js';
import { dropDraft, getDraft, putDraft } from './drafts.js';
import { followLanguage, places } from './places.js';
import { has, t } from './texts.js';

const STATE_TYPES = ['drivers_license', 'national_id'];

/** Passports and residence permits are the country's, licences and State IDs a state's. */
const hasState = (type, country) => country === 'US' && STATE_TYPES.includes(type);

function documentType(app) {
  const chosen = getDraft('choice').type ?? app.state.document_type;
  const choose = (type) => {
    putDraft('choice', 'type', type);
    app.open('document_type', 'country');
  };
  const choice = (type) => h(
    'button',
    { type: 'button', class: 'choice', 'data-type': type, onclick: () => choose(type) },
    icon(type === 'passport' ? 'passport' : 'document', 32),
    h('span', {}, t(type), has(`${type}Sides`) ? h('small', {}, t(`${type}Sides`)) : null),
    type === chosen ? h('span', { class: 'chosen' }, icon('check', 20), h('span', { class: 'away' }, t('typeChosen'))) : null,
  );

  app.show(
    'document_type',
    t('typeTitle'),
    h('p', {}, t('typeLead')),
    h('div', { class: 'choices' }, ...app.state.document_types.map(choice)),
  );
}

/** What the screen begins with: chosen in this visit, sent before, or known of the session. */
function startOf(app) {
  const { type, country, state } = getDraft('choice');
  return {
    type: type ?? app.state.document_type,
    country: country ?? app.state.document_country ?? app.state.country,
    state: state ?? app.state.document_state,
  };
}

function showCountry(app, lists) {
  const start = startOf(app);
  const problem = h('div', {});
  const state = combobox({
    id: 'issuing-state', label: t('issuingState'), hint: t('issuingStateHint'), options: lists.states, value: start.state, attributes: { 'aria-required': 'true' },
    onchange: (code) => {
      putDraft('choice', 'state', code);
      state.say('');
    },
  });
  const place = h('div', {});
  const showState = (country) => place.replaceChildren(...(hasState(start.type, country) ? [state.element] : []));
  const country = combobox({
    id: 'country', label: t('country'), hint: t('countryHint'), options: lists.countries, value: start.country, attributes: { 'aria-required': 'true' },
    onchange: (code) => {
      putDraft('choice', 'country', code);
      country.say('');
      showState(code);
    },
  });

  const wrong = () => {
    const asked = [[country, 'wrongCountry'], ...(place.contains(state.element) ? [[state, 'wrongState']] : [])];
    const missing = asked.filter(([box]) => box.value === null);
    asked.forEach(([box, text]) => box.say(box.value === null ? t(box.input.value.trim() === '' ? 'missing' : text) : ''));
    missing[0]?.[0].input.focus();
    return missing.length > 0;
  };
  const submit = async () => {
    problem.replaceChildren();
    if (wrong()) return;
    const body = { document_type: start.type, country: country.value };
    if (place.contains(state.element)) body.state = state.value;
    const { document_type: type, document_country: before, document_state: stateBefore } = app.state;
    if (type === body.document_type && before === body.country && stateBefore === (body.state ?? null)) {
      dropDraft('choice');
      app.goOn();
      return;
    }
    await sendChoice(app, body, { country, state, problem });
  };

  app.show(
    'country',
    t('countryTitle'),
    h('p', {}, t('countryLead')),
    problem,
    h('form', { novalidate: true, onsubmit: (event) => { event.preventDefault(); submit(); } }, country.element, place, actions(h('button', { type: 'submit', class: 'main' }, t('continue')))),
  );
  showState(country.value);
  followLanguage(app, ({ countries, states }) => {
    country.setOptions(countries);
    state.setOptions(states);
  });
}

async function sendChoice(app, body, { country, state, problem }) {
  try {
    await app.run(() => send('/document-type', body));
  } catch (failure) {
    if (failure.status !== 422) {
      if (!app.fail(failure, () => sendChoice(app, body, { country, state, problem }))) return;
    } else {
      for (const { field, message } of failure.errors) {
        if (field === 'country') country.say(message);
        else if (field === 'state') state.say(message);
        else problem.replaceChildren(note(message, true));
      }
      return;
    }
  }
  dropDraft('choice');
  await app.refresh();
}

/** The second screen. Who comes without a type chosen chooses that first. */
async function country(app) {
  const { type } = startOf(app);
  if (!app.state.document_types.includes(type)) {
    documentType(app);
    return;
  }
  const { turn } = app;
  let lists = null;
  try {
    lists = await places();
  } catch (failure) {
    if (turn === app.turn) app.fail(failure, () => app.open('document_type', 'country'));
    return;
  }
  if (turn === app.turn) showCountry(app, lists);
}

export const screens = { document_type: documentType, country };
