/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <string.h>

#include "api-call.h"
#include "api/vrf-api-client.h"
#include "base/vrf-error.h"
#include "base/vrf-time.h"

/* Every call against a server that replays the golden reply: what is sent, and what is read. */

#define SESSION_ID "session_5f0c2a9be1d74c6f8a3b9d10"
#define IDEMPOTENCY_KEY "3f1c6a52-8d0e-4b57-9c61-2a7f0e5d4b38"

static gint64
at (const char *text)
{
  gint64 us = 0;

  g_assert_true (vrf_time_parse (text, &us, NULL));
  return us;
}

static const char *
reply_text (Call *call, const char *name)
{
  return json_object_get_string_member (api_golden_get_reply (call->golden), name);
}

static VrfSessionRequest *
make_request (void)
{
  VrfSessionRequest *request = vrf_session_request_new ();

  request->external_ref = g_strdup ("guest-1042");
  request->workflow_id = g_strdup ("workflow_default_kyc");
  request->country = g_strdup ("us");
  request->redirect_url = g_strdup ("https://hotel.example/done");
  request->applicant_name = g_strdup ("Jane Doe");
  request->applicant_email = g_strdup ("jane.doe@example.com");
  request->email_display_name = g_strdup ("Front Desk Demo");
  request->support_url = g_strdup ("https://hotel.example/help");
  request->send_email = TRUE;
  request->desk = g_strdup ("3");
  request->tags = g_strsplit ("walk-in", ",", -1);
  request->metadata = json_object_new ();
  json_object_set_string_member (request->metadata, "room", "12");
  request->fields = json_object_new ();
  json_object_set_string_member (request->fields, "first_name", "Jane");
  json_object_set_string_member (request->fields, "last_name", "Doe");
  return request;
}

static void
test_create (void)
{
  Call call = call_begin ("create_session");
  g_autoptr (VrfSessionRequest) request = make_request ();
  g_autoptr (VrfSession) session = NULL;

  vrf_api_client_create_session_async (
      call.client, request, IDEMPOTENCY_KEY, NULL, api_done_cb, &call.result);
  session = vrf_api_client_create_session_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpstr (api_record_get_header (api_server_peek (call.server, 0), "idempotency-key"),
                   ==,
                   IDEMPOTENCY_KEY);
  g_assert_true (g_str_has_prefix (
      api_record_get_header (api_server_peek (call.server, 0), "user-agent"), "verifa-desk/"));
  g_assert_cmpstr (session->id, ==, SESSION_ID);
  g_assert_cmpint (session->status, ==, VRF_SESSION_STATUS_PENDING);
  g_assert_cmpstr (session->capture_url, ==, reply_text (&call, "capture_url"));
  g_assert_true (session->is_sandbox);
  g_assert_cmpint (session->created_at, ==, at ("2026-02-01T12:00:00Z"));
  g_assert_cmpint (session->token_expires_at, ==, at ("2026-02-01T12:20:00Z"));
  g_assert_cmpstr (session->external_ref, ==, "guest-1042");
  g_assert_cmpstr (session->tags[0], ==, "walk-in");
  g_assert_null (session->tags[1]);
  g_assert_cmpint (vrf_api_client_get_quota_limit (call.client), ==, 1000);
  g_assert_cmpint (vrf_api_client_get_quota_remaining (call.client), ==, 958);
  call_end (&call);
}

static void
test_create_minimal (void)
{
  Call call = call_begin ("create_session_minimal");
  g_autoptr (VrfSessionRequest) request = vrf_session_request_new ();
  g_autoptr (VrfSession) session = NULL;

  vrf_api_client_create_session_async (call.client, request, NULL, NULL, api_done_cb, &call.result);
  session = vrf_api_client_create_session_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_null (session->external_ref);
  g_assert_cmpuint (g_strv_length (session->tags), ==, 0);
  call_end (&call);
}

