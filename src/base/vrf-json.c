/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-base"

#include "config.h"

#include <string.h>

#include "base/vrf-json.h"
#include "base/vrf-error.h"
#include "base/vrf-time.h"

/*
 * json-glib has no nesting limit, takes comments and assignments, and keeps the last of two equal
 * members. So the text is checked by a scan of our own, against RFC 8259 and our limits, before
 * json-glib sees it.
 */
typedef struct
{
  const char *at;
  const char *end;
  const char *problem; /* first one found */
} Scan;

static gboolean
scan_value (Scan *scan, guint depth);

static gboolean
scan_fail (Scan *scan, const char *problem)
{
  if (scan->problem == NULL)
    scan->problem = problem;
  return FALSE;
}

static void
scan_space (Scan *scan)
{
  while (scan->at < scan->end
         && (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\n' || *scan->at == '\r'))
    scan->at++;
}

static gboolean
scan_is (const Scan *scan, char c)
{
  return scan->at < scan->end && *scan->at == c;
}

static gboolean
scan_take (Scan *scan, char c)
{
  if (!scan_is (scan, c))
    return FALSE;
  scan->at++;
  return TRUE;
}

static gboolean
scan_word (Scan *scan, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (scan->end - scan->at) < length || memcmp (scan->at, word, length) != 0)
    return scan_fail (scan, "it is not JSON");
  scan->at += length;
  return TRUE;
}

/* After `\u`: reads four hex digits. */
static gboolean
scan_hex4 (Scan *scan, gunichar *ret_unit)
{
  gunichar unit = 0;

  if (scan->end - scan->at < 4)
    return scan_fail (scan, "it is cut short");
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (scan->at[i]);

      if (digit < 0)
        return scan_fail (scan, "a text has a broken escape");
      unit = unit * 16 + (gunichar) digit;
    }
  scan->at += 4;
  *ret_unit = unit;
  return TRUE;
}

/* A lone surrogate cannot be UTF-8, and U+0000 would end a C string early. */
static gboolean
scan_unicode_escape (Scan *scan, GString *text)
{
  gunichar unit = 0;
  gunichar low = 0;

  if (!scan_hex4 (scan, &unit))
    return FALSE;
  if (unit == 0)
    return scan_fail (scan, "a text has a NUL");
  if (unit >= 0xdc00 && unit <= 0xdfff)
    return scan_fail (scan, "a text has half a character");
  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      if (!scan_take (scan, '\\') || !scan_take (scan, 'u') || !scan_hex4 (scan, &low)
          || low < 0xdc00 || low > 0xdfff)
        return scan_fail (scan, "a text has half a character");
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
  if (text != NULL)
    g_string_append_unichar (text, unit);
  return TRUE;
}

static gboolean
scan_escape (Scan *scan, GString *text)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  const char *found = NULL;
  char c = '\0';

  if (scan->at == scan->end)
    return scan_fail (scan, "it is cut short");
  c = *scan->at++;
  if (c == 'u')
    return scan_unicode_escape (scan, text);
  found = c != '\0' ? strchr (from, c) : NULL;
  if (found == NULL)
    return scan_fail (scan, "a text has a broken escape");
  if (text != NULL)
    g_string_append_c (text, to[found - from]);
  return TRUE;
}

/* @text takes the decoded text; %NULL when nobody needs it. */
static gboolean
scan_string (Scan *scan, GString *text)
{
  scan->at++; /* the quotation mark */
  while (scan->at < scan->end)
    {
      char c = *scan->at++;

      if (c == '"')
        return TRUE;
      if ((guchar) c < 0x20)
        return scan_fail (scan, "a text has a control character");
      if (c == '\\')
        {
          if (!scan_escape (scan, text))
            return FALSE;
        }
      else if (text != NULL)
        g_string_append_c (text, c);
    }
  return scan_fail (scan, "it is cut short");
}

static gsize
scan_digits (Scan *scan)
{
  const char *from = scan->at;

  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    scan->at++;
  return (gsize) (scan->at - from);
}

