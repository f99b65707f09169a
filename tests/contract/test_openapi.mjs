#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// The API's description by itself, and the golden files beside it. Prints TAP.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Validator } from '@seriousme/openapi-schema-validator';

import { Description, FILE, below } from './openapi.mjs';
import { run } from './tap.mjs';

const GOLDEN = new URL('../data/api/', import.meta.url);
const description = new Description();
const golden = readdirSync(GOLDEN).filter((name) => name.endsWith('.json') && name !== 'fields.json')
  .map((name) => ({ name, ...JSON.parse(readFileSync(new URL(name, GOLDEN), 'utf8')) }));
/* The others show what else the real service may say; our server does not. */
const ours = golden.filter((one) => !one.client_only);

const complain = (problems) => assert.deepEqual(problems.filter(Boolean), []);

/** What a client may send has an end: where in a schema it has none. */
function* unbounded(pointer) {
  const { pointer: where, node } = description.at(pointer);
  const types = [node.type].flat();
  const has = (...names) => names.some((name) => name in node);
  if (types.includes('string') && !has('maxLength', 'enum', 'const', 'pattern', 'contentMediaType') && !['date', 'date-time'].includes(node.format)) yield where;
  if ((types.includes('integer') || types.includes('number')) && !has('maximum', 'enum')) yield where;
  if (types.includes('array') && !has('maxItems')) yield where;
  if (node.items) yield* unbounded(below(where, 'items'));
  for (const name of Object.keys(node.properties ?? {})) yield* unbounded(below(where, 'properties', name));
  for (const index of (node.oneOf ?? []).keys()) yield* unbounded(below(where, 'oneOf', index));
}

const isBounded = () => complain(description.operations.flatMap((operation) => (operation.bodySchema ? [...unbounded(operation.bodySchema)] : [])));

async function isOpenApi() {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(fileURLToPath(FILE));
  assert.ok(valid, JSON.stringify(errors));
  assert.equal(validator.version, '3.1');
}

/** Names are told once: no two operations, no parameter that the path does not have. */
function isConsistent() {
  const ids = description.operations.map((operation) => operation.id);
  assert.equal(new Set(ids).size, ids.length);
  const tags = description.api.tags.map((tag) => tag.name);
  complain(description.operations.map((operation) => {
    const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    const told = operation.parameters.filter((one) => one.in === 'path').map((one) => one.name).sort();
    if (String(inPath) !== String(told)) return `${operation.id}: ${told} are not the path's parameters`;
    if (!tags.includes(operation.node.tags?.[0])) return `${operation.id}: no group`;
    if (!/^\d+(\.\d+b?)?$/.test(operation.node['x-section'])) return `${operation.id}: no section of the contract`;
    if (operation.node['x-not-implemented'] !== operation.statuses.includes(501) && operation.statuses.includes(501)) return `${operation.id}: 501`;
    return operation.statuses.some((status) => status < 300) === !operation.node['x-not-implemented'] ? '' : `${operation.id}: no success`;
  }));
}

/** A schema of a reply says what is in it and that nothing else is. */
function* looseSchemas(pointer, seen) {
  const { pointer: where, node } = description.at(pointer);
  if (seen.has(where)) return;
  seen.add(where);
  const types = [node.type].flat();
  const choices = node.oneOf ?? [];
  if (!node.type && choices.length === 0) yield `${where} says nothing`;
  if (types.length === 6) return; /* any value, said aloud */
  if (types.includes('object')) {
    const closed = node.additionalProperties === false && Object.keys(node.properties ?? {}).length > 0;
    if (!closed && !(node['x-open'] && node.additionalProperties)) yield `${where} is open without a reason`;
  }
  if (types.includes('array')) {
    if (!node.items) yield `${where}: no items`;
    else yield* looseSchemas(below(where, 'items'), seen);
  }
  for (const index of choices.keys()) yield* looseSchemas(below(where, 'oneOf', index), seen);
  for (const name of Object.keys(node.properties ?? {})) yield* looseSchemas(below(where, 'properties', name), seen);
  if (typeof node.additionalProperties === 'object') yield* looseSchemas(below(where, 'additionalProperties'), seen);
}

