/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <string.h>

#include "api-call.h"
#include "api/vrf-api-cases.h"
#include "api/vrf-api-webhooks.h"
#include "base/vrf-error.h"
#include "base/vrf-time.h"

/* What the session page reads and changes beyond the session: files, cases, deliveries. */

#define LINK "/api/v1/sessions/session_1/documents/id_front?expires=1769948651&sig=9c1f0e6b7d2a4c58"

/* Files */

static GBytes *
fetch (Call *call, const char *url)
{
  VrfDocument document = { .url = (char *) url };

  vrf_api_client_fetch_document_async (call->client, &document, NULL, api_done_cb, &call->result);
  api_await (&call->result);
  return vrf_api_client_fetch_document_finish (call->client, call->result, &call->error);
}

/* The bytes as they are, asked for by the link as it is, and no JSON. */
static void
test_fetch (void)
{
  Call call = call_begin (NULL);
  g_autofree char *url = g_strconcat (api_server_get_url (call.server), LINK, NULL);
  g_autoptr (GBytes) file = NULL;
  const ApiRecord *record = NULL;

  api_server_answer (call.server, 200, NULL, "image/jpeg", "\xff\xd8\xff not JSON");
  file = fetch (&call, url);
  g_assert_no_error (call.error);
  g_assert_cmpmem (g_bytes_get_data (file, NULL),
                   g_bytes_get_size (file),
                   "\xff\xd8\xff not JSON",
                   strlen ("\xff\xd8\xff not JSON"));
  record = api_server_peek (call.server, 0);
  g_assert_cmpstr (record->path, ==, "/api/v1/sessions/session_1/documents/id_front");
  g_assert_cmpstr (record->query, ==, "expires=1769948651&sig=9c1f0e6b7d2a4c58");
  g_assert_true (g_str_has_prefix (api_record_get_header (record, "accept"), "image/"));
  call_end (&call);
}

/* A link that has run out: the caller lists again. */
static void
test_fetch_late (void)
{
  Call call = call_begin (NULL);
  g_autofree char *url = g_strconcat (api_server_get_url (call.server), LINK, NULL);
  g_autoptr (GBytes) file = NULL;

  api_server_answer (call.server,
                     403,
                     NULL,
                     "application/json",
                     "{\"error\":\"forbidden\",\"detail\":\"Expired.\",\"status_code\":403}");
  file = fetch (&call, url);
  g_assert_null (file);
  g_assert_error (call.error, VRF_ERROR, VRF_ERROR_FORBIDDEN);
  call_end (&call);
}

/* Nothing goes to another server, whatever a reply says. */
static void
test_fetch_elsewhere (void)
{
  static const char *const urls[] = { "https://elsewhere.example" LINK,
                                      "http://127.0.0.1:1" LINK,
                                      "file:///etc/hostname",
                                      "/api/v1/sessions",
                                      "",
                                      NULL };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      Call call = call_begin (NULL);
      g_autoptr (GBytes) file = fetch (&call, urls[i]);

      g_assert_null (file);
      g_assert_error (call.error, VRF_ERROR, VRF_ERROR_REPLY);
      g_assert_cmpuint (api_server_count (call.server), ==, 0);
      call_end (&call);
    }
}

/* One whose address only begins like ours. */
static void
test_fetch_prefix (void)
{
  Call call = call_begin (NULL);
  g_autofree char *url =
      g_strconcat (api_server_get_url (call.server), ".elsewhere.example" LINK, NULL);
  g_autoptr (GBytes) file = fetch (&call, url);

  g_assert_null (file);
  g_assert_error (call.error, VRF_ERROR, VRF_ERROR_REPLY);
  call_end (&call);
}

/* Cases */

#define CASE_ID "case_3b7e9a1c5d2f4086b8e0a4c6"
#define REVIEWER "orguser_frontdesk"

static gint64
at (const char *text)
{
  gint64 us = 0;

  g_assert_true (vrf_time_parse (text, &us, NULL));
  return us;
}

