/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-handlers.h"

#include "base/vrf-json.h"
#include "base/vrf-random.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-inflection.h"
#include "sandbox/vrf-store-deliveries.h"
#include "sandbox/vrf-webhook-rules.h"
#include "sandbox/vrf-webhooks-json.h"

/* What was sent to an endpoint, what is to be sent again, and a test (verifa-api.md 5.2). */

#define DEFAULT_LIMIT 50

static void
read_filter (VrfRequest *request, VrfFieldErrors *errors, VrfDeliveryFilter *filter)
{
  filter->event = vrf_request_get_query (request, "event_type");
  filter->date_from = VRF_TIME_NONE;
  filter->date_to = VRF_TIME_NONE;
  vrf_handlers_read_page (request, errors, DEFAULT_LIMIT, &filter->limit, &filter->offset);
  vrf_handlers_read_time (request, errors, "date_from", &filter->date_from);
  vrf_handlers_read_time (request, errors, "date_to", &filter->date_to);
  if (filter->event != NULL && !vrf_webhook_rules_is_event (filter->event))
    vrf_field_errors_add (errors, "event_type", "enum", "must be an event type");
}

static JsonArray *
new_deliveries (VrfService *service, GPtrArray *deliveries, GError **error)
{
  g_autoptr (JsonArray) data = json_array_sized_new (deliveries->len);

  for (guint i = 0; i < deliveries->len; i++)
    {
      JsonNode *node = vrf_webhooks_json_new_delivery (service, deliveries->pdata[i], error);

      if (node == NULL)
        return NULL;
      json_array_add_element (data, node);
    }
  return g_steal_pointer (&data);
}

static void
list (VrfRequest *request, VrfReply *reply)
{
  VrfService *service = vrf_request_get_service (request);
  VrfSandboxStore *store = vrf_request_get_store (request);
  g_autoptr (VrfStoredWebhook) webhook = vrf_handlers_find_webhook (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GPtrArray) deliveries = NULL;
  g_autoptr (GError) error = NULL;
  VrfDeliveryFilter filter = { 0 };
  JsonArray *data = NULL;
  gint64 total = 0;

  if (webhook == NULL)
    return;
  read_filter (request, errors, &filter);
  if (vrf_field_errors_reply (errors, reply))
    return;
  filter.webhook_n = webhook->n;
  deliveries = vrf_store_deliveries_list (store, &filter, &error);
  if (deliveries != NULL && vrf_store_deliveries_count (store, &filter, &total, &error))
    data = new_deliveries (service, deliveries, &error);
  if (data != NULL)
    vrf_reply_set_json (reply, 200, vrf_body_new_page (data, total, filter.limit, filter.offset));
  else
    vrf_error_reply_set_error (reply, error);
}

/* The delivery of the path; NULL when it was answered. */
static VrfStoredDelivery *
find (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  VrfStoredDelivery *delivery =
      vrf_store_deliveries_get (vrf_request_get_store (request),
                                vrf_request_get_param (request, "delivery_id"),
                                vrf_request_is_sandbox (request),
                                &error);

  vrf_handlers_is_found (reply, delivery, error, "Delivery not found.");
  return delivery;
}

static gboolean
check_enabled (VrfRequest *request,
               VrfReply *reply,
               const VrfStoredDelivery *delivery,
               GError **error)
{
  g_autoptr (VrfStoredWebhook) webhook = vrf_store_webhooks_get_by_number (
      vrf_request_get_store (request), delivery->webhook_n, error);

  if (webhook == NULL)
    return FALSE;
  if (!webhook->enabled)
    vrf_error_reply_set (reply, 400, "bad_request", "The endpoint is disabled; enable it first.");
  return webhook->enabled;
}

/* At once, whatever came of it before. Its attempts count on: one that has used them up has this
 * one more. */
