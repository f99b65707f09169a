// SPDX-License-Identifier: GPL-3.0-or-later
// One of everything in a sandbox, and with it a good request for each operation: what is wrong with a hostile one is then the one
// thing that was made wrong.
import assert from 'node:assert/strict';

import { drawPicture, form } from './sandbox.mjs';
import { startReceiver } from './walk-rest.mjs';
import { createOutcome, createPreset } from './walk-sessions.mjs';

const reviewer_id = 'orguser_frontdesk';
export const picture = drawPicture();

const tokenOf = (session) => new URL(session.capture_url).pathname.split('/').pop();

/** A session whose applicant has consented, has said what is shown, and has shown the front. */
async function startCapture(client, body = {}) {
  const session = await client.call('createSession', { body: { workflow_id: 'workflow_full', ...body } });
  const path = { token: tokenOf(session) };
  await client.call('giveConsent', { path, body: { consent: true } });
  await client.call('chooseDocumentType', { path, body: { document_type: 'drivers_license' } });
  await client.call('captureDocument', { path, body: form({ file: picture, side: 'front' }) });
  return { session_id: session.id, ...path };
}

async function openCase(client) {
  const path = await createOutcome(client, 'require-review');
  const { case_id } = await client.call('getSession', { path });
  return { ...path, case_id };
}

async function setUpWebhook(client) {
  const receiver = await startReceiver();
  const { id: endpoint_id } = await client.call('createWebhookEndpoint', { body: { url: receiver.url, enabled_events: ['session.created'] } });
  await client.call('createSession');
  await receiver.next();
  let delivery;
  while (delivery?.status !== 'succeeded') [delivery] = (await client.call('listDeliveries', { path: { endpoint_id } })).data;
  await client.call('updateWebhookEndpoint', { path: { endpoint_id }, body: { enabled_events: ['identity.flagged'] } });
  await receiver.close();
  return { endpoint_id, delivery_id: delivery.id };
}

async function setUpList(client) {
  const { id: list_id } = await client.call('createList', { body: { name: 'Blocked', list_type: 'email' } });
  const { id: item_id } = await client.call('addListItem', { path: { list_id }, body: { value: { email: 'mallory@example.com' } } });
  const steps = [{ policy: 'document_ocr' }, { policy: 'check_against_list' }];
  const { id: workflow_id } = await client.call('createWorkflow', { body: { name: 'With lists', steps } });
  const { session_id } = await createOutcome(client, 'approve', { workflow_id, fields: { email: 'mallory@example.com' } });
  const { data } = await client.call('listListMatches', { path: { session_id } });
  return { list_id, item_id, workflow_id, matched: { session_id, match_id: data[0].id } };
}

async function setUpCheck(client) {
  const { id: check_id } = await client.call('createCheck', { body: { check_type: 'email_risk', external_ref: 'checked', email: 'jane.doe@example.com' } });
  await client.call('addCheckTag', { path: { check_id }, body: { tag: 'vip' } });
  return { check_id };
}

/** Sets everything up: {params, own}, the parameters of any path, and those that an operation has of its own. */
async function setUpObjects(client) {
  const capture = await startCapture(client);
  const { list_id, item_id, workflow_id, matched } = await setUpList(client);
  const approved = await createOutcome(client, 'approve', { external_ref: 'person-1' });
  const { id: secondary_id } = await client.call('createIdentity', { body: { external_ref: 'person-2' }, want: 201 });
  const { id: identity_id } = await client.call('getIdentity', { path: { identity_id: 'person-1' } });
  const mailed = await client.call('createSession', { body: { external_ref: 'mailed', send_email: true, applicant_email: 'jane.doe@example.com' } });
  const params = {
    ...capture,
    ...await setUpWebhook(client),
    ...await setUpCheck(client),
    list_id, item_id, workflow_id, identity_id, reviewer_id,
    case_id: (await openCase(client)).case_id,
    primary_id: identity_id,
    secondary_id,
    type_id: (await client.call('createIdentityType', { body: { name: 'guest', label: 'Guest' } })).id,
    document_id: (await client.call('uploadDocument', { body: form({ file: picture, document_type: 'passport' }) })).id,
    key_id: (await client.call('createApiKey', { body: { label: 'night desk', environment: 'sandbox' } })).id,
    mail_id: (await client.call('listOutbox')).data[0].id,
    fault_id: (await client.call('addFault', { body: { kind: 'truncate', path: '/none' } })).id,
    event_id: (await client.call('listEvents')).data[0].id,
    doc_type: 'id_front', policy: 'face_match', tag: 'vip', name: 'main.js',
  };
  const own = {
    resendInvite: { session_id: mailed.id },
    markFalsePositive: matched,
    getDocsAsset: { name: 'docs.js' },
    resumeWorkflowRun: approved,
  };
  return { params, own };
}

