/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "session-client.h"

/* Documents, submit, redaction and export, over real HTTP
 * (verifa-api.md 2.8, 2.9, 3.10, 3.11, 3.17, 3.18). */

static JsonArray *
get_data (SandboxReply *reply)
{
  g_assert_cmpuint (reply->status, ==, 200);
  return json_object_get_array_member (sandbox_reply_object (reply), "data");
}

static void
test_upload (SessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (&fixture->client, "{}");
  g_autoptr (GBytes) png = session_make_png (1600, 1000, "first");
  g_autoptr (SandboxReply) none = session_look (fixture, id, "/documents");
  g_autoptr (SandboxReply) front = session_upload (fixture, id, "document_type=id_front", png);
  g_autoptr (SandboxReply) list = NULL;

  g_assert_cmpuint (json_array_get_length (get_data (none)), ==, 0);
  sandbox_reply_assert_golden (front, "upload_session_document");
  g_assert_cmpstr (sandbox_reply_string (front, "session_id"), ==, id);
  g_assert_cmpstr (sandbox_reply_string (front, "document_type"), ==, "id_front");
  g_assert_cmpstr (sandbox_reply_string (front, "mime_type"), ==, "image/png");
  g_assert_cmpint (json_object_get_int_member (sandbox_reply_object (front), "file_size_bytes"),
                   ==,
                   (gint64) g_bytes_get_size (png));
  session_assert_status (fixture, id, "capturing");

  /* The same type again replaces. */
  session_must_upload (fixture, id, "document_type=id_front");
  session_must_upload (fixture,
                       id,
                       "document_type=proof_of_address&poa_document_type=utility_bill"
                       "&poa_document_date=2026-01-31");
  list = session_look (fixture, id, "/documents");
  sandbox_reply_assert_golden (list, "list_documents");
  g_assert_cmpuint (json_array_get_length (get_data (list)), ==, 2);
}

static void
test_upload_refused (SessionFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *fields;
    guint width;
    guint status;
    const char *code;
  } cases[] = {
    { "", 1600, 422, "validation_error" },
    { "document_type=", 1600, 422, "validation_error" },
    { "document_type=passport", 1600, 422, "validation_error" },
    { "document_type=../id_front", 1600, 422, "validation_error" },
    { "document_type=proof_of_address", 1600, 422, "validation_error" },
    { "document_type=proof_of_address&poa_document_type=novel", 1600, 422, "validation_error" },
    { "document_type=proof_of_address&poa_document_type=utility_bill&poa_document_date=2026-02-30",
      1600,
      422,
      "validation_error" },
    { "document_type=proof_of_address&poa_document_type=utility_bill&poa_document_date=31.1.2026",
      1600,
      422,
      "validation_error" },
    { "document_type=selfie", 320, 422, "validation_error" },
  };
  g_autofree char *id = sandbox_client_create (&fixture->client, "{}");
  g_autoptr (GBytes) text = g_bytes_new_static ("<html>", 6);
  g_autoptr (SandboxReply) junk = session_upload (fixture, id, "document_type=id_front", text);
  g_autoptr (SandboxReply) json = session_act (fixture, id, "/documents", "{}");
  g_autoptr (SandboxReply) other = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) png = session_make_png (cases[i].width, 1000, "");
      g_autoptr (SandboxReply) reply = session_upload (fixture, id, cases[i].fields, png);

      g_test_message ("%s", cases[i].fields);
      sandbox_reply_assert_error (reply, cases[i].status, cases[i].code);
    }
  sandbox_reply_assert_error (junk, 415, "unsupported_media_type");
  sandbox_reply_assert_error (json, 415, "unsupported_media_type");
  session_assert_status (fixture, id, "pending");
  other = session_upload (fixture, "session_none", "document_type=id_front", text);
  sandbox_reply_assert_error (other, 404, "not_found");

  session_simulate (fixture, id, "approve");
  {
    g_autoptr (GBytes) png = session_make_png (1600, 1000, "");
    g_autoptr (SandboxReply) late = session_upload (fixture, id, "document_type=id_front", png);
    g_autoptr (SandboxReply) list = session_look (fixture, id, "/documents");

    sandbox_reply_assert_error (late, 400, "bad_request");
    g_assert_cmpuint (json_array_get_length (get_data (list)), ==, 0);
  }
}

static char *
dup_url (SessionFixture *fixture, const char *id)
{
  g_autoptr (SandboxReply) list = session_look (fixture, id, "/documents");

  return g_strdup (
      json_object_get_string_member (json_array_get_object_element (get_data (list), 0), "url"));
}

