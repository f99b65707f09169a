/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "capture-client.h"
#include "case-client.h"

/* The queue of review cases: whose a case is, how it is found, what it says (verifa-api.md 7.3). */

/* What says which side of a document a picture shows. */
#define FRONT "--b\r\nContent-Disposition: form-data; name=\"side\"\r\n\r\nfront\r\n"

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

static void
assert_ok (SandboxReply *reply)
{
  g_autoptr (SandboxReply) owned = reply;

  g_assert_cmpuint (owned->status, ==, 200);
}

static void
assert_error (SandboxReply *reply, guint status, const char *code)
{
  g_autoptr (SandboxReply) owned = reply;

  sandbox_reply_assert_error (owned, status, code);
}

static gint64
get_total (SandboxClient *client, const char *query)
{
  g_autofree char *path = g_strconcat ("/api/v1/cases", query, NULL);
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "GET", path, NULL);
  JsonObject *pagination = NULL;

  g_assert_cmpuint (reply->status, ==, 200);
  pagination = json_object_get_object_member (sandbox_reply_object (reply), "pagination");
  return json_object_get_int_member (pagination, "total");
}

static gint64
search_total (SandboxClient *client, const char *body)
{
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (client, "POST", "/api/v1/cases/search", body);
  JsonObject *pagination = NULL;

  g_assert_cmpuint (reply->status, ==, 200);
  pagination = json_object_get_object_member (sandbox_reply_object (reply), "pagination");
  return json_object_get_int_member (pagination, "total");
}

static void
assert_counts (SandboxClient *client, const char *wanted)
{
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (client, "GET", "/api/v1/cases/counts?assigned_to=" REVIEWER, NULL);
  JsonObject *counts = sandbox_reply_object (reply);
  g_autofree char *got =
      g_strdup_printf ("%d %d %d %d %d",
                       (int) json_object_get_int_member (counts, "unassigned"),
                       (int) json_object_get_int_member (counts, "mine"),
                       (int) json_object_get_int_member (counts, "pending_second_review"),
                       (int) json_object_get_int_member (counts, "escalated"),
                       (int) json_object_get_int_member (counts, "all"));

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpuint (json_object_get_size (counts), ==, 5);
  g_assert_cmpstr (got, ==, wanted);
}

static void
test_owner (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = case_client_open (client, "a");

  case_client_assert_state (client, id, "open", NULL);
  assert_error (case_client_post (client, id, "/release", NULL), 409, "conflict");

  assert_ok (case_client_act (client, id, "claim", REVIEWER));
  case_client_assert_state (client, id, "in_review", REVIEWER);
  /* One's own again is no conflict. */
  assert_ok (case_client_act (client, id, "claim", REVIEWER));
  assert_error (case_client_act (client, id, "claim", SECOND), 409, "conflict");
  assert_error (case_client_act (client, id, "approve", SECOND), 409, "conflict");
  assert_error (case_client_act (client, id, "reject", SECOND), 409, "conflict");
  case_client_assert_state (client, id, "in_review", REVIEWER);

  assert_ok (case_client_post (client, id, "/release", NULL));
  case_client_assert_state (client, id, "open", NULL);
  assert_ok (case_client_act (client, id, "claim", REVIEWER));
  /* Handing it on ends the claim. */
  assert_ok (case_client_act (client, id, "assign", SECOND));
  case_client_assert_state (client, id, "open", SECOND);
  assert_error (case_client_act (client, id, "claim", REVIEWER), 409, "conflict");
  assert_ok (case_client_act (client, id, "claim", SECOND));
  case_client_assert_state (client, id, "in_review", SECOND);
  assert_ok (case_client_act (client, id, "assign", SECOND));
  case_client_assert_state (client, id, "in_review", SECOND);
}