static void
test_list (void)
{
  Call call = call_begin ("list_sessions");
  VrfSessionQuery query = {
    .status = "pending", .q = "guest 10", .external_ref = "guest-1042", .limit = 2, .offset = 20
  };
  g_autoptr (VrfSessionPage) page = NULL;
  VrfSession *second = NULL;

  vrf_api_client_list_sessions_async (call.client, &query, NULL, api_done_cb, &call.result);
  page = vrf_api_client_list_sessions_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpstr (api_server_peek (call.server, 0)->query,
                   ==,
                   "status=pending&q=guest%2010&external_ref=guest-1042&limit=2&offset=20");
  g_assert_cmpuint (page->total, ==, 142);
  g_assert_cmpuint (page->limit, ==, 2);
  g_assert_cmpuint (page->offset, ==, 20);
  g_assert_cmpuint (page->sessions->len, ==, 2);
  second = g_ptr_array_index (page->sessions, 1);
  g_assert_cmpstr (second->result_status, ==, "needs_review");
  g_assert_cmpstr (second->risk_level, ==, "medium");
  g_assert_cmpint (second->status, ==, VRF_SESSION_STATUS_UNDER_REVIEW);
  call_end (&call);
}

static void
test_list_empty (void)
{
  Call call = call_begin ("list_sessions_empty");
  VrfSessionQuery query = { 0 };
  g_autoptr (VrfSessionPage) page = NULL;

  vrf_api_client_list_sessions_async (call.client, &query, NULL, api_done_cb, &call.result);
  page = vrf_api_client_list_sessions_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpuint (page->sessions->len, ==, 0);
  g_assert_cmpuint (page->total, ==, 0);
  call_end (&call);
}

static void
test_get (void)
{
  Call call = call_begin ("get_session");
  g_autoptr (VrfSession) session = NULL;

  vrf_api_client_get_session_async (call.client, SESSION_ID, NULL, api_done_cb, &call.result);
  session = vrf_api_client_get_session_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpint (session->status, ==, VRF_SESSION_STATUS_COMPLETED);
  g_assert_cmpstr (session->status_text, ==, "completed");
  g_assert_cmpstr (session->environment, ==, "sandbox");
  g_assert_cmpint (session->updated_at, ==, at ("2026-02-01T12:04:11Z"));
  g_assert_cmpstr (session->applicant_name, ==, "Jane Doe");
  g_assert_cmpstr (session->desk, ==, "3");
  g_assert_cmpuint (json_object_get_size (session->metadata), ==, 2);
  g_assert_cmpstr (session->country, ==, "US");
  g_assert_cmpstr (session->workflow_id, ==, "workflow_default_kyc");
  g_assert_cmpstr (session->document_type, ==, "drivers_license");
  g_assert_cmpstr (session->retention_status, ==, "active");
  g_assert_cmpint (session->processing_attempts, ==, 1);
  g_assert_cmpstr (session->consent_ip, ==, "203.0.113.7");
  g_assert_null (session->capture_url);
  g_assert_cmpint (session->token_expires_at, ==, VRF_TIME_NONE);
  g_assert_null (session->case_id);
  g_assert_cmpint (vrf_api_client_get_rate_limit (call.client), ==, 1000);
  g_assert_cmpint (vrf_api_client_get_rate_remaining (call.client), ==, 997);
  g_assert_cmpint (vrf_api_client_get_quota_limit (call.client), ==, -1);
  call_end (&call);
}

static void
test_get_pending (void)
{
  Call call = call_begin ("get_session_pending");
  g_autoptr (VrfSession) session = NULL;

  vrf_api_client_get_session_async (call.client, SESSION_ID, NULL, api_done_cb, &call.result);
  session = vrf_api_client_get_session_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpstr (session->capture_url, ==, reply_text (&call, "capture_url"));
  g_assert_cmpint (session->token_expires_at, ==, at ("2026-02-01T12:20:00Z"));
  call_end (&call);
}

static void
test_update (void)
{
  Call call = call_begin ("update_session");
  g_autoptr (JsonObject) metadata = json_object_new ();
  g_autoptr (VrfSession) session = NULL;

  json_object_set_string_member (metadata, "desk", "4");
  json_object_set_null_member (metadata, "room");
  vrf_api_client_update_session_async (
      call.client, SESSION_ID, "guest-2077", metadata, api_done_cb, &call.result);
  session = vrf_api_client_update_session_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpstr (session->external_ref, ==, "guest-2077");
  g_assert_cmpstr (session->desk, ==, "4");
  call_end (&call);
}

