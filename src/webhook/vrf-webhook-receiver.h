/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "webhook/vrf-webhook-event.h"
#include "webhook/vrf-webhook-verifier.h"

G_BEGIN_DECLS

/** VRF_WEBHOOK_RECEIVER_PATH: where deliveries are taken; everything else is 404. */
#define VRF_WEBHOOK_RECEIVER_PATH "/webhooks"

#define VRF_TYPE_WEBHOOK_RECEIVER (vrf_webhook_receiver_get_type ())
G_DECLARE_FINAL_TYPE (VrfWebhookReceiver, vrf_webhook_receiver, VRF, WEBHOOK_RECEIVER, GObject)

VrfWebhookReceiver *
vrf_webhook_receiver_new (VrfWebhookForms forms) G_GNUC_WARN_UNUSED_RESULT;

void
vrf_webhook_receiver_set_secret (VrfWebhookReceiver *self, const char *secret);

gboolean
vrf_webhook_receiver_listen (VrfWebhookReceiver *self, guint16 port, GError **error);
void
vrf_webhook_receiver_close (VrfWebhookReceiver *self);
char *
vrf_webhook_receiver_dup_url (VrfWebhookReceiver *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