static void
test_next (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *first = case_client_open (client, "a");
  g_autofree char *second = case_client_open (client, "b");
  g_autofree char *third = case_client_open (client, "c");
  g_autofree char *fourth = case_client_open (client, "d");
  g_autoptr (SandboxReply) one = NULL;
  g_autoptr (SandboxReply) two = NULL;

  /* Neither what somebody has nor what went up is in the queue. */
  assert_ok (case_client_act (client, first, "claim", SECOND));
  assert_ok (case_client_post (client, second, "/escalate", NULL));
  one = sandbox_client_call (client, "POST", "/api/v1/cases/next", NULL);
  g_assert_cmpuint (one->status, ==, 200);
  g_assert_cmpstr (sandbox_reply_string (one, "id"), ==, third);
  g_assert_cmpstr (sandbox_reply_string (one, "status"), ==, "in_review");
  g_assert_cmpstr (sandbox_reply_string (one, "assigned_to"), ==, "orguser_frontdesk");
  two = sandbox_client_call (
      client, "POST", "/api/v1/cases/next", "{\"reviewer_id\":\"" REVIEWER "\"}");
  g_assert_cmpstr (sandbox_reply_string (two, "id"), ==, fourth);
  g_assert_cmpstr (sandbox_reply_string (two, "assigned_to"), ==, REVIEWER);
  assert_error (sandbox_client_call (client, "POST", "/api/v1/cases/next", NULL), 404, "not_found");

  assert_ok (case_client_post (client, first, "/release", NULL));
  assert_counts (client, "1 1 0 1 4");
}

typedef struct
{
  guint pending;
  guint statuses[2];
  SoupMessage *messages[2];
} Race;

static void
raced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Race *race = user_data;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  for (guint i = 0; i < 2; i++)
    if (race->messages[i] == message)
      race->statuses[i] = soup_message_get_status (message);
  race->pending--;
}

/* Both are on their way before either is answered: one gets the case. */
static void
test_race (SandboxClient *client, gconstpointer unused)
{
  static const char *const bodies[] = { "{\"reviewer_id\":\"" REVIEWER "\"}",
                                        "{\"reviewer_id\":\"" SECOND "\"}" };
  g_autofree char *id = case_client_open (client, "a");
  g_autofree char *uri =
      g_strconcat (vrf_sandbox_get_api_url (client->sandbox), "/api/v1/cases/", id, "/claim", NULL);
  Race race = { .pending = 2 };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (bodies[i], strlen (bodies[i]));

      race.messages[i] = soup_message_new ("POST", uri);
      soup_message_headers_append (
          soup_message_get_request_headers (race.messages[i]), "X-API-Key", SANDBOX_KEY);
      soup_message_set_request_body_from_bytes (race.messages[i], "application/json", body);
      soup_session_send_and_read_async (
          client->session, race.messages[i], G_PRIORITY_DEFAULT, NULL, raced_cb, &race);
    }
  while (race.pending > 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (MIN (race.statuses[0], race.statuses[1]), ==, 200);
  g_assert_cmpuint (MAX (race.statuses[0], race.statuses[1]), ==, 409);
  case_client_assert_state (client, id, "in_review", race.statuses[0] == 200 ? REVIEWER : SECOND);
  for (guint i = 0; i < 2; i++)
    g_object_unref (race.messages[i]);
}

static void
test_escalate (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *named = case_client_open (client, "a");
  g_autofree char *open = case_client_open (client, "b");
  g_autoptr (SandboxReply) notes = NULL;
  g_autofree char *path = g_strconcat ("/api/v1/cases/", named, "/notes", NULL);
  JsonArray *data = NULL;

  assert_ok (case_client_act (client, named, "claim", REVIEWER));
  assert_ok (case_client_post (client,
                               named,
                               "/escalate",
                               "{\"escalated_to\":\"" SECOND "\",\"reason\":\"Two hits\","
                               "\"notes\":\"See the second page\"}"));
  case_client_assert_state (client, named, "escalated", SECOND);
  assert_error (case_client_post (client, named, "/escalate", NULL), 409, "conflict");
  assert_error (case_client_act (client, named, "claim", REVIEWER), 409, "conflict");
  assert_error (case_client_act (client, named, "approve", REVIEWER), 409, "conflict");
  /* A claim leaves it where it is. */
  assert_ok (case_client_act (client, named, "claim", SECOND));
  case_client_assert_state (client, named, "escalated", SECOND);
  assert_ok (case_client_act (client, named, "approve", SECOND));
  case_client_assert_state (client, named, "approved", SECOND);

  notes = sandbox_client_call (client, "GET", path, NULL);
  data = json_object_get_array_member (sandbox_reply_object (notes), "data");
  g_assert_cmpuint (json_array_get_length (data), ==, 2);
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (data, 0), "content"),
      ==,
      "Two hits");

  assert_ok (case_client_post (client, open, "/escalate", NULL));
  case_client_assert_state (client, open, "escalated", NULL);
  assert_counts (client, "0 0 0 1 2");
}

