/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/**
 * VrfStoredRun:
 * @status: `running`, `paused`, `completed` or `failed`
 * @final_status: (nullable): where it ended: `approved`, `rejected`, `needs_review`
 * @graph: a JSON object: the workflow as it was when the run began
 * @node_results: a JSON object: node id to what came of it
 * @current_node: (nullable): where it is
 * @paused_at_node: (nullable): the gate it waits at
 * @gate: (nullable): what the other system decided, a JSON object
 *
 * How a workflow ran for a session (verifa-api.md 3.19). One a session: the newest. Owned texts.
 */
typedef struct
{
  gint64 session_n;
  char *id;
  char *workflow_id;
  char *status;
  char *final_status;
  char *graph;
  char *node_results;
  char *current_node;
  char *paused_at_node;
  char *gate;
  gint64 created_at;
  gint64 started_at;
  gint64 completed_at;
} VrfStoredRun;

void
vrf_stored_run_free (VrfStoredRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfStoredRun, vrf_stored_run_free)

gboolean
vrf_store_runs_put (VrfSandboxStore *store, const VrfStoredRun *run, GError **error);
VrfStoredRun *
vrf_store_runs_get (VrfSandboxStore *store,
                    gint64 session_n,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
