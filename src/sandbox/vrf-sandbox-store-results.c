/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-sandbox-store.h"

#include "sandbox/vrf-sandbox-store-private.h"

static VrfStatement *
prepare (VrfSandboxStore *self, const char *sql)
{
  return vrf_sqlite_statement (vrf_sandbox_store_get_db (self), sql);
}

static gboolean
run_for_session (VrfSandboxStore *self, const char *sql, gint64 session_n, GError **error)
{
  VrfStatement *statement = prepare (self, sql);

  vrf_statement_bind_int (statement, ":session_n", session_n);
  return vrf_statement_run (statement, error);
}

/** vrf_sandbox_store_put_result: replaces what the session had */
gboolean
vrf_sandbox_store_put_result (VrfSandboxStore *self, const VrfStoredResult *result, GError **error)
{
  VrfStatement *statement =
      prepare (self,
               "INSERT OR REPLACE INTO results (session_n, status, created_at, face_passed,"
               " face_score, age_passed, extracted, reason, reason_code, country, risk_score,"
               " signals) VALUES (:session_n, :status, :created_at, :face_passed, :face_score,"
               " :age_passed, :extracted, :reason, :reason_code, :country, :risk_score, :signals)");

  vrf_statement_bind_int (statement, ":session_n", result->session_n);
  vrf_statement_bind_text (statement, ":status", result->status);
  vrf_statement_bind_time (statement, ":created_at", result->created_at);
  vrf_statement_bind_int (statement, ":face_passed", result->face_passed);
  vrf_statement_bind_double (statement, ":face_score", result->face_score);
  vrf_statement_bind_int (statement, ":age_passed", result->age_passed);
  vrf_statement_bind_text (statement, ":extracted", result->extracted);
  vrf_statement_bind_text (statement, ":reason", result->reason);
  vrf_statement_bind_text (statement, ":reason_code", result->reason_code);
  vrf_statement_bind_text (statement, ":country", result->country);
  vrf_statement_bind_int (statement, ":risk_score", result->risk_score);
  vrf_statement_bind_text (statement, ":signals", result->signals);
  return vrf_statement_run (statement, error);
}

/** vrf_sandbox_store_get_result: Returns: (nullable) (transfer full): the session's result */
VrfStoredResult *
vrf_sandbox_store_get_result (VrfSandboxStore *self, gint64 session_n, GError **error)
{
  VrfStatement *statement = prepare (self, "SELECT * FROM results WHERE session_n = :session_n");
  g_autoptr (VrfStoredResult) result = NULL;

  vrf_statement_bind_int (statement, ":session_n", session_n);
  if (!vrf_sandbox_store_get_row (statement, error))
    return NULL;

  result = g_new0 (VrfStoredResult, 1);
  result->session_n = session_n;
  result->status = vrf_statement_dup_text (statement, "status");
  result->created_at = vrf_statement_get_time (statement, "created_at");
  result->face_passed = (int) vrf_statement_get_int (statement, "face_passed");
  result->face_score = vrf_statement_get_double (statement, "face_score");
  result->age_passed = (int) vrf_statement_get_int (statement, "age_passed");
  result->extracted = vrf_statement_dup_text (statement, "extracted");
  result->reason = vrf_statement_dup_text (statement, "reason");
  result->reason_code = vrf_statement_dup_text (statement, "reason_code");
  result->country = vrf_statement_dup_text (statement, "country");
  result->risk_score = (int) vrf_statement_get_int (statement, "risk_score");
  result->signals = vrf_statement_dup_text (statement, "signals");
  return vrf_statement_run (statement, error) ? g_steal_pointer (&result) : NULL;
}

/** vrf_sandbox_store_drop_result: deletes the result; the attempts of its checks stay */
gboolean
vrf_sandbox_store_drop_result (VrfSandboxStore *self, gint64 session_n, GError **error)
{
  return run_for_session (
      self, "DELETE FROM results WHERE session_n = :session_n", session_n, error);
}

/**
 * vrf_sandbox_store_add_check:
 * @self: a store
 * @session_n: whose
 * @check: its attempt is ignored: it becomes the next one of its policy
 * @error: from the database
 *
 * Attempts are only ever added (verifa-api.md 2.5).
 */
