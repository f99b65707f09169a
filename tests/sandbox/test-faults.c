/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox-client.h"
#include "sandbox/vrf-server.h"

/* Requests that go wrong by order, over HTTP. */

#define SESSIONS "/api/v1/sessions"
#define FAULTS "/_sandbox/faults"
#define ANY_SESSION "/api/v1/sessions/{session_id}"

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

static char *
add_fault (SandboxClient *client, const char *body)
{
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "POST", FAULTS, body);

  g_assert_cmpuint (reply->status, ==, 201);
  return g_strdup (sandbox_reply_string (reply, "id"));
}

static void
assert_status (SandboxClient *client, const char *method, const char *path, guint status)
{
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (client, method, path, g_str_equal (method, "POST") ? "{}" : NULL);

  g_assert_cmpuint (reply->status, ==, status);
}

static gint64
count_sessions (SandboxClient *client)
{
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "GET", SESSIONS, NULL);
  JsonObject *page = json_object_get_object_member (sandbox_reply_object (reply), "pagination");

  return json_object_get_int_member (page, "total");
}

/* Creates a session whose answer does not come whole. libsoup gives out what has come of a body,
 * and no error. */
static void
create_broken (SandboxClient *client, gboolean is_half)
{
  g_autofree char *uri = g_strconcat (vrf_sandbox_get_api_url (client->sandbox), SESSIONS, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", uri);
  SoupMessageHeaders *head = soup_message_get_response_headers (message);
  g_autoptr (GBytes) sent = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_headers_replace (
      soup_message_get_request_headers (message), "X-API-Key", SANDBOX_KEY);
  soup_message_set_request_body_from_bytes (message, "application/json", sent);
  bytes = soup_session_send_and_read (client->session, message, NULL, &error);
  g_assert_cmpint (bytes != NULL, ==, is_half);
  g_assert_cmpint (error == NULL, ==, is_half);
  if (is_half)
    g_assert_cmpint (
        (goffset) g_bytes_get_size (bytes), ==, soup_message_headers_get_content_length (head) / 2);
}

static void
test_status (SandboxClient *client, gconstpointer unused)
{
  /* The codes are those of verifa-api.md 1.8. */
  static const struct
  {
    guint status;
    const char *code;
    const char *retry_after;
  } rows[] = {
    { 401, "unauthorized", NULL },
    { 403, "forbidden", NULL },
    { 404, "not_found", NULL },
    { 409, "conflict", NULL },
    { 410, "gone", NULL },
    { 422, "validation_error", NULL },
    { 429, "rate_limited", "1" },
    { 500, "internal_error", NULL },
    { 503, "service_unavailable", "1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body =
          g_strdup_printf ("{\"kind\":\"status\",\"status\":%u,\"times\":1}", rows[i].status);
      g_autofree char *id = add_fault (client, body);
      g_autoptr (SandboxReply) reply = sandbox_client_call (client, "POST", SESSIONS, "{}");

      sandbox_reply_assert_error (reply, rows[i].status, rows[i].code);
      g_assert_cmpstr (
          soup_message_headers_get_one (reply->headers, "Retry-After"), ==, rows[i].retry_after);
    }
  g_assert_cmpint (count_sessions (client), ==, 0);
}

static void
test_which (SandboxClient *client, gconstpointer unused)
{
  static const guint expected[] = { 200, 503, 200, 503, 200, 200, 200 };
  g_autofree char *id = add_fault (client,
                                   "{\"method\":\"GET\",\"path\":\"/api/v1/sess*\","
                                   "\"kind\":\"status\",\"status\":503,"
                                   "\"nth\":2,\"every\":2,\"times\":2,\"retry_after\":7}");
  g_autoptr (SandboxReply) list = NULL;
  JsonObject *rule = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    assert_status (client, "GET", SESSIONS, expected[i]);
  /* Neither another method nor another path was counted. */
  assert_status (client, "POST", SESSIONS, 201);
  assert_status (client, "GET", "/api/v1/workflows", 200);
  list = sandbox_client_call (client, "GET", FAULTS, NULL);
  rule = json_array_get_object_element (
      json_object_get_array_member (sandbox_reply_object (list), "data"), 0);
  g_assert_cmpstr (json_object_get_string_member (rule, "id"), ==, id);
  g_assert_cmpint (json_object_get_int_member (rule, "seen"), ==, G_N_ELEMENTS (expected));
  g_assert_cmpint (json_object_get_int_member (rule, "hit"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (rule, "retry_after"), ==, 7);
}

static void
test_template (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *session = sandbox_client_create (client, "{}");
  g_autofree char *path = sandbox_client_path (session, "");
  g_autofree char *id =
      add_fault (client, "{\"path\":\"" ANY_SESSION "\",\"kind\":\"status\",\"status\":500}");

  assert_status (client, "GET", path, 500);
  assert_status (client, "GET", SESSIONS, 200);
}

/* Which of the calls are hit: a text of 0 and 1. */
static char *
draw (SandboxClient *client, const char *seed)
{
  g_autofree char *body =
      g_strdup_printf ("{\"kind\":\"status\",\"status\":500,\"percent\":50,\"seed\":%s}", seed);
  g_autofree char *id = add_fault (client, body);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 24; i++)
    {
      g_autoptr (SandboxReply) reply = sandbox_client_call (client, "GET", SESSIONS, NULL);

      g_string_append_c (text, reply->status == 500 ? '1' : '0');
    }
  assert_status (client, "DELETE", FAULTS, 204);
  return g_string_free (text, FALSE);
}

static void
test_percent (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *one = draw (client, "1");
  g_autofree char *again = draw (client, "1");
  g_autofree char *other = draw (client, "2");

  g_assert_cmpstr (one, ==, again);
  g_assert_cmpstr (one, !=, other);
  g_assert_nonnull (strchr (one, '0'));
  g_assert_nonnull (strchr (one, '1'));
}

static void
test_drop_before (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = add_fault (client, "{\"kind\":\"drop_before\",\"method\":\"POST\"}");

  create_broken (client, FALSE);
  g_assert_cmpint (count_sessions (client), ==, 0);
}

static void
test_drop_after (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = add_fault (client, "{\"kind\":\"drop_after\",\"method\":\"POST\"}");

  create_broken (client, FALSE);
  g_assert_cmpint (count_sessions (client), ==, 1);
}

static void
test_truncate (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = add_fault (client, "{\"kind\":\"truncate\",\"method\":\"POST\"}");

  create_broken (client, TRUE);
  g_assert_cmpint (count_sessions (client), ==, 1);
}

static void
test_html (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = add_fault (client, "{\"kind\":\"html_502\"}");
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "GET", SESSIONS, NULL);

  g_assert_cmpuint (reply->status, ==, 502);
  g_assert_null (reply->json);
  g_assert_cmpstr (soup_message_headers_get_one (reply->headers, "Content-Type"), ==, "text/html");
}

static void
test_latency (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = add_fault (client, "{\"kind\":\"latency\",\"latency_ms\":300,\"times\":1}");
  gint64 began = g_get_monotonic_time ();

  assert_status (client, "POST", SESSIONS, 201);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 300 * 1000);
}

