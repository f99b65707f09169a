/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox-golden.h"

/* The audit trail (verifa-api.md 7.7): who wrote what, and how it is found again. */

#define EVENTS "/api/v1/events"

static JsonArray *
get_data (SandboxReply *reply)
{
  g_assert_cmpuint (reply->status, ==, 200);
  return json_object_get_array_member (sandbox_reply_object (reply), "data");
}

static const char *
get_member (SandboxReply *reply, guint i, const char *name)
{
  return json_object_get_string_member_with_default (
      json_array_get_object_element (get_data (reply), i), name, NULL);
}

static guint
count (SandboxClient *client, const char *query)
{
  g_autofree char *path = g_strconcat (EVENTS, query, NULL);
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "GET", path, NULL);
  JsonObject *pagination =
      json_object_get_object_member (sandbox_reply_object (reply), "pagination");

  g_assert_cmpint (json_object_get_int_member (pagination, "total"),
                   ==,
                   json_array_get_length (get_data (reply)));
  return json_array_get_length (get_data (reply));
}

static void
test_entry (void)
{
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) list = NULL;
  g_autoptr (SandboxReply) one = NULL;
  g_autoptr (SandboxReply) none = NULL;
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;

  sandbox_client_start (&client, NULL);
  id = sandbox_client_create (&client, "{\"external_ref\":\"guest-1\"}");
  list = sandbox_client_call (&client, "GET", EVENTS, NULL);
  sandbox_reply_assert_golden (list, "list_events");
  g_assert_cmpuint (json_array_get_length (get_data (list)), ==, 1);
  g_assert_cmpstr (get_member (list, 0, "type"), ==, "api.session.create");
  g_assert_cmpstr (get_member (list, 0, "resource_type"), ==, "session");
  g_assert_cmpstr (get_member (list, 0, "resource_id"), ==, id);
  g_assert_cmpstr (get_member (list, 0, "actor"), ==, "api_key:vk_sandbox_0000");
  g_assert_cmpstr (get_member (list, 0, "ip_address"), ==, "127.0.0.1");
  g_assert_cmpstr (get_member (list, 0, "request_method"), ==, "POST");
  g_assert_cmpstr (get_member (list, 0, "request_path"), ==, "/api/v1/sessions");
  /* What the caller wrote is not repeated. */
  g_assert_null (strstr (list->text, "guest-1"));

  path = g_strconcat (EVENTS "/", get_member (list, 0, "id"), NULL);
  one = sandbox_client_call (&client, "GET", path, NULL);
  sandbox_reply_assert_golden (one, "get_event");
  g_assert_cmpstr (sandbox_reply_string (one, "id"), ==, get_member (list, 0, "id"));
  none = sandbox_client_call (&client, "GET", EVENTS "/aud_0", NULL);
  sandbox_reply_assert_error (none, 404, "not_found");
  sandbox_client_stop (&client);
}

typedef struct
{
  const char *method;
  const char *rest;
  const char *body;
  const char *type;
} Write;

static const Write writes[] = {
  { "PATCH", "", "{\"metadata\":{\"a\":1}}", "api.session.update" },
  { "POST", "/tags/add", "{\"tag\":\"a\"}", "api.session.add_tag" },
  { "POST", "/tags/remove", "{\"tag\":\"a\"}", "api.session.remove_tag" },
  { "POST", "/tags/set", "{\"tags\":[]}", "api.session.set_tags" },
  { "POST", "/generate-one-time-link", NULL, "api.session.generate_link" },
  { "POST", "/resend-invite", NULL, "api.session.resend_invite" },
  { "POST", "/expire", NULL, "api.session.expire" },
  { "POST", "/resume", NULL, "api.session.resume" },
  { "POST", "/simulate", "{\"action\":\"approve\"}", "api.session.simulate" },
};

/* Every write of a session leaves one entry of its name. */
static void
test_writes (void)
{
  SandboxClient client = { NULL };
  g_autofree char *id = NULL;

  sandbox_client_start (&client, NULL);
  id = sandbox_client_create (&client, "{\"send_email\":true,\"applicant_email\":\"a@b.example\"}");
  for (guint i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      g_autofree char *path = sandbox_client_path (id, writes[i].rest);
      g_autofree char *query =
          g_strdup_printf ("?action=%s&resource_type=session&resource_id=%s", writes[i].type, id);
      g_autoptr (SandboxReply) reply =
          sandbox_client_call (&client, writes[i].method, path, writes[i].body);

      g_test_message ("%s", writes[i].type);
      g_assert_cmpuint (reply->status, ==, 200 + (g_str_has_suffix (path, "link") ? 1 : 0));
      g_assert_cmpuint (count (&client, query), ==, 1);
    }
  sandbox_client_stop (&client);
}

