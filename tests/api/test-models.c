/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <string.h>

#include "api/vrf-api-client.h"
#include "base/vrf-error.h"
#include "base/vrf-time.h"

/* What the decoders forgive, and what they name. The documented replies are in test-calls.c. */

static JsonNode *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  JsonNode *node = vrf_json_parse (bytes, 1 << 20, &error);

  g_assert_no_error (error);
  return node;
}

#define DECODE(function, text, error)                                                              \
  ({                                                                                               \
    g_autoptr (JsonNode) node_ = parse (text);                                                     \
    function (node_, error);                                                                       \
  })

static void
test_session_least (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSession) session =
      DECODE (vrf_session_new_from_json, "{\"id\":\"s\",\"status\":\"pending\"}", &error);

  g_assert_no_error (error);
  g_assert_false (session->is_sandbox);
  g_assert_null (session->environment);
  g_assert_null (session->external_ref);
  g_assert_null (session->applicant_name);
  g_assert_null (session->metadata);
  g_assert_null (session->capture_url);
  g_assert_cmpint (session->created_at, ==, VRF_TIME_NONE);
  g_assert_cmpint (session->updated_at, ==, VRF_TIME_NONE);
  g_assert_cmpint (session->token_expires_at, ==, VRF_TIME_NONE);
  g_assert_cmpint (session->expired_at, ==, VRF_TIME_NONE);
  g_assert_cmpint (session->processing_attempts, ==, -1);
  g_assert_cmpuint (g_strv_length (session->tags), ==, 0);
}

static void
test_session_unknown (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSession) session = DECODE (
      vrf_session_new_from_json,
      "{\"id\":\"s\",\"status\":\"on_hold\",\"environment\":\"moon\",\"retention_status\":\"odd\","
      "\"result_status\":\"maybe\",\"risk_level\":\"cosmic\",\"brand_new\":{\"a\":[1]},"
      "\"created_at\":\"2026-02-01T13:00:00.123456+01:00\","
      "\"metadata\":{\"applicant_name\":7,\"desk\":null,\"x\":[]}}",
      &error);

  g_assert_no_error (error);
  g_assert_cmpint (session->status, ==, VRF_SESSION_STATUS_UNKNOWN);
  g_assert_cmpstr (session->status_text, ==, "on_hold");
  g_assert_cmpstr (session->environment, ==, "moon");
  g_assert_cmpstr (session->retention_status, ==, "odd");
  g_assert_cmpstr (session->result_status, ==, "maybe");
  g_assert_cmpstr (session->risk_level, ==, "cosmic");
  g_assert_cmpint (session->created_at, ==, G_GINT64_CONSTANT (1769947200123456));
  g_assert_null (session->applicant_name);
  g_assert_null (session->desk);
}

