// SPDX-License-Identifier: GPL-3.0-or-later
// Begins: waits for the state and the language's table, which are under way, then walks.

import { load } from './api.js';
import { preferred } from './early.js';
import { clearHeader, makeHeader } from './header.js';
import { loadAhead } from './parts.js';
import { t, use } from './texts.js';
import { app, begin } from './walk.js';

async function start() {
  const loading = load();
  loading.catch(() => {});
  try {
    await use(preferred);
  } catch {
    location.reload();
    return;
  }
  document.getElementById('loading').textContent = t('loading');
  makeHeader();
  clearHeader();
  await begin(loading);
  loadAhead(app.state?.steps ?? []);
}

start();
