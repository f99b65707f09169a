/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "identity-client.h"
#include "sandbox-golden.h"

/* Identities (verifa-api.md 7.2): what sessions make of them and what callers do with them. */

static const char *const live_key[] = { "X-API-Key", LIVE_KEY, NULL };

static void
test_golden (void)
{
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) created = NULL;
  g_autoptr (SandboxReply) stub = NULL;
  g_autoptr (SandboxReply) again = NULL;
  g_autoptr (SandboxReply) one = NULL;
  g_autoptr (SandboxReply) list = NULL;
  g_autoptr (SandboxReply) cursor = NULL;
  g_autoptr (SandboxReply) found = NULL;
  g_autoptr (SandboxReply) sessions = NULL;
  g_autoptr (SandboxReply) whole = NULL;
  g_autoptr (SandboxReply) events = NULL;
  g_autofree char *other = NULL;

  sandbox_client_start (&client, NULL);
  created = sandbox_client_call (&client, "POST", IDENTITIES, "{\"external_ref\":\"guest-1042\"}");
  sandbox_reply_assert_golden (created, "create_identity");
  g_assert_true (g_str_has_prefix (sandbox_reply_string (created, "id"), "identity_"));
  stub = identity_client_get (&client, "guest-1042");
  sandbox_reply_assert_golden (stub, "get_identity_stub");
  again = sandbox_client_call (
      &client, "POST", IDENTITIES, "{\"external_ref\":\"guest-1042\",\"upsert\":true}");
  sandbox_reply_assert_golden (again, "create_identity_upsert");
  g_assert_cmpstr (sandbox_reply_string (again, "id"), ==, sandbox_reply_string (created, "id"));
  other = identity_client_create (&client, "guest-1");

  g_free (identity_client_simulate (&client, "guest-1042", "approve"));
  one = identity_client_get (&client, sandbox_reply_string (created, "id"));
  sandbox_reply_assert_golden (one, "get_identity");
  list = sandbox_client_call (&client, "GET", IDENTITIES "?q=GUEST-1042", NULL);
  sandbox_reply_assert_golden (list, "list_identities");
  cursor = sandbox_client_call (&client, "GET", IDENTITIES "?page[size]=1", NULL);
  sandbox_reply_assert_golden (cursor, "list_identities_cursor");
  found = sandbox_client_call (&client, "POST", IDENTITIES "/search", "{\"q\":\"jane doe\"}");
  sandbox_reply_assert_golden (found, "search_identities");
  sessions = identity_client_call (&client, "GET", "guest-1042", "/sessions", NULL);
  sandbox_reply_assert_golden (sessions, "list_identity_sessions");
  whole = identity_client_call (&client, "GET", "guest-1042", "/export", NULL);
  sandbox_reply_assert_golden (whole, "export_identity");
  /* That somebody had it all is noted. */
  events = sandbox_client_call (&client, "GET", "/api/v1/events?action=api.identity.export", NULL);
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (sandbox_reply_object (events), "data")),
      ==,
      1);
  sandbox_client_stop (&client);
}

typedef struct
{
  const char *golden;
  const char *method;
  const char *rest;
  const char *body;
} Action;

/* In turn, on one identity. */
static const Action actions[] = {
  { "update_identity",
    "PATCH",
    "",
    "{\"last_name\":\"Smith\",\"email\":\"jane@example.com\",\"phone\":\"+14155550123\"}" },
  { "set_identity_custom_fields",
    "PUT",
    "/custom-fields",
    "{\"custom_fields\":{\"tier\":\"gold\"}}" },
  { "add_identity_tag", "POST", "/tags/add", "{\"tag\":\"vip\"}" },
  { "remove_identity_tag", "POST", "/tags/remove", "{\"tag\":\"other\"}" },
  { "set_identity_tags", "POST", "/tags/set", "{\"tags\":[\"vip\"]}" },
  { "archive_identity", "POST", "/archive", NULL },
  { "restore_identity", "POST", "/restore", NULL },
  { "redact_identity", "DELETE", "", NULL },
};

