/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "sandbox/vrf-body.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-session-draft.h"
#include "sandbox/vrf-workflow-run.h"

/* The workflow of a session: how it ran, and how it goes on (verifa-api.md 3.16, 3.19). */

static void
add_status (JsonObject *object, const VrfStoredSession *session)
{
  json_object_set_string_member (
      object, "status", vrf_enum_to_nick (vrf_engine_states, (int) session->state));
}

static void
reprocess (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (GError) error = NULL;
  JsonObject *object = NULL;

  if (session == NULL)
    return;
  if (!vrf_service_apply (
          vrf_request_get_service (request), session, VRF_EVENT_REPROCESS, NULL, &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "session_id", session->id);
  add_status (object, session);
  vrf_reply_set_json (reply, 202, vrf_body_take (object));
}

/* The session's run; NULL when it was answered. */
static VrfStoredRun *
find_run (VrfRequest *request, const VrfStoredSession *session, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  VrfStoredRun *run = vrf_store_runs_get (vrf_request_get_store (request), session->n, &error);

  vrf_handlers_is_found (reply, run, error, "The session's workflow has not run yet.");
  return run;
}

static void
get_run (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (VrfStoredRun) run = NULL;

  if (session != NULL)
    run = find_run (request, session, reply);
  if (run != NULL)
    vrf_reply_set_json (reply, 200, vrf_workflow_run_to_json (run, session));
}

static gint64
find_policy (const char *const *policies, const char *policy)
{
  for (gint64 i = 0; policies[i] != NULL; i++)
    if (g_str_equal (policies[i], policy))
      return i;
  return -1;
}

/* Which step the body means: the one it names, else the first. */
static gint64
read_step (JsonObject *body, const char *const *policies, VrfFieldErrors *errors)
{
  const char *policy = NULL;
  gint64 named = -1;
  gint64 step = 0;

  if (!vrf_field_errors_is_empty (errors))
    return -1;
  policy = vrf_fields_get_string (body, "policy");
  step = vrf_fields_get_int (body, "step_index", 0);
  if (step >= (gint64) g_strv_length ((char **) policies))
    vrf_field_errors_add (errors, "step_index", "range", "the workflow has no such step");
  if (policy == NULL)
    return step;
  named = find_policy (policies, policy);
  if (named < 0)
    vrf_field_errors_add (errors, "policy", "enum", "the workflow has no such step");
  else if (vrf_fields_has (body, "step_index") && named != step)
    vrf_field_errors_add (errors, "policy", "mismatch", "is not the policy of that step");
  return named;
}

static gboolean
restart (VrfRequest *request,
         VrfStoredSession *session,
         const VrfStoredRun *run,
         gint64 step,
         GError **error)
{
  return vrf_service_apply (
             vrf_request_get_service (request), session, VRF_EVENT_REPROCESS, NULL, error)
         && vrf_workflow_run_start_at (
             vrf_request_get_store (request), session, run, (guint) step, error);
}

static void
answer_resumed (const VrfStoredSession *session, gint64 step, const char *policy, VrfReply *reply)
{
  JsonObject *object = json_object_new ();

  add_status (object, session);
  json_object_set_string_member (object, "session_id", session->id);
  json_object_set_int_member (object, "step_index", step);
  json_object_set_string_member (object, "policy", policy);
  vrf_reply_set_json (reply, 202, vrf_body_take (object));
}

static void
resume_run (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "step_index", .type = VRF_FIELD_INT, .nullable = TRUE, .max = G_MAXINT },
    { .name = "policy", .type = VRF_FIELD_STRING, .nullable = TRUE, .min = 1, .max = 64 },
    { NULL },
  };
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfStoredRun) run = NULL;
  g_auto (GStrv) policies = NULL;
  g_autoptr (GError) error = NULL;
  gint64 step = 0;

  if (session != NULL)
    run = find_run (request, session, reply);
  if (run == NULL)
    return;
  policies = vrf_workflow_run_dup_policies (vrf_request_get_store (request), session, &error);
  if (policies == NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  vrf_fields_check (vrf_request_get_body (request), fields, errors);
  step = read_step (vrf_request_get_body (request), (const char *const *) policies, errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  if (restart (request, session, run, step, &error))
    answer_resumed (session, step, policies[step], reply);
  else
    vrf_error_reply_set_error (reply, error);
}

static const char *
check_decision (const char *text)
{
  static const char *const decisions[] = { "continue", "fail", "reject", NULL };

  return g_strv_contains (decisions, text) ? NULL : "must be continue, fail or reject";
}

static gboolean
decide (VrfRequest *request, VrfStoredSession *session, const char *decision, GError **error)
{
  VrfService *service = vrf_request_get_service (request);
  JsonNode *metadata = json_object_get_member (vrf_request_get_body (request), "metadata");
  gboolean reject = g_str_equal (decision, "reject");

  if (metadata != NULL && JSON_NODE_HOLDS_NULL (metadata))
    metadata = NULL;
  /* What waits for nothing is refused by the service. */
  if (session->state == VRF_STATE_AWAITING_EXTERNAL
      && !vrf_workflow_run_decide (
          vrf_request_get_store (request), session, decision, metadata, error))
    return FALSE;
  return vrf_service_apply (service,
                            session,
                            reject ? VRF_EVENT_REJECT : VRF_EVENT_CONTINUE,
                            reject ? vrf_presets_get_gate_rejected () : NULL,
                            error);
}

static void
answer_decided (const VrfStoredSession *session, const char *decision, VrfReply *reply)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "session_id", session->id);
  json_object_set_string_member (object, "decision", decision);
  add_status (object, session);
  json_object_set_string_member (object,
                                 "message",
                                 session->state == VRF_STATE_COMPLETED
                                     ? "The verification was rejected."
                                     : "The workflow goes on.");
  vrf_reply_set_json (reply, 202, vrf_body_take (object));
}

