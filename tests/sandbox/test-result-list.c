/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox-golden.h"

/* Results across sessions, and one by its session (verifa-api.md 6). */

#define RESULTS "/api/v1/results"

static void
set_up (SandboxClient *client, gconstpointer unused)
{
  sandbox_client_start (client, NULL);
}

static void
tear_down (SandboxClient *client, gconstpointer unused)
{
  sandbox_client_stop (client);
}

/* Returns: the session's id. */
static char *
finish (SandboxClient *client, const char *action)
{
  char *id = sandbox_client_create (client, "{\"external_ref\":\"guest-1\"}");
  g_autofree char *path = sandbox_client_path (id, "/simulate");
  g_autofree char *body = g_strdup_printf ("{\"action\":\"%s\"}", action);
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "POST", path, body);

  g_assert_cmpuint (reply->status, ==, 200);
  return id;
}

/* The sessions of a list, each followed by a blank; the total goes by the pagination. */
static char *
list (SandboxClient *client, const char *query, gint64 total)
{
  g_autofree char *path = g_strconcat (RESULTS, query, NULL);
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "GET", path, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  JsonObject *object = sandbox_reply_object (reply);
  JsonArray *data = NULL;

  g_test_message ("%s", query);
  g_assert_cmpuint (reply->status, ==, 200);
  data = json_object_get_array_member (object, "data");
  for (guint i = 0; i < json_array_get_length (data); i++)
    g_string_append_printf (
        text,
        "%s ",
        json_object_get_string_member (json_array_get_object_element (data, i), "session_id"));
  g_assert_cmpint (
      json_object_get_int_member (json_object_get_object_member (object, "pagination"), "total"),
      ==,
      total);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_list (SandboxClient *client, const char *query, gint64 total, const char *wanted)
{
  g_autofree char *got = list (client, query, total);

  g_assert_cmpstr (got, ==, wanted);
}

static void
test_list (SandboxClient *client, gconstpointer unused)
{
  static const char *const live[] = { "X-API-Key", LIVE_KEY, NULL };
  static const char *const wrong[] = {
    "?status=completed", "?limit=0", "?limit=101", "?offset=-1", "?created_after=today"
  };
  g_autofree char *first = finish (client, "approve");
  g_autofree char *second = finish (client, "decline");
  g_autofree char *third = finish (client, "require-review");
  g_autofree char *none = finish (client, "expire");
  g_autofree char *all = g_strdup_printf ("%s %s %s ", third, second, first);
  g_autofree char *page = g_strdup_printf ("%s ", second);
  g_autoptr (SandboxReply) golden =
      sandbox_client_call (client, "GET", RESULTS "?status=rejected", NULL);
  g_autoptr (SandboxReply) whole = sandbox_client_call (client, "GET", RESULTS, NULL);
  g_autoptr (SandboxReply) theirs = sandbox_client_send (client, "GET", RESULTS, live, NULL);

  g_assert_nonnull (none);
  assert_list (client, "", 3, all);
  assert_list (client, "?status=rejected", 1, page);
  assert_list (client, "?limit=1&offset=1", 3, page);
  assert_list (client, "?created_after=2001-01-01T00:00:00Z", 3, all);
  assert_list (client, "?created_before=2001-01-01T00:00:00Z", 0, "");
  assert_list (client, "?status=approved&created_after=2999-01-01T00:00:00Z", 0, "");
  sandbox_reply_assert_golden (golden, "list_results");

  /* Nothing in it is about the person. */
  g_assert_null (strstr (whole->text, "guest-1"));
  g_assert_null (strstr (whole->text, "Jane"));
  g_assert_null (strstr (whole->text, "extracted"));
  g_assert_cmpint (
      json_array_get_length (json_object_get_array_member (sandbox_reply_object (theirs), "data")),
      ==,
      0);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strconcat (RESULTS, wrong[i], NULL);
      g_autoptr (SandboxReply) reply = sandbox_client_call (client, "GET", path, NULL);

      g_test_message ("%s", wrong[i]);
      sandbox_reply_assert_error (reply, 422, "validation_error");
    }
}

static void
test_get (SandboxClient *client, gconstpointer unused)
{
  static const char *const live[] = { "X-API-Key", LIVE_KEY, NULL };
  g_autofree char *id = finish (client, "approve");
  g_autofree char *none = sandbox_client_create (client, "{}");
  g_autofree char *path = g_strconcat (RESULTS "/", id, NULL);
  g_autofree char *early_path = g_strconcat (RESULTS "/", none, NULL);
  g_autoptr (SandboxReply) got = sandbox_client_call (client, "GET", path, NULL);
  g_autoptr (SandboxReply) early = sandbox_client_call (client, "GET", early_path, NULL);
  g_autoptr (SandboxReply) nobody = sandbox_client_call (client, "GET", RESULTS "/x", NULL);
  g_autoptr (SandboxReply) theirs = sandbox_client_send (client, "GET", path, live, NULL);

  sandbox_reply_assert_golden (got, "get_result_by_session");
  g_assert_cmpstr (sandbox_reply_string (got, "external_ref"), ==, "guest-1");
  g_assert_false (json_object_has_member (sandbox_reply_object (got), "face_match_score"));
  g_assert_false (json_object_has_member (sandbox_reply_object (got), "sensitive_data_expired"));
  sandbox_reply_assert_error (early, 404, "not_found");
  sandbox_reply_assert_error (nobody, 404, "not_found");
  sandbox_reply_assert_error (theirs, 404, "not_found");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sandbox/result-list/list", SandboxClient, NULL, set_up, test_list, tear_down);
  g_test_add ("/sandbox/result-list/get", SandboxClient, NULL, set_up, test_get, tear_down);
  return g_test_run ();
}