static gboolean
scan_number (Scan *scan)
{
  const char *first = NULL;
  gsize digits = 0;
  gboolean integer = TRUE;

  scan_take (scan, '-');
  first = scan->at;
  digits = scan_digits (scan);
  if (digits == 0 || (digits > 1 && *first == '0'))
    return scan_fail (scan, "it is not JSON");
  if (scan_take (scan, '.'))
    {
      integer = FALSE;
      if (scan_digits (scan) == 0)
        return scan_fail (scan, "it is not JSON");
    }
  if (scan_take (scan, 'e') || scan_take (scan, 'E'))
    {
      integer = FALSE;
      if (!scan_take (scan, '+'))
        scan_take (scan, '-');
      if (scan_digits (scan) == 0)
        return scan_fail (scan, "it is not JSON");
    }
  /* 18 digits always fit a gint64; json-glib would wrap a longer one silently. */
  if (integer && digits > 18)
    return scan_fail (scan, "a number is too large");
  return TRUE;
}

static gboolean
scan_array (Scan *scan, guint depth)
{
  scan->at++;
  scan_space (scan);
  if (scan_take (scan, ']'))
    return TRUE;
  for (;;)
    {
      if (!scan_value (scan, depth))
        return FALSE;
      if (scan_take (scan, ']'))
        return TRUE;
      if (!scan_take (scan, ','))
        return scan_fail (scan, scan->at == scan->end ? "it is cut short" : "it is not JSON");
    }
}

static gboolean
scan_member (Scan *scan, guint depth, GHashTable *names)
{
  g_autoptr (GString) name = g_string_new (NULL);

  scan_space (scan);
  if (!scan_is (scan, '"'))
    return scan_fail (scan, scan->at == scan->end ? "it is cut short" : "it is not JSON");
  if (!scan_string (scan, name))
    return FALSE;
  if (!g_hash_table_add (names, g_strdup (name->str)))
    return scan_fail (scan, "a member stands twice");
  scan_space (scan);
  if (!scan_take (scan, ':'))
    return scan_fail (scan, scan->at == scan->end ? "it is cut short" : "it is not JSON");
  return scan_value (scan, depth);
}

static gboolean
scan_object (Scan *scan, guint depth)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  scan->at++;
  scan_space (scan);
  if (scan_take (scan, '}'))
    return TRUE;
  for (;;)
    {
      if (!scan_member (scan, depth, names))
        return FALSE;
      if (scan_take (scan, '}'))
        return TRUE;
      if (!scan_take (scan, ','))
        return scan_fail (scan, scan->at == scan->end ? "it is cut short" : "it is not JSON");
    }
}

/* Recursion is safe: @depth bounds it. */
static gboolean
scan_value (Scan *scan, guint depth)
{
  gboolean ok = FALSE;

  scan_space (scan);
  if (scan->at == scan->end)
    return scan_fail (scan, "it is cut short");
  if (depth >= VRF_JSON_MAX_DEPTH && (*scan->at == '{' || *scan->at == '['))
    return scan_fail (scan, "it is nested too deeply");

  switch (*scan->at)
    {
    case '{':
      ok = scan_object (scan, depth + 1);
      break;
    case '[':
      ok = scan_array (scan, depth + 1);
      break;
    case '"':
      ok = scan_string (scan, NULL);
      break;
    case 't':
      ok = scan_word (scan, "true");
      break;
    case 'f':
      ok = scan_word (scan, "false");
      break;
    case 'n':
      ok = scan_word (scan, "null");
      break;
    default:
      ok = scan_number (scan);
      break;
    }
  scan_space (scan);
  return ok;
}

static gboolean
check (const char *text, gsize length, GError **error)
{
  Scan scan = { .at = text, .end = text + length };

  if (!g_utf8_validate_len (text, length, NULL))
    scan_fail (&scan, "it is not UTF-8");
  else if (scan_value (&scan, 0) && scan.at != scan.end)
    scan_fail (&scan, "something follows it");
  if (scan.problem == NULL)
    return TRUE;

  g_set_error (error, VRF_ERROR, VRF_ERROR_REPLY, "The JSON cannot be read: %s", scan.problem);
  return FALSE;
}

/**
 * vrf_json_parse:
 * @bytes: one JSON text
 * @max_bytes: the largest that is looked at
 * @error: %VRF_ERROR_TOO_LARGE, or %VRF_ERROR_REPLY when it is not UTF-8, not RFC 8259, nested
 *   deeper than %VRF_JSON_MAX_DEPTH, holds a member twice or an integer of more than 18 digits
 *
 * Returns: (nullable) (transfer full): the root node
 */
