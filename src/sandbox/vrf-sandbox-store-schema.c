/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-sandbox-store-private.h"

/*
 * The schema, in steps that are never edited once they were released. Rows belong to a session by
 * its number `n`: numbers only grow, so the tables beside it grow at their end.
 */

#define STEP_1                                                                                     \
  "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"                           \
  "CREATE TABLE sessions ("                                                                        \
  " n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, is_sandbox INTEGER NOT NULL,"                  \
  " status TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,"               \
  " external_ref TEXT, external_ref_folded TEXT, metadata TEXT NOT NULL, country TEXT,"            \
  " checks TEXT, workflow_id TEXT, redirect_url TEXT, fields TEXT NOT NULL,"                       \
  " tags TEXT NOT NULL, send_email INTEGER NOT NULL, applicant_email TEXT, applicant_name TEXT,"   \
  " email_display_name TEXT, support_url TEXT, invite_count INTEGER NOT NULL, token TEXT,"         \
  " token_expires_at INTEGER, document_type TEXT, document_country TEXT, document_state TEXT,"     \
  " retention TEXT NOT NULL, processing_attempts INTEGER NOT NULL, run_ends_at INTEGER,"           \
  " consent_ip TEXT, consent_at INTEGER, consent_version TEXT, case_id TEXT, case_status TEXT,"    \
  " result_status TEXT, risk_level TEXT);"                                                         \
  "CREATE INDEX sessions_by_time ON sessions"                                                      \
  " (is_sandbox, created_at, n, external_ref_folded, id);"                                         \
  "CREATE INDEX sessions_by_status ON sessions (is_sandbox, status, created_at, n);"               \
  "CREATE INDEX sessions_by_ref ON sessions (is_sandbox, external_ref, created_at, n)"             \
  " WHERE external_ref IS NOT NULL;"                                                               \
  "CREATE INDEX sessions_by_workflow ON sessions (is_sandbox, workflow_id, created_at, n);"        \
  "CREATE INDEX sessions_by_end ON sessions (token_expires_at)"                                    \
  " WHERE status IN ('pending', 'capturing');"                                                     \
  "CREATE INDEX sessions_by_run ON sessions (run_ends_at) WHERE status = 'processing';"            \
  "CREATE INDEX sessions_by_change ON sessions (updated_at);"                                      \
  "CREATE TABLE session_counts (is_sandbox INTEGER, status TEXT, total INTEGER,"                   \
  " PRIMARY KEY (is_sandbox, status)) WITHOUT ROWID;"                                              \
  "CREATE TRIGGER sessions_added AFTER INSERT ON sessions BEGIN"                                   \
  " INSERT INTO session_counts VALUES (NEW.is_sandbox, NEW.status, 1)"                             \
  " ON CONFLICT DO UPDATE SET total = total + 1; END;"                                             \
  "CREATE TRIGGER sessions_moved AFTER UPDATE OF status ON sessions"                               \
  " WHEN NEW.status <> OLD.status BEGIN"                                                           \
  " UPDATE session_counts SET total = total - 1"                                                   \
  " WHERE is_sandbox = OLD.is_sandbox AND status = OLD.status;"                                    \
  " INSERT INTO session_counts VALUES (NEW.is_sandbox, NEW.status, 1)"                             \
  " ON CONFLICT DO UPDATE SET total = total + 1; END;"                                             \
  "CREATE TRIGGER sessions_gone AFTER DELETE ON sessions BEGIN"                                    \
  " UPDATE session_counts SET total = total - 1"                                                   \
  " WHERE is_sandbox = OLD.is_sandbox AND status = OLD.status; END;"                               \
  "CREATE TABLE tokens (token TEXT PRIMARY KEY, session_n INTEGER NOT NULL"                        \
  " REFERENCES sessions (n) ON DELETE CASCADE, link_id TEXT, is_revoked INTEGER NOT NULL,"         \
  " expires_at INTEGER NOT NULL, visitor TEXT) WITHOUT ROWID;"                                     \
  "CREATE INDEX tokens_by_session ON tokens (session_n);"                                          \
  "CREATE TABLE links (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, session_n INTEGER NOT NULL" \
  " REFERENCES sessions (n) ON DELETE CASCADE, token TEXT NOT NULL, status TEXT NOT NULL,"         \
  " created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL);"                                    \
  "CREATE INDEX links_by_session ON links (session_n, n);"                                         \
  "CREATE INDEX links_by_end ON links (expires_at) WHERE status = 'active';"                       \
  "CREATE TABLE results (session_n INTEGER PRIMARY KEY"                                            \
  " REFERENCES sessions (n) ON DELETE CASCADE, status TEXT NOT NULL, created_at INTEGER NOT NULL," \
  " face_passed INTEGER NOT NULL, face_score REAL NOT NULL, age_passed INTEGER NOT NULL,"          \
  " extracted TEXT NOT NULL, reason TEXT, reason_code TEXT, country TEXT,"                         \
  " risk_score INTEGER NOT NULL, signals TEXT NOT NULL);"                                          \
  "CREATE TABLE checks (n INTEGER PRIMARY KEY, session_n INTEGER NOT NULL"                         \
  " REFERENCES sessions (n) ON DELETE CASCADE, policy TEXT NOT NULL, attempt INTEGER NOT NULL,"    \
  " status TEXT NOT NULL, score REAL NOT NULL, reason TEXT, started_at INTEGER NOT NULL,"          \
  " completed_at INTEGER, duration_ms INTEGER NOT NULL);"                                          \
  "CREATE INDEX checks_by_session ON checks (session_n);"                                          \
  "CREATE TABLE cases (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, session_n INTEGER NOT NULL" \
  " UNIQUE REFERENCES sessions (n) ON DELETE CASCADE, status TEXT NOT NULL,"                       \
  " created_at INTEGER NOT NULL, decided_at INTEGER);"                                             \
  "CREATE TABLE documents (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"                        \
  " session_n INTEGER NOT NULL REFERENCES sessions (n) ON DELETE CASCADE, doc_type TEXT NOT NULL," \
  " mime_type TEXT NOT NULL, size INTEGER NOT NULL, created_at INTEGER NOT NULL,"                  \
  " data BLOB NOT NULL, UNIQUE (session_n, doc_type));"                                            \
  "CREATE TABLE api_keys (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"                         \
  " is_sandbox INTEGER NOT NULL, sha256 TEXT NOT NULL UNIQUE, prefix TEXT NOT NULL,"               \
  " scopes TEXT, inflection TEXT NOT NULL, is_root INTEGER NOT NULL, is_active INTEGER NOT NULL,"  \
  " created_at INTEGER NOT NULL, expires_at INTEGER);"                                             \
  "CREATE TABLE replies (key_id TEXT, name TEXT, method TEXT, path TEXT,"                          \
  " body_sha256 TEXT NOT NULL, status INTEGER NOT NULL, body TEXT, created_at INTEGER NOT NULL,"   \
  " PRIMARY KEY (key_id, name, method, path)) WITHOUT ROWID;"                                      \
  "CREATE INDEX replies_by_time ON replies (created_at);"                                          \
  "CREATE TABLE workflows (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"                        \
  " is_default INTEGER NOT NULL, json TEXT NOT NULL);"