static void
assert_download_refused (SessionFixture *fixture, const char *url, const char *from, const char *to)
{
  g_autoptr (GString) changed = g_string_new (url);
  g_autoptr (SandboxReply) reply = NULL;

  g_assert_cmpuint (g_string_replace (changed, from, to, 1), ==, 1);
  reply = session_download (fixture, changed->str);
  sandbox_reply_assert_error (reply, 403, "forbidden");
}

static void
test_download (SessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (&fixture->client, "{}");
  g_autoptr (GBytes) png = session_make_png (1600, 1000, "pixels");
  g_autoptr (SandboxReply) front = session_upload (fixture, id, "document_type=id_front", png);
  g_autoptr (SandboxReply) selfie = session_upload (fixture, id, "document_type=selfie", png);
  g_autofree char *url = dup_url (fixture, id);
  g_autoptr (SandboxReply) reply = session_download (fixture, url);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (soup_message_headers_get_content_type (reply->headers, NULL), ==, "image/png");
  g_assert_cmpstr (
      soup_message_headers_get_one (reply->headers, "X-Content-Type-Options"), ==, "nosniff");
  g_assert_cmpmem (reply->text, 8, "\x89PNG\r\n\x1a\n", 8);
  g_assert_cmpint (soup_message_headers_get_content_length (reply->headers),
                   ==,
                   (goffset) g_bytes_get_size (png));

  assert_download_refused (fixture, url, "sig=", "sig=0");
  assert_download_refused (fixture, url, "&sig=", "&other=");
  assert_download_refused (fixture, url, "expires=", "expires=1");
  assert_download_refused (fixture, url, "id_front", "selfie");
  assert_download_refused (fixture, url, id, "session_none");
}

static void
test_submit (SessionFixture *fixture, gconstpointer unused)
{
  static const char *const live[] = { "X-API-Key", LIVE_KEY, NULL };
  g_autofree char *id = sandbox_client_create (&fixture->client, "{}");
  g_autofree char *simple =
      sandbox_client_create (&fixture->client, "{\"workflow_id\":\"workflow_doc_only\"}");
  g_autofree char *path = sandbox_client_path (id, "/submit");
  g_autoptr (SandboxReply) nothing = session_act (fixture, id, "/submit", NULL);
  g_autoptr (SandboxReply) half = NULL;
  g_autoptr (SandboxReply) done = NULL;
  g_autoptr (SandboxReply) again = NULL;
  g_autoptr (SandboxReply) other = NULL;
  g_autoptr (SandboxReply) no_selfie = NULL;

  sandbox_reply_assert_error (nothing, 422, "validation_error");
  session_must_upload (fixture, id, "document_type=id_front");
  half = session_act (fixture, id, "/submit", NULL);
  sandbox_reply_assert_error (half, 422, "validation_error");
  g_assert_nonnull (strstr (half->text, "selfie"));
  g_assert_null (strstr (half->text, "id_front"));
  session_must_upload (fixture, id, "document_type=selfie");
  other = sandbox_client_send (&fixture->client, "POST", path, live, NULL);
  sandbox_reply_assert_error (other, 404, "not_found");
  done = session_act (fixture, id, "/submit", NULL);
  sandbox_reply_assert_golden (done, "submit_session");
  g_assert_cmpstr (sandbox_reply_string (done, "status"), ==, "sandbox_pending");
  session_assert_status (fixture, id, "sandbox_pending");
  again = session_act (fixture, id, "/submit", NULL);
  sandbox_reply_assert_error (again, 400, "bad_request");

  session_must_upload (fixture, simple, "document_type=id_front");
  no_selfie = session_act (fixture, simple, "/submit", NULL);
  g_assert_cmpuint (no_selfie->status, ==, 202);
}

/* The uploads were kept, so they need not be made again. */
static void
test_submit_resumed (SessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (&fixture->client, "{}");
  g_autoptr (SandboxReply) expired = NULL;
  g_autoptr (SandboxReply) resumed = NULL;
  g_autoptr (SandboxReply) done = NULL;

  session_must_upload (fixture, id, "document_type=id_front");
  session_must_upload (fixture, id, "document_type=selfie");
  expired = session_act (fixture, id, "/expire", NULL);
  resumed = session_act (fixture, id, "/resume", NULL);
  g_assert_cmpstr (sandbox_reply_string (resumed, "status"), ==, "pending");
  done = session_act (fixture, id, "/submit", NULL);
  g_assert_cmpuint (done->status, ==, 202);
}

