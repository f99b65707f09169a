/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox-golden.h"

/* Stand-alone documents: kept, shown, looked into, deleted (verifa-api.md 7.6). */

#define DOCUMENTS "/api/v1/documents"
#define PDF "%PDF-1.4 four pages of nothing"
#define FORM "multipart/form-data; boundary=edge"

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
dup_part (const char *name, const char *value)
{
  return g_strdup_printf (
      "--edge\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", name, value);
}

/* @more: names and values in turn, NULL at the end. */
static SandboxReply *
upload (SandboxClient *client, const char *file, const char *const *more)
{
  static const char *const headers[] = { "X-API-Key", SANDBOX_KEY, "Content-Type", FORM, NULL };
  g_autoptr (GString) body = g_string_new (NULL);

  if (file != NULL)
    g_string_append_printf (body,
                            "--edge\r\nContent-Disposition: form-data; name=\"file\";"
                            " filename=\"x\"\r\nContent-Type: image/png\r\n\r\n%s\r\n",
                            file);
  for (guint i = 0; more[i] != NULL; i += 2)
    {
      g_autofree char *part = dup_part (more[i], more[i + 1]);

      g_string_append (body, part);
    }
  g_string_append (body, "--edge--\r\n");
  return sandbox_client_send (client, "POST", DOCUMENTS, headers, body->str);
}

static const char *const passport[] = { "document_type", "passport", NULL };

/* Returns: the path of a new document. */
static char *
keep (SandboxClient *client, const char *const *more)
{
  g_autoptr (SandboxReply) reply = upload (client, PDF, more);

  g_assert_cmpuint (reply->status, ==, 201);
  return g_strconcat (DOCUMENTS "/", sandbox_reply_string (reply, "id"), NULL);
}

static SandboxReply *
call (SandboxClient *client,
      const char *method,
      const char *parent,
      const char *rest,
      const char *body)
{
  g_autofree char *path = g_strconcat (parent, rest, NULL);

  return sandbox_client_call (client, method, path, body);
}

static JsonArray *
get_data (SandboxReply *reply)
{
  g_assert_cmpuint (reply->status, ==, 200);
  return json_object_get_array_member (sandbox_reply_object (reply), "data");
}

static void
test_upload (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *session = sandbox_client_create (client, "{\"external_ref\":\"guest-7\"}");
  const char *const all[] = {
    "document_type", "passport",       "session_id", session, "original_filename",
    "p.pdf",         "classification", "mine",       NULL
  };
  const char *const stray[] = { "document_type", "passport", "session_id", "session_0", NULL };
  static const char *const kind[] = { "document_type", "shoe", NULL };
  static const char *const none[] = { NULL };
  const char *live[] = { "X-API-Key", LIVE_KEY, NULL };
  g_autoptr (SandboxReply) made = upload (client, PDF, all);
  g_autofree char *path = g_strconcat (DOCUMENTS "/", sandbox_reply_string (made, "id"), NULL);
  g_autoptr (SandboxReply) theirs = sandbox_client_send (client, "GET", path, live, NULL);
  g_autoptr (SandboxReply) text = upload (client, "hello", passport);
  g_autoptr (SandboxReply) empty = upload (client, NULL, passport);
  g_autoptr (SandboxReply) typeless = upload (client, PDF, none);
  g_autoptr (SandboxReply) odd = upload (client, PDF, kind);
  g_autoptr (SandboxReply) both = upload (client, NULL, kind);
  g_autoptr (SandboxReply) lost = upload (client, PDF, stray);
  g_autoptr (SandboxReply) list = sandbox_client_call (client, "GET", DOCUMENTS, NULL);

  sandbox_reply_assert_golden (made, "upload_document");
  g_assert_true (g_str_has_prefix (sandbox_reply_string (made, "id"), "doc_"));
  g_assert_cmpstr (sandbox_reply_string (made, "mime_type"), ==, "application/pdf");
  g_assert_cmpstr (sandbox_reply_string (made, "session_id"), ==, session);
  g_assert_cmpstr (sandbox_reply_string (made, "upload_source"), ==, "api");
  sandbox_reply_assert_error (theirs, 404, "not_found");
  sandbox_reply_assert_error (text, 415, "unsupported_media_type");
  sandbox_reply_assert_error (empty, 422, "validation_error");
  sandbox_reply_assert_error (typeless, 422, "validation_error");
  sandbox_reply_assert_error (odd, 422, "validation_error");
  sandbox_reply_assert_error (both, 422, "validation_error");
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (sandbox_reply_object (both), "errors")),
      ==,
      2);
  sandbox_reply_assert_error (lost, 404, "not_found");
  g_assert_cmpuint (json_array_get_length (get_data (list)), ==, 1);
}

