// SPDX-License-Identifier: GPL-3.0-or-later
// What was typed or chosen and not sent yet. It outlives a reload, in this tab only, and is forgotten
// once it was sent or the visit is over. Another session's link in the same tab never sees it.

import { app } from './walk.js';

const KEPT = 'verifa-draft';

let session = null;
let draft = {};
let sent = {};

function store() {
  try {
    if (Object.keys(draft).length === 0) sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, JSON.stringify({ session, draft }));
  } catch {
    // Storage is off or full: it is kept in memory all the same.
  }
}

/* Finds again what belongs to the session. */
function open() {
  const id = app.state.session_id;
  if (session === id) return;
  session = id;
  draft = {};
  sent = {};
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}');
    if (kept.session === id && typeof kept.draft === 'object') draft = kept.draft ?? {};
  } catch {
    // Not ours, or no storage.
  }
  store();
}

/** What is kept under that name: an object, empty at first. */
export function getDraft(name) {
  open();
  return draft[name] ?? sent[name] ?? {};
}

/** Keeps one more value under a name. */
export function putDraft(name, key, value) {
  draft[name] = { ...getDraft(name), [key]: value };
  store();
}

/** It was sent: out of the browser's storage; this page shows it again when it is to be changed. */
export function dropDraft(name) {
  open();
  sent[name] = getDraft(name);
  delete draft[name];
  store();
}

/** The visit is over. */
export function dropDrafts() {
  draft = {};
  sent = {};
  store();
}
