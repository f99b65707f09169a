/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "sandbox/vrf-body.h"
#include "sandbox/vrf-session-json.h"
#include "sandbox/vrf-store-results.h"

/* What came out of a session (verifa-api.md 3.4, 3.15, 3.16), and of all of them (6). */

/* The result of a session that has one; NULL when it was answered. */
static VrfStoredResult *
find_result (VrfRequest *request, VrfReply *reply, const VrfStoredSession *session)
{
  g_autoptr (GError) error = NULL;
  VrfStoredResult *result = NULL;

  if (session->state == VRF_STATE_COMPLETED || session->state == VRF_STATE_UNDER_REVIEW)
    result = vrf_sandbox_store_get_result (vrf_request_get_store (request), session->n, &error);
  vrf_handlers_is_found (reply, result, error, "No result yet.");
  return result;
}

static GPtrArray *
list_checks (VrfRequest *request,
             VrfReply *reply,
             const VrfStoredSession *session,
             const char *policy)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *checks =
      vrf_sandbox_store_list_checks (vrf_request_get_store (request), session->n, policy, &error);

  if (checks == NULL)
    vrf_error_reply_set_error (reply, error);
  return checks;
}

static void
get_result (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (VrfStoredResult) result = NULL;
  g_autoptr (GPtrArray) checks = NULL;

  if (session != NULL)
    result = find_result (request, reply, session);
  if (result != NULL)
    checks = list_checks (request, reply, session, NULL);
  if (checks != NULL)
    vrf_reply_set_json (
        reply,
        200,
        vrf_session_json_new_result (vrf_request_get_service (request), session, result, checks));
}

/* The members of @from that are there, in @to. */
static void
move_members (JsonObject *from, const char *const *names, JsonObject *to)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (json_object_has_member (from, names[i]))
      json_object_set_member (
          to, names[i], json_node_copy (json_object_get_member (from, names[i])));
}

/* The same result in its other shape: what was found lies inside `result`. */
static JsonNode *
new_nested (VrfService *service, const VrfStoredSession *session, const VrfStoredResult *result)
{
  static const char *const outside[] = {
    "session_id",      "status", "created_at", "rejection_reason", "rejection_reason_code",
    "processing_mode", NULL
  };
  static const char *const inside[] = { "face_match_passed", "face_match_score", "age_check_passed",
                                        "extracted_age",     "extracted_data",   NULL };
  g_autoptr (GPtrArray) no_checks = g_ptr_array_new ();
  g_autoptr (JsonNode) flat = vrf_session_json_new_result (service, session, result, no_checks);
  JsonObject *from = json_node_get_object (flat);
  JsonObject *object = json_object_new ();
  JsonObject *found = json_object_new ();

  move_members (from, outside, object);
  vrf_body_add_string (object, "external_ref", session->external_ref);
  move_members (from, inside, found);
  json_object_set_object_member (object, "result", found);
  if (json_object_get_boolean_member_with_default (from, "sensitive_data_expired", FALSE))
    json_object_set_boolean_member (object, "sensitive_data_expired", TRUE);
  return vrf_body_take (object);
}

static void
get_nested (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (VrfStoredResult) result = NULL;

  if (session != NULL)
    result = find_result (request, reply, session);
  if (result != NULL)
    vrf_reply_set_json (
        reply, 200, new_nested (vrf_request_get_service (request), session, result));
}

static void
add_tristate (JsonObject *object, const char *name, int value)
{
  if (value >= 0)
    json_object_set_boolean_member (object, name, value > 0);
  else
    json_object_set_null_member (object, name);
}

static JsonObject *
new_listed (const VrfListedResult *result)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "session_id", result->session_id);
  json_object_set_string_member (object, "status", result->status);
  vrf_body_add_time (object, "created_at", result->created_at);
  add_tristate (object, "face_match_passed", result->face_passed);
  if (result->face_score >= 0.0)
    json_object_set_double_member (object, "face_match_score", result->face_score);
  else
    json_object_set_null_member (object, "face_match_score");
  add_tristate (object, "age_check_passed", result->age_passed);
  vrf_body_add_string (object, "rejection_reason", result->reason);
  vrf_body_add_string (object, "rejection_reason_code", result->reason_code);
  return object;
}

