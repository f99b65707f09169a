/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox-client.h"

/* The API over real HTTP: what each call does, and what it refuses (verifa-api.md 3). */

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

static SandboxReply *
act (SandboxClient *client, const char *id, const char *rest, const char *body)
{
  g_autofree char *path = sandbox_client_path (id, rest);

  return sandbox_client_call (client, "POST", path, body);
}

static SandboxReply *
look (SandboxClient *client, const char *id, const char *rest)
{
  g_autofree char *path = sandbox_client_path (id, rest);

  return sandbox_client_call (client, "GET", path, NULL);
}

static void
assert_status (SandboxClient *client, const char *id, const char *status)
{
  g_autoptr (SandboxReply) reply = look (client, id, "");

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (sandbox_reply_string (reply, "status"), ==, status);
}

static void
test_create (SandboxClient *client, gconstpointer unused)
{
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (client,
                           "POST",
                           "/api/v1/sessions",
                           "{\"externalRef\":\"guest-1\",\"country\":\"us\",\"tags\":[\"a\",\"a\"],"
                           "\"metadata\":{\"Room No\":7,\"nullish\":null},\"unknown\":[1]}");
  g_autofree char *id = g_strdup (sandbox_reply_string (reply, "id"));
  g_autoptr (SandboxReply) session = look (client, id, "");
  JsonObject *metadata = NULL;

  g_assert_cmpuint (reply->status, ==, 201);
  g_assert_true (g_str_has_prefix (sandbox_reply_string (reply, "qr_code_data_url"),
                                   "data:image/png;base64,iVBORw0KGgo"));
  g_assert_true (g_str_has_prefix (sandbox_reply_string (reply, "capture_url"),
                                   vrf_sandbox_get_capture_url (client->sandbox)));
  g_assert_cmpstr (sandbox_reply_string (session, "external_ref"), ==, "guest-1");
  g_assert_cmpstr (sandbox_reply_string (session, "country"), ==, "US");
  g_assert_cmpstr (sandbox_reply_string (session, "workflow_id"), ==, "workflow_default_kyc");
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (sandbox_reply_object (session), "tags")),
      ==,
      1);
  metadata = json_object_get_object_member (sandbox_reply_object (session), "metadata");
  g_assert_cmpint (json_object_get_int_member (metadata, "Room No"), ==, 7);
}

static void
test_create_empty (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *nothing = sandbox_client_create (client, NULL);
  g_autofree char *empty = sandbox_client_create (client, "{}");
  g_autofree char *wrapped = sandbox_client_create (
      client, "{\"data\":{\"type\":\"x\",\"attributes\":{\"reference-id\":\"w-1\"}}}");
  g_autoptr (SandboxReply) reply = look (client, wrapped, "");

  g_assert_cmpstr (nothing, !=, empty);
  g_assert_cmpstr (sandbox_reply_string (reply, "external_ref"), ==, "w-1");
}

