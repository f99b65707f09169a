/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-store-workflows.h"

G_BEGIN_DECLS

/* What the caller asks of a workflow */
gboolean
vrf_workflows_read (JsonObject *body, VrfStoredWorkflow *workflow, VrfFieldErrors *errors);
JsonNode *
vrf_workflows_new_json (const VrfStoredWorkflow *workflow) G_GNUC_WARN_UNUSED_RESULT;

/* Which one a session goes by */
gboolean
vrf_workflows_give (VrfSandboxStore *store,
                    VrfStoredSession *session,
                    const VrfStoredWorkflow *workflow,
                    GError **error);
VrfStoredWorkflow *
vrf_workflows_get_of_session (VrfSandboxStore *store,
                              const VrfStoredSession *session,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
