// SPDX-License-Identifier: GPL-3.0-or-later
// Begins: asks for the state and for the language's table at the same time, then walks.

import { load } from './api.js';
import { clearHeader, makeHeader } from './header.js';
import { loadAhead } from './parts.js';
import { preferred, t, use } from './texts.js';
import { app, begin } from './walk.js';

async function start() {
  const loading = load();
  loading.catch(() => {});
  try {
    await use(preferred());
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
