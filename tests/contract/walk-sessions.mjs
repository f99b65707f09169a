// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions, results and the applicant's side, from the first call to the last.
import assert from 'node:assert/strict';

import { drawPicture, form, goldenBody } from './sandbox.mjs';

const picture = drawPicture();

/** A session that the simulate call took to its end. */
export async function createOutcome(client, action, body = {}) {
  const { id } = await client.call('createSession', { body: { external_ref: `guest-${client.seen.size}`, ...body } });
  await client.call('simulateSession', { path: { session_id: id }, body: { action } });
  return { session_id: id };
}

export async function sessions(client) {
  const created = await client.call('createSession', {
    body: {
      external_ref: 'guest-1', country: 'us', tags: ['walk-in'], metadata: { desk: '3', deep: { list: [1, null] } }, workflow_id: 'workflow_full',
      redirect_url: 'https://hotel.example/done', send_email: true, applicant_email: 'jane.doe@example.com', applicant_name: 'Jane Doe',
      email_display_name: 'Front Desk', support_url: 'https://hotel.example/help', checks: ['document_ocr'],
      fields: { first_name: 'Jane', address: { line1: '1 Main St', country: 'US' } },
    },
  });
  const path = { session_id: created.id };
  await client.call('createSession', { body: goldenBody('create_session_checks') });
  await client.call('createSession', { body: { country: 'USA' }, want: 422 });
  await client.call('createSession', { body: { workflow_id: 'workflow_none' }, want: 404 });
  await client.call('listSessions', { query: { limit: 1, q: 'guest', status: 'pending', tag: 'walk-in' } });
  await client.call('listSessions', { query: { limit: 0 }, want: 422 });
  await client.call('getSession', { path });
  await client.call('updateSession', { path, body: { external_ref: 'guest-1a', metadata: { desk: null } } });
  await client.call('updateSession', { path, body: { metadata: 1 }, want: 422 });
  await client.call('getSessionResult', { path, want: 404 });
  await client.call('resendInvite', { path });
  await client.call('generateOneTimeLink', { path, body: { expires_in_minutes: 5 } });
  await client.call('listLinks', { path });
  await client.call('addSessionTag', { path, body: { tag: 'vip' } });
  await client.call('removeSessionTag', { path, body: { tag: 'vip' } });
  await client.call('setSessionTags', { path, body: { tags: ['a', 'b'] } });
  await client.call('setSessionTags', { path, body: { tags: 'a' }, want: 422 });
  await client.call('expireSession', { path });
  await client.call('expireSession', { path, want: 400 });
  await client.call('resumeSession', { path });
  await client.call('simulateSession', { path, body: { action: 'smile' }, want: 422 });
  await client.call('simulateSession', { path, body: { action: 'approve' } });
  await client.call('resumeSession', { path, want: 400 });
  await client.call('resendInvite', { path, want: 400 });
}

export async function uploads(client) {
  const { id } = await client.call('createSession', { body: { country: 'US' } });
  const path = { session_id: id };
  await client.call('submitSession', { path, want: 422 });
  for (const document_type of ['id_front', 'id_back', 'selfie']) {
    await client.call('uploadSessionDocument', { path, body: form({ file: picture, document_type }) });
  }
  await client.call('uploadSessionDocument', { path, body: form({ file: picture, document_type: 'proof_of_address', poa_document_type: 'utility_bill', poa_document_date: '2026-01-31' }) });
  await client.call('uploadSessionDocument', { path, body: form({ file: picture, document_type: 'ear' }), want: 422 });
  const { data } = await client.call('listSessionDocuments', { path });
  assert.equal(data.length, 4);
  const query = Object.fromEntries(new URL(data[0].url).searchParams);
  const shown = await client.call('downloadSessionDocument', { path: { ...path, doc_type: data[0].doc_type }, query });
  assert.deepEqual(shown.bytes, picture);
  await client.call('downloadSessionDocument', { path: { ...path, doc_type: 'id_back' }, query: { ...query, sig: '0'.repeat(64) }, want: 403 });
  await client.call('submitSession', { path });
}

export async function results(client) {
  for (const action of ['approve', 'decline', 'require-review']) {
    const path = await createOutcome(client, action);
    await client.call('getSession', { path });
    await client.call('getSessionResult', { path });
    await client.call('getResult', { path });
    await client.call('getSessionRisk', { path });
    await client.call('listVerifications', { path });
    await client.call('listVerificationAttempts', { path: { ...path, policy: 'face_match' } });
    await client.call('getWorkflowRun', { path });
    await client.call('exportSession', { path });
  }
  await client.call('listResults', { query: { status: 'approved', limit: 2 } });
  await client.call('listResults', { query: { status: 'passed' }, want: 422 });
  await client.call('listSessions');
}

