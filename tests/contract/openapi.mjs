// SPDX-License-Identifier: GPL-3.0-or-later
// src/sandbox/openapi.json, and whether a request or a reply is what it says. The judging is ajv's.
import { readFileSync } from 'node:fs';

import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

export const FILE = new URL('../../src/sandbox/openapi.json', import.meta.url);
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
/* What stands around the schemas, and our own words in them: ajv is to pass over both. */
const AROUND = ['openapi', 'info', 'servers', 'security', 'tags', 'paths', 'webhooks', 'components'];
const OURS = ['x-section', 'x-open'];

const escape = (name) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** A JSON pointer one step further down. */
export const below = (pointer, ...names) => [pointer, ...names.map((name) => escape(String(name)))].join('/');

export class Description {
  constructor() {
    this.api = JSON.parse(readFileSync(FILE, 'utf8'));
    this.ajv = formats(new Ajv({ strict: true, allowUnionTypes: true, strictRequired: true }));
    this.ajv.addVocabulary([...AROUND, ...OURS]);
    this.ajv.addSchema(this.api, 'api');
    this.validators = new Map();
    this.operations = Object.entries(this.api.paths).flatMap(([path, item]) =>
      METHODS.filter((method) => item[method]).map((method) => new Operation(this, method, path, item)));
  }

  /** The value behind a pointer, references followed: {pointer, node}. */
  at(pointer) {
    let node = pointer.split('/').slice(1).reduce((value, name) => value?.[name.replaceAll('~1', '/').replaceAll('~0', '~')], this.api);
    let where = pointer;
    while (node?.$ref) {
      where = node.$ref;
      node = this.at(where).node;
    }
    return { pointer: where, node };
  }

  /** What is wrong with a value, as text; empty if nothing is. */
  judge(pointer, value) {
    if (!this.validators.has(pointer)) this.validators.set(pointer, this.ajv.compile({ $ref: `api${pointer}` }));
    const validate = this.validators.get(pointer);
    return validate(value) ? '' : this.ajv.errorsText(validate.errors, { dataVar: 'value' }) + (validate.errors[0].params.additionalProperty ? ` (${validate.errors[0].params.additionalProperty})` : '');
  }

  named(id) {
    const found = this.operations.find((operation) => operation.id === id);
    if (!found) throw new Error(`openapi.json has no ${id}`);
    return found;
  }

  /** The operation a request belongs to; literal segments go before parameters. */
  find(method, path) {
    const fits = this.operations.filter((operation) => operation.method === method.toLowerCase() && operation.pattern.test(path));
    return fits.sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
  }

  /** Every object inside value whose members are all known: [object, pointer of its schema]. */
  * closedObjects(start, value) {
    const { pointer, node } = this.at(start);
    for (const index of (node.oneOf ?? []).keys()) {
      const branch = below(pointer, 'oneOf', index);
      if (!this.judge(branch, value)) yield* this.closedObjects(branch, value);
    }
    if (Array.isArray(value) && node.items) {
      for (const item of value) yield* this.closedObjects(below(pointer, 'items'), item);
    } else if (value && typeof value === 'object') {
      if (node.properties && node.additionalProperties === false) yield value;
      for (const [name, inner] of Object.entries(value)) {
        if (node.properties?.[name]) yield* this.closedObjects(below(pointer, 'properties', name), inner);
        else if (node.additionalProperties?.$ref || node.additionalProperties?.type) yield* this.closedObjects(below(pointer, 'additionalProperties'), inner);
      }
    }
  }

  /** Renames each known member of a good value in turn: how many, and which the schema let pass. */
  renameAll(pointer, value) {
    const passed = [];
    let count = 0;
    for (const object of this.closedObjects(pointer, value)) {
      for (const [name, inner] of Object.entries(object)) {
        delete object[name];
        object[`${name}s`] = inner;
        if (!this.judge(pointer, value)) passed.push(name);
        delete object[`${name}s`];
        object[name] = inner;
        count += 1;
      }
    }
    return { count, passed };
  }
}

class Operation {
  constructor(description, method, path, item) {
    this.description = description;
    this.method = method;
    this.path = path;
    this.node = item[method];
    this.id = this.node.operationId;
    this.pointer = below('#/paths', path, method);
    this.pattern = new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`);
    this.parameters = [...(item.parameters ?? []), ...(this.node.parameters ?? [])].map((one) => (one.$ref ? description.at(one.$ref).node : one));
    this.needsKey = this.node.security?.length !== 0;
    this.statuses = Object.keys(this.node.responses).map(Number);
    this.bodyType = Object.keys(this.node.requestBody?.content ?? {})[0];
    this.bodySchema = this.bodyType && below(this.pointer, 'requestBody', 'content', this.bodyType, 'schema');
  }

  /** What is wrong with a request's JSON body, as text. */
  judgeBody(body) {
    if (body === undefined) return '';
    if (this.bodyType !== 'application/json') return `${this.id} takes no JSON body`;
    return this.description.judge(this.bodySchema, body);
  }

  /** Where the schema of the JSON reply with that status is; undefined if there is none. */
  replySchema(status) {
    const { pointer, node } = this.description.at(below(this.pointer, 'responses', status));
    return node?.content?.['application/json'] && below(pointer, 'content', 'application/json', 'schema');
  }

  /** What is wrong with a reply, as text. @json: undefined when the body is no JSON. */
  judgeReply(status, type, json) {
    const { node } = this.description.at(below(this.pointer, 'responses', status));
    if (!node) return `${status} is not described`;
    if (!node.content) return type ? `${status} has no body, and came with ${type}` : '';
    const found = Object.keys(node.content).find((one) => one === type || (one.endsWith('/*') && type?.startsWith(one.slice(0, -1))));
    if (!found) return `${status} comes as ${type}, not as ${Object.keys(node.content)}`;
    return found === 'application/json' ? this.description.judge(this.replySchema(status), json) : '';
  }
}
