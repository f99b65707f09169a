/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "sandbox/vrf-api-keys.h"

#include "base/vrf-random.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-inflection.h"
#include "sandbox/vrf-scopes.h"
#include "sandbox/vrf-versions.h"

#define MAX_IPS 100
#define MAX_SCOPES 100

static const char *
check_environment (const char *text)
{
  return g_str_equal (text, "sandbox") || g_str_equal (text, "live") ? NULL
                                                                     : "must be sandbox or live";
}

static const char *
check_version (const char *text)
{
  g_autofree char *problem = vrf_versions_dup_problem (text);

  return problem == NULL ? NULL : "must be a version that is served";
}

static const char *
check_inflection (const char *text)
{
  return vrf_inflection_is_known (text) ? NULL : "must be snake, camel or kebab";
}

static const char *
check_time (const char *text)
{
  gint64 ignored = 0;

  return vrf_time_parse (text, &ignored, NULL) ? NULL : "must be a time like 2026-02-01T12:00:00Z";
}

static const VrfField fields[] = {
  { .name = "label", .type = VRF_FIELD_STRING, .nullable = TRUE, .max = 255 },
  { .name = "note", .type = VRF_FIELD_STRING, .nullable = TRUE, .max = 2000 },
  { .name = "scopes",
    .type = VRF_FIELD_STRINGS,
    .nullable = TRUE,
    .max = MAX_SCOPES,
    .item_max = 64 },
  { .name = "api_version",
    .type = VRF_FIELD_STRING,
    .nullable = TRUE,
    .check = check_version,
    .code = "enum" },
  { .name = "default_key_inflection",
    .type = VRF_FIELD_STRING,
    .check = check_inflection,
    .code = "enum" },
  { .name = "allowed_ips",
    .type = VRF_FIELD_STRINGS,
    .nullable = TRUE,
    .max = MAX_IPS,
    .item_max = 64 },
  { .name = "expires_at", .type = VRF_FIELD_STRING, .nullable = TRUE, .check = check_time },
  { NULL },
};

static const VrfField draft_fields[] = {
  { .name = "environment", .type = VRF_FIELD_STRING, .check = check_environment, .code = "enum" },
  { NULL },
};

static const char *
check_scope (const char *text)
{
  return g_strv_contains (vrf_scopes_all, text) ? NULL : "must be a scope that there is";
}

static const char *
check_ip (const char *text)
{
  g_autoptr (GInetAddressMask) mask = g_inet_address_mask_new_from_string (text, NULL);

  return mask != NULL ? NULL : "must be an address or a range like 203.0.113.0/24";
}

/* The members of an array of strings. */
static void
check_items (JsonObject *body,
             const char *name,
             const char *(*check) (const char *text),
             VrfFieldErrors *errors)
{
  JsonArray *array = NULL;

  if (!vrf_fields_has (body, name))
    return;
  array = json_object_get_array_member (body, name);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *problem = check (json_array_get_string_element (array, i));
      g_autofree char *field = g_strdup_printf ("%s.%u", name, i);

      if (problem != NULL)
        vrf_field_errors_add (errors, field, "enum", problem);
    }
}

static void
check_values (JsonObject *body, gint64 now, VrfFieldErrors *errors)
{
  gint64 expires_at = 0;

  check_items (body, "scopes", check_scope, errors);
  check_items (body, "allowed_ips", check_ip, errors);
  if (vrf_fields_has (body, "allowed_ips")
      && json_array_get_length (json_object_get_array_member (body, "allowed_ips")) == 0)
    vrf_field_errors_add (
        errors, "allowed_ips", "too_few", "must name an address, or be null for any");
  if (vrf_fields_has (body, "expires_at")
      && vrf_time_parse (vrf_fields_get_string (body, "expires_at"), &expires_at, NULL)
      && expires_at <= now)
    vrf_field_errors_add (errors, "expires_at", "range", "must be in the future");
}

/* Each once. */
static GStrv
dup_words (JsonObject *body, const char *name)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = NULL;

  if (!vrf_fields_has (body, name))
    return NULL;
  array = json_object_get_array_member (body, name);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *word = json_array_get_string_element (array, i);

      if (g_hash_table_add (seen, (gpointer) word))
        g_strv_builder_add (builder, word);
    }
  return g_strv_builder_end (builder);
}

static void
take_text (JsonObject *body, const char *name, char **text)
{
  if (json_object_has_member (body, name))
    vrf_stored_set (text, vrf_fields_get_string (body, name));
}

static void
take (JsonObject *body, VrfStoredKey *key)
{
  take_text (body, "label", &key->label);
  take_text (body, "note", &key->note);
  take_text (body, "api_version", &key->api_version);
  if (vrf_fields_has (body, "default_key_inflection"))
    take_text (body, "default_key_inflection", &key->inflection);
  if (json_object_has_member (body, "scopes"))
    {
      g_strfreev (key->scopes);
      key->scopes = dup_words (body, "scopes");
      if (key->scopes == NULL)
        key->scopes = g_strdupv ((GStrv) vrf_scopes_default);
    }
  if (json_object_has_member (body, "allowed_ips"))
    {
      g_strfreev (key->allowed_ips);
      key->allowed_ips = dup_words (body, "allowed_ips");
    }
  if (json_object_has_member (body, "expires_at"))
    {
      key->expires_at = VRF_TIME_NONE;
      if (vrf_fields_has (body, "expires_at"))
        vrf_time_parse (vrf_fields_get_string (body, "expires_at"), &key->expires_at, NULL);
    }
}

