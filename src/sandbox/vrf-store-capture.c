/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-store-capture.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-sandbox-store-private.h"

/* What the applicant's side gives beside documents and fields. */

/** vrf_stored_liveness_free: frees @self (nullable) */
void
vrf_stored_liveness_free (VrfStoredLiveness *self)
{
  if (self == NULL)
    return;
  g_free (self->nonce);
  g_free (self->challenges);
  g_free (self);
}

/** vrf_store_capture_put_liveness: replaces the session's */
gboolean
vrf_store_capture_put_liveness (VrfSandboxStore *store,
                                const VrfStoredLiveness *liveness,
                                GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (
      vrf_sandbox_store_get_db (store),
      "INSERT OR REPLACE INTO capture_liveness (session_n, nonce, challenges, done_at)"
      " VALUES (:session_n, :nonce, :challenges, :done_at)");

  vrf_statement_bind_int (statement, ":session_n", liveness->session_n);
  vrf_statement_bind_text (statement, ":nonce", liveness->nonce);
  vrf_statement_bind_text (statement, ":challenges", liveness->challenges);
  vrf_statement_bind_time (statement, ":done_at", liveness->done_at);
  return vrf_statement_run (statement, error);
}

/**
 * vrf_store_capture_get_liveness:
 *
 * Returns: (nullable) (transfer full): the session's; one without a nonce when nothing was asked
 *   yet; %NULL with @error set
 */
VrfStoredLiveness *
vrf_store_capture_get_liveness (VrfSandboxStore *store, gint64 session_n, GError **error)
{
  VrfStatement *statement =
      vrf_sqlite_statement (vrf_sandbox_store_get_db (store),
                            "SELECT nonce, challenges, done_at FROM capture_liveness"
                            " WHERE session_n = :session_n");
  g_autoptr (VrfStoredLiveness) liveness = g_new0 (VrfStoredLiveness, 1);
  gboolean row = FALSE;

  liveness->session_n = session_n;
  liveness->done_at = VRF_TIME_NONE;
  vrf_statement_bind_int (statement, ":session_n", session_n);
  if (!vrf_statement_step (statement, &row, error))
    return NULL;
  if (!row)
    return g_steal_pointer (&liveness);

  liveness->nonce = vrf_statement_dup_text (statement, "nonce");
  liveness->challenges = vrf_statement_dup_text (statement, "challenges");
  liveness->done_at = vrf_statement_get_time (statement, "done_at");
  return vrf_statement_run (statement, error) ? g_steal_pointer (&liveness) : NULL;
}

/** vrf_store_capture_add_signal: notes @signal, unless the session has it already */
gboolean
vrf_store_capture_add_signal (
    VrfSandboxStore *store, gint64 session_n, const char *signal, gint64 at, GError **error)
{
  VrfStatement *statement =
      vrf_sqlite_statement (vrf_sandbox_store_get_db (store),
                            "INSERT OR IGNORE INTO capture_signals (session_n, signal, detected_at)"
                            " VALUES (:session_n, :signal, :detected_at)");

  vrf_statement_bind_int (statement, ":session_n", session_n);
  vrf_statement_bind_text (statement, ":signal", signal);
  vrf_statement_bind_time (statement, ":detected_at", at);
  return vrf_statement_run (statement, error);
}

/**
 * vrf_store_capture_list_signals:
 *
 * Returns: (nullable) (transfer full) (element-type utf8 gint64): the names of the session's
 *   signals, and when each was first reported; %NULL with @error set
 */
GHashTable *
vrf_store_capture_list_signals (VrfSandboxStore *store, gint64 session_n, GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (vrf_sandbox_store_get_db (store),
                                                  "SELECT signal, detected_at FROM capture_signals"
                                                  " WHERE session_n = :session_n");
  g_autoptr (GHashTable) signals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gboolean row = FALSE;

  vrf_statement_bind_int (statement, ":session_n", session_n);
  for (;;)
    {
      gint64 at = 0;

      if (!vrf_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&signals);
      at = vrf_statement_get_time (statement, "detected_at");
      g_hash_table_insert (
          signals, vrf_statement_dup_text (statement, "signal"), g_memdup2 (&at, sizeof at));
    }
}
