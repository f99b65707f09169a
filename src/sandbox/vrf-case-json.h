/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sandbox/vrf-service.h"
#include "sandbox/vrf-store-case-notes.h"
#include "sandbox/vrf-store-cases.h"

G_BEGIN_DECLS

/* The bodies of verifa-api.md 7.3, in snake case. Each hands over a node. */

JsonNode *
vrf_case_json_new (const VrfStoredCase *self) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_case_json_new_full (VrfService *service,
                        const VrfStoredCase *self,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_case_json_new_note (const VrfStoredCaseNote *note) G_GNUC_WARN_UNUSED_RESULT;
JsonArray *
vrf_case_json_new_notes (GPtrArray *notes) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *
vrf_case_json_new_event (const VrfStoredCase *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