JsonNode *
vrf_json_parse (GBytes *bytes, gsize max_bytes, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) parse_error = NULL;
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);

  if (length > max_bytes)
    {
      g_set_error (error,
                   VRF_ERROR,
                   VRF_ERROR_TOO_LARGE,
                   "The JSON has %" G_GSIZE_FORMAT " bytes, more than %" G_GSIZE_FORMAT,
                   length,
                   max_bytes);
      return NULL;
    }
  if (!check (text != NULL ? text : "", length, error))
    return NULL;

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize) length, &parse_error))
    {
      g_set_error_literal (error, VRF_ERROR, VRF_ERROR_REPLY, "The JSON cannot be read");
      return NULL;
    }
  return json_parser_steal_root (parser);
}

/**
 * vrf_json_reader_init:
 * @self: (out caller-allocates): a reader
 * @node: (nullable): must hold an object
 * @where: what it is, for the error: "session"
 */
void
vrf_json_reader_init (VrfJsonReader *self, JsonNode *node, const char *where)
{
  *self = (VrfJsonReader){ .where = where };
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    self->object = json_node_get_object (node);
  else
    g_set_error (&self->error, VRF_ERROR, VRF_ERROR_REPLY, "%s: must be an object", where);
}

/** vrf_json_reader_init_object: the same for an @object at hand (nullable: then it fails) */
void
vrf_json_reader_init_object (VrfJsonReader *self, JsonObject *object, const char *where)
{
  *self = (VrfJsonReader){ .object = object, .where = where };
  if (object == NULL)
    g_set_error (&self->error, VRF_ERROR, VRF_ERROR_REPLY, "%s: must be an object", where);
}

/**
 * vrf_json_reader_finish:
 * @self: a reader; not to be used afterwards
 * @error: %VRF_ERROR_REPLY, "session.id: must be a text"
 *
 * Returns: whether every member fitted
 */
