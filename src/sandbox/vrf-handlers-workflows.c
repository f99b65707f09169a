/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "base/vrf-random.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-policies.h"
#include "sandbox/vrf-workflows.h"

/* The environment's workflows, their versions, and what they are made of (verifa-api.md 7.1). */

/* NULL when it was answered. */
static VrfStoredWorkflow *
find (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  VrfStoredWorkflow *workflow =
      vrf_store_workflows_get (vrf_request_get_store (request),
                               vrf_request_get_param (request, "workflow_id"),
                               vrf_request_is_sandbox (request),
                               &error);

  vrf_handlers_is_found (reply, workflow, error, "Workflow not found.");
  return workflow;
}

static JsonNode *
new_version (const VrfStoredWorkflow *version)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "workflow_id", version->id);
  json_object_set_int_member (object, "version", version->version);
  json_object_set_string_member (object, "name", version->name);
  vrf_body_add_text (object, "steps", version->steps);
  vrf_body_add_text (object, "data_requirements", version->requirements);
  json_object_set_boolean_member (object, "is_current", version->is_newest);
  vrf_body_add_time (object, "created_at", version->updated_at);
  return vrf_body_take (object);
}

static JsonNode *
new_list (GPtrArray *workflows, JsonNode *(*new_json) (const VrfStoredWorkflow *workflow))
{
  JsonArray *data = json_array_sized_new (workflows->len);

  for (guint i = 0; i < workflows->len; i++)
    json_array_add_element (data, new_json (workflows->pdata[i]));
  return vrf_body_new_list (data);
}

static void
list (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) workflows = NULL;
  guint limit = 0;
  guint offset = 0;

  vrf_handlers_read_page (request, errors, 50, &limit, &offset);
  if (vrf_field_errors_reply (errors, reply))
    return;
  workflows = vrf_store_workflows_list (
      vrf_request_get_store (request), vrf_request_is_sandbox (request), limit, offset, &error);
  if (workflows != NULL)
    vrf_reply_set_json (reply, 200, new_list (workflows, vrf_workflows_new_json));
  else
    vrf_error_reply_set_error (reply, error);
}

static void
list_versions (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredWorkflow) workflow = find (request, reply);
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GError) error = NULL;

  if (workflow == NULL)
    return;
  versions = vrf_store_workflows_list_versions (vrf_request_get_store (request), workflow, &error);
  if (versions != NULL)
    vrf_reply_set_json (reply, 200, new_list (versions, new_version));
  else
    vrf_error_reply_set_error (reply, error);
}

static void
get (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredWorkflow) workflow = find (request, reply);

  if (workflow != NULL)
    vrf_reply_set_json (reply, 200, vrf_workflows_new_json (workflow));
}

static void
create (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredWorkflow) workflow = g_new0 (VrfStoredWorkflow, 1);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;

  if (!vrf_workflows_read (vrf_request_get_body (request), workflow, errors))
    {
      vrf_field_errors_reply (errors, reply);
      return;
    }
  workflow->id = vrf_random_id ("workflow_");
  workflow->is_sandbox = vrf_request_is_sandbox (request);
  workflow->is_active = TRUE;
  workflow->version = 1;
  workflow->created_at = vrf_service_get_now (vrf_request_get_service (request));
  workflow->updated_at = workflow->created_at;
  if (vrf_store_workflows_insert (vrf_request_get_store (request), workflow, &error))
    vrf_reply_set_json (reply, 201, vrf_workflows_new_json (workflow));
  else
    vrf_error_reply_set_error (reply, error);
}

/* Every change is a version of its own; the one before stays as it was. */
static void
update (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredWorkflow) workflow = find (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;

  if (workflow == NULL)
    return;
  if (!vrf_workflows_read (vrf_request_get_body (request), workflow, errors))
    {
      vrf_field_errors_reply (errors, reply);
      return;
    }
  workflow->version++;
  workflow->updated_at = vrf_service_get_now (vrf_request_get_service (request));
  if (vrf_store_workflows_add_version (vrf_request_get_store (request), workflow, &error))
    vrf_reply_set_json (reply, 200, vrf_workflows_new_json (workflow));
  else
    vrf_error_reply_set_error (reply, error);
}

static void
deactivate (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredWorkflow) workflow = find (request, reply);
  g_autoptr (GError) error = NULL;
  JsonObject *object = NULL;

  if (workflow == NULL)
    return;
  if (workflow->is_default)
    {
      vrf_error_reply_set (reply, 409, "conflict", "The default workflow cannot be deactivated.");
      return;
    }
  if (!vrf_store_workflows_set_active (vrf_request_get_store (request),
                                       workflow,
                                       FALSE,
                                       vrf_service_get_now (vrf_request_get_service (request)),
                                       &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "id", workflow->id);
  json_object_set_boolean_member (object, "is_active", FALSE);
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

static void
set_default (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredWorkflow) workflow = find (request, reply);
  g_autoptr (GError) error = NULL;

  if (workflow == NULL)
    return;
  if (!workflow->is_active)
    {
      vrf_error_reply_set (reply, 409, "conflict", "The workflow is not active.");
      return;
    }
  if (!vrf_store_workflows_set_default (vrf_request_get_store (request),
                                        workflow,
                                        vrf_service_get_now (vrf_request_get_service (request)),
                                        &error))
    vrf_error_reply_set_error (reply, error);
  else
    get (request, reply);
}