/* Takes the call. */
static void
assert_case (Call *call, VrfCaseStatus status, const char *decision, const char *assigned_to)
{
  g_autoptr (VrfCase) found =
      vrf_api_client_case_finish (call->client, call_await (call), &call->error);

  g_assert_no_error (call->error);
  g_assert_cmpstr (found->id, ==, CASE_ID);
  g_assert_cmpstr (found->session_id, ==, "session_5f0c2a9be1d74c6f8a3b9d10");
  g_assert_cmpint (found->status, ==, status);
  g_assert_cmpstr (found->decision, ==, decision);
  g_assert_cmpstr (found->assigned_to, ==, assigned_to);
  g_assert_cmpstr (found->priority, ==, "normal");
  g_assert_cmpint (found->entered_review_at, ==, at ("2026-02-01T12:04:11Z"));
  call_end (call);
}

static void
test_get_case (void)
{
  Call call = call_begin ("get_case");

  vrf_api_client_get_case_async (call.client, CASE_ID, NULL, api_done_cb, &call.result);
  assert_case (&call, VRF_CASE_STATUS_IN_REVIEW, NULL, REVIEWER);
}

static void
test_claim (void)
{
  Call call = call_begin ("claim_case");

  vrf_api_client_claim_case_async (call.client, CASE_ID, REVIEWER, api_done_cb, &call.result);
  assert_case (&call, VRF_CASE_STATUS_IN_REVIEW, NULL, REVIEWER);

  call = call_begin ("release_case");
  vrf_api_client_release_case_async (call.client, CASE_ID, api_done_cb, &call.result);
  assert_case (&call, VRF_CASE_STATUS_OPEN, NULL, NULL);
}

static void
test_decide (void)
{
  const VrfCaseDecision yes = { .reviewer_id = REVIEWER, .notes = "The photo is the applicant's." };
  const VrfCaseDecision no = { .reviewer_id = REVIEWER,
                               .notes = "Another face.",
                               .reason = "The selfie shows somebody else.",
                               .reason_code = "face_mismatch" };
  Call call = call_begin ("approve_case");

  vrf_api_client_approve_case_async (call.client, CASE_ID, &yes, api_done_cb, &call.result);
  assert_case (&call, VRF_CASE_STATUS_APPROVED, "approved", REVIEWER);

  call = call_begin ("reject_case");
  vrf_api_client_reject_case_async (call.client, CASE_ID, &no, api_done_cb, &call.result);
  assert_case (&call, VRF_CASE_STATUS_REJECTED, "rejected", REVIEWER);
}

static void
test_escalate (void)
{
  Call call = call_begin ("escalate_case");

  vrf_api_client_escalate_case_async (
      call.client, CASE_ID, "orguser_manager", "Two watchlist hits", api_done_cb, &call.result);
  assert_case (&call, VRF_CASE_STATUS_ESCALATED, NULL, "orguser_manager");
}

static void
test_notes (void)
{
  Call call = call_begin ("list_case_notes");
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (VrfCaseNote) added = NULL;
  const VrfCaseNote *second = NULL;

  vrf_api_client_list_case_notes_async (call.client, CASE_ID, NULL, api_done_cb, &call.result);
  notes = vrf_api_client_list_case_notes_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpuint (notes->len, ==, 2);
  second = g_ptr_array_index (notes, 1);
  g_assert_cmpstr (second->author_name, ==, REVIEWER);
  g_assert_cmpstr (second->author_type, ==, "org");
  g_assert_cmpstr (second->content, ==, "Fine.");
  g_assert_cmpint (second->created_at, ==, at ("2026-02-01T12:14:30Z"));
  call_end (&call);

  call = call_begin ("add_case_note");
  vrf_api_client_add_case_note_async (
      call.client, CASE_ID, "Called the applicant.", api_done_cb, &call.result);
  added = vrf_api_client_add_case_note_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpstr (added->content, ==, "Called the applicant.");
  call_end (&call);
}

/* Webhooks */