static const char *const markers[] = {
  "Zebulon Quill",  "zebulon.quill@example.com", "1 Heron Wharf",
  "pictured-heron", "https://desk.example/zq",   "D1234567",
  "quill-note",
};

static char *
create_marked (SessionFixture *fixture)
{
  static const char *const keyed[] = { "X-API-Key", SANDBOX_KEY, "Idempotency-Key", "a", NULL };
  g_autofree char *id = sandbox_client_create (
      &fixture->client,
      "{\"external_ref\":\"guest-7\",\"applicant_name\":\"Zebulon Quill\","
      "\"applicant_email\":\"zebulon.quill@example.com\",\"send_email\":true,"
      "\"metadata\":{\"applicant_name\":\"Zebulon Quill\"},"
      "\"fields\":{\"address\":{\"line1\":\"1 Heron Wharf\"}},"
      "\"redirect_url\":\"https://desk.example/zq\"}");
  g_autofree char *path = sandbox_client_path (id, "");
  g_autoptr (GBytes) png = session_make_png (1600, 1000, "pictured-heron");
  g_autoptr (SandboxReply) front = session_upload (fixture, id, "document_type=id_front", png);
  g_autoptr (SandboxReply) patched = sandbox_client_send (
      &fixture->client, "PATCH", path, keyed, "{\"metadata\":{\"note\":\"quill-note\"}}");
  g_autofree char *resend = sandbox_client_path (id, "/resend-invite");
  g_autoptr (SandboxReply) sent =
      sandbox_client_send (&fixture->client, "POST", resend, keyed, NULL);

  g_assert_cmpuint (front->status, ==, 201);
  g_assert_cmpuint (patched->status, ==, 200);
  g_assert_cmpuint (sent->status, ==, 200);
  session_simulate (fixture, id, "approve");
  return g_steal_pointer (&id);
}

static void
assert_refuses_all (SessionFixture *fixture, const char *id)
{
  static const struct
  {
    const char *method;
    const char *rest;
    const char *body;
  } calls[] = {
    { "PATCH", "", "{\"external_ref\":\"x\"}" },
    { "POST", "/resume", NULL },
    { "POST", "/expire", NULL },
    { "POST", "/generate-one-time-link", NULL },
    { "POST", "/tags/add", "{\"tag\":\"a\"}" },
    { "POST", "/reprocess", NULL },
    { "POST", "/submit", NULL },
    { "POST", "/resend-invite", NULL },
    { "POST", "/simulate", "{\"action\":\"approve\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *path = sandbox_client_path (id, calls[i].rest);
      g_autoptr (SandboxReply) reply =
          sandbox_client_call (&fixture->client, calls[i].method, path, calls[i].body);

      g_test_message ("%s %s", calls[i].method, calls[i].rest);
      sandbox_reply_assert_error (reply, 400, "bad_request");
    }
}

static void
assert_redacted (SessionFixture *fixture, const char *id)
{
  g_autoptr (SandboxReply) session = session_look (fixture, id, "");
  g_autoptr (SandboxReply) result = session_look (fixture, id, "/result");
  g_autoptr (SandboxReply) documents = session_look (fixture, id, "/documents");
  JsonObject *object = sandbox_reply_object (session);

  g_assert_cmpstr (sandbox_reply_string (session, "retention_status"), ==, "redacted");
  g_assert_cmpstr (sandbox_reply_string (session, "status"), ==, "completed");
  g_assert_cmpuint (
      json_object_get_size (json_object_get_object_member (object, "metadata")), ==, 0);
  sandbox_reply_assert_golden (result, "get_result_redacted");
  object = sandbox_reply_object (result);
  g_assert_cmpstr (sandbox_reply_string (result, "status"), ==, "approved");
  g_assert_true (json_object_get_boolean_member (object, "face_match_passed"));
  g_assert_true (json_object_get_boolean_member (object, "sensitive_data_expired"));
  g_assert_true (json_object_get_null_member (object, "extracted_age"));
  g_assert_cmpuint (
      json_object_get_size (json_object_get_object_member (object, "extracted_data")), ==, 0);
  sandbox_reply_assert_golden (documents, "list_documents_gone");
}

static void
test_redact (SessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = create_marked (fixture);
  g_autofree char *url = dup_url (fixture, id);
  g_autoptr (SandboxReply) first = NULL;
  g_autoptr (SandboxReply) gone = NULL;
  g_autoptr (SandboxReply) second = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (markers); i++)
    g_assert_true (session_is_in_files (fixture, markers[i]));
  first = session_redact (fixture, id);
  sandbox_reply_assert_golden (first, "redact_session");
  g_assert_cmpint (
      json_object_get_int_member (sandbox_reply_object (first), "documents_removed"), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (markers); i++)
    {
      g_test_message ("%s", markers[i]);
      g_assert_false (session_is_in_files (fixture, markers[i]));
    }
  assert_redacted (fixture, id);
  assert_refuses_all (fixture, id);
  gone = session_download (fixture, url);
  sandbox_reply_assert_error (gone, 410, "gone");
  second = session_redact (fixture, id);
  sandbox_reply_assert_golden (second, "redact_session_again");
  g_assert_cmpstr (sandbox_reply_string (second, "status"), ==, "already_redacted");
}

