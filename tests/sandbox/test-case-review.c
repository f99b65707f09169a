/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "base/vrf-time.h"
#include "case-client.h"
#include "sandbox-golden.h"
#include "sandbox/vrf-organization.h"
#include "sandbox/vrf-sandbox-store-private.h"
#include "sandbox/vrf-store-deliveries.h"
#include "sandbox/vrf-store-webhooks.h"

/*
 * Review with settings, time and a past (verifa-api.md 7.3, 8.3): two reviewers, claims that lapse,
 * cases of an older database; and every documented reply.
 */

/* A sandbox on a file, which is prepared before it starts. */
typedef struct
{
  SandboxClient client;
  char *directory;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->directory = g_dir_make_tmp ("verifa-cases-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->directory, "sandbox.db", NULL);
}

static void
start (Fixture *fixture, double time_scale)
{
  VrfSandboxOptions options = {
    .database_path = fixture->path,
    .sandbox_key = SANDBOX_KEY,
    .live_key = LIVE_KEY,
    .plan = "enterprise",
    .time_scale = time_scale,
  };

  sandbox_client_start (&fixture->client, &options);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GDir) directory = g_dir_open (fixture->directory, 0, NULL);
  const char *name = NULL;

  if (fixture->client.sandbox != NULL)
    sandbox_client_stop (&fixture->client);
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->directory), ==, 0);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static void
set_organization (Fixture *fixture, const char *settings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSandboxStore) store = vrf_sandbox_store_open (fixture->path, &error);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (JsonNode) changes = json_from_string (settings, NULL);

  g_assert_no_error (error);
  g_assert_true (vrf_organization_change (store, json_node_get_object (changes), errors, &error));
}

static void
assert_status (SandboxReply *reply, guint status)
{
  g_autoptr (SandboxReply) owned = reply;

  g_assert_cmpuint (owned->status, ==, status);
}

typedef struct
{
  const char *before; /* what is done with the open case first, or NULL */
  const char *first;
  const char *second;
  const char *code; /* the result's, or NULL */
} Pair;

static const Pair pairs[] = {
  { NULL, "approve", "approve", NULL },
  { NULL, "approve", "reject", "manual_rejection" },
  { NULL, "reject", "approve", NULL },
  { NULL, "reject", "reject", "underage" },
  { "claim", "approve", "approve", NULL },
  { "claim", "reject", "reject", "underage" },
  { "escalate", "approve", "reject", "manual_rejection" },
  { "escalate", "reject", "reject", "underage" },
};

#define RECOMMENDATION                                                                             \
  "{\"reviewer_id\":\"" REVIEWER "\",\"notes\":\"First\",\"rejection_reason\":\"Too young\"%s}"

/* What the first of two says moves nothing but the case. */
static void
assert_recommended (SandboxClient *client, const char *id)
{
  g_autoptr (SandboxReply) whole = case_client_get (client, id);
  JsonObject *object = sandbox_reply_object (whole);

  case_client_assert_state (client, id, "pending_second_review", NULL);
  g_assert_true (json_object_get_null_member (object, "decision"));
  g_assert_true (json_object_get_null_member (object, "decided_at"));
  g_assert_true (json_object_get_null_member (object, "claimed_at"));
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (object, "session"), "status"),
      ==,
      "under_review");
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (object, "result"), "status"),
      ==,
      "needs_review");
}

static void
check_pair (SandboxClient *client, const Pair *pair)
{
  static const char *const refused[] = { "approve", "reject", "claim", "assign" };
  g_autofree char *id = case_client_open (client, "a");
  g_autofree char *rest = g_strconcat ("/", pair->first, NULL);
  g_autofree char *body =
      g_strdup_printf (RECOMMENDATION,
                       g_str_equal (pair->first, "reject")
                           ? ",\"rejection_reason_code\":\"underage\",\"add_to_blocklist\":false"
                           : "");
  const char *status = g_str_equal (pair->second, "approve") ? "approved" : "rejected";
  g_autoptr (SandboxReply) whole = NULL;
  JsonObject *result = NULL;

  if (pair->before != NULL)
    assert_status (case_client_act (client, id, pair->before, REVIEWER), 200);
  assert_status (case_client_post (client, id, rest, body), 200);
  assert_recommended (client, id);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_status (case_client_act (client, id, refused[i], REVIEWER), 409);
  assert_status (case_client_post (client, id, "/escalate", NULL), 409);
  assert_recommended (client, id);

  assert_status (case_client_act (client, id, "claim", SECOND), 200);
  case_client_assert_state (client, id, "pending_second_review", SECOND);
  assert_status (case_client_act (client, id, pair->second, SECOND), 200);
  case_client_assert_state (client, id, status, SECOND);
  whole = case_client_get (client, id);
  g_assert_cmpstr (sandbox_reply_string (whole, "decision"), ==, status);
  result = json_object_get_object_member (sandbox_reply_object (whole), "result");
  g_assert_cmpstr (json_object_get_string_member (result, "status"), ==, status);
  g_assert_cmpstr (
      json_object_get_string_member_with_default (result, "rejection_reason_code", NULL),
      ==,
      pair->code);
  g_assert_cmpstr (json_object_get_string_member_with_default (result, "rejection_reason", NULL),
                   ==,
                   g_strcmp0 (pair->code, "underage") == 0 ? "Too young" : NULL);
}

