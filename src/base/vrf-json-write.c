/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-base"

#include "config.h"

#include <math.h>
#include <string.h>

#include "base/vrf-json.h"

/* json-glib writes 0.95 as 0.94999999999999996. Here a number is as short as it can be. */

static void
write_node (GString *text, JsonNode *node);

static void
write_escaped (GString *text, guchar c)
{
  static const char from[] = "\"\\\b\f\n\r\t";
  static const char to[] = "\"\\bfnrt";

  for (guint i = 0; from[i] != '\0'; i++)
    if (from[i] == (char) c)
      {
        g_string_append_c (text, '\\');
        g_string_append_c (text, to[i]);
        return;
      }
  g_string_append_printf (text, "\\u%04x", c);
}

static void
write_string (GString *text, const char *value)
{
  const char *from = value;

  g_string_append_c (text, '"');
  for (const char *at = value; *at != '\0'; at++)
    {
      if ((guchar) *at >= 0x20 && *at != '"' && *at != '\\' && *at != 0x7f)
        continue;
      g_string_append_len (text, from, at - from);
      write_escaped (text, (guchar) *at);
      from = at + 1;
    }
  g_string_append (text, from);
  g_string_append_c (text, '"');
}

static void
write_double (GString *text, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      g_string_append (text, "null");
      return;
    }
  g_ascii_formatd (digits, sizeof digits, "%.15g", value);
  if (g_ascii_strtod (digits, NULL) < value || g_ascii_strtod (digits, NULL) > value)
    g_ascii_formatd (digits, sizeof digits, "%.17g", value);
  g_string_append (text, digits);
  /* It is to come back as what it is. */
  if (strpbrk (digits, ".e") == NULL)
    g_string_append (text, ".0");
}

static void
write_value (GString *text, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    write_string (text, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_DOUBLE)
    write_double (text, json_node_get_double (node));
  else
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
}

static void
write_object (GString *text, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;
  gboolean first = TRUE;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (!first)
        g_string_append_c (text, ',');
      first = FALSE;
      write_string (text, name);
      g_string_append_c (text, ':');
      write_node (text, member);
    }
  g_string_append_c (text, '}');
}

static void
write_array (GString *text, JsonArray *array)
{
  guint length = json_array_get_length (array);

  g_string_append_c (text, '[');
  for (guint i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      write_node (text, json_array_get_element (array, i));
    }
  g_string_append_c (text, ']');
}

static void
write_node (GString *text, JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      write_object (text, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      write_array (text, json_node_get_array (node));
      break;
    case JSON_NODE_VALUE:
      write_value (text, node);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (text, "null");
      break;
    }
}

/**
 * vrf_json_to_text:
 * @node: a node
 *
 * Returns: (transfer full): @node as compact JSON, members in their order; a number that JSON
 * cannot say is null
 */
char *
vrf_json_to_text (JsonNode *node)
{
  GString *text = g_string_new (NULL);

  write_node (text, node);
  return g_string_free (text, FALSE);
}