/* The answer has to come within the connection's life. */
static void
test_latest (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = add_fault (client, "{\"kind\":\"latency\",\"latency_ms\":55000,\"nth\":9}");
  g_autoptr (SandboxReply) later =
      sandbox_client_call (client, "POST", FAULTS, "{\"kind\":\"latency\",\"latency_ms\":55001}");

  g_assert_cmpint (55000, <, VRF_SERVER_LIFE_S * 1000);
  sandbox_reply_assert_error (later, 422, "validation_error");
  g_assert_nonnull (strstr (later->text, "latency_ms: must be from 1 to 55000"));
}

/* The way back is never in the way. */
static void
test_tools_work (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *first = add_fault (client, "{\"kind\":\"status\",\"status\":500}");
  g_autofree char *second = add_fault (client, "{\"kind\":\"drop_before\",\"path\":\"*\"}");
  g_autofree char *path = g_strconcat (FAULTS "/", second, NULL);

  assert_status (client, "GET", SESSIONS, 500);
  assert_status (client, "DELETE", path, 204);
  assert_status (client, "DELETE", path, 404);
  assert_status (client, "POST", "/_sandbox/reset", 200);
  assert_status (client, "GET", SESSIONS, 200);
}

static void
test_refuses (SandboxClient *client, gconstpointer unused)
{
  static const char *const bodies[] = {
    "{}",
    "{\"kind\":\"fire\"}",
    "{\"kind\":\"status\"}",
    "{\"kind\":\"status\",\"status\":418}",
    "{\"kind\":\"status\",\"status\":\"500\"}",
    "{\"kind\":\"html_502\",\"status\":500}",
    "{\"kind\":\"latency\"}",
    "{\"kind\":\"status\",\"status\":500,\"latency_ms\":55001}",
    "{\"kind\":\"truncate\",\"nth\":0}",
    "{\"kind\":\"truncate\",\"percent\":101}",
    "{\"kind\":\"truncate\",\"method\":\"get\"}",
    "{\"kind\":\"truncate\",\"path\":\"sessions\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (SandboxReply) reply = sandbox_client_call (client, "POST", FAULTS, bodies[i]);

      sandbox_reply_assert_error (reply, 422, "validation_error");
    }
  assert_status (client, "GET", SESSIONS, 200);
}

static void
add (const char *path, void (*test) (SandboxClient *, gconstpointer))
{
  g_test_add (path, SandboxClient, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/sandbox/faults/status", test_status);
  add ("/sandbox/faults/which", test_which);
  add ("/sandbox/faults/template", test_template);
  add ("/sandbox/faults/percent", test_percent);
  add ("/sandbox/faults/drop-before", test_drop_before);
  add ("/sandbox/faults/drop-after", test_drop_after);
  add ("/sandbox/faults/truncate", test_truncate);
  add ("/sandbox/faults/html", test_html);
  add ("/sandbox/faults/latency", test_latency);
  add ("/sandbox/faults/latest", test_latest);
  add ("/sandbox/faults/tools-work", test_tools_work);
  add ("/sandbox/faults/refuses", test_refuses);

  return g_test_run ();
}
