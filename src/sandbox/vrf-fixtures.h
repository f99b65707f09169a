/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

gboolean
vrf_fixtures_ensure (VrfSandboxStore *store, gint64 now, GError **error);

/** VRF_FIXTURES_ORGANIZATION: the organization every key belongs to (verifa-api.md 8.5). */
#define VRF_FIXTURES_ORGANIZATION "Front Desk Demo"
/** VRF_FIXTURES_DEFAULT_WORKFLOW: the id of the organization's default. */
#define VRF_FIXTURES_DEFAULT_WORKFLOW "workflow_default_kyc"

G_END_DECLS
