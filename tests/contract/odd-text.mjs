// SPDX-License-Identifier: GPL-3.0-or-later
// Text that is odd and good: it is taken wherever text is, and comes back byte for byte.
import assert from 'node:assert/strict';

import { goodForm } from './hostile-forms.mjs';
import { encode, isForm } from './hostile-series.mjs';
import { sample } from './hostile-targets.mjs';
import { below } from './openapi.mjs';

/* Short, because tags have 64 characters at most; each is another one. */
const TEXTS = [
  '😀👩‍👩‍👧‍👦🏳️‍🌈 🇩🇪',
  'שלום עולם‏ مرحبا',
  '\u202egnp.exe\u202c abc',
  'e\u0301a\u0308\u0332o\u0338 Z\u0351\u036b\u0343',
  'é vs e\u0301 ﬁ ｆｕｌｌ ß İ ı',
  '𝒜𠜎𐍈 \u{10fffd}',
  '"quoted" \'single\' \\back\\ /slash/ `tick`',
  '<script>alert(1)</script>&amp;<!--',
  '\'; DROP TABLE sessions; -- %s %n %00',
  'zero\u200bwidth\ufeff\u00a0nbsp',
];

/* Names of files a client may give; nobody uses them. */
const NAMES = ['../../../etc/passwd', 'C:\\boot.ini', '😀.png', 'שלום.png', '\u202egnp.exe', '%00.png', 'a;b=c.png', '<script>.png'];
/* Not text, but the name of something there must be. */
const REFERENCES = /(_ids?|nonce|policy|check|assigned_to)$/;
/* What nobody reads, with any operation (verifa-api.md 8.2). */
const IGNORED = { nonsense_member: { deep: [1, null, '😀'] } };
export const IGNORED_QUERY = `?nonsense=1&${encodeURIComponent('😀')}=${encodeURIComponent('שלום')}`;

/* What is told under the same name is another thing. */
const ELSEWHERE = { overrideCheck: ['reason'] };

/* No two texts are the same: some may be given once only. */
let number = 0;
function nextNumber() {
  number += 1;
  return number;
}

const isFree = (node) => [node.type].flat().includes('string') && !['enum', 'format', 'pattern', 'const', 'contentMediaType', 'anyOf'].some((name) => name in node);

/** The members of a schema that take any text, at whatever depth: paths of names; 0 is an array's first item. */
function* freeTexts(description, pointer) {
  const { pointer: where, node } = description.at(pointer);
  if (node.items) for (const path of freeTexts(description, below(where, 'items'))) yield [0, ...path];
  for (const name of Object.keys(node.properties ?? {})) for (const path of freeTexts(description, below(where, 'properties', name))) yield [name, ...path];
  for (const index of (node.oneOf ?? []).keys()) yield* freeTexts(description, below(where, 'oneOf', index));
  if (isFree(node)) yield [];
}

/** A copy of a value with one text in it. @pointer: its schema, which says what else it must have */
function put(description, pointer, value, [name, ...rest], text) {
  if (name === undefined) return text;
  const { pointer: where, node } = description.at(pointer);
  if (node.oneOf) return put(description, below(where, 'oneOf', 0), value, [name, ...rest], text);
  const inner = name === 0 ? below(where, 'items') : below(where, 'properties', name);
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[name] = put(description, inner, copy[name] ?? (rest.length ? sample(description, inner) : undefined), rest, text);
  return copy;
}

/** All values that stand under a name, at whatever depth. */
function* valuesOf(value, name) {
  if (!value || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === name) yield inner;
    yield* valuesOf(inner, name);
  }
}

/** Whether a reply tells what stands under a member's name, and if so, this text: undefined, true, false. */
function tells(json, path, text) {
  const names = path.filter((one) => one !== 0);
  const told = names.reduce((values, name) => values.flatMap((value) => [...valuesOf(value, name)]), [json]).flat().filter((value) => typeof value === 'string');
  return told.length === 0 ? undefined : told.includes(text);
}

