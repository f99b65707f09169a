/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-handlers.h"

#include "base/vrf-random.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-store-identity-types.h"

/* Kinds of identities (verifa-api.md 7.11). */

#define MAX_STATUSES 50

static const VrfField create_fields[] = {
  { .name = "name", .type = VRF_FIELD_STRING, .required = TRUE, .min = 1, .max = 64 },
  { .name = "label", .type = VRF_FIELD_STRING, .required = TRUE, .min = 1, .max = 255 },
  { .name = "description", .type = VRF_FIELD_STRING, .nullable = TRUE, .max = 1000 },
  { .name = "statuses", .type = VRF_FIELD_STRINGS, .max = MAX_STATUSES, .item_max = 64 },
  { .name = "default_status", .type = VRF_FIELD_STRING, .nullable = TRUE, .min = 1, .max = 64 },
  { .name = "is_default", .type = VRF_FIELD_BOOL },
  { NULL },
};

static JsonNode *
new_type (const VrfIdentityType *type)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", type->id);
  json_object_set_string_member (object, "org_id", VRF_ORGANIZATION_ID);
  json_object_set_string_member (object, "name", type->name);
  json_object_set_string_member (object, "label", type->label);
  json_object_set_boolean_member (object, "is_default", type->is_default);
  vrf_body_add_time (object, "created_at", type->created_at);
  vrf_body_add_string (object, "description", type->description);
  vrf_body_add_text (object, "statuses", type->statuses);
  vrf_body_add_string (object, "default_status", type->default_status);
  vrf_body_add_time (object, "updated_at", type->updated_at);
  return vrf_body_take (object);
}

static void
list (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) types = vrf_store_identity_types_list (
      vrf_request_get_store (request), vrf_request_is_sandbox (request), &error);
  JsonArray *data = NULL;

  if (types == NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  data = json_array_sized_new (types->len);
  for (guint i = 0; i < types->len; i++)
    json_array_add_element (data, new_type (types->pdata[i]));
  vrf_reply_set_json (reply, 200, vrf_body_new_list (data));
}

static VrfIdentityType *
find (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  VrfIdentityType *type = vrf_store_identity_types_get (vrf_request_get_store (request),
                                                        vrf_request_get_param (request, "type_id"),
                                                        vrf_request_is_sandbox (request),
                                                        &error);

  vrf_handlers_is_found (reply, type, error, "Identity type not found.");
  return type;
}

static void
get (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfIdentityType) type = find (request, reply);

  if (type != NULL)
    vrf_reply_set_json (reply, 200, new_type (type));
}

static gboolean
has_status (const VrfIdentityType *type)
{
  g_autoptr (JsonNode) root = vrf_stored_parse (type->statuses);
  JsonArray *statuses = json_node_get_array (root);

  for (guint i = 0; i < json_array_get_length (statuses); i++)
    if (g_str_equal (json_array_get_string_element (statuses, i), type->default_status))
      return TRUE;
  return FALSE;
}

static void
take_text (char **text, JsonObject *body, const char *name)
{
  if (json_object_has_member (body, name))
    vrf_stored_set (text, vrf_fields_get_string (body, name));
}

/* Takes what @body has; FALSE when it was answered. */
static gboolean
change (VrfIdentityType *type, JsonObject *body, VrfReply *reply)
{
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();

  if (vrf_fields_has (body, "label"))
    take_text (&type->label, body, "label");
  take_text (&type->description, body, "description");
  if (vrf_fields_has (body, "statuses"))
    {
      g_free (type->statuses);
      type->statuses = vrf_fields_dup_json (body, "statuses");
    }
  take_text (&type->default_status, body, "default_status");
  if (vrf_fields_has (body, "is_default"))
    type->is_default = vrf_fields_get_bool (body, "is_default");
  if (type->default_status != NULL && !has_status (type))
    vrf_field_errors_add (errors, "default_status", "enum", "must be one of the statuses");
  return !vrf_field_errors_reply (errors, reply);
}

static void
put (VrfRequest *request, VrfReply *reply, guint status, VrfIdentityType *type)
{
  g_autoptr (GError) error = NULL;

  type->updated_at = vrf_service_get_now (vrf_request_get_service (request));
  if (status == 201)
    type->created_at = type->updated_at;
  if (vrf_store_identity_types_put (vrf_request_get_store (request), type, &error))
    vrf_reply_set_json (reply, status, new_type (type));
  else
    vrf_error_reply_set_error (reply, error);
}

/* Whether the name can be given; a 409 otherwise. */
static gboolean
is_free (VrfRequest *request, VrfReply *reply, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfIdentityType) other = vrf_store_identity_types_get_by_name (
      vrf_request_get_store (request), name, vrf_request_is_sandbox (request), &error);

  if (error != NULL)
    vrf_error_reply_set_error (reply, error);
  else if (other != NULL)
    vrf_error_reply_set (reply, 409, "conflict", "There is an identity type of that name.");
  return error == NULL && other == NULL;
}

static void
create (VrfRequest *request, VrfReply *reply)
{
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfIdentityType) type = g_new0 (VrfIdentityType, 1);

  vrf_fields_check (body, create_fields, errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  type->id = vrf_random_id ("idtype_");
  type->is_sandbox = vrf_request_is_sandbox (request);
  type->name = g_strdup (vrf_fields_get_string (body, "name"));
  type->statuses = g_strdup ("[\"pending\",\"verified\",\"rejected\",\"failed\"]");
  type->default_status = vrf_fields_has (body, "statuses") ? NULL : g_strdup ("pending");
  if (change (type, body, reply) && is_free (request, reply, type->name))
    put (request, reply, 201, type);
}

static void
update (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfIdentityType) type = find (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  VrfField fields[G_N_ELEMENTS (create_fields) - 1];

  if (type == NULL)
    return;
  /* The name stays what it was, and nothing has to be there. */
  memcpy (fields, &create_fields[1], sizeof fields);
  fields[0].required = FALSE;
  vrf_fields_check (vrf_request_get_body (request), fields, errors);
  if (!vrf_field_errors_reply (errors, reply)
      && change (type, vrf_request_get_body (request), reply))
    put (request, reply, 200, type);
}

#define READ "identities:read"
#define WRITE "settings:write identities:write"

const VrfRoute vrf_handlers_identity_types[] = {
  { "GET", "/api/v1/identity-types", READ, list, VRF_ROUTE_PLAIN },
  { "POST",
    "/api/v1/identity-types",
    WRITE,
    create,
    VRF_ROUTE_PLAIN,
    .audit = "api.identity_type.create" },
  { "GET", "/api/v1/identity-types/{type_id}", READ, get, VRF_ROUTE_PLAIN },
  { "PATCH",
    "/api/v1/identity-types/{type_id}",
    WRITE,
    update,
    VRF_ROUTE_PLAIN,
    .audit = "api.identity_type.update" },
  { NULL },
};
