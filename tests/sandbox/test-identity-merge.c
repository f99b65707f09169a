/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "identity-client.h"
#include "sandbox-golden.h"

/* Two records of one person become one (verifa-api.md 7.2). */

static const char *const live_key[] = { "X-API-Key", LIVE_KEY, NULL };

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

/* @more: members after the two ids, with their comma. */
static SandboxReply *
merge (SandboxClient *client,
       const char *what,
       const char *primary,
       const char *secondary,
       const char *more)
{
  g_autofree char *body = g_strdup_printf (
      "{\"primary_id\":\"%s\",\"secondary_id\":\"%s\"%s}", primary, secondary, more);

  return identity_client_call (client, "POST", what, "", body);
}

static void
assert_tags (SandboxReply *reply, const char *wanted)
{
  g_autofree char *tags = identity_reply_dup_texts (reply, "tags", NULL);

  g_assert_cmpstr (tags, ==, wanted);
}

static void
assert_sessions (SandboxClient *client, const char *name, const char *wanted)
{
  g_autoptr (SandboxReply) reply = identity_client_call (client, "GET", name, "/sessions", NULL);
  g_autofree char *ids = identity_reply_dup_texts (reply, "data", "id");

  g_assert_cmpstr (ids, ==, wanted);
}

static void
test_golden (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *session = identity_client_simulate (client, "guest-1042", "approve");
  g_autofree char *stub = identity_client_create (client, "guest-1043");
  g_autoptr (SandboxReply) preview = NULL;
  g_autoptr (SandboxReply) merged = NULL;

  identity_client_do (client, "POST", "guest-1042", "/tags/add", "{\"tag\":\"vip\"}");
  identity_client_do (client, "POST", "guest-1043", "/tags/add", "{\"tag\":\"late\"}");
  preview = merge (client, "merge/preview", "guest-1042", "guest-1043", "");
  sandbox_reply_assert_golden (preview, "preview_identity_merge");
  merged = merge (client, "merge", "guest-1042", "guest-1043", "");
  sandbox_reply_assert_golden (merged, "merge_identities");
  assert_tags (merged, "vip late");
}

/* Two people with sessions: the second was turned away last. */
static void
make_two (SandboxClient *client, char **ret_first, char **ret_second)
{
  *ret_first = identity_client_simulate (client, "guest-1", "approve");
  *ret_second = identity_client_simulate (client, "guest-2", "decline");
  identity_client_do (client, "POST", "guest-1", "/tags/set", "{\"tags\":[\"vip\",\"late\"]}");
  identity_client_do (client, "POST", "guest-2", "/tags/set", "{\"tags\":[\"late\",\"loud\"]}");
  identity_client_do (client,
                      "PUT",
                      "guest-1",
                      "/custom-fields",
                      "{\"custom_fields\":{\"tier\":\"gold\",\"room\":7}}");
  identity_client_do (client,
                      "PUT",
                      "guest-2",
                      "/custom-fields",
                      "{\"custom_fields\":{\"tier\":\"none\",\"car\":true}}");
}

static void
assert_fields (JsonObject *fields, guint size, const char *tier)
{
  g_assert_cmpuint (json_object_get_size (fields), ==, size);
  g_assert_cmpstr (json_object_get_string_member (fields, "tier"), ==, tier);
}

