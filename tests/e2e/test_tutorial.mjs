#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// The tutorial's path (verifa-api.md 6) as an integrator writes it: plain node, nothing of ours, against
// a running verifa-sandbox; then once more with curl and openssl. Prints TAP.
//
//   node test_tutorial.mjs VERIFA-SANDBOX
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const [program] = process.argv.slice(2);
const PATIENCE_MS = 20000;
const TOLERANCE_S = 300;

async function startSandbox() {
  const child = spawn(program, ['--database', ':memory:'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
    createInterface(child.stdout).once('line', resolve);
  });
  const ready = JSON.parse(line);
  const base = `${ready.api_url}/api/v1`;
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  return {
    base,
    key: ready.sandbox_key,
    /** One call: {status, body}. */
    async call(method, where, body) {
      const response = await fetch(base + where, {
        method,
        headers: { 'X-API-Key': ready.sandbox_key, ...(body && { 'Content-Type': 'application/json' }) },
        body: body && JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, body: text && JSON.parse(text) };
    },
    async stop() {
      child.kill('SIGTERM');
      assert.equal(await ended, 0, 'the sandbox ends well');
    },
  };
}

/** The integrator's own server: keeps what comes, answers 200 at once. */
async function startShop() {
  const deliveries = [];
  const waiting = [];
  const server = http.createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(200).end();
      deliveries.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks) });
      waiting.splice(0).forEach((wake) => wake());
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${server.address().port}/verifa`,
    deliveries,
    /** The first n deliveries, once they are there. */
    async first(n) {
      const tooLate = AbortSignal.timeout(PATIENCE_MS);
      while (deliveries.length < n) {
        assert.ok(!tooLate.aborted, `only ${deliveries.length} of ${n} deliveries came`);
        await new Promise((resolve) => {
          waiting.push(resolve);
          tooLate.addEventListener('abort', resolve, { once: true });
        });
      }
      return deliveries.slice(0, n);
    },
    stop: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}

/** What the tutorial asks of a receiver: the raw bytes, constant time, five minutes (5.3). */
function verify(delivery, secret) {
  const match = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(delivery.headers['x-verifa-signature']);
  assert.ok(match, 'the signature has its form');
  const [, time, v1] = match;
  assert.ok(Math.abs(Date.now() / 1000 - Number(time)) <= TOLERANCE_S, 'the signature is fresh');
  const digest = createHmac('sha256', secret).update(`${time}.`).update(delivery.body).digest();
  return timingSafeEqual(digest, Buffer.from(v1, 'hex'));
}

/** Reads a delivery that must be ours. */
function open(delivery, secret) {
  assert.equal(delivery.method, 'POST');
  assert.equal(delivery.url, '/verifa');
  assert.match(delivery.headers['content-type'], /^application\/json\b/);
  assert.ok(delivery.headers['x-verifa-delivery-id']);
  assert.ok(verify(delivery, secret), 'the signature fits');
  assert.ok(!verify(delivery, `${secret}x`), 'and no other secret does');
  assert.ok(!verify({ ...delivery, body: Buffer.concat([delivery.body, Buffer.from(' ')]) }, secret), 'nor another body');
  const event = JSON.parse(delivery.body.toString('utf8'));
  assert.ok(event.idempotency_key);
  return event;
}

/** GET /sessions/{id} until the session has come to an end, as the tutorial polls. */
async function poll(sandbox, id) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const { status, body } = await sandbox.call('GET', `/sessions/${id}`);
    assert.equal(status, 200);
    if (['completed', 'under_review', 'expired', 'failed'].includes(body.status)) return body;
    assert.ok(Date.now() < deadline, `still ${body.status}`);
  }
}

/* verifa-api.md 3.9 and 8.4: what each action does, and in which order it is told. */
const OUTCOMES = [
  { action: 'approve', status: 'completed', result: 'approved', events: ['session.created', 'session.approved', 'identity.created'], told: 'approved' },
  { action: 'decline', status: 'completed', result: 'rejected', events: ['session.created', 'session.declined', 'identity.created'], told: 'rejected' },
  { action: 'require-review', status: 'under_review', result: 'needs_review', events: ['session.created', 'session.requires-review', 'case.created'] },
];

async function walk({ sandbox, shop }, outcome) {
  const endpoint = await sandbox.call('POST', '/webhooks/endpoints', { url: shop.url });
  assert.equal(endpoint.status, 201);
  assert.match(endpoint.body.secret, /^whsec_/);

  const created = await sandbox.call('POST', '/sessions', { external_ref: 'tutorial_user_1' });
  assert.equal(created.status, 201);
  const session = created.body;
  assert.match(session.id, /^session_/);
  assert.equal(session.status, 'pending');
  assert.equal(session.external_ref, 'tutorial_user_1');
  assert.match(session.capture_url, /\/verify\/tok_/);
  assert.match(session.qr_code_data_url, /^data:image\/png;base64,/);
  assert.equal(session.is_sandbox, true);
  assert.ok(Date.parse(session.expires_at) > Date.parse(session.created_at));

  assert.equal((await sandbox.call('GET', `/sessions/${session.id}`)).body.status, 'pending');
  const early = await sandbox.call('GET', `/sessions/${session.id}/result`);
  assert.equal(early.status, 404);
  assert.equal(early.body.error, 'not_found');

  const simulated = await sandbox.call('POST', `/sessions/${session.id}/simulate`, { action: outcome.action });
  assert.deepEqual(simulated, { status: 200, body: { id: session.id, action: outcome.action, status: outcome.status, simulated: true } });
  assert.equal((await poll(sandbox, session.id)).status, outcome.status);

  const result = await sandbox.call('GET', `/sessions/${session.id}/result`);
  assert.equal(result.status, 200);
  assert.equal(result.body.status, outcome.result);

  const events = (await shop.first(outcome.events.length)).map((delivery) => open(delivery, endpoint.body.secret));
  /* In the order of the contract (8.4): session, case, identity. */
  assert.deepEqual(events.map((event) => event.event), outcome.events);
  const own = events.filter((event) => event.event.startsWith('session.'));
  for (const event of own) {
    assert.equal(event.session_id, session.id);
    assert.equal(event.external_ref, 'tutorial_user_1');
    assert.equal(event.is_sandbox, true);
  }
  if (outcome.told) assert.equal(own[1].status, outcome.told);
  assert.equal(new Set(events.map((event) => event.idempotency_key)).size, events.length);
}

/** A shell, curl and openssl: what somebody sees who tries the API by hand. */
async function walkByHand({ sandbox, shop }) {
  const endpoint = await sandbox.call('POST', '/webhooks/endpoints', { url: shop.url, enabled_events: ['session.approved'] });
  const folder = mkdtempSync(path.join(tmpdir(), 'verifa-tutorial-'));
  try {
    const config = path.join(folder, 'curl');
    writeFileSync(config, `silent\nshow-error\nfail\nheader = "X-API-Key: ${sandbox.key}"\n`, { mode: 0o600 });
    const curl = async (...args) => JSON.parse((await run('curl', ['--config', config, ...args])).stdout);
    const post = (where, body) => curl('--json', JSON.stringify(body), sandbox.base + where);

    const session = await post('/sessions', { external_ref: 'tutorial_user_1' });
    await assert.rejects(curl(`${sandbox.base}/sessions/${session.id}/result`), /404/);
    await post(`/sessions/${session.id}/simulate`, { action: 'approve' });
    assert.equal((await curl(`${sandbox.base}/sessions/${session.id}`)).status, 'completed');
    assert.equal((await curl(`${sandbox.base}/sessions/${session.id}/result`)).status, 'approved');

    const [delivery] = await shop.first(1);
    const [, time, v1] = /^t=(\d+),v1=(\w+)$/.exec(delivery.headers['x-verifa-signature']);
    const signed = path.join(folder, 'signed');
    writeFileSync(signed, Buffer.concat([Buffer.from(`${time}.`), delivery.body]));
    const { stdout } = await run('openssl', ['dgst', '-sha256', '-hmac', endpoint.body.secret, '-r', signed]);
    assert.equal(stdout.split(' ')[0], v1);
    assert.ok(!readFileSync(signed).includes('whsec_'), 'the secret is in no payload');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const tests = [
  ...OUTCOMES.map((outcome) => [`${outcome.action}: create, poll, result, webhook`, (it) => walk(it, outcome)]),
  ['with curl and openssl', walkByHand],
];

console.log(`1..${tests.length}`);
for (const [index, [title, body]] of tests.entries()) {
  const sandbox = await startSandbox();
  const shop = await startShop();
  try {
    await body({ sandbox, shop });
    console.log(`ok ${index + 1} ${title}`);
  } catch (error) {
    process.exitCode = 1;
    console.log(String(error.stack ?? error).replace(/^/gm, '# '));
    console.log(`not ok ${index + 1} ${title}`);
  } finally {
    await shop.stop();
    await sandbox.stop();
  }
}