static void
external_decision (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "decision",
      .type = VRF_FIELD_STRING,
      .required = TRUE,
      .check = check_decision,
      .code = "enum" },
    { .name = "metadata", .type = VRF_FIELD_OBJECT, .nullable = TRUE },
    { NULL },
  };
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;
  const char *decision = NULL;

  if (session == NULL)
    return;
  vrf_fields_check (body, fields, errors);
  vrf_session_draft_check_metadata (body, "metadata", errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  decision = vrf_fields_get_string (body, "decision");
  if (decide (request, session, decision, &error))
    answer_decided (session, decision, reply);
  else
    vrf_error_reply_set_error (reply, error);
}

static void
retry (VrfRequest *request, VrfReply *reply)
{
  const char *policy = vrf_request_get_param (request, "policy");
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (GError) error = NULL;
  JsonObject *object = NULL;

  if (session == NULL)
    return;
  if (!vrf_service_retry_check (vrf_request_get_service (request), session, policy, &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "status", "pending");
  json_object_set_string_member (object, "session_id", session->id);
  json_object_set_string_member (object, "policy", policy);
  vrf_reply_set_json (reply, 202, vrf_body_take (object));
}

#define SESSION "/api/v1/sessions/{session_id}"

const VrfRoute vrf_handlers_session_workflow[] = {
  { "POST",
    SESSION "/reprocess",
    "sessions:write",
    reprocess,
    VRF_ROUTE_PLAIN,
    .audit = "api.session.reprocess" },
  { "GET", SESSION "/workflow-run", "sessions:read", get_run, VRF_ROUTE_PLAIN },
  { "POST",
    SESSION "/workflow-run/resume",
    "sessions:write",
    resume_run,
    VRF_ROUTE_PLAIN,
    .audit = "api.session.resume_workflow" },
  { "POST",
    SESSION "/external-decision",
    "sessions:write",
    external_decision,
    VRF_ROUTE_PLAIN,
    .audit = "api.session.external_decision" },
  { "POST",
    SESSION "/verifications/{policy}/retry",
    "sessions:write",
    retry,
    VRF_ROUTE_PLAIN,
    .audit = "api.session.retry_verification" },
  { NULL },
};
