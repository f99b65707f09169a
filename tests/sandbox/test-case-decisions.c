/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "case-client.h"

/*
 * What reviewers decide, and what becomes of it (verifa-api.md 7.3, 8.4): with one reviewer and
 * with two, notes and corrections, claims that lapse, and what is told.
 */

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

static JsonObject *
get_part (SandboxReply *whole, const char *name)
{
  return json_object_get_object_member (sandbox_reply_object (whole), name);
}

static void
assert_part (SandboxReply *whole, const char *part, const char *name, const char *wanted)
{
  g_assert_cmpstr (
      json_object_get_string_member_with_default (get_part (whole, part), name, NULL), ==, wanted);
}

static void
test_approve (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = case_client_open (client, "a");
  g_autoptr (SandboxReply) before = case_client_get (client, id);
  g_autoptr (SandboxReply) done = NULL;
  g_autoptr (SandboxReply) after = NULL;
  JsonObject *checks = NULL;

  done = case_client_post (client,
                           id,
                           "/approve",
                           "{\"reviewer_id\":\"" REVIEWER
                           "\",\"notes\":\"Looks right\",\"rejection_reason\":null}");
  g_assert_cmpuint (done->status, ==, 200);
  g_assert_cmpstr (sandbox_reply_string (done, "status"), ==, "approved");
  g_assert_cmpstr (sandbox_reply_string (done, "decision"), ==, "approved");
  /* Nobody had it: deciding was taking it. */
  g_assert_cmpstr (sandbox_reply_string (done, "assigned_to"), ==, REVIEWER);
  g_assert_nonnull (sandbox_reply_string (done, "claimed_at"));
  g_assert_nonnull (sandbox_reply_string (done, "decided_at"));
  g_assert_cmpstr (sandbox_reply_string (done, "entered_review_at"),
                   ==,
                   sandbox_reply_string (before, "entered_review_at"));

  after = case_client_get (client, id);
  assert_part (after, "session", "status", "completed");
  assert_part (after, "session", "case_status", "approved");
  assert_part (after, "result", "status", "approved");
  assert_part (after, "result", "rejection_reason_code", NULL);
  /* What was found stays as it was found (8.6). */
  checks = json_object_get_object_member (get_part (after, "result"), "check_results");
  g_assert_cmpint (
      json_object_get_int_member (json_object_get_object_member (checks, "face_match"), "attempt"),
      ==,
      1);
  g_assert_cmpint (
      json_object_get_int_member (get_part (after, "session"), "processing_attempts"), ==, 1);
  g_assert_cmpfloat (
      json_object_get_double_member (get_part (after, "result"), "face_match_score"), ==, 0.62);
}

static void
test_reject (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *plain = case_client_open (client, "a");
  g_autofree char *told = case_client_open (client, "b");
  g_autoptr (SandboxReply) first = NULL;
  g_autoptr (SandboxReply) second = NULL;

  assert_ok (case_client_act (client, plain, "claim", REVIEWER));
  assert_ok (case_client_act (client, plain, "reject", REVIEWER));
  first = case_client_get (client, plain);
  g_assert_cmpstr (sandbox_reply_string (first, "decision"), ==, "rejected");
  assert_part (first, "session", "status", "completed");
  assert_part (first, "result", "status", "rejected");
  assert_part (first, "result", "rejection_reason", NULL);
  assert_part (first, "result", "rejection_reason_code", "manual_rejection");

  assert_ok (case_client_post (client,
                               told,
                               "/reject",
                               "{\"reviewer_id\":\"6ba7b810-9dad-11d1-80b4-00c04fd430c8\","
                               "\"rejection_reason\":\"Not the same person\","
                               "\"rejection_reason_code\":\"face_mismatch\"}"));
  second = case_client_get (client, told);
  assert_part (second, "result", "rejection_reason", "Not the same person");
  assert_part (second, "result", "rejection_reason_code", "face_mismatch");
}

/* Whatever would move a decided case is refused, and leaves it alone. */
static void
test_final (SandboxClient *client, gconstpointer unused)
{
  static const char *const actions[] = { "claim",   "release", "assign",
                                         "approve", "reject",  "escalate" };
  static const char *const decisions[] = { "approve", "reject" };

  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      g_autofree char *id = case_client_open (client, decisions[i]);
      g_autoptr (SandboxReply) before = NULL;
      g_autoptr (SandboxReply) after = NULL;

      assert_ok (case_client_act (client, id, decisions[i], REVIEWER));
      before = case_client_get (client, id);
      for (guint j = 0; j < G_N_ELEMENTS (actions); j++)
        {
          assert_error (case_client_act (client, id, actions[j], REVIEWER), 409, "conflict");
          assert_error (case_client_act (client, id, actions[j], SECOND), 409, "conflict");
        }
      assert_error (
          case_client_post (
              client, id, "/override-check", "{\"check\":\"face_match\",\"reason\":\"a\"}"),
          409,
          "conflict");
      after = case_client_get (client, id);
      g_assert_cmpstr (before->text, ==, after->text);
    }
}

