// SPDX-License-Identifier: GPL-3.0-or-later
// Bodies that are no JSON, or not the kind of body that is wanted: {what, type, body, chunked, want}.

const MIB = 1024 * 1024;
const text = (string) => Buffer.from(string, 'utf8');
const around = (...bytes) => Buffer.concat([text('{"name":"a'), Buffer.from(bytes), text('z"}')]);
const deep = (open, close, levels) => text(open.repeat(levels) + close.repeat(levels));

const NOT_JSON = [
  ['nothing but blanks', text(' \r\n\t')],
  ['a comma', text('{"a":1,}')],
  ['a comment', text('{/* a */"a":1}')],
  ['single quotes', text('{\'a\':1}')],
  ['no quotes', text('{a:1}')],
  ['NaN', text('{"a":NaN}')],
  ['Infinity', text('{"a":-Infinity}')],
  ['a hexadecimal number', text('{"a":0x10}')],
  ['a leading zero', text('{"a":01}')],
  ['a number of thirty digits', text(`{"a":${'9'.repeat(30)}}`)],
  ['something behind it', text('{} {}')],
  ['a form', text('name=Jane&x=1')],
  ['XML', text('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')],
  ['a member twice', text('{"name":"Jane","name":"Joan"}')],
  ['a member twice, once escaped', text('{"name":"Jane","n\\u0061me":"Joan"}')],
  ['a line break in a text', text('{"name":"a\nz"}')],
  ['an escape that is none', text('{"name":"\\x41"}')],
  ['an escaped NUL', text('{"name":"a\\u0000z"}')],
  ['an escaped NUL in a name', text('{"na\\u0000me":"a"}')],
  ['half a character, the first', text('{"name":"\\ud83d"}')],
  ['half a character, the second', text('{"name":"\\ude00"}')],
  ['two halves in the wrong order', text('{"name":"\\ude00\\ud83d"}')],
  ['half a character and a text', text('{"name":"\\ud83dabc"}')],
  ['a NUL', around(0)],
  ['a lone continuation byte', around(0x80)],
  ['a cut character', around(0xf0, 0x9f, 0x98)],
  ['an overlong slash', around(0xc0, 0xaf)],
  ['an overlong NUL', around(0xc0, 0x80)],
  ['halves as bytes', around(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80)],
  ['a character beyond Unicode', around(0xf4, 0x90, 0x80, 0x80)],
  ['bytes that never occur', around(0xfe, 0xff)],
  ['Latin-1', around(0xfc)],
  ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), text('{}')])],
  ['UTF-16', Buffer.from('{"name":"Jane"}', 'utf16le')],
  ['sixty-five arrays', deep('[', ']', 65)],
  ['sixty-five objects', text(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`)],
  ['sixty thousand arrays', deep('[', ']', 60000)],
  ['sixty thousand objects', text(`${'{"a":'.repeat(60000)}1${'}'.repeat(60000)}`)],
  ['sixty thousand arrays without an end', text('['.repeat(60000))],
  ['a mebibyte of blanks', Buffer.alloc(MIB, ' ')],
  ...['[]', '[{}]', '"text"', '1', 'true', 'null'].map((value) => [`${value}, which is no object`, text(value)]),
];

const OTHER_TYPES = [undefined, '', 'text/plain', 'text/json', 'application/x-www-form-urlencoded', 'application/xml', 'application/jsonp',
  'application/json-patch+json', 'application/octet-stream', 'application', '/', 'application/json, text/plain', 'application/json/x', '\xf0\x9f\x98\x80'];

const withoutDoubles = (bodies) => bodies.filter(({ what }, index) => bodies.findIndex((one) => one.what === what) === index);

function cut(good) {
  return [1, Math.floor(good.length / 2), good.length - 1].filter((length) => length > 0 && length < good.length)
    .map((length) => ({ what: `cut after ${length} bytes`, body: good.subarray(0, length), want: 400 }));
}

/** For an operation that takes JSON or nothing. @good: the bytes of a good body */
export function hostileTexts(good) {
  const type = 'application/json';
  return withoutDoubles([
    ...cut(good).map((one) => ({ ...one, type })),
    ...NOT_JSON.map(([what, body]) => ({ what, type, body, want: 400 })),
    ...OTHER_TYPES.map((other) => ({ what: `sent as ${other ?? 'nothing'}`, type: other, body: good, want: 415 })),
    { what: 'sent as a form with files', type: 'multipart/form-data; boundary=x', body: good, want: 415 },
    { what: 'with a charset there is not, cut', type: `${type}; charset=klingon`, body: text('{"a":'), want: 400 },
    { what: 'as UTF-16, which it says', type: `${type}; charset=utf-16`, body: Buffer.from('{}', 'utf16le'), want: 400 },
    { what: 'more than a mebibyte', type, body: Buffer.concat([good, Buffer.alloc(MIB, ' ')]), want: 413 },
    { what: 'more than a mebibyte, in chunks', type, body: Buffer.concat([good, Buffer.alloc(MIB, ' ')]), chunked: true, want: 413 },
    { what: 'more than a mebibyte, of another type', type: 'text/plain', body: Buffer.alloc(MIB + 1, 'a'), want: 413 },
  ]);
}

/** For an operation that takes a form with files. */
export const hostileTypesOfForms = (good) => [
  undefined, 'text/plain', 'application/json', 'application/x-www-form-urlencoded', 'multipart/mixed; boundary=x', 'multipart', 'multipart/form-data2; boundary=x',
].map((type) => ({ what: `sent as ${type ?? 'nothing'}`, type, body: good, want: 415 }));