static void
test_resume (void)
{
  Call call = call_begin ("resume_session");
  g_autoptr (VrfSession) session = NULL;

  vrf_api_client_resume_session_async (
      call.client, SESSION_ID, IDEMPOTENCY_KEY, NULL, api_done_cb, &call.result);
  session = vrf_api_client_resume_session_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpint (session->status, ==, VRF_SESSION_STATUS_PENDING);
  g_assert_cmpstr (session->capture_url, ==, reply_text (&call, "capture_url"));
  g_assert_cmpint (session->token_expires_at, ==, at ("2026-02-01T13:20:00Z"));
  call_end (&call);
}

static void
test_resend_invite (void)
{
  Call call = call_begin ("resend_invite");

  vrf_api_client_resend_invite_async (
      call.client, SESSION_ID, NULL, NULL, api_done_cb, &call.result);
  g_assert_cmpint (
      vrf_api_client_resend_invite_finish (call.client, call_await (&call), &call.error), ==, 2);
  g_assert_no_error (call.error);
  call_end (&call);
}

static void
test_expire (void)
{
  Call call = call_begin ("expire_session");
  g_autoptr (VrfSession) session = NULL;

  vrf_api_client_expire_session_async (
      call.client, SESSION_ID, NULL, NULL, api_done_cb, &call.result);
  session = vrf_api_client_expire_session_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpint (session->status, ==, VRF_SESSION_STATUS_EXPIRED);
  g_assert_cmpint (session->expired_at, ==, at ("2026-02-01T12:07:30Z"));
  call_end (&call);
}

