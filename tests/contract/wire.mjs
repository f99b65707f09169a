// SPDX-License-Identifier: GPL-3.0-or-later
// Requests as bytes: nothing is mended, escaped or added on the way, as an HTTP library would.
import net from 'node:net';

const PATIENCE_MS = 20000;
const BLANK = Buffer.from('\r\n\r\n');

/** An answer taken apart: {status, headers, bytes}; undefined while it is not whole. */
function parseReply(bytes) {
  const end = bytes.indexOf(BLANK);
  if (end < 0) return undefined;
  const [first, ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3}) /.exec(first)?.[1]);
  const headers = Object.fromEntries(lines.map((line) => {
    const at = line.indexOf(':');
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
  }));
  const body = bytes.subarray(end + BLANK.length);
  if (!status || headers['transfer-encoding']) throw new Error(`not one of our answers: ${first}`);
  return body.length < Number(headers['content-length'] ?? 0) ? undefined : { status, headers, bytes: body };
}

/** Sends bytes, as they are, and waits for the whole answer and the end of the connection, which it announces. */
export function exchange(port, pieces) {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const end = (task) => {
      socket.destroy();
      task();
    };
    const settle = () => {
      try {
        const reply = parseReply(received);
        if (reply) resolve(reply);
        else reject(new Error(received.length ? 'half an answer came' : 'closed without an answer'));
      } catch (error) {
        reject(error);
      }
    };
    socket.setTimeout(PATIENCE_MS, () => end(() => reject(new Error(received.length ? 'the connection stays open' : 'no answer came'))));
    socket.on('end', () => end(settle));
    socket.on('error', (error) => end(received.length ? settle : () => reject(error)));
    socket.on('data', (data) => { received = Buffer.concat([received, data]); });
    pieces.forEach((piece) => socket.write(piece));
  });
}

/** Sends half of something and goes away. */
export function abandon(port, pieces) {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1' });
    socket.on('close', resolve);
    socket.on('error', () => {});
    pieces.slice(0, -1).forEach((piece) => socket.write(piece));
    socket.end(pieces.at(-1));
    socket.resume();
  });
}

function chunk(bytes) {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n0\r\n\r\n')]);
}

/** The bytes of a request: {method, target, headers: [[name, value], …], body, chunked}. Text is sent as Latin-1. */
export function serialize({ method, target, headers, body, chunked }) {
  const length = chunked ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', body?.length];
  const lines = body ? [...headers, length] : headers;
  const head = `${method} ${target} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return [Buffer.from(head, 'latin1'), ...(body ? [chunked ? chunk(body) : body] : [])];
}

/** Runs a task for each item, so many at a time. */
export async function inParallel(items, count, task) {
  const queue = items[Symbol.iterator]();
  await Promise.all(Array.from({ length: count }, async () => {
    for (const item of queue) await task(item);
  }));
}
