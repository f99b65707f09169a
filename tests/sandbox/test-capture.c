/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "capture-client.h"

#define AGREE "{\"consent\":true,\"consent_version\":\"1.0\"}"
#define FIELD(name, value)                                                                         \
  "--b\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FRONT FIELD ("side", "front")
#define BACK FIELD ("side", "back")

static void
assert_status (Answer *answer, guint status)
{
  g_autoptr (Answer) owned = answer;

  if (owned->status != status && owned->json != NULL)
    g_test_message ("%s", answer_text (owned, "detail"));
  g_assert_cmpuint (owned->status, ==, status);
}

static void
assert_error (Answer *answer, guint status, const char *code)
{
  g_autoptr (Answer) owned = answer;

  g_assert_cmpuint (owned->status, ==, status);
  g_assert_cmpstr (answer_text (owned, "error"), ==, code);
}

static void
assert_steps (Client *client, const char *expected)
{
  g_autofree char *steps = client_dup_steps (client);

  g_assert_cmpstr (steps, ==, expected);
}

static void
assert_session (Client *client, const char *expected)
{
  g_autofree char *status = client_dup_status (client);

  g_assert_cmpstr (status, ==, expected);
}

#define CAMERA "camera=(self), microphone=(), geolocation=()"
#define NO_CAMERA "camera=(), microphone=(), geolocation=()"

static void
assert_safe (Answer *answer, const char *caching, const char *permissions)
{
  const char *const wanted[][2] = {
    { "Referrer-Policy", "no-referrer" },
    { "Permissions-Policy", permissions },
    { "X-Content-Type-Options", "nosniff" },
    { "Cache-Control", caching },
  };
  const char *policy = soup_message_headers_get_one (answer->headers, "Content-Security-Policy");

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_cmpstr (
        soup_message_headers_get_one (answer->headers, wanted[i][0]), ==, wanted[i][1]);
  g_assert_nonnull (policy);
  g_assert_true (g_str_has_prefix (policy, "default-src 'none';"));
  g_assert_null (strstr (policy, "unsafe"));
  g_assert_null (strstr (policy, "http"));
}

