#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// Every operation of openapi.json against bad input of every kind: a running verifa-sandbox refuses it as the contract says, and its
// database is afterwards what it was before. Odd input that is good comes back as it was sent. Prints TAP.
//
//   node test_bad_input.mjs VERIFA-SANDBOX [--all] [OPERATION…]
//
// Without --all, what all operations leave to the same code goes to some of them each, every time the same.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Series, judge } from './hostile-series.mjs';
import { Targets } from './hostile-targets.mjs';
import { IGNORED_QUERY, OddText } from './odd-text.mjs';
import { Description } from './openapi.mjs';
import { Client, startSandbox } from './sandbox.mjs';
import { run } from './tap.mjs';
import { watch } from './trace.mjs';
import { abandon, exchange, inParallel, serialize } from './wire.mjs';

/* No plan allows a key more a minute. */
const KEY_LIMIT = 900;
const KEYS = 40;
const AT_ONCE = 16;
/* Without --all: of the odd texts, one in so many for each member. */
const TEXTS = 3;
/* libsoup reads no further than this, and closes the connection without an answer. */
const MAX_HEAD_BYTES = 64 * 1024;

const description = new Description();
const [program, ...rest] = process.argv.slice(2);
const isWhole = rest.includes('--all');
const only = rest.filter((one) => one !== '--all');
const operations = description.operations.filter(({ id }) => only.length === 0 || only.includes(id));
const folder = mkdtempSync(path.join(tmpdir(), 'bad-input-'));
const database = path.join(folder, 'sandbox.db');
const sandbox = await startSandbox(program, '--plan', 'enterprise', '--database', database);
const port = Number(new URL(sandbox.api_url).port);
const keys = { full: [], scopeless: undefined, used: 0 };
let targets;
let watcher;
let asked = 0;

function nextKey() {
  const index = Math.floor(keys.used / KEY_LIMIT);
  keys.used += 1;
  return keys.full[index % KEYS];
}

async function setUp() {
  const client = new Client(description, sandbox);
  const scopes = [...new Set(description.operations.flatMap((operation) => operation.node['x-scopes'] ?? []))];
  const makeKey = async (may) => (await client.call('createApiKey', { body: { environment: 'sandbox', scopes: may } })).secret;
  while (keys.full.length < KEYS) keys.full.push(await makeKey(scopes));
  keys.scopeless = await makeKey([]);
  targets = await Targets.create(client);
  watcher = watch(database);
  await watcher.changes();
}

function bytesOf(request) {
  return serialize({ ...request, headers: request.needsKey ? [['X-API-Key', request.key ?? nextKey()], ...request.headers] : request.headers });
}

/** Sends a hostile request: what is wrong with its answer, as text. */
async function ask(request) {
  asked += 1;
  try {
    return judge(request, await exchange(port, bytesOf(request)));
  } catch (error) {
    return `wants ${request.want}: ${error.message}`;
  }
}

/** Names the requests that leave something behind. */
async function findTraces(requests) {
  const found = [];
  for (const request of requests) {
    await ask(request);
    const changes = await watcher.changes();
    if (changes.length) found.push(`${request.name}: ${changes.join('; ')}`);
  }
  return found.length ? found : ['and no request does so again'];
}

async function refuses(operation) {
  const series = new Series(operation, targets);
  const requests = isWhole ? series.all(keys.scopeless, targets.spent) : series.some(description.operations.indexOf(operation), keys.scopeless, targets.spent);
  const problems = [];
  assert.ok(requests.length > 0, 'nothing hostile can be derived for it');
  await inParallel(requests, AT_ONCE, async (request) => {
    const problem = await ask(request);
    if (problem) problems.push(`${request.name}: ${problem}`);
  });
  const changes = await watcher.changes();
  if (changes.length) problems.push(`left behind: ${changes.join('; ')}`, ...await findTraces(requests));
  if (problems.length) throw new Error([`${problems.length} are wrong`, ...problems].join('\n'));
}