static void
read_filter (VrfRequest *request, VrfFieldErrors *errors, VrfResultFilter *filter)
{
  static const char *const statuses[] = { "approved", "rejected", "needs_review", NULL };

  vrf_handlers_read_page (request, errors, 50, &filter->limit, &filter->offset);
  filter->is_sandbox = vrf_request_is_sandbox (request);
  filter->status = vrf_request_get_query (request, "status");
  if (filter->status != NULL && !g_strv_contains (statuses, filter->status))
    vrf_field_errors_add (errors, "status", "enum", "must be approved, rejected or needs_review");
  vrf_handlers_read_time (request, errors, "created_after", &filter->created_after);
  vrf_handlers_read_time (request, errors, "created_before", &filter->created_before);
}

static void
list_results (VrfRequest *request, VrfReply *reply)
{
  VrfSandboxStore *store = vrf_request_get_store (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  VrfResultFilter filter = VRF_RESULT_FILTER_INIT;
  JsonArray *data = NULL;
  gint64 total = 0;

  read_filter (request, errors, &filter);
  if (vrf_field_errors_reply (errors, reply))
    return;
  results = vrf_store_results_list (store, &filter, &error);
  if (results == NULL || !vrf_store_results_count (store, &filter, &total, &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  data = json_array_sized_new (results->len);
  for (guint i = 0; i < results->len; i++)
    json_array_add_object_element (data, new_listed (results->pdata[i]));
  vrf_reply_set_json (reply, 200, vrf_body_new_page (data, total, filter.limit, filter.offset));
}

static void
get_risk (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (VrfStoredResult) result = NULL;

  if (session != NULL)
    result = find_result (request, reply, session);
  if (result != NULL)
    vrf_reply_set_json (reply, 200, vrf_session_json_new_risk (session, result));
}

static JsonArray *
new_checks (GPtrArray *checks)
{
  JsonArray *array = json_array_sized_new (checks->len);

  for (guint i = 0; i < checks->len; i++)
    json_array_add_element (array, vrf_session_json_new_check (checks->pdata[i]));
  return array;
}

static void
list_verifications (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (GPtrArray) checks = NULL;
  JsonObject *object = NULL;

  if (session != NULL)
    checks = list_checks (request, reply, session, NULL);
  if (checks == NULL)
    return;
  object = json_object_new ();
  json_object_set_array_member (object, "data", new_checks (checks));
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

static void
list_attempts (VrfRequest *request, VrfReply *reply)
{
  const char *policy = vrf_request_get_param (request, "policy");
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (GPtrArray) checks = NULL;
  JsonObject *object = NULL;

  if (session != NULL)
    checks = list_checks (request, reply, session, policy);
  if (checks == NULL)
    return;
  if (checks->len == 0)
    {
      vrf_error_reply_set (reply, 404, "not_found", "The session has no such check.");
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "session_id", session->id);
  json_object_set_string_member (object, "policy", policy);
  json_object_set_array_member (object, "attempts", new_checks (checks));
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

#define SESSION "/api/v1/sessions/{session_id}"

const VrfRoute vrf_handlers_results[] = {
  { "GET", "/api/v1/results", "verifications:read", list_results, VRF_ROUTE_PLAIN },
  { "GET", "/api/v1/results/{session_id}", "verifications:read", get_nested, VRF_ROUTE_PLAIN },
  { "GET", SESSION "/result", "verifications:read", get_result, VRF_ROUTE_PLAIN },
  { "GET", SESSION "/risk", "verifications:read", get_risk, VRF_ROUTE_PLAIN },
  { "GET", SESSION "/verifications", "verifications:read", list_verifications, VRF_ROUTE_PLAIN },
  { "GET",
    SESSION "/verifications/{policy}/attempts",
    "verifications:read",
    list_attempts,
    VRF_ROUTE_PLAIN },
  { NULL },
};
