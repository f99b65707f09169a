/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-store-runs.h"

#include "sandbox/vrf-sandbox-store-private.h"

/** vrf_stored_run_free: frees @self (nullable) */
void
vrf_stored_run_free (VrfStoredRun *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->workflow_id);
  g_free (self->status);
  g_free (self->final_status);
  g_free (self->graph);
  g_free (self->node_results);
  g_free (self->current_node);
  g_free (self->paused_at_node);
  g_free (self->gate);
  g_free (self);
}

/** vrf_store_runs_put: replaces the session's run */
gboolean
vrf_store_runs_put (VrfSandboxStore *store, const VrfStoredRun *run, GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (
      vrf_sandbox_store_get_db (store),
      "INSERT OR REPLACE INTO workflow_runs (session_n, id, workflow_id, status, final_status,"
      " graph, node_results, current_node, paused_at_node, gate, created_at, started_at,"
      " completed_at) VALUES (:session_n, :id, :workflow_id, :status, :final_status, :graph,"
      " :node_results, :current_node, :paused_at_node, :gate, :created_at, :started_at,"
      " :completed_at)");

  vrf_statement_bind_int (statement, ":session_n", run->session_n);
  vrf_statement_bind_text (statement, ":id", run->id);
  vrf_statement_bind_text (statement, ":workflow_id", run->workflow_id);
  vrf_statement_bind_text (statement, ":status", run->status);
  vrf_statement_bind_text (statement, ":final_status", run->final_status);
  vrf_statement_bind_text (statement, ":graph", run->graph);
  vrf_statement_bind_text (statement, ":node_results", run->node_results);
  vrf_statement_bind_text (statement, ":current_node", run->current_node);
  vrf_statement_bind_text (statement, ":paused_at_node", run->paused_at_node);
  vrf_statement_bind_text (statement, ":gate", run->gate);
  vrf_statement_bind_time (statement, ":created_at", run->created_at);
  vrf_statement_bind_time (statement, ":started_at", run->started_at);
  vrf_statement_bind_time (statement, ":completed_at", run->completed_at);
  return vrf_statement_run (statement, error);
}

static gpointer
load_run (VrfStatement *statement)
{
  VrfStoredRun *run = g_new0 (VrfStoredRun, 1);

  run->session_n = vrf_statement_get_int (statement, "session_n");
  run->id = vrf_statement_dup_text (statement, "id");
  run->workflow_id = vrf_statement_dup_text (statement, "workflow_id");
  run->status = vrf_statement_dup_text (statement, "status");
  run->final_status = vrf_statement_dup_text (statement, "final_status");
  run->graph = vrf_statement_dup_text (statement, "graph");
  run->node_results = vrf_statement_dup_text (statement, "node_results");
  run->current_node = vrf_statement_dup_text (statement, "current_node");
  run->paused_at_node = vrf_statement_dup_text (statement, "paused_at_node");
  run->gate = vrf_statement_dup_text (statement, "gate");
  run->created_at = vrf_statement_get_time (statement, "created_at");
  run->started_at = vrf_statement_get_time (statement, "started_at");
  run->completed_at = vrf_statement_get_time (statement, "completed_at");
  return run;
}

/** vrf_store_runs_get: Returns: (nullable) (transfer full): the session's run */
VrfStoredRun *
vrf_store_runs_get (VrfSandboxStore *store, gint64 session_n, GError **error)
{
  VrfStatement *statement =
      vrf_sqlite_statement (vrf_sandbox_store_get_db (store),
                            "SELECT session_n, id, workflow_id, status, final_status, graph,"
                            " node_results, current_node, paused_at_node, gate, created_at,"
                            " started_at, completed_at FROM workflow_runs"
                            " WHERE session_n = :session_n");

  vrf_statement_bind_int (statement, ":session_n", session_n);
  return vrf_sandbox_store_take_row (
      statement, load_run, (GDestroyNotify) vrf_stored_run_free, error);
}