/** With a key, its refusal is kept for whoever asks again with the same, and nothing else is (verifa-api.md 1.5). */
async function keepsRefusal() {
  const series = new Series(description.named('createSession'), targets);
  const headers = [['Idempotency-Key', 'refused'], ['X-API-Key', keys.full[0]]];
  const request = series.make('with a key', 422, { body: Buffer.from('{"country":"USA"}'), headers, field: 'country' });
  assert.equal(await ask(request), '');
  assert.deepEqual(await watcher.changes(), ['replies: a row is new']);
  assert.equal(await ask(request), '');
  assert.deepEqual(await watcher.changes(), []);
}

/** Half of a good request of every operation that has a body, and nobody who waits for the answer. */
async function breaksOff() {
  await inParallel(operations.filter((operation) => operation.bodyType), AT_ONCE, async (operation) => {
    const [head, body] = bytesOf(new Series(operation, targets).make('half of it', 400));
    await abandon(port, [head.subarray(0, head.length / 2)]);
    await abandon(port, [head]);
    await abandon(port, [head, body.subarray(0, body.length - 1)]);
  });
  assert.deepEqual(await watcher.changes(), []);
}

async function hugeHeads() {
  const series = new Series(description.named('createSession'), targets);
  for (const headers of [[['X-Long', 'x'.repeat(2 * MAX_HEAD_BYTES)]], Array.from({ length: 20000 }, (_, index) => [`X-${index}`, 'y'])]) {
    await abandon(port, bytesOf(series.make('a huge head', 400, { headers })));
  }
  assert.deepEqual(await watcher.changes(), []);
}

/** Asks for something as it should be: the reply, which its schema has to fit, with its JSON. */
async function askWell(operation, { target, type, body }) {
  const headers = [['Host', 'localhost'], ['Accept', 'application/json'], ...(type ? [['Content-Type', type]] : [])];
  const reply = await exchange(port, bytesOf({ method: operation.method.toUpperCase(), target, needsKey: operation.needsKey, headers, body }));
  const mime = reply.headers['content-type']?.split(';')[0];
  const json = mime === 'application/json' ? JSON.parse(reply.bytes) : undefined;
  assert.equal(operation.judgeReply(reply.status, mime, json), '', `${operation.id} ${reply.status}: ${reply.bytes.toString().slice(0, 500)}`);
  return { ...reply, json };
}

/** What nobody reads in a query changes nothing (verifa-api.md 8.2). */
async function ignoresQueries() {
  for (const operation of operations.filter(({ method }) => method === 'get')) {
    const target = targets.pathOf(operation);
    const { status } = await askWell(operation, { target });
    assert.equal((await askWell(operation, { target: target + IGNORED_QUERY })).status, status, operation.id);
  }
}

/** What comes back at all comes back as it was; by so many members that this says something. */
const oddTexts = operations.filter((operation) => operation.bodyType).map((operation) => new OddText(operation, askWell));

function muchComesBack() {
  const told = oddTexts.reduce((sum, odd) => sum + odd.told, 0);
  assert.ok(only.length > 0 || told > 100, `${told} texts came back`);
}

try {
  await setUp();
  await run([
    ...operations.map((operation) => [`${operation.id} refuses bad input`, () => refuses(operation)]),
    ['a refusal is kept for its key', keepsRefusal],
    ['connections that break off', breaksOff],
    ['heads that are too long', hugeHeads],
    ['unknown queries', ignoresQueries],
    ...oddTexts.map((odd) => [`${odd.operation.id} takes odd text`, () => odd.run(targets, isWhole ? 1 : TEXTS)]),
    ['much comes back', muchComesBack],
  ]);
  console.log(`# ${asked} hostile requests`);
} finally {
  await watcher?.stop();
  await sandbox.stop();
  rmSync(folder, { recursive: true });
}