/* The preview says what the merge does, and does none of it. */
static void
test_preview (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (SandboxReply) primary = NULL;
  g_autoptr (SandboxReply) secondary = NULL;
  g_autoptr (SandboxReply) preview = NULL;
  g_autoptr (SandboxReply) after = NULL;
  g_autoptr (SandboxReply) merged = NULL;
  JsonObject *shown = NULL;
  guint entries = 0;

  make_two (client, &first, &second);
  primary = identity_client_get (client, "guest-1");
  secondary = identity_client_get (client, "guest-2");
  entries = identity_client_count_events (client, "limit=1");

  preview = merge (client, "merge/preview", "guest-1", "guest-2", "");
  g_assert_cmpuint (preview->status, ==, 200);
  shown = identity_reply_object (preview, "merged");
  g_assert_cmpstr (json_object_get_string_member (shown, "status"), ==, "rejected");
  g_assert_cmpint (json_object_get_int_member (shown, "session_count"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (shown, "latest_session_id"), ==, second);
  g_assert_cmpint (identity_reply_number (preview, "sessions"), ==, 1);
  g_assert_true (json_object_equal (identity_reply_object (preview, "primary"),
                                    sandbox_reply_object (primary)));
  g_assert_true (json_object_equal (identity_reply_object (preview, "secondary"),
                                    sandbox_reply_object (secondary)));

  after = identity_client_get (client, "guest-1");
  g_assert_cmpstr (after->text, ==, primary->text);
  assert_sessions (client, "guest-1", first);
  assert_sessions (client, "guest-2", second);
  g_assert_cmpuint (identity_client_count_events (client, "limit=1"), ==, entries);

  merged = merge (client, "merge", "guest-1", "guest-2", "");
  g_assert_cmpuint (merged->status, ==, 200);
  json_object_remove_member (shown, "updated_at");
  json_object_remove_member (sandbox_reply_object (merged), "updated_at");
  g_assert_true (json_object_equal (sandbox_reply_object (merged), shown));
  g_assert_cmpuint (identity_client_count_events (client, "action=api.identity.merge"), ==, 1);
}

static void
test_merge (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *both = NULL;
  g_autofree char *all = NULL;
  g_autoptr (SandboxReply) merged = NULL;
  g_autoptr (SandboxReply) kept = NULL;
  g_autoptr (SandboxReply) rest = NULL;
  g_autoptr (SandboxReply) later = NULL;

  make_two (client, &first, &second);
  merged = merge (client, "merge", "guest-1", "guest-2", "");
  assert_tags (merged, "vip late loud");
  g_assert_cmpstr (sandbox_reply_string (merged, "external_ref"), ==, "guest-1");
  g_assert_cmpstr (sandbox_reply_string (merged, "status"), ==, "rejected");
  g_assert_cmpint (identity_reply_number (merged, "session_count"), ==, 2);
  g_assert_nonnull (sandbox_reply_string (merged, "first_verified_at"));
  assert_fields (identity_reply_object (merged, "custom_fields"), 3, "gold");
  both = g_strjoin (" ", second, first, NULL);
  assert_sessions (client, "guest-1", both);
  kept = identity_client_get (client, "guest-1");
  g_assert_cmpstr (kept->text, ==, merged->text);

  /* What is left of the other. */
  rest = identity_client_get (client, "guest-2");
  g_assert_cmpstr (sandbox_reply_string (rest, "status"), ==, "merged");
  g_assert_cmpint (identity_reply_number (rest, "session_count"), ==, 0);
  g_assert_null (sandbox_reply_string (rest, "latest_session_id"));
  assert_sessions (client, "guest-2", "");

  /* A session of its reference is the primary's. */
  third = identity_client_simulate (client, "guest-2", "approve");
  later = identity_client_get (client, "guest-1");
  g_assert_cmpstr (sandbox_reply_string (later, "status"), ==, "verified");
  g_assert_cmpstr (sandbox_reply_string (later, "latest_session_id"), ==, third);
  g_assert_cmpint (identity_reply_number (later, "session_count"), ==, 3);
  all = g_strjoin (" ", third, both, NULL);
  assert_sessions (client, "guest-1", all);
}

/* Nothing goes over but the tags and the count. */
static void
test_toggles (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (SandboxReply) preview = NULL;
  g_autoptr (SandboxReply) merged = NULL;
  g_autoptr (SandboxReply) rest = NULL;

  make_two (client, &first, &second);
  preview = merge (client, "merge/preview", "guest-1", "guest-2", ",\"transfer_sessions\":false");
  g_assert_cmpint (identity_reply_number (preview, "sessions"), ==, 0);
  merged = merge (client,
                  "merge",
                  "guest-1",
                  "guest-2",
                  ",\"transfer_sessions\":false,\"transfer_checks\":false,"
                  "\"transfer_documents\":false,\"transfer_custom_fields\":false");
  assert_tags (merged, "vip late loud");
  g_assert_cmpint (identity_reply_number (merged, "session_count"), ==, 2);
  g_assert_cmpstr (sandbox_reply_string (merged, "status"), ==, "verified");
  g_assert_cmpstr (sandbox_reply_string (merged, "latest_session_id"), ==, first);
  assert_fields (identity_reply_object (merged, "custom_fields"), 2, "gold");
  assert_sessions (client, "guest-1", first);
  assert_sessions (client, "guest-2", second);
  rest = identity_client_get (client, "guest-2");
  g_assert_cmpstr (sandbox_reply_string (rest, "status"), ==, "merged");
}

/* Returns: whose it is. */
static char *
add_check (SandboxClient *client, const char *ref)
{
  g_autofree char *body = g_strdup_printf (
      "{\"check_type\":\"email_risk\",\"email\":\"a@example.com\",\"external_ref\":\"%s\"}", ref);
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "POST", "/api/v1/checks", body);

  g_assert_cmpuint (reply->status, ==, 201);
  return g_strdup (sandbox_reply_string (reply, "identity_id"));
}

