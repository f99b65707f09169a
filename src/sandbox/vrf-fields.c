/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <math.h>
#include <string.h>

#include "sandbox/vrf-fields.h"

#include "base/vrf-json.h"

static gboolean
is_value (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
has_type (JsonNode *node, VrfFieldType type)
{
  switch (type)
    {
    case VRF_FIELD_STRING:
      return is_value (node, G_TYPE_STRING);
    case VRF_FIELD_BOOL:
      return is_value (node, G_TYPE_BOOLEAN);
    case VRF_FIELD_INT:
      return is_value (node, G_TYPE_INT64);
    case VRF_FIELD_STRINGS:
      return JSON_NODE_HOLDS_ARRAY (node);
    case VRF_FIELD_OBJECT:
    default:
      return JSON_NODE_HOLDS_OBJECT (node);
    }
}

static const char *
type_message (VrfFieldType type)
{
  static const char *const messages[] = {
    [VRF_FIELD_STRING] = "must be a string",    [VRF_FIELD_STRINGS] = "must be an array of strings",
    [VRF_FIELD_BOOL] = "must be true or false", [VRF_FIELD_INT] = "must be a whole number",
    [VRF_FIELD_OBJECT] = "must be an object",
  };

  return messages[type];
}

static void
check_string (const VrfField *field, const char *text, VrfFieldErrors *errors)
{
  glong length = g_utf8_strlen (text, -1);
  const char *problem = NULL;
  g_autofree char *message = NULL;

  if (length < field->min || (field->max > 0 && length > field->max))
    {
      message =
          g_strdup_printf ("must have %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " characters",
                           field->min,
                           field->max);
      vrf_field_errors_add (errors, field->name, "string_length", message);
      return;
    }
  problem = field->check != NULL ? field->check (text) : NULL;
  if (problem != NULL)
    vrf_field_errors_add (
        errors, field->name, field->code != NULL ? field->code : "format", problem);
}

static void
check_strings (const VrfField *field, JsonArray *array, VrfFieldErrors *errors)
{
  guint length = json_array_get_length (array);
  g_autofree char *message = NULL;

  if (field->max > 0 && length > field->max)
    {
      message = g_strdup_printf ("must have at most %" G_GINT64_FORMAT " items", field->max);
      vrf_field_errors_add (errors, field->name, "too_many", message);
      return;
    }
  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autofree char *name = g_strdup_printf ("%s.%u", field->name, i);
      VrfField item = { .name = name, .min = 1, .max = field->item_max };

      if (is_value (node, G_TYPE_STRING))
        check_string (&item, json_node_get_string (node), errors);
      else
        vrf_field_errors_add (errors, name, "type", type_message (VRF_FIELD_STRING));
    }
}

static void
check_int (const VrfField *field, gint64 value, VrfFieldErrors *errors)
{
  g_autofree char *message = NULL;

  if (value >= field->min && value <= field->max)
    return;
  message = g_strdup_printf (
      "must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, field->min, field->max);
  vrf_field_errors_add (errors, field->name, "range", message);
}

static void
check_node (JsonNode *node, const VrfField *field, VrfFieldErrors *errors)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    {
      if (field->required)
        vrf_field_errors_add (errors, field->name, "required", "is required");
      else if (node != NULL && !field->nullable)
        vrf_field_errors_add (errors, field->name, "type", type_message (field->type));
      return;
    }
  if (!has_type (node, field->type))
    {
      vrf_field_errors_add (errors, field->name, "type", type_message (field->type));
      return;
    }
  if (field->type == VRF_FIELD_STRING)
    check_string (field, json_node_get_string (node), errors);
  else if (field->type == VRF_FIELD_STRINGS)
    check_strings (field, json_node_get_array (node), errors);
  else if (field->type == VRF_FIELD_INT)
    check_int (field, json_node_get_int (node), errors);
}

/** vrf_fields_check: adds to @errors whatever member of @body is not as its line in @fields says;
 * members that have no line are ignored */
void
vrf_fields_check (JsonObject *body, const VrfField *fields, VrfFieldErrors *errors)
{
  for (; fields->name != NULL; fields++)
    check_node (json_object_get_member (body, fields->name), fields, errors);
}

/** vrf_fields_check_inside: the same for @node (nullable), a member of a body, if it is an object;
 * @path is where it stands, and in front of the names of its members: `address.line1` */
void
vrf_fields_check_inside (JsonNode *node,
                         const char *path,
                         const VrfField *fields,
                         VrfFieldErrors *errors)
{
  JsonObject *object =
      node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  for (; object != NULL && fields->name != NULL; fields++)
    {
      g_autofree char *name = g_strconcat (path, ".", fields->name, NULL);
      VrfField inner = *fields;

      inner.name = name;
      check_node (json_object_get_member (object, fields->name), &inner, errors);
    }
}

/* Replies wrap it a few times more, and no JSON of ours is deeper than VRF_JSON_MAX_DEPTH. */
#define MAX_DEPTH 32