function repliesAreClosed() {
  const seen = new Set();
  const schemas = description.operations.flatMap((operation) => operation.statuses.map((status) => operation.replySchema(status))).filter(Boolean);
  complain(schemas.flatMap((pointer) => [...looseSchemas(pointer, seen)]));
  assert.ok(seen.size > 500);
}

function referencesResolve() {
  const text = JSON.stringify(description.api);
  const references = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]));
  complain([...references].map((one) => (description.at(one).node === undefined ? `${one} is nowhere` : '')));
  const components = Object.entries(description.api.components).filter(([kind]) => kind !== 'securitySchemes')
    .flatMap(([kind, members]) => Object.keys(members).map((name) => `#/components/${kind}/${name}`));
  /* 405 belongs to the methods that a path does not have, so that no operation can name it. */
  complain(components.filter((one) => !references.has(one) && !one.endsWith('/MethodNotAllowed')).map((one) => `${one} is not used`));
}

const operationOf = (one) => {
  const operation = description.find(one.method, one.path);
  assert.ok(operation, `${one.name}: ${one.method} ${one.path} is not described`);
  return operation;
};

function goldenRequests() {
  complain(ours.filter((one) => one.status < 300).map((one) => {
    const operation = operationOf(one);
    const wrong = operation.judgeBody(one.request?.body);
    if (wrong) return `${one.name}: ${wrong}`;
    const unknown = Object.keys(one.request?.query ?? {}).filter((name) => !operation.parameters.some((parameter) => parameter.in === 'query' && parameter.name === name));
    return unknown.length > 0 ? `${one.name}: no query ${unknown}` : '';
  }));
}

function goldenReplies() {
  assert.ok(ours.length > 40);
  complain(ours.map((one) => {
    const type = one.reply === undefined ? undefined : 'application/json';
    const wrong = operationOf(one).judgeReply(one.status, type, one.reply);
    return wrong && `${one.name}: ${wrong}`;
  }));
}

function renamedMembers() {
  let count = 0;
  for (const one of ours.filter((each) => each.reply)) {
    const result = description.renameAll(operationOf(one).replySchema(one.status), one.reply);
    assert.deepEqual(result.passed, [], `${one.name}: renamed, and nobody noticed`);
    assert.ok(result.count > 0, one.name);
    count += result.count;
  }
  assert.ok(count > 500, `${count}`);
}

/** check-golden.py over a copy of the golden files in which one has changed: what it says. */
function checkSpoiled(name, spoil) {
  const copy = mkdtempSync(path.join(tmpdir(), 'golden-'));
  try {
    cpSync(GOLDEN, copy, { recursive: true });
    const one = JSON.parse(readFileSync(path.join(copy, name), 'utf8'));
    spoil(one);
    writeFileSync(path.join(copy, name), JSON.stringify(one));
    const script = fileURLToPath(new URL('check-golden.py', import.meta.url));
    return spawnSync('/usr/bin/python3', [script, '--data', copy], { encoding: 'utf8' }).stdout;
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function completenessIsChecked() {
  assert.equal(checkSpoiled('get_session.json', () => {}), '');
  assert.equal(checkSpoiled('get_session.json', (one) => { delete one.reply.consent_ip; }), 'get_session.json: consent_ip is missing\n');
  assert.equal(checkSpoiled('list_sessions.json', (one) => { delete one.reply.data[1].tags; }), 'list_sessions.json: data[].tags is missing\n');
  assert.equal(checkSpoiled('create_session.json', (one) => { delete one.request.body.country; }), 'no golden request of createSession sends country\n');
  assert.equal(checkSpoiled('resume_session.json', (one) => { one.section = '9.9'; }), 'resume_session.json: fields.json has no section 9.9\n');
  assert.equal(checkSpoiled('resume_session.json', (one) => { one.path += 's'; }).split('\n').length, 3);
}

await run([
  ['openapi.json is OpenAPI 3.1, says an independent validator', isOpenApi],
  ['operations, groups, sections and parameters fit together', isConsistent],
  ['every reference leads somewhere, every component is used', referencesResolve],
  ['bodies have limits', isBounded],
  ['replies are closed and none is empty', repliesAreClosed],
  ['the requests of the golden files are described', goldenRequests],
  ['the replies of the golden files are described', goldenReplies],
  ['a renamed member is refused', renamedMembers],
  ['what a golden file leaves out is found', completenessIsChecked],
]);
