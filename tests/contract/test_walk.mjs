#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// Every operation of openapi.json against a running verifa-sandbox: what succeeds and what is refused,
// each reply judged by its schema, and none left out. Prints TAP.
//
//   node test_walk.mjs VERIFA-SANDBOX
import assert from 'node:assert/strict';

import { Description } from './openapi.mjs';
import { Client, form, startSandbox } from './sandbox.mjs';
import { run } from './tap.mjs';
import * as rest from './walk-rest.mjs';
import * as sessions from './walk-sessions.mjs';

const description = new Description();
const sandbox = await startSandbox(process.argv[2], '--plan', 'enterprise');
const client = new Client(description, sandbox);

const anywhere = (operation) => Object.fromEntries([...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) =>
  [name, { doc_type: 'id_front', policy: 'face_match' }[name] ?? `${name}_none`]));
const { operations: all } = description;
const keyed = all.filter((operation) => operation.needsKey);

/** Asks every one of these the same wrong question. */
async function refuse(operations, want, question) {
  assert.ok(operations.length > 0);
  for (const operation of operations) {
    await client.call(operation.id, { path: anywhere(operation), want, ...await question(operation) });
  }
}

const withoutKey = () => refuse(keyed, 401, () => ({ key: null }));

async function withoutScope() {
  const { secret } = await client.call('createApiKey', { body: { environment: 'sandbox', scopes: [] } });
  await refuse(keyed.filter((operation) => operation.node['x-scopes']), 403, () => ({ key: secret }));
}

const withLiveKey = () => refuse(keyed.filter((operation) => operation.node['x-sandbox-only']), 403, () => ({ key: sandbox.live_key }));

/** A key of its own for each: no plan allows so many calls a minute. */
async function freshKey() {
  const scopes = [...new Set(description.operations.flatMap((operation) => operation.node['x-scopes'] ?? []))];
  const { secret } = await client.call('createApiKey', { body: { environment: 'sandbox', scopes } });
  return secret;
}

/** An address that is not signed says nothing of what is behind it: 403, whatever it names. */
const signed = (operation) => operation.node.parameters?.some((parameter) => parameter.name === 'sig');

async function ofNothing() {
  const key = await freshKey();
  const operations = all.filter((operation) => operation.path.includes('{') && operation.statuses.includes(404) && !signed(operation));
  await refuse(operations, 404, (operation) => ({ key, body: operation.bodyType === 'multipart/form-data' ? form({ a: 'b' }) : undefined, headers: { Accept: 'application/json' } }));
}

async function ofNoVersion() {
  const key = await freshKey();
  await refuse(keyed, 400, () => ({ key, headers: { 'Verifa-Version': '1999-12-31' } }));
}

async function ofAnotherType() {
  const key = await freshKey();
  const writing = all.filter((operation) => ['post', 'patch', 'put'].includes(operation.method));
  await refuse(writing, 415, () => ({ key, body: Buffer.from('text'), headers: { 'Content-Type': 'text/plain' } }));
}

async function ofNoJson() {
  const key = await freshKey();
  const writing = keyed.filter((operation) => operation.bodyType === 'application/json');
  await refuse(writing, 400, () => ({ key, body: Buffer.from('{"a":'), headers: { 'Content-Type': 'application/json' } }));
}

async function ofLongKeys() {
  const key = await freshKey();
  const named = all.filter((operation) => operation.parameters.some((one) => one.name === 'Idempotency-Key'));
  await refuse(named, 422, () => ({ key, headers: { 'Idempotency-Key': 'k'.repeat(256) } }));
}

const notImplemented = () => refuse(keyed.filter((operation) => operation.node['x-not-implemented']), 501, () => ({}));

/** Each path knows its own methods and no others: 405 names exactly those of the description. */
async function otherMethods() {
  for (const operation of all) {
    const { path } = operation;
    const reply = await client.send(operation, 'trace', { path: anywhere(operation) });
    const methods = all.filter((one) => one.pattern.test(path)).map((one) => one.method.toUpperCase());
    assert.equal(reply.status, 405, path);
    assert.equal(description.judge('#/components/schemas/Error', reply.json), '', path);
    assert.deepEqual(reply.headers.allow.split(', ').sort(), [...new Set(methods)].sort(), path);
  }
}

async function unknownPaths() {
  for (const path of ['/', '/api', '/api/v1', '/api/v1/nothing', '/api/v2/sessions', '/_sandbox', '/docs/', '/api/v1/sessions/']) {
    const reply = await client.send({ path, needsKey: true }, 'get', { key: sandbox.sandbox_key });
    assert.equal(reply.status, 404, path);
    assert.equal(description.judge('#/components/schemas/Error', reply.json), '', path);
  }
}

async function otherHost() {
  await refuse(all, 421, () => ({ headers: { Host: 'hotel.example' } }));
}

async function tooMuch() {
  const body = Buffer.from(JSON.stringify({ a: 'x'.repeat(1024 * 1024) }));
  await client.call('createSession', { body, headers: { 'Content-Type': 'application/json' }, want: 413 });
  const small = await startSandbox(process.argv[2], '--plan', 'free');
  const guest = new Client(description, small);
  for (let count = 0; count < 50; count += 1) await guest.call('createSession');
  await guest.call('createSession', { want: 429 });
  await guest.call('getSession', { path: { session_id: 'session_none' }, want: 404 });
  await small.stop();
}

/** What has not been seen by now was left out above. */
function nothingLeftOut() {
  const wanted = all.flatMap((operation) => operation.statuses.filter((status) => status < 300 || status === 501).map((status) => `${operation.id} ${status}`));
  assert.deepEqual(wanted.filter((name) => !client.seen.has(name)), []);
  assert.ok(client.renamed > 5000, `${client.renamed} members were renamed`);
}

await run([
  ['sessions', () => sessions.sessions(client)],
  ['uploads over the API', () => sessions.uploads(client)],
  ['results', () => sessions.results(client)],
  ['redaction, reprocessing, gates', () => sessions.control(client)],
  ['the applicant\'s side', () => sessions.applicant(client)],
  ['webhooks', () => rest.webhooks(client)],
  ['workflows', () => rest.workflows(client)],
  ['identities', () => rest.identities(client)],
  ['cases', () => rest.cases(client)],
  ['checks', () => rest.checks(client)],
  ['lists', () => rest.lists(client)],
  ['documents', () => rest.documents(client)],
  ['keys, limits, audit events', () => rest.account(client)],
  ['what answers 501', notImplemented],
  ['without a key', withoutKey],
  ['without a scope', withoutScope],
  ['with a live key', withLiveKey],
  ['of objects that are not there', ofNothing],
  ['of a version that is no more', ofNoVersion],
  ['bodies of another type', ofAnotherType],
  ['bodies that are no JSON', ofNoJson],
  ['idempotency keys that are too long', ofLongKeys],
  ['other methods', otherMethods],
  ['unknown paths', unknownPaths],
  ['another host', otherHost],
  ['too much at once', tooMuch],
  ['the sandbox\'s own', () => rest.sandboxTools(client)],
  ['nothing is left out', nothingLeftOut],
]);
await sandbox.stop();
