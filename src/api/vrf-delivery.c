/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-delivery.h"

/** vrf_webhook_new_from_json: Returns: (nullable) (transfer full): an endpoint; NULL with
 * %VRF_ERROR_REPLY */
VrfWebhook *
vrf_webhook_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfWebhook) self = g_new0 (VrfWebhook, 1);
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "endpoint");
  self->id = g_strdup (vrf_json_reader_string (&reader, "id"));
  self->url = g_strdup (vrf_json_reader_opt_string (&reader, "url"));
  self->label = g_strdup (vrf_json_reader_opt_string (&reader, "label"));
  self->enabled = vrf_json_reader_opt_bool (&reader, "enabled", TRUE);
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
vrf_webhook_free (VrfWebhook *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->url);
  g_free (self->label);
  g_free (self);
}

/** vrf_delivery_new_from_json: Returns: (nullable) (transfer full): a delivery; NULL with
 * %VRF_ERROR_REPLY */
VrfDelivery *
vrf_delivery_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfDelivery) self = g_new0 (VrfDelivery, 1);
  JsonObject *payload = NULL;
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "delivery");
  self->id = g_strdup (vrf_json_reader_string (&reader, "id"));
  self->endpoint_id = g_strdup (vrf_json_reader_opt_string (&reader, "endpoint_id"));
  self->event_type = g_strdup (vrf_json_reader_opt_string (&reader, "event_type"));
  self->url = g_strdup (vrf_json_reader_opt_string (&reader, "url"));
  self->status = g_strdup (vrf_json_reader_opt_string (&reader, "status"));
  self->attempts = (int) vrf_json_reader_opt_int (&reader, "attempts", 0, G_MAXINT, 0);
  self->http_status = (int) vrf_json_reader_opt_int (&reader, "http_status", 0, 999, -1);
  self->error = g_strdup (vrf_json_reader_opt_string (&reader, "error"));
  self->response_time_ms =
      (int) vrf_json_reader_opt_int (&reader, "response_time_ms", 0, G_MAXINT, -1);
  self->next_retry_at = vrf_json_reader_opt_time (&reader, "next_retry_at");
  self->created_at = vrf_json_reader_opt_time (&reader, "created_at");
  self->last_attempt_at = vrf_json_reader_opt_time (&reader, "last_attempt_at");
  payload = vrf_json_reader_opt_object (&reader, "payload");
  self->payload = payload != NULL ? json_object_ref (payload) : NULL;
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
vrf_delivery_free (VrfDelivery *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->endpoint_id);
  g_free (self->event_type);
  g_free (self->url);
  g_free (self->status);
  g_free (self->error);
  g_clear_pointer (&self->payload, json_object_unref);
  g_free (self);
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

const char *
vrf_delivery_get_session_id (const VrfDelivery *self)
{
  const char *id = get_text (self->payload, "session_id");
  JsonNode *data = NULL;

  if (id != NULL || self->payload == NULL)
    return id;
  data = json_object_get_member (self->payload, "data");
  return data != NULL && JSON_NODE_HOLDS_OBJECT (data)
             ? get_text (json_node_get_object (data), "session_id")
             : NULL;
}