/* Tags by name, so that a list of one tag does not read every session's. */
#define STEP_2                                                                                     \
  "CREATE TABLE session_tags (is_sandbox INTEGER, tag TEXT, session_n INTEGER NOT NULL"            \
  " REFERENCES sessions (n) ON DELETE CASCADE, PRIMARY KEY (is_sandbox, tag, session_n))"          \
  " WITHOUT ROWID;"                                                                                \
  "CREATE INDEX session_tags_by_session ON session_tags (session_n);"                              \
  "INSERT INTO session_tags SELECT DISTINCT is_sandbox, value, n FROM sessions, json_each (tags);" \
  "CREATE TRIGGER sessions_tagged AFTER INSERT ON sessions WHEN NEW.tags <> '[]' BEGIN"            \
  " INSERT OR IGNORE INTO session_tags"                                                            \
  " SELECT NEW.is_sandbox, value, NEW.n FROM json_each (NEW.tags); END;"                           \
  "CREATE TRIGGER sessions_retagged AFTER UPDATE OF tags ON sessions"                              \
  " WHEN NEW.tags <> OLD.tags BEGIN"                                                               \
  " DELETE FROM session_tags WHERE session_n = NEW.n;"                                             \
  " INSERT OR IGNORE INTO session_tags"                                                            \
  " SELECT NEW.is_sandbox, value, NEW.n FROM json_each (NEW.tags); END;"

