/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-inflection.h"

/* Turns one member name into another spelling. */
typedef char *(*Spell) (const char *name);

static char *
to_camel (const char *name)
{
  GString *text = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c++)
    {
      if (*c == '_' && c != name && g_ascii_islower (c[1]))
        g_string_append_c (text, g_ascii_toupper (*++c));
      else
        g_string_append_c (text, *c);
    }
  return g_string_free (text, FALSE);
}

static char *
to_kebab (const char *name)
{
  return g_strdelimit (g_strdup (name), "_", '-');
}

static char *
to_snake (const char *name)
{
  GString *text = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c++)
    {
      if (*c == '-')
        g_string_append_c (text, '_');
      else if (g_ascii_isupper (*c))
        {
          if (c != name)
            g_string_append_c (text, '_');
          g_string_append_c (text, g_ascii_tolower (*c));
        }
      else
        g_string_append_c (text, *c);
    }
  return g_string_free (text, FALSE);
}

/* What the caller put under this name is the caller's own. */
static gboolean
is_opaque (const char *name)
{
  return g_str_equal (name, "metadata");
}

static JsonNode *
spell_node (JsonNode *node, Spell spell);

static JsonNode *
spell_object (JsonObject *object, Spell spell)
{
  JsonNode *root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_autofree char *spelled = spell (name);

      json_object_set_member (copy,
                              spelled,
                              is_opaque (spelled) ? json_node_copy (member)
                                                  : spell_node (member, spell));
    }
  json_node_take_object (root, copy);
  return root;
}

static JsonNode *
spell_array (JsonArray *array, Spell spell)
{
  JsonNode *root = json_node_new (JSON_NODE_ARRAY);
  JsonArray *copy = json_array_new ();
  guint length = json_array_get_length (array);

  for (guint i = 0; i < length; i++)
    json_array_add_element (copy, spell_node (json_array_get_element (array, i), spell));
  json_node_take_array (root, copy);
  return root;
}

/* Recursion is safe: what comes in passed the gate's depth limit. */
static JsonNode *
spell_node (JsonNode *node, Spell spell)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      return spell_object (json_node_get_object (node), spell);
    case JSON_NODE_ARRAY:
      return spell_array (json_node_get_array (node), spell);
    case JSON_NODE_VALUE:
    case JSON_NODE_NULL:
    default:
      return json_node_copy (node);
    }
}

/** vrf_inflection_is_known: Returns: whether it is `snake`, `camel` or `kebab` */
gboolean
vrf_inflection_is_known (const char *inflection)
{
  return g_str_equal (inflection, "snake") || g_str_equal (inflection, "camel")
         || g_str_equal (inflection, "kebab");
}

/**
 * vrf_inflection_apply:
 * @node: a reply in snake case
 * @inflection: how the caller wants its member names
 *
 * Returns: (transfer full): @node with its member names spelled so, except inside `metadata`
 *   (verifa-api.md 1.4)
 */
JsonNode *
vrf_inflection_apply (JsonNode *node, const char *inflection)
{
  if (g_str_equal (inflection, "camel"))
    return spell_node (node, to_camel);
  if (g_str_equal (inflection, "kebab"))
    return spell_node (node, to_kebab);
  return json_node_ref (node);
}

/** vrf_inflection_to_snake: Returns: (transfer full): a request in snake case, whatever it came in
 */
JsonNode *
vrf_inflection_to_snake (JsonNode *node)
{
  return spell_node (node, to_snake);
}
