/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-golden.h"

/*
 * The sandbox's replies beside the golden ones: every documented member is there and has the same
 * JSON type. Null fits every type, on either side.
 */

static JsonNode *
load (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "api", file, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

static void
assert_shape (JsonNode *wanted, JsonNode *got, const char *where);

static const char *
type_of (JsonNode *node)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    return "number";
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return "number";
  return json_node_type_name (node);
}

static void
assert_members (JsonObject *wanted, JsonObject *got, const char *where)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  json_object_iter_init (&iter, wanted);
  while (json_object_iter_next (&iter, &name, &node))
    {
      g_autofree char *path = g_strdup_printf ("%s.%s", where, name);

      if (!json_object_has_member (got, name))
        g_error ("%s is missing", path);
      assert_shape (node, json_object_get_member (got, name), path);
    }
}

static void
assert_shape (JsonNode *wanted, JsonNode *got, const char *where)
{
  if (JSON_NODE_HOLDS_NULL (wanted) || JSON_NODE_HOLDS_NULL (got))
    return;
  if (g_strcmp0 (type_of (wanted), type_of (got)) != 0)
    g_error ("%s is %s and should be %s", where, type_of (got), type_of (wanted));

  /* What the caller put there is the caller's own. */
  if (g_str_has_suffix (where, ".metadata"))
    return;
  if (JSON_NODE_HOLDS_OBJECT (wanted))
    assert_members (json_node_get_object (wanted), json_node_get_object (got), where);
  else if (JSON_NODE_HOLDS_ARRAY (wanted)
           && json_array_get_length (json_node_get_array (wanted)) > 0)
    {
      JsonArray *array = json_node_get_array (got);

      if (json_array_get_length (array) == 0)
        {
          /* Tags of our session need not be those of the example. */
          g_assert_true (g_str_has_suffix (where, ".tags"));
          return;
        }
      assert_shape (json_array_get_element (json_node_get_array (wanted), 0),
                    json_array_get_element (array, 0),
                    where);
    }
}

/* @name: a file of tests/data/api, without its ending. */
void
sandbox_reply_assert_golden (SandboxReply *reply, const char *name)
{
  g_autoptr (JsonNode) root = load (name);
  JsonObject *golden = json_node_get_object (root);

  g_test_message ("%s", name);
  g_assert_cmpint (reply->status, ==, json_object_get_int_member (golden, "status"));
  assert_shape (json_object_get_member (golden, "reply"), reply->json, name);
}