static void
add_document (SandboxClient *client, const char *identity)
{
  static const char *const headers[] = {
    "X-API-Key", SANDBOX_KEY, "Content-Type", "multipart/form-data; boundary=edge", NULL,
  };
  g_autofree char *body = g_strdup_printf (
      "--edge\r\nContent-Disposition: form-data; name=\"document_type\"\r\n\r\npassport\r\n"
      "--edge\r\nContent-Disposition: form-data; name=\"identity_id\"\r\n\r\n%s\r\n"
      "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n"
      "%%PDF-1.4 nothing\r\n--edge--\r\n",
      identity);
  g_autoptr (SandboxReply) reply =
      sandbox_client_send (client, "POST", "/api/v1/documents", headers, body);

  g_assert_cmpuint (reply->status, ==, 201);
}

/* A session with a check of its own, two checks, a document; the other has one check. */
static void
make_belongings (SandboxClient *client, char **ret_first, char **ret_second)
{
  g_autofree char *session = identity_client_simulate (client, "guest-2", "approve");
  g_autoptr (SandboxReply) second = identity_client_get (client, "guest-2");

  *ret_first = identity_client_create (client, "guest-1");
  *ret_second = g_strdup (sandbox_reply_string (second, "id"));
  g_free (add_check (client, "guest-1"));
  for (guint i = 0; i < 2; i++)
    g_free (add_check (client, "guest-2"));
  add_document (client, *ret_second);
}

static void
assert_belongings (SandboxClient *client, const char *id, guint checks, guint documents)
{
  g_autoptr (SandboxReply) of_identity = identity_client_call (client, "GET", id, "/checks", NULL);
  g_autofree char *path = g_strconcat ("/api/v1/documents?identity_id=", id, NULL);
  g_autoptr (SandboxReply) files = sandbox_client_call (client, "GET", path, NULL);
  JsonArray *data = json_object_get_array_member (sandbox_reply_object (of_identity), "data");

  g_assert_cmpuint (json_array_get_length (data), ==, checks);
  for (guint i = 0; i < checks; i++)
    g_assert_cmpstr (
        json_object_get_string_member (json_array_get_object_element (data, i), "identity_id"),
        ==,
        id);
  g_assert_cmpint (
      json_object_get_int_member (identity_reply_object (files, "pagination"), "total"),
      ==,
      documents);
}

static void
assert_moves (SandboxReply *preview, gint64 sessions, gint64 checks, gint64 documents)
{
  g_assert_cmpuint (preview->status, ==, 200);
  g_assert_cmpint (identity_reply_number (preview, "sessions"), ==, sessions);
  g_assert_cmpint (identity_reply_number (preview, "checks"), ==, checks);
  g_assert_cmpint (identity_reply_number (preview, "documents"), ==, documents);
}

/* What is no session's goes over, and what comes later under the old reference. */
static void
test_belongings (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = identity_client_create (client, "guest-3");
  g_autofree char *owner = NULL;
  g_autoptr (SandboxReply) preview = NULL;
  g_autoptr (SandboxReply) merged = NULL;
  g_autoptr (SandboxReply) next = NULL;
  g_autoptr (SandboxReply) again = NULL;

  make_belongings (client, &first, &second);
  preview = merge (client, "merge/preview", first, second, "");
  assert_moves (preview, 1, 2, 1);
  assert_belongings (client, first, 1, 0);
  assert_belongings (client, second, 3, 1);

  merged = merge (client, "merge", first, second, "");
  g_assert_cmpuint (merged->status, ==, 200);
  assert_belongings (client, first, 4, 1);
  assert_belongings (client, second, 0, 0);
  owner = add_check (client, "guest-2");
  g_assert_cmpstr (owner, ==, first);

  /* And on to whom that one is merged into. */
  next = merge (client, "merge/preview", third, first, "");
  assert_moves (next, 1, 4, 1);
  again = merge (client, "merge", third, first, "");
  g_assert_cmpuint (again->status, ==, 200);
  assert_belongings (client, third, 5, 1);
}

