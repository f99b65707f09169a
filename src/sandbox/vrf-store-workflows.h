/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/**
 * VrfStoredWorkflow:
 * @n: the row's number; 0 before it is inserted
 * @is_sandbox: the environment
 * @is_default: what a session gets that names none
 * @is_active: whether a new session may have it
 * @version: 1 for the first
 * @is_newest: whether it is the last version that was made
 * @rollout: of a hundred new sessions, how many get this version
 * @created_at: when its first version was made
 * @updated_at: when it, or this version of it, was made or changed
 * @steps: a JSON array of objects
 * @requirements: (nullable): its `data_requirements`, a JSON object
 *
 * One version of a workflow (verifa-api.md 7.1).
 */
typedef struct
{
  gint64 n;
  char *id;
  gboolean is_sandbox;
  gboolean is_default;
  gboolean is_active;
  int version;
  gboolean is_newest;
  int rollout;
  gint64 created_at;
  gint64 updated_at;
  char *name;
  char *description;
  char *steps;
  char *requirements;
} VrfStoredWorkflow;

void
vrf_stored_workflow_free (VrfStoredWorkflow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfStoredWorkflow, vrf_stored_workflow_free)

/* What is not there is %NULL without an error. */
gboolean
vrf_store_workflows_insert (VrfSandboxStore *store, VrfStoredWorkflow *workflow, GError **error);
gboolean
vrf_store_workflows_add_version (VrfSandboxStore *store,
                                 const VrfStoredWorkflow *workflow,
                                 GError **error);
gboolean
vrf_store_workflows_set_active (VrfSandboxStore *store,
                                const VrfStoredWorkflow *workflow,
                                gboolean is_active,
                                gint64 now,
                                GError **error);
gboolean
vrf_store_workflows_set_default (VrfSandboxStore *store,
                                 const VrfStoredWorkflow *workflow,
                                 gint64 now,
                                 GError **error);

VrfStoredWorkflow *
vrf_store_workflows_get (VrfSandboxStore *store,
                         const char *id,
                         gboolean is_sandbox,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
VrfStoredWorkflow *
vrf_store_workflows_get_default (VrfSandboxStore *store,
                                 gboolean is_sandbox,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
VrfStoredWorkflow *
vrf_store_workflows_get_version (VrfSandboxStore *store,
                                 const char *id,
                                 gboolean is_sandbox,
                                 int version,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
VrfStoredWorkflow *
vrf_store_workflows_get_settled (VrfSandboxStore *store,
                                 const VrfStoredWorkflow *newest,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_store_workflows_list (VrfSandboxStore *store,
                          gboolean is_sandbox,
                          guint limit,
                          guint offset,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_store_workflows_list_versions (VrfSandboxStore *store,
                                   const VrfStoredWorkflow *workflow,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