static void
test_create_refused (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *long_ref = g_strnfill (256, 'x');
  g_autofree char *long_body = g_strdup_printf ("{\"external_ref\":\"%s\"}", long_ref);
  g_autofree char *fat = g_strnfill (16400, 'x');
  g_autofree char *fat_body = g_strdup_printf ("{\"metadata\":{\"k\":\"%s\"}}", fat);
  g_autofree char *opening = g_strnfill (33, '[');
  g_autofree char *closing = g_strnfill (33, ']');
  g_autofree char *deep_body = g_strdup_printf ("{\"metadata\":{\"k\":%s%s}}", opening, closing);
  const struct
  {
    const char *body;
    const char *field;
  } cases[] = {
    { "{\"external_ref\":7}", "external_ref" },
    { "{\"external_ref\":\"\"}", "external_ref" },
    { long_body, "external_ref" },
    { "{\"country\":\"USA\"}", "country" },
    { "{\"country\":\"U1\"}", "country" },
    { "{\"metadata\":[]}", "metadata" },
    { fat_body, "metadata.k" },
    { deep_body, "metadata.k" },
    { "{\"metadata\":{\"k\":[1e999]}}", "metadata.k" },
    { "{\"redirect_url\":\"/relative\"}", "redirect_url" },
    { "{\"redirect_url\":\"javascript:alert(1)\"}", "redirect_url" },
    { "{\"redirect_url\":\"https://a b.example/\"}", "redirect_url" },
    { "{\"redirect_url\":\"https://a.example\\\\@b.example/\"}", "redirect_url" },
    { "{\"support_url\":\"https://\"}", "support_url" },
    { "{\"checks\":\"face_match\"}", "checks" },
    { "{\"tags\":[\"ok\",\"\"]}", "tags.1" },
    { "{\"tags\":[7]}", "tags.0" },
    { "{\"send_email\":\"yes\"}", "send_email" },
    { "{\"send_email\":true}", "applicant_email" },
    { "{\"send_email\":true,\"applicant_email\":\"nobody\"}", "applicant_email" },
    { "{\"send_email\":true,\"applicant_email\":null}", "applicant_email" },
    { "{\"fields\":7}", "fields" },
    { "{\"fields\":{\"first_name\":7}}", "fields.first_name" },
    { "{\"fields\":{\"birthdate\":\"2026-02-30\"}}", "fields.date_of_birth" },
    { "{\"fields\":{\"address\":[]}}", "fields.address" },
    { "{\"fields\":{\"address\":{\"zip\":94105}}}", "fields.address.zip" },
    { "{\"fields\":{\"shoe_size\":[1e999]}}", "fields" },
    { "{\"fields\":null}", "fields" },
    { "{\"external_ref\":null}", "external_ref" },
    { "{\"tags\":null}", "tags" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxReply) reply =
          sandbox_client_call (client, "POST", "/api/v1/sessions", cases[i].body);
      JsonArray *errors = NULL;

      g_test_message ("%.60s", cases[i].body);
      sandbox_reply_assert_error (reply, 422, "validation_error");
      errors = json_object_get_array_member (sandbox_reply_object (reply), "errors");
      g_assert_cmpuint (json_array_get_length (errors), ==, 1);
      g_assert_cmpstr (
          json_object_get_string_member (json_array_get_object_element (errors, 0), "field"),
          ==,
          cases[i].field);
    }
}

static void
test_unknown_workflow (SandboxClient *client, gconstpointer unused)
{
  g_autoptr (SandboxReply) reply = sandbox_client_call (
      client, "POST", "/api/v1/sessions", "{\"workflow_id\":\"workflow_none\"}");

  sandbox_reply_assert_error (reply, 404, "not_found");
}

static void
test_environments (SandboxClient *client, gconstpointer unused)
{
  static const char *const live[] = { "X-API-Key", LIVE_KEY, NULL };
  g_autofree char *id = sandbox_client_create (client, "{}");
  g_autofree char *path = sandbox_client_path (id, "");
  g_autofree char *simulate = sandbox_client_path (id, "/simulate");
  g_autoptr (SandboxReply) hidden = sandbox_client_send (client, "GET", path, live, NULL);
  g_autoptr (SandboxReply) forbidden =
      sandbox_client_send (client, "POST", simulate, live, "{\"action\":\"approve\"}");
  g_autoptr (SandboxReply) list =
      sandbox_client_send (client, "GET", "/api/v1/sessions", live, NULL);
  g_autoptr (SandboxReply) created =
      sandbox_client_send (client, "POST", "/api/v1/sessions", live, "{}");

  sandbox_reply_assert_error (hidden, 404, "not_found");
  sandbox_reply_assert_error (forbidden, 403, "forbidden");
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (sandbox_reply_object (list), "data")),
      ==,
      0);
  g_assert_false (json_object_get_boolean_member (sandbox_reply_object (created), "is_sandbox"));
}