static void
test_belongings_stay (SandboxClient *client, gconstpointer unused)
{
  static const char more[] = ",\"transfer_checks\":false,\"transfer_documents\":false";
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (SandboxReply) preview = NULL;
  g_autoptr (SandboxReply) merged = NULL;

  make_belongings (client, &first, &second);
  preview = merge (client, "merge/preview", first, second, more);
  assert_moves (preview, 1, 0, 0);
  merged = merge (client, "merge", first, second, more);
  g_assert_cmpuint (merged->status, ==, 200);
  /* The session took its check along. */
  assert_belongings (client, first, 2, 0);
  assert_belongings (client, second, 2, 1);
}

static void
test_redacted_secondary (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autoptr (SandboxReply) merged = NULL;
  g_autoptr (SandboxReply) rest = NULL;
  g_autoptr (SandboxReply) later = NULL;

  make_two (client, &first, &second);
  identity_client_do (client, "PATCH", "guest-2", "", "{\"first_name\":\"Petronella\"}");
  merged = merge (client, "merge", "guest-1", "guest-2", ",\"redact_secondary\":true");
  g_assert_cmpuint (merged->status, ==, 200);
  rest = identity_client_get (client, "guest-2");
  g_assert_cmpstr (sandbox_reply_string (rest, "status"), ==, "redacted");
  g_assert_null (strstr (rest->text, "Petronella"));
  g_assert_cmpuint (json_object_get_size (identity_reply_object (rest, "extracted_data")), ==, 0);
  g_assert_cmpuint (json_object_get_size (identity_reply_object (rest, "custom_fields")), ==, 0);

  /* Its reference still leads to the person. */
  third = identity_client_simulate (client, "guest-2", "approve");
  later = identity_client_get (client, "guest-1");
  g_assert_cmpstr (sandbox_reply_string (later, "latest_session_id"), ==, third);
}

typedef struct
{
  const char *method;
  const char *rest;
  const char *body;
  guint status;
} Call;

/* None of it changes an identity that is no more. */
static const Call refused[] = {
  { "PATCH", "", "{\"first_name\":\"Jane\"}", 400 },
  { "PATCH", "", "{\"external_ref\":\"guest-9\"}", 400 },
  { "PUT", "/custom-fields", "{\"custom_fields\":{\"tier\":\"gold\"}}", 400 },
  { "POST", "/tags/add", "{\"tag\":\"late\"}", 400 },
  { "POST", "/tags/remove", "{\"tag\":\"vip\"}", 400 },
  { "POST", "/tags/set", "{\"tags\":[]}", 400 },
};

static void
assert_closed (SandboxClient *client, const char *id)
{
  g_autoptr (SandboxReply) before = identity_client_get (client, id);
  g_autoptr (SandboxReply) after = NULL;
  static const char *const sides[] = { "merge", "merge/preview" };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (SandboxReply) reply =
          identity_client_call (client, refused[i].method, id, refused[i].rest, refused[i].body);

      g_test_message ("%s %s", refused[i].method, refused[i].rest);
      g_assert_cmpuint (reply->status, ==, refused[i].status);
    }
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autoptr (SandboxReply) secondary = merge (client, sides[i], "guest-3", id, "");
      g_autoptr (SandboxReply) primary = merge (client, sides[i], id, "guest-3", "");

      sandbox_reply_assert_error (secondary, 409, "conflict");
      sandbox_reply_assert_error (primary, 409, "conflict");
    }
  after = identity_client_get (client, id);
  g_assert_cmpstr (after->text, ==, before->text);
}

static void
test_merged_is_closed (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *second = NULL;
  g_autofree char *third = identity_client_create (client, "guest-3");
  g_autofree char *first = identity_client_create (client, "guest-1");
  g_autoptr (SandboxReply) taken = NULL;

  second = identity_client_create (client, "guest-2");
  {
    g_autoptr (SandboxReply) merged = merge (client, "merge", "guest-1", "guest-2", "");

    g_assert_cmpuint (merged->status, ==, 200);
  }
  assert_closed (client, second);
  taken = sandbox_client_call (client, "POST", IDENTITIES, "{\"external_ref\":\"guest-2\"}");
  sandbox_reply_assert_error (taken, 409, "conflict");
}

