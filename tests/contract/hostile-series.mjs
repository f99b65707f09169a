// SPDX-License-Identifier: GPL-3.0-or-later
// All hostile requests to one operation, and whether an answer is the one the contract has for it.
import { hostileForms, goodForm } from './hostile-forms.mjs';
import { hostileHeaders, hostilePaths, hostileQueries } from './hostile-heads.mjs';
import { hostileBodies } from './hostile-members.mjs';
import { hostileTexts, hostileTypesOfForms } from './hostile-text.mjs';

const JSON_TYPE = 'application/json';
const WRITING = ['post', 'put', 'patch', 'delete'];
const MAX_JSON = 1024 * 1024;
const MAX_FORM = 10 * MAX_JSON + 64 * 1024;
/* From here on a body takes longer than everything else about its request. */
const HEAVY_BYTES = 100000;
/* Of what all operations leave to the same code, a part is enough for each of them: one of so many, another one each time. */
const HEAVY = 13;
const SHARED = 3;

/** Whether an operation writes: only these have bodies. */
export const writes = (operation) => WRITING.includes(operation.method);
export const isForm = (operation) => operation.bodyType === 'multipart/form-data';
/* The address is signed: without its signature nothing is said of what is behind it. */
const isSigned = (operation) => operation.parameters.some(({ name }) => name === 'sig');
/* What is said of paths that cannot be read, or are none of ours; it is described for all of them at once. */
const NOWHERE = [400, 404, 405];
export const encode = (value) => Buffer.from(JSON.stringify(value));

/** What an operation is asked: one thing is wrong each time, and all else good. */
export class Series {
  constructor(operation, targets) {
    this.operation = operation;
    this.targets = targets;
    this.fields = targets.bodyOf(operation);
    const form = isForm(operation) ? goodForm(this.fields) : undefined;
    this.type = form?.type ?? JSON_TYPE;
    this.body = form?.body ?? (operation.bodyType ? encode(this.fields) : undefined);
    this.target = targets.pathOf(operation);
  }

  /** A request that is good but for what @more changes; the answer may have one of the statuses @want. */
  make(what, want, more = {}) {
    const { operation } = this;
    const { body = this.body, target = this.target, headers = [] } = more;
    const type = 'type' in more ? more.type : this.body && this.type;
    const given = headers.map(([name]) => name);
    const usual = [['Host', 'localhost'], ['Accept', JSON_TYPE], ['Content-Type', type]].filter(([name, value]) => value !== undefined && !given.includes(name));
    return {
      name: `${operation.id}: ${what}`,
      operation,
      method: operation.method.toUpperCase(),
      target,
      body: body?.length ? body : undefined,
      chunked: more.chunked,
      needsKey: operation.needsKey && !given.includes('X-API-Key'),
      key: more.key,
      headers: [...usual, ...headers],
      want: [want].flat(),
      field: more.field,
      elsewhere: more.parameter !== undefined,
      rarity: body?.length > HEAVY_BYTES ? HEAVY : more.rarity ?? 1,
    };
  }

  /** An operation that is not there answers so once nothing else is wrong. */
  orMissing(statuses) {
    return this.operation.node['x-not-implemented'] ? [...[statuses].flat(), 501] : statuses;
  }

  /** All there are. @scopeless: a key that may do nothing; @spent: the parameters of things that are over */
  all(scopeless, spent) {
    return [...this.heads(), ...(writes(this.operation) ? [...this.texts(), ...this.members(), ...this.orders(scopeless, spent)] : [])];
  }

  /** A part of them, the same every time. @place: of the operation among all */
  some(place, scopeless, spent) {
    const seen = new Map();
    return this.all(scopeless, spent).filter(({ rarity }) => {
      seen.set(rarity, (seen.get(rarity) ?? 0) + 1);
      return (seen.get(rarity) + place) % rarity === 0;
    });
  }

  * texts() {
    if (isForm(this.operation)) {
      for (const one of hostileTypesOfForms(this.body)) yield this.make(one.what, one.want, one);
      for (const one of hostileForms(this.operation, this.fields)) yield this.make(one.what, one.want, one);
      return;
    }
    for (const one of hostileTexts(this.body ?? Buffer.from('{}'))) yield this.make(one.what, one.want, { rarity: SHARED, ...one });
  }