static void
test_simulate (SandboxClient *client, gconstpointer unused)
{
  static const struct
  {
    const char *body;
    const char *status;
    const char *result; /* NULL: none */
  } cases[] = {
    { "{\"action\":\"approve\"}", "completed", "approved" },
    { "{\"action\":\"decline\"}", "completed", "rejected" },
    { "{\"action\":\"require-review\"}", "under_review", "needs_review" },
    { "{\"action\":\"expire\"}", "expired", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = sandbox_client_create (client, "{}");
      g_autoptr (SandboxReply) before = look (client, id, "/result");
      g_autoptr (SandboxReply) reply = act (client, id, "/simulate", cases[i].body);
      g_autoptr (SandboxReply) after = look (client, id, "/result");

      sandbox_reply_assert_error (before, 404, "not_found");
      g_assert_cmpuint (reply->status, ==, 200);
      g_assert_cmpstr (sandbox_reply_string (reply, "status"), ==, cases[i].status);
      assert_status (client, id, cases[i].status);
      if (cases[i].result == NULL)
        sandbox_reply_assert_error (after, 404, "not_found");
      else
        g_assert_cmpstr (sandbox_reply_string (after, "status"), ==, cases[i].result);
    }
}

static void
test_simulate_refused (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (client, "{}");
  g_autoptr (SandboxReply) unknown = act (client, id, "/simulate", "{\"action\":\"reject\"}");
  g_autoptr (SandboxReply) missing = act (client, id, "/simulate", "{}");
  g_autoptr (SandboxReply) ok = act (client, id, "/simulate", "{\"action\":\"approve\"}");
  g_autoptr (SandboxReply) late = act (client, id, "/simulate", "{\"action\":\"approve\"}");
  g_autoptr (SandboxReply) nobody = act (client, "session_0", "/simulate", "{\"action\":7}");

  sandbox_reply_assert_error (unknown, 422, "validation_error");
  sandbox_reply_assert_error (missing, 422, "validation_error");
  g_assert_cmpuint (ok->status, ==, 200);
  sandbox_reply_assert_error (late, 400, "bad_request");
  sandbox_reply_assert_error (nobody, 404, "not_found");
}

static void
test_expire_resume (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (client, "{}");
  g_autoptr (SandboxReply) session = look (client, id, "");
  g_autoptr (SandboxReply) expired = act (client, id, "/expire", NULL);
  g_autoptr (SandboxReply) twice = act (client, id, "/expire", NULL);
  g_autoptr (SandboxReply) resumed = act (client, id, "/resume", NULL);
  g_autoptr (SandboxReply) done = act (client, id, "/simulate", "{\"action\":\"approve\"}");
  g_autoptr (SandboxReply) over = act (client, id, "/resume", NULL);

  g_assert_cmpstr (sandbox_reply_string (expired, "status"), ==, "expired");
  sandbox_reply_assert_error (twice, 400, "bad_request");
  g_assert_cmpuint (resumed->status, ==, 200);
  g_assert_cmpstr (sandbox_reply_string (resumed, "status"), ==, "pending");
  g_assert_cmpstr (sandbox_reply_string (resumed, "capture_url"),
                   !=,
                   sandbox_reply_string (session, "capture_url"));
  g_assert_cmpuint (done->status, ==, 200);
  sandbox_reply_assert_error (over, 400, "bad_request");
}

static void
test_update (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id =
      sandbox_client_create (client, "{\"metadata\":{\"a\":1,\"b\":{\"c\":2},\"n\":null}}");
  g_autofree char *path = sandbox_client_path (id, "");
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (client,
                           "PATCH",
                           path,
                           "{\"external_ref\":\"new\",\"metadata\":{\"a\":null,\"d\":[3]},"
                           "\"status\":\"completed\"}");
  g_autoptr (SandboxReply) refused =
      sandbox_client_call (client, "PATCH", path, "{\"metadata\":7}");
  g_autofree char *metadata = NULL;

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (sandbox_reply_string (reply, "external_ref"), ==, "new");
  g_assert_cmpstr (sandbox_reply_string (reply, "status"), ==, "pending");
  metadata =
      json_to_string (json_object_get_member (sandbox_reply_object (reply), "metadata"), FALSE);
  g_assert_cmpstr (metadata, ==, "{\"b\":{\"c\":2},\"n\":null,\"d\":[3]}");
  sandbox_reply_assert_error (refused, 422, "validation_error");
}

static void
test_idempotency (SandboxClient *client, gconstpointer unused)
{
  static const char *const headers[] = { "X-API-Key", SANDBOX_KEY, "Idempotency-Key", "k-1", NULL };
  g_autoptr (SandboxReply) first =
      sandbox_client_send (client, "POST", "/api/v1/sessions", headers, "{\"country\":\"DE\"}");
  g_autoptr (SandboxReply) again =
      sandbox_client_send (client, "POST", "/api/v1/sessions", headers, "{\"country\":\"DE\"}");
  g_autoptr (SandboxReply) other =
      sandbox_client_send (client, "POST", "/api/v1/sessions", headers, "{\"country\":\"FR\"}");
  g_autoptr (SandboxReply) list = sandbox_client_call (client, "GET", "/api/v1/sessions", NULL);

  g_assert_cmpuint (again->status, ==, 201);
  g_assert_cmpstr (first->text, ==, again->text);
  g_assert_null (soup_message_headers_get_one (first->headers, "Idempotency-Replayed"));
  g_assert_cmpstr (
      soup_message_headers_get_one (again->headers, "Idempotency-Replayed"), ==, "true");
  sandbox_reply_assert_error (other, 422, "idempotency_mismatch");
  g_assert_cmpint (
      json_object_get_int_member (
          json_object_get_object_member (sandbox_reply_object (list), "pagination"), "total"),
      ==,
      1);
}

/* What is compared is what was sent, not what it was read as. */
static void
test_idempotent_aliases (SandboxClient *client, gconstpointer unused)
{
  static const char *const headers[] = { "X-API-Key", SANDBOX_KEY, "Idempotency-Key", "k-3", NULL };
  static const char body[] = "{\"reference_id\":\"guest-1\",\"fields\":{\"name_first\":\"Jane\"}}";
  g_autoptr (SandboxReply) first =
      sandbox_client_send (client, "POST", "/api/v1/sessions", headers, body);
  g_autoptr (SandboxReply) again =
      sandbox_client_send (client, "POST", "/api/v1/sessions", headers, body);

  g_assert_cmpuint (first->status, ==, 201);
  g_assert_cmpuint (again->status, ==, 201);
  g_assert_cmpstr (first->text, ==, again->text);
}

/* A refusal is an answer too, and is given again even if it could be done by now. */
static void
test_idempotent_refusal (SandboxClient *client, gconstpointer unused)
{
  static const char *const headers[] = { "X-API-Key", SANDBOX_KEY, "Idempotency-Key", "k-2", NULL };
  g_autofree char *id = sandbox_client_create (client, "{}");
  g_autofree char *path = sandbox_client_path (id, "/expire");
  g_autoptr (SandboxReply) first = act (client, id, "/expire", NULL);
  g_autoptr (SandboxReply) refused = sandbox_client_send (client, "POST", path, headers, NULL);
  g_autoptr (SandboxReply) resumed = act (client, id, "/resume", NULL);
  g_autoptr (SandboxReply) again = sandbox_client_send (client, "POST", path, headers, NULL);

  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (resumed->status, ==, 200);
  sandbox_reply_assert_error (refused, 400, "bad_request");
  sandbox_reply_assert_error (again, 400, "bad_request");
}

static void
assert_page (SandboxClient *client, const char *query, guint n, gint64 total)
{
  g_autofree char *path = g_strconcat ("/api/v1/sessions", query, NULL);
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "GET", path, NULL);
  JsonObject *object = sandbox_reply_object (reply);

  g_test_message ("%s", query);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "data")), ==, n);
  g_assert_cmpint (
      json_object_get_int_member (json_object_get_object_member (object, "pagination"), "total"),
      ==,
      total);
}

