// SPDX-License-Identifier: GPL-3.0-or-later
// Forms with files: broken ones, and whole ones with one part that is wrong: {what, type, body, want, field}.
import { drawPicture } from './sandbox.mjs';

const BOUNDARY = 'gCW4zKpB';
const CRLF = '\r\n';
const LIMIT = 10 * 1024 * 1024;
const picture = drawPicture();
const typeOf = (boundary) => `multipart/form-data; boundary=${boundary}`;
const bytes = (value) => (Buffer.isBuffer(value) ? value : Buffer.from(value, 'utf8'));

/** A part: its header's lines, its bytes. */
const part = (head, value) => Buffer.concat([bytes([...[head].flat(), '', ''].join(CRLF)), bytes(value), bytes(CRLF)]);
const field = (name, value) => part(`Content-Disposition: form-data; name="${name}"`, value);
const file = (value, { name = 'picture.png', type = 'image/png' } = {}) =>
  part([`Content-Disposition: form-data; name="file"; filename="${name}"`, `Content-Type: ${type}`], value);

const join = (parts) => Buffer.concat([...parts.flatMap((one) => [bytes(`--${BOUNDARY}${CRLF}`), one]), bytes(`--${BOUNDARY}--${CRLF}`)]);

/** A form: the text fields of an object, and a picture. */
export function goodForm(fields, { filename, type } = {}) {
  return { type: typeOf(BOUNDARY), body: join([...Object.entries(fields).map(([name, value]) => field(name, value)), file(picture, { name: filename, type })]) };
}

const PLACES = [1, 5, BOUNDARY.length + 2, BOUNDARY.length + 20, 0.5, -picture.length, -100, -(BOUNDARY.length + 8), -(BOUNDARY.length + 4), -4];

function cutForms({ type, body }) {
  const lengths = PLACES.map((place) => (Number.isInteger(place) ? (place + body.length) % body.length : Math.floor(body.length * place)));
  return lengths.map((length) => ({ what: `cut ${body.length - length} bytes before its end`, type, body: body.subarray(0, length), want: 400 }));
}

const PARTS_NOT_READ = [
  ['a part without a name', part('Content-Disposition: form-data', 'x')],
  ['a part with an empty name', field('', 'x')],
  ['a part without a disposition', part('Content-Type: text/plain', 'x')],
  ['a part without a header', part([], 'x')],
  ['an attachment', part('Content-Disposition: attachment; name="x"', 'x')],
  ['a quote that does not end', part('Content-Disposition: form-data; name="x', 'x')],
  ['an encoded part', part(['Content-Disposition: form-data; name="x"', 'Content-Transfer-Encoding: base64'], 'eA==')],
  ['a header without a colon', part(['Content-Disposition: form-data; name="x"', 'nonsense'], 'x')],
  ['a header of 64 KiB', part(['Content-Disposition: form-data; name="x"', `X-Long: ${'x'.repeat(65536)}`], 'x')],
  ['a filename of 64 KiB', file(picture, { name: '../'.repeat(21845) })],
  ['a NUL in a header', part('Content-Disposition: form-data; name="a\0b"', 'x')],
  ['bytes that are no text in a name', part(Buffer.concat([bytes('Content-Disposition: form-data; name="'), Buffer.from([0xff]), bytes('"')]).toString('latin1'), 'x')],
  ['two files', file(picture)],
  ['line feeds only', bytes('Content-Disposition: form-data; name="x"\n\nx\n')],
];

const BOUNDARIES = [
  ['no boundary', 'multipart/form-data'],
  ['an empty boundary', 'multipart/form-data; boundary=""'],
  ['another boundary', typeOf('another')],
  ['a boundary too long', typeOf('x'.repeat(71))],
  ['a boundary that is odd', 'multipart/form-data; boundary="a\\"<>"'],
];

