// SPDX-License-Identifier: GPL-3.0-or-later
// The calls of the applicant's side: /verify/{token}/… as in section 4 of the API's contract.
// Nothing is tried again in here: who failed says so, and the screen decides.

import { base, DEADLINE_MS, request, takeFirst } from './early.js';

const UPLOAD_DEADLINE_MS = 180000;

/**
 * What came back instead of an answer. status is 0 when nothing did. detail and errors are in the
 * applicant's language; place says where to go: {organization, desk}, if the refusal tells.
 */
export class Failure extends Error {
  constructor(status, code, detail, errors, place = {}) {
    super(detail || code || 'no answer');
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.errors = errors;
    this.place = place;
  }
}

/* In the applicant's language; the words for that are loaded when they are wanted. */
async function failureOf(path, status, text) {
  let body = {};
  try {
    body = JSON.parse(text) ?? {};
  } catch {
    // Not ours: a proxy's page. Its status says enough.
  }
  const said = typeof body.detail === 'string' ? body.detail : '';
  const told = Array.isArray(body.errors) ? body.errors : [];
  const words = await import('./problems.js').catch(() => null);
  const { detail, errors } = words?.explain(path, status, said, told) ?? { detail: said, errors: told };
  const place = { organization: body.organization?.name, desk: body.desk };
  return new Failure(status, String(body.error ?? ''), detail, errors, place);
}

// The server's clock may run faster than ours, or stand elsewhere: "<time>; scale=F".
export const clock = { now: () => Date.now(), scale: 1 };

function feedClock(header) {
  const match = /^(\S+); scale=([\d.]+)$/.exec(header ?? '');
  const time = match ? Date.parse(match[1]) : NaN;
  if (Number.isNaN(time)) return;
  const seen = performance.now();
  clock.scale = Number(match[2]) || 1;
  clock.now = () => time + (performance.now() - seen) * clock.scale;
}

async function call(method, path, body, underWay = null) {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), DEADLINE_MS);
  let response;
  let text;
  try {
    response = await (underWay ?? request(method, path, body, deadline.signal));
    text = await response.text();
  } catch {
    throw new Failure(0, 'offline', '', []);
  } finally {
    clearTimeout(timer);
  }
  feedClock(response.headers.get('X-Sandbox-Time'));
  if (!response.ok) throw await failureOf(path, response.status, text);
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(502, 'reply', '', []);
  }
}

/** The state of the visit. Asking for it is the visit. */
export const load = () => call('GET', '', undefined, takeFirst());
/** Asks for three challenges and their nonce. */
export const challenges = () => call('GET', '/liveness');
/** Sends one step as JSON. */
export const send = (path, body) => call('POST', path, body);

/** Sends a file with its form fields; onprogress gets 0 to 1. (fetch cannot tell how far it is.) */
export function upload(path, file, fields, onprogress) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file, 'picture');

  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    const offline = () => reject(new Failure(0, 'offline', '', []));
    sending.open('POST', base + path);
    sending.setRequestHeader('Accept', 'application/json');
    sending.timeout = UPLOAD_DEADLINE_MS;
    sending.upload.onprogress = (event) => event.lengthComputable && onprogress(event.loaded / event.total);
    sending.onerror = offline;
    sending.ontimeout = offline;
    sending.onabort = offline;
    sending.onload = () => {
      feedClock(sending.getResponseHeader('X-Sandbox-Time'));
      if (sending.status >= 200 && sending.status < 300) resolve();
      else failureOf(path, sending.status, sending.responseText).then(reject);
    };
    sending.send(form);
  });
}