static void
test_list (SandboxClient *client, gconstpointer unused)
{
  static const char *const wrong[] = {
    "?limit=0",
    "?limit=101",
    "?limit=x",
    "?limit=",
    "?offset=-1",
    "?status=done",
    "?created_after=yesterday",
  };

  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *body = g_strdup_printf (
          "{\"external_ref\":\"Guest %u\",\"tags\":[\"%s\"]}", i, i < 2 ? "vip" : "none");
      g_autofree char *id = sandbox_client_create (client, body);
      g_autoptr (SandboxReply) done =
          i < 3 ? act (client, id, "/simulate", "{\"action\":\"approve\"}") : NULL;
    }

  assert_page (client, "", 7, 7);
  assert_page (client, "?limit=3", 3, 7);
  assert_page (client, "?limit=3&offset=6", 1, 7);
  assert_page (client, "?limit=3&offset=9", 0, 7);
  assert_page (client, "?status=completed", 3, 3);
  assert_page (client, "?status=completed&limit=2", 2, 3);
  assert_page (client, "?status=failed", 0, 0);
  assert_page (client, "?q=guest%205", 1, 1);
  assert_page (client, "?q=GUEST&limit=2", 2, 7);
  assert_page (client, "?q=", 7, 7);
  assert_page (client, "?external_ref=Guest%205&status=pending", 1, 1);
  assert_page (client, "?tag=vip", 2, 2);
  assert_page (client, "?workflow_id=workflow_default_kyc&limit=5", 5, 7);
  assert_page (client, "?created_before=2020-01-01T00:00:00Z", 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strconcat ("/api/v1/sessions", wrong[i], NULL);
      g_autoptr (SandboxReply) reply = sandbox_client_call (client, "GET", path, NULL);

      g_test_message ("%s", wrong[i]);
      sandbox_reply_assert_error (reply, 422, "validation_error");
    }
}