/* A case that went away with its session's expiry is not there any more. */
static void
test_withdrawn (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = case_client_open (client, "a");
  g_autoptr (SandboxReply) whole = case_client_get (client, id);
  g_autofree char *path =
      sandbox_client_path (sandbox_reply_string (whole, "session_id"), "/expire");

  assert_ok (sandbox_client_call (client, "POST", path, NULL));
  assert_error (case_client_get (client, id), 404, "not_found");
  assert_error (case_client_act (client, id, "approve", REVIEWER), 404, "not_found");
}

static void
test_pii (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = case_client_open (client, "a");
  g_autofree char *path = g_strconcat ("/api/v1/cases/", id, "/result/pii", NULL);
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (client,
                           "PUT",
                           path,
                           "{\"extracted_data\":{\"first_name\":\"Janet\",\"gender\":null,"
                           "\"shoe_size\":7,\"address\":{\"city\":\"Oakland\",\"planet\":1}}}");
  g_autoptr (SandboxReply) whole = NULL;
  g_autoptr (SandboxReply) events = NULL;
  JsonObject *data = NULL;
  JsonObject *event = NULL;

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (sandbox_reply_string (reply, "status"), ==, "needs_review");
  g_assert_nonnull (sandbox_reply_string (reply, "updated_at"));
  data = json_object_get_object_member (sandbox_reply_object (reply), "extracted_data");
  g_assert_cmpstr (json_object_get_string_member (data, "first_name"), ==, "Janet");
  g_assert_cmpstr (json_object_get_string_member (data, "last_name"), ==, "Doe");
  g_assert_false (json_object_has_member (data, "gender"));
  g_assert_false (json_object_has_member (data, "shoe_size"));
  g_assert_cmpuint (json_object_get_size (json_object_get_object_member (data, "address")), ==, 1);
  /* The decision does not undo it. */
  assert_ok (case_client_act (client, id, "approve", REVIEWER));
  whole = case_client_get (client, id);
  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (get_part (whole, "result"), "extracted_data"),
                       "first_name"),
                   ==,
                   "Janet");

  /* The trail names the fields, and not what they say. */
  events =
      sandbox_client_call (client, "GET", "/api/v1/events?action=api.case.update_result_pii", NULL);
  g_assert_null (g_strstr_len (events->text, -1, "Janet"));
  event = json_array_get_object_element (
      json_object_get_array_member (sandbox_reply_object (events), "data"), 0);
  g_assert_cmpstr (json_object_get_string_member (event, "resource_id"), ==, id);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (
                        json_object_get_object_member (event, "metadata"), "fields")),
                    ==,
                    3);
}

static void
test_override (SandboxClient *client, gconstpointer unused)
{
  g_autoptr (SandboxReply) demo = sandbox_client_call (client, "POST", "/api/v1/cases/demo", NULL);
  g_autoptr (SandboxReply) watchlist =
      sandbox_client_call (client, "POST", "/api/v1/cases/demo", NULL);
  const char *id = sandbox_reply_string (watchlist, "id");
  const char *body = "{\"check\":\"watchlist_screening\",\"reason\":\"Another Jane Doe\"}";
  g_autoptr (SandboxReply) whole = NULL;
  g_autoptr (SandboxReply) attempts = NULL;
  g_autoptr (SandboxReply) events = NULL;
  g_autofree char *path = NULL;
  JsonArray *array = NULL;
  JsonObject *check = NULL;
  JsonObject *metadata = NULL;

  g_assert_cmpuint (demo->status, ==, 201);
  assert_error (
      case_client_post (client, id, "/override-check", "{\"check\":\"x\",\"reason\":\"a\"}"),
      404,
      "not_found");
  assert_error (case_client_post (
                    client, id, "/override-check", "{\"check\":\"face_match\",\"reason\":\"a\"}"),
                409,
                "conflict");
  assert_ok (case_client_post (client, id, "/override-check", body));
  /* It has passed now. */
  assert_error (case_client_post (client, id, "/override-check", body), 409, "conflict");

  whole = case_client_get (client, id);
  check = json_object_get_object_member (
      json_object_get_object_member (get_part (whole, "result"), "check_results"),
      "watchlist_screening");
  g_assert_cmpstr (json_object_get_string_member (check, "status"), ==, "passed");
  path = sandbox_client_path (sandbox_reply_string (whole, "session_id"),
                              "/verifications/watchlist_screening/attempts");
  attempts = sandbox_client_call (client, "GET", path, NULL);
  array = json_object_get_array_member (sandbox_reply_object (attempts), "attempts");
  g_assert_cmpuint (json_array_get_length (array), ==, 2);
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (array, 0), "status"),
      ==,
      "failed");
  g_assert_nonnull (g_strstr_len (
      json_object_get_string_member (json_array_get_object_element (array, 1), "reason"),
      -1,
      "Another Jane Doe"));

  events =
      sandbox_client_call (client, "GET", "/api/v1/events?action=api.case.override_check", NULL);
  metadata = json_object_get_object_member (
      json_array_get_object_element (
          json_object_get_array_member (sandbox_reply_object (events), "data"), 0),
      "metadata");
  g_assert_cmpstr (json_object_get_string_member (metadata, "check"), ==, "watchlist_screening");
  g_assert_cmpstr (json_object_get_string_member (metadata, "reason"), ==, "Another Jane Doe");
}

