// SPDX-License-Identifier: GPL-3.0-or-later
// The language of the page. One table is loaded, the wanted one; texts-en.js says what is in it.

/** The page's languages by their own names, in the order the switch has them. */
export const languages = { en: 'English', es: 'Español', fr: 'Français', de: 'Deutsch', ar: 'العربية' };

const RIGHT_TO_LEFT = ['ar'];
const KEPT = 'verifa-language';
const MAX_SAID = 1000;

let table = {};
let plurals = new Intl.PluralRules('en');
let numbers = new Intl.NumberFormat('en');

/** The language the texts are in, and the same with the reader's region if the browser names one. */
export let lang = 'en';
export let locale = 'en';

// What t() has answered, by the answer: so a page can be put into another language where it stands.
let said = new Map();

const baseOf = (tag) => String(tag).split('-')[0].toLowerCase();

function remembered() {
  try {
    return sessionStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

/** The language to begin with: the one chosen in this tab, or the first of the browser's we have. */
export function preferred() {
  const wanted = [remembered(), ...(navigator.languages ?? [])].filter(Boolean).map(baseOf);
  return wanted.find((code) => Object.hasOwn(languages, code)) ?? 'en';
}

/** Loads a language and makes it the page's. */
export async function use(code) {
  const { default: loaded } = await import(`./texts-${code}.js`);
  table = loaded;
  lang = code;
  locale = (navigator.languages ?? []).find((tag) => baseOf(tag) === code) ?? code;
  plurals = new Intl.PluralRules(locale);
  numbers = new Intl.NumberFormat(locale);
  document.documentElement.lang = code;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(code) ? 'rtl' : 'ltr';
}

/** Whether there is a text of that name. */
export function has(name) {
  return Object.hasOwn(table, name);
}

/* A name or an address of another script must not pull the sentence's own marks along. */
const apart = (value) => (RIGHT_TO_LEFT.includes(lang) ? `\u2068${value}\u2069` : String(value));

function fill(name, values) {
  let text = has(name) ? table[name] : name;
  if (typeof text !== 'string') {
    const count = Object.values(values).find((value) => typeof value === 'number') ?? 0;
    text = text[plurals.select(count)] ?? text.other;
  }
  return text.replace(/\{(\w+)\}/g, (all, key) => {
    if (!Object.hasOwn(values, key)) return all;
    return typeof values[key] === 'number' ? numbers.format(values[key]) : apart(values[key]);
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
  try {
    sessionStorage.setItem(KEPT, code);
  } catch {
    // Storage is off: the choice lasts until the page is loaded again.
  }
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
