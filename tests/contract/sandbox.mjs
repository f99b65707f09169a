// SPDX-License-Identifier: GPL-3.0-or-later
// A verifa-sandbox, and a client that judges everything it is answered.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { createInterface } from 'node:readline';
import * as zlib from 'node:zlib';

/** Starts the program on a database in memory: what its ready line says, and stop(). */
export async function startSandbox(program, ...options) {
  const child = spawn(program, ['--database', ':memory:', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
    createInterface(child.stdout).once('line', resolve);
  });
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  return {
    ...JSON.parse(line),
    stop: async () => {
      child.kill('SIGTERM');
      assert.equal(await ended, 0, 'the sandbox ends well');
    },
  };
}

/* zlib's own came with node 20.15 and 22.2. */
function crc32(bytes) {
  if (zlib.crc32) return zlib.crc32(bytes);
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A grey PNG. */
export function drawPicture(width = 800, height = 600) {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const size = Buffer.alloc(4);
    const sum = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  const rows = Buffer.alloc((width + 1) * height, 0x80);
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0;
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([magic, chunk('IHDR', head), chunk('IDAT', zlib.deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** Fields and files as multipart/form-data. */
export function form(fields) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (Buffer.isBuffer(value)) data.append(name, new Blob([value], { type: 'image/png' }), 'picture.png');
    else data.append(name, value);
  }
  return data;
}

/** Sends one request as it is: no header but those given, nothing followed. */
function send(url, { method, headers, body }) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, agent: false }, (reply) => {
      const chunks = [];
      reply.on('data', (chunk) => chunks.push(chunk));
      reply.on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, bytes: Buffer.concat(chunks) }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function encode(body) {
  if (body instanceof FormData) {
    const encoded = new Response(body);
    return { type: encoded.headers.get('content-type'), bytes: Buffer.from(await encoded.arrayBuffer()) };
  }
  return { type: 'application/json', bytes: Buffer.from(JSON.stringify(body)) };
}

/** The body that a golden file's request has. */
export const goldenBody = (name) => JSON.parse(readFileSync(new URL(`../data/api/${name}.json`, import.meta.url), 'utf8')).request.body;

/** Calls operations by their names in the description, and keeps a list of what was seen. */
export class Client {
  constructor(description, sandbox) {
    this.description = description;
    this.sandbox = sandbox;
    this.seen = new Map(); /* "getSession 200" → how often */
    this.renamed = 0;
  }

  /**
   * @id: the operation's; @path: values of the path's parameters
   * @key: another key, or null for none; @want: the status, by default the operation's first success
   */
  async call(id, { path = {}, query = {}, body, key = this.sandbox.sandbox_key, headers = {}, want } = {}) {
    const operation = this.description.named(id);
    const expected = want ?? operation.statuses[0];
    const wrong = expected < 300 && !(body instanceof FormData) ? operation.judgeBody(body) : '';
    assert.equal(wrong, '', `${id}: the request itself`);
    const reply = await this.send(operation, operation.method, { path, query, body, key, headers });
    assert.equal(reply.status, expected, `${id}: ${reply.bytes.toString().slice(0, 500)}`);
    return this.judge(operation, reply);
  }

  async send(operation, method, { path = {}, query = {}, body, key, headers = {} }) {
    const filled = operation.path.replace(/\{(\w+)\}/g, (_, name) => {
      assert.ok(path[name] !== undefined, `${operation.id} needs ${name}`);
      return encodeURIComponent(path[name]);
    });
    const url = new URL(filled, this.sandbox.api_url);
    Object.entries(query).forEach(([name, value]) => url.searchParams.append(name, value));
    const sent = body === undefined || Buffer.isBuffer(body) ? { bytes: body } : await encode(body);
    const reply = await send(url, {
      method: method.toUpperCase(),
      body: sent.bytes,
      headers: {
        ...(sent.type ? { 'Content-Type': sent.type } : {}),
        ...(sent.bytes ? { 'Content-Length': sent.bytes.length } : {}),
        ...(key && operation.needsKey ? { 'X-API-Key': key } : {}),
        ...headers,
      },
    });
    const type = reply.headers['content-type']?.split(';')[0];
    return { ...reply, type, json: type === 'application/json' ? JSON.parse(reply.bytes) : undefined };
  }

  judge(operation, reply) {
    const { status, type, json, headers } = reply;
    const name = `${operation.id} ${status}`;
    assert.equal(operation.judgeReply(status, type, json), '', `${name}: ${JSON.stringify(json)?.slice(0, 2000)}`);
    assert.match(headers['x-sandbox-time'], /^\d{4}-\d\d-\d\dT[\d:.]+Z; scale=/);
    if (json && operation.path !== '/openapi.json') {
      const { count, passed } = this.description.renameAll(operation.replySchema(status), json);
      assert.deepEqual(passed, [], `${name}: renamed, and nobody noticed`);
      assert.ok(count > 0, name);
      this.renamed += count;
    }
    this.seen.set(name, (this.seen.get(name) ?? 0) + 1);
    return json ?? reply;
  }
}