/** Things that are over: what is wrong with a request's members is said before that (verifa-api.md 8.2). */
async function setUpSpent(client) {
  const decided = await openCase(client);
  await client.call('approveCase', { path: decided, body: { reviewer_id } });
  const redacted = await createOutcome(client, 'approve', { external_ref: 'person-3' });
  await client.call('redactSession', { path: redacted });
  const { id: identity_id } = await client.call('getIdentity', { path: { identity_id: 'person-3' } });
  await client.call('redactIdentity', { path: { identity_id } });
  const { id: list_id } = await client.call('createList', { body: { name: 'Of old', list_type: 'email' } });
  await client.call('archiveList', { path: { list_id } });
  const { id: document_id } = await client.call('uploadDocument', { body: form({ file: picture, document_type: 'passport' }) });
  await client.call('redactDocument', { path: { document_id } });
  const { check_id } = await setUpCheck(client);
  await client.call('redactCheck', { path: { check_id } });
  const { id: key_id } = await client.call('createApiKey', { body: { environment: 'sandbox' } });
  await client.call('expireApiKey', { path: { key_id } });
  const token = tokenOf(await client.call('createSession', { body: { workflow_id: 'workflow_full' } }));
  return { ...redacted, case_id: decided.case_id, identity_id, list_id, document_id, check_id, key_id, token };
}

/* Where an operation can be done once only, or not with just anything: what it is done with each time. */
const FRESH = {
  approveCase: openCase,
  rejectCase: openCase,
  escalateCase: openCase,
  overrideCheck: async (client) => {
    const watched = await createPreset(client, 'review_watchlist');
    return { case_id: (await client.call('getSession', { path: watched })).case_id };
  },
  giveConsent: async (client) => ({ token: tokenOf(await client.call('createSession')) }),
};

/* What a member that cannot be anything has to be, so that the request is good. */
const members = {
  steps: [{ policy: 'document_ocr' }],
  extracted_data: { first_name: 'Jane' },
  custom_fields: { room: '12' },
  value: { email: 'eve@example.com' },
  signals: { devtools_open: true },
  url: 'http://127.0.0.1:9/hook',
  phone: '+14155550100',
  ip_address: '203.0.113.7',
  session_ids: ['session_none'],
};
const bodies = {
  createCheck: { check_type: 'email_risk', external_ref: 'checked', email: 'jane.doe@example.com' },
  createFullCheck: { external_ref: 'checked', check_types: ['email_risk'], email: 'jane.doe@example.com' },
  checkLists: { list_type: 'email', value: members.value },
  overrideCheck: { check: 'watchlist_screening', reason: 'Another person of that name.' },
  uploadDocument: { document_type: 'passport' },
  uploadSessionDocument: { document_type: 'proof_of_address', poa_document_type: 'utility_bill' },
  captureFields: {
    first_name: 'Jane', last_name: 'Doe', email: 'jane.doe@example.com', phone: '+14155550100', date_of_birth: '1997-06-15',
    address: { line1: '123 Main St', city: 'San Francisco', state: 'CA', zip: '94105' },
  },
  captureProofOfAddress: { poa_document_type: 'utility_bill' },
  addFault: { kind: 'status', status: 503, path: '/none' },
  updateIdentityType: { default_status: null },
  setClock: { advance_seconds: 0 },
};

const texts = { uri: 'https://hotel.example/done', date: '1997-06-15', 'date-time': '2099-01-01T00:00:00Z', email: 'jane.doe@example.com' };

/** A value that a schema accepts. */
export function sample(description, pointer, name = '', params = {}) {
  const { pointer: where, node } = description.at(pointer);
  if (node.oneOf) return sample(description, `${where}/oneOf/0`, name, params);
  const type = [node.type].flat()[0];
  if (params[name] !== undefined && type === 'string') return params[name];
  if (name in members) return members[name];
  if (node.const !== undefined) return node.const;
  if (node.enum) return node.enum[0];
  if (type === 'object') return sampleObject(description, where, params);
  if (type === 'array') return [sample(description, `${where}/items`, name, params)];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return Math.max(node.minimum ?? 1, 1);
  return texts[node.format] ?? (node.pattern?.includes('{2}') ? 'US' : 'other');
}

/** An object with the members a schema asks for, and no other. */
function sampleObject(description, pointer, params) {
  const { node } = description.at(pointer);
  return Object.fromEntries((node.required ?? []).map((name) => [name, sample(description, `${pointer}/properties/${name}`, name, params)]));
}

export class Targets {
  static async create(client) {
    const self = new Targets();
    self.client = client;
    self.description = client.description;
    Object.assign(self, await setUpObjects(client));
    self.spent = await setUpSpent(client);
    return self;
  }

  pathOf(operation, more = {}) {
    const params = { ...this.params, ...this.own[operation.id], ...more };
    return operation.path.replace(/\{(\w+)\}/g, (_, name) => params[name] ?? encodeURIComponent(`${name}_none`));
  }

  newType() {
    this.types = (this.types ?? 0) + 1;
    return { name: `guest-${this.types}`, label: 'Guest' };
  }

  /** Parameters with which the operation can be done now. */
  freshFor(operation) {
    return FRESH[operation.id]?.(this.client) ?? {};
  }

  /** A body that the operation takes: an object, for a form without its file. */
  bodyOf(operation) {
    const { description } = this;
    if (!operation.bodyType) return undefined;
    if (bodies[operation.id]) return { ...bodies[operation.id] };
    if (operation.id === 'createIdentityType') return this.newType();
    const body = sample(description, operation.bodySchema, '', this.params);
    delete body.file;
    return body;
  }
}
