/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-webhook"

#include "config.h"

#include <string.h>

#include "webhook/vrf-webhook-event.h"

#include "base/vrf-enum.h"
#include "base/vrf-error.h"
#include "base/vrf-json.h"
#include "base/vrf-time.h"

/* Longer ones are no keys of Verifa's (verifa-api.md 1.5). */
#define MAX_KEY_BYTES 255

G_DEFINE_BOXED_TYPE (VrfWebhookEvent,
                     vrf_webhook_event,
                     vrf_webhook_event_copy,
                     vrf_webhook_event_free)

/* verifa-api.md 5.5; mind the spelling: some have a hyphen, some an underscore. */
static const VrfEnumNick kinds[] = {
  { VRF_WEBHOOK_SESSION_CREATED, "session.created" },
  { VRF_WEBHOOK_SESSION_STARTED, "session.started" },
  { VRF_WEBHOOK_SESSION_LINK_GENERATED, "session.link_generated" },
  { VRF_WEBHOOK_SESSION_APPROVED, "session.approved" },
  { VRF_WEBHOOK_SESSION_DECLINED, "session.declined" },
  { VRF_WEBHOOK_SESSION_REQUIRES_REVIEW, "session.requires-review" },
  { VRF_WEBHOOK_SESSION_RESUBMISSION_REQUIRED, "session.resubmission-required" },
  { VRF_WEBHOOK_SESSION_EXPIRED, "session.expired" },
  { VRF_WEBHOOK_SESSION_AWAITING_EXTERNAL, "session.awaiting_external" },
  { VRF_WEBHOOK_SESSION_REDACTED, "session.redacted" },
  { VRF_WEBHOOK_SESSION_RETENTION_EXPIRED, "session.retention-expired" },
  { VRF_WEBHOOK_CHECK_COMPLETED, "check.completed" },
  { VRF_WEBHOOK_CHECK_COMPLETED, "screening.completed" },
  { VRF_WEBHOOK_CHECK_NEW_HITS, "check.monitoring.new_hits" },
  { VRF_WEBHOOK_CHECK_NEW_HITS, "screening.monitoring.new_hits" },
  { VRF_WEBHOOK_IDENTITY_CREATED, "identity.created" },
  { VRF_WEBHOOK_IDENTITY_UPDATED, "identity.updated" },
  { VRF_WEBHOOK_IDENTITY_ARCHIVED, "identity.archived" },
  { VRF_WEBHOOK_IDENTITY_RESTORED, "identity.restored" },
  { VRF_WEBHOOK_IDENTITY_TAG_ADDED, "identity.tag-added" },
  { VRF_WEBHOOK_IDENTITY_TAG_REMOVED, "identity.tag-removed" },
  { VRF_WEBHOOK_IDENTITY_FLAGGED, "identity.flagged" },
  { VRF_WEBHOOK_CONSORTIUM_MATCH_FOUND, "consortium.match_found" },
  { VRF_WEBHOOK_CASE_CREATED, "case.created" },
  { VRF_WEBHOOK_CASE_APPROVED, "case.approved" },
  { VRF_WEBHOOK_CASE_REJECTED, "case.rejected" },
  { VRF_WEBHOOK_CASE_ESCALATED, "case.escalated" },
  { VRF_WEBHOOK_DOCUMENT_VERIFIED, "document.verified" },
  { VRF_WEBHOOK_DOCUMENT_EXTRACTED, "document.extracted" },
  { VRF_WEBHOOK_TEST, "webhook.test" },
  { 0, NULL },
};

/* A member's name in the three spellings that deliveries come in. */
typedef struct
{
  const char *snake;
  const char *camel;
  const char *kebab;
} Name;

static const Name event_name = { "event", "event", "event" };
static const Name key_name = { "idempotency_key", "idempotencyKey", "idempotency-key" };
static const Name session_id_name = { "session_id", "sessionId", "session-id" };
static const Name external_ref_name = { "external_ref", "externalRef", "external-ref" };
static const Name status_name = { "status", "status", "status" };
static const Name identity_id_name = { "identity_id", "identityId", "identity-id" };
static const Name case_id_name = { "case_id", "caseId", "case-id" };
static const Name is_sandbox_name = { "is_sandbox", "isSandbox", "is-sandbox" };
static const Name created_at_name = { "created_at", "createdAt", "created-at" };

/* The payload: flat, or with most of it in `data`. */
typedef struct
{
  JsonObject *top;    /* borrowed */
  JsonObject *nested; /* borrowed, nullable */
} Payload;

static JsonNode *
find_in (JsonObject *object, const Name *name, GType type)
{
  const char *spellings[] = { name->snake, name->camel, name->kebab };

  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      JsonNode *node = json_object_get_member (object, spellings[i]);

      if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type)
        return node;
    }
  return NULL;
}

