// SPDX-License-Identifier: GPL-3.0-or-later
// The calls of the applicant's side: /verify/{token}/… as in section 4 of the API's contract.
// Nothing is tried again in here: who failed says so, and the screen decides.

import { explain } from './problems.js';

const base = location.pathname.replace(/\/+$/, '');
const DEADLINE_MS = 30000;
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

function failureOf(path, status, text) {
  let body = {};
  try {
    body = JSON.parse(text) ?? {};
  } catch {
    // Not ours: a proxy's page. Its status says enough.
  }
  const said = typeof body.detail === 'string' ? body.detail : '';
  const { detail, errors } = explain(path, status, said, Array.isArray(body.errors) ? body.errors : []);
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

async function call(method, path, body) {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), DEADLINE_MS);
  let response;
  let text;
  try {
    response = await fetch(base + path, {
      method,
      headers: body ? { Accept: 'application/json', 'Content-Type': 'application/json' } : { Accept: 'application/json' },
      body: body ? JSON.stringify(body) : undefined,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: deadline.signal,
    });
    text = await response.text();
  } catch {
    throw new Failure(0, 'offline', '', []);
  } finally {
    clearTimeout(timer);
  }
  feedClock(response.headers.get('X-Sandbox-Time'));
  if (!response.ok) throw failureOf(path, response.status, text);
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(502, 'reply', '', []);
  }
}

/** The state of the visit. Asking for it is the visit. */
export const load = () => call('GET', '');
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
    const request = new XMLHttpRequest();
    const offline = () => reject(new Failure(0, 'offline', '', []));
    request.open('POST', base + path);
    request.setRequestHeader('Accept', 'application/json');
    request.timeout = UPLOAD_DEADLINE_MS;
    request.upload.onprogress = (event) => event.lengthComputable && onprogress(event.loaded / event.total);
    request.onerror = offline;
    request.ontimeout = offline;
    request.onabort = offline;
    request.onload = () => {
      feedClock(request.getResponseHeader('X-Sandbox-Time'));
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(failureOf(path, request.status, request.responseText));
    };
    request.send(form);
  });
}
