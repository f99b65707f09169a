/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "capture-client.h"
#include "session-client.h"
#include "webhook-receiver.h"

/* What an applicant gave, and how it goes: by a call, and by the clock (verifa-api.md 2.9). */

#define DAY 86400
#define AGREE "{\"consent\":true,\"consent_version\":\"1.0\"}"
#define FRONT "--b\r\nContent-Disposition: form-data; name=\"side\"\r\n\r\nfront\r\n"

static void
assert_done (Answer *answer)
{
  g_autoptr (Answer) owned = answer;

  g_assert_cmpuint (owned->status / 100, ==, 2);
}

/* What must be in the database's files, and then no more. */
typedef struct
{
  char *nonce;
  char *challenges;
} Marks;

static void
marks_clear (Marks *marks)
{
  g_free (marks->nonce);
  g_free (marks->challenges);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Marks, marks_clear)

static void
assert_in_files (SessionFixture *fixture, const Marks *marks, gboolean wanted)
{
  const char *const texts[] = {
    "pictured-heron", "selfie-heron", "heron_signal", marks->nonce, marks->challenges
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      g_assert_true (session_is_in_files (fixture, texts[i]) == wanted);
    }
}

static void
ask_liveness (Client *applicant, Marks *marks)
{
  g_autoptr (Answer) asked = client_ask_liveness (applicant);
  JsonArray *names =
      json_object_get_array_member (json_node_get_object (asked->json), "challenges");

  marks->nonce = g_strdup (answer_text (asked, "nonce"));
  marks->challenges = g_strjoin (" ",
                                 json_array_get_string_element (names, 0),
                                 json_array_get_string_element (names, 1),
                                 json_array_get_string_element (names, 2),
                                 NULL);
}

/* Documents, liveness and signals, over the applicant's side. Returns: the session, approved. */
static char *
capture (SessionFixture *fixture, Marks *marks)
{
  g_autoptr (SandboxReply) made =
      sandbox_client_call (&fixture->client,
                           "POST",
                           "/api/v1/sessions",
                           "{\"external_ref\":\"guest-7\",\"workflow_id\":\"workflow_full\"}");
  const char *id = sandbox_reply_string (made, "id");
  g_autofree char *token = g_strdup (strrchr (sandbox_reply_string (made, "capture_url"), '/') + 1);
  Client applicant = {
    .sandbox = fixture->client.sandbox,
    .http = fixture->client.session,
    .token = token,
  };
  g_autoptr (GBytes) front = session_make_png (1600, 1000, "pictured-heron");
  g_autoptr (GBytes) selfie = session_make_png (1600, 1000, "selfie-heron");

  assert_done (client_visit (&applicant));
  assert_done (client_post (&applicant, "/consent", AGREE));
  assert_done (client_post (&applicant, "/document-type", "{\"document_type\":\"passport\"}"));
  assert_done (client_upload (&applicant, "/documents", FRONT, front));
  assert_done (client_upload (&applicant, "/selfie", "", selfie));
  ask_liveness (&applicant, marks);
  assert_done (client_post (&applicant, "/signals", "{\"signals\":{\"heron_signal\":true}}"));
  g_free (applicant.cookie);
  session_simulate (fixture, id, "approve");
  return g_strdup (id);
}

/* The signed addresses of a session's documents. */
static GStrv
dup_urls (SessionFixture *fixture, const char *id)
{
  g_autoptr (SandboxReply) list = session_look (fixture, id, "/documents");
  JsonArray *data = json_object_get_array_member (sandbox_reply_object (list), "data");
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (data); i++)
    g_strv_builder_add (
        urls, json_object_get_string_member (json_array_get_object_element (data, i), "url"));
  return g_strv_builder_end (urls);
}

static void
assert_downloads (SessionFixture *fixture, GStrv urls, guint status)
{
  g_assert_cmpuint (g_strv_length (urls), ==, 2);
  for (guint i = 0; urls[i] != NULL; i++)
    {
      g_autoptr (SandboxReply) reply = session_download (fixture, urls[i]);

      g_assert_cmpuint (reply->status, ==, status);
    }
}