/* What is not of its type is as good as not there: an event is a hint. */
static JsonNode *
find (const Payload *payload, const Name *name, GType type)
{
  JsonNode *node = find_in (payload->top, name, type);

  if (node == NULL && payload->nested != NULL)
    node = find_in (payload->nested, name, type);
  return node;
}

static const char *
get_text (const Payload *payload, const Name *name)
{
  JsonNode *node = find (payload, name, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

static gint64
get_time (const Payload *payload)
{
  const char *text = get_text (payload, &created_at_name);
  gint64 us = VRF_TIME_NONE;

  if (text == NULL || !vrf_time_parse (text, &us, NULL))
    return VRF_TIME_NONE;
  return us;
}

static int
get_truth (const Payload *payload, const Name *name)
{
  JsonNode *node = find (payload, name, G_TYPE_BOOLEAN);

  return node != NULL ? (int) json_node_get_boolean (node) : -1;
}

static char *
dup_key (const Payload *payload, GBytes *body)
{
  const char *key = get_text (payload, &key_name);
  g_autofree char *digest = NULL;

  if (key != NULL && *key != '\0' && strlen (key) <= MAX_KEY_BYTES)
    return g_strdup (key);
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
  return g_strconcat ("sha256:", digest, NULL);
}

static VrfWebhookEvent *
read_payload (const Payload *payload, GBytes *body, GError **error)
{
  const char *name = get_text (payload, &event_name);
  VrfWebhookEvent *self = NULL;

  if (name == NULL || *name == '\0')
    {
      g_set_error_literal (
          error, VRF_ERROR, VRF_ERROR_REPLY, "The webhook does not say what happened.");
      return NULL;
    }
  self = g_new0 (VrfWebhookEvent, 1);
  self->name = g_strdup (name);
  self->kind = vrf_webhook_kind_from_name (name);
  self->key = dup_key (payload, body);
  self->session_id = g_strdup (get_text (payload, &session_id_name));
  self->external_ref = g_strdup (get_text (payload, &external_ref_name));
  self->status = g_strdup (get_text (payload, &status_name));
  self->identity_id = g_strdup (get_text (payload, &identity_id_name));
  self->case_id = g_strdup (get_text (payload, &case_id_name));
  self->is_sandbox = get_truth (payload, &is_sandbox_name);
  self->created_at = get_time (payload);
  return self;
}

/**
 * vrf_webhook_event_new_from_body:
 * @body: a delivery whose signature is good
 * @error: %VRF_ERROR_TOO_LARGE above %VRF_WEBHOOK_MAX_BODY; %VRF_ERROR_REPLY when it is not JSON,
 *   not an object or has no `event`
 *
 * Reads a delivery, flat or with its members in `data`, in snake, camel or kebab case. Members that
 * are missing or of another type are left out; an event that nobody knows is kept.
 *
 * Returns: (transfer full) (nullable): the event (verifa-api.md 5.4)
 */
VrfWebhookEvent *
vrf_webhook_event_new_from_body (GBytes *body, GError **error)
{
  g_autoptr (JsonNode) root = vrf_json_parse (body, VRF_WEBHOOK_MAX_BODY, error);
  Payload payload = { NULL };
  JsonNode *nested = NULL;

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, VRF_ERROR, VRF_ERROR_REPLY, "The webhook is not an object.");
      return NULL;
    }
  payload.top = json_node_get_object (root);
  nested = json_object_get_member (payload.top, "data");
  if (nested != NULL && JSON_NODE_HOLDS_OBJECT (nested))
    payload.nested = json_node_get_object (nested);
  return read_payload (&payload, body, error);
}

/** vrf_webhook_event_copy: Returns: (transfer full): another of the same */
VrfWebhookEvent *
vrf_webhook_event_copy (const VrfWebhookEvent *self)
{
  VrfWebhookEvent *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->key = g_strdup (self->key);
  copy->session_id = g_strdup (self->session_id);
  copy->external_ref = g_strdup (self->external_ref);
  copy->status = g_strdup (self->status);
  copy->identity_id = g_strdup (self->identity_id);
  copy->case_id = g_strdup (self->case_id);
  return copy;
}

/** vrf_webhook_event_free: @self is nullable */
void
vrf_webhook_event_free (VrfWebhookEvent *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->key);
  g_free (self->session_id);
  g_free (self->external_ref);
  g_free (self->status);
  g_free (self->identity_id);
  g_free (self->case_id);
  g_free (self);
}

/** vrf_webhook_kind_from_name: Returns: the kind of `session.approved` and its like */
VrfWebhookKind
vrf_webhook_kind_from_name (const char *name)
{
  return (VrfWebhookKind) vrf_enum_from_nick (kinds, name);
}