static void
test_redacted_is_closed (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *first = identity_client_create (client, "guest-1");
  g_autofree char *third = identity_client_create (client, "guest-3");
  g_autofree char *again = NULL;
  g_autoptr (SandboxReply) twice = NULL;
  static const char *const moves[] = { "/archive", "/restore" };

  identity_client_do (client, "POST", first, "/tags/set", "{\"tags\":[\"vip\"]}");
  identity_client_do (client, "DELETE", first, "", NULL);
  assert_closed (client, first);
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autoptr (SandboxReply) reply = identity_client_call (client, "POST", first, moves[i], NULL);

      sandbox_reply_assert_error (reply, 422, "validation_error");
    }
  twice = identity_client_call (client, "DELETE", first, "", NULL);
  g_assert_cmpuint (twice->status, ==, 200);

  /* Who comes again is somebody new. */
  again = identity_client_create (client, "guest-1");
  g_assert_cmpstr (again, !=, first);
}

static void
test_too_many_tags (SandboxClient *client, gconstpointer unused)
{
  static const char *const refs[] = { "guest-1", "guest-2" };
  g_autofree char *first = identity_client_create (client, "guest-1");
  g_autofree char *second = identity_client_create (client, "guest-2");
  g_autoptr (SandboxReply) more = NULL;
  g_autoptr (SandboxReply) merged = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refs); i++)
    {
      g_autoptr (GString) tags = g_string_new ("{\"tags\":[");

      for (guint j = 0; j < (i == 0 ? 50u : 1u); j++)
        g_string_append_printf (tags, "%s\"%s-%u\"", j > 0 ? "," : "", refs[i], j);
      g_string_append (tags, "]}");
      identity_client_do (client, "POST", refs[i], "/tags/set", tags->str);
    }
  more = identity_client_call (client, "POST", "guest-1", "/tags/add", "{\"tag\":\"one\"}");
  sandbox_reply_assert_error (more, 422, "validation_error");
  merged = merge (client, "merge", "guest-1", "guest-2", "");
  sandbox_reply_assert_error (merged, 409, "conflict");
}

/* Neither side may be of the other environment. */
static void
test_environment (SandboxClient *client, gconstpointer unused)
{
  static const char *const whats[] = { IDENTITIES "/merge", IDENTITIES "/merge/preview" };
  g_autofree char *ours = identity_client_create (client, "guest-1");
  g_autofree char *theirs = NULL;
  g_autoptr (SandboxReply) created =
      sandbox_client_send (client, "POST", IDENTITIES, live_key, "{\"external_ref\":\"guest-2\"}");

  g_assert_cmpuint (created->status, ==, 201);
  theirs = g_strdup (sandbox_reply_string (created, "id"));
  for (guint i = 0; i < G_N_ELEMENTS (whats); i++)
    {
      g_autofree char *body =
          g_strdup_printf ("{\"primary_id\":\"%s\",\"secondary_id\":\"%s\"}", ours, theirs);
      g_autofree char *turned =
          g_strdup_printf ("{\"primary_id\":\"%s\",\"secondary_id\":\"%s\"}", theirs, ours);
      g_autoptr (SandboxReply) secondary = sandbox_client_call (client, "POST", whats[i], body);
      g_autoptr (SandboxReply) primary = sandbox_client_call (client, "POST", whats[i], turned);

      sandbox_reply_assert_error (secondary, 404, "not_found");
      sandbox_reply_assert_error (primary, 404, "not_found");
    }
}

#define ADD(name, test)                                                                            \
  g_test_add ("/sandbox/identity-merge/" name, SandboxClient, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("golden", test_golden);
  ADD ("preview", test_preview);
  ADD ("merge", test_merge);
  ADD ("toggles", test_toggles);
  ADD ("belongings", test_belongings);
  ADD ("belongings-stay", test_belongings_stay);
  ADD ("redacted-secondary", test_redacted_secondary);
  ADD ("merged-is-closed", test_merged_is_closed);
  ADD ("redacted-is-closed", test_redacted_is_closed);
  ADD ("too-many-tags", test_too_many_tags);
  ADD ("environment", test_environment);
  return g_test_run ();
}