static void
test_actions (void)
{
  SandboxClient client = { NULL };

  sandbox_client_start (&client, NULL);
  g_free (identity_client_simulate (&client, "guest-1042", "approve"));
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr (SandboxReply) reply = identity_client_call (
          &client, actions[i].method, "guest-1042", actions[i].rest, actions[i].body);

      sandbox_reply_assert_golden (reply, actions[i].golden);
    }
  /* Every one of them left its entry, which does not name the person. */
  g_assert_cmpuint (
      identity_client_count_events (&client, "resource_type=identity"), ==, G_N_ELEMENTS (actions));
  {
    g_autoptr (SandboxReply) trail =
        sandbox_client_call (&client, "GET", "/api/v1/events?resource_type=identity", NULL);

    g_assert_null (strstr (trail->text, "guest-1042"));
    g_assert_nonnull (strstr (trail->text, "/api/v1/identities/identity_"));
  }
  sandbox_client_stop (&client);
}

/* verifa-api.md 7.2, 8.4: a session that waits for its review has not completed. */
static void
test_review (void)
{
  SandboxClient client = { NULL };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *path = NULL;
  g_autofree char *decide = NULL;
  g_autoptr (SandboxReply) none = NULL;
  g_autoptr (SandboxReply) session = NULL;
  g_autoptr (SandboxReply) decided = NULL;
  g_autoptr (SandboxReply) rejected = NULL;
  g_autoptr (SandboxReply) after = NULL;

  sandbox_client_start (&client, NULL);
  first = identity_client_simulate (&client, "guest-1", "require-review");
  none = identity_client_call (&client, "GET", "guest-1", "", NULL);
  sandbox_reply_assert_error (none, 404, "not_found");

  path = sandbox_client_path (first, "");
  session = sandbox_client_call (&client, "GET", path, NULL);
  decide =
      g_strconcat ("/api/v1/cases/", sandbox_reply_string (session, "case_id"), "/reject", NULL);
  decided =
      sandbox_client_call (&client, "POST", decide, "{\"reviewer_id\":\"orguser_frontdesk\"}");
  g_assert_cmpuint (decided->status, ==, 200);
  rejected = identity_client_get (&client, "guest-1");
  g_assert_cmpstr (sandbox_reply_string (rejected, "status"), ==, "rejected");
  g_assert_cmpstr (sandbox_reply_string (rejected, "latest_session_id"), ==, first);
  g_assert_cmpint (identity_reply_number (rejected, "session_count"), ==, 1);

  second = identity_client_simulate (&client, "guest-1", "require-review");
  after = identity_client_get (&client, "guest-1");
  g_assert_cmpstr (after->text, ==, rejected->text);
  sandbox_client_stop (&client);
}