static void
test_dual (Fixture *fixture, gconstpointer unused)
{
  set_organization (fixture, "{\"dual_review\":true}");
  start (fixture, 1.0);
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_test_message ("%s, then %s", pairs[i].first, pairs[i].second);
      check_pair (&fixture->client, &pairs[i]);
    }
}

/* "…; scale=…" stands behind it. */
static gint64
get_sandbox_time (SandboxReply *reply)
{
  const char *header = soup_message_headers_get_one (reply->headers, "X-Sandbox-Time");
  g_auto (GStrv) parts = g_strsplit (header, ";", 2);
  g_autoptr (GError) error = NULL;
  gint64 us = 0;

  vrf_time_parse (parts[0], &us, &error);
  g_assert_no_error (error);
  return us;
}

static gint64
get_time (SandboxReply *reply, const char *name)
{
  g_autoptr (GError) error = NULL;
  gint64 us = 0;

  vrf_time_parse (sandbox_reply_string (reply, name), &us, &error);
  g_assert_no_error (error);
  return us;
}

/* Asks until nobody has the case. Returns: the sandbox's time then. */
static gint64
wait_for_release (SandboxClient *client, const char *id)
{
  for (;;)
    {
      g_autoptr (SandboxReply) reply = case_client_get (client, id);

      g_assert_cmpuint (reply->status, ==, 200);
      if (sandbox_reply_string (reply, "assigned_to") == NULL)
        return get_sandbox_time (reply);
    }
}

#define HALF_HOUR VRF_SECONDS (30 * 60)
/* Half an hour is 60 ms: few enough requests for the limit of a minute. */
#define FAST 30000.0

static char *
open_demo (SandboxClient *client)
{
  g_autoptr (SandboxReply) demo = sandbox_client_call (client, "POST", "/api/v1/cases/demo", NULL);

  g_assert_cmpuint (demo->status, ==, 201);
  return g_strdup (sandbox_reply_string (demo, "id"));
}

static void
test_lapse (Fixture *fixture, gconstpointer unused)
{
  SandboxClient *client = &fixture->client;
  g_autofree char *id = NULL;
  g_autoptr (SandboxReply) claimed = NULL;

  start (fixture, FAST);
  id = open_demo (client);
  claimed = case_client_act (client, id, "claim", REVIEWER);
  g_assert_cmpuint (claimed->status, ==, 200);
  g_assert_cmpint (wait_for_release (client, id), >=, get_time (claimed, "claimed_at") + HALF_HOUR);
  case_client_assert_state (client, id, "open", NULL);
  /* Somebody else may have it now. */
  assert_status (case_client_act (client, id, "claim", SECOND), 200);
}

/* Claims the case and works with it for a quarter of an hour. Returns: a time before it was last
 * worked with; 0 when this process stood still for so long that the claim lapsed. */
static gint64
work_for_a_while (SandboxClient *client, const char *id)
{
  g_autofree char *path = g_strconcat ("/api/v1/cases/", id, NULL);
  g_autoptr (SandboxReply) claimed = case_client_act (client, id, "claim", REVIEWER);
  gint64 halfway = get_time (claimed, "claimed_at") + HALF_HOUR / 2;
  gint64 before = 0;
  gint64 after = get_sandbox_time (claimed);

  while (before < halfway)
    {
      g_autoptr (SandboxReply) worked =
          sandbox_client_call (client, "PATCH", path, "{\"priority\":\"high\"}");

      g_assert_cmpuint (worked->status, ==, 200);
      if (sandbox_reply_string (worked, "assigned_to") == NULL)
        return 0;
      before = after;
      after = get_sandbox_time (worked);
    }
  return before;
}

