/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers-identities.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-identity-json.h"
#include "sandbox/vrf-identity-merge.h"
#include "sandbox/vrf-tags.h"

/* What can be done with an identity (verifa-api.md 7.2): tags, archive, merge, export. */

static void
change_tags (VrfRequest *request, VrfReply *reply, VrfTagsChange change)
{
  g_autoptr (VrfIdentity) identity = vrf_handlers_identities_find (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *tags = NULL;

  if (identity == NULL)
    return;
  tags = change (identity->tags, vrf_request_get_body (request), errors);
  if (vrf_field_errors_reply (errors, reply) || !vrf_handlers_identities_is_open (identity, reply))
    return;
  if (vrf_identities_save_tags (vrf_request_get_service (request), identity, tags, &error))
    vrf_reply_set_json (reply, 200, vrf_tags_new_reply (identity->id, tags));
  else
    vrf_error_reply_set_error (reply, error);
}

static void
add_tag (VrfRequest *request, VrfReply *reply)
{
  change_tags (request, reply, vrf_tags_add);
}

static void
remove_tag (VrfRequest *request, VrfReply *reply)
{
  change_tags (request, reply, vrf_tags_remove);
}

static void
set_tags (VrfRequest *request, VrfReply *reply)
{
  change_tags (request, reply, vrf_tags_set);
}

/* Archives or restores; what is already so stays as it is, and nobody is told. */
static void
move (VrfRequest *request, VrfReply *reply, gboolean archive)
{
  VrfService *service = vrf_request_get_service (request);
  g_autoptr (VrfIdentity) identity = vrf_handlers_identities_find (request, reply);
  g_autoptr (GError) error = NULL;
  const char *event = archive ? "identity.archived" : "identity.restored";
  JsonObject *object = NULL;

  if (identity == NULL)
    return;
  if (g_str_equal (identity->status, "redacted"))
    {
      g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();

      vrf_field_errors_add (errors, "identity_id", "state", "has been redacted");
      vrf_field_errors_reply (errors, reply);
      return;
    }
  if ((identity->archived_at != VRF_TIME_NONE) != archive)
    {
      identity->archived_at = archive ? vrf_service_get_now (service) : VRF_TIME_NONE;
      if (!vrf_identities_save (service, identity, event, &error))
        {
          vrf_error_reply_set_error (reply, error);
          return;
        }
    }
  object = json_object_new ();
  json_object_set_string_member (object, "id", identity->id);
  json_object_set_string_member (object, "status", identity->status);
  vrf_body_add_time (object, "archived_at", identity->archived_at);
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

static void
archive (VrfRequest *request, VrfReply *reply)
{
  move (request, reply, TRUE);
}

static void
restore (VrfRequest *request, VrfReply *reply)
{
  move (request, reply, FALSE);
}

/* One of the two of a merge; NULL when it was answered. */
static VrfIdentity *
find_side (VrfRequest *request, VrfReply *reply, const char *name)
{
  g_autoptr (GError) error = NULL;
  VrfIdentity *identity =
      vrf_identities_find (vrf_request_get_service (request),
                           vrf_fields_get_string (vrf_request_get_body (request), name),
                           vrf_request_is_sandbox (request),
                           &error);

  vrf_handlers_is_found (reply, identity, error, "Identity not found.");
  return identity;
}

static gboolean
get_toggle (JsonObject *body, const char *name)
{
  return !vrf_fields_has (body, name) || vrf_fields_get_bool (body, name);
}

/* Reads the body; whatever was found is the caller's to free. FALSE when it was answered. */
static gboolean
read_merge (VrfRequest *request, VrfReply *reply, VrfIdentityMerge *merge)
{
  static const VrfField fields[] = {
    { .name = "primary_id", .type = VRF_FIELD_STRING, .required = TRUE, .min = 1, .max = 255 },
    { .name = "secondary_id", .type = VRF_FIELD_STRING, .required = TRUE, .min = 1, .max = 255 },
    { .name = "transfer_sessions", .type = VRF_FIELD_BOOL },
    { .name = "transfer_checks", .type = VRF_FIELD_BOOL },
    { .name = "transfer_documents", .type = VRF_FIELD_BOOL },
    { .name = "transfer_custom_fields", .type = VRF_FIELD_BOOL },
    { .name = "redact_secondary", .type = VRF_FIELD_BOOL },
    { NULL },
  };
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;

  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_reply (errors, reply))
    return FALSE;
  merge->primary = find_side (request, reply, "primary_id");
  if (merge->primary != NULL)
    merge->secondary = find_side (request, reply, "secondary_id");
  if (merge->secondary == NULL)
    return FALSE;
  merge->transfer_sessions = get_toggle (body, "transfer_sessions");
  merge->transfer_checks = get_toggle (body, "transfer_checks");
  merge->transfer_documents = get_toggle (body, "transfer_documents");
  merge->transfer_custom_fields = get_toggle (body, "transfer_custom_fields");
  merge->redact_secondary = vrf_fields_get_bool (body, "redact_secondary");
  if (vrf_identity_merge_check (merge, &error))
    return TRUE;
  vrf_error_reply_set_error (reply, error);
  return FALSE;
}

static void
merge_clear (VrfIdentityMerge *merge)
{
  vrf_identity_free (merge->primary);
  vrf_identity_free (merge->secondary);
}

static gboolean
add_identity (VrfRequest *request,
              JsonObject *object,
              const char *name,
              const VrfIdentity *identity,
              GError **error)
{
  JsonNode *node = vrf_identity_json_new (vrf_request_get_service (request), identity, error);

  if (node == NULL)
    return FALSE;
  json_object_set_member (object, name, node);
  return TRUE;
}

static gboolean
fill_preview (VrfRequest *request,
              const VrfIdentityMerge *merge,
              JsonObject *object,
              GError **error)
{
  g_autoptr (VrfIdentity) merged =
      vrf_identity_merge_preview (vrf_request_get_service (request), merge, error);
  VrfIdentityMergeCounts counts = { 0 };

  if (merged == NULL || !add_identity (request, object, "primary", merge->primary, error)
      || !add_identity (request, object, "secondary", merge->secondary, error)
      || !add_identity (request, object, "merged", merged, error)
      || !vrf_identity_merge_count (vrf_request_get_store (request), merge, &counts, error))
    return FALSE;
  json_object_set_int_member (object, "sessions", counts.sessions);
  json_object_set_int_member (object, "checks", counts.checks);
  json_object_set_int_member (object, "documents", counts.documents);
  return TRUE;
}

static void
preview_merge (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GError) error = NULL;
  VrfIdentityMerge merge = { NULL };

  if (read_merge (request, reply, &merge))
    {
      if (fill_preview (request, &merge, object, &error))
        vrf_reply_set_json (reply, 200, vrf_body_take (g_steal_pointer (&object)));
      else
        vrf_error_reply_set_error (reply, error);
    }
  merge_clear (&merge);
}