static void
test_tags (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (client, "{\"tags\":[\"a\"]}");
  static const struct
  {
    const char *rest;
    const char *body;
    const char *tags;
  } steps[] = {
    { "/tags/add", "{\"tag\":\"b\"}", "[\"a\",\"b\"]" },
    { "/tags/add", "{\"tag\":\"a\"}", "[\"a\",\"b\"]" },
    { "/tags/remove", "{\"tag\":\"a\"}", "[\"b\"]" },
    { "/tags/remove", "{\"tag\":\"zz\"}", "[\"b\"]" },
    { "/tags/set", "{\"tags\":[\"x\",\"y\",\"x\"]}", "[\"x\",\"y\"]" },
    { "/tags/set", "{\"tags\":[]}", "[]" },
    { "/tags/set", "{}", NULL },
    { "/tags/add", "{\"tag\":\"\"}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (SandboxReply) reply = act (client, id, steps[i].rest, steps[i].body);
      g_autofree char *tags = NULL;

      g_test_message ("%s %s", steps[i].rest, steps[i].body);
      if (steps[i].tags == NULL)
        {
          sandbox_reply_assert_error (reply, 422, "validation_error");
          continue;
        }
      g_assert_cmpuint (reply->status, ==, 200);
      tags = json_to_string (json_object_get_member (sandbox_reply_object (reply), "tags"), FALSE);
      g_assert_cmpstr (tags, ==, steps[i].tags);
    }
}

/* The fiftieth tag is the last one; one that is there already is no new one. */
static void
test_tags_full (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (client, "{}");

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"tag\":\"t%u\"}", i);
      g_autoptr (SandboxReply) reply = act (client, id, "/tags/add", body);

      g_assert_cmpuint (reply->status, ==, 200);
    }
  {
    g_autoptr (SandboxReply) again = act (client, id, "/tags/add", "{\"tag\":\"t7\"}");
    g_autoptr (SandboxReply) more = act (client, id, "/tags/add", "{\"tag\":\"t50\"}");

    g_assert_cmpuint (again->status, ==, 200);
    sandbox_reply_assert_error (more, 422, "validation_error");
  }
}