/* The audit trail (verifa-api.md 7.7). */
#define STEP_3                                                                                     \
  "CREATE TABLE audit (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"                            \
  " is_sandbox INTEGER NOT NULL, type TEXT NOT NULL, created_at INTEGER NOT NULL,"                 \
  " resource_type TEXT NOT NULL, resource_id TEXT, actor TEXT NOT NULL, metadata TEXT NOT NULL,"   \
  " ip TEXT, method TEXT, path TEXT);"                                                             \
  "CREATE INDEX audit_by_time ON audit (is_sandbox, created_at, n, type, resource_type);"          \
  "CREATE INDEX audit_by_resource ON audit (resource_id);"

/* When sessions ended, which retention counts from; what a proof of address is; checks that are
 * tried again; what became of each workflow's run. */
#define STEP_4                                                                                     \
  "ALTER TABLE sessions ADD COLUMN ended_at INTEGER;"                                              \
  "UPDATE sessions SET ended_at = updated_at"                                                      \
  " WHERE status IN ('completed', 'expired', 'failed');"                                           \
  "CREATE INDEX sessions_by_age ON sessions (ended_at) WHERE retention <> 'redacted';"             \
  "ALTER TABLE documents ADD COLUMN poa_type TEXT;"                                                \
  "ALTER TABLE documents ADD COLUMN poa_date TEXT;"                                                \
  "CREATE INDEX checks_by_end ON checks (completed_at) WHERE status = 'pending';"                  \
  "CREATE TABLE workflow_runs (session_n INTEGER PRIMARY KEY"                                      \
  " REFERENCES sessions (n) ON DELETE CASCADE, id TEXT NOT NULL UNIQUE, workflow_id TEXT,"         \
  " status TEXT NOT NULL, final_status TEXT, graph TEXT NOT NULL, node_results TEXT NOT NULL,"     \
  " current_node TEXT, paused_at_node TEXT, gate TEXT, created_at INTEGER NOT NULL,"               \
  " started_at INTEGER, completed_at INTEGER);"

/* Webhooks, and what is on its way to them: the rows are the queue. */
#define STEP_5                                                                                     \
  "CREATE TABLE webhooks (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"           \
  " is_sandbox INTEGER NOT NULL, url TEXT NOT NULL, label TEXT, description TEXT,"                 \
  " enabled INTEGER NOT NULL, enabled_events TEXT NOT NULL, blocklist TEXT NOT NULL,"              \
  " conditions TEXT NOT NULL, api_version TEXT, inflection TEXT NOT NULL, secret TEXT NOT NULL,"   \
  " failures INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);"         \
  "CREATE INDEX webhooks_by_environment ON webhooks (is_sandbox, n);"                              \
  "CREATE TABLE deliveries (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"         \
  " webhook_n INTEGER NOT NULL REFERENCES webhooks (n) ON DELETE CASCADE, subject TEXT,"           \
  " event TEXT NOT NULL, url TEXT NOT NULL, status TEXT NOT NULL, attempts INTEGER NOT NULL,"      \
  " http_status INTEGER NOT NULL, problem TEXT, response_ms INTEGER NOT NULL, due_at INTEGER,"     \
  " payload TEXT NOT NULL, created_at INTEGER NOT NULL, last_attempt_at INTEGER);"                 \
  "CREATE INDEX deliveries_by_webhook ON deliveries (webhook_n, n);"                               \
  "CREATE INDEX deliveries_by_subject ON deliveries (subject, n) WHERE subject IS NOT NULL;"       \
  "CREATE INDEX deliveries_waiting ON deliveries (webhook_n, due_at) WHERE status = 'pending';"    \
  "CREATE INDEX deliveries_ahead ON deliveries (webhook_n, subject, n) WHERE status = 'pending';"  \
  "CREATE INDEX deliveries_by_due ON deliveries (due_at) WHERE status = 'pending';"

