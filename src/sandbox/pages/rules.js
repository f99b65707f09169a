// SPDX-License-Identifier: GPL-3.0-or-later
// What an entry has to look like before it is sent; the server judges by the same rules, and has the
// last word. Pure functions: the name of a sentence, or null when nothing is wrong.

const MAX_NAME = 100;
const MAX_LINE = 200;
const MAX_AGE_YEARS = 120;
const DAY_MS = 86400000;

/** Arabic and other digits as 0 to 9. */
export const plainDigits = (text) => text.replace(/\p{Nd}/gu, (digit) => {
  const code = digit.codePointAt(0);
  if (code < 128) return digit;
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero -= 1;
  return String(code - zero);
});

/** E.164: "+442079460000" of whatever a person writes between the digits, or with 00 for the +. */
export const phoneOf = (text) => plainDigits(text).replace(/[\s()./\u2010-\u2015-]/g, '').replace(/^00/, '+');

const ssnOf = (text) => plainDigits(text).replace(/[\s-]/g, '');

const line = (text, max, problem) => ([...text].length <= max && !/\p{Cc}/u.test(text) ? null : problem);

function checkBirth(text, now) {
  const born = Date.parse(`${text}T00:00:00Z`);
  const isDate = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(born) && new Date(born).toISOString().startsWith(text);
  return isDate && born < now && born > now - MAX_AGE_YEARS * 365.25 * DAY_MS ? null : 'wrongBirth';
}

const CHECKS = {
  first_name: (text) => line(text, MAX_NAME, 'wrongName'),
  last_name: (text) => line(text, MAX_NAME, 'wrongName'),
  email: (text) => (text.length <= 254 && /^[^\s@<>,;"]+@[^\s@<>,;".][^\s@<>,;"]*\.[^\s@<>,;".]+$/.test(text) ? null : 'wrongEmail'),
  phone: (text) => (/^\+\d{6,15}$/.test(phoneOf(text)) ? null : 'wrongPhone'),
  date_of_birth: checkBirth,
  ssn: (text) => (/^\d{9}$/.test(ssnOf(text)) ? null : 'wrongSsn'),
};

/** What is wrong with the text of an entry; now is the server's time. An empty one is never wrong. */
export function check(name, text, now) {
  if (text === '') return null;
  return (CHECKS[name] ?? (() => line(text, MAX_LINE, 'wrongLine')))(text, now);
}

/** The text as it is sent. */
export function tidy(name, text) {
  if (name === 'phone') return phoneOf(text);
  return name === 'ssn' ? ssnOf(text) : text;
}