static void
test_invite (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (
      client, "{\"send_email\":true,\"applicant_email\":\"vera@guest.example\"}");
  g_autofree char *silent = sandbox_client_create (client, "{}");
  g_autoptr (SandboxReply) never = act (client, silent, "/resend-invite", NULL);
  g_autoptr (SandboxReply) sixth = NULL;
  g_autoptr (SandboxReply) ended = NULL;
  g_autoptr (SandboxReply) late = NULL;

  sandbox_reply_assert_error (never, 400, "bad_request");
  for (int i = 2; i <= 6; i++)
    {
      g_autoptr (SandboxReply) reply = act (client, id, "/resend-invite", NULL);

      g_assert_cmpuint (reply->status, ==, 200);
      g_assert_cmpstr (sandbox_reply_string (reply, "sent_to"), ==, "v***@guest.example");
      g_assert_cmpint (
          json_object_get_int_member (sandbox_reply_object (reply), "invite_count"), ==, i);
    }
  sixth = act (client, id, "/resend-invite", NULL);
  sandbox_reply_assert_error (sixth, 429, "rate_limited");

  /* Waiting would not help then. */
  ended = act (client, id, "/simulate", "{\"action\":\"approve\"}");
  late = act (client, id, "/resend-invite", NULL);
  g_assert_cmpuint (ended->status, ==, 200);
  sandbox_reply_assert_error (late, 400, "bad_request");
}

static void
test_links (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (client, "{}");
  g_autoptr (SandboxReply) first = act (client, id, "/generate-one-time-link", NULL);
  g_autoptr (SandboxReply) second =
      act (client, id, "/generate-one-time-link", "{\"expires_in_minutes\":5}");
  g_autoptr (SandboxReply) null_life =
      act (client, id, "/generate-one-time-link", "{\"expires_in_minutes\":null}");
  g_autoptr (SandboxReply) wrong =
      act (client, id, "/generate-one-time-link", "{\"expires_in_minutes\":0}");
  g_autoptr (SandboxReply) list = look (client, id, "/links");
  JsonArray *links = json_object_get_array_member (sandbox_reply_object (list), "data");

  g_assert_cmpuint (first->status, ==, 201);
  g_assert_cmpuint (second->status, ==, 201);
  g_assert_cmpuint (null_life->status, ==, 201);
  sandbox_reply_assert_error (wrong, 422, "validation_error");
  g_assert_cmpuint (json_array_get_length (links), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      JsonObject *link = json_array_get_object_element (links, i);

      g_assert_cmpstr (
          json_object_get_string_member (link, "status"), ==, i == 0 ? "active" : "revoked");
      g_assert_false (json_object_has_member (link, "qr_code_data_url"));
    }
}

static void
test_inflection (SandboxClient *client, gconstpointer unused)
{
  static const char *const camel[] = { "X-API-Key", SANDBOX_KEY, "Key-Inflection", "camel", NULL };
  static const char *const kebab[] = { "X-API-Key", SANDBOX_KEY, "Key-Inflection", "kebab", NULL };
  g_autofree char *id =
      sandbox_client_create (client, "{\"metadata\":{\"desk_no\":{\"inner_key\":\"v_v\"}}}");
  g_autofree char *path = sandbox_client_path (id, "");
  g_autoptr (SandboxReply) one = sandbox_client_send (client, "GET", path, camel, NULL);
  g_autoptr (SandboxReply) two = sandbox_client_send (client, "GET", path, kebab, NULL);
  JsonObject *metadata = json_object_get_object_member (sandbox_reply_object (one), "metadata");

  g_assert_true (json_object_has_member (sandbox_reply_object (one), "tokenExpiresAt"));
  g_assert_false (json_object_has_member (sandbox_reply_object (one), "token_expires_at"));
  g_assert_true (json_object_has_member (sandbox_reply_object (two), "token-expires-at"));
  g_assert_true (
      json_object_has_member (json_object_get_object_member (metadata, "desk_no"), "inner_key"));
}

