// SPDX-License-Identifier: GPL-3.0-or-later
// Imports nothing, so that it runs before all other modules are there: it asks for what takes longest,
// the state of the visit and the table of the language.

/** The page's languages by their own names, in the order the switch has them. */
export const languages = { en: 'English', es: 'Español', fr: 'Français', de: 'Deutsch', ar: 'العربية' };

/** "de" of "de-AT". */
export const baseOf = (tag) => String(tag).split('-')[0].toLowerCase();

/**
 * The language to begin with: the one chosen on this page before it was loaded again, or the first of
 * the browser's we have. The choice is kept with the entry of the browser's history (trail.js): asking
 * sessionStorage costs a tenth of the time until the first screen stands.
 */
export const preferred = [history.state?.lang, ...(navigator.languages ?? [])].filter(Boolean).map(baseOf).find((code) => Object.hasOwn(languages, code)) ?? 'en';

/** Where the calls go, and how long one may take. */
export const base = location.pathname.replace(/\/+$/, '');
export const DEADLINE_MS = 30000;

/** Sends a request of the page; signal ends it early. */
export function request(method, path, body, signal) {
  return fetch(base + path, {
    method,
    headers: body ? { Accept: 'application/json', 'Content-Type': 'application/json' } : { Accept: 'application/json' },
    body: body ? JSON.stringify(body) : undefined,
    credentials: 'same-origin',
    cache: 'no-store',
    redirect: 'error',
    signal,
  });
}

function begin() {
  const deadline = new AbortController();
  setTimeout(() => deadline.abort(), DEADLINE_MS);
  return request('GET', '', undefined, deadline.signal);
}

let first = begin();
first.catch(() => {});
import(`./texts-${preferred}.js`).catch(() => {});

/** The answer to the request that is under way since the page came; null when it was taken before. */
export function takeFirst() {
  const taken = first;
  first = null;
  return taken;
}
