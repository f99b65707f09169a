/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-store-webhooks.h"

G_BEGIN_DECLS

/* What a request may say about an endpoint (verifa-api.md 5.2). */

void
vrf_webhook_draft_check (JsonObject *body, gboolean is_new, VrfFieldErrors *errors);
void
vrf_webhook_draft_apply (JsonObject *body, VrfStoredWebhook *webhook);

G_END_DECLS