/* Workflows of each environment, with all their versions; sessions say which one they have. */
#define STEP_6                                                                                     \
  "ALTER TABLE workflows RENAME TO workflows_1;"                                                   \
  "CREATE TABLE workflows (n INTEGER PRIMARY KEY, id TEXT NOT NULL, is_sandbox INTEGER NOT NULL,"  \
  " is_default INTEGER NOT NULL, is_active INTEGER NOT NULL, version INTEGER NOT NULL,"            \
  " created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, UNIQUE (is_sandbox, id));"           \
  "CREATE TABLE workflow_versions (workflow_n INTEGER REFERENCES workflows (n) ON DELETE CASCADE," \
  " version INTEGER, rollout INTEGER NOT NULL, created_at INTEGER NOT NULL, name TEXT NOT NULL,"   \
  " description TEXT, steps TEXT NOT NULL, requirements TEXT,"                                     \
  " PRIMARY KEY (workflow_n, version)) WITHOUT ROWID;"                                             \
  "INSERT INTO workflows (id, is_sandbox, is_default, is_active, version, created_at, updated_at)" \
  " SELECT id, column1, is_default, 1, 1,"                                                         \
  " 1000000 * CAST (strftime ('%s', json_extract (json, '$.created_at')) AS INTEGER),"             \
  " 1000000 * CAST (strftime ('%s', json_extract (json, '$.updated_at')) AS INTEGER)"              \
  " FROM workflows_1 JOIN (VALUES (0), (1)) ORDER BY column1, n;"                                  \
  "INSERT INTO workflow_versions SELECT workflows.n, 1, 100, created_at,"                          \
  " json_extract (json, '$.name'), json_extract (json, '$.description'),"                          \
  " json_extract (json, '$.steps'), json_extract (json, '$.data_requirements')"                    \
  " FROM workflows JOIN workflows_1 USING (id);"                                                   \
  "DROP TABLE workflows_1;"                                                                        \
  "ALTER TABLE sessions ADD COLUMN workflow_version INTEGER NOT NULL DEFAULT 1;"

