/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-service.h"
#include "sandbox/vrf-store-deliveries.h"
#include "sandbox/vrf-store-webhooks.h"

G_BEGIN_DECLS

gboolean
vrf_outbox_invite (VrfService *service, const VrfStoredSession *session, GError **error);
gboolean
vrf_outbox_warn_of_webhook (VrfService *service,
                            const VrfStoredWebhook *webhook,
                            const VrfStoredDelivery *last,
                            GError **error);

G_END_DECLS