/* What the document API keeps of what an applicant gave. */
static void
assert_files_gone (SessionFixture *fixture, const char *id)
{
  g_autofree char *path = g_strconcat ("/api/v1/documents?session_id=", id, NULL);
  g_autoptr (SandboxReply) list = sandbox_client_call (&fixture->client, "GET", path, NULL);
  JsonArray *data = json_object_get_array_member (sandbox_reply_object (list), "data");

  g_assert_cmpuint (json_array_get_length (data), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *file = json_array_get_object_element (data, i);
      g_autofree char *bytes = g_strconcat (
          "/api/v1/documents/", json_object_get_string_member (file, "id"), "/download", NULL);
      g_autoptr (SandboxReply) gone = sandbox_client_call (&fixture->client, "GET", bytes, NULL);

      g_assert_cmpstr (json_object_get_string_member (file, "status"), ==, "redacted");
      g_assert_true (json_object_get_null_member (file, "download_url"));
      sandbox_reply_assert_error (gone, 410, "gone");
    }
}

static void
assert_risk_is_empty (SessionFixture *fixture, const char *id)
{
  g_autoptr (SandboxReply) risk = session_look (fixture, id, "/risk");

  g_assert_cmpuint (risk->status, ==, 200);
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (sandbox_reply_object (risk), "signals")),
      ==,
      0);
}

static void
test_capture (SessionFixture *fixture, gconstpointer unused)
{
  g_auto (Marks) marks = { NULL };
  g_autofree char *id = capture (fixture, &marks);
  g_auto (GStrv) urls = dup_urls (fixture, id);
  g_autoptr (SandboxReply) redacted = NULL;

  assert_downloads (fixture, urls, 200);
  assert_in_files (fixture, &marks, TRUE);
  redacted = session_redact (fixture, id);
  g_assert_cmpuint (redacted->status, ==, 200);
  g_assert_cmpint (
      json_object_get_int_member (sandbox_reply_object (redacted), "documents_removed"), ==, 2);
  assert_in_files (fixture, &marks, FALSE);
  assert_downloads (fixture, urls, 410);
  assert_files_gone (fixture, id);
  assert_risk_is_empty (fixture, id);
}

static void
advance (SessionFixture *fixture, int seconds)
{
  g_autofree char *body = g_strdup_printf ("{\"advance_seconds\":%d}", seconds);
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (&fixture->client, "POST", "/_sandbox/clock", body);

  g_assert_cmpuint (reply->status, ==, 200);
}

static void
assert_retention (SessionFixture *fixture,
                  const char *id,
                  const char *status,
                  const char *retention)
{
  g_autoptr (SandboxReply) session = session_look (fixture, id, "");

  g_assert_cmpstr (sandbox_reply_string (session, "status"), ==, status);
  g_assert_cmpstr (sandbox_reply_string (session, "retention_status"), ==, retention);
}

/* Either window over: the decision stays, what was read and the pictures are gone. */
static void
assert_withheld (SessionFixture *fixture, const char *id)
{
  g_autoptr (SandboxReply) result = session_look (fixture, id, "/result");
  g_autoptr (SandboxReply) documents = session_look (fixture, id, "/documents");
  JsonObject *object = sandbox_reply_object (result);

  sandbox_reply_assert_golden (result, "get_result_redacted");
  g_assert_cmpstr (sandbox_reply_string (result, "status"), ==, "approved");
  g_assert_true (json_object_get_boolean_member (object, "face_match_passed"));
  g_assert_true (json_object_get_boolean_member (object, "age_check_passed"));
  g_assert_true (json_object_get_boolean_member (object, "sensitive_data_expired"));
  g_assert_cmpuint (
      json_object_get_size (json_object_get_object_member (object, "extracted_data")), ==, 0);
  sandbox_reply_assert_golden (documents, "list_documents_gone");
}

static void
listen (SessionFixture *fixture, WebhookReceiver *receiver)
{
  g_autofree char *url = webhook_receiver_dup_url (receiver, "/ok");
  g_autofree char *body = g_strdup_printf (
      "{\"url\":\"%s\",\"enabled_events\":[\"session.retention-expired\",\"session.redacted\"]}",
      url);
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (&fixture->client, "POST", "/api/v1/webhooks/endpoints", body);

  g_assert_cmpuint (reply->status, ==, 201);
}