static void
run_merge (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  VrfIdentityMerge merge = { NULL };

  if (read_merge (request, reply, &merge))
    {
      vrf_request_set_resource (request, merge.primary->id);
      if (vrf_identity_merge_run (vrf_request_get_service (request), &merge, &error))
        vrf_handlers_identities_reply (request, reply, merge.primary);
      else
        vrf_error_reply_set_error (reply, error);
    }
  merge_clear (&merge);
}

#define WRITE "identities:write"
#define IDENTITY "/api/v1/identities/{identity_id}"
#define PLAIN VRF_ROUTE_PLAIN

const VrfRoute vrf_handlers_identity_actions[] = {
  { "POST", IDENTITY "/tags/add", WRITE, add_tag, PLAIN, .audit = "api.identity.add_tag" },
  { "POST", IDENTITY "/tags/remove", WRITE, remove_tag, PLAIN, .audit = "api.identity.remove_tag" },
  { "POST", IDENTITY "/tags/set", WRITE, set_tags, PLAIN, .audit = "api.identity.set_tags" },
  { "POST", IDENTITY "/archive", WRITE, archive, PLAIN, .audit = "api.identity.archive" },
  { "POST", IDENTITY "/restore", WRITE, restore, PLAIN, .audit = "api.identity.restore" },
  { "POST", "/api/v1/identities/merge/preview", WRITE, preview_merge, PLAIN },
  { "POST", "/api/v1/identities/merge", WRITE, run_merge, PLAIN, .audit = "api.identity.merge" },
  { NULL },
};
