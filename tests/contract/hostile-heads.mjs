// SPDX-License-Identifier: GPL-3.0-or-later
// What can be wrong before a body is looked at: the path, the query, the headers: {what, target, headers, want, field}.

/* What stands for a path's parameter, as it is sent; and what it may be answered instead of 404: a path that is none is not looked up, and
 * one with dots in it is another path. */
const SEGMENTS = [
  ['two dots', '..%2f..%2fetc%2fpasswd'],
  ['escaped dots, which are gone from the path', '%2e%2e/%2e%2e/%2e%2e/%2e%2e'],
  ['dots', '..%5c..%5cboot.ini'],
  ['one dot, which is gone from the path', '%2e', 405],
  ['a NUL', '%00'],
  ['an id and a NUL', 'ID%00'],
  ['300 characters', 'x'.repeat(300)],
  ['60,000 characters', 'x'.repeat(60000)],
  ['emoji', encodeURIComponent('😀👩‍👩‍👧')],
  ['right to left', encodeURIComponent('שלום‮')],
  ['a quotation mark', '%27%20OR%20%271%27=%271'],
  ['a wildcard', '%25'],
  ['an underscore', '_'],
  ['a script', encodeURIComponent('<script>alert(1)</script>')],
  ['bytes that are no text', '%ff%fe'],
  ['an overlong slash', '%c0%af'],
  ['half an escape', '%', 400],
  ['an escape that is none', '%zz', 400],
  ['a line break', '%0d%0aX-A:%20b'],
  ['a blank', '%20'],
  ['an id and a blank', 'ID%20'],
  ['another case', 'UP'],
  ['a format', '%25s%25n'],
  ['a semicolon', 'ID;a=b'],
  ['Latin-1 as it is', '\xfc', 400],
];

/** Replaces each parameter of the path in turn. */
export function* hostilePaths(operation, target) {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const at = operation.path.split('/').flatMap((segment, index) => (segment.startsWith('{') ? [index] : []));
  for (const [place, name] of names.entries()) {
    for (const [what, text, other = 404] of SEGMENTS) {
      const segments = target.split('/');
      const good = segments[at[place]];
      segments[at[place]] = text.replace('ID', good).replace('UP', good.toUpperCase());
      yield { what: `${name}: ${what}`, target: segments.join('/'), parameter: name, want: [404, other] };
    }
  }
}

const NUMBERS = ['', 'abc', '1.5', '1e1', '-1', '+1', ' 1', '0x10', '99999999999999999999', '４', '%f0%9f%98%80'];
const TIMES = ['', 'yesterday', '2026-02-01', '2026-02-30T00:00:00Z', '1769904000', '%f0%9f%98%80'];
const WORDS = ['', 'nonsense', '%f0%9f%98%80', '%27%20OR%201=1', 'x'.repeat(1000)];

function forbiddenIn(schema) {
  const words = (list) => list.map((value) => [value, value]);
  if (schema.type === 'integer') {
    return words([...NUMBERS, ...(schema.minimum !== undefined ? [String(schema.minimum - 1)] : []), ...(schema.maximum !== undefined ? [String(schema.maximum + 1)] : [])]);
  }
  if (schema.type === 'boolean') return words(['', 'maybe', 'TRUE', '1', 'null']);
  if (schema.enum) return words([...WORDS, schema.enum[0].toUpperCase()]);
  if (schema.format === 'date-time') return words(TIMES);
  if (schema.maxLength !== undefined) return [['too long', 'x'.repeat(schema.maxLength + 1)]];
  return [];
}

/** Gives each parameter of the query in turn a value it must not have. */
export function* hostileQueries(operation, target) {
  for (const { name, in: where, schema } of operation.parameters) {
    if (where !== 'query') continue;
    const { node } = operation.description.at(schema.$ref ?? '') ?? {};
    for (const [what, value] of forbiddenIn(node ?? schema)) {
      yield { what: `${name}=${what.slice(0, 30)}`, target: `${target}?${encodeURIComponent(name)}=${encodeURI(value).replaceAll('%25', '%')}`, want: 422, field: name };
    }
  }
  for (const query of ['%zz', 'a=%', 'limit=%ff', 'a=%00', '\xff=\xff']) yield { what: `the query ${JSON.stringify(query)}`, target: `${target}?${query}`, unreadable: true };
}

/** Headers that a good request must not have. */
export function* hostileHeaders(operation) {
  const has = (name) => operation.parameters.some((one) => one.name === name);
  const each = (name, values, want) => values.map((value) =>
    ({ what: `${name}: ${JSON.stringify(value.slice(0, 30))}`, headers: [[name, value]], want, field: want === 422 ? name : undefined }));
  if (has('Idempotency-Key')) yield* each('Idempotency-Key', ['', 'k'.repeat(256), 'k'.repeat(60000)], 422);
  if (has('Verifa-Version')) yield* each('Verifa-Version', ['', 'yesterday', '2026-13-45', '1999-01-01', '2026-01-01, 2026-01-01', '\xff', '2'.repeat(60000)], 400);
  if (has('Key-Inflection')) yield* each('Key-Inflection', ['', 'shout', 'SNAKE', 'snake, camel', '\xff', 's'.repeat(60000)], 400);
  if (operation.needsKey) yield* each('X-API-Key', ['', 'vk_sandbox_none', '\' OR 1=1 --', '\xff\xfe', 'k'.repeat(60000)], 401);
}
