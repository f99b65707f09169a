// SPDX-License-Identifier: GPL-3.0-or-later
// Everything around sessions: webhooks, workflows, identities, cases, checks, lists, documents, keys.
import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import http from 'node:http';

import { drawPicture, form, goldenBody } from './sandbox.mjs';
import { createOutcome, createPreset } from './walk-sessions.mjs';

const picture = drawPicture();

/** A receiver on loopback: its URL, next() for what comes in, close(). */
export async function startReceiver() {
  const waiting = [];
  const arrived = [];
  const server = http.createServer((request, reply) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      reply.end();
      const delivery = { headers: request.headers, json: JSON.parse(Buffer.concat(chunks)) };
      if (waiting.length > 0) waiting.shift()(delivery);
      else arrived.push(delivery);
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${server.address().port}/hook`,
    next: () => (arrived.length > 0 ? Promise.resolve(arrived.shift()) : new Promise((resolve, reject) => {
      waiting.push(resolve);
      setTimeout(() => reject(new Error('no delivery came')), 20000).unref();
    })),
    close: () => new Promise((resolve) => { server.close(resolve); }),
  };
}

export async function webhooks(client) {
  const receiver = await startReceiver();
  const made = await client.call('createWebhookEndpoint', { body: { url: receiver.url, label: 'desk', enabled_events: ['session.created'], attribute_blocklist: [], key_inflection: 'snake' } });
  const path = { endpoint_id: made.id };
  await client.call('createWebhookEndpoint', { body: { url: 'ftp://hotel.example' }, want: 422 });
  await client.call('listWebhookEndpoints');
  await client.call('listEventTypes');
  await client.call('getWebhookEndpoint', { path });
  await client.call('updateWebhookEndpoint', { path, body: { description: 'the front desk', enabled: true } });
  await client.call('updateWebhookEndpoint', { path, body: { key_inflection: 'shout' }, want: 422 });
  const { id } = await client.call('createSession', { body: { external_ref: 'hooked' } });
  const delivery = await receiver.next();
  assert.equal(delivery.json.session_id, id);
  assert.equal(client.description.judge('#/components/schemas/SessionEvent', delivery.json), '');
  const test = client.call('testWebhookEndpoint', { path });
  assert.equal((await receiver.next()).json.event, 'webhook.test');
  assert.equal((await test).success, true);
  const { data } = await client.call('listDeliveries', { path, query: { event_type: 'session.created' } });
  assert.equal(data.length, 1);
  await client.call('retryDelivery', { path: { delivery_id: data[0].id } });
  await receiver.next();
  const copy = await client.call('cloneWebhookEndpoint', { path });
  await client.call('rotateWebhookSecret', { path });
  await client.call('deleteWebhookEndpoint', { path: { endpoint_id: copy.id } });
  await client.call('updateWebhookEndpoint', { path, body: goldenBody('update_webhook_all') });
  await client.call('deleteWebhookEndpoint', { path });
  await receiver.close();
}

export async function workflows(client) {
  await client.call('listVerificationPolicies');
  await client.call('listWorkflows', { query: { limit: 2 } });
  const made = await client.call('createWorkflow', { body: { name: 'Night desk', steps: [{ policy: 'document_ocr' }, { policy: 'face_match' }], description: null, data_requirements: { selfie: true } } });
  const path = { workflow_id: made.id };
  await client.call('createWorkflow', { body: { name: 'No steps' }, want: 422 });
  await client.call('getWorkflow', { path });
  await client.call('updateWorkflow', { path, body: { name: 'Night desk 2', rollout_percentage: 100 } });
  await client.call('updateWorkflow', { path, body: goldenBody('update_workflow_all') });
  await client.call('updateWorkflow', { path, body: { rollout_percentage: 101 }, want: 422 });
  await client.call('listWorkflowVersions', { path });
  await client.call('setDefaultWorkflow', { path });
  await client.call('deactivateWorkflow', { path, want: 409 });
  await client.call('setDefaultWorkflow', { path: { workflow_id: 'workflow_default_kyc' } });
  const session = await createOutcome(client, 'decline');
  await client.call('triggerWorkflow', { path, body: session });
  await client.call('triggerWorkflow', { path, body: session, want: 409 });
  await client.call('triggerWorkflow', { path, body: {}, want: 422 });
  await client.call('deactivateWorkflow', { path });
}

export async function identities(client) {
  await createOutcome(client, 'approve', { external_ref: 'person-1' });
  const person = await client.call('getIdentity', { path: { identity_id: 'person-1' } });
  assert.equal(person.status, 'verified');
  const path = { identity_id: person.id };
  const stub = await client.call('createIdentity', { body: { external_ref: 'person-2' }, want: 201 });
  await client.call('createIdentity', { body: { external_ref: 'person-2' }, want: 409 });
  await client.call('createIdentity', { body: { external_ref: 'person-2', upsert: true }, want: 200 });
  await client.call('createIdentity', { body: {}, want: 422 });
  await client.call('listIdentities', { query: { limit: 1, status: 'verified' } });
  const first = await client.call('listIdentities', { query: { 'page[size]': 1 } });
  await client.call('listIdentities', { query: { 'page[size]': 1, 'page[after]': first.pagination.next_cursor } });
  await client.call('listIdentities', { query: { 'page[after]': 'nowhere' }, want: 422 });
  await client.call('searchIdentities', { body: { q: 'person' } });
  await client.call('updateIdentity', { path, body: { first_name: 'Jane', phone: '+14155550100' } });
  await client.call('updateIdentity', { path, body: goldenBody('update_identity_all') });
  await client.call('updateIdentity', { path, body: { phone: 5 }, want: 422 });
  await client.call('setIdentityCustomFields', { path, body: { custom_fields: { room: '12' } } });
  await client.call('setIdentityCustomFields', { path, body: {}, want: 422 });
  await client.call('listIdentitySessions', { path });
  await client.call('listIdentityChecks', { path });
  await client.call('addIdentityTag', { path, body: { tag: 'vip' } });
  await client.call('removeIdentityTag', { path, body: { tag: 'vip' } });
  await client.call('setIdentityTags', { path, body: { tags: ['a'] } });
  await client.call('exportIdentity', { path });
  await client.call('archiveIdentity', { path });
  await client.call('restoreIdentity', { path });
  const body = { primary_id: person.id, secondary_id: stub.id };
  await client.call('previewMerge', { body });
  await client.call('mergeIdentities', { body });
  await client.call('mergeIdentities', { body: {}, want: 422 });
  await client.call('redactIdentity', { path });
  await client.call('getIdentity', { path });
  const type = await client.call('createIdentityType', { body: { name: 'guest', label: 'Guest', statuses: ['new', 'known'], default_status: 'new' } });
  await client.call('createIdentityType', { body: { name: 'guest', label: 'Guest' }, want: 409 });
  await client.call('listIdentityTypes');
  await client.call('getIdentityType', { path: { type_id: type.id } });
  await client.call('updateIdentityType', { path: { type_id: type.id }, body: goldenBody('update_identity_type_all') });
  await client.call('updateIdentityType', { path: { type_id: type.id }, body: { label: 1 }, want: 422 });
}

const reviewer_id = 'orguser_frontdesk';

async function openCase(client) {
  const { session_id } = await createOutcome(client, 'require-review');
  const { case_id } = await client.call('getSession', { path: { session_id } });
  return { case_id };
}

export async function cases(client) {
  const path = await openCase(client);
  await client.call('listCases', { query: { status: 'open' } });
  await client.call('searchCases', { body: { status: 'open' } });
  await client.call('getCaseCounts');
  await client.call('getCase', { path });
  await client.call('updateCase', { path, body: { priority: 'high', tags: ['night'], metadata: { shift: 2 } } });
  await client.call('updateCase', { path, body: { priority: 'now' }, want: 422 });
  await client.call('claimCase', { path, body: { reviewer_id } });
  await client.call('claimCase', { path, body: {}, want: 422 });
  await client.call('addCaseNote', { path, body: { content: 'Looks fine.' } });
  await client.call('listCaseNotes', { path });
  await client.call('updateCasePii', { path, body: { extracted_data: { first_name: 'Janet' } } });
  await client.call('releaseCase', { path });
  await client.call('assignCase', { path, body: { reviewer_id } });
  await client.call('approveCase', { path, body: { reviewer_id, notes: 'ok' } });
  await client.call('approveCase', { path, body: { reviewer_id }, want: 409 });
  const watched = await client.call('getSession', { path: await createPreset(client, 'review_watchlist') });
  await client.call('claimCase', { path: watched, body: { reviewer_id } });
  await client.call('overrideCheck', { path: watched, body: { check: 'watchlist_screening', reason: 'Another person of that name.' } });
  const second = await openCase(client);
  await client.call('rejectCase', { path: second, body: { reviewer_id, rejection_reason: 'No.', rejection_reason_code: 'manual_rejection', add_to_blocklist: true } });
  await client.call('getCase', { path: second });
  const third = await openCase(client);
  await client.call('escalateCase', { path: third, body: { reason: 'Unsure.' } });
  await openCase(client);
  await client.call('claimNextCase', {});
  const waiting = await createPreset(client);
  await client.call('createCase', { body: waiting });
  await client.call('createCase', { body: waiting, want: 409 });
  for (let count = 0; count < 3; count += 1) await client.call('createDemoCase');
  await client.call('createDemoCase', { want: 409 });
  await client.call('getCaseCounts');
}

export async function checks(client) {
  const person = { external_ref: 'checked', name_first: 'Jane', name_last: 'Doe', birthdate: '1997-06-15', country_code: 'US' };
  for (const [check_type, more] of [['sanction', person], ['pep', person], ['email_risk', { email: 'jane.doe@example.com' }], ['phone_risk', { phone: '+14155550100' }], ['ip_risk', { ip_address: '203.0.113.7' }]]) {
    await client.call('createCheck', { body: { external_ref: 'checked', check_type, ...more } });
  }
  await client.call('createCheck', { body: { check_type: 'sanction', external_ref: 'checked' }, want: 422 });
  const { data } = await client.call('createFullCheck', { body: { ...person, check_types: ['sanction', 'email_risk'], email: 'jane.doe@example.com', enable_monitoring: true } });
  const path = { check_id: data[0].id };
  await client.call('createFullCheck', { body: {}, want: 422 });
  await client.call('listChecks', { query: { limit: 2 } });
  await client.call('getCheck', { path });
  await client.call('dismissHits', { path, body: { reason: 'Another person.' } });
  await client.call('rerunCheck', { path });
  await client.call('addCheckTag', { path, body: { tag: 'night' } });
  await client.call('setCheckTags', { path, body: { tags: ['day'] } });
  await client.call('removeCheckTag', { path: { ...path, tag: 'day' } });
  await client.call('redactCheck', { path });
  await client.call('getCheck', { path });
  await client.call('listSessionChecks', { path: await createOutcome(client, 'require-review') });
}

export async function lists(client) {
  const made = await client.call('createList', { body: { name: 'Blocked e-mail', list_type: 'email', match_mode: 'block' } });
  const path = { list_id: made.id };
  await client.call('createList', { body: { name: 'x', list_type: 'smell' }, want: 422 });
  await client.call('listLists');
  await client.call('getList', { path });
  await client.call('updateList', { path, body: { description: 'of the night desk', match_mode: 'flag' } });
  const item = await client.call('addListItem', { path, body: { value: { email: 'mallory@example.com' }, notes: 'twice' } });
  await client.call('addListItem', { path, body: { value: {} }, want: 422 });
  await client.call('addListItems', { path, body: { items: [{ value: { email: 'eve@example.com' } }] } });
  await client.call('listListItems', { path });
  await client.call('getListItem', { path: { ...path, item_id: item.id } });
  const found = await client.call('checkLists', { body: { list_type: 'email', value: { email: 'MALLORY@example.com' } } });
  assert.equal(found.matched, true);
  const workflow = await client.call('createWorkflow', { body: { name: 'With lists', steps: [{ policy: 'document_ocr' }, { policy: 'check_against_list' }] } });
  const { session_id } = await createOutcome(client, 'approve', { workflow_id: workflow.id, fields: { email: 'mallory@example.com' } });
  const { data } = await client.call('listListMatches', { path: { session_id } });
  const match = data.find((one) => one.list_id === made.id); /* the blocklist of the cases may match too */
  await client.call('markFalsePositive', { path: { session_id, match_id: match.id } });
  await client.call('deleteListItem', { path: { ...path, item_id: item.id } });
  await client.call('deactivateWorkflow', { path: { workflow_id: workflow.id } });
  await client.call('archiveList', { path });
}

export async function documents(client) {
  const made = await client.call('uploadDocument', { body: form({ file: picture, document_type: 'passport', original_filename: 'passport.png' }) });
  const path = { document_id: made.id };
  await client.call('uploadDocument', { body: form({ file: picture }), want: 422 });
  await client.call('listDocuments', { query: { limit: 1 } });
  await client.call('getDocument', { path });
  await client.call('updateDocument', { path, body: { classification: 'identity', metadata: { drawer: 4 } } });
  await client.call('updateDocument', { path, body: { status: 'lost' }, want: 422 });
  await client.call('classifyDocument', { path });
  await client.call('extractDocument', { path });
  await client.call('listExtractions', { path });
  await client.call('listDocumentChecks', { path });
  await client.call('downloadDocument', { path });
  await client.call('previewDocument', { path });
  await client.call('redactDocument', { path });
  await client.call('getDocument', { path });
  await client.call('downloadDocument', { path, want: 410 });
}

export async function account(client) {
  const made = await client.call('createApiKey', { body: { label: 'night desk', environment: 'sandbox', scopes: ['sessions:read'], expires_at: '2099-01-01T00:00:00Z' } });
  const path = { key_id: made.id };
  await client.call('createApiKey', { body: goldenBody('create_api_key_scopes') });
  await client.call('createApiKey', { body: { environment: 'moon' }, want: 422 });
  await client.call('listApiKeys');
  await client.call('getApiKey', { path });
  await client.call('updateApiKey', { path, body: { note: 'for the night', allowed_ips: ['127.0.0.1'] } });
  const copy = await client.call('cloneApiKey', { path });
  await client.call('expireApiKey', { path: { key_id: copy.id } });
  await client.call('listSessions', { key: copy.secret, want: 401 });
  await client.call('getRateLimits');
  const { data } = await client.call('listEvents', { query: { limit: 5, resource_type: 'api_key' } });
  await client.call('getEvent', { path: { event_id: data[0].id } });
  await client.call('listEvents', { query: { limit: 101 }, want: 422 });
}

export async function sandboxTools(client) {
  const clock = await client.call('getClock');
  await client.call('setClock', { body: { advance_seconds: 60 } });
  await client.call('setClock', { body: { now: clock.now, scale: 1 }, want: 422 });
  await client.call('setClock', { body: { scale: 0 }, want: 422 });
  await client.call('addFault', { body: { kind: 'status', status: 503, method: 'GET', path: '/api/v1/events', nth: 1, times: 1 } });
  await client.call('addFault', { body: { kind: 'fire' }, want: 422 });
  const fault = await client.call('addFault', { body: { kind: 'truncate', path: '/none' } });
  await client.call('removeFault', { path: { fault_id: fault.id } });
  await client.call('removeFault', { path: { fault_id: fault.id }, want: 404 });
  await client.call('listFaults');
  await client.call('listEvents', { want: 503 });
  await client.call('clearFaults');
  await client.call('createSession', { body: { send_email: true, applicant_email: 'jane.doe@example.com' } });
  const { data } = await client.call('listOutbox', { query: { limit: 1 } });
  await client.call('getMail', { path: { mail_id: data[0].id } });
  await client.call('deleteMail', { path: { mail_id: data[0].id } });
  await client.call('getMail', { path: { mail_id: data[0].id }, want: 404 });
  await client.call('clearOutbox');
  const settings = await client.call('getSettings');
  await client.call('updateSettings', { body: { image_url_expiry_seconds: settings.image_url_expiry_seconds } });
  await client.call('updateSettings', { body: { data_retention_days: -1 }, want: 422 });
  await client.call('listScenarios');
  const hasNetwork = Object.values(networkInterfaces()).flat().some((one) => one.family === 'IPv4' && !one.internal);
  await client.call('openLan', { body: { minutes: 0 }, want: 422 });
  await client.call('openLan', { body: { minutes: 2 }, want: hasNetwork ? 200 : 409 });
  await client.call('getLan');
  await client.call('closeLan');
  await client.call('seedSandbox', { body: { sessions: 3 } });
  await client.call('getOpenApi');
  await client.call('getDocs');
  await client.call('getDocsAsset', { path: { name: 'docs.js' } });
  await client.call('resetSandbox');
  assert.equal((await client.call('listSessions')).data.length, 0);
}
