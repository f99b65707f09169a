/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-session-draft.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-session-json.h"
#include "sandbox/vrf-workflows.h"

/* Create, list, read and change sessions (verifa-api.md 3.1 to 3.3, 3.5). */

static gboolean
fill_workflow (VrfRequest *request, VrfStoredSession *session, VrfReply *reply)
{
  VrfSandboxStore *store = vrf_request_get_store (request);
  gboolean is_sandbox = vrf_request_is_sandbox (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfStoredWorkflow) workflow = NULL;
  g_autoptr (GError) error = NULL;

  if (session->workflow_id == NULL)
    workflow = vrf_store_workflows_get_default (store, is_sandbox, &error);
  else
    workflow = vrf_store_workflows_get (store, session->workflow_id, is_sandbox, &error);
  if (workflow == NULL && error == NULL)
    vrf_error_reply_set (reply, 404, "not_found", "Workflow not found.");
  else if (workflow != NULL && !workflow->is_active)
    {
      vrf_field_errors_add (errors, "workflow_id", "inactive", "must be an active workflow");
      vrf_field_errors_reply (errors, reply);
    }
  else if (workflow != NULL && vrf_workflows_give (store, session, workflow, &error))
    return TRUE;
  else
    vrf_error_reply_set_error (reply, error);
  return FALSE;
}

static void
create (VrfRequest *request, VrfReply *reply)
{
  VrfService *service = vrf_request_get_service (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfStoredSession) session =
      vrf_session_draft_read (vrf_request_get_body (request), errors);
  g_autoptr (GError) error = NULL;

  if (session == NULL)
    {
      vrf_field_errors_reply (errors, reply);
      return;
    }
  if (!fill_workflow (request, session, reply))
    return;

  session->is_sandbox = vrf_request_is_sandbox (request);
  if (!vrf_service_create (service, session, &error))
    vrf_error_reply_set_error (reply, error);
  else
    vrf_reply_set_json (reply, 201, vrf_session_json_new_created (service, session));
}

static void
read_filter (VrfRequest *request, VrfFieldErrors *errors, VrfSessionFilter *filter)
{
  const char *status = vrf_request_get_query (request, "status");
  const char *q = vrf_request_get_query (request, "q");

  vrf_handlers_read_page (request, errors, 50, &filter->limit, &filter->offset);
  filter->is_sandbox = vrf_request_is_sandbox (request);
  filter->state = (VrfState) vrf_enum_from_nick (vrf_engine_states, status);
  if (status != NULL && filter->state == VRF_STATE_UNKNOWN)
    vrf_field_errors_add (errors, "status", "enum", "must be a session status");
  filter->q = q != NULL && *q != '\0' ? q : NULL;
  filter->external_ref = vrf_request_get_query (request, "external_ref");
  filter->workflow_id = vrf_request_get_query (request, "workflow_id");
  filter->tag = vrf_request_get_query (request, "tag");
  vrf_handlers_read_time (request, errors, "created_after", &filter->created_after);
  vrf_handlers_read_time (request, errors, "created_before", &filter->created_before);
}

/* A page that is not full is the last one, and tells the total by itself. */
static gboolean
find_total (VrfSandboxStore *store,
            const VrfSessionFilter *filter,
            guint n,
            gint64 *ret_total,
            GError **error)
{
  if (n == filter->limit || (n == 0 && filter->offset > 0))
    return vrf_sandbox_store_count_sessions (store, filter, ret_total, error);
  *ret_total = (gint64) filter->offset + n;
  return TRUE;
}

static void
list (VrfRequest *request, VrfReply *reply)
{
  VrfService *service = vrf_request_get_service (request);
  VrfSandboxStore *store = vrf_request_get_store (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GPtrArray) sessions = NULL;
  g_autoptr (GError) error = NULL;
  VrfSessionFilter filter = VRF_SESSION_FILTER_INIT;
  JsonArray *data = NULL;
  gint64 total = 0;

  read_filter (request, errors, &filter);
  if (vrf_field_errors_reply (errors, reply))
    return;

  sessions = vrf_sandbox_store_list_sessions (store, &filter, &error);
  if (sessions == NULL || !find_total (store, &filter, sessions->len, &total, &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  data = json_array_sized_new (sessions->len);
  for (guint i = 0; i < sessions->len; i++)
    json_array_add_element (data, vrf_session_json_new_item (service, sessions->pdata[i]));
  vrf_reply_set_json (reply, 200, vrf_body_new_page (data, total, filter.limit, filter.offset));
}

static void
get (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);

  if (session != NULL)
    vrf_reply_set_json (
        reply, 200, vrf_session_json_new (vrf_request_get_service (request), session));
}

static void
change (VrfStoredSession *session, JsonObject *body)
{
  const char *external_ref = vrf_fields_get_string (body, "external_ref");
  char *merged = NULL;

  if (external_ref != NULL)
    vrf_stored_set (&session->external_ref, external_ref);
  if (!vrf_fields_has (body, "metadata"))
    return;
  merged = vrf_session_draft_merge_metadata (session->metadata,
                                             json_object_get_object_member (body, "metadata"));
  g_free (session->metadata);
  session->metadata = merged;
}

static void
check_merged (const VrfStoredSession *session, VrfFieldErrors *errors)
{
  g_autoptr (JsonObject) body = json_object_new ();

  vrf_body_add_text (body, "metadata", session->metadata);
  vrf_session_draft_check_metadata (body, "metadata", errors);
}

static void
update (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "external_ref", .type = VRF_FIELD_STRING, .min = 1, .max = 255 },
    { .name = "metadata", .type = VRF_FIELD_OBJECT },
    { NULL },
  };
  VrfService *service = vrf_request_get_service (request);
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;

  if (session == NULL)
    return;
  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  change (session, body);
  check_merged (session, errors);
  if (vrf_field_errors_reply (errors, reply))
    return;

  if (vrf_service_apply (service, session, VRF_EVENT_UPDATE, NULL, &error))
    vrf_reply_set_json (reply, 200, vrf_session_json_new (service, session));
  else
    vrf_error_reply_set_error (reply, error);
}

const VrfRoute vrf_handlers_sessions[] = {
  { "POST",
    "/api/v1/sessions",
    "sessions:create sessions:write",
    create,
    VRF_ROUTE_CREATES,
    .audit = "api.session.create" },
  { "GET", "/api/v1/sessions", "sessions:read", list, VRF_ROUTE_PLAIN },
  { "GET", "/api/v1/sessions/{session_id}", "sessions:read", get, VRF_ROUTE_PLAIN },
  { "PATCH",
    "/api/v1/sessions/{session_id}",
    "sessions:write",
    update,
    VRF_ROUTE_PLAIN,
    .audit = "api.session.update" },
  { NULL },
};