/* Whoever works with a case keeps it. */
static void
test_active (Fixture *fixture, gconstpointer unused)
{
  SandboxClient *client = &fixture->client;
  g_autofree char *id = NULL;
  gint64 before = 0;

  start (fixture, FAST);
  id = open_demo (client);
  while (before == 0)
    before = work_for_a_while (client, id);
  g_assert_cmpint (wait_for_release (client, id), >=, before + HALF_HOUR);
}

/* What was handed to somebody is theirs until they have it; an escalated claim lapses too. */
static void
test_lapse_of_others (Fixture *fixture, gconstpointer unused)
{
  SandboxClient *client = &fixture->client;
  g_autofree char *assigned = NULL;
  g_autofree char *escalated = NULL;

  start (fixture, FAST);
  assigned = open_demo (client);
  escalated = open_demo (client);
  assert_status (case_client_act (client, assigned, "assign", REVIEWER), 200);
  assert_status (case_client_post (client, escalated, "/escalate", NULL), 200);
  assert_status (case_client_act (client, escalated, "claim", SECOND), 200);
  wait_for_release (client, escalated);
  case_client_assert_state (client, escalated, "escalated", NULL);
  case_client_assert_state (client, assigned, "open", REVIEWER);
}

/* Once the window is over a decided case shows no personal data, and takes none (2.9). */
static void
test_window (Fixture *fixture, gconstpointer unused)
{
  SandboxClient *client = &fixture->client;
  const char *data = "{\"extracted_data\":{\"first_name\":\"Janet\"}}";
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SandboxReply) whole = NULL;
  JsonObject *object = NULL;

  set_organization (fixture, "{\"sensitive_data_retention_days\":0}");
  start (fixture, 1.0);
  id = open_demo (client);
  path = g_strconcat ("/api/v1/cases/", id, "/result/pii", NULL);
  assert_status (sandbox_client_call (client, "PUT", path, data), 200);
  assert_status (case_client_act (client, id, "approve", REVIEWER), 200);
  assert_status (sandbox_client_call (client, "PUT", path, data), 400);
  whole = case_client_get (client, id);
  g_assert_null (g_strstr_len (whole->text, -1, "Janet"));
  object = sandbox_reply_object (whole);
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (object, "documents")), ==, 0);
}

/* Deletion takes along what people wrote into the case, also from answers that are given again. */
static void
test_deletion (Fixture *fixture, gconstpointer unused)
{
  static const char *const again[] = { "X-API-Key", SANDBOX_KEY, "Idempotency-Key", "k", NULL };
  const char *patch = "{\"metadata\":{\"a\":\"Janet\"},\"custom_fields\":{\"b\":\"Janet\"}}";
  SandboxClient *client = &fixture->client;
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *pii = NULL;
  g_autofree char *notes_path = NULL;
  g_autoptr (SandboxReply) whole = NULL;
  g_autoptr (SandboxReply) notes = NULL;
  g_autoptr (SandboxReply) replayed = NULL;

  set_organization (fixture, "{\"data_retention_days\":0}");
  start (fixture, 1.0);
  id = open_demo (client);
  path = g_strconcat ("/api/v1/cases/", id, NULL);
  pii = g_strconcat (path, "/result/pii", NULL);
  notes_path = g_strconcat (path, "/notes", NULL);
  assert_status (sandbox_client_send (client, "PATCH", path, again, patch), 200);
  assert_status (case_client_post (client, id, "/notes", "{\"content\":\"Janet\"}"), 201);
  assert_status (case_client_act (client, id, "approve", REVIEWER), 200);

  whole = case_client_get (client, id);
  g_assert_cmpuint (whole->status, ==, 200);
  g_assert_cmpstr (sandbox_reply_string (whole, "decision"), ==, "approved");
  g_assert_null (g_strstr_len (whole->text, -1, "Janet"));
  notes = sandbox_client_call (client, "GET", notes_path, NULL);
  g_assert_cmpstr (notes->text, ==, "{\"data\":[]}");
  replayed = sandbox_client_send (client, "PATCH", path, again, patch);
  g_assert_cmpuint (replayed->status, ==, 200);
  g_assert_null (g_strstr_len (replayed->text, -1, "Janet"));
  assert_status (
      sandbox_client_call (client, "PUT", pii, "{\"extracted_data\":{\"first_name\":\"J\"}}"), 400);
}

static gint64
add_webhook (Fixture *fixture)
{
  VrfStoredWebhook webhook = {
    .id = (char *) "webhook_a",
    .is_sandbox = TRUE,
    .url = (char *) "http://127.0.0.1:9/",
    .enabled = TRUE,
    .enabled_events = (char *) "[\"session.declined\",\"case.created\",\"case.escalated\","
                               "\"case.rejected\"]",
    .blocklist = (char *) "[]",
    .conditions = (char *) "{}",
    .inflection = (char *) "snake",
    .secret = (char *) "whsec_x",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSandboxStore) store = vrf_sandbox_store_open (fixture->path, &error);

  g_assert_no_error (error);
  vrf_store_webhooks_insert (store, &webhook, &error);
  g_assert_no_error (error);
  return webhook.n;
}

