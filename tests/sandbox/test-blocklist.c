/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "session-client.h"

/* What is left of a blocklist when whom it blocks is deleted (verifa-api.md 2.9, 7.3). */

#define LISTS "/api/v1/lists"
#define NUMBER "ZQ-7788.990"

static SandboxReply *
get (SessionFixture *fixture, const char *path)
{
  SandboxReply *reply = sandbox_client_call (&fixture->client, "GET", path, NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  return reply;
}

static void
visit (SessionFixture *fixture, const char *capture_url)
{
  static const char *const json[] = { "Accept", "application/json", NULL };
  g_autoptr (SandboxReply) reply =
      sandbox_client_send (&fixture->client, "GET", strstr (capture_url, "/verify/"), json, NULL);

  g_assert_cmpuint (reply->status, ==, 200);
}

static void
upload (SessionFixture *fixture, const char *id, const char *fields)
{
  g_autoptr (GBytes) png = session_make_png (1600, 1000, "pictured-heron");
  g_autoptr (SandboxReply) reply = session_upload (fixture, id, fields, png);

  g_assert_cmpuint (reply->status, ==, 201);
}

/* Rejects the session's case, after its document's number was corrected. */
static void
block (SessionFixture *fixture, const char *id)
{
  g_autoptr (SandboxReply) session = session_look (fixture, id, "");
  g_autofree char *base =
      g_strconcat ("/api/v1/cases/", sandbox_reply_string (session, "case_id"), NULL);
  g_autofree char *pii = g_strconcat (base, "/result/pii", NULL);
  g_autofree char *reject = g_strconcat (base, "/reject", NULL);
  g_autoptr (SandboxReply) corrected =
      sandbox_client_call (&fixture->client,
                           "PUT",
                           pii,
                           "{\"extracted_data\":{\"document_number\":\"" NUMBER "\","
                           "\"document_type\":\"passport\"}}");
  g_autoptr (SandboxReply) rejected =
      sandbox_client_call (&fixture->client,
                           "POST",
                           reject,
                           "{\"reviewer_id\":\"orguser_frontdesk\",\"add_to_blocklist\":true}");

  g_assert_cmpuint (corrected->status, ==, 200);
  g_assert_cmpuint (rejected->status, ==, 200);
}

/* Returns: a session whose applicant is blocked: document, device, face. */
static char *
make_blocked (SessionFixture *fixture)
{
  g_autoptr (SandboxReply) made = sandbox_client_call (
      &fixture->client, "POST", "/api/v1/sessions", "{\"external_ref\":\"guest-7\"}");
  const char *id = sandbox_reply_string (made, "id");

  visit (fixture, sandbox_reply_string (made, "capture_url"));
  upload (fixture, id, "document_type=id_front");
  upload (fixture, id, "document_type=selfie");
  session_simulate (fixture, id, "require-review");
  block (fixture, id);
  return g_strdup (id);
}

/* The items of the blocklist of that type. */
static SandboxReply *
get_items (SessionFixture *fixture, const char *list_type)
{
  g_autoptr (SandboxReply) lists = get (fixture, LISTS);
  JsonArray *data = json_object_get_array_member (sandbox_reply_object (lists), "data");

  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      JsonObject *list = json_array_get_object_element (data, i);
      g_autofree char *path =
          g_strconcat (LISTS "/", json_object_get_string_member (list, "id"), "/items", NULL);

      if (g_str_equal (json_object_get_string_member (list, "list_type"), list_type))
        return get (fixture, path);
    }
  g_error ("There is no list of the type %s", list_type);
}

/* The one item there is. */
static JsonObject *
only_of (SandboxReply *items)
{
  JsonArray *data = json_object_get_array_member (sandbox_reply_object (items), "data");

  g_assert_cmpuint (json_array_get_length (data), ==, 1);
  return json_array_get_object_element (data, 0);
}

static char *
dup_member (SessionFixture *fixture, const char *list_type, const char *name)
{
  g_autoptr (SandboxReply) items = get_items (fixture, list_type);

  return g_strdup (json_object_get_string_member (
      json_object_get_object_member (only_of (items), "value"), name));
}

static gboolean
is_matched (SessionFixture *fixture, const char *list_type, const char *value)
{
  g_autofree char *body = g_strdup_printf ("{\"list_type\":\"%s\",\"value\":%s}", list_type, value);
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (&fixture->client, "POST", LISTS "/check", body);

  g_assert_cmpuint (reply->status, ==, 200);
  return json_object_get_boolean_member (sandbox_reply_object (reply), "matched");
}