/* Neither a refusal nor an answer given again writes one. */
static void
test_nothing_done (void)
{
  static const char *const headers[] = { "X-API-Key", SANDBOX_KEY, "Idempotency-Key", "k", NULL };
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) refused = NULL;
  g_autoptr (SandboxReply) missing = NULL;
  g_autoptr (SandboxReply) first = NULL;
  g_autoptr (SandboxReply) again = NULL;

  sandbox_client_start (&client, NULL);
  refused = sandbox_client_call (&client, "POST", "/api/v1/sessions", "{\"country\":1}");
  g_assert_cmpuint (refused->status, ==, 422);
  missing = sandbox_client_call (&client, "POST", "/api/v1/sessions/x/expire", NULL);
  g_assert_cmpuint (missing->status, ==, 404);
  g_assert_cmpuint (count (&client, ""), ==, 0);
  first = sandbox_client_send (&client, "POST", "/api/v1/sessions", headers, "{}");
  g_assert_cmpuint (first->status, ==, 201);
  again = sandbox_client_send (&client, "POST", "/api/v1/sessions", headers, "{}");
  g_assert_cmpuint (again->status, ==, 201);
  g_assert_cmpuint (count (&client, ""), ==, 1);
  sandbox_client_stop (&client);
}

static void
test_filters (void)
{
  SandboxClient client = { NULL };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *query = NULL;
  g_autoptr (SandboxReply) page = NULL;

  sandbox_client_start (&client, NULL);
  first = sandbox_client_create (&client, "{}");
  second = sandbox_client_create (&client, "{}");
  query = g_strconcat ("?q=", second + strlen ("session_"), NULL);
  g_assert_cmpuint (count (&client, ""), ==, 2);
  g_assert_cmpuint (count (&client, query), ==, 1);
  g_assert_cmpuint (count (&client, "?q=VK_SANDBOX"), ==, 2);
  g_assert_cmpuint (count (&client, "?q=127.0.0"), ==, 2);
  g_assert_cmpuint (count (&client, "?q=session.create"), ==, 2);
  g_assert_cmpuint (count (&client, "?q=nothing"), ==, 0);
  g_assert_cmpuint (count (&client, "?action=api.session"), ==, 0);
  g_assert_cmpuint (count (&client, "?resource_type=identity"), ==, 0);
  g_assert_cmpuint (count (&client, "?created_after=2020-01-01T00:00:00Z"), ==, 2);
  g_assert_cmpuint (count (&client, "?created_before=2020-01-01T00:00:00Z"), ==, 0);

  page = sandbox_client_call (&client, "GET", EVENTS "?limit=1&offset=1", NULL);
  g_assert_cmpuint (json_array_get_length (get_data (page)), ==, 1);
  g_assert_cmpstr (get_member (page, 0, "resource_id"), ==, first);
  sandbox_client_stop (&client);
}

static void
test_refusals (void)
{
  static const char *const queries[] = {
    "?limit=0", "?limit=101", "?offset=-1", "?created_after=yesterday", "?created_before=1"
  };
  static const char *const live[] = { "X-API-Key", LIVE_KEY, NULL };
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) list = NULL;
  g_autoptr (SandboxReply) mine = NULL;
  g_autoptr (SandboxReply) theirs = NULL;
  g_autofree char *path = NULL;

  sandbox_client_start (&client, NULL);
  g_free (sandbox_client_create (&client, "{}"));
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *bad = g_strconcat (EVENTS, queries[i], NULL);
      g_autoptr (SandboxReply) reply = sandbox_client_call (&client, "GET", bad, NULL);

      sandbox_reply_assert_error (reply, 422, "validation_error");
    }

  /* The other environment sees nothing of it. */
  mine = sandbox_client_call (&client, "GET", EVENTS, NULL);
  path = g_strconcat (EVENTS "/", get_member (mine, 0, "id"), NULL);
  list = sandbox_client_send (&client, "GET", EVENTS, live, NULL);
  g_assert_cmpuint (json_array_get_length (get_data (list)), ==, 0);
  theirs = sandbox_client_send (&client, "GET", path, live, NULL);
  sandbox_reply_assert_error (theirs, 404, "not_found");
  sandbox_client_stop (&client);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/events/entry", test_entry);
  g_test_add_func ("/sandbox/events/writes", test_writes);
  g_test_add_func ("/sandbox/events/nothing-done", test_nothing_done);
  g_test_add_func ("/sandbox/events/filters", test_filters);
  g_test_add_func ("/sandbox/events/refusals", test_refusals);
  return g_test_run ();
}
