/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sandbox/vrf-service.h"

G_BEGIN_DECLS

/* The bodies of verifa-api.md 3, in snake case. Each hands over a node. */

JsonNode *
vrf_session_json_new (VrfService *service,
                      const VrfStoredSession *session) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_session_json_new_item (VrfService *service,
                           const VrfStoredSession *session) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_session_json_new_created (VrfService *service,
                              const VrfStoredSession *session) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_session_json_new_resumed (VrfService *service,
                              const VrfStoredSession *session) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_session_json_new_link (VrfService *service,
                           const VrfStoredSession *session,
                           const VrfStoredLink *link,
                           gboolean with_qr) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_session_json_new_result (VrfService *service,
                             const VrfStoredSession *session,
                             const VrfStoredResult *result,
                             GPtrArray *checks) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_session_json_new_risk (const VrfStoredSession *session,
                           const VrfStoredResult *result) G_GNUC_WARN_UNUSED_RESULT;
JsonArray *
vrf_session_json_new_signals (const VrfStoredResult *result) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_session_json_new_document (VrfService *service,
                               const VrfStoredSession *session,
                               const VrfStoredDocument *document,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_session_json_new_check (const VrfStoredCheck *check) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