static void
test_deliveries (void)
{
  Call call = call_begin ("list_deliveries");
  const VrfDeliveryQuery query = { .from_us = at ("2026-02-01T00:00:00Z"),
                                   .to_us = at ("2026-02-02T00:00:00Z") };
  g_autoptr (GPtrArray) deliveries = NULL;
  const VrfDelivery *first = NULL;
  const VrfDelivery *last = NULL;

  vrf_api_client_list_deliveries_async (
      call.client, "webhook_4c1d7e90ab2f35680d9e1f24", &query, NULL, api_done_cb, &call.result);
  deliveries = vrf_api_client_list_deliveries_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpuint (deliveries->len, ==, 3);
  first = g_ptr_array_index (deliveries, 0);
  g_assert_cmpstr (first->event_type, ==, "session.approved");
  g_assert_cmpstr (first->status, ==, "pending");
  g_assert_cmpint (first->attempts, ==, 2);
  g_assert_cmpint (first->http_status, ==, 500);
  g_assert_cmpstr (first->error, ==, "The answer was HTTP 500.");
  g_assert_cmpint (first->response_time_ms, ==, 41);
  g_assert_cmpint (first->next_retry_at, ==, at ("2026-02-01T12:06:41Z"));
  g_assert_cmpint (first->last_attempt_at, ==, at ("2026-02-01T12:04:41Z"));
  g_assert_cmpstr (vrf_delivery_get_session_id (first), ==, "session_5f0c2a9be1d74c6f8a3b9d10");
  last = g_ptr_array_index (deliveries, 2);
  g_assert_cmpint (last->http_status, ==, -1);
  g_assert_null (last->error);
  g_assert_cmpint (last->last_attempt_at, ==, VRF_TIME_NONE);
  call_end (&call);
}

static void
test_retry_delivery (void)
{
  Call call = call_begin ("retry_delivery");

  vrf_api_client_retry_delivery_async (
      call.client, "whdel_0680f3590ab2e7c41f24d9e1", api_done_cb, &call.result);
  g_assert_true (
      vrf_api_client_retry_delivery_finish (call.client, call_await (&call), &call.error));
  g_assert_no_error (call.error);
  call_end (&call);
}

/* Workflow */

static void
test_versions (void)
{
  Call call = call_begin ("list_workflow_versions");
  g_autoptr (GPtrArray) versions = NULL;
  const VrfWorkflowVersion *newest = NULL;

  vrf_api_client_list_workflow_versions_async (
      call.client, "workflow_3c1de0a94b7f48d2a6e5b710", NULL, api_done_cb, &call.result);
  versions =
      vrf_api_client_list_workflow_versions_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpuint (versions->len, ==, 2);
  newest = g_ptr_array_index (versions, 0);
  g_assert_cmpint (newest->version, ==, 2);
  g_assert_cmpstr (newest->name, ==, "Car rental, 25 and up");
  g_assert_cmpint (newest->created_at, ==, at ("2026-02-02T09:30:00Z"));
  call_end (&call);
}

static char *
dup_path (const char *results)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"r\",\"node_results\":%s}", results);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JsonNode) node = vrf_json_parse (bytes, 1 << 20, NULL);
  g_autoptr (VrfWorkflowRun) run = vrf_workflow_run_new_from_json (node, NULL);
  GString *path = g_string_new (NULL);

  for (guint i = 0; i < run->nodes->len; i++)
    g_string_append (path, ((VrfRunNode *) g_ptr_array_index (run->nodes, i))->id);
  return g_string_free (path, FALSE);
}

/* The members of an object have no order: the targets have. */
static void
test_path (void)
{
  static const char *const cases[][2] = {
    { "{\"c\":{\"target\":\"end\"},\"a\":{\"target\":\"b\"},\"b\":{\"target\":\"c\"}}", "abc" },
    { "{\"b\":{\"target\":\"a\"},\"a\":{\"target\":\"b\"}}", "ba" },
    { "{\"x\":{},\"b\":{\"target\":\"c\"},\"c\":{}}", "xbc" },
    { "{\"a\":{\"target\":\"a\"}}", "a" },
    { "{}", "" },
    { "null", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = dup_path (cases[i][0]);

      g_assert_cmpstr (path, ==, cases[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api/calls-page/fetch", test_fetch);
  g_test_add_func ("/api/calls-page/fetch-late", test_fetch_late);
  g_test_add_func ("/api/calls-page/fetch-elsewhere", test_fetch_elsewhere);
  g_test_add_func ("/api/calls-page/fetch-prefix", test_fetch_prefix);
  g_test_add_func ("/api/calls-page/get-case", test_get_case);
  g_test_add_func ("/api/calls-page/claim", test_claim);
  g_test_add_func ("/api/calls-page/decide", test_decide);
  g_test_add_func ("/api/calls-page/escalate", test_escalate);
  g_test_add_func ("/api/calls-page/notes", test_notes);
  g_test_add_func ("/api/calls-page/deliveries", test_deliveries);
  g_test_add_func ("/api/calls-page/retry-delivery", test_retry_delivery);
  g_test_add_func ("/api/calls-page/versions", test_versions);
  g_test_add_func ("/api/calls-page/path", test_path);
  return g_test_run ();
}