static void
test_simulate (void)
{
  const struct
  {
    const char *golden;
    const char *action;
    VrfSessionStatus status;
  } cases[] = {
    { "simulate_approve", "approve", VRF_SESSION_STATUS_COMPLETED },
    { "simulate_decline", "decline", VRF_SESSION_STATUS_COMPLETED },
    { "simulate_require_review", "require-review", VRF_SESSION_STATUS_UNDER_REVIEW },
    { "simulate_expire", "expire", VRF_SESSION_STATUS_EXPIRED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Call call = call_begin (cases[i].golden);
      g_autoptr (VrfSession) session = NULL;

      vrf_api_client_simulate_async (
          call.client, SESSION_ID, cases[i].action, NULL, api_done_cb, &call.result);
      session = vrf_api_client_simulate_finish (call.client, call_await (&call), &call.error);
      g_assert_no_error (call.error);
      g_assert_cmpint (session->status, ==, cases[i].status);
      call_end (&call);
    }
}

static void
test_generate_link (void)
{
  Call call = call_begin ("generate_link");
  g_autoptr (VrfLink) link = NULL;

  vrf_api_client_generate_link_async (
      call.client, SESSION_ID, 30, IDEMPOTENCY_KEY, api_done_cb, &call.result);
  link = vrf_api_client_generate_link_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpstr (link->id, ==, reply_text (&call, "id"));
  g_assert_cmpstr (link->session_id, ==, SESSION_ID);
  g_assert_cmpstr (link->capture_url, ==, reply_text (&call, "capture_url"));
  g_assert_cmpstr (link->status, ==, "active");
  g_assert_cmpint (link->created_at, ==, at ("2026-02-01T12:05:00Z"));
  g_assert_cmpint (link->expires_at, ==, at ("2026-02-01T12:35:00Z"));
  call_end (&call);
}

static void
test_list_links (void)
{
  Call call = call_begin ("list_links");
  g_autoptr (GPtrArray) links = NULL;
  VrfLink *second = NULL;

  vrf_api_client_list_links_async (call.client, SESSION_ID, NULL, api_done_cb, &call.result);
  links = vrf_api_client_list_links_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpuint (links->len, ==, 2);
  second = g_ptr_array_index (links, 1);
  g_assert_cmpstr (second->status, ==, "revoked");
  call_end (&call);
}

static void
assert_tags (Call *call, const char *first, const char *second)
{
  g_auto (GStrv) tags = vrf_api_client_tags_finish (call->client, call_await (call), &call->error);

  g_assert_no_error (call->error);
  g_assert_cmpstr (tags[0], ==, first);
  g_assert_cmpstr (tags[1], ==, second);
  call_end (call);
}

static void
test_tags (void)
{
  const char *const tags[] = { "group", "late", "group", NULL };
  Call call = call_begin ("add_tag");

  vrf_api_client_add_tag_async (call.client, SESSION_ID, "vip", NULL, api_done_cb, &call.result);
  assert_tags (&call, "walk-in", "vip");

  call = call_begin ("remove_tag");
  vrf_api_client_remove_tag_async (
      call.client, SESSION_ID, "walk-in", NULL, api_done_cb, &call.result);
  assert_tags (&call, "vip", NULL);

  call = call_begin ("set_tags");
  vrf_api_client_set_tags_async (call.client, SESSION_ID, tags, NULL, api_done_cb, &call.result);
  assert_tags (&call, "group", "late");
}

static void
test_documents (void)
{
  Call call = call_begin ("list_documents");
  g_autoptr (GPtrArray) documents = NULL;
  VrfDocument *last = NULL;

  vrf_api_client_list_documents_async (call.client, SESSION_ID, NULL, api_done_cb, &call.result);
  documents = vrf_api_client_list_documents_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpuint (documents->len, ==, 3);
  last = g_ptr_array_index (documents, 2);
  g_assert_cmpstr (last->doc_type, ==, "selfie");
  g_assert_cmpstr (last->mime_type, ==, "image/jpeg");
  g_assert_true (g_str_has_prefix (last->url, "https://api.withverifa.com/api/v1/sessions/"));
  g_assert_cmpint (last->expires_in_s, ==, 300);
  call_end (&call);
}

static void
test_documents_gone (void)
{
  Call call = call_begin ("list_documents_gone");
  g_autoptr (GPtrArray) documents = NULL;

  vrf_api_client_list_documents_async (call.client, SESSION_ID, NULL, api_done_cb, &call.result);
  documents = vrf_api_client_list_documents_finish (call.client, call_await (&call), &call.error);
  g_assert_error (call.error, VRF_ERROR, VRF_ERROR_GONE);
  g_assert_null (documents);
  call_end (&call);
}

static void
test_risk (void)
{
  Call call = call_begin ("get_risk");
  g_autoptr (VrfRisk) risk = NULL;
  VrfRiskSignal *signal = NULL;

  vrf_api_client_get_risk_async (call.client, SESSION_ID, NULL, api_done_cb, &call.result);
  risk = vrf_api_client_get_risk_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpint (risk->score, ==, 8);
  g_assert_cmpstr (risk->level, ==, "low");
  g_assert_false (risk->hard_block);
  g_assert_cmpint (risk->computed_at, ==, at ("2026-02-01T12:04:11Z"));
  g_assert_cmpuint (risk->signals->len, ==, 1);
  signal = g_ptr_array_index (risk->signals, 0);
  g_assert_cmpstr (signal->signal, ==, "incognito_detected");
  g_assert_cmpstr (signal->category, ==, "device");
  g_assert_cmpint (signal->weight, ==, 5);
  g_assert_cmpstr (signal->action, ==, "score");
  g_assert_cmpint (signal->detected_at, ==, at ("2026-02-01T12:03:02Z"));
  call_end (&call);
}

static void
test_checks (void)
{
  Call call = call_begin ("list_verifications");
  g_autoptr (GPtrArray) checks = NULL;
  VrfCheck *face = NULL;
  VrfCheck *watchlist = NULL;

  vrf_api_client_list_checks_async (call.client, SESSION_ID, NULL, api_done_cb, &call.result);
  checks = vrf_api_client_list_checks_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpuint (checks->len, ==, 5);
  face = g_ptr_array_index (checks, 1);
  g_assert_cmpstr (face->policy, ==, "face_match");
  g_assert_cmpint (face->status, ==, VRF_CHECK_STATUS_PASSED);
  g_assert_cmpint (face->attempt, ==, 1);
  g_assert_cmpfloat (face->score, ==, 0.95);
  g_assert_null (face->reason);
  g_assert_cmpint (face->started_at, ==, at ("2026-02-01T12:04:08Z"));
  g_assert_cmpint (face->completed_at, ==, at ("2026-02-01T12:04:09Z"));
  g_assert_cmpint (face->duration_ms, ==, 840);
  watchlist = g_ptr_array_index (checks, 3);
  g_assert_cmpint (watchlist->status, ==, VRF_CHECK_STATUS_FAILED);
  g_assert_cmpstr (watchlist->reason, ==, "Possible match on a list.");
  g_assert_cmpfloat (watchlist->score, ==, -1.0);
  call_end (&call);
}

static void
test_attempts (void)
{
  Call call = call_begin ("list_verification_attempts");
  g_autoptr (GPtrArray) attempts = NULL;
  VrfCheck *first = NULL;
  VrfCheck *second = NULL;

  vrf_api_client_list_attempts_async (
      call.client, SESSION_ID, "face_match", NULL, api_done_cb, &call.result);
  attempts = vrf_api_client_list_attempts_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpuint (attempts->len, ==, 2);
  first = g_ptr_array_index (attempts, 0);
  second = g_ptr_array_index (attempts, 1);
  g_assert_cmpint (first->status, ==, VRF_CHECK_STATUS_FAILED);
  g_assert_cmpint (first->attempt, ==, 1);
  g_assert_cmpfloat (first->score, ==, 0.21);
  g_assert_cmpstr (first->reason, ==, "The faces differ.");
  g_assert_cmpint (second->status, ==, VRF_CHECK_STATUS_PASSED);
  g_assert_cmpint (second->attempt, ==, 2);
  g_assert_cmpint (second->started_at, ==, at ("2026-02-01T12:06:08Z"));
  call_end (&call);
}

static void
test_retry_check (void)
{
  Call call = call_begin ("retry_verification");

  vrf_api_client_retry_check_async (
      call.client, SESSION_ID, "face_match", NULL, api_done_cb, &call.result);
  g_assert_true (vrf_api_client_retry_check_finish (call.client, call_await (&call), &call.error));
  g_assert_no_error (call.error);
  call_end (&call);
}

/* A name that would leave its place in the path is not sent. */
static void
test_retry_check_wrong (void)
{
  const char *const names[] = { "", ".", ".." };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      Call call = call_begin ("retry_verification");

      vrf_api_client_retry_check_async (
          call.client, SESSION_ID, names[i], NULL, api_done_cb, &call.result);
      api_await (&call.result);
      g_assert_false (vrf_api_client_retry_check_finish (call.client, call.result, &call.error));
      g_assert_error (call.error, VRF_ERROR, VRF_ERROR_ARGUMENT);
      g_assert_cmpuint (api_server_count (call.server), ==, 0);
      call_end (&call);
    }
}

