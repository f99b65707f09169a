/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "sandbox/vrf-body.h"
#include "sandbox/vrf-case-demo.h"
#include "sandbox/vrf-case-json.h"
#include "sandbox/vrf-cases.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-session-draft.h"
#include "sandbox/vrf-tags.h"

/* The queue of review cases: list, count, search, open, read and change (verifa-api.md 7.3). */

#define MAX_PAGE 100

static const char *
check_status (const char *text)
{
  return vrf_enum_from_nick (vrf_store_cases_statuses, text) != 0 ? NULL : "must be a case status";
}

static const char *
check_priority (const char *text)
{
  static const char *const priorities[] = { "low", "normal", "high", "urgent", NULL };

  return g_strv_contains (priorities, text) ? NULL : "must be low, normal, high or urgent";
}

static void
answer_page (VrfRequest *request, VrfReply *reply, const VrfCaseFilter *filter)
{
  VrfSandboxStore *store = vrf_request_get_store (request);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cases = vrf_store_cases_list (store, filter, &error);
  JsonArray *data = NULL;
  gint64 total = 0;

  if (cases == NULL || !vrf_store_cases_count (store, filter, &total, &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  data = json_array_sized_new (cases->len);
  for (guint i = 0; i < cases->len; i++)
    json_array_add_element (data, vrf_case_json_new (cases->pdata[i]));
  vrf_reply_set_json (reply, 200, vrf_body_new_page (data, total, filter->limit, filter->offset));
}

/* A key is nobody's, so "mine" is whom the caller names, else the one person there is. */
static const char *
get_me (VrfRequest *request)
{
  const char *reviewer = vrf_request_get_query (request, "assigned_to");

  return reviewer != NULL ? reviewer : VRF_CASES_REVIEWER;
}

static void
list (VrfRequest *request, VrfReply *reply)
{
  const char *status = vrf_request_get_query (request, "status");
  const char *tab = vrf_request_get_query (request, "tab");
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  VrfCaseFilter filter = VRF_CASE_FILTER_INIT;

  vrf_handlers_read_page (request, errors, 50, &filter.limit, &filter.offset);
  filter.is_sandbox = vrf_request_is_sandbox (request);
  filter.status = (VrfCaseStatus) vrf_enum_from_nick (vrf_store_cases_statuses, status);
  if (status != NULL && filter.status == VRF_CASE_UNKNOWN)
    vrf_field_errors_add (errors, "status", "enum", check_status (status));
  filter.tab = (VrfCaseTab) vrf_enum_from_nick (vrf_store_cases_tabs, tab);
  if (tab != NULL && filter.tab == VRF_CASE_TAB_UNKNOWN)
    vrf_field_errors_add (
        errors, "tab", "enum", "must be unassigned, mine, pending_second_review, escalated or all");
  filter.assigned_to = vrf_request_get_query (request, "assigned_to");
  filter.me = get_me (request);
  if (!vrf_field_errors_reply (errors, reply))
    answer_page (request, reply, &filter);
}

static void
count (VrfRequest *request, VrfReply *reply)
{
  VrfSandboxStore *store = vrf_request_get_store (request);
  g_autoptr (JsonObject) counts = json_object_new ();
  g_autoptr (GError) error = NULL;

  for (const VrfEnumNick *tab = vrf_store_cases_tabs; tab->nick != NULL; tab++)
    {
      VrfCaseFilter filter = VRF_CASE_FILTER_INIT;
      gint64 total = 0;

      filter.is_sandbox = vrf_request_is_sandbox (request);
      filter.tab = (VrfCaseTab) tab->value;
      filter.me = get_me (request);
      if (!vrf_store_cases_count (store, &filter, &total, &error))
        {
          vrf_error_reply_set_error (reply, error);
          return;
        }
      json_object_set_int_member (counts, tab->nick, total);
    }
  vrf_reply_set_json (reply, 200, vrf_body_take (g_steal_pointer (&counts)));
}

static void
search (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "q", .type = VRF_FIELD_STRING, .max = 255 },
    { .name = "status", .type = VRF_FIELD_STRING, .check = check_status, .code = "enum" },
    { .name = "priority", .type = VRF_FIELD_STRING, .check = check_priority, .code = "enum" },
    { .name = "assigned_to", .type = VRF_FIELD_STRING, .max = 255 },
    { VRF_TAGS_FIELD },
    { .name = "limit", .type = VRF_FIELD_INT, .min = 1, .max = MAX_PAGE },
    { .name = "offset", .type = VRF_FIELD_INT, .max = G_MAXINT32 },
    { NULL },
  };
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  VrfCaseFilter filter = VRF_CASE_FILTER_INIT;
  g_autofree char *tags = NULL;

  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  filter.is_sandbox = vrf_request_is_sandbox (request);
  filter.q = vrf_fields_get_string (body, "q");
  if (filter.q != NULL && *filter.q == '\0')
    filter.q = NULL;
  filter.status = (VrfCaseStatus) vrf_enum_from_nick (vrf_store_cases_statuses,
                                                      vrf_fields_get_string (body, "status"));
  filter.priority = vrf_fields_get_string (body, "priority");
  filter.assigned_to = vrf_fields_get_string (body, "assigned_to");
  tags = vrf_fields_dup_json (body, "tags");
  filter.tags = tags;
  filter.limit = (guint) vrf_fields_get_int (body, "limit", 50);
  filter.offset = (guint) vrf_fields_get_int (body, "offset", 0);
  answer_page (request, reply, &filter);
}

