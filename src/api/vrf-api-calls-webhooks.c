/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-api-webhooks.h"
#include "api/vrf-call.h"
#include "base/vrf-time.h"

/* Webhook endpoints and their deliveries (verifa-api.md 5.2). */

static gpointer
decode_webhooks (JsonNode *node, GError **error)
{
  return vrf_call_decode_list (node,
                               "endpoints",
                               (VrfDecode) vrf_webhook_new_from_json,
                               (GDestroyNotify) vrf_webhook_free,
                               error);
}

void
vrf_api_client_list_webhooks_async (VrfApiClient *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task = vrf_call_task_new (
      self, vrf_api_client_list_webhooks_async, cancellable, callback, user_data);

  vrf_call_run (
      vrf_call_new (
          "GET", "webhooks/endpoints", decode_webhooks, (GDestroyNotify) g_ptr_array_unref),
      task);
}

GPtrArray *
vrf_api_client_list_webhooks_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_list_webhooks_async, result, error);
}

static gpointer
decode_deliveries (JsonNode *node, GError **error)
{
  return vrf_call_decode_list (node,
                               "deliveries",
                               (VrfDecode) vrf_delivery_new_from_json,
                               (GDestroyNotify) vrf_delivery_free,
                               error);
}

static void
add_time (VrfCall *call, const char *name, gint64 us)
{
  g_autofree char *text = us != VRF_TIME_NONE ? vrf_time_format (us) : NULL;

  vrf_call_add_query (call, name, text);
}

void
vrf_api_client_list_deliveries_async (VrfApiClient *self,
                                      const char *endpoint_id,
                                      const VrfDeliveryQuery *query,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GTask *task = vrf_call_task_new (
      self, vrf_api_client_list_deliveries_async, cancellable, callback, user_data);
  VrfCall *call = vrf_call_new_for_item ("GET",
                                         "webhooks/endpoints",
                                         endpoint_id,
                                         "deliveries",
                                         decode_deliveries,
                                         (GDestroyNotify) g_ptr_array_unref);

  add_time (call, "date_from", query->from_us);
  add_time (call, "date_to", query->to_us);
  vrf_call_add_query_number (call, "limit", query->limit);
  vrf_call_add_query_number (call, "offset", query->offset);
  vrf_call_run (call, task);
}

GPtrArray *
vrf_api_client_list_deliveries_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_list_deliveries_async, result, error);
}

void
vrf_api_client_retry_delivery_async (VrfApiClient *self,
                                     const char *delivery_id,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_retry_delivery_async, NULL, callback, user_data);

  vrf_call_run (
      vrf_call_new_for_item (
          "POST", "webhooks/deliveries", delivery_id, "retry", vrf_call_decode_nothing, g_free),
      task);
}

gboolean
vrf_api_client_retry_delivery_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish_nothing (self, vrf_api_client_retry_delivery_async, result, error);
}