static void
test_lists (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *first = case_client_open (client, "Guest-ÄB");
  g_autofree char *second = case_client_open (client, "b");
  g_autofree char *third = case_client_open (client, "c");
  g_autofree char *patch = g_strconcat ("/api/v1/cases/", second, NULL);
  g_autofree char *by_id = g_strdup_printf ("{\"q\":\"%.20s\"}", third);
  g_autoptr (SandboxReply) page = NULL;
  JsonArray *data = NULL;

  assert_ok (case_client_act (client, first, "claim", REVIEWER));
  assert_ok (case_client_act (client, second, "approve", REVIEWER));
  assert_ok (sandbox_client_call (
      client, "PATCH", patch, "{\"priority\":\"high\",\"tags\":[\"x\",\"y\"]}"));

  g_assert_cmpint (get_total (client, ""), ==, 3);
  g_assert_cmpint (get_total (client, "?status=open"), ==, 1);
  g_assert_cmpint (get_total (client, "?status=approved&assigned_to=" REVIEWER), ==, 1);
  g_assert_cmpint (get_total (client, "?assigned_to=" REVIEWER), ==, 2);
  g_assert_cmpint (get_total (client, "?tab=mine&assigned_to=" REVIEWER), ==, 1);
  g_assert_cmpint (get_total (client, "?tab=mine"), ==, 0);
  g_assert_cmpint (get_total (client, "?tab=unassigned"), ==, 1);
  g_assert_cmpint (get_total (client, "?tab=escalated"), ==, 0);
  g_assert_cmpint (get_total (client, "?tab=pending_second_review"), ==, 0);
  g_assert_cmpint (get_total (client, "?tab=all"), ==, 3);
  assert_counts (client, "1 1 0 0 3");

  page = sandbox_client_call (client, "GET", "/api/v1/cases?limit=1&offset=1", NULL);
  data = json_object_get_array_member (sandbox_reply_object (page), "data");
  g_assert_cmpuint (json_array_get_length (data), ==, 1);
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (data, 0), "id"), ==, second);

  g_assert_cmpint (search_total (client, NULL), ==, 3);
  g_assert_cmpint (search_total (client, "{\"q\":\"guest-äb\"}"), ==, 1);
  g_assert_cmpint (search_total (client, by_id), ==, 1);
  g_assert_cmpint (search_total (client, "{\"q\":\"nobody\"}"), ==, 0);
  g_assert_cmpint (search_total (client, "{\"priority\":\"high\"}"), ==, 1);
  g_assert_cmpint (search_total (client, "{\"priority\":\"low\"}"), ==, 0);
  g_assert_cmpint (search_total (client, "{\"tags\":[\"x\"]}"), ==, 1);
  g_assert_cmpint (search_total (client, "{\"tags\":[\"y\",\"x\"]}"), ==, 1);
  g_assert_cmpint (search_total (client, "{\"tags\":[\"x\",\"z\"]}"), ==, 0);
  g_assert_cmpint (search_total (client, "{\"status\":\"in_review\",\"limit\":1}"), ==, 1);
  g_assert_cmpint (search_total (client, "{\"assigned_to\":\"" REVIEWER "\"}"), ==, 2);
}