/**
 * vrf_api_keys_read:
 * @body: of `POST /api-keys`, or of `PATCH /api-keys/{id}`
 * @key: what there is; its `id` is %NULL for a new one, which gets the defaults and its environment
 * @now: the sandbox's time
 * @errors: takes what is not acceptable; @key then stays as it is
 *
 * Without `scopes`, or with null, a key gets the five default ones; `default_key_inflection` is
 * taken here because a key has it and the contract names no other place for it.
 */
gboolean
vrf_api_keys_read (JsonObject *body, VrfStoredKey *key, gint64 now, VrfFieldErrors *errors)
{
  gboolean is_new = key->id == NULL;

  vrf_fields_check (body, fields, errors);
  if (is_new)
    vrf_fields_check (body, draft_fields, errors);
  if (vrf_field_errors_is_empty (errors))
    check_values (body, now, errors);
  if (!vrf_field_errors_is_empty (errors))
    return FALSE;

  if (is_new)
    {
      key->is_sandbox = g_strcmp0 (vrf_fields_get_string (body, "environment"), "sandbox") == 0;
      key->is_active = TRUE;
      key->scopes = g_strdupv ((GStrv) vrf_scopes_default);
      key->inflection = g_strdup ("snake");
      key->expires_at = VRF_TIME_NONE;
      key->last_used_at = VRF_TIME_NONE;
    }
  take (body, key);
  if (is_new && key->api_version == NULL)
    key->api_version = g_strdup (VRF_VERSIONS_CURRENT);
  return TRUE;
}

/** vrf_api_keys_is_usable: Returns: whether @key opens anything */
gboolean
vrf_api_keys_is_usable (const VrfStoredKey *key, gint64 now)
{
  return key->is_active && (key->expires_at == VRF_TIME_NONE || key->expires_at > now);
}

/* An IPv4 address may come in the coat of an IPv6 one. */
static GInetAddress *
parse_peer (const char *peer)
{
  static const char prefix[] = "::ffff:";
  gsize length = sizeof prefix - 1;

  if (g_ascii_strncasecmp (peer, prefix, length) == 0 && strchr (peer, '.') != NULL)
    peer += length;
  return g_inet_address_new_from_string (peer);
}

/** vrf_api_keys_admits: Returns: whether @key may be used from @peer (nullable), an address */
gboolean
vrf_api_keys_admits (const VrfStoredKey *key, const char *peer)
{
  g_autoptr (GInetAddress) address = NULL;

  if (key->allowed_ips == NULL)
    return TRUE;
  address = peer != NULL ? parse_peer (peer) : NULL;
  for (guint i = 0; address != NULL && key->allowed_ips[i] != NULL; i++)
    {
      g_autoptr (GInetAddressMask) mask =
          g_inet_address_mask_new_from_string (key->allowed_ips[i], NULL);

      if (mask != NULL && g_inet_address_mask_matches (mask, address))
        return TRUE;
    }
  return FALSE;
}

/** vrf_api_keys_dup_secret: Returns: (transfer full): a new key: `vk_live_` or `vk_sandbox_` and 32
 * url-safe characters */
char *
vrf_api_keys_dup_secret (gboolean is_sandbox)
{
  g_autofree char *random = vrf_random_base64url (24);

  return g_strconcat (is_sandbox ? "vk_sandbox_" : "vk_live_", random, NULL);
}

static void
add_words (JsonObject *object, const char *name, GStrv words)
{
  JsonArray *array = NULL;

  if (words == NULL)
    {
      json_object_set_null_member (object, name);
      return;
    }
  array = json_array_new ();
  for (guint i = 0; words[i] != NULL; i++)
    json_array_add_string_element (array, words[i]);
  json_object_set_array_member (object, name, array);
}

/** vrf_api_keys_new_json: Returns: (transfer full): the key object of 7.8 */
JsonObject *
vrf_api_keys_new_json (const VrfStoredKey *key, gint64 now)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", key->id);
  json_object_set_string_member (object, "type", "api-key");
  json_object_set_string_member (object, "environment", key->is_sandbox ? "sandbox" : "live");
  json_object_set_string_member (object, "key_prefix", key->prefix);
  json_object_set_boolean_member (object, "is_active", vrf_api_keys_is_usable (key, now));
  vrf_body_add_time (object, "created_at", key->created_at);
  vrf_body_add_string (object, "label", key->label);
  vrf_body_add_string (object, "note", key->note);
  add_words (object, "scopes", key->scopes);
  vrf_body_add_string (object, "api_version", key->api_version);
  json_object_set_string_member (object, "default_key_inflection", key->inflection);
  add_words (object, "allowed_ips", key->allowed_ips);
  vrf_body_add_time (object, "expires_at", key->expires_at);
  vrf_body_add_time (object, "last_used_at", key->last_used_at);
  return object;
}

/** vrf_api_keys_add_secret: adds the key itself, which is shown this once */
void
vrf_api_keys_add_secret (JsonObject *object, const char *secret)
{
  json_object_set_string_member (object, "secret", secret);
  json_object_set_string_member (object, "warning", "Keep this secret now; it is not shown again.");
}
