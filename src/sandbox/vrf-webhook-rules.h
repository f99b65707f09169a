/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sandbox/vrf-store-webhooks.h"

G_BEGIN_DECLS

/** vrf_webhook_rules_events: every event type of verifa-api.md 5.5, up to a %NULL. */
extern const char *const vrf_webhook_rules_events[];

gboolean
vrf_webhook_rules_is_event (const char *event);
gboolean
vrf_webhook_rules_wants (const VrfStoredWebhook *webhook, const char *event, JsonObject *payload);
JsonObject *
vrf_webhook_rules_strip (JsonObject *payload, const char *blocklist) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