static void
test_create (SandboxClient *client, gconstpointer unused)
{
  static const char *const live[] = { "X-API-Key", LIVE_KEY, NULL };
  g_autofree char *pending = sandbox_client_create (client, "{}");
  g_autofree char *body = g_strdup_printf ("{\"session_id\":\"%s\"}", pending);
  g_autofree char *path = sandbox_client_path (pending, "/simulate");
  const char *cases = "/api/v1/cases";

  assert_error (sandbox_client_call (client, "POST", cases, "{}"), 422, "validation_error");
  assert_error (sandbox_client_call (client, "POST", cases, "{\"session_id\":\"session_x\"}"),
                404,
                "not_found");
  /* Nobody has captured anything yet, then it is decided. */
  assert_error (sandbox_client_call (client, "POST", cases, body), 409, "conflict");
  assert_error (sandbox_client_send (client, "POST", cases, live, body), 404, "not_found");
  assert_ok (sandbox_client_call (client, "POST", path, "{\"action\":\"approve\"}"));
  assert_error (sandbox_client_call (client, "POST", cases, body), 409, "conflict");
  g_assert_cmpint (get_total (client, ""), ==, 0);
}

/* Once the applicant is done a person may be asked (2.2, row 15). */
static void
test_create_after_capture (Client *client, gconstpointer unused)
{
  g_autoptr (GBytes) picture = client_make_png (1600, 1000);
  g_autoptr (Answer) opened = NULL;
  g_autoptr (Answer) again = NULL;
  g_autoptr (Answer) result = NULL;
  g_autofree char *body = NULL;
  g_autofree char *path = NULL;

  client_create (client, "{\"workflow_id\":\"workflow_doc_only\"}");
  body = g_strdup_printf ("{\"session_id\":\"%s\"}", client->session_id);
  path = g_strdup_printf ("/sessions/%s/result", client->session_id);
  answer_free (client_visit (client));
  answer_free (client_post (client, "/consent", "{\"consent\":true,\"consent_version\":\"1.0\"}"));
  answer_free (client_post (client, "/document-type", "{\"document_type\":\"passport\"}"));
  answer_free (client_upload (client, "/documents", FRONT, picture));
  answer_free (client_post (client, "/complete", "{}"));

  opened = client_api (client, "POST", "/cases", body);
  g_assert_cmpuint (opened->status, ==, 201);
  g_assert_cmpstr (answer_text (opened, "session_id"), ==, client->session_id);
  g_assert_cmpstr (answer_text (opened, "status"), ==, "open");
  result = client_api (client, "GET", path, NULL);
  g_assert_cmpstr (answer_text (result, "status"), ==, "needs_review");
  /* It has one. */
  again = client_api (client, "POST", "/cases", body);
  g_assert_cmpuint (again->status, ==, 409);
}

static void
test_demo (SandboxClient *client, gconstpointer unused)
{
  static const char *const live[] = { "X-API-Key", LIVE_KEY, NULL };
  const char *path = "/api/v1/cases/demo";

  assert_error (sandbox_client_send (client, "POST", path, live, NULL), 403, "forbidden");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SandboxReply) reply = sandbox_client_call (client, "POST", path, NULL);
      g_autoptr (SandboxReply) whole = NULL;
      JsonObject *object = NULL;

      g_assert_cmpuint (reply->status, ==, 201);
      g_assert_cmpstr (sandbox_reply_string (reply, "status"), ==, "open");
      whole = case_client_get (client, sandbox_reply_string (reply, "id"));
      object = sandbox_reply_object (whole);
      g_assert_cmpuint (
          json_array_get_length (json_object_get_array_member (object, "documents")), ==, 3);
      g_assert_cmpuint (
          json_array_get_length (json_object_get_array_member (object, "checks")), ==, 7);
      g_assert_cmpstr (json_object_get_string_member (
                           json_object_get_object_member (object, "result"), "status"),
                       ==,
                       "needs_review");
    }
  assert_error (sandbox_client_call (client, "POST", path, NULL), 409, "conflict");
  g_assert_cmpint (get_total (client, ""), ==, 3);
}

