/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contract.h"

#include "base/vrf-error.h"
#include "base/vrf-time.h"

/* Results, checks, risk, workflows and limits: the golden files' values are the documented ones, so
 * the sandbox has them too. */

static const VrfCheck *
find_check (GPtrArray *checks, const char *policy)
{
  for (guint i = 0; i < checks->len; i++)
    {
      const VrfCheck *check = g_ptr_array_index (checks, i);

      if (g_str_equal (check->policy, policy))
        return check;
    }
  g_error ("No check %s", policy);
}

static void
assert_checks (GPtrArray *golden, GPtrArray *real)
{
  for (guint i = 0; i < golden->len; i++)
    {
      const VrfCheck *wanted = g_ptr_array_index (golden, i);
      const VrfCheck *got = find_check (real, wanted->policy);

      /* From which score on the risk fails a session is not documented (8.6 tells the score). */
      if (wanted->risk_score < 0)
        g_assert_cmpstr (got->status_text, ==, wanted->status_text);
      g_assert_cmpfloat (got->score, ==, wanted->score);
      g_assert_cmpint (got->risk_score, ==, wanted->risk_score);
      g_assert_cmpstr (got->risk_level, ==, wanted->risk_level);
    }
}

/* Everything of the golden data, to the letter; an age moves on with time. */
static void
assert_extracted (JsonObject *golden, JsonObject *real)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  json_object_iter_init (&iter, golden);
  while (json_object_iter_next (&iter, &name, &node))
    {
      g_assert_true (json_object_has_member (real, name));
      if (!json_node_equal (node, json_object_get_member (real, name)))
        g_error ("extracted_data.%s differs", name);
    }
}

static void
assert_result (const char *golden_name, const VrfResult *real)
{
  g_autoptr (JsonNode) node = contract_golden (golden_name);
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfResult) golden = vrf_result_new_from_json (node, &error);

  g_assert_no_error (error);
  g_assert_cmpint (real->status, ==, golden->status);
  g_assert_cmpstr (real->status_text, ==, golden->status_text);
  g_assert_cmpint (real->is_sandbox, ==, golden->is_sandbox);
  g_assert_cmpint (real->face_match_passed, ==, golden->face_match_passed);
  g_assert_cmpfloat (real->face_match_score, ==, golden->face_match_score);
  g_assert_cmpint (real->age_check_passed, ==, golden->age_check_passed);
  g_assert_cmpint (real->extracted_age, >=, golden->extracted_age);
  g_assert_cmpstr (real->rejection_reason_code, ==, golden->rejection_reason_code);
  g_assert_cmpint (real->rejection_reason == NULL, ==, golden->rejection_reason == NULL);
  g_assert_cmpstr (real->processing_mode, ==, golden->processing_mode);
  g_assert_cmpstr (real->country_used, ==, golden->country_used);
  g_assert_cmpint (real->sensitive_data_expired, ==, golden->sensitive_data_expired);
  g_assert_cmpint (real->created_at, !=, VRF_TIME_NONE);
  assert_extracted (golden->extracted_data, real->extracted_data);
  assert_checks (golden->checks, real->checks);
}

static void
test_result (Contract *self, gconstpointer data)
{
  g_autoptr (VrfSession) approved = contract_create (self);
  g_autoptr (VrfSession) rejected = contract_create (self);
  g_autoptr (VrfResult) none = NULL;
  g_autoptr (VrfResult) first = NULL;
  g_autoptr (VrfResult) second = NULL;
  g_autoptr (GError) error = NULL;

  none = contract_call (get_result, &error, self->client, approved->id, NULL);
  g_assert_null (none);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_NOT_FOUND);
  g_clear_error (&error);

  contract_simulate (self, approved->id, "approve");
  first = contract_call (get_result, &error, self->client, approved->id, NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (first->session_id, ==, approved->id);
  assert_result ("get_result", first);

  contract_simulate (self, rejected->id, "decline");
  second = contract_call (get_result, &error, self->client, rejected->id, NULL);
  g_assert_no_error (error);
  assert_result ("get_result_rejected", second);
}

