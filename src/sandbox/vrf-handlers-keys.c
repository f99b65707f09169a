/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "base/vrf-random.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-api-keys.h"
#include "sandbox/vrf-body.h"

/* API keys (verifa-api.md 7.8). Those of the other environment are as if they were not there; only
 * the environment of a new one is the caller's to choose. */

static gint64
get_now (VrfRequest *request)
{
  return vrf_service_get_now (vrf_request_get_service (request));
}

/* NULL when it was answered. */
static VrfStoredKey *
find (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  VrfStoredKey *key = vrf_store_keys_get (vrf_request_get_store (request),
                                          vrf_request_get_param (request, "key_id"),
                                          vrf_request_is_sandbox (request),
                                          &error);

  vrf_handlers_is_found (reply, key, error, "API key not found.");
  return key;
}

static void
list (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) keys = vrf_store_keys_list (
      vrf_request_get_store (request), vrf_request_is_sandbox (request), &error);
  JsonArray *data = NULL;

  if (keys == NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  data = json_array_sized_new (keys->len);
  for (guint i = 0; i < keys->len; i++)
    json_array_add_object_element (data, vrf_api_keys_new_json (keys->pdata[i], get_now (request)));
  vrf_reply_set_json (reply, 200, vrf_body_new_list (data));
}

static void
get (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredKey) key = find (request, reply);

  if (key != NULL)
    vrf_reply_set_json (reply, 200, vrf_body_take (vrf_api_keys_new_json (key, get_now (request))));
}

static void
create (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredKey) key = g_new0 (VrfStoredKey, 1);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = NULL;
  JsonObject *object = NULL;

  if (!vrf_api_keys_read (vrf_request_get_body (request), key, get_now (request), errors))
    {
      vrf_field_errors_reply (errors, reply);
      return;
    }
  key->id = vrf_random_id ("key_");
  key->created_at = get_now (request);
  secret = vrf_api_keys_dup_secret (key->is_sandbox);
  if (!vrf_store_keys_insert (vrf_request_get_store (request), key, secret, &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  object = vrf_api_keys_new_json (key, get_now (request));
  vrf_api_keys_add_secret (object, secret);
  vrf_reply_set_json (reply, 201, vrf_body_take (object));
}

static void
update (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredKey) key = find (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;

  if (key == NULL)
    return;
  if (!vrf_api_keys_read (vrf_request_get_body (request), key, get_now (request), errors))
    vrf_field_errors_reply (errors, reply);
  else if (!key->is_active)
    vrf_error_reply_set (reply, 400, "bad_request", "The API key has been expired.");
  else if (!vrf_store_keys_update (vrf_request_get_store (request), key, &error))
    vrf_error_reply_set_error (reply, error);
  else
    vrf_reply_set_json (reply, 200, vrf_body_take (vrf_api_keys_new_json (key, get_now (request))));
}

/* Whoever saws off the branch cannot take it back, so the calling key is refused. */
static void
expire (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredKey) key = find (request, reply);
  g_autoptr (GError) error = NULL;
  JsonObject *object = NULL;

  if (key == NULL)
    return;
  if (g_str_equal (key->id, vrf_request_get_key (request)->id))
    {
      vrf_error_reply_set (
          reply, 422, "validation_error", "A key cannot expire itself; use another one.");
      return;
    }
  if (!vrf_store_keys_end (vrf_request_get_store (request), key, &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "id", key->id);
  json_object_set_boolean_member (object, "expired", TRUE);
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

static JsonObject *
new_cloned (const VrfStoredKey *key, const char *source_id, gint64 now)
{
  static const char *const names[] = { "id", "label", "environment", "scopes", "created_at" };
  g_autoptr (JsonObject) whole = vrf_api_keys_new_json (key, now);
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    json_object_set_member (
        object, names[i], json_node_copy (json_object_get_member (whole, names[i])));
  json_object_set_string_member (object, "cloned_from", source_id);
  return object;
}

static void
clone (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredKey) key = find (request, reply);
  g_autoptr (GError) error = NULL;
  g_autofree char *source_id = NULL;
  g_autofree char *secret = NULL;
  JsonObject *object = NULL;

  if (key == NULL)
    return;
  source_id = g_steal_pointer (&key->id);
  key->id = vrf_random_id ("key_");
  key->is_active = TRUE;
  key->created_at = get_now (request);
  key->last_used_at = VRF_TIME_NONE;
  /* A key that is over would otherwise make another one that is. */
  if (!vrf_api_keys_is_usable (key, key->created_at))
    key->expires_at = VRF_TIME_NONE;
  secret = vrf_api_keys_dup_secret (key->is_sandbox);
  if (!vrf_store_keys_insert (vrf_request_get_store (request), key, secret, &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  object = new_cloned (key, source_id, key->created_at);
  vrf_api_keys_add_secret (object, secret);
  vrf_reply_set_json (reply, 201, vrf_body_take (object));
}

#define KEYS "/api/v1/api-keys"
#define KEY KEYS "/{key_id}"
#define READ "api_keys:read"
#define WRITE "api_keys:write"

const VrfRoute vrf_handlers_keys[] = {
  { "GET", KEYS, READ, list, VRF_ROUTE_PLAIN },
  { "POST", KEYS, WRITE, create, VRF_ROUTE_CREATES_KEY, .audit = "api.api_key.create" },
  { "GET", KEY, READ, get, VRF_ROUTE_PLAIN },
  { "PATCH", KEY, WRITE, update, VRF_ROUTE_PLAIN, .audit = "api.api_key.update" },
  { "POST", KEY "/expire", WRITE, expire, VRF_ROUTE_PLAIN, .audit = "api.api_key.expire" },
  { "POST", KEY "/clone", WRITE, clone, VRF_ROUTE_CREATES_KEY, .audit = "api.api_key.clone" },
  { NULL },
};