/* Its status is that of the session that ended last, and may go down. */
static void
test_outcomes (void)
{
  SandboxClient client = { NULL };
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *none = NULL;
  g_autoptr (SandboxReply) stub = NULL;
  g_autoptr (SandboxReply) verified = NULL;
  g_autoptr (SandboxReply) rejected = NULL;
  g_autoptr (SandboxReply) list = NULL;

  sandbox_client_start (&client, NULL);
  g_free (identity_client_create (&client, "guest-1"));
  stub = identity_client_get (&client, "guest-1");
  g_assert_cmpstr (sandbox_reply_string (stub, "status"), ==, "pending");
  g_assert_null (sandbox_reply_string (stub, "first_verified_at"));

  second = identity_client_simulate (&client, "guest-1", "approve");
  verified = identity_client_get (&client, "guest-1");
  g_assert_cmpstr (sandbox_reply_string (verified, "id"), ==, sandbox_reply_string (stub, "id"));
  g_assert_cmpstr (sandbox_reply_string (verified, "status"), ==, "verified");
  g_assert_cmpstr (sandbox_reply_string (verified, "latest_session_id"), ==, second);
  g_assert_nonnull (sandbox_reply_string (verified, "first_verified_at"));

  third = identity_client_simulate (&client, "guest-1", "decline");
  rejected = identity_client_get (&client, "guest-1");
  g_assert_cmpstr (sandbox_reply_string (rejected, "status"), ==, "rejected");
  g_assert_cmpint (identity_reply_number (rejected, "session_count"), ==, 2);
  g_assert_cmpstr (sandbox_reply_string (rejected, "latest_session_id"), ==, third);
  g_assert_nonnull (sandbox_reply_string (rejected, "rejection_reason"));
  g_assert_cmpstr (sandbox_reply_string (rejected, "last_verified_at"),
                   ==,
                   sandbox_reply_string (verified, "last_verified_at"));

  /* Without a reference, or without an outcome, there is none. */
  none = sandbox_client_create (&client, "{\"external_ref\":\"guest-2\"}");
  {
    g_autofree char *anonymous = sandbox_client_create (&client, "{}");
    g_autofree char *path = sandbox_client_path (anonymous, "/simulate");
    g_autoptr (SandboxReply) done =
        sandbox_client_call (&client, "POST", path, "{\"action\":\"approve\"}");

    g_assert_cmpuint (done->status, ==, 200);
  }
  list = sandbox_client_call (&client, "GET", IDENTITIES, NULL);
  g_assert_cmpint (
      json_object_get_int_member (identity_reply_object (list, "pagination"), "total"), ==, 1);
  g_assert_cmpuint (identity_client_count_events (&client, "action=session.approved"), ==, 2);
  sandbox_client_stop (&client);
}

/* What a caller corrected stands before what was read, until it is taken back. */
static void
test_update (void)
{
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) changed = NULL;
  g_autoptr (SandboxReply) back = NULL;
  g_autoptr (SandboxReply) renamed = NULL;
  g_autoptr (SandboxReply) taken = NULL;
  g_autofree char *other = NULL;
  JsonObject *data = NULL;

  sandbox_client_start (&client, NULL);
  g_free (identity_client_simulate (&client, "guest-1", "approve"));
  changed = identity_client_call (
      &client,
      "PATCH",
      "guest-1",
      "",
      "{\"first_name\":\"Janet\",\"city\":\"Zürich\",\"country\":\"ch\","
      "\"date_of_birth\":\"1980-02-29\",\"ssn\":\"123-45-6789\",\"status\":\"failed\"}");
  g_assert_cmpuint (changed->status, ==, 200);
  data = identity_reply_object (changed, "extracted_data");
  g_assert_cmpstr (json_object_get_string_member (data, "first_name"), ==, "Janet");
  g_assert_cmpstr (json_object_get_string_member (data, "last_name"), ==, "Doe");
  g_assert_cmpstr (sandbox_reply_string (changed, "country"), ==, "CH");
  g_assert_cmpstr (sandbox_reply_string (changed, "status"), ==, "failed");
  g_assert_cmpint (identity_reply_number (changed, "extracted_age"), >, 40);
  /* 2.8: not without being asked for */
  g_assert_false (json_object_has_member (data, "ssn"));
  data = json_object_get_object_member (data, "address");
  g_assert_cmpstr (json_object_get_string_member (data, "city"), ==, "Zürich");
  g_assert_cmpstr (json_object_get_string_member (data, "zip"), ==, "94105");
  /* The result stays what it was. */
  data = json_object_get_object_member (
      json_object_get_object_member (identity_reply_object (changed, "latest_result"), "result"),
      "extracted_data");
  g_assert_cmpstr (json_object_get_string_member (data, "first_name"), ==, "Jane");

  back = identity_client_call (
      &client, "PATCH", "guest-1", "", "{\"first_name\":null,\"country\":null}");
  data = identity_reply_object (back, "extracted_data");
  g_assert_cmpstr (json_object_get_string_member (data, "first_name"), ==, "Jane");
  g_assert_cmpstr (sandbox_reply_string (back, "country"), ==, "US");

  other = identity_client_create (&client, "guest-2");
  taken = identity_client_call (&client, "PATCH", "guest-2", "", "{\"external_ref\":\"guest-1\"}");
  sandbox_reply_assert_error (taken, 409, "conflict");
  renamed =
      identity_client_call (&client, "PATCH", "guest-2", "", "{\"external_ref\":\"guest-3\"}");
  g_assert_cmpstr (sandbox_reply_string (renamed, "external_ref"), ==, "guest-3");
  sandbox_client_stop (&client);
}

