/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox-client.h"

/* Invitations that are not sent (verifa-api.md 3.1, 3.7), over HTTP. */

#define OUTBOX "/_sandbox/outbox"

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

static JsonArray *
get_data (SandboxReply *reply)
{
  return json_object_get_array_member (sandbox_reply_object (reply), "data");
}

/* The newest one. */
static SandboxReply *
get_mail (SandboxClient *client)
{
  g_autoptr (SandboxReply) list = sandbox_client_call (client, "GET", OUTBOX, NULL);
  g_autofree char *path = NULL;

  g_assert_cmpuint (list->status, ==, 200);
  g_assert_cmpuint (json_array_get_length (get_data (list)), >, 0);
  path = g_strconcat (
      OUTBOX "/",
      json_object_get_string_member (json_array_get_object_element (get_data (list), 0), "id"),
      NULL);
  return sandbox_client_call (client, "GET", path, NULL);
}

static gint64
count (SandboxClient *client)
{
  g_autoptr (SandboxReply) list = sandbox_client_call (client, "GET", OUTBOX, NULL);

  return json_object_get_int_member (
      json_object_get_object_member (sandbox_reply_object (list), "pagination"), "total");
}

static void
assert_contains (SandboxReply *mail, const char *member, const char *text)
{
  if (strstr (sandbox_reply_string (mail, member), text) == NULL)
    g_error ("%s lacks “%s”: %s", member, text, sandbox_reply_string (mail, member));
}

/* 3.1: brand in subject and body, the name in the opening, support in the recovery sentence. */
static void
test_invite (SandboxClient *client, gconstpointer unused)
{
  g_autoptr (SandboxReply) session =
      sandbox_client_call (client,
                           "POST",
                           "/api/v1/sessions",
                           "{\"send_email\":true,\"applicant_email\":\"jane@example.com\","
                           "\"applicant_name\":\"Jane Doe\",\"email_display_name\":\"Seaview\","
                           "\"support_url\":\"https://example.com/help\"}");
  g_autoptr (SandboxReply) mail = get_mail (client);

  g_assert_cmpstr (
      sandbox_reply_string (mail, "session_id"), ==, sandbox_reply_string (session, "id"));
  g_assert_cmpstr (sandbox_reply_string (mail, "to"), ==, "jane@example.com");
  g_assert_cmpstr (sandbox_reply_string (mail, "kind"), ==, "invite");
  assert_contains (mail, "subject", "Seaview");
  for (guint i = 0; i < 2; i++)
    {
      const char *member = i == 0 ? "text" : "html";

      assert_contains (mail, member, "Hello Jane Doe,");
      assert_contains (mail, member, "Seaview");
      assert_contains (mail, member, "https://example.com/help");
      assert_contains (mail, member, sandbox_reply_string (session, "capture_url"));
    }
}

static void
test_defaults (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *without = sandbox_client_create (client, "{}");
  g_autofree char *id = NULL;
  g_autofree char *later = NULL;
  g_autoptr (SandboxReply) mail = NULL;
  g_autoptr (SandboxReply) changed = NULL;
  g_autoptr (SandboxReply) branded = NULL;

  g_assert_cmpint (count (client), ==, 0);
  id = sandbox_client_create (
      client, "{\"send_email\":true,\"metadata\":{\"applicant_email\":\"a@example.com\"}}");
  mail = get_mail (client);
  g_assert_cmpstr (sandbox_reply_string (mail, "to"), ==, "a@example.com");
  /* 8.5 */
  assert_contains (mail, "subject", "Front Desk Demo");
  assert_contains (mail, "text", "Hello,");
  changed = sandbox_client_call (
      client, "PATCH", "/_sandbox/organization", "{\"email_display_name\":\"Harbour\"}");
  g_assert_cmpuint (changed->status, ==, 200);
  later =
      sandbox_client_create (client, "{\"send_email\":true,\"applicant_email\":\"b@example.com\"}");
  branded = get_mail (client);
  assert_contains (branded, "subject", "Harbour");
}

