/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-identities.h"

#include "base/vrf-random.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-blocklist.h"
#include "sandbox/vrf-events.h"
#include "sandbox/vrf-identity-status.h"
#include "sandbox/vrf-store-identity-types.h"

/*
 * What happens to identities (verifa-api.md 7.2): made by a caller or by the outcome of a session
 * with a reference, and whatever happens is told to the webhooks. All of it inside the transaction
 * that is open.
 */

/* Neither a name nor what was read off a document: receivers fetch the identity. */
static JsonObject *
new_payload (const VrfIdentity *identity)
{
  JsonObject *payload = json_object_new ();

  json_object_set_string_member (payload, "identity_id", identity->id);
  json_object_set_string_member (payload, "external_ref", identity->external_ref);
  json_object_set_string_member (payload, "status", identity->status);
  json_object_set_boolean_member (payload, "is_sandbox", identity->is_sandbox);
  return payload;
}

static gboolean
tell (VrfService *service,
      const VrfIdentity *identity,
      const char *event,
      const char *tag,
      GError **error)
{
  JsonObject *payload = new_payload (identity);

  if (tag != NULL)
    json_object_set_string_member (payload, "tag", tag);
  return vrf_events_tell (service, event, identity->is_sandbox, payload, error);
}

/**
 * vrf_identities_find:
 * @service: a service
 * @name: an id or a reference
 * @is_sandbox: the environment
 * @error: from the database
 *
 * Returns: (nullable) (transfer full): the identity; %NULL without @error when there is none
 */