  * members() {
    for (const { member, what, body } of hostileBodies(this.operation, this.fields)) yield this.make(`${member}: ${what}`, 422, { body: encode(body), field: member });
  }

  * heads() {
    const { operation } = this;
    for (const one of hostilePaths(operation, this.target)) {
      /* Any text is a tag that may be taken away. */
      if (one.parameter === 'tag') continue;
      yield this.make(one.what, this.orMissing([...one.want, ...(isSigned(operation) ? [403, 422] : [])]), { rarity: SHARED, ...one });
    }
    for (const one of hostileQueries(operation, this.target)) yield this.make(one.what, one.unreadable ? 400 : this.orMissing(one.want), one);
    for (const one of hostileHeaders(operation)) yield this.make(one.what, one.want, { rarity: SHARED, ...one });
  }

  /* Of two things that are wrong, the one that is looked at first is answered (verifa-api.md 8.2). */
  * orders(scopeless, spent) {
    const { operation, targets } = this;
    const form = isForm(operation);
    const applicant = operation.path.startsWith('/verify/');
    const missing = Object.fromEntries([...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, 'none']));
    const nowhere = targets.pathOf(operation, missing);
    const hasObject = operation.statuses.includes(404) && Object.keys(missing).length > 0;
    const tooLarge = { body: Buffer.alloc((form ? MAX_FORM : MAX_JSON) + 1) };
    const cut = { type: this.type, body: Buffer.from(form ? 'x' : '{"a":') };
    const long = { headers: [['Idempotency-Key', 'k'.repeat(256)]] };
    if (operation.needsKey) {
      yield this.make('another host, no key', 421, { headers: [['Host', 'hotel.example'], ['X-API-Key', '']] });
      yield this.make('no key, too large', 401, { ...tooLarge, headers: [['X-API-Key', '']] });
      if (operation.node['x-scopes']) yield this.make('no scope, too large', 403, { ...tooLarge, key: scopeless });
    }
    yield this.make('of another type, cut', 415, { ...cut, type: 'text/plain' });
    if (operation.parameters.some(({ name }) => name === 'Idempotency-Key')) {
      if (!form) yield this.make('cut, with a key that is too long', 400, { ...cut, ...long });
      if (hasObject) yield this.make('of nothing, with a key that is too long', 422, { target: nowhere, ...long, field: 'Idempotency-Key' });
    }
    if (hasObject && !form) yield this.make('of nothing, cut', 400, { ...cut, target: nowhere });
    if (hasObject && form) yield this.make('of nothing, cut', applicant ? 404 : [400, 404], { ...cut, target: nowhere });
    const [bad] = this.members();
    if (!bad) return;
    if (hasObject) yield this.make(`of nothing, ${bad.name}`, 404, { body: bad.body, target: nowhere });
    yield this.make(`of what is over, ${bad.name}`, 422, { body: bad.body, target: targets.pathOf(operation, spent), field: bad.field });
  }
}

const isRelated = (field, member) => field === member || member.startsWith(`${field}.`) || field.startsWith(`${member}.`);

/** What is wrong with an answer, as text; empty if nothing is. */
export function judge(request, reply) {
  const { operation, want, field } = request;
  const { status, headers } = reply;
  const type = headers['content-type']?.split(';')[0];
  const text = reply.bytes.toString('utf8');
  const json = type === JSON_TYPE && status >= 400 ? JSON.parse(text) : undefined;
  const found = `${status} ${text.slice(0, 120)}`;
  if (!want.includes(status)) return `wants ${want}, got ${found}`;
  const unknown = request.elsewhere && NOWHERE.includes(status);
  if (!operation.statuses.includes(status) && !unknown) return `${status} is not described`;
  if (status < 400) return '';
  const problem = unknown ? operation.description.judge('#/components/schemas/Error', json) : operation.judgeReply(status, type, json);
  if (problem) return `${problem}: ${found}`;
  if (json.status_code !== status) return `another status_code: ${found}`;
  if (!headers['x-sandbox-time']) return `no X-Sandbox-Time: ${found}`;
  if (field === undefined || status !== 422) return '';
  if (!json.errors?.every((one) => isRelated(one.field, field))) return `wants ${field} named, got ${found}`;
  return '';
}