/* A text that cannot be kept is refused, not left out. */
static void
test_texts (SandboxClient *client, gconstpointer unused)
{
  static const char *const names[] = {
    "classification", "original_filename", "session_id", "identity_id"
  };
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (SandboxReply) kept = NULL;
  g_autoptr (SandboxReply) list = NULL;

  for (guint i = 0; i < 255; i++)
    g_string_append (many, "😀");
  kept = upload (
      client,
      PDF,
      (const char *const[]){ "document_type", "passport", "original_filename", many->str, NULL });
  g_assert_cmpuint (kept->status, ==, 201);
  g_assert_cmpstr (sandbox_reply_string (kept, "original_filename"), ==, many->str);

  g_string_append (many, "x");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *const long_text[] = { "document_type", "passport", names[i], many->str, NULL };
      const char *const no_text[] = { "document_type", "passport", names[i], "a\xff", NULL };
      g_autoptr (SandboxReply) too_long = upload (client, PDF, long_text);
      g_autoptr (SandboxReply) broken = upload (client, PDF, no_text);

      g_test_message ("%s", names[i]);
      sandbox_reply_assert_error (too_long, 422, "validation_error");
      sandbox_reply_assert_error (broken, 422, "validation_error");
    }
  list = sandbox_client_call (client, "GET", DOCUMENTS, NULL);
  g_assert_cmpuint (json_array_get_length (get_data (list)), ==, 1);
}

static void
test_list (SandboxClient *client, gconstpointer unused)
{
  static const char *const selfie[] = { "document_type", "selfie", "classification", "face", NULL };
  static const struct
  {
    const char *query;
    guint n;
  } cases[] = {
    { "", 2 },
    { "?document_type=passport", 1 },
    { "?classification=face", 1 },
    { "?status=verified", 0 },
    { "?session_id=session_0", 0 },
    { "?limit=1&offset=1", 1 },
  };
  g_autofree char *first = keep (client, passport);
  g_autofree char *second = keep (client, selfie);
  g_autoptr (SandboxReply) wrong = sandbox_client_call (client, "GET", DOCUMENTS "?status=x", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat (DOCUMENTS, cases[i].query, NULL);
      g_autoptr (SandboxReply) reply = sandbox_client_call (client, "GET", path, NULL);

      g_test_message ("%s", path);
      g_assert_cmpuint (json_array_get_length (get_data (reply)), ==, cases[i].n);
    }
  sandbox_reply_assert_error (wrong, 422, "validation_error");
}

static void
test_update (SandboxClient *client, gconstpointer unused)
{
  static const char *const wrong[] = { "{\"status\":\"lost\"}",
                                       "{\"status\":\"redacted\"}",
                                       "{\"metadata\":[]}",
                                       "{\"classification\":7}" };
  g_autofree char *path = keep (client, passport);
  g_autoptr (SandboxReply) done = sandbox_client_call (
      client, "PATCH", path, "{\"metadata\":{\"drawer\":4},\"status\":\"rejected\"}");
  g_autoptr (SandboxReply) lost =
      sandbox_client_call (client, "PATCH", path, "{\"identity_id\":\"identity_0\"}");
  g_autoptr (SandboxReply) got = NULL;

  sandbox_reply_assert_golden (done, "update_document");
  g_assert_cmpstr (sandbox_reply_string (done, "status"), ==, "rejected");
  sandbox_reply_assert_error (lost, 404, "not_found");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (SandboxReply) reply = sandbox_client_call (client, "PATCH", path, wrong[i]);

      g_test_message ("%s", wrong[i]);
      sandbox_reply_assert_error (reply, 422, "validation_error");
    }
  got = sandbox_client_call (client, "GET", path, NULL);
  sandbox_reply_assert_golden (got, "get_document");
  g_assert_cmpstr (sandbox_reply_string (got, "status"), ==, "rejected");
}

