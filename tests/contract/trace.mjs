// SPDX-License-Identifier: GPL-3.0-or-later
// What a sandbox's database keeps of a request.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/* All that a refused request may leave behind; and the answer that is kept for the Idempotency-Key it came with, if it came with one. */
const ALLOWED = {
  'api_keys.last_used_at': 'when a key was last good for a request, whatever became of it; at most once a minute',
};

/** Watches a database file; changes() says what is not as it was at its last call. */
export function watch(database) {
  const script = fileURLToPath(new URL('database-rows.py', import.meta.url));
  const child = spawn('python3', [script, database, path.join(path.dirname(database), 'copy.db'), ...Object.keys(ALLOWED)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = [];
  createInterface(child.stdout).on('line', (line) => waiting.shift().resolve(JSON.parse(line)));
  child.on('exit', () => waiting.forEach(({ reject }) => reject(new Error('the database could not be read'))));
  return {
    changes: () => new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin.write('?\n');
    }),
    stop: () => new Promise((resolve) => {
      child.once('exit', resolve);
      child.stdin.end();
    }),
  };
}
