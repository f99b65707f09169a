#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// The applicant's side by its API alone, as a kiosk would use it: every step in order, and every step
// out of order. Prints TAP.
//
//   node test_capture_api.mjs VERIFA-SANDBOX [PATTERN]
import assert from 'node:assert/strict';

import { drawPicture } from '../contract/sandbox.mjs';
import { runTests, test } from './applicant.mjs';

const [program, pattern] = process.argv.slice(2);

const picture = drawPicture(1600, 1000);

/** One applicant's calls: json(method, step, body) and file(step, fields). Answers are {status, body}. */
function applicant(session) {
  let cookie = '';
  const call = async (method, step, init) => {
    const response = await fetch(session.capture_url + step, { method, ...init, headers: { Accept: 'application/json', ...(cookie ? { Cookie: cookie } : {}), ...init?.headers } });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return { status: response.status, body: await response.json() };
  };
  return {
    json: (method, step, body) => call(method, step, body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    file: (step, fields = {}) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      form.append('file', new Blob([picture], { type: 'image/png' }), 'picture.png');
      return call('POST', step, { body: form });
    },
  };
}

const PERSON = {
  first_name: 'Ada', last_name: 'Example', email: 'ada@example.com', phone: '+442079460000', date_of_birth: '1990-02-03', ssn: '000000000',
  address: { line1: '1 Example Street', city: 'Exampletown', zip: '00000', country: 'GB' },
};

/** Each step of the walk, as a call. The order is that of the contract. */
const STEPS = {
  consent: (who) => who.json('POST', '/consent', { consent: true, consent_version: '1.0' }),
  document_type: (who, type = 'drivers_license') => who.json('POST', '/document-type', { document_type: type, country: 'US', state: 'CA' }),
  document_front: (who) => who.file('/documents', { side: 'front' }),
  document_back: (who) => who.file('/documents', { side: 'back' }),
  selfie: (who) => who.file('/selfie'),
  liveness: async (who) => {
    const asked = await who.json('GET', '/liveness');
    return asked.status === 200 ? who.json('POST', '/liveness', asked.body) : asked;
  },
  fields: (who) => who.json('POST', '/fields', PERSON),
  proof_of_address: (who) => who.file('/proof-of-address', { poa_document_type: 'utility_bill', poa_document_date: '2020-01-31' }),
  signals: (who) => who.json('POST', '/signals', { signals: { devtools_open: true } }),
  complete: (who) => who.json('POST', '/complete', {}),
  outcome: (who) => who.json('POST', '/sandbox-outcome', { outcome: 'approve' }),
};

async function walk(who, names) {
  for (const name of names) {
    const { status, body } = await STEPS[name](who);
    assert.ok(status === 200 || status === 201, `${name}: ${status} ${body.detail ?? ''}`);
  }
}

async function assertRefused(answer, words) {
  const { status, body } = await answer;
  assert.equal(status, 400, JSON.stringify(body));
  assert.equal(body.error, 'bad_request');
  assert.match(body.detail, words);
  assert.match(body.detail, /^[A-Z].*\.$/, 'a sentence');
}

test('the whole walk by the API alone', async ({ sandbox }) => {
  const session = await sandbox.create({ workflow_id: 'workflow_full', external_ref: 'kiosk-1', redirect_url: 'https://example.com/back?a=1' });
  const who = applicant(session);
  const first = await who.json('GET', '');
  assert.equal(first.status, 200);
  assert.deepEqual(first.body.steps.filter(({ state }) => state === 'done'), []);
  await walk(who, ['consent', 'document_type', 'document_front', 'document_back', 'selfie', 'liveness', 'fields', 'proof_of_address', 'signals']);
  const { body: before } = await who.json('GET', '');
  assert.deepEqual(before.steps.filter(({ state }) => state !== 'done').map(({ id }) => id), ['complete', 'outcome']);
  assert.deepEqual([before.document_type, before.document_country, before.document_state], ['drivers_license', 'US', 'CA']);
  await walk(who, ['complete']);
  assert.equal((await who.json('GET', '')).body.status, 'sandbox_pending');
  const { body: end } = await STEPS.outcome(who);
  assert.deepEqual(end, { session_id: session.id, status: 'completed', result_status: 'approved', redirect_url: `https://example.com/back?a=1&session_id=${session.id}&status=completed` });
  assert.equal((await sandbox.get(session)).status, 'completed');
  const gone = await who.json('GET', '');
  assert.deepEqual([gone.status, gone.body.error], [410, 'session_finished']);
});