/* What one environment has is not there for the other. */
static void
test_environments (SandboxClient *client, gconstpointer unused)
{
  static const char *const live[] = { "X-API-Key", LIVE_KEY, NULL };
  static const char *const bodies[][3] = {
    { "GET", "", NULL },
    { "PATCH", "", "{}" },
    { "POST", "/claim", "{\"reviewer_id\":\"" REVIEWER "\"}" },
    { "POST", "/release", NULL },
    { "POST", "/assign", "{\"reviewer_id\":\"" REVIEWER "\"}" },
    { "POST", "/approve", "{\"reviewer_id\":\"" REVIEWER "\"}" },
    { "POST", "/reject", "{\"reviewer_id\":\"" REVIEWER "\"}" },
    { "POST", "/escalate", NULL },
    { "PUT", "/result/pii", "{\"extracted_data\":{}}" },
    { "GET", "/notes", NULL },
    { "POST", "/notes", "{\"content\":\"a\"}" },
    { "POST", "/override-check", "{\"check\":\"face_match\",\"reason\":\"a\"}" },
  };
  g_autofree char *id = case_client_open (client, "a");
  g_autoptr (SandboxReply) list = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *path = g_strconcat ("/api/v1/cases/", id, bodies[i][1], NULL);
      g_autofree char *none = g_strconcat ("/api/v1/cases/case_x", bodies[i][1], NULL);

      assert_error (
          sandbox_client_send (client, bodies[i][0], path, live, bodies[i][2]), 404, "not_found");
      assert_error (
          sandbox_client_call (client, bodies[i][0], none, bodies[i][2]), 404, "not_found");
    }
  assert_error (
      sandbox_client_send (client, "POST", "/api/v1/cases/next", live, NULL), 404, "not_found");
  list = sandbox_client_send (client, "GET", "/api/v1/cases", live, NULL);
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (sandbox_reply_object (list), "data")),
      ==,
      0);
  case_client_assert_state (client, id, "open", NULL);
}

/* Returns: the secret of a key that may do just that. */
static char *
make_key (SandboxClient *client, const char *scope)
{
  g_autofree char *body =
      g_strdup_printf ("{\"environment\":\"sandbox\",\"scopes\":[\"%s\"]}", scope);
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "POST", "/api/v1/api-keys", body);

  g_assert_cmpuint (reply->status, ==, 201);
  return g_strdup (sandbox_reply_string (reply, "secret"));
}

/* Writing covers deciding, as it did before there was a scope for that (1.2). */
static void
test_scopes (SandboxClient *client, gconstpointer unused)
{
  static const struct
  {
    const char *method;
    const char *rest;
    guint statuses[3]; /* with cases:read, cases:decide, cases:write */
  } rows[] = {
    { "GET", "", { 200, 403, 403 } },
    { "GET", "/notes", { 200, 403, 403 } },
    { "PATCH", "", { 403, 403, 200 } },
    { "POST", "/claim", { 403, 403, 422 } },
    { "POST", "/notes", { 403, 403, 422 } },
    { "POST", "/approve", { 403, 422, 422 } },
    { "POST", "/reject", { 403, 422, 422 } },
    { "POST", "/escalate", { 403, 403, 200 } },
    { "PUT", "/result/pii", { 403, 403, 422 } },
    { "POST", "/override-check", { 403, 403, 422 } },
  };
  static const char *const scopes[] = { "cases:read", "cases:decide", "cases:write" };
  g_autofree char *id = case_client_open (client, "a");

  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      g_autofree char *key = make_key (client, scopes[i]);
      const char *const headers[] = { "X-API-Key", key, NULL };

      for (guint j = 0; j < G_N_ELEMENTS (rows); j++)
        {
          g_autofree char *path = g_strconcat ("/api/v1/cases/", id, rows[j].rest, NULL);
          gboolean reads = g_str_equal (rows[j].method, "GET");
          g_autoptr (SandboxReply) reply =
              sandbox_client_send (client, rows[j].method, path, headers, reads ? NULL : "{}");

          g_test_message ("%s: %s %s", scopes[i], rows[j].method, rows[j].rest);
          g_assert_cmpuint (reply->status, ==, rows[j].statuses[i]);
        }
    }
}

