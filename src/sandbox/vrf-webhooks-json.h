/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sandbox/vrf-poster.h"
#include "sandbox/vrf-service.h"
#include "sandbox/vrf-store-deliveries.h"
#include "sandbox/vrf-store-webhooks.h"

G_BEGIN_DECLS

/* The bodies of verifa-api.md 5, in snake case. Each hands over a node. */

JsonNode *
vrf_webhooks_json_new (const VrfStoredWebhook *webhook,
                       gboolean is_new_secret) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_webhooks_json_new_delivery (VrfService *service,
                                const VrfStoredDelivery *delivery,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_webhooks_json_new_payload (VrfService *service,
                               const VrfStoredDelivery *delivery,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_webhooks_json_new_test (const char *url,
                            const VrfPostOutcome *outcome) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