// What was done, what is tried, and what the sentence says. Each in a session of its own.
const TO_TYPE = ['consent', 'document_type'];
const TO_SELFIE = [...TO_TYPE, 'document_front', 'document_back', 'selfie'];
const TO_END = [...TO_SELFIE, 'liveness', 'fields', 'proof_of_address', 'complete'];
const OUT_OF_ORDER = [
  ...['document_type', 'document_front', 'document_back', 'selfie', 'liveness', 'fields', 'proof_of_address', 'signals'].map((name) => [[], name, /Consent is needed first/]),
  [[], 'complete', /Not everything is here yet: consent/],
  [[], 'outcome', /does not wait for an outcome/],
  [['consent'], 'document_front', /Choose the type of document first/],
  [['consent'], 'document_back', /Choose the type of document first/],
  [['consent'], 'liveness', /A selfie is needed first/],
  [['consent'], 'complete', /Not everything is here yet: document_type/],
  [TO_TYPE, 'complete', /Not everything is here yet: document_front/],
  [[...TO_TYPE, 'document_front'], 'complete', /Not everything is here yet: document_back/],
  [[...TO_TYPE, 'document_front', 'document_back'], 'complete', /Not everything is here yet: selfie/],
  [TO_SELFIE, 'complete', /Not everything is here yet: liveness/],
  [[...TO_SELFIE, 'liveness'], 'complete', /Not everything is here yet: fields/],
  [[...TO_SELFIE, 'liveness', 'fields'], 'complete', /Not everything is here yet: proof_of_address/],
  [[...TO_SELFIE, 'liveness', 'fields', 'proof_of_address'], 'outcome', /does not wait for an outcome/],
  ...['consent', 'document_type', 'document_front', 'document_back', 'selfie', 'liveness', 'fields', 'proof_of_address', 'signals', 'complete'].map((name) => [TO_END, name, /./]),
];

for (const [done, tried, words] of OUT_OF_ORDER) {
  test(`${tried} after ${done.at(-1) ?? 'nothing'} is refused with a sentence, and changes nothing`, async ({ sandbox }) => {
    const session = await sandbox.create({ workflow_id: 'workflow_full' });
    const who = applicant(session);
    await who.json('GET', '');
    await walk(who, done);
    const before = (await who.json('GET', '')).body;
    await assertRefused(STEPS[tried](who), words);
    assert.deepEqual((await who.json('GET', '')).body, before);
  });
}

for (const [workflow, tried, words] of [
  ['workflow_doc_only', 'selfie', /asks for no selfie/],
  ['workflow_doc_only', 'liveness', /asks for no liveness/],
  ['workflow_doc_only', 'fields', /asks for no details/],
  ['workflow_doc_only', 'proof_of_address', /asks for no proof of address/],
]) {
  test(`${tried} is refused when the workflow does not ask for it`, async ({ sandbox }) => {
    const who = applicant(await sandbox.create({ workflow_id: workflow }));
    await walk(who, ['consent', 'document_type']);
    await assertRefused(STEPS[tried](who), words);
  });
}

test('a passport has no back, and challenges are good once', async ({ sandbox }) => {
  const who = applicant(await sandbox.create({ workflow_id: 'workflow_full' }));
  await walk(who, ['consent']);
  assert.equal((await STEPS.document_type(who, 'passport')).status, 200);
  await assertRefused(STEPS.document_back(who), /no back to show/);
  await walk(who, ['document_front', 'selfie']);
  const { body: asked } = await who.json('GET', '/liveness');
  const { body: newer } = await who.json('GET', '/liveness');
  await assertRefused(who.json('POST', '/liveness', asked), /not the current ones/);
  await assertRefused(who.json('POST', '/liveness', { ...newer, challenges: [...newer.challenges].reverse() }), /not answered as asked/);
  assert.equal((await who.json('POST', '/liveness', newer)).status, 200);
  await assertRefused(who.json('POST', '/liveness', newer), /not the current ones/);
});

test('another type of document drops the pictures of the one before, the same type keeps them', async ({ sandbox }) => {
  const who = applicant(await sandbox.create());
  const left = async () => (await who.json('GET', '')).body.steps.filter(({ state }) => state === 'todo').map(({ id }) => id);
  await walk(who, ['consent', 'document_type', 'document_front', 'document_back']);
  assert.equal((await who.json('POST', '/document-type', { document_type: 'drivers_license', country: 'CA' })).status, 200);
  assert.deepEqual(await left(), ['selfie', 'complete', 'outcome']);
  assert.equal((await STEPS.document_type(who, 'passport')).status, 200);
  assert.deepEqual(await left(), ['document_front', 'selfie', 'complete', 'outcome']);
});

await runTests(program, pattern, { needsBrowser: false });
