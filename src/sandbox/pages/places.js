// SPDX-License-Identifier: GPL-3.0-or-later
// Countries, and the states of the United States, in the page's language and order.

import { part } from './parts.js';
import { lang, locale } from './texts.js';

function better(names) {
  const own = new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' });
  return names.map(([code, name, words]) => [code, own.of(code) ?? name, [...words, name]]);
}

function order(rows) {
  const { compare } = new Intl.Collator(locale);
  return rows.map(([code, name, words]) => ({ code, name, words })).sort((a, b) => compare(a.name, b.name));
}

/** {countries, states}, each [{code, name, words}] sorted by name. */
export async function places() {
  const { countries, states, isTranslated } = await part(`places-${lang}`);
  return { countries: order(isTranslated ? countries : better(countries)), states: order(states) };
}

/** Calls back with the lists in the new language each time it is switched, until the screen is left. */
export function followLanguage(app, callback) {
  const renew = async () => {
    const lists = await places().catch(() => null);
    if (lists) callback(lists);
  };
  document.addEventListener('languagechanged', renew);
  app.leaving.push(() => document.removeEventListener('languagechanged', renew));
}
