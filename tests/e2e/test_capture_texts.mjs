#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// The applicant's page without a browser: its tables of texts, its rules for what is typed, and how a
// country is found. Prints TAP.
//
//   node test_capture_texts.mjs PAGES PLACES
//
//   PAGES   the folder of the page's modules
//   PLACES  the folder with places-XX.js, made at build time
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

const [pages, built] = process.argv.slice(2);
const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr'];

/** A module that imports nothing, whatever node thinks of its file's name. */
async function load(folder, name) {
  const source = await readFile(path.join(folder, name), 'utf8');
  return import(`data:text/javascript;base64,${Buffer.from(source).toString('base64')}`);
}

const tests = [];
const test = (name, run) => tests.push({ name, run });

const tables = Object.fromEntries(await Promise.all(LANGUAGES.map(async (code) => [code, (await load(pages, `texts-${code}.js`)).default])));
const formsOf = (text) => (typeof text === 'string' ? { other: text } : text);
const bracesOf = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

test('every language of the switch has a table', async () => {
  const source = await readFile(path.join(pages, 'early.js'), 'utf8');
  const [, listed] = /languages = \{(.*)\};/.exec(source);
  assert.deepEqual([...listed.matchAll(/(\w+): '/g)].map(([, code]) => code).sort(), LANGUAGES);
  const files = (await readdir(pages)).filter((name) => /^texts-\w+\.js$/.test(name)).sort();
  assert.deepEqual(files, LANGUAGES.map((code) => `texts-${code}.js`));
});

for (const code of LANGUAGES) {
  test(`${code}: the keys of English, its {braces}, and no empty text`, () => {
    assert.deepEqual(Object.keys(tables[code]), Object.keys(tables.en));
    for (const [key, text] of Object.entries(tables[code])) {
      const expected = bracesOf(formsOf(tables.en[key]).other);
      for (const [form, words] of Object.entries(formsOf(text))) {
        assert.notEqual(words.trim(), '', `${key}.${form}`);
        assert.equal(words, words.trim(), `${key}.${form}`);
        assert.deepEqual(bracesOf(words), expected, `${key}.${form}`);
      }
      assert.equal(typeof text, typeof tables.en[key], key);
    }
  });

  test(`${code}: several forms are those of the language`, () => {
    const wanted = new Intl.PluralRules(code).resolvedOptions().pluralCategories.sort();
    for (const [key, text] of Object.entries(tables[code])) {
      if (typeof text !== 'string') assert.deepEqual(Object.keys(text).sort(), wanted, key);
    }
  });

  test(`${code}: countries and states are whole and have names`, async () => {
    const { countries, states } = await load(built, `places-${code}.js`);
    assert.ok(countries.length >= 249);
    assert.equal(states.length, 56);
    for (const [rows, form] of [[countries, /^[A-Z]{2}$/], [states, /^[A-Z]{2}$/]]) {
      assert.equal(new Set(rows.map(([short]) => short)).size, rows.length);
      for (const [short, name, words] of rows) {
        assert.match(short, form);
        assert.notEqual(name.trim(), '');
        assert.ok(Array.isArray(words));
      }
    }
    assert.deepEqual(['DC', 'PR', 'GU', 'VI', 'AS', 'MP'].filter((short) => !states.some(([own]) => own === short)), []);
  });
}

test('texts differ from English where they are translated', () => {
  const same = ['selfieAlt', 'doneSelfie', 'ssn', 'outcomeDeveloper'];
  for (const code of LANGUAGES.filter((one) => one !== 'en')) {
    const untouched = Object.keys(tables.en).filter((key) => formsOf(tables[code][key]).other === formsOf(tables.en[key]).other && !same.includes(key));
    assert.deepEqual(untouched.filter((key) => !['passport', 'continue', 'doneType', 'cameraManual'].includes(key)), [], code);
  }
});

test('no text that the modules ask for is missing, and none is left over', async () => {
  const names = (await readdir(pages)).filter((name) => name.endsWith('.js') && !name.startsWith('texts'));
  const sources = (await Promise.all(names.map((name) => readFile(path.join(pages, name), 'utf8')))).join('\n');
  const asked = [...sources.matchAll(/\bt\('(\w+)'/g)].map(([, key]) => key);
  assert.deepEqual(asked.filter((key) => !Object.hasOwn(tables.en, key)), []);
  const made = /^(camera|hint|quality|file)|sendingPercent|Hint(Sandbox)?$|^(outcome_|drivers_|passport|national_|residence_|document_|selfie|proof_|expired|replaced|finished|unknown|offline|failed|blink|smile|turn_|look_|nod|open_)/;
  const left = Object.keys(tables.en).filter((key) => !made.test(key) && !new RegExp(`['.\`]${key}\\b`).test(sources) && !new RegExp(`\\b${key}\\b`).test(sources));
  assert.deepEqual(left, []);
});

const { search, fold, isNamed } = await load(pages, 'search.js');
const optionsOf = async (code) => (await load(built, `places-${code}.js`)).countries.map(([short, name, words]) => ({ code: short, name, words }));

test('a country is found by name, part of it, code, another name, and without accents', async () => {
  const rows = [
    ['en', 'UK', 'GB'], ['en', 'usa', 'US'], ['en', 'england', 'GB'], ['en', 'de', 'DE'], ['en', 'DEU', 'DE'], ['en', 'holland', 'NL'],
    ['en', "cote d'ivoire", 'CI'], ['en', 'Ivory', 'CI'], ['en', 'curacao', 'CW'], ['en', '  germ', 'DE'], ['en', 'zealand', 'NZ'],
    ['de', 'osterreich', 'AT'], ['de', 'Österr', 'AT'], ['de', 'germany', 'DE'], ['de', 'uk', 'GB'],
    ['fr', 'etats', 'US'], ['fr', 'alle', 'DE'], ['es', 'espana', 'ES'], ['es', 'estados unidos', 'US'],
    ['ar', 'المانيا', 'DE'], ['ar', 'ألمانيا', 'DE'], ['ar', 'US', 'US'],
  ];
  for (const [language, typed, expected] of rows) {
    const options = await optionsOf(language);
    assert.equal(search(options, typed)[0]?.code, expected, `${language}: ${typed}`);
  }
  const options = await optionsOf('en');
  assert.equal(search(options, '').length, options.length);
  assert.deepEqual(search(options, 'qqq'), []);
  assert.equal(isNamed(options.find(({ code }) => code === 'GB'), 'uk'), true);
  assert.equal(isNamed(options.find(({ code }) => code === 'GB'), 'unit'), false);
  assert.equal(fold(' Côte d’Ivoire '), 'cote d ivoire');
});

const { check, tidy } = await load(pages, 'rules.js');
const NOW = Date.parse('2026-06-15T12:00:00Z');

test('what is typed is judged as the server judges', () => {
  const rows = [
    ['first_name', 'Ada', null], ['first_name', '李', null], ['last_name', 'عبد الرحمن', null], ['first_name', '😀'.repeat(100), null],
    ['first_name', 'x'.repeat(101), 'wrongName'], ['last_name', 'a\u0007', 'wrongName'],
    ['email', 'a@b.co', null], ['email', 'ada+x@mail.example.com', null], ['email', 'ada', 'wrongEmail'], ['email', 'a@b', 'wrongEmail'],
    ['email', 'a@@b.co', 'wrongEmail'], ['email', 'a@.co', 'wrongEmail'], ['email', 'a@b.', 'wrongEmail'], ['email', 'a b@c.de', 'wrongEmail'],
    ['email', '<a@b.co>', 'wrongEmail'],
    ['phone', '+44 20 7946 0000', null], ['phone', '0044 (20) 7946-0000', null], ['phone', '+٤٤٢٠٧٩٤٦٠٠٠٠', null],
    ['phone', '020 7946 0000', 'wrongPhone'], ['phone', '+12345', 'wrongPhone'], ['phone', '+1234567890123456', 'wrongPhone'], ['phone', 'call me', 'wrongPhone'],
    ['date_of_birth', '1990-02-03', null], ['date_of_birth', '1906-07-01', null], ['date_of_birth', '1906-01-01', 'wrongBirth'],
    ['date_of_birth', '2026-06-16', 'wrongBirth'], ['date_of_birth', '1990-02-30', 'wrongBirth'], ['date_of_birth', '3.2.1990', 'wrongBirth'],
    ['ssn', '000-00-0000', null], ['ssn', '000 00 0000', null], ['ssn', '12345678', 'wrongSsn'], ['ssn', '1234567890', 'wrongSsn'],
    ['line1', '1 Example Street', null], ['city', 'x'.repeat(200), null], ['zip', 'x'.repeat(201), 'wrongLine'], ['state', '', null],
  ];
  for (const [name, text, expected] of rows) assert.equal(check(name, text, NOW), expected, `${name}: ${text}`);
  assert.equal(tidy('phone', '0044 (20) 7946–0000'), '+442079460000');
  assert.equal(tidy('ssn', '000-00-0000'), '000000000');
  assert.equal(tidy('city', 'Köln'), 'Köln');
});

console.log(`1..${tests.length}`);
for (const [index, { name, run }] of tests.entries()) {
  try {
    await run();
    console.log(`ok ${index + 1} - ${name}`);
  } catch (error) {
    String(error.stack).split('\n').forEach((line) => console.log(`# ${line}`));
    console.log(`not ok ${index + 1} - ${name}`);
    process.exitCode = 1;
  }
}