static void
test_session_wrong (void)
{
  const struct
  {
    const char *text;
    const char *member;
  } cases[] = {
    { "[]", "session" },
    { "null", "session" },
    { "{}", "session.id" },
    { "{\"id\":\"\",\"status\":\"pending\"}", "session.id" },
    { "{\"id\":null,\"status\":\"pending\"}", "session.id" },
    { "{\"id\":7,\"status\":\"pending\"}", "session.id" },
    { "{\"id\":\"s\"}", "session.status" },
    { "{\"id\":\"s\",\"status\":true}", "session.status" },
    { "{\"id\":\"s\",\"status\":\"x\",\"is_sandbox\":\"yes\"}", "session.is_sandbox" },
    { "{\"id\":\"s\",\"status\":\"x\",\"created_at\":\"yesterday\"}", "session.created_at" },
    { "{\"id\":\"s\",\"status\":\"x\",\"created_at\":5}", "session.created_at" },
    { "{\"id\":\"s\",\"status\":\"x\",\"tags\":\"a\"}", "session.tags" },
    { "{\"id\":\"s\",\"status\":\"x\",\"tags\":[1]}", "session.tags" },
    { "{\"id\":\"s\",\"status\":\"x\",\"metadata\":[]}", "session.metadata" },
    { "{\"id\":\"s\",\"status\":\"x\",\"processing_attempts\":1.5}",
      "session.processing_attempts" },
    { "{\"id\":\"s\",\"status\":\"x\",\"external_ref\":{}}", "session.external_ref" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (DECODE (vrf_session_new_from_json, cases[i].text, &error));
      g_assert_error (error, VRF_ERROR, VRF_ERROR_REPLY);
      g_assert_true (g_str_has_prefix (error->message, cases[i].member));
    }
}

static void
test_session_statuses (void)
{
  const char *active[] = { "pending",         "capturing",         "processing",
                           "sandbox_pending", "awaiting_external", "under_review" };
  const char *terminal[] = { "completed", "expired", "failed", "unheard_of" };

  for (guint i = 0; i < G_N_ELEMENTS (active); i++)
    g_assert_true (vrf_session_status_is_active (vrf_session_status_from_text (active[i])));
  for (guint i = 0; i < G_N_ELEMENTS (terminal); i++)
    g_assert_false (vrf_session_status_is_active (vrf_session_status_from_text (terminal[i])));
  g_assert_cmpint (vrf_session_status_from_text (NULL), ==, VRF_SESSION_STATUS_UNKNOWN);
}

static void
test_result_statuses (void)
{
  const struct
  {
    const char *text;
    VrfResultStatus status;
  } cases[] = {
    { "approved", VRF_RESULT_STATUS_APPROVED }, { "passed", VRF_RESULT_STATUS_APPROVED },
    { "rejected", VRF_RESULT_STATUS_REJECTED }, { "declined", VRF_RESULT_STATUS_REJECTED },
    { "failed", VRF_RESULT_STATUS_REJECTED },   { "needs_review", VRF_RESULT_STATUS_NEEDS_REVIEW },
    { "expired", VRF_RESULT_STATUS_UNKNOWN },   { "", VRF_RESULT_STATUS_UNKNOWN },
    { NULL, VRF_RESULT_STATUS_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (vrf_result_status_from_text (cases[i].text), ==, cases[i].status);
  g_assert_cmpstr (vrf_result_status_to_text (VRF_RESULT_STATUS_APPROVED), ==, "approved");
  g_assert_cmpstr (vrf_result_status_to_text (VRF_RESULT_STATUS_REJECTED), ==, "rejected");
  g_assert_cmpstr (vrf_result_status_to_text (VRF_RESULT_STATUS_NEEDS_REVIEW), ==, "needs_review");
  g_assert_null (vrf_result_status_to_text (VRF_RESULT_STATUS_UNKNOWN));
}

static void
test_page (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSessionPage) page = DECODE (
      vrf_session_page_new_from_json, "{\"data\":[{\"id\":\"s\",\"status\":\"x\"}]}", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (page->total, ==, 1);
  g_assert_cmpuint (page->offset, ==, 0);

  g_assert_null (DECODE (vrf_session_page_new_from_json, "{}", &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_REPLY);
  g_clear_error (&error);
  g_assert_null (DECODE (vrf_session_page_new_from_json, "{\"data\":[7]}", &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_REPLY);
  g_clear_error (&error);
  g_assert_null (DECODE (
      vrf_session_page_new_from_json, "{\"data\":[],\"pagination\":{\"total\":-1}}", &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_REPLY);
}

static void
test_result_least (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfResult) result =
      DECODE (vrf_result_new_from_json, "{\"status\":\"mulling\"}", &error);

  g_assert_no_error (error);
  g_assert_cmpint (result->status, ==, VRF_RESULT_STATUS_UNKNOWN);
  g_assert_cmpstr (result->status_text, ==, "mulling");
  g_assert_cmpint (result->face_match_passed, ==, -1);
  g_assert_cmpfloat (result->face_match_score, ==, -1.0);
  g_assert_cmpint (result->age_check_passed, ==, -1);
  g_assert_cmpint (result->extracted_age, ==, -1);
  g_assert_cmpuint (json_object_get_size (result->extracted_data), ==, 0);
  g_assert_cmpuint (result->checks->len, ==, 0);
}

/* The top level wins, also over a null inside; a null above does not hide what is inside. */
static void
test_result_both (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfResult) result =
      DECODE (vrf_result_new_from_json,
              "{\"status\":\"approved\",\"face_match_score\":0.5,\"extracted_age\":null,"
              "\"result\":{\"status\":\"rejected\",\"face_match_score\":0.1,\"extracted_age\":30}}",
              &error);

  g_assert_no_error (error);
  g_assert_cmpint (result->status, ==, VRF_RESULT_STATUS_APPROVED);
  g_assert_cmpfloat (result->face_match_score, ==, 0.5);
  g_assert_cmpint (result->extracted_age, ==, 30);
}

static void
test_result_wrong (void)
{
  const char *texts[] = {
    "{}",
    "{\"status\":\"approved\",\"face_match_score\":1.5}",
    "{\"status\":\"approved\",\"result\":7}",
    "{\"status\":\"approved\",\"result\":{\"face_match_passed\":\"yes\"}}",
    "{\"status\":\"approved\",\"check_results\":[]}",
    "{\"status\":\"approved\",\"check_results\":{\"face_match\":{\"score\":\"high\"}}}",
    "{\"status\":\"approved\",\"result\":{\"check_results\":{\"a\":{\"status\":1}}}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (DECODE (vrf_result_new_from_json, texts[i], &error));
      g_assert_error (error, VRF_ERROR, VRF_ERROR_REPLY);
    }
}

static void
test_check_entries (void)
{
  const struct
  {
    const char *entry;
    VrfCheckStatus status;
    const char *status_text;
    double score;
  } cases[] = {
    { "true", VRF_CHECK_STATUS_PASSED, "passed", -1.0 },
    { "false", VRF_CHECK_STATUS_FAILED, "failed", -1.0 },
    { "\"skipped\"", VRF_CHECK_STATUS_SKIPPED, "skipped", -1.0 },
    { "\"requires_retry\"", VRF_CHECK_STATUS_REQUIRES_RETRY, "requires_retry", -1.0 },
    { "\"brand_new\"", VRF_CHECK_STATUS_UNKNOWN, "brand_new", -1.0 },
    { "0.75", VRF_CHECK_STATUS_UNKNOWN, NULL, 0.75 },
    { "1", VRF_CHECK_STATUS_UNKNOWN, NULL, 1.0 },
    { "75", VRF_CHECK_STATUS_UNKNOWN, NULL, -1.0 },
    { "null", VRF_CHECK_STATUS_UNKNOWN, NULL, -1.0 },
    { "[]", VRF_CHECK_STATUS_UNKNOWN, NULL, -1.0 },
    { "{}", VRF_CHECK_STATUS_UNKNOWN, NULL, -1.0 },
    { "{\"passed\":true,\"score\":0.5}", VRF_CHECK_STATUS_PASSED, "passed", 0.5 },
    { "{\"passed\":false}", VRF_CHECK_STATUS_FAILED, "failed", -1.0 },
    { "{\"status\":\"error\",\"passed\":true}", VRF_CHECK_STATUS_ERROR, "error", -1.0 },
    { "{\"status\":\"pending\",\"score\":null}", VRF_CHECK_STATUS_PENDING, "pending", -1.0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = parse (cases[i].entry);
      g_autoptr (GError) error = NULL;
      g_autoptr (VrfCheck) check = vrf_check_new_from_entry ("face_match", node, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (check->policy, ==, "face_match");
      g_assert_cmpint (check->status, ==, cases[i].status);
      g_assert_cmpstr (check->status_text, ==, cases[i].status_text);
      g_assert_cmpfloat (check->score, ==, cases[i].score);
    }
}

static void
test_small_models (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfLink) link = DECODE (vrf_link_new_from_json, "{\"id\":\"l\"}", &error);
  g_autoptr (VrfDocument) document =
      DECODE (vrf_document_new_from_json, "{\"doc_type\":\"selfie\"}", &error);
  g_autoptr (VrfRisk) risk = DECODE (vrf_risk_new_from_json, "{}", &error);
  g_autoptr (VrfWorkflow) workflow =
      DECODE (vrf_workflow_new_from_json,
              "{\"id\":\"w\",\"data_requirements\":{\"minimum_age\":\"old\"}}",
              &error);
  g_autoptr (VrfWorkflowRun) run =
      DECODE (vrf_workflow_run_new_from_json, "{\"id\":\"r\"}", &error);
  g_autoptr (VrfRateLimits) limits = DECODE (
      vrf_rate_limits_new_from_json, "{\"quotas\":{\"verification_creation\":null}}", &error);

  g_assert_no_error (error);
  g_assert_null (link->status);
  g_assert_cmpint (link->expires_at, ==, VRF_TIME_NONE);
  g_assert_null (document->url);
  g_assert_cmpint (document->expires_in_s, ==, -1);
  g_assert_cmpint (risk->score, ==, -1);
  g_assert_cmpuint (risk->signals->len, ==, 0);
  g_assert_cmpstr (workflow->name, ==, "w");
  g_assert_true (workflow->is_active);
  g_assert_cmpint (workflow->minimum_age, ==, -1);
  g_assert_cmpint (run->duration_ms, ==, -1);
  g_assert_cmpint (limits->limit, ==, -1);
  g_assert_cmpint (limits->creation_limit, ==, -1);
}

static void
test_small_models_wrong (void)
{
  g_autoptr (GError) error = NULL;

#define REFUSES(function, text)                                                                    \
  g_assert_null (DECODE (function, text, &error));                                                 \
  g_assert_error (error, VRF_ERROR, VRF_ERROR_REPLY);                                              \
  g_clear_error (&error)

  REFUSES (vrf_link_new_from_json, "{}");
  REFUSES (vrf_document_new_from_json, "{\"doc_type\":\"x\",\"expires_in\":-1}");
  REFUSES (vrf_risk_new_from_json, "{\"risk_score\":101}");
  REFUSES (vrf_risk_new_from_json, "{\"signals\":[{}]}");
  REFUSES (vrf_workflow_new_from_json, "{\"name\":\"x\"}");
  REFUSES (vrf_workflow_run_new_from_json, "{}");
  REFUSES (vrf_rate_limits_new_from_json, "{\"rate_limit\":{\"limit\":\"many\"}}");
  REFUSES (vrf_rate_limits_new_from_json, "{\"quotas\":{\"verification_creation\":7}}");
  REFUSES (vrf_check_new_from_json, "{\"status\":\"passed\"}");
#undef REFUSES
}

static VrfSession *
merge (const char *known_text, const char *newer_text)
{
  g_autoptr (VrfSession) known = DECODE (vrf_session_new_from_json, known_text, NULL);
  g_autoptr (VrfSession) newer = DECODE (vrf_session_new_from_json, newer_text, NULL);

  return vrf_session_merge (known, newer);
}

#define KNOWN                                                                                      \
  "{\"id\":\"s\",\"status\":\"pending\",\"is_sandbox\":true,\"external_ref\":\"guest-1\","         \
  "\"metadata\":{\"applicant_name\":\"Jane\",\"desk\":\"3\"},\"tags\":[\"vip\"],"                  \
  "\"created_at\":\"2026-02-01T12:00:00Z\",\"updated_at\":\"2026-02-01T12:00:00Z\","               \
  "\"capture_url\":\"https://a.example/tok_1\",\"consent_ip\":\"203.0.113.7\","                    \
  "\"token_expires_at\":\"2026-02-01T12:20:00Z\",\"risk_level\":\"low\"}"

/* A reply to an action tells a part: the rest stays. */
static void
test_merge_action (void)
{
  g_autoptr (VrfSession) expired = merge (
      KNOWN, "{\"id\":\"s\",\"status\":\"expired\",\"expired_at\":\"2026-02-01T12:07:00Z\"}");
  g_autoptr (VrfSession) resumed =
      merge (KNOWN,
             "{\"id\":\"s\",\"status\":\"pending\",\"capture_url\":\"https://a.example/tok_2\","
             "\"expires_at\":\"2026-02-01T13:00:00Z\"}");

  g_assert_cmpint (expired->status, ==, VRF_SESSION_STATUS_EXPIRED);
  g_assert_cmpstr (expired->external_ref, ==, "guest-1");
  g_assert_cmpstr (expired->applicant_name, ==, "Jane");
  g_assert_cmpstr (expired->tags[0], ==, "vip");
  g_assert_true (expired->is_sandbox);
  g_assert_cmpint (expired->expired_at, !=, VRF_TIME_NONE);
  g_assert_null (expired->capture_url);
  g_assert_cmpint (expired->token_expires_at, ==, VRF_TIME_NONE);
  g_assert_null (expired->risk_level);

  g_assert_cmpstr (resumed->capture_url, ==, "https://a.example/tok_2");
  g_assert_cmpstr (resumed->desk, ==, "3");
  g_assert_cmpstr (resumed->risk_level, ==, "low");
}

/* A whole reply counts as it is, except for what lists may leave out. */
static void
test_merge_whole (void)
{
  g_autoptr (VrfSession) same = merge (
      KNOWN, "{\"id\":\"s\",\"status\":\"capturing\",\"updated_at\":\"2026-02-01T12:01:00Z\"}");
  g_autoptr (VrfSession) done = merge (
      KNOWN, "{\"id\":\"s\",\"status\":\"completed\",\"updated_at\":\"2026-02-01T12:04:00Z\"}");
  g_autoptr (VrfSession) other_token =
      merge (KNOWN,
             "{\"id\":\"s\",\"status\":\"pending\",\"updated_at\":\"2026-02-01T12:05:00Z\","
             "\"token_expires_at\":\"2026-02-01T12:40:00Z\"}");

  g_assert_cmpstr (same->capture_url, ==, "https://a.example/tok_1");
  g_assert_cmpstr (same->consent_ip, ==, "203.0.113.7");
  g_assert_null (same->external_ref);
  g_assert_cmpuint (g_strv_length (same->tags), ==, 0);
  g_assert_null (done->capture_url);
  g_assert_null (done->risk_level);
  g_assert_null (other_token->capture_url);
}

static void
test_boxed (void)
{
  g_autoptr (VrfSession) session =
      DECODE (vrf_session_new_from_json, "{\"id\":\"s\",\"status\":\"pending\"}", NULL);
  g_autoptr (VrfResult) result =
      DECODE (vrf_result_new_from_json, "{\"status\":\"approved\"}", NULL);
  g_autoptr (VrfWorkflow) workflow = DECODE (vrf_workflow_new_from_json, "{\"id\":\"w\"}", NULL);
  GValue value = G_VALUE_INIT;

  g_value_init (&value, VRF_TYPE_SESSION);
  g_value_set_boxed (&value, session);
  g_assert_true (g_value_get_boxed (&value) == session);
  g_value_unset (&value);
  g_value_init (&value, VRF_TYPE_RESULT);
  g_value_set_boxed (&value, result);
  g_value_unset (&value);
  g_value_init (&value, VRF_TYPE_WORKFLOW);
  g_value_set_boxed (&value, workflow);
  g_value_unset (&value);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api/models/session-least", test_session_least);
  g_test_add_func ("/api/models/session-unknown", test_session_unknown);
  g_test_add_func ("/api/models/session-wrong", test_session_wrong);
  g_test_add_func ("/api/models/session-statuses", test_session_statuses);
  g_test_add_func ("/api/models/result-statuses", test_result_statuses);
  g_test_add_func ("/api/models/page", test_page);
  g_test_add_func ("/api/models/result-least", test_result_least);
  g_test_add_func ("/api/models/result-both", test_result_both);
  g_test_add_func ("/api/models/result-wrong", test_result_wrong);
  g_test_add_func ("/api/models/check-entries", test_check_entries);
  g_test_add_func ("/api/models/small-models", test_small_models);
  g_test_add_func ("/api/models/small-models-wrong", test_small_models_wrong);
  g_test_add_func ("/api/models/merge-action", test_merge_action);
  g_test_add_func ("/api/models/merge-whole", test_merge_whole);
  g_test_add_func ("/api/models/boxed", test_boxed);
  return g_test_run ();
}