/* 3.7: the first one's words, but for the heading when capture has begun. */
static void
test_resend (SandboxClient *client, gconstpointer unused)
{
  static const char *const json[] = { "Accept", "application/json", NULL };
  g_autoptr (SandboxReply) session = sandbox_client_call (
      client,
      "POST",
      "/api/v1/sessions",
      "{\"send_email\":true,\"applicant_email\":\"jane@example.com\",\"applicant_name\":\"Jane\"}");
  g_autofree char *path =
      sandbox_client_path (sandbox_reply_string (session, "id"), "/resend-invite");
  const char *page = strstr (sandbox_reply_string (session, "capture_url"), "/verify/");
  g_autoptr (SandboxReply) first = sandbox_client_call (client, "POST", path, NULL);
  g_autoptr (SandboxReply) waiting = get_mail (client);
  g_autoptr (SandboxReply) visit = sandbox_client_send (client, "GET", page, json, NULL);
  g_autoptr (SandboxReply) second = sandbox_client_call (client, "POST", path, NULL);
  g_autoptr (SandboxReply) capturing = get_mail (client);

  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (visit->status, ==, 200);
  g_assert_cmpuint (second->status, ==, 200);
  g_assert_cmpstr (sandbox_reply_string (waiting, "kind"), ==, "resend");
  g_assert_null (strstr (waiting->text, "Complete your verification"));
  assert_contains (capturing, "subject", "Complete your verification");
  assert_contains (capturing, "text", "Hello Jane,");
  g_assert_cmpint (count (client), ==, 3);
}

/* Names come from outside: no markup, no second header. */
static void
test_escaped (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (
      client,
      "{\"send_email\":true,\"applicant_email\":\"a@example.com\","
      "\"applicant_name\":\"<img src=x>\",\"email_display_name\":\"A\\r\\nBcc: <b>\","
      "\"support_url\":\"https://example.com/?a=\\\"><script>\"}");
  g_autoptr (SandboxReply) mail = get_mail (client);
  const char *html = sandbox_reply_string (mail, "html");

  g_assert_null (strpbrk (sandbox_reply_string (mail, "subject"), "\r\n"));
  g_assert_null (strstr (html, "<img"));
  g_assert_null (strstr (html, "<script"));
  g_assert_null (strstr (html, "<b>"));
}

/* 2.9: when what is personal goes, it goes here too. */
static void
test_redacted (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id =
      sandbox_client_create (client, "{\"send_email\":true,\"applicant_email\":\"a@example.com\"}");
  g_autofree char *kept =
      sandbox_client_create (client, "{\"send_email\":true,\"applicant_email\":\"b@example.com\"}");
  g_autofree char *path = sandbox_client_path (id, "/expire");
  g_autoptr (SandboxReply) ended = sandbox_client_call (client, "POST", path, NULL);
  g_autoptr (SandboxReply) settings = sandbox_client_call (
      client, "PATCH", "/_sandbox/organization", "{\"data_retention_days\":0}");
  g_autoptr (SandboxReply) mail = get_mail (client);

  g_assert_cmpuint (ended->status, ==, 200);
  g_assert_cmpuint (settings->status, ==, 200);
  g_assert_cmpint (count (client), ==, 1);
  g_assert_cmpstr (sandbox_reply_string (mail, "session_id"), ==, kept);
}

static void
test_delete (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *first =
      sandbox_client_create (client, "{\"send_email\":true,\"applicant_email\":\"a@example.com\"}");
  g_autofree char *second =
      sandbox_client_create (client, "{\"send_email\":true,\"applicant_email\":\"b@example.com\"}");
  g_autoptr (SandboxReply) newest = get_mail (client);
  g_autofree char *path = g_strconcat (OUTBOX "/", sandbox_reply_string (newest, "id"), NULL);
  g_autoptr (SandboxReply) done = sandbox_client_call (client, "DELETE", path, NULL);
  g_autoptr (SandboxReply) left = get_mail (client);
  g_autoptr (SandboxReply) again = sandbox_client_call (client, "DELETE", path, NULL);

  g_assert_cmpuint (done->status, ==, 204);
  g_assert_cmpint (count (client), ==, 1);
  g_assert_cmpstr (sandbox_reply_string (left, "session_id"), ==, first);
  sandbox_reply_assert_error (again, 404, "not_found");
}

static void
test_clear (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id =
      sandbox_client_create (client, "{\"send_email\":true,\"applicant_email\":\"a@example.com\"}");
  g_autoptr (SandboxReply) none = sandbox_client_call (client, "GET", OUTBOX "/mail_none", NULL);
  g_autoptr (SandboxReply) wrong = sandbox_client_call (client, "GET", OUTBOX "?limit=0", NULL);
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "DELETE", OUTBOX, NULL);

  sandbox_reply_assert_error (none, 404, "not_found");
  sandbox_reply_assert_error (wrong, 422, "validation_error");
  g_assert_cmpuint (reply->status, ==, 204);
  g_assert_cmpint (count (client), ==, 0);
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

  add ("/sandbox/outbox/invite", test_invite);
  add ("/sandbox/outbox/defaults", test_defaults);
  add ("/sandbox/outbox/resend", test_resend);
  add ("/sandbox/outbox/escaped", test_escaped);
  add ("/sandbox/outbox/redacted", test_redacted);
  add ("/sandbox/outbox/delete", test_delete);
  add ("/sandbox/outbox/clear", test_clear);

  return g_test_run ();
}