/* What was to be told, newest first. */
static GPtrArray *
list_deliveries (Fixture *fixture, gint64 webhook_n)
{
  VrfDeliveryFilter filter = {
    .webhook_n = webhook_n,
    .date_from = VRF_TIME_NONE,
    .date_to = VRF_TIME_NONE,
    .limit = 100,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSandboxStore) store = vrf_sandbox_store_open (fixture->path, &error);
  GPtrArray *deliveries = NULL;

  g_assert_no_error (error);
  deliveries = vrf_store_deliveries_list (store, &filter, &error);
  g_assert_no_error (error);
  return deliveries;
}

/* The order of 8.4, and nothing that a person wrote (5.4). */
static void
test_told (Fixture *fixture, gconstpointer unused)
{
  static const char *const wanted[] = {
    "case.rejected", "session.declined", "case.escalated", "case.created"
  };
  gint64 webhook_n = add_webhook (fixture);
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) deliveries = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *payload = NULL;

  start (fixture, 1.0);
  id = case_client_open (&fixture->client, "guest-1042");
  assert_status (case_client_post (&fixture->client, id, "/escalate", "{\"reason\":\"Whispered\"}"),
                 200);
  assert_status (case_client_post (&fixture->client,
                                   id,
                                   "/reject",
                                   "{\"reviewer_id\":\"" REVIEWER "\",\"notes\":\"Whispered\"}"),
                 200);
  sandbox_client_stop (&fixture->client);
  fixture->client = (SandboxClient){ NULL };

  deliveries = list_deliveries (fixture, webhook_n);
  g_assert_cmpuint (deliveries->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < deliveries->len; i++)
    {
      const VrfStoredDelivery *delivery = deliveries->pdata[i];

      g_assert_cmpstr (delivery->event, ==, wanted[i]);
      g_assert_null (g_strstr_len (delivery->payload, -1, "Whispered"));
    }
  root = json_from_string (((VrfStoredDelivery *) deliveries->pdata[0])->payload, NULL);
  payload = json_node_get_object (root);
  g_assert_cmpstr (json_object_get_string_member (payload, "event"), ==, "case.rejected");
  g_assert_cmpstr (json_object_get_string_member (payload, "case_id"), ==, id);
  g_assert_cmpstr (json_object_get_string_member (payload, "external_ref"), ==, "guest-1042");
  g_assert_cmpstr (json_object_get_string_member (payload, "status"), ==, "rejected");
  g_assert_cmpstr (json_object_get_string_member (payload, "decision"), ==, "rejected");
  g_assert_true (json_object_get_boolean_member (payload, "is_sandbox"));
  g_assert_nonnull (json_object_get_string_member (payload, "session_id"));
}

/* Who did what with a case, newest first (7.7). */
static void
test_trail (Fixture *fixture, gconstpointer unused)
{
  static const char *const wanted[] = { "api.case.approve", "api.case.add_note",
                                        "api.case.claim",   "api.case.assign",
                                        "api.case.release", "api.case.claim_next" };
  SandboxClient *client = &fixture->client;
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SandboxReply) trail = NULL;
  JsonArray *data = NULL;

  start (fixture, 1.0);
  id = case_client_open (client, "a");
  assert_status (sandbox_client_call (client, "POST", "/api/v1/cases/next", NULL), 200);
  assert_status (case_client_post (client, id, "/release", NULL), 200);
  assert_status (case_client_act (client, id, "assign", REVIEWER), 200);
  assert_status (case_client_act (client, id, "claim", REVIEWER), 200);
  /* What was refused is not in it. */
  assert_status (case_client_act (client, id, "claim", SECOND), 409);
  assert_status (case_client_post (client, id, "/notes", "{\"content\":\"a\"}"), 201);
  assert_status (case_client_act (client, id, "approve", REVIEWER), 200);

  path = g_strconcat ("/api/v1/events?resource_type=case&resource_id=", id, NULL);
  trail = sandbox_client_call (client, "GET", path, NULL);
  data = json_object_get_array_member (sandbox_reply_object (trail), "data");
  g_assert_cmpuint (json_array_get_length (data), ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_cmpstr (
        json_object_get_string_member (json_array_get_object_element (data, i), "type"),
        ==,
        wanted[i]);
}

