/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-identity-fields.h"

#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-stored.h"

/*
 * Custom fields of identities (verifa-api.md 7.2). The contract has them checked against
 * definitions and does not say where those are: here they are a setting of the organization, and
 * as long as there is none, any name may have a plain value.
 */

#define MAX_FIELDS 50
#define MAX_NAME 64
#define MAX_BYTES (16 * 1024)

typedef enum
{
  TYPE_STRING,
  TYPE_NUMBER,
  TYPE_BOOLEAN,
  TYPE_DATE,
  N_TYPES,
} Type;

static const char *const type_names[] = { "string", "number", "boolean", "date" };

static const char *const type_messages[] = {
  [TYPE_STRING] = "must be a string",
  [TYPE_NUMBER] = "must be a number",
  [TYPE_BOOLEAN] = "must be true or false",
  [TYPE_DATE] = "must be a date like 2026-02-01",
};

G_STATIC_ASSERT (G_N_ELEMENTS (type_names) == N_TYPES);

static Type
find_type (const char *name)
{
  for (guint i = 0; i < N_TYPES; i++)
    if (g_strcmp0 (type_names[i], name) == 0)
      return (Type) i;
  return N_TYPES;
}

static gboolean
is_a (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
is_type (JsonNode *node, Type type)
{
  switch (type)
    {
    case TYPE_NUMBER:
      return is_a (node, G_TYPE_INT64) || is_a (node, G_TYPE_DOUBLE);
    case TYPE_BOOLEAN:
      return is_a (node, G_TYPE_BOOLEAN);
    case TYPE_DATE:
      return is_a (node, G_TYPE_STRING)
             && vrf_fields_check_date (json_node_get_string (node)) == NULL;
    case TYPE_STRING:
    case N_TYPES:
    default:
      return is_a (node, G_TYPE_STRING);
    }
}

static void
add (VrfFieldErrors *errors,
     const char *parent,
     const char *name,
     const char *code,
     const char *text)
{
  g_autofree char *field = g_strdup_printf ("%s.%s", parent, name);

  vrf_field_errors_add (errors, field, code, text);
}

static JsonObject *
get_object (JsonObject *body, const char *name)
{
  JsonNode *node = json_object_get_member (body, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
is_texts (JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++)
    if (!is_a (json_array_get_element (array, i), G_TYPE_STRING))
      return FALSE;
  return length > 0;
}

static gboolean
is_definition (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *type = object != NULL ? json_object_get_member (object, "type") : NULL;
  JsonNode *options = object != NULL ? json_object_get_member (object, "options") : NULL;

  return type != NULL && is_a (type, G_TYPE_STRING)
         && find_type (json_node_get_string (type)) != N_TYPES
         && (options == NULL || is_texts (options));
}

/**
 * vrf_identity_fields_check_definitions:
 * @body: with the settings of an organization
 * @name: the one of them that has the definitions: `{"tier":{"type":"string","options":["gold"]}}`,
 *   where `type` is `string`, `number`, `boolean` or `date`; may be absent or null
 * @errors: takes what is not acceptable
 */
void
vrf_identity_fields_check_definitions (JsonObject *body, const char *name, VrfFieldErrors *errors)
{
  JsonObject *definitions = get_object (body, name);
  JsonObjectIter iter;
  const char *field = NULL;
  JsonNode *node = NULL;

  if (definitions == NULL)
    return;
  json_object_iter_init (&iter, definitions);
  while (json_object_iter_next (&iter, &field, &node))
    if (!is_definition (node))
      add (errors, name, field, "format", "must have a type and may have options");
}

static gboolean
is_option (JsonObject *definition, JsonNode *node)
{
  JsonArray *options = json_object_has_member (definition, "options")
                           ? json_object_get_array_member (definition, "options")
                           : NULL;

  if (options == NULL || !is_a (node, G_TYPE_STRING))
    return TRUE;
  for (guint i = 0; i < json_array_get_length (options); i++)
    if (g_str_equal (json_array_get_string_element (options, i), json_node_get_string (node)))
      return TRUE;
  return FALSE;
}

static void
check_defined (JsonObject *definitions, const char *name, JsonNode *node, VrfFieldErrors *errors)
{
  JsonObject *definition = get_object (definitions, name);
  Type type = N_TYPES;

  if (definition == NULL)
    {
      add (errors, "custom_fields", name, "unknown", "is not a custom field of the organization");
      return;
    }
  type = find_type (json_object_get_string_member (definition, "type"));
  if (!is_type (node, type))
    add (errors, "custom_fields", name, "type", type_messages[type]);
  else if (!is_option (definition, node))
    add (errors, "custom_fields", name, "enum", "must be one of the options");
}

static void
check_plain (const char *name, JsonNode *node, VrfFieldErrors *errors)
{
  if (!JSON_NODE_HOLDS_VALUE (node))
    add (errors, "custom_fields", name, "type", "must be a plain value");
  else if (*name == '\0' || g_utf8_strlen (name, -1) > MAX_NAME)
    vrf_field_errors_add (
        errors, "custom_fields", "string_length", "names must have 1 to 64 characters");
  else if (is_a (node, G_TYPE_STRING) && strlen (json_node_get_string (node)) > MAX_BYTES)
    add (errors, "custom_fields", name, "too_long", "must have at most 16 KB");
}

/**
 * vrf_identity_fields_check:
 * @definitions: (nullable): which fields there are, as JSON; %NULL is any
 * @body: a request with `custom_fields`
 * @errors: takes what is not acceptable
 *
 * A null is good for every field: it has no value.
 */
void
vrf_identity_fields_check (const char *definitions, JsonObject *body, VrfFieldErrors *errors)
{
  static const VrfField fields[] = {
    { .name = "custom_fields", .type = VRF_FIELD_OBJECT, .required = TRUE },
    { NULL },
  };
  g_autoptr (JsonNode) root = definitions != NULL ? vrf_stored_parse (definitions) : NULL;
  JsonObject *values = NULL;
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  vrf_fields_check (body, fields, errors);
  values = get_object (body, "custom_fields");
  if (values == NULL)
    return;
  if (json_object_get_size (values) > MAX_FIELDS)
    {
      vrf_field_errors_add (errors, "custom_fields", "too_many", "must have at most 50 fields");
      return;
    }
  json_object_iter_init (&iter, values);
  while (json_object_iter_next (&iter, &name, &node))
    if (root != NULL
        && (!JSON_NODE_HOLDS_NULL (node)
            || !json_object_has_member (json_node_get_object (root), name)))
      check_defined (json_node_get_object (root), name, node, errors);
    else if (!JSON_NODE_HOLDS_NULL (node))
      check_plain (name, node, errors);
}