/* How a case is reviewed, what is noted about it, and the queue in its order. */
#define STEP_7                                                                                     \
  "ALTER TABLE cases ADD COLUMN is_sandbox INTEGER NOT NULL DEFAULT 0;"                            \
  "ALTER TABLE cases ADD COLUMN is_demo INTEGER NOT NULL DEFAULT 0;"                               \
  "ALTER TABLE cases ADD COLUMN entered_review_at INTEGER;"                                        \
  "ALTER TABLE cases ADD COLUMN assigned_to TEXT;"                                                 \
  "ALTER TABLE cases ADD COLUMN claimed_at INTEGER;"                                               \
  "ALTER TABLE cases ADD COLUMN touched_at INTEGER;"                                               \
  "ALTER TABLE cases ADD COLUMN priority TEXT NOT NULL DEFAULT 'normal';"                          \
  "ALTER TABLE cases ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';"                                  \
  "ALTER TABLE cases ADD COLUMN metadata TEXT NOT NULL DEFAULT '{}';"                              \
  "ALTER TABLE cases ADD COLUMN custom_fields TEXT NOT NULL DEFAULT '{}';"                         \
  "ALTER TABLE cases ADD COLUMN recommendation TEXT;"                                              \
  "ALTER TABLE cases ADD COLUMN recommended_by TEXT;"                                              \
  "ALTER TABLE cases ADD COLUMN recommended_reason TEXT;"                                          \
  "ALTER TABLE cases ADD COLUMN recommended_code TEXT;"                                            \
  "ALTER TABLE cases ADD COLUMN recommended_block INTEGER NOT NULL DEFAULT 0;"                     \
  "UPDATE cases SET entered_review_at = created_at,"                                               \
  " is_sandbox = (SELECT is_sandbox FROM sessions WHERE n = session_n);"                           \
  "CREATE INDEX cases_by_time ON cases (is_sandbox, created_at, n);"                               \
  "CREATE INDEX cases_by_status ON cases (is_sandbox, status, created_at, n);"                     \
  "CREATE INDEX cases_by_reviewer ON cases (is_sandbox, assigned_to, created_at, n)"               \
  " WHERE assigned_to IS NOT NULL;"                                                                \
  "CREATE INDEX cases_by_queue ON cases (is_sandbox, entered_review_at, n)"                        \
  " WHERE status = 'open' AND assigned_to IS NULL;"                                                \
  "CREATE INDEX cases_by_claim ON cases (touched_at) WHERE claimed_at IS NOT NULL"                 \
  " AND status NOT IN ('approved', 'rejected');"                                                   \
  "CREATE TABLE case_notes (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"                       \
  " case_n INTEGER NOT NULL REFERENCES cases (n) ON DELETE CASCADE, author_name TEXT NOT NULL,"    \
  " author_type TEXT NOT NULL, content TEXT NOT NULL, created_at INTEGER NOT NULL);"               \
  "CREATE INDEX case_notes_by_case ON case_notes (case_n, n);"

/* What a key may be told (verifa-api.md 7.8); secrets in answers that are kept, sealed. */
#define STEP_8                                                                                     \
  "ALTER TABLE api_keys ADD COLUMN label TEXT;"                                                    \
  "ALTER TABLE api_keys ADD COLUMN note TEXT;"                                                     \
  "ALTER TABLE api_keys ADD COLUMN api_version TEXT;"                                              \
  "ALTER TABLE api_keys ADD COLUMN allowed_ips TEXT;"                                              \
  "ALTER TABLE api_keys ADD COLUMN last_used_at INTEGER;"                                          \
  "ALTER TABLE replies ADD COLUMN sealed BLOB;"

/* Results across sessions (verifa-api.md 6), without reading the sessions. */
#define STEP_9                                                                                     \
  "ALTER TABLE results ADD COLUMN is_sandbox INTEGER;"                                             \
  "UPDATE results SET is_sandbox = (SELECT is_sandbox FROM sessions WHERE n = session_n);"         \
  "CREATE INDEX results_by_time ON results (is_sandbox, created_at, session_n);"                   \
  "CREATE INDEX results_by_status ON results (is_sandbox, status, created_at, session_n);"         \
  "CREATE TRIGGER results_added AFTER INSERT ON results BEGIN"                                     \
  " UPDATE results SET is_sandbox = (SELECT is_sandbox FROM sessions WHERE n = NEW.session_n)"     \
  " WHERE session_n = NEW.session_n; END;"

/* Identities, whose sessions with an outcome they have, and their types (verifa-api.md 7.2, 7.11).
 * The reference of a deleted person is free again. */