function brokenForms(fields, good) {
  const more = (extra) => join([...Object.entries(fields).map(([name, value]) => field(name, value)), file(picture), extra]);
  const [name] = [...Object.keys(fields), 'x'];
  return [
    ...cutForms(good),
    ...PARTS_NOT_READ.map(([what, extra]) => ({ what, type: good.type, body: more(extra), want: 400 })),
    { what: 'a field twice', type: good.type, body: join([field(name, 'a'), field(name, 'b'), file(picture)]), want: 400 },
    { what: 'a thousand parts', type: good.type, body: join(Array.from({ length: 1000 }, (_, index) => field(`x${index}`, 'x'))), want: 400 },
    { what: 'something before it', type: good.type, body: Buffer.concat([bytes('preamble\r\n'), good.body]), want: 400 },
    { what: 'the last boundary before it', type: good.type, body: Buffer.concat([bytes(`--${BOUNDARY}--x\r\n`), good.body]), want: [400, 422] },
    ...BOUNDARIES.map(([what, type]) => ({ what, type, body: good.body, want: 400 })),
    { what: 'JSON, said to be a form', type: good.type, body: bytes('{"document_type":"passport"}'), want: 400 },
    { what: 'more than 10 MiB', type: good.type, body: Buffer.concat([good.body, Buffer.alloc(LIMIT + 65536)]), want: 413 },
  ];
}

const head = (width, height) => {
  const copy = Buffer.from(picture);
  copy.writeUInt32BE(width, 16);
  copy.writeUInt32BE(height, 20);
  return copy;
};
const NO_PICTURES = [
  ['an empty file', Buffer.alloc(0), [415, 422]],
  ['a text', 'no picture', 415],
  ['a page', '<html><script>alert(1)</script></html>', 415],
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 415],
  ['a GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1'), 415],
  ['a program', Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), 415],
  ['a PNG\'s first bytes', picture.subarray(0, 12), [415, 422]],
  ['a JPEG\'s first bytes', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), [415, 422]],
  ['a picture as large as a city', head(0x7fffffff, 0x7fffffff), 422],
  ['a picture without a width', head(0, 600), [415, 422]],
];
const BAD_NAMES = ['../../../etc/passwd', '..\\\\..\\\\boot.ini', 'C:\\\\x.png', '/dev/null', 'a%00.png', 'x'.repeat(300), '😀.png', '\u202egnp.exe'];

/** Texts that a field of a form must not have: [what, value] */
function* badFields(node, required) {
  if (required) yield* [['missing', undefined], ['empty', '']];
  const [word] = node.enum ?? [];
  if (word) yield* [['another word', 'nonsense'], ['another case', word.toUpperCase()], ['a blank behind', `${word} `], ['a word and a NUL', `${word}\0`]];
  if (node.format === 'date') yield* ['yesterday', '2026-02-30', '2026-2-1', '2026-02-01T00:00:00Z', ''].map((text) => [`the text "${text}"`, text]);
  if (node.maxLength !== undefined) yield* [['too long', 'x'.repeat(node.maxLength + 1)], ['too many emoji', '😀'.repeat(node.maxLength + 1)]];
  yield* [['not UTF-8', Buffer.from([0x61, 0xff, 0x62])], ['an overlong slash', Buffer.from([0x61, 0xc0, 0xaf])], ['a NUL', Buffer.from([0x61, 0, 0x62])]];
}

/** For an operation that takes a form. @fields: the text fields of a good one */
export function hostileForms(operation, fields) {
  const good = goodForm(fields);
  const { node } = operation.description.at(operation.bodySchema);
  const forms = brokenForms(fields, good);
  const rest = Object.entries(fields).map(([name, value]) => field(name, value));
  for (const [what, value, want] of NO_PICTURES) forms.push({ what, type: good.type, body: join([...rest, file(value)]), want, field: 'file' });
  for (const name of BAD_NAMES) forms.push({ what: `a text called ${name.slice(0, 30)}`, type: good.type, body: join([...rest, file('no picture', { name })]), want: 415 });
  forms.push({ what: 'no file', type: good.type, body: join(rest), want: rest.length > 0 ? 422 : [400, 422], field: 'file' });
  for (const [name, schema] of Object.entries(node.properties)) {
    if (name === 'file') continue;
    const inner = operation.description.at(`${operation.description.at(operation.bodySchema).pointer}/properties/${name}`).node ?? schema;
    for (const [what, value] of badFields(inner, node.required?.includes(name))) {
      const parts = Object.entries(fields).filter(([other]) => other !== name).map(([other, text]) => field(other, text));
      if (value !== undefined) parts.push(field(name, value));
      forms.push({ what: `${name}: ${what}`, type: good.type, body: join([...parts, file(picture)]), want: 422, field: name });
    }
  }
  return forms;
}