static const char *const bad_patches[] = {
  "{\"phone\":\"0041441234567\"}",
  "{\"phone\":\"+0123456\"}",
  "{\"phone\":\"+1234567890123456\"}",
  "{\"phone\":\"+1415555 0123\"}",
  "{\"date_of_birth\":\"1997-02-30\"}",
  "{\"date_of_birth\":\"15.06.1997\"}",
  "{\"date_of_birth\":\"1997-6-15\"}",
  "{\"country\":\"USA\"}",
  "{\"country\":\"U1\"}",
  "{\"email\":\"jane\"}",
  "{\"ssn\":\"12345678\"}",
  "{\"status\":\"redacted\"}",
  "{\"status\":\"merged\"}",
  "{\"status\":\"approved\"}",
  "{\"external_ref\":\"\"}",
  "{\"first_name\":1}",
  "{\"city\":[]}",
};

static void
test_bad_patches (void)
{
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) before = NULL;
  g_autoptr (SandboxReply) after = NULL;
  g_autofree char *id = NULL;

  sandbox_client_start (&client, NULL);
  id = identity_client_create (&client, "guest-1");
  before = identity_client_get (&client, id);
  for (guint i = 0; i < G_N_ELEMENTS (bad_patches); i++)
    {
      g_autoptr (SandboxReply) reply =
          identity_client_call (&client, "PATCH", id, "", bad_patches[i]);

      g_test_message ("%s", bad_patches[i]);
      sandbox_reply_assert_error (reply, 422, "validation_error");
      g_assert_cmpuint (json_array_get_length (
                            json_object_get_array_member (sandbox_reply_object (reply), "errors")),
                        ==,
                        1);
    }
  after = identity_client_get (&client, id);
  g_assert_cmpstr (before->text, ==, after->text);
  sandbox_client_stop (&client);
}

typedef struct
{
  const char *method;
  const char *rest;
  const char *body;
  guint status;
} Refusal;

static const Refusal refusals[] = {
  { "POST", "", "{}", 422 },
  { "POST", "", "{\"external_ref\":null}", 422 },
  { "POST", "", "{\"external_ref\":\"guest-1\"}", 409 },
  { "POST", "", "{\"external_ref\":\"guest-9\",\"upsert\":1}", 422 },
  { "GET", "/nobody", NULL, 404 },
  { "PATCH", "/nobody", "{}", 404 },
  { "DELETE", "/nobody", NULL, 404 },
  { "GET", "/nobody/sessions", NULL, 404 },
  { "GET", "/nobody/export", NULL, 404 },
  { "PUT", "/nobody/custom-fields", "{\"custom_fields\":{}}", 404 },
  { "PUT", "/guest-1/custom-fields", "{}", 422 },
  { "PUT", "/guest-1/custom-fields", "{\"custom_fields\":[]}", 422 },
  { "PUT", "/guest-1/custom-fields", "{\"custom_fields\":{\"a\":{}}}", 422 },
  { "PUT", "/guest-1/custom-fields", "{\"custom_fields\":{\"\":1}}", 422 },
  { "POST", "/nobody/tags/add", "{\"tag\":\"a\"}", 404 },
  { "POST", "/guest-1/tags/add", "{}", 422 },
  { "POST", "/guest-1/tags/add", "{\"tag\":\"\"}", 422 },
  { "POST", "/guest-1/tags/set", "{\"tags\":[1]}", 422 },
  { "POST", "/nobody/archive", NULL, 404 },
  { "POST", "/nobody/restore", NULL, 404 },
  { "POST", "/merge", "{\"primary_id\":\"guest-1\"}", 422 },
  { "POST", "/merge", "{\"primary_id\":\"guest-1\",\"secondary_id\":\"nobody\"}", 404 },
  { "POST", "/merge", "{\"primary_id\":\"guest-1\",\"secondary_id\":\"guest-1\"}", 422 },
  { "POST", "/merge/preview", "{\"primary_id\":\"nobody\",\"secondary_id\":\"guest-1\"}", 404 },
  { "POST", "/search", "{\"limit\":0}", 422 },
  { "POST", "/search", "{\"limit\":101}", 422 },
  { "POST", "/search", "{\"offset\":-1}", 422 },
  { "POST", "/search", "{\"status\":\"approved\"}", 422 },
  { "POST", "/search", "{\"q\":1}", 422 },
  { "GET", "?status=approved", NULL, 422 },
  { "GET", "?include_archived=1", NULL, 422 },
  { "GET", "?limit=101", NULL, 422 },
  { "GET", "?offset=-1", NULL, 422 },
  { "GET", "?page[size]=0", NULL, 422 },
  { "GET", "?page[size]=101", NULL, 422 },
  { "GET", "?page[after]=nobody", NULL, 422 },
  { "GET", "?page[before]=nobody", NULL, 422 },
};

