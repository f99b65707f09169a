/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-webhook-draft.h"

#include "sandbox/vrf-inflection.h"
#include "sandbox/vrf-versions.h"
#include "sandbox/vrf-webhook-address.h"
#include "sandbox/vrf-webhook-rules.h"

#define MAX_CONDITIONS 20
#define MAX_VALUES 50
#define MAX_PATH 255

static const char *
check_inflection (const char *text)
{
  return vrf_inflection_is_known (text) ? NULL : "must be snake, camel or kebab";
}

/* Without the URL. */
static const VrfField settings[] = {
  { .name = "label", .type = VRF_FIELD_STRING, .nullable = TRUE, .max = 255 },
  { .name = "description", .type = VRF_FIELD_STRING, .nullable = TRUE, .max = 2000 },
  { .name = "enabled_events", .type = VRF_FIELD_STRINGS, .max = 100, .item_max = 64 },
  { .name = "enabled", .type = VRF_FIELD_BOOL },
  { .name = "attribute_blocklist", .type = VRF_FIELD_STRINGS, .max = 100, .item_max = MAX_PATH },
  { .name = "event_filter_conditions", .type = VRF_FIELD_OBJECT },
  { .name = "api_version", .type = VRF_FIELD_STRING, .nullable = TRUE, .max = 32 },
  { .name = "key_inflection",
    .type = VRF_FIELD_STRING,
    .max = 16,
    .check = check_inflection,
    .code = "enum" },
  { NULL },
};

static void
check_url (JsonObject *body, gboolean is_new, VrfFieldErrors *errors)
{
  const VrfField url[] = {
    { .name = "url",
      .type = VRF_FIELD_STRING,
      .required = is_new || json_object_has_member (body, "url"),
      .min = 1,
      .max = 2048,
      .check = vrf_webhook_address_check_url },
    { NULL },
  };

  vrf_fields_check (body, url, errors);
}

/* "result.extracted_data.first_name" */
static gboolean
is_path (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] == '\0'
        || strspn (parts[i], "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen (parts[i]))
      return FALSE;
  return parts[0] != NULL && strlen (text) <= MAX_PATH;
}

static const char *
check_event (const char *text)
{
  return g_str_equal (text, "*") || vrf_webhook_rules_is_event (text)
             ? NULL
             : "must be an event type, or * alone for all";
}

static const char *
check_blocked (const char *text)
{
  if (g_str_equal (text, "event") || g_str_equal (text, "idempotency_key"))
    return "every delivery has this";
  return is_path (text) ? NULL : "must be a path like result.extracted_data.address";
}

static void
check_items (JsonObject *body,
             const char *name,
             const char *(*check) (const char *text),
             const char *code,
             VrfFieldErrors *errors)
{
  JsonArray *array = vrf_fields_has (body, name) ? json_object_get_array_member (body, name) : NULL;
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++)
    {
      const char *problem = check (json_array_get_string_element (array, i));
      g_autofree char *item = g_strdup_printf ("%s.%u", name, i);

      if (problem != NULL)
        vrf_field_errors_add (errors, item, code, problem);
    }
}

static gboolean
is_scalar (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) || JSON_NODE_HOLDS_NULL (node);
}

static gboolean
is_wanted (JsonNode *node)
{
  JsonArray *array = NULL;
  guint length = 0;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return is_scalar (node);
  array = json_node_get_array (node);
  length = json_array_get_length (array);
  for (guint i = 0; i < length; i++)
    if (!is_scalar (json_array_get_element (array, i)))
      return FALSE;
  return length > 0 && length <= MAX_VALUES;
}

static void
check_conditions (JsonObject *body, VrfFieldErrors *errors)
{
  JsonObject *conditions = vrf_fields_has (body, "event_filter_conditions")
                               ? json_object_get_object_member (body, "event_filter_conditions")
                               : NULL;
  JsonObjectIter iter;
  const char *path = NULL;
  JsonNode *node = NULL;

  if (conditions == NULL)
    return;
  if (json_object_get_size (conditions) > MAX_CONDITIONS)
    {
      vrf_field_errors_add (
          errors, "event_filter_conditions", "too_many", "must have at most 20 conditions");
      return;
    }
  json_object_iter_init_ordered (&iter, conditions);
  while (json_object_iter_next_ordered (&iter, &path, &node))
    {
      g_autofree char *name = g_strconcat ("event_filter_conditions.", path, NULL);

      if (!is_path (path))
        vrf_field_errors_add (
            errors, "event_filter_conditions", "format", "must have paths like result.status");
      else if (!is_wanted (node))
        vrf_field_errors_add (errors, name, "type", "must be a value, or an array of 1 to 50");
    }
}

static void
check_version (JsonObject *body, VrfFieldErrors *errors)
{
  const char *version = vrf_fields_get_string (body, "api_version");
  g_autofree char *problem = version != NULL ? vrf_versions_dup_problem (version) : NULL;

  if (problem != NULL)
    vrf_field_errors_add (errors, "api_version", "enum", problem);
}

/** vrf_webhook_draft_check: adds to @errors whatever cannot be; a new endpoint needs a URL */
void
vrf_webhook_draft_check (JsonObject *body, gboolean is_new, VrfFieldErrors *errors)
{
  check_url (body, is_new, errors);
  vrf_fields_check (body, settings, errors);
  /* What follows reads members that have their type. */
  if (!vrf_field_errors_is_empty (errors))
    return;
  check_items (body, "enabled_events", check_event, "enum", errors);
  check_items (body, "attribute_blocklist", check_blocked, "format", errors);
  check_conditions (body, errors);
  check_version (body, errors);
}

/* Null takes back what a text that may be null says. */
static void
apply_text (JsonObject *body, const char *name, char **text)
{
  if (json_object_has_member (body, name))
    vrf_stored_set (text, vrf_fields_get_string (body, name));
}

static void
apply_json (JsonObject *body, const char *name, char **text)
{
  if (!vrf_fields_has (body, name))
    return;
  g_free (*text);
  *text = vrf_fields_dup_json (body, name);
}

/* All is kept as none. */
static gboolean
means_all (JsonObject *body)
{
  JsonArray *array = vrf_fields_has (body, "enabled_events")
                         ? json_object_get_array_member (body, "enabled_events")
                         : NULL;
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++)
    if (g_str_equal (json_array_get_string_element (array, i), "*"))
      return TRUE;
  return FALSE;
}

/** vrf_webhook_draft_apply: writes into @webhook what the checked @body says, and nothing else */
void
vrf_webhook_draft_apply (JsonObject *body, VrfStoredWebhook *webhook)
{
  if (vrf_fields_has (body, "url"))
    vrf_stored_set (&webhook->url, vrf_fields_get_string (body, "url"));
  apply_text (body, "label", &webhook->label);
  apply_text (body, "description", &webhook->description);
  apply_text (body, "api_version", &webhook->api_version);
  apply_json (body, "enabled_events", &webhook->enabled_events);
  if (means_all (body))
    vrf_stored_set (&webhook->enabled_events, "[]");
  apply_json (body, "attribute_blocklist", &webhook->blocklist);
  apply_json (body, "event_filter_conditions", &webhook->conditions);
  if (vrf_fields_has (body, "key_inflection"))
    vrf_stored_set (&webhook->inflection, vrf_fields_get_string (body, "key_inflection"));
}