/* What blocks still, and what does not. */
static void
assert_blocks (SessionFixture *fixture, const char *fingerprint)
{
  g_autofree char *device = g_strdup_printf ("{\"fingerprint_hash\":\"%s\"}", fingerprint);

  g_assert_true (is_matched (fixture, "device_fingerprint", device));
  /* However it is written; another class of document has numbers of its own. */
  g_assert_true (is_matched (fixture, "government_id", "{\"id_number\":\"zq 7788990\"}"));
  g_assert_true (is_matched (
      fixture, "government_id", "{\"id_number\":\"ZQ7788990\",\"id_class\":\"passport\"}"));
  g_assert_false (is_matched (
      fixture, "government_id", "{\"id_number\":\"ZQ7788990\",\"id_class\":\"national_id\"}"));
  g_assert_false (is_matched (fixture, "government_id", "{\"id_number\":\"ZQ7788991\"}"));
}

static void
assert_forgotten (SessionFixture *fixture, const char *session_id)
{
  static const char *const types[] = { "government_id", "device_fingerprint" };
  g_autoptr (SandboxReply) faces = get_items (fixture, "face");

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (SandboxReply) items = get_items (fixture, types[i]);
      JsonObject *item = only_of (items);

      g_assert_true (json_object_get_null_member (item, "value"));
      g_assert_true (json_object_get_null_member (item, "notes"));
      g_assert_null (strstr (items->text, session_id));
    }
  /* Likeness cannot be told from a digest. */
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (sandbox_reply_object (faces), "data")),
      ==,
      0);
}

static const char *const markers[] = { NUMBER, "zq7788990", "\"embedding\"", "pictured-heron" };

static void
test_redact (SessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = make_blocked (fixture);
  g_autofree char *fingerprint = dup_member (fixture, "device_fingerprint", "fingerprint_hash");
  g_autofree char *number = dup_member (fixture, "government_id", "id_number");
  g_autoptr (SandboxReply) redacted = NULL;

  g_assert_cmpstr (number, ==, NUMBER);
  assert_blocks (fixture, fingerprint);
  for (guint i = 0; i < G_N_ELEMENTS (markers); i++)
    g_assert_true (session_is_in_files (fixture, markers[i]));
  g_assert_true (session_is_in_files (fixture, fingerprint));

  redacted = session_redact (fixture, id);
  g_assert_cmpuint (redacted->status, ==, 200);
  for (guint i = 0; i < G_N_ELEMENTS (markers); i++)
    {
      g_test_message ("%s", markers[i]);
      g_assert_false (session_is_in_files (fixture, markers[i]));
    }
  g_assert_false (session_is_in_files (fixture, fingerprint));
  assert_forgotten (fixture, id);
  assert_blocks (fixture, fingerprint);
}

/* Who comes again is known, and not entered a second time. */
static void
test_again (SessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *first = make_blocked (fixture);
  g_autoptr (SandboxReply) redacted = session_redact (fixture, first);
  g_autofree char *second = sandbox_client_create (&fixture->client, "{}");
  g_autoptr (SandboxReply) items = NULL;

  g_assert_cmpuint (redacted->status, ==, 200);
  session_simulate (fixture, second, "require-review");
  block (fixture, second);
  items = get_items (fixture, "government_id");
  g_assert_true (json_object_get_null_member (only_of (items), "value"));
}

/* The person is deleted; the session stays readable until it is deleted itself. */
static void
test_identity (SessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = make_blocked (fixture);
  g_autofree char *fingerprint = dup_member (fixture, "device_fingerprint", "fingerprint_hash");
  g_autoptr (SandboxReply) redacted =
      sandbox_client_call (&fixture->client, "DELETE", "/api/v1/identities/guest-7", NULL);

  g_assert_cmpuint (redacted->status, ==, 200);
  assert_forgotten (fixture, id);
  assert_blocks (fixture, fingerprint);
  g_assert_false (session_is_in_files (fixture, fingerprint));
}

/* Nobody's entry but the session's own. */
static void
test_others_stay (SessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *other = sandbox_client_create (&fixture->client, "{}");
  g_autofree char *id = make_blocked (fixture);
  g_autoptr (SandboxReply) redacted = NULL;
  g_autofree char *number = NULL;

  session_simulate (fixture, other, "decline");
  redacted = session_redact (fixture, other);
  g_assert_cmpuint (redacted->status, ==, 200);
  number = dup_member (fixture, "government_id", "id_number");
  g_assert_cmpstr (number, ==, NUMBER);
}

#define ADD(name, func)                                                                            \
  g_test_add (                                                                                     \
      "/sandbox/blocklist/" name, SessionFixture, "{}", session_set_up, func, session_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("redact", test_redact);
  ADD ("again", test_again);
  ADD ("identity", test_identity);
  ADD ("others-stay", test_others_stay);
  return g_test_run ();
}