#define STEP_10                                                                                    \
  "CREATE TABLE identities (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"                       \
  " is_sandbox INTEGER NOT NULL, external_ref TEXT NOT NULL, external_ref_folded TEXT NOT NULL,"   \
  " status TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,"               \
  " session_count INTEGER NOT NULL, latest_session_n INTEGER"                                      \
  " REFERENCES sessions (n) ON DELETE SET NULL, first_verified_at INTEGER,"                        \
  " last_verified_at INTEGER, archived_at INTEGER, type_id TEXT, custom_fields TEXT NOT NULL,"     \
  " tags TEXT NOT NULL, data TEXT NOT NULL, merged_into INTEGER REFERENCES identities (n));"       \
  "CREATE UNIQUE INDEX identities_by_ref ON identities (is_sandbox, external_ref)"                 \
  " WHERE (status <> 'redacted' OR merged_into IS NOT NULL);"                                      \
  "CREATE INDEX identities_by_number"                                                              \
  " ON identities (is_sandbox, n, archived_at, status, external_ref_folded);"                      \
  "CREATE INDEX identities_by_session ON identities (latest_session_n);"                           \
  "CREATE TABLE identity_sessions (session_n INTEGER PRIMARY KEY"                                  \
  " REFERENCES sessions (n) ON DELETE CASCADE, identity_n INTEGER NOT NULL"                        \
  " REFERENCES identities (n) ON DELETE CASCADE);"                                                 \
  "CREATE INDEX identity_sessions_by_identity ON identity_sessions (identity_n, session_n);"       \
  "CREATE TABLE identity_types (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"                   \
  " is_sandbox INTEGER NOT NULL, name TEXT NOT NULL, label TEXT NOT NULL, description TEXT,"       \
  " statuses TEXT NOT NULL, default_status TEXT, is_default INTEGER NOT NULL,"                     \
  " created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, UNIQUE (is_sandbox, name));"

/* Custom lists, what is in them, and what sessions matched (verifa-api.md 7.5). */
#define STEP_11                                                                                    \
  "CREATE TABLE lists (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"                            \
  " is_sandbox INTEGER NOT NULL, name TEXT NOT NULL, list_type TEXT NOT NULL,"                     \
  " match_mode TEXT NOT NULL, description TEXT, is_active INTEGER NOT NULL,"                       \
  " created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);"                                    \
  "CREATE INDEX lists_by_environment ON lists (is_sandbox, n);"                                    \
  "CREATE TABLE list_items (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"                       \
  " list_n INTEGER NOT NULL REFERENCES lists (n) ON DELETE CASCADE, value TEXT NOT NULL,"          \
  " key TEXT, notes TEXT, created_at INTEGER NOT NULL);"                                           \
  "CREATE INDEX list_items_by_list ON list_items (list_n, n);"                                     \
  "CREATE INDEX list_items_by_key ON list_items (list_n, key, n);"                                 \
  "CREATE TABLE list_matches (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"                     \
  " session_n INTEGER NOT NULL REFERENCES sessions (n) ON DELETE CASCADE,"                         \
  " list_n INTEGER NOT NULL REFERENCES lists (n), item_id TEXT NOT NULL,"                          \
  " match_mode TEXT NOT NULL, score REAL NOT NULL, false_positive INTEGER NOT NULL,"               \
  " created_at INTEGER NOT NULL);"                                                                 \
  "CREATE INDEX list_matches_by_session ON list_matches (session_n, n);"

/* Mails that would have been sent (verifa-api.md 3.1, 3.7). */
#define STEP_12                                                                                    \
  "CREATE TABLE outbox (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, session_n INTEGER"         \
  " NOT NULL REFERENCES sessions (n) ON DELETE CASCADE, session_id TEXT NOT NULL, kind TEXT NOT "  \
  "NULL,"                                                                                          \
  " recipient TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, html TEXT NOT NULL,"       \
  " created_at INTEGER NOT NULL);"                                                                 \
  "CREATE INDEX outbox_by_session ON outbox (session_n);"

/* Standalone checks (verifa-api.md 7.4). */
#define STEP_13                                                                                    \
  "CREATE TABLE screenings (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"                       \
  " is_sandbox INTEGER NOT NULL, check_type TEXT NOT NULL, status TEXT NOT NULL,"                  \
  " external_ref TEXT, session_n INTEGER REFERENCES sessions (n) ON DELETE CASCADE,"               \
  " monitoring INTEGER NOT NULL, batch_id TEXT, tags TEXT NOT NULL, subject TEXT NOT NULL,"        \
  " result TEXT NOT NULL, hits TEXT NOT NULL, redacted_at INTEGER, created_at INTEGER NOT NULL,"   \
  " updated_at INTEGER NOT NULL);"                                                                 \
  "CREATE INDEX screenings_by_environment ON screenings (is_sandbox, n);"                          \
  "CREATE INDEX screenings_by_ref ON screenings (is_sandbox, external_ref, n);"                    \
  "CREATE INDEX screenings_by_session ON screenings (session_n, n);"

