/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "base/vrf-random.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-store-webhooks.h"
#include "sandbox/vrf-webhook-draft.h"
#include "sandbox/vrf-webhook-rules.h"
#include "sandbox/vrf-webhooks-json.h"

/* Webhook endpoints (verifa-api.md 5.1, 5.2). */

#define DEFAULT_LIMIT 50

static char *
dup_secret (void)
{
  g_autofree char *random = vrf_random_base64url (32);

  return g_strconcat ("whsec_", random, NULL);
}

static void
list (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GPtrArray) webhooks = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *data = NULL;
  guint limit = 0;
  guint offset = 0;

  vrf_handlers_read_page (request, errors, DEFAULT_LIMIT, &limit, &offset);
  if (vrf_field_errors_reply (errors, reply))
    return;
  webhooks = vrf_store_webhooks_list (
      vrf_request_get_store (request), vrf_request_is_sandbox (request), limit, offset, &error);
  if (webhooks == NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  data = json_array_sized_new (webhooks->len);
  for (guint i = 0; i < webhooks->len; i++)
    json_array_add_element (data, vrf_webhooks_json_new (webhooks->pdata[i], FALSE));
  vrf_reply_set_json (reply, 200, vrf_body_new_list (data));
}

static void
list_event_types (VrfRequest *request, VrfReply *reply)
{
  JsonArray *data = json_array_new ();

  for (guint i = 0; vrf_webhook_rules_events[i] != NULL; i++)
    json_array_add_string_element (data, vrf_webhook_rules_events[i]);
  vrf_reply_set_json (reply, 200, vrf_body_new_list (data));
}

/* Checks the body; FALSE when it was answered. */
static gboolean
check (VrfRequest *request, VrfReply *reply, gboolean is_new)
{
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();

  vrf_webhook_draft_check (vrf_request_get_body (request), is_new, errors);
  return !vrf_field_errors_reply (errors, reply);
}

static VrfStoredWebhook *
new_webhook (VrfRequest *request)
{
  VrfStoredWebhook *webhook = g_new0 (VrfStoredWebhook, 1);

  webhook->id = vrf_random_id ("webhook_");
  webhook->is_sandbox = vrf_request_is_sandbox (request);
  webhook->enabled = TRUE;
  webhook->enabled_events = g_strdup ("[]");
  webhook->blocklist = g_strdup ("[]");
  webhook->conditions = g_strdup ("{}");
  webhook->inflection = g_strdup ("snake");
  webhook->secret = dup_secret ();
  webhook->created_at = vrf_service_get_now (vrf_request_get_service (request));
  webhook->updated_at = webhook->created_at;
  return webhook;
}

static void
insert (VrfRequest *request, VrfReply *reply, VrfStoredWebhook *webhook)
{
  g_autoptr (GError) error = NULL;

  if (vrf_store_webhooks_insert (vrf_request_get_store (request), webhook, &error))
    vrf_reply_set_json (reply, 201, vrf_webhooks_json_new (webhook, TRUE));
  else
    vrf_error_reply_set_error (reply, error);
}

static void
create (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredWebhook) webhook = NULL;

  if (!check (request, reply, TRUE))
    return;
  webhook = new_webhook (request);
  vrf_webhook_draft_apply (vrf_request_get_body (request), webhook);
  insert (request, reply, webhook);
}

static void
get (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredWebhook) webhook = vrf_handlers_find_webhook (request, reply);

  if (webhook != NULL)
    vrf_reply_set_json (reply, 200, vrf_webhooks_json_new (webhook, FALSE));
}

static void
put (VrfRequest *request, VrfReply *reply, VrfStoredWebhook *webhook, gboolean is_new_secret)
{
  VrfService *service = vrf_request_get_service (request);
  g_autoptr (GError) error = NULL;

  webhook->updated_at = vrf_service_get_now (service);
  if (!vrf_store_webhooks_update (vrf_request_get_store (request), webhook, &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  vrf_reply_set_json (reply, 200, vrf_webhooks_json_new (webhook, is_new_secret));
  /* What waited for it to be enabled again can go. */
  vrf_service_note_deliveries (service);
}

static void
update (VrfRequest *request, VrfReply *reply)
{
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfStoredWebhook) webhook = vrf_handlers_find_webhook (request, reply);

  if (webhook == NULL || !check (request, reply, FALSE))
    return;
  vrf_webhook_draft_apply (body, webhook);
  if (vrf_fields_has (body, "enabled"))
    {
      webhook->enabled = vrf_fields_get_bool (body, "enabled");
      if (webhook->enabled)
        webhook->failures = 0;
    }
  put (request, reply, webhook, FALSE);
}

static void
remove_webhook (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredWebhook) webhook = vrf_handlers_find_webhook (request, reply);
  g_autoptr (GError) error = NULL;

  if (webhook == NULL)
    return;
  if (vrf_store_webhooks_delete (vrf_request_get_store (request), webhook->n, &error))
    vrf_reply_set_empty (reply, 204);
  else
    vrf_error_reply_set_error (reply, error);
}

static void
rotate_secret (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredWebhook) webhook = vrf_handlers_find_webhook (request, reply);

  if (webhook == NULL)
    return;
  g_free (webhook->secret);
  webhook->secret = dup_secret ();
  put (request, reply, webhook, TRUE);
}

/* All that was set, and nothing that happened. */
static void
make_clone (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredWebhook) from = vrf_handlers_find_webhook (request, reply);
  g_autoptr (VrfStoredWebhook) webhook = NULL;

  if (from == NULL)
    return;
  webhook = new_webhook (request);
  vrf_stored_set (&webhook->url, from->url);
  vrf_stored_set (&webhook->label, from->label);
  vrf_stored_set (&webhook->description, from->description);
  vrf_stored_set (&webhook->enabled_events, from->enabled_events);
  vrf_stored_set (&webhook->blocklist, from->blocklist);
  vrf_stored_set (&webhook->conditions, from->conditions);
  vrf_stored_set (&webhook->api_version, from->api_version);
  vrf_stored_set (&webhook->inflection, from->inflection);
  insert (request, reply, webhook);
}

#define ENDPOINTS "/api/v1/webhooks/endpoints"
#define ENDPOINT ENDPOINTS "/{endpoint_id}"

const VrfRoute vrf_handlers_webhooks[] = {
  { "GET", ENDPOINTS, "webhooks:read", list, VRF_ROUTE_PLAIN },
  { "POST",
    ENDPOINTS,
    "webhooks:write",
    create,
    VRF_ROUTE_PLAIN,
    .audit = "api.webhook_endpoint.create" },
  { "GET", ENDPOINTS "/event-types", "webhooks:read", list_event_types, VRF_ROUTE_PLAIN },
  { "GET", ENDPOINT, "webhooks:read", get, VRF_ROUTE_PLAIN },
  { "PATCH",
    ENDPOINT,
    "webhooks:write",
    update,
    VRF_ROUTE_PLAIN,
    .audit = "api.webhook_endpoint.update" },
  { "DELETE",
    ENDPOINT,
    "webhooks:write",
    remove_webhook,
    VRF_ROUTE_PLAIN,
    .audit = "api.webhook_endpoint.delete" },
  { "POST",
    ENDPOINT "/rotate-secret",
    "webhooks:write",
    rotate_secret,
    VRF_ROUTE_PLAIN,
    .audit = "api.webhook_endpoint.rotate_secret" },
  { "POST",
    ENDPOINT "/clone",
    "webhooks:write",
    make_clone,
    VRF_ROUTE_PLAIN,
    .audit = "api.webhook_endpoint.clone" },
  { NULL },
};
