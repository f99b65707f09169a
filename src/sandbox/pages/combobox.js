// SPDX-License-Identifier: GPL-3.0-or-later
// A text entry that finds one of many by name: ARIA's combobox with a listbox. Type and press Enter,
// or walk with the arrow keys; Escape closes, a second one clears.

import { h, icon } from './dom.js';
import { isNamed, search } from './search.js';
import { t } from './texts.js';

const TELL_AFTER_MS = 300;

/**
 * Makes one. options: [{code, name, words}] in the order they are shown.
 * Gives {element, input, value (a code or null), setOptions, setValue, say}.
 */
export function combobox({ id, label, hint, options, value, onchange, attributes = {} }) {
  let all = options;
  let found = [];
  let active = -1;
  let chosen = null;
  let telling = 0;

  const input = h('input', {
    id, type: 'text', role: 'combobox', 'aria-expanded': 'false', 'aria-controls': `${id}-list`, 'aria-autocomplete': 'list',
    'aria-describedby': `${id}-hint ${id}-wrong`, autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', enterkeyhint: 'done', ...attributes,
  });
  const list = h('ul', { id: `${id}-list`, role: 'listbox', 'aria-label': label, hidden: true });
  const status = h('p', { class: 'away', role: 'status' });
  const wrong = h('span', { class: 'wrong', id: `${id}-wrong` });
  const clear = h('button', { type: 'button', class: 'flat clear', tabindex: '-1', 'aria-label': t('clear'), hidden: true }, icon('cross', 20));
  const element = h(
    'div',
    { class: 'field combo' },
    h('label', { for: id }, label),
    h('span', { class: 'hint', id: `${id}-hint` }, hint),
    h('div', { class: 'box' }, input, clear),
    list,
    wrong,
    status,
  );
  const isOpen = () => !list.hidden;

  const tell = () => {
    clearTimeout(telling);
    telling = setTimeout(() => { status.textContent = found.length > 0 ? t('found', { count: found.length }) : t('foundNone'); }, TELL_AFTER_MS);
  };
  const activate = (index) => {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = index;
    const option = list.children[index];
    if (!option || found.length === 0) {
      input.removeAttribute('aria-activedescendant');
      return;
    }
    option.setAttribute('aria-selected', 'true');
    input.setAttribute('aria-activedescendant', option.id);
    if (option.offsetTop < list.scrollTop) list.scrollTop = option.offsetTop;
    else if (option.offsetTop + option.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = option.offsetTop + option.offsetHeight - list.clientHeight;
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    activate(-1);
  };
  const choose = (option) => {
    const isNew = chosen?.code !== option?.code;
    chosen = option;
    input.value = option?.name ?? '';
    clear.hidden = input.value === '';
    close();
    if (isNew) onchange?.(option?.code ?? null);
  };
  const open = (typed) => {
    found = search(all, typed);
    list.replaceChildren(...found.map((option) => h(
      'li',
      { role: 'option', id: `${id}-${option.code}`, 'aria-selected': 'false', onclick: () => { choose(option); input.focus(); } },
      h('span', {}, option.name),
      h('span', { class: 'quiet', 'aria-hidden': 'true' }, option.code),
    )));
    if (found.length === 0) list.append(h('li', { class: 'none', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, t('foundNone')));
    active = -1;
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    activate(typed === '' ? found.indexOf(chosen) : 0);
    tell();
  };
  const move = (step) => {
    if (!isOpen()) {
      open('');
      if (active >= 0) return;
    }
    if (found.length === 0) return;
    activate(active < 0 && step < 0 ? found.length - 1 : (active + step + found.length) % found.length);
  };

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => isOpen() && found[active] && choose(found[active]),
    Home: () => isOpen() && activate(0),
    End: () => isOpen() && activate(found.length - 1),
    Escape: () => {
      if (isOpen()) close();
      else choose(null);
    },
  };
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Tab' && isOpen() && found[active] && input.value !== '') choose(found[active]);
    if (!Object.hasOwn(keys, event.key)) return;
    if (['Enter', 'Home', 'End'].includes(event.key) && !isOpen()) return;
    event.preventDefault();
    keys[event.key]();
  });
  input.addEventListener('input', () => {
    const wasChosen = chosen;
    chosen = null;
    clear.hidden = input.value === '';
    if (wasChosen) onchange?.(null);
    if (input.value.trim() === '') close();
    else open(input.value);
  });
  input.addEventListener('click', () => {
    input.select();
    if (!isOpen()) open('');
  });
  input.addEventListener('blur', () => {
    const [first] = search(all, input.value);
    if (!chosen && first && isNamed(first, input.value)) choose(first);
    else close();
  });
  // Pressing in the list must not take the focus away from the entry before the press counts.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  clear.addEventListener('click', () => {
    choose(null);
    input.focus();
  });

  const result = {
    element,
    input,
    get value() { return chosen?.code ?? null; },
    /** Other names for the same codes. */
    setOptions(others) {
      all = others;
      if (chosen) result.setValue(chosen.code);
      close();
    },
    setValue(code) {
      chosen = all.find((option) => option.code === code) ?? null;
      input.value = chosen?.name ?? '';
      clear.hidden = input.value === '';
    },
    /** Says what is wrong with it; '' takes that back. */
    say(text) {
      wrong.textContent = text;
      if (text === '') input.removeAttribute('aria-invalid');
      else input.setAttribute('aria-invalid', 'true');
    },
  };
  if (value) result.setValue(value);
  return result;
}
