/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "sandbox/vrf-body.h"
#include "sandbox/vrf-session-json.h"

/* What came out of a session (verifa-api.md 3.4, 3.15, 3.16). */

/* The result of a session that has one; NULL when it was answered. */
static VrfStoredResult *
find_result (VrfRequest *request, VrfReply *reply, const VrfStoredSession *session)
{
  g_autoptr (GError) error = NULL;
  VrfStoredResult *result = NULL;

  if (session->state == VRF_STATE_COMPLETED || session->state == VRF_STATE_UNDER_REVIEW)
    result = vrf_sandbox_store_get_result (vrf_request_get_store (request), session->n, &error);
  if (error != NULL)
    vrf_error_reply_set_error (reply, error);
  else if (result == NULL)
    vrf_error_reply_set (reply, 404, "not_found", "No result yet.");
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