static void
test_look (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *path = keep (client, passport);
  g_autoptr (SandboxReply) before = call (client, "GET", path, "/extractions", NULL);
  g_autoptr (SandboxReply) classified = call (client, "POST", path, "/classify", NULL);
  g_autoptr (SandboxReply) extracted = call (client, "POST", path, "/extract", NULL);
  g_autoptr (SandboxReply) fields = call (client, "GET", path, "/extractions", NULL);
  g_autoptr (SandboxReply) checks = call (client, "GET", path, "/checks", NULL);
  g_autoptr (SandboxReply) list = sandbox_client_call (client, "GET", DOCUMENTS, NULL);
  g_autoptr (SandboxReply) bytes = call (client, "GET", path, "/download", NULL);
  g_autoptr (SandboxReply) page = call (client, "GET", path, "/preview", NULL);

  g_assert_cmpuint (json_array_get_length (get_data (before)), ==, 0);
  sandbox_reply_assert_golden (classified, "classify_document");
  g_assert_cmpstr (sandbox_reply_string (classified, "status"), ==, "verified");
  sandbox_reply_assert_golden (extracted, "extract_document");
  sandbox_reply_assert_golden (fields, "list_extractions");
  sandbox_reply_assert_golden (checks, "list_document_checks");
  sandbox_reply_assert_golden (list, "list_stored_documents");
  g_assert_cmpuint (bytes->status, ==, 200);
  g_assert_cmpstr (bytes->text, ==, PDF);
  g_assert_cmpstr (
      soup_message_headers_get_one (bytes->headers, "Content-Type"), ==, "application/pdf");
  g_assert_cmpuint (page->status, ==, 200);
  g_assert_cmpstr (soup_message_headers_get_one (page->headers, "Content-Type"), ==, "image/jpeg");
}

/* What was read off a document is not told again by an answer that was kept (verifa-api.md 1.5). */
static void
test_redact_replies (SandboxClient *client, gconstpointer unused)
{
  static const char *const headers[] = {
    "X-API-Key", SANDBOX_KEY, "Idempotency-Key", "read-it-off", NULL
  };
  g_autofree char *path = keep (client, passport);
  g_autofree char *extract = g_strconcat (path, "/extract", NULL);
  g_autoptr (SandboxReply) first = sandbox_client_send (client, "POST", extract, headers, NULL);
  g_autoptr (SandboxReply) done = sandbox_client_call (client, "DELETE", path, NULL);
  g_autoptr (SandboxReply) again = sandbox_client_send (client, "POST", extract, headers, NULL);

  g_assert_nonnull (strstr (first->text, "Jane"));
  g_assert_cmpuint (done->status, ==, 200);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (
      soup_message_headers_get_one (again->headers, "Idempotency-Replayed"), ==, "true");
  g_assert_null (strstr (again->text, "Jane"));
}

static void
test_redact (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *path = keep (client, passport);
  g_autoptr (SandboxReply) extracted = call (client, "POST", path, "/extract", NULL);
  g_autoptr (SandboxReply) done = sandbox_client_call (client, "DELETE", path, NULL);
  g_autoptr (SandboxReply) again = sandbox_client_call (client, "DELETE", path, NULL);
  g_autoptr (SandboxReply) bytes = call (client, "GET", path, "/download", NULL);
  g_autoptr (SandboxReply) page = call (client, "GET", path, "/preview", NULL);
  g_autoptr (SandboxReply) late = call (client, "POST", path, "/classify", NULL);
  g_autoptr (SandboxReply) changed =
      sandbox_client_call (client, "PATCH", path, "{\"metadata\":{}}");
  g_autoptr (SandboxReply) got = sandbox_client_call (client, "GET", path, NULL);

  g_assert_cmpuint (extracted->status, ==, 200);
  sandbox_reply_assert_golden (done, "redact_document");
  g_assert_cmpstr (sandbox_reply_string (done, "status"), ==, "redacted");
  g_assert_cmpuint (again->status, ==, 200);
  sandbox_reply_assert_error (bytes, 410, "gone");
  sandbox_reply_assert_error (page, 410, "gone");
  sandbox_reply_assert_error (late, 409, "conflict");
  sandbox_reply_assert_error (changed, 400, "bad_request");
  g_assert_null (strstr (got->text, "Jane"));
}

int
main (int argc, char **argv)
{
#define TEST(name, function)                                                                       \
  g_test_add ("/sandbox/documents/" name, SandboxClient, NULL, set_up, function, tear_down)
  g_test_init (&argc, &argv, NULL);
  TEST ("upload", test_upload);
  TEST ("texts", test_texts);
  TEST ("list", test_list);
  TEST ("update", test_update);
  TEST ("look", test_look);
  TEST ("redact", test_redact);
  TEST ("redact-replies", test_redact_replies);
  return g_test_run ();
}