/* An answer that is kept for its idempotency key is given again, without what was deleted. */
static void
test_redact_replies (SessionFixture *fixture, gconstpointer unused)
{
  static const char *const keyed[] = { "X-API-Key", SANDBOX_KEY, "Idempotency-Key", "a", NULL };
  g_autofree char *id = create_marked (fixture);
  g_autofree char *path = sandbox_client_path (id, "");
  g_autoptr (SandboxReply) redacted = session_redact (fixture, id);
  g_autoptr (SandboxReply) replayed = sandbox_client_send (
      &fixture->client, "PATCH", path, keyed, "{\"metadata\":{\"note\":\"quill-note\"}}");

  g_assert_cmpuint (redacted->status, ==, 200);
  sandbox_reply_assert_golden (replayed, "update_session");
  g_assert_cmpstr (
      soup_message_headers_get_one (replayed->headers, "Idempotency-Replayed"), ==, "true");
  g_assert_null (strstr (replayed->text, "quill"));
}

static void
test_bulk_redact (SessionFixture *fixture, gconstpointer unused)
{
  static const char *const bad[] = {
    "{}", "{\"session_ids\":[]}", "{\"session_ids\":\"x\"}", "{\"session_ids\":[7]}"
  };
  g_autofree char *one = sandbox_client_create (&fixture->client, "{}");
  g_autofree char *two = sandbox_client_create (&fixture->client, "{}");
  g_autofree char *body =
      g_strdup_printf ("{\"session_ids\":[\"%s\",\"session_none\",\"%s\",\"%s\"]}", one, two, one);
  g_autoptr (GString) many = g_string_new ("{\"session_ids\":[\"a\"");
  g_autoptr (SandboxReply) reply = NULL;
  g_autoptr (SandboxReply) too_many = NULL;
  JsonArray *results = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append (many, ",\"a\"");
  g_string_append (many, "]}");
  too_many =
      sandbox_client_call (&fixture->client, "POST", "/api/v1/sessions/bulk-redact", many->str);
  sandbox_reply_assert_error (too_many, 422, "validation_error");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (SandboxReply) refused =
          sandbox_client_call (&fixture->client, "POST", "/api/v1/sessions/bulk-redact", bad[i]);

      sandbox_reply_assert_error (refused, 422, "validation_error");
    }

  session_must_upload (fixture, two, "document_type=id_front");
  reply = sandbox_client_call (&fixture->client, "POST", "/api/v1/sessions/bulk-redact", body);
  sandbox_reply_assert_golden (reply, "bulk_redact_sessions");
  g_assert_cmpint (json_object_get_int_member (sandbox_reply_object (reply), "total"), ==, 4);
  results = json_object_get_array_member (sandbox_reply_object (reply), "results");
  {
    const char *const wanted[] = { "deleted", "not_found", "deleted", "already_redacted" };

    for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
      g_assert_cmpstr (
          json_object_get_string_member (json_array_get_object_element (results, i), "status"),
          ==,
          wanted[i]);
  }
  g_assert_cmpint (
      json_object_get_int_member (json_array_get_object_element (results, 2), "documents_removed"),
      ==,
      1);
  session_assert_status (fixture, one, "expired");
}

static guint
count_events (SessionFixture *fixture, const char *action, const char *id)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/events?action=%s&resource_id=%s", action, id);
  g_autoptr (SandboxReply) reply = sandbox_client_call (&fixture->client, "GET", path, NULL);

  return json_array_get_length (get_data (reply));
}

