/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers-identities.h"

#include "sandbox/vrf-body.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-identities.h"
#include "sandbox/vrf-identity-fields.h"
#include "sandbox/vrf-identity-json.h"
#include "sandbox/vrf-identity-patch.h"
#include "sandbox/vrf-identity-status.h"

/* Create, read, change and delete identities (verifa-api.md 7.2). */

/**
 * vrf_handlers_identities_find:
 * @request: a route with `identity_id`, which is an id or a reference
 * @reply: answered when there is no such identity in the key's environment
 *
 * Returns: (nullable) (transfer full): the identity
 */
VrfIdentity *
vrf_handlers_identities_find (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  VrfIdentity *identity = vrf_identities_find (vrf_request_get_service (request),
                                               vrf_request_get_param (request, "identity_id"),
                                               vrf_request_is_sandbox (request),
                                               &error);

  if (vrf_handlers_is_found (reply, identity, error, "Identity not found."))
    vrf_request_set_resource (request, identity->id);
  return identity;
}

/** vrf_handlers_identities_is_open: Returns: whether anything of it can still be changed; if not, a
 * 400 was answered: it was redacted or merged */
gboolean
vrf_handlers_identities_is_open (const VrfIdentity *identity, VrfReply *reply)
{
  if (vrf_identity_status_is_settable (identity->status))
    return TRUE;
  vrf_error_reply_set (
      reply, 400, "bad_request", "A redacted or merged identity cannot be changed.");
  return FALSE;
}

/** vrf_handlers_identities_reply: answers with the identity, whole */
void
vrf_handlers_identities_reply (VrfRequest *request, VrfReply *reply, const VrfIdentity *identity)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = vrf_identity_json_new (vrf_request_get_service (request), identity, &error);

  if (node != NULL)
    vrf_reply_set_json (reply, 200, node);
  else
    vrf_error_reply_set_error (reply, error);
}

static void
reply_created (VrfReply *reply, guint status, const VrfIdentity *identity)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", identity->id);
  json_object_set_string_member (object, "external_ref", identity->external_ref);
  json_object_set_string_member (object, "status", identity->status);
  json_object_set_boolean_member (object, "is_sandbox", identity->is_sandbox);
  vrf_body_add_time (object, "created_at", identity->created_at);
  json_object_set_boolean_member (object, "upserted", status == 200);
  vrf_reply_set_json (reply, status, vrf_body_take (object));
}

static void
create (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "external_ref", .type = VRF_FIELD_STRING, .required = TRUE, .min = 1, .max = 255 },
    { .name = "upsert", .type = VRF_FIELD_BOOL },
    { NULL },
  };
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfIdentity) identity = NULL;
  g_autoptr (GError) error = NULL;
  const char *ref = NULL;

  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  ref = vrf_fields_get_string (body, "external_ref");
  identity = vrf_store_identities_get_by_ref (
      vrf_request_get_store (request), ref, vrf_request_is_sandbox (request), &error);
  if (identity != NULL && vrf_fields_get_bool (body, "upsert"))
    reply_created (reply, 200, identity);
  else if (identity != NULL)
    vrf_error_reply_set (reply, 409, "conflict", "There is an identity with this external_ref.");
  else if (error == NULL)
    identity = vrf_identities_create (
        vrf_request_get_service (request), ref, vrf_request_is_sandbox (request), &error);

  if (error != NULL)
    vrf_error_reply_set_error (reply, error);
  else if (reply->status == 0)
    reply_created (reply, 201, identity);
}

static void
get (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfIdentity) identity = vrf_handlers_identities_find (request, reply);

  if (identity != NULL)
    vrf_handlers_identities_reply (request, reply, identity);
}

/* Writes what a handler changed, and answers with it. */
static void
save (VrfRequest *request, VrfReply *reply, VrfIdentity *identity)
{
  g_autoptr (GError) error = NULL;

  if (vrf_identities_save (vrf_request_get_service (request), identity, "identity.updated", &error))
    vrf_handlers_identities_reply (request, reply, identity);
  else
    vrf_error_reply_set_error (reply, error);
}

/* Whether the body's reference is the identity's own or nobody's; a 409 otherwise. */
static gboolean
may_take_ref (VrfRequest *request, VrfReply *reply, const VrfIdentity *identity)
{
  const char *ref = vrf_fields_get_string (vrf_request_get_body (request), "external_ref");
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfIdentity) other = NULL;

  if (ref == NULL)
    return TRUE;
  other = vrf_store_identities_get_by_ref (
      vrf_request_get_store (request), ref, identity->is_sandbox, &error);
  if (error != NULL)
    vrf_error_reply_set_error (reply, error);
  else if (other != NULL && other->n != identity->n)
    vrf_error_reply_set (reply, 409, "conflict", "There is an identity with this external_ref.");
  return reply->status == 0;
}

static void
update (VrfRequest *request, VrfReply *reply)
{
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfIdentity) identity = vrf_handlers_identities_find (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();

  if (identity == NULL)
    return;
  vrf_identity_patch_check (body, errors);
  if (vrf_field_errors_reply (errors, reply) || !vrf_handlers_identities_is_open (identity, reply)
      || !may_take_ref (request, reply, identity))
    return;
  vrf_identity_patch_apply (body, identity);
  save (request, reply, identity);
}

static void
set_custom_fields (VrfRequest *request, VrfReply *reply)
{
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfIdentity) identity = vrf_handlers_identities_find (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *object = NULL;

  if (identity == NULL)
    return;
  vrf_identity_fields_check (
      vrf_service_get_organization (vrf_request_get_service (request))->identity_custom_fields,
      body,
      errors);
  if (vrf_field_errors_reply (errors, reply) || !vrf_handlers_identities_is_open (identity, reply))
    return;
  g_free (identity->custom_fields);
  identity->custom_fields = vrf_fields_dup_json (body, "custom_fields");
  if (!vrf_identities_save (
          vrf_request_get_service (request), identity, "identity.updated", &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "identity_id", identity->id);
  vrf_body_add_text (object, "custom_fields", identity->custom_fields);
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

/* Once more does nothing. */
static void
redact (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfIdentity) identity = vrf_handlers_identities_find (request, reply);
  g_autoptr (GError) error = NULL;

  if (identity == NULL)
    return;
  if (vrf_identities_redact (vrf_request_get_service (request), identity, &error))
    vrf_handlers_identities_reply (request, reply, identity);
  else
    vrf_error_reply_set_error (reply, error);
}

#define IDENTITY "/api/v1/identities/{identity_id}"

const VrfRoute vrf_handlers_identities[] = {
  { "POST",
    "/api/v1/identities",
    "identities:write",
    create,
    VRF_ROUTE_PLAIN,
    .audit = "api.identity.create" },
  { "GET", IDENTITY, "identities:read", get, VRF_ROUTE_PLAIN },
  { "PATCH",
    IDENTITY,
    "identities:write",
    update,
    VRF_ROUTE_PLAIN,
    .audit = "api.identity.update" },
  { "DELETE",
    IDENTITY,
    "redact:write identities:write",
    redact,
    VRF_ROUTE_PLAIN,
    .audit = "api.identity.redact" },
  { "PUT",
    IDENTITY "/custom-fields",
    "identities:write",
    set_custom_fields,
    VRF_ROUTE_PLAIN,
    .audit = "api.identity.set_custom_fields" },
  { NULL },
};
