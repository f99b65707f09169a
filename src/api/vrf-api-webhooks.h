/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "api/vrf-api-client.h"
#include "api/vrf-delivery.h"

G_BEGIN_DECLS

/* Webhook endpoints and their deliveries (verifa-api.md 5.2), as VrfApiClient's other calls. */

/* GET /webhooks/endpoints: VrfWebhook */
void
vrf_api_client_list_webhooks_async (VrfApiClient *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *
vrf_api_client_list_webhooks_finish (VrfApiClient *self,
                                     GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** VrfDeliveryQuery: times µs, VRF_TIME_NONE not sent; @limit 1 to 100. */
typedef struct
{
  gint64 from_us;
  gint64 to_us;
  guint limit;
  guint offset;
} VrfDeliveryQuery;

/* GET /webhooks/endpoints/{id}/deliveries: VrfDelivery, newest first */
void
vrf_api_client_list_deliveries_async (VrfApiClient *self,
                                      const char *endpoint_id,
                                      const VrfDeliveryQuery *query,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *
vrf_api_client_list_deliveries_finish (VrfApiClient *self,
                                       GAsyncResult *result,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* POST /webhooks/deliveries/{id}/retry: sent once */
void
vrf_api_client_retry_delivery_async (VrfApiClient *self,
                                     const char *delivery_id,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
vrf_api_client_retry_delivery_finish (VrfApiClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
