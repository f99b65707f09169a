// SPDX-License-Identifier: GPL-3.0-or-later
// Bodies with one member that their schema forbids, derived from the schema: each has to be refused, and the refusal to name it.
import { sample } from './hostile-targets.mjs';
import { below } from './openapi.mjs';

/* One value of each type. */
const ONE_OF_EACH = { string: '7', number: 1.5, integer: 7, boolean: true, object: {}, array: [], null: null };
const MAX_VALUE_BYTES = 16 * 1024;
const MAX_LEVELS = 32;

const nested = (levels) => JSON.parse('[1]'.padStart(levels + 2, '[').padEnd(2 * levels + 1, ']'));

/* Texts that are near what a format asks for. */
const NEAR = {
  uri: ['', 'hotel.example', '//hotel.example', 'ftp://hotel.example', 'javascript:alert(1)', 'http://', 'http:///path', 'http://[::1', 'https://hotel.example/a b',
    'https:\\\\hotel.example', 'https://hotel.example/\r\nX: y'],
  date: ['', 'yesterday', '2026-02-30', '2026-13-01', '2026-2-1', '20260201', '2026-02-01T00:00:00Z', '0000-01-01', '٢٠٢٦-٠٢-٠١'],
  'date-time': ['', 'yesterday', '2026-02-01', '2026-02-30T00:00:00Z', '2026-02-01T25:00:00Z', '1769904000', '٢٠٢٦-٠٢-٠١T00:00:00Z'],
  email: ['', 'jane', 'jane@', '@example.com', 'jane@doe@example.com', 'jane doe@example.com', 'jane@example.com\r\nBcc: eve@example.com'],
};
const wordsNear = (word) => ['nonsense', '', '😀', `${word} `, `${word}s`, word.toUpperCase(), word.toLowerCase()];
/* Texts of which no pattern of ours takes all. */
const ODD = ['', ' ', '!', '1', 'USA', 'ÜS', 'U\u0301', 'U ', 'us\n', '😀', 'אב', '\'; DROP TABLE sessions; --', 'x'.repeat(10000)];

const typesOf = (node) => [node.type ?? []].flat();

function accepts(types, name) {
  return types.includes(name) || (name === 'integer' && types.includes('number'));
}

/** Single values that a schema forbids: [what, value]. */
function* scalars(node) {
  const types = typesOf(node);
  for (const [name, value] of Object.entries(ONE_OF_EACH)) {
    if (types.length > 0 && !accepts(types, name) && !(name === 'number' && types.includes('integer'))) yield [name, value];
  }
  if (types.includes('integer')) yield ['a fraction', 1.5];
  if (node.const !== undefined) yield ['another value', typeof node.const === 'boolean' ? !node.const : `${node.const}s`];
  if (typeof node.enum?.[0] === 'number') yield* [['below all', Math.min(...node.enum.filter(Boolean)) - 1], ['between all', node.enum[0] + 0.5]];
  else if (node.enum) yield* wordsNear(node.enum[0]).filter((word) => !node.enum.includes(word)).map((word) => [`the word "${word}"`, word]);
  if (node.minimum !== undefined) yield* [[`below ${node.minimum}`, node.minimum - 1], ['far below', -1e15]];
  if (node.exclusiveMinimum !== undefined) yield* [['not above', node.exclusiveMinimum], ['below', node.exclusiveMinimum - 1]];
  if (node.maximum !== undefined) yield* [[`above ${node.maximum}`, node.maximum + 1], ['far above', 999999999999999], ['very far above', 1e300]];
  if (node.minLength > 0) yield ['empty', ''];
  if (node.maxLength !== undefined) yield* [['too long', 'x'.repeat(node.maxLength + 1)], ['too many emoji', '😀'.repeat(node.maxLength + 1)]];
  if (node.format in NEAR) yield* NEAR[node.format].map((text) => [`the text ${JSON.stringify(text)}`, text]);
  if (node.pattern) yield* ODD.filter((text) => !new RegExp(node.pattern, 'u').test(text)).map((text) => [`the text ${JSON.stringify(text.slice(0, 20))}`, text]);
}

function* sizes(description, where, node, name) {
  if (node.maxItems !== undefined || node.minItems > 0) {
    const item = sample(description, below(where, 'items'), name);
    const distinct = (_, index) => (typeof item === 'string' && !description.at(below(where, 'items')).node.enum ? `${item}${index}` : item);
    if (node.maxItems !== undefined) yield ['too many items', Array.from({ length: node.maxItems + 1 }, distinct)];
    if (node.minItems > 0) yield ['no items', []];
  }
  const many = (count) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index]));
  if (node.maxProperties !== undefined) yield ['too many members', many(node.maxProperties + 1)];
  if (node.minProperties > 0) yield ['no members', {}];
  if (node['x-open'] === 'the caller\'s own keys') {
    yield ['a value too long', { k: 'x'.repeat(MAX_VALUE_BYTES) }];
    yield ['a value of too many bytes', { k: '😀'.repeat(MAX_VALUE_BYTES / 4) }];
    yield ['nested too deeply', { k: nested(MAX_LEVELS + 1) }];
  }
}

/** All values that the schema behind a pointer forbids: [where in it, what, value]. */
function* forbidden(description, pointer, name, given) {
  const { pointer: where, node } = description.at(pointer);
  const choices = (node.oneOf ?? []).map((_, index) => description.at(below(where, 'oneOf', index)));
  if (choices.length > 0) {
    /* Ours are one thing or null. */
    const { pointer: inside, node: one } = choices.find((choice) => choice.node.type !== 'null');
    yield* ofNode(description, inside, { ...one, type: choices.flatMap((choice) => choice.node.type) }, name, given);
  } else {
    yield* ofNode(description, where, node, name, given);
  }
}

function* ofNode(description, where, node, name, given) {
  for (const [what, value] of [...scalars(node), ...sizes(description, where, node, name)]) yield ['', what, value];
  if (node.items) {
    for (const [inner, what, value] of forbidden(description, below(where, 'items'), name)) yield [`.0${inner}`, what, [value]];
  }
  if (node.properties) {
    for (const [inner, what, value] of ofObject(description, where, given ?? sample(description, where))) yield [`.${inner}`, what, value];
  }
}

/** All objects that are wrong in one member: [member, what, object]. */
function* ofObject(description, pointer, base) {
  const { pointer: where, node } = description.at(pointer);
  for (const name of node.required ?? []) {
    const { [name]: _, ...rest } = base;
    yield [name, 'missing', rest];
  }
  for (const name of Object.keys(node.properties ?? {})) {
    for (const [inner, what, value] of forbidden(description, below(where, 'properties', name), name, base[name])) {
      yield [`${name}${inner}`, what, { ...base, [name]: value }];
    }
  }
}

/** All bodies of an operation that are wrong in one member: {member, what, body}. */
export function hostileBodies(operation, base) {
  if (operation.bodyType !== 'application/json') return [];
  return [...ofObject(operation.description, operation.bodySchema, base)].map(([member, what, body]) => ({ member, what, body }));
}
