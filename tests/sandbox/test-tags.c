/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/vrf-json.h"
#include "sandbox/vrf-tags.h"

/* The rules that the tags of every object follow (verifa-api.md 3.14, 7.2, 7.7): each once, in the
 * order they came, 50 of 64 characters. */

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_node_dup_object (root);
}

/* @wanted: the tags after it; NULL when it is refused. */
static void
assert_change (VrfTagsChange change, const char *stored, const char *request, const char *wanted)
{
  g_autoptr (JsonObject) body = parse (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autofree char *tags = change (stored, body, errors);

  g_assert_cmpstr (tags, ==, wanted);
  g_assert_true (vrf_field_errors_is_empty (errors) == (wanted != NULL));
}

static void
test_add (void)
{
  assert_change (vrf_tags_add, "[]", "{\"tag\":\"vip\"}", "[\"vip\"]");
  assert_change (vrf_tags_add, "[\"b\"]", "{\"tag\":\"a\"}", "[\"b\",\"a\"]");
  assert_change (vrf_tags_add, "[\"b\",\"a\"]", "{\"tag\":\"b\"}", "[\"b\",\"a\"]");
  assert_change (vrf_tags_add, "[]", "{\"tag\":\"\"}", NULL);
  assert_change (vrf_tags_add, "[]", "{\"tag\":7}", NULL);
  assert_change (vrf_tags_add, "[]", "{\"tag\":null}", NULL);
  assert_change (vrf_tags_add, "[]", "{}", NULL);
}

static void
test_remove (void)
{
  g_autofree char *left = vrf_tags_dup_without ("[\"a\",\"b\",\"c\"]", "b");

  assert_change (vrf_tags_remove, "[\"a\",\"b\",\"c\"]", "{\"tag\":\"b\"}", "[\"a\",\"c\"]");
  assert_change (vrf_tags_remove, "[\"a\"]", "{\"tag\":\"b\"}", "[\"a\"]");
  assert_change (vrf_tags_remove, "[\"a\"]", "{\"tag\":\"a\"}", "[]");
  assert_change (vrf_tags_remove, "[\"a\"]", "{}", NULL);
  g_assert_cmpstr (left, ==, "[\"a\",\"c\"]");
}

static void
test_set (void)
{
  assert_change (vrf_tags_set, "[\"z\"]", "{\"tags\":[\"b\",\"a\",\"b\"]}", "[\"b\",\"a\"]");
  assert_change (vrf_tags_set, "[\"z\"]", "{\"tags\":[]}", "[]");
  assert_change (vrf_tags_set, "[\"z\"]", "{\"tags\":[\"\"]}", NULL);
  assert_change (vrf_tags_set, "[\"z\"]", "{\"tags\":[1]}", NULL);
  assert_change (vrf_tags_set, "[\"z\"]", "{\"tags\":\"a\"}", NULL);
  assert_change (vrf_tags_set, "[\"z\"]", "{}", NULL);
}

/* @n numbers as texts. */
static char *
dup_numbers (guint n)
{
  g_autoptr (GString) text = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\"%u\"", i > 0 ? "," : "", i);
  g_string_append_c (text, ']');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_most (void)
{
  g_autofree char *one_less = dup_numbers (49);
  g_autofree char *most = dup_numbers (50);
  g_autofree char *too_many = dup_numbers (51);
  g_autofree char *all = g_strconcat ("{\"tags\":", most, "}", NULL);
  g_autofree char *more = g_strconcat ("{\"tags\":", too_many, "}", NULL);

  assert_change (vrf_tags_add, one_less, "{\"tag\":\"49\"}", most);
  assert_change (vrf_tags_add, most, "{\"tag\":\"50\"}", NULL);
  assert_change (vrf_tags_add, most, "{\"tag\":\"7\"}", most);
  assert_change (vrf_tags_set, "[]", all, most);
  assert_change (vrf_tags_set, "[]", more, NULL);
}

/* Characters, not bytes. */
static void
test_longest (void)
{
  g_autoptr (GString) longest = g_string_new (NULL);
  g_autofree char *wanted = NULL;
  g_autofree char *body = NULL;
  g_autofree char *longer = NULL;

  for (guint i = 0; i < 64; i++)
    g_string_append (longest, "ü");
  wanted = g_strdup_printf ("[\"%s\"]", longest->str);
  body = g_strdup_printf ("{\"tag\":\"%s\"}", longest->str);
  longer = g_strdup_printf ("{\"tag\":\"%su\"}", longest->str);
  assert_change (vrf_tags_add, "[]", body, wanted);
  assert_change (vrf_tags_add, "[]", longer, NULL);
}

static void
test_unique (void)
{
  g_autoptr (JsonNode) root = json_from_string ("[\"a\",\"A\",\"a\",\"b\",\"A\"]", NULL);
  g_autofree char *tags = vrf_tags_dup_unique (json_node_get_array (root));

  g_assert_cmpstr (tags, ==, "[\"a\",\"A\",\"b\"]");
}

static void
test_reply (void)
{
  g_autoptr (JsonNode) reply = vrf_tags_new_reply ("session_1", "[\"a\"]");
  g_autofree char *text = vrf_json_to_text (reply);

  g_assert_cmpstr (text, ==, "{\"id\":\"session_1\",\"tags\":[\"a\"]}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/tags/add", test_add);
  g_test_add_func ("/sandbox/tags/remove", test_remove);
  g_test_add_func ("/sandbox/tags/set", test_set);
  g_test_add_func ("/sandbox/tags/most", test_most);
  g_test_add_func ("/sandbox/tags/longest", test_longest);
  g_test_add_func ("/sandbox/tags/unique", test_unique);
  g_test_add_func ("/sandbox/tags/reply", test_reply);
  return g_test_run ();
}
