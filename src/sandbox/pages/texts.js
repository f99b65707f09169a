// SPDX-License-Identifier: GPL-3.0-or-later
// The language of the page. One table is loaded, the wanted one; texts-en.js says what is in it.

import { baseOf } from './early.js';

const RIGHT_TO_LEFT = ['ar'];
const MAX_SAID = 1000;

let table = {};
// Made when they are wanted: the first screen does without them.
let plurals = null;
let numbers = null;

/** The language the texts are in, and the same with the reader's region if the browser names one. */
export let lang = 'en';
export let locale = 'en';

// What t() has answered, by the answer: so a page can be put into another language where it stands.
let said = new Map();

/** Loads a language and makes it the page's. */
export async function use(code) {
  const { default: loaded } = await import(`./texts-${code}.js`);
  table = loaded;
  lang = code;
  locale = (navigator.languages ?? []).find((tag) => baseOf(tag) === code) ?? code;
  plurals = null;
  numbers = null;
  document.documentElement.lang = code;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(code) ? 'rtl' : 'ltr';
}

/** Whether there is a text of that name. */
export function has(name) {
  return Object.hasOwn(table, name);
}

const OWN_NUMERALS = ['ar'];

/* Small numbers are the same in most of our languages. */
function numeral(value) {
  if (!OWN_NUMERALS.includes(lang) && Math.abs(value) < 1000 && Number.isInteger(value)) return String(value);
  numbers ??= new Intl.NumberFormat(locale);
  return numbers.format(value);
}

/* A name or an address of another script must not pull the sentence's own marks along. */
const apart = (value) => (RIGHT_TO_LEFT.includes(lang) ? `\u2068${value}\u2069` : String(value));

function fill(name, values) {
  let text = has(name) ? table[name] : name;
  if (typeof text !== 'string') {
    const count = Object.values(values).find((value) => typeof value === 'number') ?? 0;
    plurals ??= new Intl.PluralRules(locale);
    text = text[plurals.select(count)] ?? text.other;
  }
  return text.replace(/\{(\w+)\}/g, (all, key) => {
    if (!Object.hasOwn(values, key)) return all;
    return typeof values[key] === 'number' ? numeral(values[key]) : apart(values[key]);
  });
}

/** The text of that name, with {braces} filled from values; the name itself when there is none. */
export function t(name, values = {}) {
  const text = fill(name, values);
  if (said.size > MAX_SAID) said.clear();
  said.set(text, [name, values]);
  return text;
}

/** A time of day as the language writes it. */
export const clockTime = (date) => date.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });

const ATTRIBUTES = ['aria-label', 'alt', 'placeholder', 'title'];

/**
 * Puts what stands in a part of the page into another language. Nothing is drawn anew: what was
 * typed, a picture that was taken and the focus stay as they are.
 */
export async function switchTo(code, part) {
  await use(code);
  history.replaceState({ ...history.state, lang: code }, '');
  const before = said;
  said = new Map();
  const again = (text) => (before.has(text) ? t(...before.get(text)) : null);
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = again(node.data);
      if (text !== null) node.data = text;
      continue;
    }
    for (const name of ATTRIBUTES) {
      const text = node.hasAttribute(name) ? again(node.getAttribute(name)) : null;
      if (text !== null) node.setAttribute(name, text);
    }
  }
}