static void
get (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredCase) found = vrf_handlers_find_case (request, reply);
  g_autoptr (GError) error = NULL;
  JsonNode *json = NULL;

  if (found == NULL)
    return;
  json = vrf_case_json_new_full (vrf_request_get_service (request), found, &error);
  if (json != NULL)
    vrf_reply_set_json (reply, 200, json);
  else
    vrf_error_reply_set_error (reply, error);
}

/* Answers with the case that @session has now. */
static void
answer_case_of (VrfRequest *request, VrfReply *reply, const VrfStoredSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfStoredCase) found =
      vrf_store_cases_get_of_session (vrf_request_get_store (request), session->n, &error);

  if (found != NULL)
    vrf_reply_set_json (reply, 201, vrf_case_json_new (found));
  else
    vrf_error_reply_set_error (reply, error);
}

/* A session whose capture is done and that has no result yet goes to a person (2.2, row 8). */
static void
create (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "session_id", .type = VRF_FIELD_STRING, .required = TRUE, .min = 1, .max = 255 },
    { NULL },
  };
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfStoredSession) session = NULL;
  g_autoptr (GError) error = NULL;

  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  session = vrf_sandbox_store_get_session (vrf_request_get_store (request),
                                           vrf_fields_get_string (body, "session_id"),
                                           vrf_request_is_sandbox (request),
                                           &error);
  if (error == NULL && session == NULL)
    {
      vrf_error_reply_set (reply, 404, "not_found", "Session not found.");
      return;
    }
  if (session != NULL
      && vrf_service_apply (vrf_request_get_service (request),
                            session,
                            VRF_EVENT_REVIEW,
                            vrf_presets_find ("needs_review"),
                            &error))
    answer_case_of (request, reply, session);
  else
    vrf_error_reply_set_error (reply, error);
}

static void
create_demo (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfStoredSession) session =
      vrf_case_demo_create (vrf_request_get_service (request), &error);

  if (session != NULL)
    answer_case_of (request, reply, session);
  else
    vrf_error_reply_set_error (reply, error);
}

static void
merge (char **stored, JsonObject *body, const char *name)
{
  char *merged = NULL;

  if (!vrf_fields_has (body, name))
    return;
  merged = vrf_session_draft_merge_metadata (*stored, json_object_get_object_member (body, name));
  g_free (*stored);
  *stored = merged;
}

static void
change (VrfStoredCase *found, JsonObject *body)
{
  const char *priority = vrf_fields_get_string (body, "priority");

  merge (&found->metadata, body, "metadata");
  merge (&found->custom_fields, body, "custom_fields");
  if (priority != NULL)
    vrf_stored_set (&found->priority, priority);
  if (vrf_fields_has (body, "tags"))
    {
      g_free (found->tags);
      found->tags = vrf_tags_dup_unique (json_object_get_array_member (body, "tags"));
    }
}

static void
check_changed (const VrfStoredCase *found, VrfFieldErrors *errors)
{
  g_autoptr (JsonObject) body = json_object_new ();

  vrf_body_add_text (body, "metadata", found->metadata);
  vrf_body_add_text (body, "custom_fields", found->custom_fields);
  vrf_session_draft_check_metadata (body, "metadata", errors);
  vrf_session_draft_check_metadata (body, "custom_fields", errors);
}

static void
update (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "metadata", .type = VRF_FIELD_OBJECT },
    { .name = "custom_fields", .type = VRF_FIELD_OBJECT },
    { VRF_TAGS_FIELD },
    { .name = "priority", .type = VRF_FIELD_STRING, .check = check_priority, .code = "enum" },
    { NULL },
  };
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfStoredCase) found = vrf_handlers_find_case (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;

  if (found == NULL)
    return;
  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  change (found, body);
  check_changed (found, errors);
  if (vrf_field_errors_reply (errors, reply))
    return;

  if (vrf_cases_touch (vrf_request_get_service (request), found, &error))
    vrf_reply_set_json (reply, 200, vrf_case_json_new (found));
  else
    vrf_error_reply_set_error (reply, error);
}

#define CASES "/api/v1/cases"
#define CASE CASES "/{case_id}"

const VrfRoute vrf_handlers_cases[] = {
  { "GET", CASES, "cases:read", list, VRF_ROUTE_PLAIN },
  { "POST", CASES, "cases:write", create, VRF_ROUTE_PLAIN, .audit = "api.case.create" },
  { "POST",
    CASES "/demo",
    "cases:write",
    create_demo,
    VRF_ROUTE_SANDBOX_ONLY,
    .audit = "api.case.create_demo" },
  { "GET", CASES "/counts", "cases:read", count, VRF_ROUTE_PLAIN },
  { "POST", CASES "/search", "cases:read", search, VRF_ROUTE_PLAIN },
  { "GET", CASE, "cases:read", get, VRF_ROUTE_PLAIN },
  { "PATCH", CASE, "cases:write", update, VRF_ROUTE_PLAIN, .audit = "api.case.update" },
  { NULL },
};
