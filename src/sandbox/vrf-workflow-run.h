/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-engine.h"
#include "sandbox/vrf-store-runs.h"

G_BEGIN_DECLS

GStrv
vrf_workflow_run_dup_policies (VrfSandboxStore *store,
                               const VrfStoredSession *session,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_workflow_run_follow (VrfSandboxStore *store,
                         const VrfStoredSession *session,
                         VrfState to,
                         const VrfPreset *preset,
                         gint64 at,
                         GError **error);
gboolean
vrf_workflow_run_decide (VrfSandboxStore *store,
                         const VrfStoredSession *session,
                         const char *decision,
                         JsonNode *metadata,
                         GError **error);
gboolean
vrf_workflow_run_start_at (VrfSandboxStore *store,
                           const VrfStoredSession *session,
                           const VrfStoredRun *before,
                           guint step_index,
                           GError **error);
gboolean
vrf_workflow_run_failed_gate (VrfSandboxStore *store,
                              const VrfStoredSession *session,
                              gboolean *ret_failed,
                              GError **error);
JsonNode *
vrf_workflow_run_to_json (const VrfStoredRun *run,
                          const VrfStoredSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