static void
test_review (Contract *self, gconstpointer data)
{
  g_autoptr (VrfSession) session = contract_create (self);
  g_autoptr (VrfResult) result = NULL;
  g_autoptr (GError) error = NULL;

  contract_simulate (self, session->id, "require-review");
  result = contract_call (get_result, &error, self->client, session->id, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (result->status, ==, VRF_RESULT_STATUS_NEEDS_REVIEW);
  g_assert_cmpfloat (result->face_match_score, ==, 0.62);
}

static void
test_risk (Contract *self, gconstpointer data)
{
  g_autoptr (JsonNode) node = contract_golden ("get_risk");
  g_autoptr (VrfRisk) golden = vrf_risk_new_from_json (node, NULL);
  g_autoptr (VrfSession) session = contract_create (self);
  g_autoptr (VrfRisk) none = NULL;
  g_autoptr (VrfRisk) real = NULL;
  g_autoptr (GError) error = NULL;

  none = contract_call (get_risk, &error, self->client, session->id, NULL);
  g_assert_null (none);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_NOT_FOUND);
  g_clear_error (&error);

  contract_simulate (self, session->id, "approve");
  real = contract_call (get_risk, &error, self->client, session->id, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (real->score, ==, golden->score);
  g_assert_cmpstr (real->level, ==, golden->level);
  g_assert_cmpint (real->hard_block, ==, golden->hard_block);
  g_assert_cmpint (real->computed_at, !=, VRF_TIME_NONE);
}

static void
test_checks (Contract *self, gconstpointer data)
{
  g_autoptr (JsonNode) reply = contract_golden ("list_verifications");
  JsonArray *items = json_object_get_array_member (json_node_get_object (reply), "data");
  g_autoptr (VrfSession) session = contract_create (self);
  g_autoptr (GPtrArray) real = NULL;
  g_autoptr (GError) error = NULL;

  contract_simulate (self, session->id, "approve");
  real = contract_call (list_checks, &error, self->client, session->id, NULL);
  g_assert_no_error (error);
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      g_autoptr (VrfCheck) golden =
          vrf_check_new_from_json (json_array_get_element (items, i), NULL);
      const VrfCheck *got = find_check (real, golden->policy);

      g_assert_cmpint (got->attempt, ==, golden->attempt);
      g_assert_cmpint (got->status, ==, VRF_CHECK_STATUS_PASSED);
      g_assert_cmpfloat (got->score, ==, golden->score);
      g_assert_cmpint (got->duration_ms, >=, 0);
      g_assert_cmpint (got->started_at, !=, VRF_TIME_NONE);
      g_assert_cmpint (got->completed_at, >=, got->started_at);
    }
}

static void
test_workflows (Contract *self, gconstpointer data)
{
  g_autoptr (JsonNode) reply = contract_golden ("list_workflows");
  JsonArray *items = json_object_get_array_member (json_node_get_object (reply), "data");
  g_autoptr (GPtrArray) real = NULL;
  g_autoptr (GError) error = NULL;

  real = contract_call (list_workflows, &error, self->client, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (real->len, ==, 5);
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      g_autoptr (VrfWorkflow) golden =
          vrf_workflow_new_from_json (json_array_get_element (items, i), NULL);
      const VrfWorkflow *got = NULL;

      for (guint j = 0; j < real->len; j++)
        if (g_str_equal (((VrfWorkflow *) g_ptr_array_index (real, j))->id, golden->id))
          got = g_ptr_array_index (real, j);
      g_assert_nonnull (got);
      g_assert_cmpstr (got->name, ==, golden->name);
      g_assert_cmpint (got->version, ==, golden->version);
      g_assert_cmpint (got->is_default, ==, golden->is_default);
      g_assert_cmpint (got->is_active, ==, golden->is_active);
      g_assert_cmpint (got->minimum_age, ==, golden->minimum_age);
    }
}

static void
test_rate_limits (Contract *self, gconstpointer data)
{
  g_autoptr (JsonNode) node = contract_golden ("get_rate_limits");
  g_autoptr (VrfRateLimits) golden = vrf_rate_limits_new_from_json (node, NULL);
  g_autoptr (VrfRateLimits) real = NULL;
  g_autoptr (GError) error = NULL;

  real = contract_call (get_rate_limits, &error, self->client, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (real->limit, ==, golden->limit);
  g_assert_cmpint (real->window_s, ==, golden->window_s);
  g_assert_cmpint (real->creation_limit, ==, golden->creation_limit);
  g_assert_cmpstr (real->plan, ==, golden->plan);
  g_assert_cmpstr (real->environment, ==, golden->environment);
  g_assert_cmpint (real->remaining, ==, vrf_api_client_get_rate_remaining (self->client));
  g_assert_cmpint (real->reset_in_s, <=, real->window_s);
}

#define add(name, function)                                                                        \
  g_test_add (                                                                                     \
      "/contract/results/" name, Contract, NULL, contract_set_up, function, contract_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("result", test_result);
  add ("review", test_review);
  add ("risk", test_risk);
  add ("checks", test_checks);
  add ("workflows", test_workflows);
  add ("rate-limits", test_rate_limits);

  return g_test_run ();
}