static VrfResult *
get_result (Call *call)
{
  vrf_api_client_get_result_async (call->client, SESSION_ID, NULL, api_done_cb, &call->result);
  return vrf_api_client_get_result_finish (call->client, call_await (call), &call->error);
}

static void
test_result (void)
{
  Call call = call_begin ("get_result");
  g_autoptr (VrfResult) result = get_result (&call);
  VrfCheck *risk = NULL;

  g_assert_no_error (call.error);
  g_assert_cmpstr (result->session_id, ==, SESSION_ID);
  g_assert_cmpint (result->status, ==, VRF_RESULT_STATUS_APPROVED);
  g_assert_true (result->is_sandbox);
  g_assert_cmpint (result->created_at, ==, at ("2026-02-01T12:04:11Z"));
  g_assert_cmpint (result->face_match_passed, ==, 1);
  g_assert_cmpfloat (result->face_match_score, ==, 0.95);
  g_assert_cmpint (result->age_check_passed, ==, 1);
  g_assert_cmpint (result->extracted_age, ==, 28);
  g_assert_cmpstr (
      json_object_get_string_member (result->extracted_data, "first_name"), ==, "Jane");
  g_assert_null (result->rejection_reason);
  g_assert_cmpstr (result->processing_mode, ==, "workflow");
  g_assert_cmpstr (result->country_used, ==, "US");
  g_assert_false (result->sensitive_data_expired);
  g_assert_cmpuint (result->checks->len, ==, 5);
  risk = g_ptr_array_index (result->checks, 4);
  g_assert_cmpstr (risk->policy, ==, "risk_assessment");
  g_assert_cmpint (risk->risk_score, ==, 8);
  g_assert_cmpstr (risk->risk_level, ==, "low");
  call_end (&call);
}