/* The session that the body names; NULL when it was answered. */
static VrfStoredSession *
find_named_session (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "session_id", .type = VRF_FIELD_STRING, .required = TRUE, .min = 1, .max = 255 },
    { NULL },
  };
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;
  VrfStoredSession *session = NULL;

  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_reply (errors, reply))
    return NULL;
  session = vrf_sandbox_store_get_session (vrf_request_get_store (request),
                                           vrf_fields_get_string (body, "session_id"),
                                           vrf_request_is_sandbox (request),
                                           &error);
  vrf_handlers_is_found (reply, session, error, "Session not found.");
  return session;
}

static gboolean
check_trigger (const VrfStoredWorkflow *workflow, const VrfStoredSession *session, VrfReply *reply)
{
  if (!workflow->is_active)
    vrf_error_reply_set (reply, 409, "conflict", "The workflow is not active.");
  else if (session->state != VRF_STATE_COMPLETED && session->state != VRF_STATE_FAILED)
    vrf_error_reply_set (reply, 409, "conflict", "Only a finished session can run again.");
  else if (g_str_equal (session->retention, "redacted"))
    vrf_error_reply_set (reply, 409, "conflict", "The session has been redacted.");
  else
    return TRUE;
  return FALSE;
}

static void
trigger (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredWorkflow) workflow = find (request, reply);
  g_autoptr (VrfStoredSession) session = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object = NULL;

  if (workflow != NULL)
    session = find_named_session (request, reply);
  if (session == NULL || !check_trigger (workflow, session, reply))
    return;
  if (!vrf_workflows_give (vrf_request_get_store (request), session, workflow, &error)
      || !vrf_service_apply (
          vrf_request_get_service (request), session, VRF_EVENT_REPROCESS, NULL, &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "session_id", session->id);
  json_object_set_string_member (object, "workflow_id", workflow->id);
  json_object_set_string_member (
      object, "status", vrf_enum_to_nick (vrf_engine_states, (int) session->state));
  vrf_reply_set_json (reply, 202, vrf_body_take (object));
}

static void
list_policies (VrfRequest *request, VrfReply *reply)
{
  JsonArray *data = json_array_new ();

  for (const VrfPolicy *policy = vrf_policies; policy->policy != NULL; policy++)
    {
      JsonObject *item = json_object_new ();

      json_object_set_string_member (item, "policy", policy->policy);
      json_object_set_string_member (item, "name", policy->name);
      json_object_set_string_member (item, "category", policy->category);
      json_object_set_string_member (item, "description", policy->description);
      json_object_set_boolean_member (item, "auto_injected", policy->is_automatic);
      json_array_add_object_element (data, item);
    }
  vrf_reply_set_json (reply, 200, vrf_body_new_list (data));
}

#define WORKFLOWS "/api/v1/workflows"
#define WORKFLOW WORKFLOWS "/{workflow_id}"
#define READ "workflows:read workflows:write"
#define WRITE "workflows:write"

const VrfRoute vrf_handlers_workflows[] = {
  { "GET", WORKFLOWS, READ, list, VRF_ROUTE_PLAIN },
  { "POST", WORKFLOWS, WRITE, create, VRF_ROUTE_PLAIN, .audit = "api.workflow.create" },
  { "GET", WORKFLOW, READ, get, VRF_ROUTE_PLAIN },
  { "PATCH", WORKFLOW, WRITE, update, VRF_ROUTE_PLAIN, .audit = "api.workflow.update" },
  { "GET", WORKFLOW "/versions", READ, list_versions, VRF_ROUTE_PLAIN },
  { "POST",
    WORKFLOW "/trigger",
    "workflows:trigger workflows:write",
    trigger,
    VRF_ROUTE_PLAIN,
    .audit = "api.workflow.trigger" },
  { "POST",
    WORKFLOW "/deactivate",
    WRITE,
    deactivate,
    VRF_ROUTE_PLAIN,
    .audit = "api.workflow.deactivate" },
  { "POST",
    WORKFLOW "/set-default",
    WRITE,
    set_default,
    VRF_ROUTE_PLAIN,
    .audit = "api.workflow.set_default" },
  { "GET", "/api/v1/verification-policies", READ, list_policies, VRF_ROUTE_PLAIN },
  { NULL },
};