/* Stand-alone documents (verifa-api.md 7.6). What applicants gave is listed with them, and stays
 * where it is. */
#define STEP_14                                                                                    \
  "CREATE TABLE files (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"                            \
  " is_sandbox INTEGER NOT NULL, document_type TEXT NOT NULL, status TEXT NOT NULL,"               \
  " session_n INTEGER REFERENCES sessions (n) ON DELETE CASCADE, identity_id TEXT,"                \
  " classification TEXT, mime_type TEXT, size INTEGER NOT NULL, filename TEXT,"                    \
  " metadata TEXT NOT NULL, source TEXT NOT NULL, fields TEXT, confidence TEXT, data BLOB,"        \
  " created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);"                                    \
  "CREATE INDEX files_by_environment ON files (is_sandbox, n);"                                    \
  "CREATE INDEX files_by_session ON files (session_n, n);"                                         \
  "INSERT INTO files (id, is_sandbox, document_type, status, session_n, mime_type, size,"          \
  " metadata, source, created_at, updated_at) SELECT documents.id, sessions.is_sandbox,"           \
  " doc_type, 'uploaded', session_n, mime_type, size, '{}', 'capture', documents.created_at,"      \
  " documents.created_at FROM documents JOIN sessions ON sessions.n = session_n;"                  \
  "CREATE TRIGGER documents_added AFTER INSERT ON documents BEGIN"                                 \
  " DELETE FROM files WHERE session_n = NEW.session_n AND document_type = NEW.doc_type"            \
  " AND source = 'capture' AND status <> 'redacted';"                                              \
  " INSERT INTO files (id, is_sandbox, document_type, status, session_n, mime_type, size,"         \
  " metadata, source, created_at, updated_at) SELECT NEW.id, is_sandbox, NEW.doc_type,"            \
  " 'uploaded', NEW.session_n, NEW.mime_type, NEW.size, '{}', 'capture', NEW.created_at,"          \
  " NEW.created_at FROM sessions WHERE n = NEW.session_n; END;"                                    \
  "CREATE TRIGGER documents_gone AFTER DELETE ON documents BEGIN"                                  \
  " UPDATE files SET status = 'redacted', filename = NULL, fields = NULL, confidence = NULL,"      \
  " metadata = '{}' WHERE id = OLD.id; END;"

/* Challenges of liveness and reported signals (verifa-api.md 4, steps 6 and 9). */
#define STEP_15                                                                                    \
  "CREATE TABLE capture_liveness (session_n INTEGER PRIMARY KEY"                                   \
  " REFERENCES sessions (n) ON DELETE CASCADE, nonce TEXT, challenges TEXT, done_at INTEGER);"     \
  "CREATE TABLE capture_signals (session_n INTEGER REFERENCES sessions (n) ON DELETE CASCADE,"     \
  " signal TEXT, detected_at INTEGER NOT NULL, PRIMARY KEY (session_n, signal)) WITHOUT ROWID;"

/* Parts of references, so that looking for one does not read every session. Two signs at the end
 * make each part of one or two characters the beginning of three. A redacted session keeps its
 * reference, so nothing in here has to go with it. */