static const VrfFieldProblem *
find_problem (JsonNode *node, guint levels)
{
  static const VrfFieldProblem too_deep = { "too_deep", "must be nested at most 32 levels deep" };
  static const VrfFieldProblem too_large = { "range", "must have no number beyond 1.8e308" };
  g_autoptr (GList) inside = NULL;
  const VrfFieldProblem *problem = NULL;

  if (JSON_NODE_HOLDS_VALUE (node))
    return isfinite (json_node_get_double (node)) ? NULL : &too_large;
  if (JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (levels == 0)
    return &too_deep;
  inside = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_values (json_node_get_object (node))
                                         : json_array_get_elements (json_node_get_array (node));
  for (GList *l = inside; problem == NULL && l != NULL; l = l->next)
    problem = find_problem (l->data, levels - 1);
  return problem;
}

/** vrf_fields_find_problem: Returns: (nullable): why @node, which may be anything, could not be
 * given back as it came */
const VrfFieldProblem *
vrf_fields_find_problem (JsonNode *node)
{
  return find_problem (node, MAX_DEPTH);
}

static JsonNode *
get_member (JsonObject *body, const char *name)
{
  JsonNode *node = json_object_get_member (body, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

/** vrf_fields_has: Returns: whether the member is there and not null */
gboolean
vrf_fields_has (JsonObject *body, const char *name)
{
  return get_member (body, name) != NULL;
}

/** vrf_fields_get_string: Returns: (nullable) (transfer none): a checked string */
const char *
vrf_fields_get_string (JsonObject *body, const char *name)
{
  JsonNode *node = get_member (body, name);

  return node != NULL ? json_node_get_string (node) : NULL;
}

/** vrf_fields_get_bool: Returns: a checked boolean, false if absent */
gboolean
vrf_fields_get_bool (JsonObject *body, const char *name)
{
  JsonNode *node = get_member (body, name);

  return node != NULL && json_node_get_boolean (node);
}

/** vrf_fields_get_int: Returns: a checked integer, @fallback if absent */
gint64
vrf_fields_get_int (JsonObject *body, const char *name, gint64 fallback)
{
  JsonNode *node = get_member (body, name);

  return node != NULL ? json_node_get_int (node) : fallback;
}

/** vrf_fields_dup_strings: Returns: (nullable) (transfer full): the texts of a checked array; %NULL
 * when it is not there */
GStrv
vrf_fields_dup_strings (JsonObject *body, const char *name)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonNode *node = get_member (body, name);
  JsonArray *array = node != NULL ? json_node_get_array (node) : NULL;

  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));
  return g_strv_builder_end (builder);
}

/** vrf_fields_dup_json: Returns: (nullable) (transfer full): the member as JSON */
char *
vrf_fields_dup_json (JsonObject *body, const char *name)
{
  JsonNode *node = get_member (body, name);

  return node != NULL ? vrf_json_to_text (node) : NULL;
}

/** vrf_fields_check_country: two ASCII letters (verifa-api.md 8.2) */
const char *
vrf_fields_check_country (const char *text)
{
  if (strlen (text) == 2 && g_ascii_isalpha (text[0]) && g_ascii_isalpha (text[1]))
    return NULL;
  return "must be exactly 2 letters";
}

/** vrf_fields_check_url: an absolute http or https URL */
const char *
vrf_fields_check_url (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  /* GLib mends what a browser would read otherwise. */
  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_isspace (*c) || g_ascii_iscntrl (*c) || *c == '\\')
      return "must be an absolute http or https URL";
  if (uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
      && (g_strcmp0 (g_uri_get_scheme (uri), "https") == 0
          || g_strcmp0 (g_uri_get_scheme (uri), "http") == 0))
    return NULL;
  return "must be an absolute http or https URL";
}

/** vrf_fields_check_email: something before and after one @, without spaces */
const char *
vrf_fields_check_email (const char *text)
{
  const char *at = strchr (text, '@');

  if (at != NULL && at != text && at[1] != '\0' && strchr (at + 1, '@') == NULL
      && strpbrk (text, " \t\r\n") == NULL)
    return NULL;
  return "must be an e-mail address";
}

/** vrf_fields_check_date: a day of the calendar, like 2026-02-01 */
const char *
vrf_fields_check_date (const char *text)
{
  guint parts[3] = { 0 };
  guint n = 0;

  for (const char *c = text; *c != '\0' && n < 3; c++)
    if ((c - text == 4 || c - text == 7) && *c == '-')
      n++;
    else if (g_ascii_isdigit (*c) && c - text != 4 && c - text != 7)
      parts[n] = parts[n] * 10 + (guint) g_ascii_digit_value (*c);
    else
      n = 3;
  if (n == 2 && strlen (text) == 10
      && g_date_valid_dmy ((GDateDay) parts[2], (GDateMonth) parts[1], (GDateYear) parts[0]))
    return NULL;
  return "must be a date like 2026-02-01";
}