/** Where what an operation did can be read: {operation, path}; undefined if nowhere. */
function findReading(operation, params, json) {
  const { operations } = operation.description;
  const reading = operations.filter(({ method }) => method === 'get');
  const made = json?.id && reading.find(({ path }) => path.startsWith(`${operation.path}/{`) && !path.slice(operation.path.length + 1).includes('/'));
  if (made) return { operation: made, path: { ...params, [/\{(\w+)\}$/.exec(made.path)[1]]: json.id } };
  const over = reading.filter(({ path }) => path.endsWith('}') && (operation.path === path || operation.path.startsWith(`${path}/`)));
  return over.length ? { operation: over.sort((a, b) => b.path.length - a.path.length)[0], path: params } : undefined;
}

/** Sends odd text to every member of an operation that takes text, and to the names of its files. */
export class OddText {
  constructor(operation, ask) {
    this.operation = operation;
    this.ask = ask; /* (operation, {path, query, type, body}) → reply */
    this.told = 0;
  }

  async send(body, { filename } = {}) {
    const params = { ...this.targets.params, ...this.targets.own[this.operation.id], ...await this.targets.freshFor(this.operation) };
    const sent = isForm(this.operation) ? goodForm({ ...body, nonsense_part: '😀' }, { filename }) : { type: 'application/json', body: encode({ ...body, ...IGNORED }) };
    return { params, reply: await this.ask(this.operation, { target: this.targets.pathOf(this.operation, params) + IGNORED_QUERY, ...sent }) };
  }

  /** The member comes back as it was sent, wherever it is told. */
  async follow(params, reply, path, text) {
    const where = tells(reply.json, path, text) === undefined ? findReading(this.operation, params, reply.json) : undefined;
    const json = where ? (await this.ask(where.operation, { target: this.targets.pathOf(where.operation, where.path) })).json : reply.json;
    const told = tells(json, path, text);
    assert.notEqual(told, false, `${path.join('.')} comes back as another text than ${JSON.stringify(text)}: ${JSON.stringify(json).slice(0, 500)}`);
    this.told += told ? 1 : 0;
  }

  async tryText(path, text) {
    const member = path.join('.');
    const { params, reply } = await this.send(put(this.operation.description, this.operation.bodySchema, this.targets.bodyOf(this.operation), path, text));
    const { status, json } = reply;
    const isReference = REFERENCES.test(path.filter((one) => one !== 0).pop());
    if (status < 300) return isReference || ELSEWHERE[this.operation.id]?.includes(member) ? undefined : this.follow(params, reply, path, text);
    const may = isReference ? [400, 404, 409, 422] : [422];
    assert.ok(may.includes(status), `${member}: ${JSON.stringify(text)}: ${status} ${JSON.stringify(json)}`);
    if (status === 422) assert.ok(json.errors.every(({ field }) => field === member), `${member}: ${JSON.stringify(json)}`);
    return undefined;
  }

  /** Tries each member. @step: 1 for every text, 3 for every third, another third for each member */
  async run(targets, step) {
    this.targets = targets;
    for (const [place, path] of [...freeTexts(this.operation.description, this.operation.bodySchema)].entries()) {
      for (const text of TEXTS.filter((_, index) => (index + place) % step === 0)) await this.tryText(path, `${text}${nextNumber()}`);
    }
    if (isForm(this.operation)) for (const name of NAMES) await this.tryName(name);
  }

  async tryName(filename) {
    const { reply } = await this.send(this.targets.bodyOf(this.operation), { filename });
    assert.ok(reply.status < 300, `a file called ${filename}: ${reply.status} ${JSON.stringify(reply.json)}`);
    assert.ok(!JSON.stringify(reply.json).includes(JSON.stringify(filename).slice(1, -1)), `${filename} was kept`);
  }
}