static Answer *
get_page (Client *client, const char *accept)
{
  g_autofree char *url =
      g_strconcat (vrf_sandbox_get_capture_url (client->sandbox), "/", client->token, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  Answer *answer = g_new0 (Answer, 1);

  if (accept != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", accept);
  answer->body = soup_session_send_and_read (client->http, message, NULL, NULL);
  answer->status = soup_message_get_status (message);
  answer->headers = soup_message_headers_ref (soup_message_get_response_headers (message));

  return answer;
}

static void
put (Client *client, const char *step, const char *fields)
{
  g_autoptr (GBytes) png = client_make_png (1600, 1000);

  assert_status (client_upload (client, step, fields, png), 201);
}

/* Up to the point where only `complete` is left. */
static void
walk_to_complete (Client *client, const char *document_type)
{
  g_autofree char *body = g_strdup_printf ("{\"document_type\":\"%s\"}", document_type);

  assert_status (client_visit (client), 200);
  assert_status (client_post (client, "/consent", AGREE), 200);
  assert_status (client_post (client, "/document-type", body), 200);
  put (client, "/documents", FRONT);
  if (g_str_equal (document_type, "drivers_license"))
    put (client, "/documents", BACK);
  put (client, "/selfie", "");
}

static void
test_page (Client *client, gconstpointer unused)
{
  static const char *const accepts[] = {
    NULL, "text/html", "text/html,application/json;q=0.5", "*/*", "image/png"
  };

  client_create (client, "{}");
  for (guint i = 0; i < G_N_ELEMENTS (accepts); i++)
    {
      g_autoptr (Answer) answer = get_page (client, accepts[i]);
      const char *html = g_bytes_get_data (answer->body, NULL);

      g_assert_cmpuint (answer->status, ==, 200);
      g_assert_cmpstr (
          soup_message_headers_get_content_type (answer->headers, NULL), ==, "text/html");
      assert_safe (answer, "no-store", CAMERA);
      g_assert_null (soup_message_headers_get_one (answer->headers, "Set-Cookie"));
      g_assert_null (g_strstr_len (html, g_bytes_get_size (answer->body), client->token));
    }
  assert_session (client, "pending");

  /* The page is the same for a link that never was: it tells by its state only. */
  g_free (client->token);
  client->token = g_strdup ("tok_no_such_token");
  assert_status (get_page (client, "text/html"), 200);
}

static void
test_assets (Client *client, gconstpointer unused)
{
  static const char *const assets[][2] = {
    { "main.js", "text/javascript" },          { "api.js", "text/javascript" },
    { "walk.js", "text/javascript" },          { "ends.js", "text/javascript" },
    { "texts-ar.js", "text/javascript" },      { "places-fr.js", "text/javascript" },
    { "picture.js", "text/javascript" },       { "screens.js", "text/javascript" },
    { "document-type.js", "text/javascript" }, { "capture.css", "text/css" },
    { "icon.svg", "image/svg+xml" },
  };
  static const char *const missing[] = {
    "none.js", "capture.html", "..%2fcapture.css", "main.js%00", "%2e%2e%2fsandbox.gresource.xml"
  };

  for (guint i = 0; i < G_N_ELEMENTS (assets); i++)
    {
      g_autofree char *path = g_strconcat ("/verify/assets/", assets[i][0], NULL);
      g_autoptr (Answer) answer = client_call (client, "GET", path, NULL, NULL);

      g_assert_cmpuint (answer->status, ==, 200);
      g_assert_cmpstr (
          soup_message_headers_get_content_type (answer->headers, NULL), ==, assets[i][1]);
      assert_safe (answer, "no-cache", CAMERA);
      g_assert_null (soup_message_headers_get_one (answer->headers, "Set-Cookie"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    {
      g_autofree char *path = g_strconcat ("/verify/assets/", missing[i], NULL);
      assert_status (client_call (client, "GET", path, NULL, NULL), 404);
    }
}

static void
test_visit (Client *client, gconstpointer unused)
{
  g_autoptr (Answer) first = NULL;
  g_autofree char *cookie = NULL;
  g_autofree char *path = NULL;
  const char *set = NULL;

  client_create (client, "{\"country\":\"us\"}");
  assert_session (client, "pending");
  first = client_visit (client);
  g_assert_cmpuint (first->status, ==, 200);
  assert_safe (first, "no-store", CAMERA);
  g_assert_cmpstr (answer_text (first, "session_id"), ==, client->session_id);
  g_assert_cmpstr (answer_text (first, "status"), ==, "capturing");
  g_assert_cmpstr (answer_text (first, "country"), ==, "US");
  g_assert_nonnull (answer_text (first, "expires_at"));
  assert_session (client, "capturing");

  set = soup_message_headers_get_one (first->headers, "Set-Cookie");
  path = g_strconcat ("Path=/verify/", client->token, NULL);
  g_assert_nonnull (strstr (set, "HttpOnly"));
  g_assert_nonnull (strstr (set, "SameSite=Strict"));
  g_assert_nonnull (strstr (set, path));

  /* A reload is the same visit. */
  cookie = g_strdup (client->cookie);
  assert_steps (client,
                "consent:todo document_type:todo document_front:todo selfie:todo complete:todo "
                "outcome:todo");
  g_assert_cmpstr (client->cookie, ==, cookie);
}

static void
test_walk (Client *client, gconstpointer unused)
{
  g_autoptr (Answer) outcome = NULL;
  g_autofree char *result = NULL;

  client_create (client, "{\"external_ref\":\"guest-1\"}");
  walk_to_complete (client, "drivers_license");
  assert_steps (client,
                "consent:done document_type:done document_front:done document_back:done "
                "selfie:done complete:todo outcome:todo");
  assert_status (client_post (client, "/complete", "{}"), 200);
  assert_session (client, "sandbox_pending");
  assert_steps (client,
                "consent:done document_type:done document_front:done document_back:done "
                "selfie:done complete:done outcome:todo");

  outcome = client_post (client, "/sandbox-outcome", "{\"outcome\":\"approve\"}");
  g_assert_cmpuint (outcome->status, ==, 200);
  g_assert_cmpstr (answer_text (outcome, "session_id"), ==, client->session_id);
  g_assert_cmpstr (answer_text (outcome, "status"), ==, "completed");
  g_assert_cmpstr (answer_text (outcome, "result_status"), ==, "approved");
  g_assert_true (
      json_object_get_null_member (json_node_get_object (outcome->json), "redirect_url"));
  assert_session (client, "completed");

  result = g_strconcat ("/sessions/", client->session_id, "/result", NULL);
  assert_status (client_api (client, "GET", result, NULL), 200);
  assert_error (client_visit (client), 410, "session_finished");
  assert_error (client_post (client, "/complete", "{}"), 410, "session_finished");
  assert_status (get_page (client, "text/html"), 200);
}

static void
test_outcomes (Client *client, gconstpointer unused)
{
  static const char *const outcomes[][2] = {
    { "approve", "completed" },
    { "reject", "completed" },
    { "needs_review", "under_review" },
    { "reject_document_expired", "completed" },
    { "reject_underage", "completed" },
    { "reject_unreadable", "completed" },
    { "reject_high_risk", "completed" },
    { "review_watchlist", "under_review" },
    { "review_duplicate", "under_review" },
    { "expire", "expired" },
    { "fail", "failed" },
    { "await_external", "awaiting_external" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"outcome\":\"%s\"}", outcomes[i][0]);
      g_autoptr (Answer) answer = NULL;

      client_create (client, "{}");
      walk_to_complete (client, "passport");
      assert_status (client_post (client, "/complete", "{}"), 200);
      answer = client_post (client, "/sandbox-outcome", body);
      g_assert_cmpuint (answer->status, ==, 200);
      g_assert_cmpstr (answer_text (answer, "status"), ==, outcomes[i][1]);
      assert_session (client, outcomes[i][1]);
      assert_error (client_visit (client),
                    410,
                    g_str_equal (outcomes[i][0], "expire") ? "token_expired" : "session_finished");
    }
}

/* Before its time every step is refused, and nothing has changed. */
static void
test_order (Client *client, gconstpointer unused)
{
  g_autoptr (GBytes) png = client_make_png (1600, 1000);

  client_create (client, "{}");
  assert_error (client_post (client, "/document-type", "{\"document_type\":\"passport\"}"),
                400,
                "bad_request");
  assert_error (client_upload (client, "/documents", FRONT, png), 400, "bad_request");
  assert_session (client, "pending");

  assert_status (client_visit (client), 200);
  assert_error (client_post (client, "/document-type", "{\"document_type\":\"passport\"}"),
                400,
                "bad_request");
  assert_error (client_upload (client, "/documents", FRONT, png), 400, "bad_request");
  assert_error (client_upload (client, "/selfie", "", png), 400, "bad_request");
  assert_error (client_upload (client, "/proof-of-address", "", png), 400, "bad_request");
  assert_error (client_post (client, "/fields", "{}"), 400, "bad_request");
  assert_error (client_post (client, "/complete", "{}"), 400, "bad_request");
  assert_error (
      client_post (client, "/sandbox-outcome", "{\"outcome\":\"approve\"}"), 400, "bad_request");

  assert_status (client_post (client, "/consent", AGREE), 200);
  assert_error (client_upload (client, "/documents", FRONT, png), 400, "bad_request");
  assert_status (client_post (client, "/document-type", "{\"document_type\":\"drivers_license\"}"),
                 200);
  assert_error (client_post (client, "/complete", "{}"), 400, "bad_request");
  put (client, "/documents", FRONT);
  put (client, "/selfie", "");
  assert_error (client_post (client, "/complete", "{}"), 400, "bad_request");
  put (client, "/documents", BACK);
  assert_status (client_post (client, "/complete", "{}"), 200);
  assert_error (client_post (client, "/complete", "{}"), 400, "bad_request");
  assert_error (client_upload (client, "/selfie", "", png), 400, "bad_request");
}

/* An API client that begins with the consent is a visitor too. */
static void
test_consent (Client *client, gconstpointer unused)
{
  client_create (client, "{}");
  assert_error (client_post (client, "/consent", "{}"), 422, "validation_error");
  assert_error (client_post (client, "/consent", "{\"consent\":false}"), 422, "validation_error");
  assert_error (client_post (client, "/consent", "{\"consent\":\"yes\"}"), 422, "validation_error");
  assert_error (client_post (client, "/consent", "{\"consent\":true,\"consent_version\":1}"),
                422,
                "validation_error");
  assert_error (client_post (client, "/consent", "{\"consent\":true,\"consent_version\":null}"),
                422,
                "validation_error");
  assert_error (client_post (client, "/consent", "{"), 400, "bad_request");
  /* Nobody has visited, and the link is good for whoever will. */
  assert_session (client, "pending");
  g_assert_null (client->cookie);
  assert_status (client_post (client, "/consent", "{\"consent\":true}"), 200);
  assert_session (client, "capturing");
  g_assert_nonnull (client->cookie);
}

/* What is wrong with a body is said before that it comes too early (verifa-api.md 8.2). */
static void
test_too_early (Client *client, gconstpointer unused)
{
  static const char *const bodies[][3] = {
    { "/document-type", "{\"document_type\":7}", "{\"document_type\":\"passport\"}" },
    { "/liveness", "{\"nonce\":7}", "{\"nonce\":\"a\",\"challenges\":[]}" },
    { "/signals", "{\"signals\":[]}", "{\"signals\":{}}" },
    { "/fields",
      "{\"first_name\":[]}",
      "{\"first_name\":\"Ada\",\"last_name\":\"Example\",\"email\":\"ada@example.com\"}" },
  };

  client_create (client, "{\"workflow_id\":\"workflow_user_info\"}");
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_test_message ("%s", bodies[i][0]);
      assert_error (client_post (client, bodies[i][0], bodies[i][1]), 422, "validation_error");
      assert_error (client_post (client, bodies[i][0], bodies[i][2]), 400, "bad_request");
    }
}

static void
test_document_type (Client *client, gconstpointer unused)
{
  client_create (client, "{}");
  assert_status (client_visit (client), 200);
  assert_status (client_post (client, "/consent", AGREE), 200);
  assert_error (client_post (client, "/document-type", "{}"), 422, "validation_error");
  assert_error (client_post (client, "/document-type", "{\"document_type\":\"library_card\"}"),
                422,
                "validation_error");
  assert_error (
      client_post (client, "/document-type", "{\"document_type\":7}"), 422, "validation_error");
  assert_error (client_post (client,
                             "/document-type",
                             "{\"document_type\":\"passport\",\"country\":\"USA\"}"),
                422,
                "validation_error");
  assert_error (
      client_post (client, "/document-type", "{\"document_type\":\"passport\",\"state\":\"<b>\"}"),
      422,
      "validation_error");
  assert_status (
      client_post (client,
                   "/document-type",
                   "{\"document_type\":\"drivers_license\",\"country\":\"us\",\"state\":\"CA\"}"),
      200);
  put (client, "/documents", FRONT);
  put (client, "/documents", BACK);

  /* Another type of document needs other pictures. */
  assert_status (client_post (client, "/document-type", "{\"document_type\":\"passport\"}"), 200);
  assert_steps (client,
                "consent:done document_type:done document_front:todo selfie:todo complete:todo "
                "outcome:todo");
  put (client, "/documents", FRONT);
  assert_status (client_post (client, "/document-type", "{\"document_type\":\"passport\"}"), 200);
  assert_steps (client,
                "consent:done document_type:done document_front:done selfie:todo complete:todo "
                "outcome:todo");
}

typedef struct
{
  const char *step;
  const char *fields;
  const char *file;
  gsize length;
  guint status;
  const char *code;
} Upload;

#define FILE_OF(text) text, sizeof (text) - 1
#define PNG_OF(size) FILE_OF ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR" size "\x08\2\0\0\0\0\0\0\0")
#define GOOD PNG_OF ("\0\0\6\x40\0\0\4\0")

static const Upload uploads[] = {
  { "/documents", FRONT, NULL, 0, 422, "validation_error" },
  { "/documents", "", GOOD, 422, "validation_error" },
  { "/documents", FIELD ("side", "left"), GOOD, 422, "validation_error" },
  { "/documents", FIELD ("side", ""), GOOD, 422, "validation_error" },
  { "/documents", BACK, GOOD, 400, "bad_request" }, /* a passport */
  { "/documents", FRONT FRONT, GOOD, 400, "bad_request" },
  { "/documents", FRONT, FILE_OF (""), 415, "unsupported_media_type" },
  { "/documents", FRONT, FILE_OF ("GIF89a......"), 415, "unsupported_media_type" },
  { "/documents", FRONT, FILE_OF ("<svg onload='x'/>"), 415, "unsupported_media_type" },
  { "/documents", FRONT, FILE_OF ("\xff\xd8\xff"), 422, "validation_error" },
  { "/documents", FRONT, PNG_OF ("\xff\xff\xff\xff\xff\xff\xff\xff"), 422, "validation_error" },
  { "/documents", FRONT, PNG_OF ("\0\0\0\0\0\0\0\0"), 422, "validation_error" },
  { "/documents", FRONT, FILE_OF ("%PDF-1.7\n"), 201, NULL },
  { "/selfie", "", PNG_OF ("\0\0\1\xdf\0\0\4\0"), 422, "validation_error" }, /* 479 wide */
  { "/selfie", "", PNG_OF ("\0\0\1\xe0\0\0\4\0"), 201, NULL },
  { "/selfie", "", FILE_OF ("%PDF-1.7\n"), 415, "unsupported_media_type" },
  { "/proof-of-address", "", GOOD, 422, "validation_error" },
  { "/proof-of-address", FIELD ("poa_document_type", "letter"), GOOD, 422, "validation_error" },
};

static void
test_uploads (Client *client, gconstpointer unused)
{
  client_create (client, "{\"workflow_id\":\"workflow_full\"}");
  assert_status (client_visit (client), 200);
  assert_status (client_post (client, "/consent", AGREE), 200);
  assert_status (client_post (client, "/document-type", "{\"document_type\":\"passport\"}"), 200);

  for (guint i = 0; i < G_N_ELEMENTS (uploads); i++)
    {
      const Upload *row = &uploads[i];
      g_autoptr (GBytes) file = row->file != NULL ? g_bytes_new (row->file, row->length) : NULL;

      g_test_message ("upload %u", i);
      if (row->code != NULL)
        assert_error (client_upload (client, row->step, row->fields, file), row->status, row->code);
      else
        assert_status (client_upload (client, row->step, row->fields, file), row->status);
    }
}

static void
test_upload_answer (Client *client, gconstpointer unused)
{
  g_autoptr (GBytes) small = client_make_png (640, 400);
  g_autoptr (Answer) answer = NULL;
  JsonObject *quality = NULL;

  client_create (client, "{}");
  assert_status (client_visit (client), 200);
  assert_status (client_post (client, "/consent", AGREE), 200);
  assert_status (client_post (client, "/document-type", "{\"document_type\":\"passport\"}"), 200);
  answer = client_upload (client, "/documents", FRONT, small);
  g_assert_cmpuint (answer->status, ==, 201);
  assert_safe (answer, "no-store", CAMERA);
  g_assert_true (g_str_has_prefix (answer_text (answer, "document_id"), "doc_"));
  g_assert_cmpstr (answer_text (answer, "document_type"), ==, "id_front");
  quality = json_object_get_object_member (json_node_get_object (answer->json), "quality");
  g_assert_cmpfloat (json_object_get_double_member (quality, "score"), ==, 0.4);
  g_assert_cmpstr (
      json_array_get_string_element (json_object_get_array_member (quality, "warnings"), 0),
      ==,
      "low_quality");
}

static void
test_upload_body (Client *client, gconstpointer unused)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) junk = g_bytes_new_static ("junk", 4);
  g_autofree char *zeros = g_malloc0 (10 * 1048576 + 1);
  g_autoptr (GBytes) large = NULL;

  client_create (client, "{}");
  assert_status (client_visit (client), 200);
  assert_status (client_post (client, "/consent", AGREE), 200);
  assert_status (client_post (client, "/document-type", "{\"document_type\":\"passport\"}"), 200);

  path = g_strconcat ("/verify/", client->token, "/documents", NULL);
  assert_status (client_call (client, "POST", path, "application/json", junk), 415);
  assert_status (client_call (client, "POST", path, "image/png", junk), 415);
  assert_error (
      client_call (client, "POST", path, "multipart/form-data", junk), 400, "bad_request");
  assert_error (client_call (client, "POST", path, "multipart/form-data; boundary=b", junk),
                400,
                "bad_request");
  assert_error (client_call (client, "POST", path, NULL, NULL), 400, "bad_request");

  memcpy (zeros, "%PDF-", 5);
  large = g_bytes_new_take (g_steal_pointer (&zeros), 10 * 1048576 + 1);
  assert_error (client_upload (client, "/documents", FRONT, large), 413, "payload_too_large");

  /* More than any form may have: refused by its announced length. */
  g_clear_pointer (&large, g_bytes_unref);
  large = g_bytes_new_take (g_malloc0 (12 * 1048576), 12 * 1048576);
  assert_error (client_upload (client, "/documents", FRONT, large), 413, "payload_too_large");
  assert_error (
      client_call (client, "POST", path, "application/json", large), 413, "payload_too_large");
}

/* A link opens once, for the browser that opened it. */
static void
test_one_time_link (Client *client, gconstpointer unused)
{
  g_autofree char *make = NULL;
  g_autofree char *session_token = NULL;
  g_autofree char *cookie = NULL;

  client_create (client, "{}");
  make = g_strconcat ("/sessions/", client->session_id, "/generate-one-time-link", NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (Answer) link = client_api (client, "POST", make, "{}");

      g_assert_cmpuint (link->status, ==, 201);
      g_free (session_token);
      session_token = g_steal_pointer (&client->token);
      client->token = g_strdup (strrchr (answer_text (link, "capture_url"), '/') + 1);
    }

  /* Looking at the page, as messengers do, spends nothing. */
  assert_status (get_page (client, "text/html"), 200);
  assert_status (client_visit (client), 200);
  assert_status (client_visit (client), 200);
  assert_status (client_post (client, "/consent", AGREE), 200);

  cookie = g_steal_pointer (&client->cookie);
  assert_error (client_visit (client), 410, "token_consumed");
  assert_error (client_post (client, "/consent", AGREE), 410, "token_consumed");
  client->cookie = g_strdup ("vrf_visitor=somebody-else");
  assert_error (client_visit (client), 410, "token_consumed");
  g_free (client->cookie);
  client->cookie = g_strconcat ("a=b; ", cookie, "; c=d", NULL);
  assert_status (client_visit (client), 200);

  /* The link before it was replaced. */
  g_free (client->token);
  client->token = g_steal_pointer (&session_token);
  assert_error (client_visit (client), 410, "token_revoked");
}

static void
test_gone (Client *client, gconstpointer unused)
{
  g_autofree char *expire = NULL;
  g_autofree char *resume = NULL;
  g_autofree char *first = NULL;
  g_autoptr (Answer) resumed = NULL;

  client_create (client, "{}");
  assert_status (client_visit (client), 200);
  assert_status (client_post (client, "/consent", AGREE), 200);
  expire = g_strconcat ("/sessions/", client->session_id, "/expire", NULL);
  resume = g_strconcat ("/sessions/", client->session_id, "/resume", NULL);
  assert_status (client_api (client, "POST", expire, NULL), 200);
  assert_error (client_visit (client), 410, "token_expired");
  assert_error (client_post (client, "/document-type", "{}"), 410, "token_expired");

  /* A new token goes on where the old one stopped, and the old one says that it was replaced. */
  resumed = client_api (client, "POST", resume, NULL);
  g_assert_cmpuint (resumed->status, ==, 200);
  first = g_steal_pointer (&client->token);
  client->token = g_strdup (strrchr (answer_text (resumed, "capture_url"), '/') + 1);
  assert_steps (client,
                "consent:done document_type:todo document_front:todo selfie:todo complete:todo "
                "outcome:todo");
  g_free (client->token);
  client->token = g_steal_pointer (&first);
  assert_error (client_visit (client), 410, "token_revoked");

  g_free (client->token);
  client->token = g_strdup ("tok_0123456789012345678901234567890123456789012");
  assert_error (client_visit (client), 404, "not_found");
  assert_error (client_post (client, "/consent", AGREE), 404, "not_found");
  assert_error (
      client_post (client, "/sandbox-outcome", "{\"outcome\":\"approve\"}"), 404, "not_found");
}

#define TYPED "\"first_name\":\" Ada \",\"last_name\":\"Example\",\"email\":\"ada@example.com\""

static void
test_fields (Client *client, gconstpointer unused)
{
  static const char *const refused[] = {
    "{}",
    "{\"first_name\":\"Ada\",\"last_name\":\"Example\"}",
    "{\"first_name\":\" \",\"last_name\":\"Example\",\"email\":\"ada@example.com\"}",
    "{\"first_name\":7,\"last_name\":\"Example\",\"email\":\"ada@example.com\"}",
    "{\"first_name\":\"A\\u0007\",\"last_name\":\"Example\",\"email\":\"ada@example.com\"}",
    "{\"first_name\":\"Ada\",\"last_name\":\"Example\",\"email\":\"ada\"}",
    "{" TYPED ",\"phone\":\"12\"}",
    "{" TYPED ",\"phone\":\"call me\"}",
  };
  g_autoptr (Answer) before = NULL;
  g_autoptr (Answer) after = NULL;
  g_autofree char *text = NULL;

  client_create (
      client, "{\"workflow_id\":\"workflow_user_info\",\"fields\":{\"first_name\":\"Prefilled\"}}");
  before = client_visit (client);
  text = g_strndup (g_bytes_get_data (before->body, NULL), g_bytes_get_size (before->body));
  g_assert_nonnull (strstr (text, "Prefilled"));
  assert_status (client_post (client, "/consent", AGREE), 200);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_test_message ("fields %u", i);
      assert_error (client_post (client, "/fields", refused[i]), 422, "validation_error");
    }
  assert_status (client_post (client, "/fields", "{" TYPED ",\"phone\":null,\"shoe_size\":9}"),
                 200);
  assert_steps (client,
                "consent:done document_type:todo document_front:todo selfie:todo fields:done "
                "complete:todo outcome:todo");

  /* What was typed is not given out again. */
  after = client_visit (client);
  g_free (text);
  text = g_strndup (g_bytes_get_data (after->body, NULL), g_bytes_get_size (after->body));
  g_assert_null (strstr (text, "Ada"));
  g_assert_null (strstr (text, "Prefilled"));
}

#define HOME                                                                                       \
  "\"address\":{\"line1\":\"1 Example Street\",\"city\":\"Exampletown\",\"zip\":\"00000\"}"
#define ALL                                                                                        \
  TYPED ",\"phone\":\"+44 20 7946 0000\",\"date_of_birth\":\"1990-02-03\",\"ssn\":\"000-00-0000\""

static void
test_everything (Client *client, gconstpointer unused)
{
  static const char *const refused[] = {
    "{" ALL "}",
    "{" ALL ",\"address\":\"somewhere\"}",
    "{" ALL ",\"address\":{\"line1\":\"1 Example Street\"}}",
    "{" TYPED
    ",\"phone\":\"+44 20 7946 0000\",\"date_of_birth\":\"1990-02-30\",\"ssn\":\"000-00-0000\"," HOME
    "}",
    "{" TYPED
    ",\"phone\":\"+44 20 7946 0000\",\"date_of_birth\":\"2990-02-03\",\"ssn\":\"000-00-0000\"," HOME
    "}",
    "{" TYPED
    ",\"phone\":\"+44 20 7946 0000\",\"date_of_birth\":\"1990-02-03\",\"ssn\":\"12\"," HOME "}",
  };

  g_autoptr (Answer) asked = NULL;
  g_autofree char *answer = NULL;

  client_create (client, "{\"workflow_id\":\"workflow_full\"}");
  walk_to_complete (client, "residence_permit");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_test_message ("fields %u", i);
      assert_error (client_post (client, "/fields", refused[i]), 422, "validation_error");
    }
  assert_status (client_post (client, "/fields", "{" ALL "," HOME "}"), 200);
  put (client, "/proof-of-address", FIELD ("poa_document_type", "utility_bill"));
  assert_steps (client,
                "consent:done document_type:done document_front:done document_back:optional "
                "selfie:done liveness:todo fields:done proof_of_address:done complete:todo "
                "outcome:todo");
  assert_error (client_post (client, "/complete", "{}"), 400, "bad_request");
  asked = client_ask_liveness (client);
  answer = client_dup_liveness (asked, FALSE);
  assert_status (client_post (client, "/liveness", answer), 200);
  assert_steps (
      client,
      "consent:done document_type:done document_front:done document_back:optional "
      "selfie:done liveness:done fields:done proof_of_address:done complete:todo outcome:todo");
  assert_status (client_post (client, "/complete", "{}"), 200);
}