gboolean
vrf_sandbox_store_add_check (VrfSandboxStore *self,
                             gint64 session_n,
                             const VrfStoredCheck *check,
                             GError **error)
{
  VrfStatement *statement =
      prepare (self,
               "INSERT INTO checks (session_n, policy, attempt, status, score, reason, started_at,"
               " completed_at, duration_ms) VALUES (:session_n, :policy,"
               " 1 + (SELECT count(*) FROM checks WHERE session_n = :session_n"
               "      AND policy = :policy),"
               " :status, :score, :reason, :started_at, :completed_at, :duration_ms)");

  vrf_statement_bind_int (statement, ":session_n", session_n);
  vrf_statement_bind_text (statement, ":policy", check->policy);
  vrf_statement_bind_text (statement, ":status", check->status);
  vrf_statement_bind_double (statement, ":score", check->score);
  vrf_statement_bind_text (statement, ":reason", check->reason);
  vrf_statement_bind_time (statement, ":started_at", check->started_at);
  vrf_statement_bind_time (statement, ":completed_at", check->completed_at);
  vrf_statement_bind_int (statement, ":duration_ms", check->duration_ms);
  return vrf_statement_run (statement, error);
}

/** vrf_sandbox_store_finish_check: what became of the attempt @check, which was pending: its status
 * and score, at its completed_at */
gboolean
vrf_sandbox_store_finish_check (VrfSandboxStore *self,
                                gint64 session_n,
                                const VrfStoredCheck *check,
                                GError **error)
{
  VrfStatement *statement =
      prepare (self,
               "UPDATE checks SET status = :status, score = :score WHERE session_n = :session_n"
               " AND policy = :policy AND attempt = :attempt AND status = 'pending'");

  vrf_statement_bind_text (statement, ":status", check->status);
  vrf_statement_bind_double (statement, ":score", check->score);
  vrf_statement_bind_int (statement, ":session_n", session_n);
  vrf_statement_bind_text (statement, ":policy", check->policy);
  vrf_statement_bind_int (statement, ":attempt", check->attempt);
  return vrf_statement_run (statement, error);
}

/** vrf_sandbox_store_list_retried: Returns: (nullable) (transfer full) (element-type gint64): the
 * numbers of sessions with a pending check that is done by @now; %NULL on error */
GArray *
vrf_sandbox_store_list_retried (VrfSandboxStore *self, gint64 now, guint limit, GError **error)
{
  /* The plus keeps the planner off checks_by_session, which spares it sorting and reads all checks
   * there are; this is asked before every answer. */
  VrfStatement *statement =
      prepare (self,
               "SELECT DISTINCT +session_n AS n FROM checks"
               " WHERE status = 'pending' AND completed_at <= :now LIMIT :limit");

  vrf_statement_bind_time (statement, ":now", now);
  vrf_statement_bind_int (statement, ":limit", limit);
  return vrf_sandbox_store_take_numbers (statement, error);
}

static gpointer
load_check (VrfStatement *statement)
{
  VrfStoredCheck *check = g_new0 (VrfStoredCheck, 1);

  check->policy = vrf_statement_dup_text (statement, "policy");
  check->attempt = (int) vrf_statement_get_int (statement, "attempt");
  check->status = vrf_statement_dup_text (statement, "status");
  check->score = vrf_statement_get_double (statement, "score");
  check->reason = vrf_statement_dup_text (statement, "reason");
  check->started_at = vrf_statement_get_time (statement, "started_at");
  check->completed_at = vrf_statement_get_time (statement, "completed_at");
  check->duration_ms = (int) vrf_statement_get_int (statement, "duration_ms");
  return check;
}

/**
 * vrf_sandbox_store_list_checks:
 * @self: a store
 * @session_n: whose
 * @policy: (nullable): every attempt of this one; %NULL the latest attempt of each
 * @error: from the database
 *
 * Returns: (nullable) (transfer full) (element-type VrfStoredCheck): in the order they ran; %NULL
 * on error
 */
GPtrArray *
vrf_sandbox_store_list_checks (VrfSandboxStore *self,
                               gint64 session_n,
                               const char *policy,
                               GError **error)
{
  VrfStatement *statement = NULL;

  if (policy != NULL)
    statement = prepare (self,
                         "SELECT * FROM checks WHERE session_n = :session_n AND policy = :policy"
                         " ORDER BY n");
  else
    statement = prepare (self,
                         "SELECT * FROM checks WHERE n IN (SELECT max(n) FROM checks"
                         " WHERE session_n = :session_n GROUP BY policy) ORDER BY n");
  vrf_statement_bind_int (statement, ":session_n", session_n);
  if (policy != NULL)
    vrf_statement_bind_text (statement, ":policy", policy);
  return vrf_sandbox_store_take_rows (
      statement, load_check, (GDestroyNotify) vrf_stored_check_free, error);
}