VrfIdentity *
vrf_identities_find (VrfService *service, const char *name, gboolean is_sandbox, GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (service);
  g_autoptr (GError) local = NULL;
  VrfIdentity *identity = vrf_store_identities_get (store, name, is_sandbox, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return identity != NULL ? identity
                          : vrf_store_identities_get_by_ref (store, name, is_sandbox, error);
}

/* A new identity is what the default type says. */
static gboolean
take_type (VrfSandboxStore *store, VrfIdentity *identity, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (VrfIdentityType) type =
      vrf_store_identity_types_get_default (store, identity->is_sandbox, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (type == NULL)
    return TRUE;
  vrf_stored_set (&identity->type_id, type->id);
  if (type->default_status != NULL && vrf_identity_status_is_settable (type->default_status))
    vrf_stored_set (&identity->status, type->default_status);
  return TRUE;
}

static VrfIdentity *
insert (VrfService *service, const char *external_ref, gboolean is_sandbox, GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (service);
  g_autoptr (VrfIdentity) identity = vrf_identity_new ();

  identity->id = vrf_random_id ("identity_");
  identity->is_sandbox = is_sandbox;
  identity->external_ref = g_strdup (external_ref);
  identity->created_at = vrf_service_get_now (service);
  identity->updated_at = identity->created_at;
  return take_type (store, identity, error) && vrf_store_identities_insert (store, identity, error)
             ? g_steal_pointer (&identity)
             : NULL;
}

/** vrf_identities_create: Returns: (nullable) (transfer full): a stub, told to the webhooks; the
 * reference must be free */
VrfIdentity *
vrf_identities_create (VrfService *service,
                       const char *external_ref,
                       gboolean is_sandbox,
                       GError **error)
{
  g_autoptr (VrfIdentity) identity = insert (service, external_ref, is_sandbox, error);

  return identity != NULL && tell (service, identity, "identity.created", NULL, error)
             ? g_steal_pointer (&identity)
             : NULL;
}

static gboolean
write_row (VrfService *service, VrfIdentity *identity, GError **error)
{
  identity->updated_at = vrf_service_get_now (service);
  return vrf_store_identities_update (vrf_service_get_store (service), identity, error);
}

/** vrf_identities_save: writes what has changed of @identity and tells the webhooks @event */
gboolean
vrf_identities_save (VrfService *service, VrfIdentity *identity, const char *event, GError **error)
{
  return write_row (service, identity, error) && tell (service, identity, event, NULL, error);
}

static gboolean
has_tag (JsonArray *tags, const char *tag)
{
  for (guint i = 0; i < json_array_get_length (tags); i++)
    if (g_str_equal (json_array_get_string_element (tags, i), tag))
      return TRUE;
  return FALSE;
}

/* Tells of each tag of @tags that is not among @others. */
static gboolean
tell_tags (VrfService *service,
           const VrfIdentity *identity,
           const char *event,
           JsonArray *tags,
           JsonArray *others,
           GError **error)
{
  for (guint i = 0; i < json_array_get_length (tags); i++)
    {
      const char *tag = json_array_get_string_element (tags, i);

      if (!has_tag (others, tag) && !tell (service, identity, event, tag, error))
        return FALSE;
    }
  return TRUE;
}

/** vrf_identities_save_tags: the tags of @identity are @tags, a JSON array; the webhooks are told
 * of each that came or went */
gboolean
vrf_identities_save_tags (VrfService *service,
                          VrfIdentity *identity,
                          const char *tags,
                          GError **error)
{
  g_autoptr (JsonNode) before = vrf_stored_parse (identity->tags);
  g_autoptr (JsonNode) after = vrf_stored_parse (tags);
  JsonArray *old = json_node_get_array (before);
  JsonArray *new = json_node_get_array (after);

  vrf_stored_set (&identity->tags, tags);
  return write_row (service, identity, error)
         && tell_tags (service, identity, "identity.tag-added", new, old, error)
         && tell_tags (service, identity, "identity.tag-removed", old, new, error);
}

/**
 * vrf_identities_redact:
 * @service: a service
 * @identity: what is known of the person is cleared; the record stays, and so do its sessions
 * @error: from the database
 */
gboolean
vrf_identities_redact (VrfService *service, VrfIdentity *identity, GError **error)
{
  if (g_str_equal (identity->status, "redacted"))
    return TRUE;
  vrf_stored_set (&identity->status, "redacted");
  vrf_stored_set (&identity->data, "{}");
  vrf_stored_set (&identity->custom_fields, "{}");
  vrf_service_want_purge (service);
  return vrf_identities_save (service, identity, "identity.updated", error)
         && vrf_blocklist_forget_identity (vrf_service_get_store (service), identity->n, error)
         && vrf_store_identities_clear_replies (
             vrf_service_get_store (service), identity->id, error);
}

/** vrf_identities_find_owner: Returns: (nullable) (transfer full): whose a session or check with
 * that reference is today: the identity that its own was merged into; %NULL without @error when
 * there is none */
VrfIdentity *
vrf_identities_find_owner (VrfSandboxStore *store,
                           const char *external_ref,
                           gboolean is_sandbox,
                           GError **error)
{
  g_autoptr (VrfIdentity) identity =
      vrf_store_identities_get_by_ref (store, external_ref, is_sandbox, error);

  while (identity != NULL && identity->merged_into != 0)
    {
      gint64 n = identity->merged_into;

      g_clear_pointer (&identity, vrf_identity_free);
      identity = vrf_store_identities_get_by_number (store, n, error);
    }
  return g_steal_pointer (&identity);
}

static void
take_outcome (VrfIdentity *identity, const VrfStoredSession *session, gint64 now)
{
  gboolean approved = g_strcmp0 (session->result_status, "approved") == 0;

  identity->latest_session_n = session->n;
  vrf_stored_set (&identity->status, approved ? "verified" : "rejected");
  if (!approved)
    return;
  identity->last_verified_at = now;
  if (identity->first_verified_at == VRF_TIME_NONE)
    identity->first_verified_at = now;
}

/**
 * vrf_identities_note_outcome:
 * @service: a service
 * @session: which has a new result
 * @ret_event: (out) (nullable): what the webhooks are to be told with
 *   vrf_identities_tell_outcome(), after the session's and the case's events; %NULL for nothing
 * @error: from the database
 *
 * Makes or changes the identity of the session's reference (verifa-api.md 7.2, 8.4): it is what its
 * most recent completed session came to. A session that waits for its review has not completed: it
 * makes no identity and changes none until its case is decided. Who was deleted stays deleted.
 */
gboolean
vrf_identities_note_outcome (VrfService *service,
                             const VrfStoredSession *session,
                             const char **ret_event,
                             GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (service);
  g_autoptr (VrfIdentity) identity = NULL;
  g_autoptr (GError) local = NULL;

  *ret_event = NULL;
  if (session->external_ref == NULL || session->state == VRF_STATE_UNDER_REVIEW)
    return TRUE;
  identity = vrf_identities_find_owner (store, session->external_ref, session->is_sandbox, &local);
  if (local == NULL && identity != NULL && g_str_equal (identity->status, "redacted"))
    return TRUE;
  if (local == NULL && identity == NULL)
    {
      identity = insert (service, session->external_ref, session->is_sandbox, &local);
      *ret_event = "identity.created";
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (*ret_event == NULL)
    *ret_event = "identity.updated";
  take_outcome (identity, session, vrf_service_get_now (service));
  return vrf_store_identities_link (store, identity, session->n, error)
         && write_row (service, identity, error);
}

/** vrf_identities_tell_outcome: tells the webhooks what vrf_identities_note_outcome() said, behind
 * what they were told of the session; @event (nullable) */
gboolean
vrf_identities_tell_outcome (VrfService *service,
                             const VrfStoredSession *session,
                             const char *event,
                             GError **error)
{
  g_autoptr (VrfIdentity) identity = NULL;

  if (event == NULL)
    return TRUE;
  identity = vrf_identities_find_owner (
      vrf_service_get_store (service), session->external_ref, session->is_sandbox, error);
  return identity != NULL
         && vrf_events_tell_of_cause (
             service, event, identity->is_sandbox, new_payload (identity), session->id, error);
}
