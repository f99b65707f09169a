/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "base/vrf-json.h"

G_BEGIN_DECLS

/** VrfWebhook: where events go (verifa-api.md 5.1). Its secret is not read. */
typedef struct
{
  char *id;
  char *url;
  char *label; /* nullable */
  gboolean enabled;
} VrfWebhook;

VrfWebhook *
vrf_webhook_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_webhook_free (VrfWebhook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfWebhook, vrf_webhook_free)

/** VrfDelivery: one event on its way to one endpoint (verifa-api.md 5.2). Texts may be NULL but for
 * the id. @payload may hold personal data. */
typedef struct
{
  char *id;
  char *endpoint_id;
  char *event_type;
  char *url;
  char *status; /* pending, succeeded, failed */
  int attempts;
  int http_status; /* -1 none */
  char *error;
  int response_time_ms; /* -1 unknown */
  gint64 next_retry_at; /* VRF_TIME_NONE: none */
  gint64 created_at;
  gint64 last_attempt_at;
  JsonObject *payload; /* nullable */
} VrfDelivery;

VrfDelivery *
vrf_delivery_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_delivery_free (VrfDelivery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfDelivery, vrf_delivery_free)

/* The session the event is about, in either form of payload (5.4); nullable, borrowed. */
const char *
vrf_delivery_get_session_id (const VrfDelivery *self);

G_END_DECLS
