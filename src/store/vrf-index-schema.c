/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-store"

#include "config.h"

#include "store/vrf-index-private.h"

/*
 * sessions: one row each, in the order of n. Words that are counted or sorted are kept as numbers;
 * the word itself only where the number does not tell it. folded is the reference for searching,
 * where it differs. sessions_order is n alone: far pages are found by it. totals says how many
 * sessions have a value, so that no view has to be counted.
 *
 * session_search has the parts of references, three characters each; two signs at the end make each
 * part of one or two characters the beginning of three.
 */
#define STEP_1                                                                                     \
  "CREATE TABLE sessions (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, tail TEXT NOT NULL,"     \
  " external_ref TEXT, folded TEXT, ref_key TEXT,"                                                 \
  " status INTEGER NOT NULL, status_text TEXT, result INTEGER, result_text TEXT,"                  \
  " risk INTEGER, risk_text TEXT, workflow_id TEXT, retention_status TEXT, tags TEXT,"             \
  " created_at INTEGER, updated_at INTEGER, expires_at INTEGER, finished_at INTEGER,"              \
  " seen INTEGER NOT NULL, attention INTEGER NOT NULL, ended_at INTEGER, open_until INTEGER);"     \
  "CREATE INDEX sessions_order ON sessions (n);"                                                   \
  "CREATE INDEX sessions_by_tail ON sessions (tail);"                                              \
  "CREATE INDEX sessions_by_status ON sessions (status);"                                          \
  "CREATE INDEX sessions_by_result ON sessions (result);"                                          \
  "CREATE INDEX sessions_by_risk ON sessions (risk);"                                              \
  "CREATE INDEX sessions_by_ref ON sessions (ref_key, n DESC);"                                    \
  "CREATE INDEX sessions_by_workflow ON sessions (workflow_id);"                                   \
  "CREATE INDEX sessions_by_attention ON sessions (attention, ended_at) WHERE attention > 0;"      \
  "CREATE INDEX sessions_by_end ON sessions (open_until, n DESC) WHERE open_until IS NOT NULL;"    \
  "CREATE TABLE session_tags (tag TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (tag, n))"        \
  " WITHOUT ROWID;"                                                                                \
  "CREATE TABLE totals (facet INTEGER NOT NULL, value NOT NULL, total INTEGER NOT NULL,"           \
  " PRIMARY KEY (facet, value)) WITHOUT ROWID;"                                                    \
  "CREATE TABLE workflows (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;"                \
  "CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"              \
  "CREATE VIRTUAL TABLE session_search USING fts5 (ref, content = '',"                             \
  " tokenize = 'trigram case_sensitive 1', detail = 'none');"                                      \
  "CREATE VIRTUAL TABLE session_parts USING fts5vocab (session_search, instance);"

const char *const vrf_index_migrations[] = { STEP_1, NULL };