/* An older database had cases with less in them: they wait since they were made. */
static void
test_migration (Fixture *fixture, gconstpointer unused)
{
  static const VrfSqliteOptions options = { .journal_mode = "WAL", .synchronous = "FULL" };
  const char *const old[] = { vrf_sandbox_store_schema[0], vrf_sandbox_store_schema[1], NULL };
  g_autoptr (GError) error = NULL;
  VrfSqlite *db = vrf_sqlite_open (fixture->path, &options, old, &error);
  g_autoptr (SandboxReply) next = NULL;
  gboolean ok = FALSE;

  g_assert_no_error (error);
  ok = vrf_sqlite_exec (
      db,
      "INSERT INTO sessions (id, is_sandbox, status, created_at, updated_at, metadata, fields,"
      " tags, send_email, invite_count, retention, processing_attempts, case_id, case_status)"
      " VALUES ('session_a', 1, 'under_review', 1769947200000000, 1769947200000000, '{}', '{}',"
      " '[]', 0, 0, 'active', 1, 'case_a', 'open');"
      "INSERT INTO cases (id, session_n, status, created_at)"
      " VALUES ('case_a', 1, 'open', 1769947260000000);",
      &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  g_assert_finalize_object (db);

  start (fixture, 1.0);
  next = sandbox_client_call (&fixture->client, "POST", "/api/v1/cases/next", NULL);
  g_assert_cmpuint (next->status, ==, 200);
  g_assert_cmpstr (sandbox_reply_string (next, "id"), ==, "case_a");
  g_assert_cmpstr (sandbox_reply_string (next, "entered_review_at"), ==, "2026-02-01T12:01:00Z");
  g_assert_cmpstr (sandbox_reply_string (next, "priority"), ==, "normal");
}

typedef struct
{
  const char *golden;
  const char *method;
  const char *path; /* after /api/v1/cases; ID stands for the case */
  const char *body;
} Step;

/* In this order, on one case. */
static const Step steps[] = {
  { "claim_next_case_none", "POST", "/next", NULL },
  { "create_demo_case", "POST", "/demo", NULL },
  { "claim_next_case", "POST", "/next", NULL },
  { "release_case", "POST", "/ID/release", NULL },
  { "assign_case", "POST", "/ID/assign", "{\"reviewer_id\":\"" REVIEWER "\"}" },
  { "claim_case", "POST", "/ID/claim", "{\"reviewer_id\":\"" REVIEWER "\"}" },
  { "list_cases", "GET", "", NULL },
  { "search_cases", "POST", "/search", "{}" },
  { "get_case_counts", "GET", "/counts", NULL },
  { "update_case", "PATCH", "/ID", "{\"custom_fields\":{\"queue\":\"night\"},\"tags\":[\"a\"]}" },
  { "add_case_note", "POST", "/ID/notes", "{\"content\":\"a\"}" },
  { "list_case_notes", "GET", "/ID/notes", NULL },
  { "get_case", "GET", "/ID", NULL },
  { "update_case_result_pii",
    "PUT",
    "/ID/result/pii",
    "{\"extracted_data\":{\"first_name\":\"Jane\"}}" },
  { "escalate_case", "POST", "/ID/escalate", "{\"escalated_to\":\"" REVIEWER "\"}" },
  { "approve_case", "POST", "/ID/approve", "{\"reviewer_id\":\"" REVIEWER "\"}" },
};

static void
test_golden (Fixture *fixture, gconstpointer unused)
{
  SandboxClient *client = &fixture->client;
  g_autofree char *id = NULL;

  start (fixture, 1.0);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_auto (GStrv) parts = g_strsplit (steps[i].path, "ID", 2);
      g_autofree char *rest = g_strjoinv (id, parts);
      g_autofree char *path = g_strconcat ("/api/v1/cases", rest, NULL);
      g_autoptr (SandboxReply) reply =
          sandbox_client_call (client, steps[i].method, path, steps[i].body);

      sandbox_reply_assert_golden (reply, steps[i].golden);
      if (g_str_equal (steps[i].golden, "create_demo_case"))
        id = g_strdup (sandbox_reply_string (reply, "id"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/sandbox/case-review/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("dual", test_dual);
  ADD ("lapse", test_lapse);
  ADD ("active", test_active);
  ADD ("lapse-of-others", test_lapse_of_others);
  ADD ("window", test_window);
  ADD ("deletion", test_deletion);
  ADD ("told", test_told);
  ADD ("trail", test_trail);
  ADD ("migration", test_migration);
  ADD ("golden", test_golden);
  return g_test_run ();
}
