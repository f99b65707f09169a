// SPDX-License-Identifier: GPL-3.0-or-later
// Finds one of many by what a person types: options are {code, name, words}.

const LETTERS = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ı: 'i', ى: 'ي', ة: 'ه', ـ: '' };

/** Without accents, case, and what else people leave out. */
export function fold(text) {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[ßøłđðþæœıىةـ]/g, (letter) => LETTERS[letter]).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

const beginsAWord = (text, query) => text === query || text.startsWith(query) || text.includes(` ${query}`);

function rank({ code, name, words }, query) {
  const folded = fold(name);
  const others = words.map(fold);
  if (code.toLowerCase() === query || others.includes(query)) return 0;
  if (folded.startsWith(query)) return 1;
  if (beginsAWord(folded, query)) return 2;
  if (others.some((word) => beginsAWord(word, query))) return 3;
  return folded.includes(query) ? 4 : -1;
}

/** Whether what was typed is its whole name, its code or another word for it. */
export function isNamed(option, typed) {
  const query = fold(typed);
  return query !== '' && (rank(option, query) === 0 || fold(option.name) === query);
}

/** Those that a person may mean, the likeliest first; all when nothing is typed. */
export function search(options, typed) {
  const query = fold(typed);
  if (query === '') return options;
  return options
    .map((option) => [rank(option, query), option])
    .filter(([place]) => place >= 0)
    .sort(([a], [b]) => a - b)
    .map(([, option]) => option);
}