static void
retry (VrfRequest *request, VrfReply *reply)
{
  VrfService *service = vrf_request_get_service (request);
  g_autoptr (VrfStoredDelivery) delivery = find (request, reply);
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (GError) error = NULL;

  if (delivery == NULL)
    return;
  if (!check_enabled (request, reply, delivery, &error))
    {
      if (error != NULL)
        vrf_error_reply_set_error (reply, error);
      return;
    }
  vrf_stored_set (&delivery->status, "pending");
  delivery->due_at = vrf_service_get_now (service);
  if (vrf_store_deliveries_update (vrf_request_get_store (request), delivery, &error))
    body = vrf_webhooks_json_new_delivery (service, delivery, &error);
  if (body == NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  vrf_reply_set_json (reply, 200, g_steal_pointer (&body));
  vrf_service_note_deliveries (service);
}

/* A test while it is on its way. */
typedef struct
{
  VrfRequest *request;         /* borrowed; gone when the sending was cancelled */
  VrfStoredDelivery *delivery; /* owned: what will be listed */
  VrfPostOutcome *outcome;     /* owned, nullable */
} Test;

static void
test_free (Test *test)
{
  vrf_stored_delivery_free (test->delivery);
  vrf_post_outcome_free (test->outcome);
  g_free (test);
}

static char *
dup_payload (const VrfStoredWebhook *webhook)
{
  g_autofree char *random = vrf_random_hex (16);
  g_autofree char *key = g_strconcat ("idk_", random, NULL);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = NULL;

  json_object_set_string_member (object, "event", "webhook.test");
  json_object_set_string_member (object, "idempotency_key", key);
  json_object_set_string_member (object, "message", "Test event");
  json_object_set_string_member (object, "endpoint_id", webhook->id);
  node = vrf_body_take (g_steal_pointer (&object));
  return vrf_json_to_text (node);
}

static GBytes *
dup_body (const char *payload, const char *inflection)
{
  g_autoptr (JsonNode) node = vrf_stored_parse (payload);
  g_autoptr (JsonNode) inflected = vrf_inflection_apply (node, inflection);
  char *text = vrf_json_to_text (inflected);

  return g_bytes_new_take (text, strlen (text));
}

/* Unless the endpoint was deleted while it was being tested. */
static gboolean
put_test (VrfSandboxStore *store, const VrfStoredDelivery *delivery, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (VrfStoredWebhook) webhook =
      vrf_store_webhooks_get_by_number (store, delivery->webhook_n, &local);

  if (webhook != NULL)
    return vrf_store_deliveries_insert (store, delivery, error);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* It is listed with the others, but tried once only, and says nothing about the endpoint. */
static void
finish_test (VrfRequest *request, VrfReply *reply, gpointer data)
{
  Test *test = data;
  VrfStoredDelivery *delivery = test->delivery;
  g_autoptr (GError) error = NULL;

  delivery->attempts = 1;
  vrf_stored_set (&delivery->status, test->outcome->succeeded ? "succeeded" : "failed");
  delivery->http_status = test->outcome->http_status;
  vrf_stored_set (&delivery->problem, test->outcome->problem);
  delivery->response_ms = test->outcome->took_ms;
  delivery->due_at = VRF_TIME_NONE;
  delivery->last_attempt_at = vrf_service_get_now (vrf_request_get_service (request));
  if (put_test (vrf_request_get_store (request), delivery, &error))
    vrf_reply_set_json (reply, 200, vrf_webhooks_json_new_test (delivery->url, test->outcome));
  else
    vrf_error_reply_set_error (reply, error);
}

static void
tested_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Test *test = user_data;

  test->outcome = vrf_poster_send_finish (VRF_POSTER (object), result, NULL);
  if (test->outcome != NULL)
    vrf_request_answer (test->request, finish_test, test);
  test_free (test);
}

static void
begin_test (VrfRequest *request, VrfReply *reply)
{
  VrfService *service = vrf_request_get_service (request);
  g_autoptr (VrfStoredWebhook) webhook = vrf_handlers_find_webhook (request, reply);
  g_autoptr (GBytes) body = NULL;
  VrfPost post = { 0 };
  Test *test = NULL;

  if (webhook == NULL)
    return;
  test = g_new0 (Test, 1);
  test->request = request;
  test->delivery = vrf_stored_delivery_new (
      webhook->n, webhook->url, "webhook.test", vrf_service_get_now (service));
  test->delivery->payload = dup_payload (webhook);
  body = dup_body (test->delivery->payload, webhook->inflection);
  post.url = webhook->url;
  post.secret = webhook->secret;
  post.delivery_id = test->delivery->id;
  post.event = test->delivery->event;
  post.body = body;
  vrf_poster_send_async (
      vrf_service_get_poster (service), &post, vrf_request_wait (request), tested_cb, test);
}

#define ENDPOINT "/api/v1/webhooks/endpoints/{endpoint_id}"

const VrfRoute vrf_handlers_deliveries[] = {
  { "POST",
    ENDPOINT "/test",
    "webhooks:write",
    begin_test,
    VRF_ROUTE_PLAIN,
    .audit = "api.webhook_endpoint.test" },
  { "GET", ENDPOINT "/deliveries", "webhooks:read", list, VRF_ROUTE_PLAIN },
  { "POST",
    "/api/v1/webhooks/deliveries/{delivery_id}/retry",
    "webhooks:write",
    retry,
    VRF_ROUTE_PLAIN,
    .audit = "api.webhook_delivery.retry" },
  { NULL },
};