gboolean
vrf_json_reader_finish (VrfJsonReader *self, GError **error)
{
  self->object = NULL;
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

/**
 * vrf_json_reader_fail:
 * @self: a reader
 * @name: a member
 * @problem: "must be …"
 *
 * Notes a problem the caller found; the first one counts.
 */
void
vrf_json_reader_fail (VrfJsonReader *self, const char *name, const char *problem)
{
  if (self->error == NULL)
    g_set_error (&self->error, VRF_ERROR, VRF_ERROR_REPLY, "%s.%s: %s", self->where, name, problem);
}

/* The member, or NULL when it is absent, null, or something failed before. */
static JsonNode *
member (VrfJsonReader *self, const char *name)
{
  JsonNode *node = NULL;

  if (self->error != NULL)
    return NULL;
  node = json_object_get_member (self->object, name);
  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static gboolean
is_value (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

/** vrf_json_reader_has: Returns: whether the member is there and not null */
gboolean
vrf_json_reader_has (VrfJsonReader *self, const char *name)
{
  return member (self, name) != NULL;
}

/** vrf_json_reader_string: Returns: (transfer none): a text that must be there; "" once failed */
const char *
vrf_json_reader_string (VrfJsonReader *self, const char *name)
{
  const char *text = vrf_json_reader_opt_string (self, name);

  if (text == NULL)
    vrf_json_reader_fail (self, name, "is missing");
  return text != NULL ? text : "";
}

/** vrf_json_reader_opt_string: Returns: (nullable) (transfer none): a text; %NULL if absent or null
 */
const char *
vrf_json_reader_opt_string (VrfJsonReader *self, const char *name)
{
  JsonNode *node = member (self, name);

  if (node == NULL)
    return NULL;
  if (is_value (node, G_TYPE_STRING))
    return json_node_get_string (node);
  vrf_json_reader_fail (self, name, "must be a text");
  return NULL;
}

/** vrf_json_reader_opt_int: Returns: an integer from @min to @max; @fallback if absent or null */
gint64
vrf_json_reader_opt_int (
    VrfJsonReader *self, const char *name, gint64 min, gint64 max, gint64 fallback)
{
  JsonNode *node = member (self, name);
  gint64 value = 0;

  if (node == NULL)
    return fallback;
  if (!is_value (node, G_TYPE_INT64))
    {
      vrf_json_reader_fail (self, name, "must be a whole number");
      return fallback;
    }
  value = json_node_get_int (node);
  if (value >= min && value <= max)
    return value;
  vrf_json_reader_fail (self, name, "is out of range");
  return fallback;
}

/** vrf_json_reader_opt_double: Returns: a number from @min to @max; @fallback if absent or null */
double
vrf_json_reader_opt_double (
    VrfJsonReader *self, const char *name, double min, double max, double fallback)
{
  JsonNode *node = member (self, name);
  double value = 0.0;

  if (node == NULL)
    return fallback;
  if (!is_value (node, G_TYPE_DOUBLE) && !is_value (node, G_TYPE_INT64))
    {
      vrf_json_reader_fail (self, name, "must be a number");
      return fallback;
    }
  value = json_node_get_double (node);
  if (value >= min && value <= max)
    return value;
  vrf_json_reader_fail (self, name, "is out of range");
  return fallback;
}

/** vrf_json_reader_opt_bool: Returns: a boolean; @fallback if absent or null */
gboolean
vrf_json_reader_opt_bool (VrfJsonReader *self, const char *name, gboolean fallback)
{
  int value = vrf_json_reader_opt_tristate (self, name);

  return value < 0 ? fallback : value;
}

/** vrf_json_reader_opt_tristate: Returns: 1 for true, 0 for false, -1 if absent or null */
int
vrf_json_reader_opt_tristate (VrfJsonReader *self, const char *name)
{
  JsonNode *node = member (self, name);

  if (node == NULL)
    return -1;
  if (is_value (node, G_TYPE_BOOLEAN))
    return json_node_get_boolean (node) ? 1 : 0;
  vrf_json_reader_fail (self, name, "must be true or false");
  return -1;
}

/** vrf_json_reader_opt_time: Returns: microseconds since the epoch; %VRF_TIME_NONE if absent or
 * null */
gint64
vrf_json_reader_opt_time (VrfJsonReader *self, const char *name)
{
  const char *text = vrf_json_reader_opt_string (self, name);
  gint64 us = VRF_TIME_NONE;

  if (text != NULL && !vrf_time_parse (text, &us, NULL))
    vrf_json_reader_fail (self, name, "must be a time");
  return us;
}

/**
 * vrf_json_reader_opt_strv:
 * @self: a reader
 * @name: a member that holds an array of texts
 * @max_items: the most it may hold
 *
 * Returns: (transfer full): the texts; empty, never %NULL, if absent or null
 */
GStrv
vrf_json_reader_opt_strv (VrfJsonReader *self, const char *name, guint max_items)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  JsonArray *array = vrf_json_reader_opt_array (self, name, max_items);
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (is_value (node, G_TYPE_STRING))
        g_strv_builder_add (texts, json_node_get_string (node));
      else
        vrf_json_reader_fail (self, name, "must hold texts only");
    }
  return g_strv_builder_end (texts);
}

/** vrf_json_reader_opt_object: Returns: (nullable) (transfer none): an object; %NULL if absent or
 * null */
JsonObject *
vrf_json_reader_opt_object (VrfJsonReader *self, const char *name)
{
  JsonNode *node = member (self, name);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  vrf_json_reader_fail (self, name, "must be an object");
  return NULL;
}

/** vrf_json_reader_opt_array: Returns: (nullable) (transfer none): an array; %NULL if absent or
 * null */
JsonArray *
vrf_json_reader_opt_array (VrfJsonReader *self, const char *name, guint max_items)
{
  JsonNode *node = member (self, name);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      vrf_json_reader_fail (self, name, "must be a list");
      return NULL;
    }
  if (json_array_get_length (json_node_get_array (node)) > max_items)
    {
      vrf_json_reader_fail (self, name, "has too many items");
      return NULL;
    }
  return json_node_get_array (node);
}

/** vrf_json_reader_array: Returns: (nullable) (transfer none): an array that must be there; %NULL
 * once failed */
JsonArray *
vrf_json_reader_array (VrfJsonReader *self, const char *name, guint max_items)
{
  JsonArray *array = vrf_json_reader_opt_array (self, name, max_items);

  if (array == NULL)
    vrf_json_reader_fail (self, name, "is missing");
  return array;
}
