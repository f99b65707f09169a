/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-webhooks-json.h"

#include "sandbox/vrf-body.h"
#include "sandbox/vrf-retention.h"
#include "sandbox/vrf-webhook-rules.h"

/** vrf_webhooks_json_new: the endpoint of 5.1; a live one shows its secret only when it was just
 * made
 */
JsonNode *
vrf_webhooks_json_new (const VrfStoredWebhook *webhook, gboolean is_new_secret)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", webhook->id);
  json_object_set_string_member (object, "url", webhook->url);
  vrf_body_add_string (object, "label", webhook->label);
  vrf_body_add_string (object, "description", webhook->description);
  json_object_set_boolean_member (object, "enabled", webhook->enabled);
  vrf_body_add_text (object, "enabled_events", webhook->enabled_events);
  json_object_set_string_member (object, "environment", webhook->is_sandbox ? "sandbox" : "live");
  vrf_body_add_text (object, "attribute_blocklist", webhook->blocklist);
  vrf_body_add_text (object, "event_filter_conditions", webhook->conditions);
  vrf_body_add_string (object, "api_version", webhook->api_version);
  json_object_set_string_member (object, "key_inflection", webhook->inflection);
  vrf_body_add_time (object, "created_at", webhook->created_at);
  vrf_body_add_time (object, "updated_at", webhook->updated_at);
  if (webhook->is_sandbox || is_new_secret)
    json_object_set_string_member (object, "secret", webhook->secret);
  return vrf_body_take (object);
}

/* Whether what was read from the documents of the session may be given out still. */
static gboolean
is_open (VrfService *service, const char *session_id, gboolean *ret_open, GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (service);
  g_autoptr (VrfStoredSession) session = NULL;
  g_autoptr (GError) local = NULL;

  for (int is_sandbox = 1; session == NULL && local == NULL && is_sandbox >= 0; is_sandbox--)
    session = vrf_sandbox_store_get_session (store, session_id, is_sandbox, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *ret_open = session != NULL
              && vrf_retention_is_open (
                  vrf_service_get_organization (service), session, vrf_service_get_now (service));
  return TRUE;
}

/**
 * vrf_webhooks_json_new_payload:
 * @service: a service
 * @delivery: what is or was sent
 * @error: from the database
 *
 * Returns: (nullable) (transfer full): its payload in snake case, without personal data once the
 *   session's window for that is over (verifa-api.md 2.9)
 */
JsonNode *
vrf_webhooks_json_new_payload (VrfService *service,
                               const VrfStoredDelivery *delivery,
                               GError **error)
{
  g_autoptr (JsonNode) payload = vrf_stored_parse (delivery->payload);
  JsonObject *object = json_node_get_object (payload);
  gboolean open = FALSE;

  if (!json_object_has_member (object, "result"))
    return g_steal_pointer (&payload);
  if (!is_open (service, delivery->subject, &open, error))
    return NULL;
  if (open)
    return g_steal_pointer (&payload);
  return vrf_body_take (vrf_webhook_rules_strip (object, "[\"result.extracted_data\"]"));
}

/** vrf_webhooks_json_new_delivery: the delivery of 5.2; %NULL with an error from the database */
JsonNode *
vrf_webhooks_json_new_delivery (VrfService *service,
                                const VrfStoredDelivery *delivery,
                                GError **error)
{
  JsonNode *payload = vrf_webhooks_json_new_payload (service, delivery, error);
  JsonObject *object = NULL;

  if (payload == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "id", delivery->id);
  json_object_set_string_member (object, "endpoint_id", delivery->webhook_id);
  json_object_set_string_member (object, "event_type", delivery->event);
  json_object_set_string_member (object, "url", delivery->url);
  json_object_set_string_member (object, "status", delivery->status);
  json_object_set_int_member (object, "attempts", delivery->attempts);
  if (delivery->http_status != 0)
    json_object_set_int_member (object, "http_status", delivery->http_status);
  else
    json_object_set_null_member (object, "http_status");
  vrf_body_add_string (object, "error", delivery->problem);
  if (delivery->response_ms >= 0)
    json_object_set_int_member (object, "response_time_ms", delivery->response_ms);
  else
    json_object_set_null_member (object, "response_time_ms");
  vrf_body_add_time (object, "next_retry_at", delivery->due_at);
  json_object_set_member (object, "payload", payload);
  vrf_body_add_time (object, "created_at", delivery->created_at);
  vrf_body_add_time (object, "last_attempt_at", delivery->last_attempt_at);
  return vrf_body_take (object);
}

/** vrf_webhooks_json_new_test: how a test of 5.2 went */
JsonNode *
vrf_webhooks_json_new_test (const char *url, const VrfPostOutcome *outcome)
{
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "success", outcome->succeeded);
  if (outcome->http_status != 0)
    json_object_set_int_member (object, "http_status", outcome->http_status);
  else
    json_object_set_null_member (object, "http_status");
  vrf_body_add_string (object, "error", outcome->problem);
  json_object_set_string_member (object, "url", url);
  return vrf_body_take (object);
}
