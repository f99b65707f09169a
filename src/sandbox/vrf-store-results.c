/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-store-results.h"

#include "sandbox/vrf-sandbox-store-private.h"

/* Results across sessions. Each text has an index that answers it. */
#define WHERE                                                                                      \
  " WHERE results.is_sandbox = :is_sandbox AND results.created_at >= :after"                       \
  " AND results.created_at < :before"
#define OF_STATUS " AND results.status = :status"
#define SELECT                                                                                     \
  "SELECT sessions.id AS session_id, results.status AS status, results.created_at AS created_at,"  \
  " face_passed, face_score, age_passed, reason, reason_code FROM results"                         \
  " JOIN sessions ON sessions.n = session_n"
#define PAGE " ORDER BY results.created_at DESC, session_n DESC LIMIT :limit OFFSET :offset"

/** vrf_listed_result_free: frees @self (nullable) */
void
vrf_listed_result_free (VrfListedResult *self)
{
  if (self == NULL)
    return;
  g_free (self->session_id);
  g_free (self->status);
  g_free (self->reason);
  g_free (self->reason_code);
  g_free (self);
}

static VrfStatement *
prepare (VrfSandboxStore *store, const VrfResultFilter *filter, const char *sql)
{
  VrfStatement *statement = vrf_sqlite_statement (vrf_sandbox_store_get_db (store), sql);

  vrf_statement_bind_int (statement, ":is_sandbox", filter->is_sandbox);
  vrf_statement_bind_int (statement, ":after", filter->created_after);
  vrf_statement_bind_int (statement, ":before", filter->created_before);
  if (filter->status != NULL)
    vrf_statement_bind_text (statement, ":status", filter->status);
  return statement;
}

static gpointer
load (VrfStatement *statement)
{
  VrfListedResult *self = g_new0 (VrfListedResult, 1);

  self->session_id = vrf_statement_dup_text (statement, "session_id");
  self->status = vrf_statement_dup_text (statement, "status");
  self->created_at = vrf_statement_get_time (statement, "created_at");
  self->face_passed = (int) vrf_statement_get_int (statement, "face_passed");
  self->face_score = vrf_statement_get_double (statement, "face_score");
  self->age_passed = (int) vrf_statement_get_int (statement, "age_passed");
  self->reason = vrf_statement_dup_text (statement, "reason");
  self->reason_code = vrf_statement_dup_text (statement, "reason_code");
  return self;
}

/** vrf_store_results_list: Returns: (nullable) (transfer full) (element-type VrfListedResult):
 * newest first; %NULL on error */
GPtrArray *
vrf_store_results_list (VrfSandboxStore *store, const VrfResultFilter *filter, GError **error)
{
  VrfStatement *statement = prepare (
      store, filter, filter->status != NULL ? SELECT WHERE OF_STATUS PAGE : SELECT WHERE PAGE);

  vrf_statement_bind_int (statement, ":limit", filter->limit);
  vrf_statement_bind_int (statement, ":offset", filter->offset);
  return vrf_sandbox_store_take_rows (
      statement, load, (GDestroyNotify) vrf_listed_result_free, error);
}

/** vrf_store_results_count: how many there are, whatever the page */
gboolean
vrf_store_results_count (VrfSandboxStore *store,
                         const VrfResultFilter *filter,
                         gint64 *ret_total,
                         GError **error)
{
  VrfStatement *statement =
      prepare (store,
               filter,
               filter->status != NULL ? "SELECT COUNT (*) AS total FROM results" WHERE OF_STATUS
                                      : "SELECT COUNT (*) AS total FROM results" WHERE);

  return vrf_sandbox_store_take_total (statement, ret_total, error);
}