static void
test_redirect (Client *client, gconstpointer unused)
{
  g_autoptr (Answer) answer = NULL;
  g_autofree char *expected = NULL;

  client_create (client, "{\"redirect_url\":\"https://example.com/back?a=b%20c#top\"}");
  walk_to_complete (client, "passport");
  assert_status (client_post (client, "/complete", "{}"), 200);
  assert_error (client_post (client, "/sandbox-outcome", "{}"), 422, "validation_error");
  assert_error (client_post (client, "/sandbox-outcome", "{\"outcome\":\"decline\"}"),
                422,
                "validation_error");
  answer = client_post (client, "/sandbox-outcome", "{\"outcome\":\"reject\"}");
  expected = g_strdup_printf (
      "https://example.com/back?a=b%%20c&session_id=%s&status=completed#top", client->session_id);
  g_assert_cmpstr (answer_text (answer, "redirect_url"), ==, expected);
}

/* A live session has no outcome to choose: the applicant is through when everything is sent. */
static void
test_live (Client *client, gconstpointer unused)
{
  g_autoptr (Answer) completed = NULL;
  g_autoptr (Answer) state = NULL;

  client->is_live = TRUE;
  client_create (client, "{}");
  assert_steps (client,
                "consent:todo document_type:todo document_front:todo selfie:todo complete:todo");
  walk_to_complete (client, "passport");
  assert_error (
      client_post (client, "/sandbox-outcome", "{\"outcome\":\"approve\"}"), 403, "forbidden");
  assert_error (client_post (client, "/sandbox-outcome", "{}"), 403, "forbidden");
  completed = client_post (client, "/complete", "{}");
  g_assert_cmpuint (completed->status, ==, 200);
  g_assert_cmpstr (answer_text (completed, "status"), ==, "processing");

  state = client_visit (client);
  g_assert_cmpuint (state->status, ==, 200);
  g_assert_false (
      json_object_get_boolean_member (json_node_get_object (state->json), "is_sandbox"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (
                        json_node_get_object (state->json), "outcomes")),
                    ==,
                    0);
}