static void
test_result_rejected (void)
{
  Call call = call_begin ("get_result_rejected");
  g_autoptr (VrfResult) result = get_result (&call);

  g_assert_no_error (call.error);
  g_assert_cmpint (result->status, ==, VRF_RESULT_STATUS_REJECTED);
  g_assert_cmpint (result->face_match_passed, ==, 0);
  g_assert_cmpstr (result->rejection_reason_code, ==, "face_mismatch");
  g_assert_cmpstr (result->rejection_reason, ==, "The selfie does not match the document.");
  call_end (&call);
}

static void
test_result_redacted (void)
{
  Call call = call_begin ("get_result_redacted");
  g_autoptr (VrfResult) result = get_result (&call);

  g_assert_no_error (call.error);
  g_assert_true (result->sensitive_data_expired);
  g_assert_cmpuint (json_object_get_size (result->extracted_data), ==, 0);
  call_end (&call);
}

static void
test_result_nested (void)
{
  Call call = call_begin ("get_result_nested");
  g_autoptr (VrfResult) result = get_result (&call);

  g_assert_no_error (call.error);
  g_assert_cmpint (result->status, ==, VRF_RESULT_STATUS_APPROVED);
  g_assert_cmpfloat (result->face_match_score, ==, 0.95);
  g_assert_cmpint (result->extracted_age, ==, 28);
  g_assert_cmpstr (json_object_get_string_member (result->extracted_data, "last_name"), ==, "Doe");
  g_assert_cmpuint (result->checks->len, ==, 0);
  call_end (&call);
}

static void
test_result_none (void)
{
  Call call = call_begin ("get_result_none");
  g_autoptr (VrfResult) result = get_result (&call);

  g_assert_error (call.error, VRF_ERROR, VRF_ERROR_NOT_FOUND);
  g_assert_null (result);
  call_end (&call);
}

