/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _VrfWebhookSeen VrfWebhookSeen;

VrfWebhookSeen *
vrf_webhook_seen_new (guint max_keys, gint64 life_us) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_webhook_seen_free (VrfWebhookSeen *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfWebhookSeen, vrf_webhook_seen_free)

gboolean
vrf_webhook_seen_add (VrfWebhookSeen *self, const char *key, gint64 now_us);

G_END_DECLS