static void
test_export (SessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = create_marked (fixture);
  g_autofree char *pending = sandbox_client_create (&fixture->client, "{}");
  g_autoptr (SandboxReply) reply = session_look (fixture, id, "/export");
  g_autoptr (SandboxReply) empty = session_look (fixture, pending, "/export");
  g_autoptr (SandboxReply) none = session_look (fixture, "session_none", "/export");
  JsonObject *object = sandbox_reply_object (reply);
  JsonObject *session = NULL;
  JsonObject *result = NULL;
  g_autoptr (SandboxReply) picture = NULL;

  sandbox_reply_assert_golden (reply, "export_session");
  session = json_object_get_object_member (object, "session");
  g_assert_cmpstr (json_object_get_string_member (session, "applicant_name"), ==, "Zebulon Quill");
  /* The organization lets API keys see nothing of it. */
  result = json_object_get_object_member (object, "result");
  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (result, "extracted_data"), "first_name"),
                   ==,
                   "Jane");
  picture = session_download (
      fixture,
      json_object_get_string_member (
          json_array_get_object_element (json_object_get_array_member (object, "documents"), 0),
          "download_url"));
  g_assert_cmpuint (picture->status, ==, 200);
  g_assert_true (json_object_get_null_member (sandbox_reply_object (empty), "result"));
  sandbox_reply_assert_error (none, 404, "not_found");
  g_assert_cmpuint (count_events (fixture, "api.session.export", id), ==, 1);
}

static void
test_pii_fields (SessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (&fixture->client, "{}");
  g_autoptr (SandboxReply) reply = NULL;
  JsonObject *extracted = NULL;

  session_simulate (fixture, id, "approve");
  reply = session_look (fixture, id, "/result");
  extracted = json_object_get_object_member (sandbox_reply_object (reply), "extracted_data");
  g_assert_cmpuint (json_object_get_size (extracted), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (extracted, "nationality"), ==, "US");
}

/* The window is over at once: what was decided stays, what was read is gone. */
static void
test_sensitive_window (SessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (&fixture->client, "{}");
  g_autofree char *url = NULL;
  g_autoptr (SandboxReply) session = NULL;
  g_autoptr (SandboxReply) result = NULL;
  g_autoptr (SandboxReply) documents = NULL;
  g_autoptr (SandboxReply) picture = NULL;
  g_autoptr (SandboxReply) tagged = NULL;

  session_must_upload (fixture, id, "document_type=id_front");
  url = dup_url (fixture, id);
  session_simulate (fixture, id, "approve");
  session = session_look (fixture, id, "");
  g_assert_cmpstr (sandbox_reply_string (session, "retention_status"), ==, "sensitive_redacted");
  result = session_look (fixture, id, "/result");
  sandbox_reply_assert_golden (result, "get_result_redacted");
  g_assert_cmpuint (json_object_get_size (json_object_get_object_member (
                        sandbox_reply_object (result), "extracted_data")),
                    ==,
                    0);
  documents = session_look (fixture, id, "/documents");
  sandbox_reply_assert_golden (documents, "list_documents_gone");
  picture = session_download (fixture, url);
  sandbox_reply_assert_error (picture, 410, "gone");
  /* It is not redacted. */
  tagged = session_act (fixture, id, "/tags/add", "{\"tag\":\"a\"}");
  g_assert_cmpuint (tagged->status, ==, 200);
}

static void
test_data_window (SessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = create_marked (fixture);

  assert_redacted (fixture, id);
  for (guint i = 0; i < G_N_ELEMENTS (markers); i++)
    g_assert_false (session_is_in_files (fixture, markers[i]));
}

#define NO_PII "{\"api_pii_fields\":[]}"
#define SOME_PII "{\"api_pii_fields\":[\"nationality\",\"ssn\"]}"
#define SENSITIVE_NOW "{\"sensitive_data_retention_days\":0}"
#define DELETED_NOW "{\"data_retention_days\":0}"

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (SessionFixture *, gconstpointer);
    const char *settings;
  } tests[] = {
    { "/sandbox/session-data/upload", test_upload, NULL },
    { "/sandbox/session-data/upload-refused", test_upload_refused, NULL },
    { "/sandbox/session-data/download", test_download, NULL },
    { "/sandbox/session-data/submit", test_submit, NULL },
    { "/sandbox/session-data/submit-resumed", test_submit_resumed, NULL },
    { "/sandbox/session-data/redact", test_redact, "{}" },
    { "/sandbox/session-data/redact-replies", test_redact_replies, NULL },
    { "/sandbox/session-data/bulk-redact", test_bulk_redact, NULL },
    { "/sandbox/session-data/export", test_export, NO_PII },
    { "/sandbox/session-data/pii-fields", test_pii_fields, SOME_PII },
    { "/sandbox/session-data/sensitive-window", test_sensitive_window, SENSITIVE_NOW },
    { "/sandbox/session-data/data-window", test_data_window, DELETED_NOW },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path,
                SessionFixture,
                tests[i].settings,
                session_set_up,
                tests[i].test,
                session_tear_down);
  return g_test_run ();
}