export async function control(client) {
  const declined = await createOutcome(client, 'decline');
  await client.call('retryVerification', { path: { ...declined, policy: 'document_ocr' }, want: 400 });
  await client.call('retryVerification', { path: { ...declined, policy: 'face_match' } });
  const approved = await createOutcome(client, 'approve');
  await client.call('submitExternalDecision', { path: approved, body: { decision: 'fail' }, want: 409 });
  await client.call('reprocessSession', { path: approved });
  await client.call('reprocessSession', { path: approved, want: 409 });
  const again = await createOutcome(client, 'approve');
  await client.call('resumeWorkflowRun', { path: again, body: { policy: 'face_match' } });
  const redacted = await createOutcome(client, 'approve');
  await client.call('redactSession', { path: redacted });
  await client.call('redactSession', { path: redacted });
  await client.call('getSession', { path: redacted });
  await client.call('getSessionResult', { path: redacted });
  await client.call('listSessionDocuments', { path: redacted, want: 410 });
  const more = await createOutcome(client, 'decline');
  await client.call('bulkRedactSessions', { body: { session_ids: [more.session_id, redacted.session_id, 'session_none'] } });
  await client.call('bulkRedactSessions', { body: { session_ids: [] }, want: 422 });
}

const tokenOf = (session) => ({ token: new URL(session.capture_url).pathname.split('/').pop() });

/** A sandbox session that the shortest way through took to one of the presets; without one, it waits. */
export async function createPreset(client, outcome, body = {}) {
  const session = await client.call('createSession', { body: { workflow_id: 'workflow_doc_only', ...body } });
  const path = tokenOf(session);
  await client.call('giveConsent', { path, body: { consent: true, consent_version: '1.0' } });
  await client.call('chooseDocumentType', { path, body: { document_type: 'passport', country: 'US' } });
  await client.call('captureDocument', { path, body: form({ file: picture, side: 'front' }) });
  await client.call('completeCapture', { path, body: {} });
  if (outcome) await client.call('chooseOutcome', { path, body: { outcome } });
  return { session_id: session.id };
}

/** The applicant's way through every step there is. */
export async function capture(client, outcome, more = {}) {
  const session = await client.call('createSession', { body: { workflow_id: 'workflow_full', ...more } });
  const path = tokenOf(session);
  const json = { headers: { Accept: 'application/json' } };
  await client.call('openCapture', { path, headers: { Accept: 'text/html' } });
  const visit = await client.call('openCapture', { path, ...json });
  assert.equal(visit.status, 'capturing');
  await client.call('captureSelfie', { path, body: form({ file: picture }), want: 400 });
  await client.call('giveConsent', { path, body: { consent: true, consent_version: '1.0' } });
  await client.call('chooseDocumentType', { path, body: { document_type: 'drivers_license', country: 'US', state: 'CA' } });
  await client.call('captureDocument', { path, body: form({ file: picture, side: 'front' }) });
  await client.call('captureDocument', { path, body: form({ file: picture, side: 'back' }) });
  await client.call('captureDocument', { path, body: form({ file: Buffer.from('no picture'), side: 'back' }), want: 415 });
  await client.call('captureSelfie', { path, body: form({ file: picture }) });
  const { nonce, challenges } = await client.call('getLiveness', { path });
  await client.call('answerLiveness', { path, body: { nonce, challenges } });
  await client.call('captureFields', {
    path,
    body: { first_name: 'Jane', last_name: 'Doe', email: 'jane.doe@example.com', phone: '+14155550100', date_of_birth: '1997-06-15', address: { line1: '123 Main St', city: 'San Francisco', state: 'CA', zip: '94105', country: 'US' } },
  });
  await client.call('captureProofOfAddress', { path, body: form({ file: picture, poa_document_type: 'utility_bill' }) });
  await client.call('sendSignals', { path, body: { signals: { devtools_open: true } } });
  await client.call('completeCapture', { path, body: {} });
  await client.call('openCapture', { path, ...json, want: 200 });
  if (outcome) await client.call('chooseOutcome', { path, body: { outcome } });
  return { session_id: session.id };
}

export async function applicant(client) {
  await client.call('getCaptureAsset', { path: { name: 'capture.css' } });
  await client.call('getCaptureAsset', { path: { name: 'main.js' } });
  const done = await capture(client, 'approve', { external_ref: 'captured' });
  await client.call('getSessionResult', { path: done });
  const waiting = await capture(client, 'await_external');
  await client.call('submitExternalDecision', { path: waiting, body: { decision: 'reject', metadata: { by: 'desk' } } });
  await client.call('getWorkflowRun', { path: waiting });
  const session = await client.call('createSession');
  const path = tokenOf(session);
  await client.call('giveConsent', { path, body: { consent: false }, want: 422 });
  await client.call('completeCapture', { path, body: {}, want: 400 });
  await client.call('resumeSession', { path: { session_id: (await client.call('expireSession', { path: { session_id: session.id } })).id } });
  await client.call('openCapture', { path, headers: { Accept: 'application/json' }, want: 410 });
}