static void
test_headers (SandboxClient *client, gconstpointer unused)
{
  static const char *const always[] = { "X-Sandbox-Time", "X-Request-Id", "Date" };
  static const char *const limits[] = {
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
  };
  static const char *const old[] = {
    "X-API-Key", SANDBOX_KEY, "Verifa-Version", "2025-06-01", NULL
  };
  g_autoptr (SandboxReply) ok = sandbox_client_call (client, "GET", "/api/v1/rate-limits", NULL);
  g_autoptr (SandboxReply) wrong = sandbox_client_call (client, "GET", "/nowhere", NULL);
  g_autoptr (SandboxReply) created = sandbox_client_call (client, "POST", "/api/v1/sessions", "{}");
  g_autoptr (SandboxReply) retired =
      sandbox_client_send (client, "GET", "/api/v1/sessions", old, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (always); i++)
    {
      g_assert_nonnull (soup_message_headers_get_one (ok->headers, always[i]));
      g_assert_nonnull (soup_message_headers_get_one (wrong->headers, always[i]));
    }
  g_assert_cmpstr (soup_message_headers_get_one (ok->headers, "Connection"), ==, "close");
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    g_assert_nonnull (soup_message_headers_get_one (ok->headers, limits[i]));
  g_assert_cmpstr (soup_message_headers_get_one (created->headers, "X-Quota-Limit"), ==, "300");
  sandbox_reply_assert_error (wrong, 404, "not_found");
  sandbox_reply_assert_error (retired, 400, "bad_request");
}

static void
test_rejection (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (client, "{}");
  g_autoptr (SandboxReply) done = act (client, id, "/simulate", "{\"action\":\"decline\"}");
  g_autoptr (SandboxReply) result = look (client, id, "/result");
  g_autoptr (SandboxReply) attempts = look (client, id, "/verifications/face_match/attempts");
  g_autoptr (SandboxReply) none = look (client, id, "/verifications/nonsense/attempts");
  JsonObject *object = sandbox_reply_object (result);

  g_assert_cmpuint (done->status, ==, 200);
  g_assert_cmpstr (
      json_object_get_string_member (object, "rejection_reason_code"), ==, "face_mismatch");
  g_assert_false (json_object_get_boolean_member (object, "face_match_passed"));
  g_assert_cmpfloat_with_epsilon (
      json_object_get_double_member (object, "face_match_score"), 0.21, 1e-9);
  g_assert_cmpint (json_object_get_int_member (object, "extracted_age"), >=, 28);
  g_assert_cmpuint (json_array_get_length (
                        json_object_get_array_member (sandbox_reply_object (attempts), "attempts")),
                    ==,
                    1);
  sandbox_reply_assert_error (none, 404, "not_found");
}

static void
test_too_large (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *big = g_strnfill (1100000, ' ');
  g_autoptr (SandboxReply) refused = sandbox_client_call (client, "POST", "/api/v1/sessions", big);
  g_autoptr (SandboxReply) no_key =
      sandbox_client_send (client, "POST", "/api/v1/sessions", NULL, big);
  g_autoptr (SandboxReply) after = sandbox_client_call (client, "POST", "/api/v1/sessions", "{}");

  sandbox_reply_assert_error (refused, 413, "payload_too_large");
  sandbox_reply_assert_error (no_key, 401, "unauthorized");
  g_assert_cmpuint (after->status, ==, 201);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (SandboxClient *, gconstpointer);
  } tests[] = {
    { "/sandbox/sessions/create", test_create },
    { "/sandbox/sessions/create-empty", test_create_empty },
    { "/sandbox/sessions/create-refused", test_create_refused },
    { "/sandbox/sessions/unknown-workflow", test_unknown_workflow },
    { "/sandbox/sessions/environments", test_environments },
    { "/sandbox/sessions/simulate", test_simulate },
    { "/sandbox/sessions/simulate-refused", test_simulate_refused },
    { "/sandbox/sessions/expire-resume", test_expire_resume },
    { "/sandbox/sessions/update", test_update },
    { "/sandbox/sessions/idempotency", test_idempotency },
    { "/sandbox/sessions/idempotent-refusal", test_idempotent_refusal },
    { "/sandbox/sessions/idempotent-aliases", test_idempotent_aliases },
    { "/sandbox/sessions/list", test_list },
    { "/sandbox/sessions/tags", test_tags },
    { "/sandbox/sessions/tags-full", test_tags_full },
    { "/sandbox/sessions/invite", test_invite },
    { "/sandbox/sessions/links", test_links },
    { "/sandbox/sessions/inflection", test_inflection },
    { "/sandbox/sessions/headers", test_headers },
    { "/sandbox/sessions/rejection", test_rejection },
    { "/sandbox/sessions/too-large", test_too_large },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, SandboxClient, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