/* verifa-api.md 5.4: what every event of a session has, and nothing that was deleted. */
static void
assert_told (WebhookReceiver *receiver, const char *id)
{
  const Received *received = webhook_receiver_wait (receiver, 0);
  JsonObject *payload = json_node_get_object (received->json);

  g_assert_cmpstr (received->event, ==, "session.retention-expired");
  g_assert_cmpstr (received_string (received, "event"), ==, "session.retention-expired");
  g_assert_true (g_str_has_prefix (received_string (received, "idempotency_key"), "idk_"));
  g_assert_cmpstr (received_string (received, "session_id"), ==, id);
  g_assert_cmpstr (received_string (received, "external_ref"), ==, "guest-7");
  g_assert_cmpstr (received_string (received, "status"), ==, "completed");
  g_assert_true (json_object_get_boolean_member (payload, "is_sandbox"));
  g_assert_false (json_object_has_member (payload, "result"));
}

/* Both windows, to the minute; what has not ended is not kept for any time. */
static void
test_windows (SessionFixture *fixture, gconstpointer unused)
{
  WebhookReceiver *receiver = webhook_receiver_start ();
  g_auto (Marks) marks = { NULL };
  g_autofree char *waiting = sandbox_client_create (&fixture->client, "{}");
  g_autofree char *id = capture (fixture, &marks);
  g_auto (GStrv) urls = NULL;
  g_autoptr (SandboxReply) again = NULL;

  listen (fixture, receiver);
  session_simulate (fixture, waiting, "require-review");
  advance (fixture, 10 * DAY - 60);
  assert_retention (fixture, id, "completed", "active");
  urls = dup_urls (fixture, id);
  assert_downloads (fixture, urls, 200);
  advance (fixture, 120);
  assert_retention (fixture, id, "completed", "sensitive_redacted");
  assert_withheld (fixture, id);
  /* They are good for three minutes more. */
  assert_downloads (fixture, urls, 410);
  /* It is withheld, not deleted. */
  assert_in_files (fixture, &marks, TRUE);

  advance (fixture, 20 * DAY - 180);
  assert_retention (fixture, id, "completed", "sensitive_redacted");
  g_assert_cmpuint (webhook_receiver_count (receiver), ==, 0);
  advance (fixture, 120);
  assert_retention (fixture, id, "completed", "redacted");
  assert_in_files (fixture, &marks, FALSE);
  assert_withheld (fixture, id);
  assert_files_gone (fixture, id);
  assert_told (receiver, id);
  assert_retention (fixture, waiting, "under_review", "active");

  /* It is over once, and no call makes it so again. */
  again = session_redact (fixture, id);
  g_assert_cmpstr (sandbox_reply_string (again, "status"), ==, "already_redacted");
  advance (fixture, 40 * DAY);
  assert_retention (fixture, id, "completed", "redacted");
  webhook_receiver_stop (receiver);
}

/* Without auto_redact_on_retention_expiry the end of the window withholds only. */
static void
test_kept (SessionFixture *fixture, gconstpointer unused)
{
  g_auto (Marks) marks = { NULL };
  g_autofree char *id = capture (fixture, &marks);

  advance (fixture, DAY + 60);
  assert_retention (fixture, id, "completed", "sensitive_redacted");
  assert_withheld (fixture, id);
  assert_in_files (fixture, &marks, TRUE);
}

#define WINDOWS "{\"sensitive_data_retention_days\":10,\"data_retention_days\":30}"
#define KEPT "{\"data_retention_days\":1,\"auto_redact_on_retention_expiry\":false}"

#define ADD(name, settings, func)                                                                  \
  g_test_add ("/sandbox/retention/" name,                                                          \
              SessionFixture,                                                                      \
              settings,                                                                            \
              session_set_up,                                                                      \
              func,                                                                                \
              session_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("capture", "{}", test_capture);
  ADD ("windows", WINDOWS, test_windows);
  ADD ("kept", KEPT, test_kept);
  return g_test_run ();
}