static void
test_notes (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = case_client_open (client, "a");
  g_autofree char *path = g_strconcat ("/api/v1/cases/", id, "/notes", NULL);
  g_autoptr (SandboxReply) added = case_client_post (
      client, id, "/notes", "{\"content\":\"\\u05e9\\u05dc\\u05d5\\u05dd \\ud83d\\ude42\"}");
  g_autoptr (SandboxReply) list = NULL;
  JsonArray *data = NULL;
  JsonObject *second = NULL;

  g_assert_cmpuint (added->status, ==, 201);
  g_assert_cmpstr (sandbox_reply_string (added, "author_type"), ==, "api");
  assert_ok (case_client_post (
      client, id, "/approve", "{\"reviewer_id\":\"" REVIEWER "\",\"notes\":\"Fine\"}"));
  /* What is decided can still be talked about. */
  g_clear_pointer (&added, sandbox_reply_free);
  added = case_client_post (client, id, "/notes", "{\"content\":\"Later\"}");
  g_assert_cmpuint (added->status, ==, 201);

  list = sandbox_client_call (client, "GET", path, NULL);
  data = json_object_get_array_member (sandbox_reply_object (list), "data");
  g_assert_cmpuint (json_array_get_length (data), ==, 3);
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (data, 0), "content"),
      ==,
      "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xf0\x9f\x99\x82");
  second = json_array_get_object_element (data, 1);
  g_assert_cmpstr (json_object_get_string_member (second, "author_type"), ==, "org");
  g_assert_cmpstr (json_object_get_string_member (second, "author_name"), ==, REVIEWER);
  g_assert_cmpstr (json_object_get_string_member (second, "content"), ==, "Fine");
}

static void
test_many_notes (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = case_client_open (client, "a");

  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (SandboxReply) added =
          case_client_post (client, id, "/notes", "{\"content\":\"a\"}");

      g_assert_cmpuint (added->status, ==, 201);
    }
  assert_error (
      case_client_post (client, id, "/notes", "{\"content\":\"a\"}"), 422, "validation_error");
}

static void
test_update (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = case_client_open (client, "a");
  g_autofree char *path = g_strconcat ("/api/v1/cases/", id, NULL);
  g_autoptr (SandboxReply) first = NULL;
  g_autoptr (SandboxReply) second = NULL;
  JsonObject *object = NULL;

  first = sandbox_client_call (
      client,
      "PATCH",
      path,
      "{\"metadata\":{\"Room No\":7,\"b\":1},\"customFields\":{\"queue\":\"a\"},"
      "\"tags\":[\"x\",\"x\",\"y\"],\"priority\":\"urgent\"}");
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpstr (sandbox_reply_string (first, "priority"), ==, "urgent");
  object = sandbox_reply_object (first);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "tags")), ==, 2);

  second = sandbox_client_call (client, "PATCH", path, "{\"metadata\":{\"b\":null,\"c\":2}}");
  object = json_object_get_object_member (sandbox_reply_object (second), "metadata");
  g_assert_cmpuint (json_object_get_size (object), ==, 2);
  g_assert_cmpint (json_object_get_int_member (object, "Room No"), ==, 7);
  g_assert_cmpstr (sandbox_reply_string (second, "priority"), ==, "urgent");
  g_assert_cmpstr (sandbox_reply_string (second, "status"), ==, "open");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/sandbox/case-decisions/" name, SandboxClient, NULL, set_up, func, tear_down)
  ADD ("approve", test_approve);
  ADD ("reject", test_reject);
  ADD ("final", test_final);
  ADD ("withdrawn", test_withdrawn);
  ADD ("pii", test_pii);
  ADD ("override", test_override);
  ADD ("notes", test_notes);
  ADD ("many-notes", test_many_notes);
  ADD ("update", test_update);
  return g_test_run ();
}