static void
test_methods (Client *client, gconstpointer unused)
{
  g_autofree char *path = NULL;
  g_autoptr (Answer) refused = NULL;

  client_create (client, "{}");
  path = g_strconcat ("/verify/", client->token, "/complete", NULL);
  assert_status (client_call (client, "GET", path, NULL, NULL), 405);
  assert_status (client_post (client, "", "{}"), 405);
  assert_status (client_post (client, "/nothing", "{}"), 404);

  /* What the router refuses by itself is as safe as what comes from a handler. */
  refused = client_call (client, "GET", path, NULL, NULL);
  assert_safe (refused, "no-store", NO_CAMERA);
}

/* Browsers come and go; none of them may leave a connection behind. */
static void
test_many_clients (Client *client, gconstpointer unused)
{
  client_create (client, "{}");
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (SoupSession) other = soup_session_new ();
      SoupSession *first = client->http;

      client->http = other;
      assert_status (client_visit (client), 200);
      client->http = first;
    }
}

#define ADD(name)                                                                                  \
  g_test_add ("/capture/" #name, Client, NULL, client_set_up, test_##name, client_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD (page);
  ADD (assets);
  ADD (visit);
  ADD (walk);
  ADD (outcomes);
  ADD (order);
  ADD (consent);
  ADD (too_early);
  ADD (document_type);
  ADD (uploads);
  ADD (upload_answer);
  ADD (upload_body);
  ADD (one_time_link);
  ADD (gone);
  ADD (fields);
  ADD (everything);
  ADD (redirect);
  ADD (live);
  ADD (methods);
  ADD (many_clients);

  return g_test_run ();
}