static void
test_bad_input (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *long_name = g_strnfill (256, 'a');
  g_autofree char *long_reviewer = g_strdup_printf ("{\"reviewer_id\":\"orguser_%s\"}", long_name);
  const char *const rows[][3] = {
    { "POST", "/claim", "{}" },
    { "POST", "/claim", "{\"reviewer_id\":7}" },
    { "POST", "/claim", "{\"reviewer_id\":\"jane\"}" },
    { "POST", "/claim", "{\"reviewer_id\":\"orguser_\"}" },
    { "POST", "/claim", "{\"reviewer_id\":\"orguser_a b\"}" },
    { "POST", "/assign", "{\"reviewer_id\":null}" },
    { "POST", "/approve", "{\"notes\":\"a\"}" },
    { "POST", "/approve", "{\"reviewer_id\":\"orguser_a\",\"notes\":[]}" },
    { "POST", "/reject", "{\"reviewer_id\":\"orguser_a\",\"rejection_reason_code\":\"no\"}" },
    { "POST", "/reject", "{\"reviewer_id\":\"orguser_a\",\"add_to_blocklist\":1}" },
    { "POST", "/escalate", "{\"escalated_to\":\"x\"}" },
    { "POST", "/notes", "{}" },
    { "POST", "/notes", "{\"content\":\"\"}" },
    { "POST", "/override-check", "{\"check\":\"face_match\"}" },
    { "POST", "/override-check", "{\"reason\":\"a\"}" },
    { "POST", "/claim", long_reviewer },
    { "PATCH", "", "{\"priority\":\"soon\"}" },
    { "PATCH", "", "{\"tags\":\"a\"}" },
    { "PATCH", "", "{\"tags\":[1]}" },
    { "PATCH", "", "{\"metadata\":[]}" },
    { "PATCH", "", "{\"custom_fields\":\"a\"}" },
    { "PUT", "/result/pii", "{}" },
    { "PUT", "/result/pii", "{\"extracted_data\":[]}" },
    { "PUT", "/result/pii", "{\"extracted_data\":{\"first_name\":1}}" },
    { "PUT", "/result/pii", "{\"extracted_data\":{\"date_of_birth\":\"1997-02-30\"}}" },
    { "PUT", "/result/pii", "{\"extracted_data\":{\"address\":{\"city\":1}}}" },
  };
  static const char *const queries[] = { "status=done", "tab=theirs", "limit=0", "offset=-1" };
  g_autofree char *id = case_client_open (client, "a");
  g_autoptr (SandboxReply) before = case_client_get (client, id);
  g_autoptr (SandboxReply) after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/api/v1/cases/", id, rows[i][1], NULL);

      g_test_message ("%s", rows[i][2]);
      assert_error (
          sandbox_client_call (client, rows[i][0], path, rows[i][2]), 422, "validation_error");
    }
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *path = g_strconcat ("/api/v1/cases?", queries[i], NULL);

      assert_error (sandbox_client_call (client, "GET", path, NULL), 422, "validation_error");
    }
  after = case_client_get (client, id);
  g_assert_cmpstr (before->text, ==, after->text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/sandbox/cases/" name, SandboxClient, NULL, set_up, func, tear_down)
  ADD ("owner", test_owner);
  ADD ("next", test_next);
  ADD ("race", test_race);
  ADD ("escalate", test_escalate);
  ADD ("lists", test_lists);
  ADD ("create", test_create);
  g_test_add ("/sandbox/cases/create-after-capture",
              Client,
              NULL,
              client_set_up,
              test_create_after_capture,
              client_tear_down);
  ADD ("demo", test_demo);
  ADD ("environments", test_environments);
  ADD ("scopes", test_scopes);
  ADD ("bad-input", test_bad_input);
  return g_test_run ();
}
