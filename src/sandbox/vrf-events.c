/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-events.h"

#include "base/vrf-json.h"
#include "base/vrf-random.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-store-deliveries.h"
#include "sandbox/vrf-store-identities.h"
#include "sandbox/vrf-store-webhooks.h"
#include "sandbox/vrf-webhook-rules.h"

/* What is told about what happens (verifa-api.md 5.4). Telling only writes rows; they are sent once
 * the transaction has ended well. */

static char *
dup_idempotency_key (void)
{
  g_autofree char *random = vrf_random_hex (16);

  return g_strconcat ("idk_", random, NULL);
}

/* The payload with `event` and `idempotency_key` before all else. */
static JsonObject *
complete (const char *event, JsonObject *payload)
{
  g_autofree char *key = dup_idempotency_key ();
  JsonObject *whole = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  json_object_set_string_member (whole, "event", event);
  json_object_set_string_member (whole, "idempotency_key", key);
  json_object_iter_init_ordered (&iter, payload);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (whole, name, json_node_copy (node));
  return whole;
}

/* What keeps its order: a session, or else an identity. */
static const char *
find_subject (JsonObject *payload)
{
  const char *session = json_object_get_string_member_with_default (payload, "session_id", NULL);

  return session != NULL
             ? session
             : json_object_get_string_member_with_default (payload, "identity_id", NULL);
}

/* @subject (nullable): what it must not overtake anything of. */
static gboolean
put_delivery (VrfService *service,
              const VrfStoredWebhook *webhook,
              const char *event,
              const char *subject,
              JsonObject *payload,
              GError **error)
{
  g_autoptr (VrfStoredDelivery) delivery =
      vrf_stored_delivery_new (webhook->n, webhook->url, event, vrf_service_get_now (service));
  g_autoptr (JsonNode) stripped =
      vrf_body_take (vrf_webhook_rules_strip (payload, webhook->blocklist));

  delivery->subject = g_strdup (subject);
  delivery->payload = vrf_json_to_text (stripped);
  return vrf_store_deliveries_insert (vrf_service_get_store (service), delivery, error);
}

/**
 * vrf_events_tell_of_cause:
 * @service: a service, in a transaction
 * @event: a type of verifa-api.md 5.5
 * @is_sandbox: the environment it happened in
 * @payload: (transfer full): as for vrf_events_tell()
 * @cause: (nullable): the id of the session that brought it about, whatever it is about itself
 * @error: from the database
 *
 * As vrf_events_tell(), for what an endpoint is to get after all that was told of @cause before:
 * the order of verifa-api.md 8.4 goes across what the events are about.
 */
gboolean
vrf_events_tell_of_cause (VrfService *service,
                          const char *event,
                          gboolean is_sandbox,
                          JsonObject *payload,
                          const char *cause,
                          GError **error)
{
  g_autoptr (JsonObject) given = payload;
  g_autoptr (JsonObject) whole = complete (event, given);
  g_autoptr (GPtrArray) webhooks = NULL;
  const char *subject = cause != NULL ? cause : find_subject (whole);
  gboolean told = FALSE;

  g_return_val_if_fail (vrf_webhook_rules_is_event (event), FALSE);

  webhooks = vrf_store_webhooks_list_enabled (vrf_service_get_store (service), is_sandbox, error);
  if (webhooks == NULL)
    return FALSE;
  for (guint i = 0; i < webhooks->len; i++)
    {
      const VrfStoredWebhook *webhook = webhooks->pdata[i];

      if (!vrf_webhook_rules_wants (webhook, event, whole))
        continue;
      if (!put_delivery (service, webhook, event, subject, whole, error))
        return FALSE;
      told = TRUE;
    }
  if (told)
    vrf_service_note_deliveries (service);
  return TRUE;
}

/**
 * vrf_events_tell:
 * @service: a service, in a transaction
 * @event: a type of verifa-api.md 5.5
 * @is_sandbox: the environment it happened in
 * @payload: (transfer full): what there is to tell, in snake case, without `event` and
 *   `idempotency_key`; an event about a session has its `session_id`
 * @error: from the database
 *
 * Writes a delivery for every endpoint that wants it. The key is the same in all of them.
 */
gboolean
vrf_events_tell (VrfService *service,
                 const char *event,
                 gboolean is_sandbox,
                 JsonObject *payload,
                 GError **error)
{
  return vrf_events_tell_of_cause (service, event, is_sandbox, payload, NULL, error);
}

static void
add_truth (JsonObject *object, const char *name, int value)
{
  if (value >= 0)
    json_object_set_boolean_member (object, name, value > 0);
  else
    json_object_set_null_member (object, name);
}

static JsonObject *
new_result (VrfService *service, const VrfStoredResult *result)
{
  const VrfOrganization *organization = vrf_service_get_organization (service);
  JsonObject *object = json_object_new ();

  add_truth (object, "face_match_passed", result->face_passed);
  if (result->face_score >= 0.0)
    json_object_set_double_member (object, "face_match_score", result->face_score);
  else
    json_object_set_null_member (object, "face_match_score");
  add_truth (object, "age_check_passed", result->age_passed);
  json_object_set_member (object,
                          "extracted_data",
                          vrf_organization_filter_extracted (organization, result->extracted));
  if (g_str_equal (result->status, "rejected"))
    {
      vrf_body_add_string (object, "rejection_reason", result->reason);
      vrf_body_add_string (object, "rejection_reason_code", result->reason_code);
    }
  return object;
}

static gboolean
is_outcome (const char *event)
{
  return g_str_equal (event, "session.approved") || g_str_equal (event, "session.declined")
         || g_str_equal (event, "session.requires-review");
}

/* Approved and declined say what came of it, all others where the session is. */
static const char *
get_status (const VrfStoredSession *session, const char *event)
{
  if (g_str_equal (event, "session.approved"))
    return "approved";
  if (g_str_equal (event, "session.declined"))
    return "rejected";
  return vrf_enum_to_nick (vrf_engine_states, (int) session->state);
}

/**
 * vrf_events_tell_session:
 * @service: a service, in a transaction
 * @session: as it is after what happened
 * @event: a `session.…` type
 * @error: from the database
 *
 * Tells the flat payload of verifa-api.md 5.4, with the result where there is one to tell.
 */
gboolean
vrf_events_tell_session (VrfService *service,
                         const VrfStoredSession *session,
                         const char *event,
                         GError **error)
{
  g_autoptr (JsonObject) payload = json_object_new ();
  g_autoptr (VrfStoredResult) result = NULL;
  g_autofree char *identity_id = NULL;
  g_autoptr (GError) local = NULL;

  json_object_set_string_member (payload, "session_id", session->id);
  vrf_body_add_string (payload, "external_ref", session->external_ref);
  json_object_set_string_member (payload, "status", get_status (session, event));
  json_object_set_boolean_member (payload, "is_sandbox", session->is_sandbox);
  if (is_outcome (event))
    result = vrf_sandbox_store_get_result (vrf_service_get_store (service), session->n, &local);
  if (result != NULL)
    identity_id = vrf_store_identities_dup_id_of_session (
        vrf_service_get_store (service), session->n, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (identity_id != NULL)
    json_object_set_string_member (payload, "identity_id", identity_id);
  if (result != NULL)
    json_object_set_object_member (payload, "result", new_result (service, result));
  return vrf_events_tell (service, event, session->is_sandbox, g_steal_pointer (&payload), error);
}