#define STEP_16                                                                                    \
  "CREATE VIRTUAL TABLE session_search USING fts5 (ref, content = '',"                             \
  " tokenize = 'trigram case_sensitive 1', detail = 'none');"                                      \
  "CREATE VIRTUAL TABLE session_terms USING fts5vocab (session_search, instance);"                 \
  "CREATE TRIGGER sessions_named AFTER INSERT ON sessions"                                         \
  " WHEN NEW.external_ref_folded IS NOT NULL BEGIN"                                                \
  " INSERT INTO session_search (rowid, ref)"                                                       \
  " VALUES (NEW.n, NEW.external_ref_folded || char (1, 1)); END;"                                  \
  "CREATE TRIGGER sessions_renamed AFTER UPDATE OF external_ref_folded ON sessions"                \
  " WHEN NEW.external_ref_folded IS NOT OLD.external_ref_folded BEGIN"                             \
  " INSERT INTO session_search (session_search, rowid, ref)"                                       \
  " SELECT 'delete', OLD.n, OLD.external_ref_folded || char (1, 1)"                                \
  " WHERE OLD.external_ref_folded IS NOT NULL;"                                                    \
  " INSERT INTO session_search (rowid, ref)"                                                       \
  " SELECT NEW.n, NEW.external_ref_folded || char (1, 1)"                                          \
  " WHERE NEW.external_ref_folded IS NOT NULL; END;"                                               \
  "INSERT INTO session_search (rowid, ref) SELECT n, external_ref_folded || char (1, 1)"           \
  " FROM sessions WHERE external_ref_folded IS NOT NULL;"

/* Whose a standalone check is since a merge, whatever its reference says (verifa-api.md 7.2). */
#define STEP_17                                                                                    \
  "ALTER TABLE screenings ADD COLUMN identity_n INTEGER REFERENCES identities (n);"                \
  "CREATE INDEX screenings_by_identity ON screenings (identity_n) WHERE identity_n IS NOT NULL;"   \
  "CREATE INDEX files_by_identity ON files (identity_id) WHERE identity_id IS NOT NULL;"

/* Entries of the blocklist know the session they come from until it is redacted, and then only a
 * digest of what they block (vrf-blocklist.c). What came from one that was redacted already goes.
 */
#define STEP_18                                                                                    \
  "ALTER TABLE list_items ADD COLUMN session_n INTEGER REFERENCES sessions (n)"                    \
  " ON DELETE SET NULL;"                                                                           \
  "ALTER TABLE list_items ADD COLUMN digest TEXT;"                                                 \
  "CREATE INDEX list_items_by_session ON list_items (session_n) WHERE session_n IS NOT NULL;"      \
  "CREATE INDEX list_items_by_digest ON list_items (digest) WHERE digest IS NOT NULL;"             \
  "UPDATE list_items SET session_n = (SELECT n FROM sessions WHERE sessions.id = notes)"           \
  " WHERE list_n IN (SELECT n FROM lists WHERE name = 'Blocklist');"                               \
  "DELETE FROM list_items"                                                                         \
  " WHERE session_n IN (SELECT n FROM sessions WHERE retention = 'redacted');"

/* Mails that are of no session. */
#define STEP_19                                                                                    \
  "ALTER TABLE outbox RENAME TO outbox_1;"                                                         \
  "DROP INDEX outbox_by_session;"                                                                  \
  "CREATE TABLE outbox (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, session_n INTEGER"         \
  " REFERENCES sessions (n) ON DELETE CASCADE, session_id TEXT, kind TEXT NOT NULL,"               \
  " recipient TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, html TEXT NOT NULL,"       \
  " created_at INTEGER NOT NULL);"                                                                 \
  "INSERT INTO outbox SELECT n, id, session_n, session_id, kind, recipient, subject, text, html,"  \
  " created_at FROM outbox_1;"                                                                     \
  "DROP TABLE outbox_1;"                                                                           \
  "CREATE INDEX outbox_by_session ON outbox (session_n) WHERE session_n IS NOT NULL;"

const char *const vrf_sandbox_store_schema[] = { STEP_1,  STEP_2,  STEP_3,  STEP_4,  STEP_5,
                                                 STEP_6,  STEP_7,  STEP_8,  STEP_9,  STEP_10,
                                                 STEP_11, STEP_12, STEP_13, STEP_14, STEP_15,
                                                 STEP_16, STEP_17, STEP_18, STEP_19, NULL };