static void
test_refusals (void)
{
  SandboxClient client = { NULL };
  g_autofree char *id = NULL;

  sandbox_client_start (&client, NULL);
  id = identity_client_create (&client, "guest-1");
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat (IDENTITIES, refusals[i].rest, NULL);
      g_autoptr (SandboxReply) reply =
          sandbox_client_call (&client, refusals[i].method, path, refusals[i].body);

      g_test_message ("%s %s %s", refusals[i].method, path, refusals[i].body);
      g_assert_cmpuint (reply->status, ==, refusals[i].status);
    }
  /* Nothing came of it. */
  g_assert_cmpuint (identity_client_count_events (&client, "resource_type=identity"), ==, 1);
  sandbox_client_stop (&client);
}

/* The other environment has people of its own, of the same references. */
static void
test_environment (void)
{
  SandboxClient client = { NULL };
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SandboxReply) theirs = NULL;
  g_autoptr (SandboxReply) by_ref = NULL;
  g_autoptr (SandboxReply) list = NULL;
  g_autoptr (SandboxReply) merge = NULL;
  g_autoptr (SandboxReply) same = NULL;
  g_autofree char *body = NULL;

  sandbox_client_start (&client, NULL);
  id = identity_client_create (&client, "guest-1");
  path = g_strconcat (IDENTITIES "/", id, NULL);
  theirs = sandbox_client_send (&client, "GET", path, live_key, NULL);
  sandbox_reply_assert_error (theirs, 404, "not_found");
  by_ref = sandbox_client_send (&client, "GET", IDENTITIES "/guest-1", live_key, NULL);
  sandbox_reply_assert_error (by_ref, 404, "not_found");
  same =
      sandbox_client_send (&client, "POST", IDENTITIES, live_key, "{\"external_ref\":\"guest-1\"}");
  g_assert_cmpuint (same->status, ==, 201);
  list = sandbox_client_send (&client, "GET", IDENTITIES, live_key, NULL);
  g_assert_cmpint (
      json_object_get_int_member (identity_reply_object (list, "pagination"), "total"), ==, 1);
  body = g_strdup_printf ("{\"primary_id\":\"guest-1\",\"secondary_id\":\"%s\"}", id);
  merge = sandbox_client_send (&client, "POST", IDENTITIES "/merge", live_key, body);
  sandbox_reply_assert_error (merge, 404, "not_found");
  sandbox_client_stop (&client);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/identities/golden", test_golden);
  g_test_add_func ("/sandbox/identities/actions", test_actions);
  g_test_add_func ("/sandbox/identities/review", test_review);
  g_test_add_func ("/sandbox/identities/outcomes", test_outcomes);
  g_test_add_func ("/sandbox/identities/update", test_update);
  g_test_add_func ("/sandbox/identities/bad-patches", test_bad_patches);
  g_test_add_func ("/sandbox/identities/refusals", test_refusals);
  g_test_add_func ("/sandbox/identities/environment", test_environment);
  return g_test_run ();
}
