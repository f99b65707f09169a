/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-redaction.h"

#include "sandbox/vrf-blocklist.h"
#include "sandbox/vrf-sandbox-store-private.h"
#include "sandbox/vrf-store-cases.h"
#include "sandbox/vrf-store-deliveries.h"

/*
 * What deleting a session's personal data means (verifa-api.md 2.9, 3.17): what the applicant is
 * and gave, what was read off it, and every copy of that. The reference stays, so that the deletion
 * can be told apart, and so do status, decision and times.
 */

/* What belongs to the session by its number, :n. */
static const char *const own_rows[] = {
  "UPDATE results SET extracted = '{}', reason = NULL, signals = '[]'"
  " WHERE session_n = :n",
  "UPDATE checks SET reason = NULL WHERE session_n = :n",
  "UPDATE tokens SET visitor = NULL WHERE session_n = :n",
  "UPDATE workflow_runs SET gate = json_remove (gate, '$.metadata') WHERE session_n = :n",
  "DELETE FROM capture_liveness WHERE session_n = :n",
  "DELETE FROM capture_signals WHERE session_n = :n",
  "DELETE FROM documents WHERE session_n = :n",
  "DELETE FROM outbox WHERE session_n = :n",
  "UPDATE files SET status = 'redacted', data = NULL, filename = NULL, fields = NULL,"
  " confidence = NULL, metadata = '{}' WHERE session_n = :n",
  "UPDATE screenings SET subject = '{}', hits = '[]' WHERE session_n = :n",
};

/* Answers that may be given again (verifa-api.md 1.5). They keep their shape. */
#define REPLIES                                                                                    \
  "UPDATE replies SET body = json_replace (body, '$.metadata', json ('{}'), '$.consent_ip', NULL," \
  " '$.sent_to', NULL, '$.extracted_data', json ('{}'), '$.content', NULL,"                        \
  " '$.original_filename', NULL, '$.custom_fields', json ('{}'), '$.extracted_fields', NULL,"      \
  " '$.extracted_fields_confidence', NULL, '$.hits', json ('[]'))"                                 \
  " WHERE instr (path, :id) > 0 OR instr (path, :other_id) > 0 OR instr (body, :id) > 0"

static gboolean
clear_rows (VrfSandboxStore *store, const VrfStoredSession *session, GError **error)
{
  VrfSqlite *db = vrf_sandbox_store_get_db (store);

  for (guint i = 0; i < G_N_ELEMENTS (own_rows); i++)
    {
      VrfStatement *statement = vrf_sqlite_statement (db, own_rows[i]);

      vrf_statement_bind_int (statement, ":n", session->n);
      if (!vrf_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * vrf_redaction_clear_replies:
 * @store: in a transaction
 * @id: of the session, document or check whose personal data goes
 * @other_id: (nullable): of its case
 * @error: from the database
 *
 * Forgets what is personal in the answers that are kept for idempotency keys.
 */
gboolean
vrf_redaction_clear_replies (VrfSandboxStore *store,
                             const char *id,
                             const char *other_id,
                             GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (vrf_sandbox_store_get_db (store), REPLIES);

  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_text (statement, ":other_id", other_id);
  return vrf_statement_run (statement, error);
}

static void
clear (VrfStoredSession *session)
{
  vrf_stored_set (&session->retention, "redacted");
  vrf_stored_set (&session->metadata, "{}");
  vrf_stored_set (&session->fields, "{}");
  vrf_stored_set (&session->redirect_url, NULL);
  vrf_stored_set (&session->applicant_email, NULL);
  vrf_stored_set (&session->applicant_name, NULL);
  vrf_stored_set (&session->document_country, NULL);
  vrf_stored_set (&session->document_state, NULL);
  vrf_stored_set (&session->consent_ip, NULL);
}

/**
 * vrf_redaction_run:
 * @store: where the session is, in a transaction
 * @session: its personal members are cleared; its row is not written here
 * @error: from the database
 *
 * The bytes leave the database's file by secure_delete, and its log by the checkpoint that the
 * caller makes after the transaction.
 */
gboolean
vrf_redaction_run (VrfSandboxStore *store, VrfStoredSession *session, GError **error)
{
  if (!clear_rows (store, session, error) || !vrf_store_cases_redact (store, session->n, error)
      || !vrf_blocklist_forget_session (store, session->n, error)
      || !vrf_redaction_clear_replies (store, session->id, session->case_id, error)
      || !vrf_store_deliveries_strip (store, session->id, error))
    return FALSE;
  clear (session);
  return TRUE;
}