static void
test_redact (void)
{
  const struct
  {
    const char *golden;
    int removed;
  } cases[] = { { "redact_session", 3 }, { "redact_session_again", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Call call = call_begin (cases[i].golden);

      vrf_api_client_redact_async (call.client, SESSION_ID, NULL, api_done_cb, &call.result);
      g_assert_cmpint (vrf_api_client_redact_finish (call.client, call_await (&call), &call.error),
                       ==,
                       cases[i].removed);
      g_assert_no_error (call.error);
      call_end (&call);
    }
}

static void
test_reprocess (void)
{
  Call call = call_begin ("reprocess_session");

  vrf_api_client_reprocess_async (call.client, SESSION_ID, NULL, api_done_cb, &call.result);
  g_assert_true (vrf_api_client_reprocess_finish (call.client, call_await (&call), &call.error));
  g_assert_no_error (call.error);
  call_end (&call);
}

static void
test_workflow_run (void)
{
  Call call = call_begin ("get_workflow_run");
  g_autoptr (VrfWorkflowRun) run = NULL;
  const VrfRunNode *node = NULL;

  vrf_api_client_get_workflow_run_async (call.client, SESSION_ID, NULL, api_done_cb, &call.result);
  run = vrf_api_client_get_workflow_run_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpstr (run->id, ==, reply_text (&call, "id"));
  g_assert_cmpstr (run->workflow_id, ==, "workflow_default_kyc");
  g_assert_cmpstr (run->status, ==, "completed");
  g_assert_cmpstr (run->final_status, ==, "approved");
  g_assert_cmpstr (run->current_node, ==, "approved");
  g_assert_null (run->paused_at_node);
  g_assert_cmpint (run->started_at, ==, at ("2026-02-01T12:04:06Z"));
  g_assert_cmpint (run->completed_at, ==, at ("2026-02-01T12:04:11Z"));
  g_assert_cmpint (run->duration_ms, ==, 5120);
  g_assert_cmpint (run->created_at, ==, at ("2026-02-01T12:04:05Z"));
  g_assert_cmpuint (run->nodes->len, ==, 2);
  node = g_ptr_array_index (run->nodes, 1);
  g_assert_cmpstr (node->id, ==, "face_match");
  g_assert_cmpstr (node->policy, ==, "face_match");
  g_assert_cmpstr (node->status, ==, "completed");
  g_assert_cmpint (node->passed, ==, 1);
  g_assert_cmpint (node->duration_ms, ==, 840);
  g_assert_cmpstr (node->target, ==, "approved");
  call_end (&call);
}

static void
test_workflows (void)
{
  Call call = call_begin ("list_workflows");
  g_autoptr (GPtrArray) workflows = NULL;
  VrfWorkflow *first = NULL;
  VrfWorkflow *last = NULL;

  vrf_api_client_list_workflows_async (call.client, NULL, api_done_cb, &call.result);
  workflows = vrf_api_client_list_workflows_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpuint (workflows->len, ==, 3);
  first = g_ptr_array_index (workflows, 0);
  last = g_ptr_array_index (workflows, 2);
  g_assert_cmpstr (first->id, ==, "workflow_default_kyc");
  g_assert_cmpstr (first->name, ==, "ID & Selfie + Age Verification");
  g_assert_cmpstr (first->description, ==, "ID and selfie, at least 18 years old");
  g_assert_cmpint (first->version, ==, 1);
  g_assert_true (first->is_default);
  g_assert_true (first->is_active);
  g_assert_cmpint (first->minimum_age, ==, 18);
  g_assert_false (last->is_default);
  g_assert_null (last->description);
  g_assert_cmpint (last->minimum_age, ==, -1);
  call_end (&call);
}

static void
test_rate_limits (void)
{
  Call call = call_begin ("get_rate_limits");
  g_autoptr (VrfRateLimits) limits = NULL;

  vrf_api_client_get_rate_limits_async (call.client, NULL, api_done_cb, &call.result);
  limits = vrf_api_client_get_rate_limits_finish (call.client, call_await (&call), &call.error);
  g_assert_no_error (call.error);
  g_assert_cmpint (limits->limit, ==, 1000);
  g_assert_cmpint (limits->remaining, ==, 997);
  g_assert_cmpint (limits->reset_in_s, ==, 42);
  g_assert_cmpint (limits->window_s, ==, 60);
  g_assert_cmpint (limits->creation_limit, ==, 150);
  g_assert_cmpint (limits->creation_remaining, ==, 149);
  g_assert_cmpstr (limits->plan, ==, "professional");
  g_assert_cmpstr (limits->environment, ==, "sandbox");
  call_end (&call);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api/calls/create", test_create);
  g_test_add_func ("/api/calls/create-minimal", test_create_minimal);
  g_test_add_func ("/api/calls/list", test_list);
  g_test_add_func ("/api/calls/list-empty", test_list_empty);
  g_test_add_func ("/api/calls/get", test_get);
  g_test_add_func ("/api/calls/get-pending", test_get_pending);
  g_test_add_func ("/api/calls/update", test_update);
  g_test_add_func ("/api/calls/resume", test_resume);
  g_test_add_func ("/api/calls/resend-invite", test_resend_invite);
  g_test_add_func ("/api/calls/expire", test_expire);
  g_test_add_func ("/api/calls/simulate", test_simulate);
  g_test_add_func ("/api/calls/generate-link", test_generate_link);
  g_test_add_func ("/api/calls/list-links", test_list_links);
  g_test_add_func ("/api/calls/tags", test_tags);
  g_test_add_func ("/api/calls/documents", test_documents);
  g_test_add_func ("/api/calls/documents-gone", test_documents_gone);
  g_test_add_func ("/api/calls/risk", test_risk);
  g_test_add_func ("/api/calls/checks", test_checks);
  g_test_add_func ("/api/calls/attempts", test_attempts);
  g_test_add_func ("/api/calls/retry-check", test_retry_check);
  g_test_add_func ("/api/calls/retry-check-wrong", test_retry_check_wrong);
  g_test_add_func ("/api/calls/result", test_result);
  g_test_add_func ("/api/calls/result-rejected", test_result_rejected);
  g_test_add_func ("/api/calls/result-redacted", test_result_redacted);
  g_test_add_func ("/api/calls/result-nested", test_result_nested);
  g_test_add_func ("/api/calls/result-none", test_result_none);
  g_test_add_func ("/api/calls/redact", test_redact);
  g_test_add_func ("/api/calls/reprocess", test_reprocess);
  g_test_add_func ("/api/calls/workflow-run", test_workflow_run);
  g_test_add_func ("/api/calls/workflows", test_workflows);
  g_test_add_func ("/api/calls/rate-limits", test_rate_limits);
  return g_test_run ();
}
