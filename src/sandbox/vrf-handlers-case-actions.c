/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "sandbox/vrf-case-json.h"
#include "sandbox/vrf-cases.h"
#include "sandbox/vrf-fields.h"

/* Whose a review case is, and what is decided about it (verifa-api.md 7.3). */

#define MAX_NOTES 5000
#define MAX_REASON 1000
#define MAX_REVIEWER 255

#define REVIEWER(name_, required_, nullable_)                                                      \
  {                                                                                                \
    .name = name_, .type = VRF_FIELD_STRING, .required = required_, .nullable = nullable_,         \
    .max = MAX_REVIEWER, .check = vrf_cases_check_reviewer                                         \
  }
#define TEXT(name_, max_)                                                                          \
  {                                                                                                \
    .name = name_, .type = VRF_FIELD_STRING, .nullable = TRUE, .max = max_                         \
  }

/* The case of the request with its body checked; NULL when it was answered. */
static VrfStoredCase *
begin (VrfRequest *request, VrfReply *reply, const VrfField *fields)
{
  g_autoptr (VrfStoredCase) found = vrf_handlers_find_case (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();

  if (found == NULL)
    return NULL;
  vrf_fields_check (vrf_request_get_body (request), fields, errors);
  return vrf_field_errors_reply (errors, reply) ? NULL : g_steal_pointer (&found);
}

static void
answer (VrfReply *reply, const VrfStoredCase *found, gboolean ok, const GError *error)
{
  if (ok)
    vrf_reply_set_json (reply, 200, vrf_case_json_new (found));
  else
    vrf_error_reply_set_error (reply, error);
}

/* What is left empty is not said. */
static const char *
get_text (JsonObject *body, const char *name)
{
  const char *text = vrf_fields_get_string (body, name);

  return text != NULL && *text != '\0' ? text : NULL;
}

static void
claim (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = { REVIEWER ("reviewer_id", TRUE, FALSE), { NULL } };
  g_autoptr (VrfStoredCase) found = begin (request, reply, fields);
  g_autoptr (GError) error = NULL;
  gboolean ok = FALSE;

  if (found == NULL)
    return;
  ok = vrf_cases_claim (vrf_request_get_service (request),
                        found,
                        vrf_fields_get_string (vrf_request_get_body (request), "reviewer_id"),
                        &error);
  answer (reply, found, ok, error);
}

static void
claim_next (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = { REVIEWER ("reviewer_id", FALSE, FALSE), { NULL } };
  JsonObject *body = vrf_request_get_body (request);
  const char *reviewer = NULL;
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfStoredCase) found = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok = FALSE;

  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  found = vrf_store_cases_get_next (
      vrf_request_get_store (request), vrf_request_is_sandbox (request), &error);
  if (found == NULL && error == NULL)
    {
      vrf_error_reply_set (reply, 404, "not_found", "No case waits for a reviewer.");
      return;
    }
  reviewer = vrf_fields_get_string (body, "reviewer_id");
  if (reviewer == NULL)
    reviewer = VRF_CASES_REVIEWER;
  ok =
      found != NULL && vrf_cases_claim (vrf_request_get_service (request), found, reviewer, &error);
  answer (reply, found, ok, error);
}

static void
release (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredCase) found = vrf_handlers_find_case (request, reply);
  g_autoptr (GError) error = NULL;
  gboolean ok = FALSE;

  if (found == NULL)
    return;
  ok = vrf_cases_release (vrf_request_get_service (request), found, &error);
  answer (reply, found, ok, error);
}

static void
assign (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = { REVIEWER ("reviewer_id", TRUE, FALSE), { NULL } };
  g_autoptr (VrfStoredCase) found = begin (request, reply, fields);
  g_autoptr (GError) error = NULL;
  gboolean ok = FALSE;

  if (found == NULL)
    return;
  ok = vrf_cases_assign (vrf_request_get_service (request),
                         found,
                         vrf_fields_get_string (vrf_request_get_body (request), "reviewer_id"),
                         &error);
  answer (reply, found, ok, error);
}

static gboolean
note_escalation (VrfRequest *request, const VrfStoredCase *found, GError **error)
{
  JsonObject *body = vrf_request_get_body (request);
  static const char *const names[] = { "reason", "notes" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text = get_text (body, names[i]);
      g_autoptr (VrfStoredCaseNote) note = NULL;

      if (text == NULL)
        continue;
      note = vrf_cases_note (vrf_request_get_service (request),
                             found,
                             "api",
                             vrf_request_get_key (request)->prefix,
                             text,
                             error);
      if (note == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
escalate (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    REVIEWER ("escalated_to", FALSE, TRUE),
    TEXT ("reason", MAX_REASON),
    TEXT ("notes", MAX_NOTES),
    { NULL },
  };
  g_autoptr (VrfStoredCase) found = begin (request, reply, fields);
  g_autoptr (GError) error = NULL;
  gboolean ok = FALSE;

  if (found == NULL)
    return;
  ok = vrf_cases_escalate (vrf_request_get_service (request),
                           found,
                           vrf_fields_get_string (vrf_request_get_body (request), "escalated_to"),
                           &error)
       && note_escalation (request, found, &error);
  answer (reply, found, ok, error);
}

/* The trail says who decided; what for, the notes and the result say. */
static void
set_metadata (VrfRequest *request, const VrfStoredCase *found)
{
  JsonObject *metadata = json_object_new ();

  json_object_set_string_member (
      metadata,
      "reviewer_id",
      vrf_fields_get_string (vrf_request_get_body (request), "reviewer_id"));
  json_object_set_string_member (
      metadata, "status", vrf_enum_to_nick (vrf_store_cases_statuses, (int) found->status));
  vrf_request_set_metadata (request, metadata);
}

static void
decide (VrfRequest *request, VrfReply *reply, const VrfField *fields, gboolean is_approval)
{
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfStoredCase) found = begin (request, reply, fields);
  g_autoptr (GError) error = NULL;
  VrfCaseDecision decision = { .is_approval = is_approval };
  gboolean ok = FALSE;

  if (found == NULL)
    return;
  decision.reviewer_id = vrf_fields_get_string (body, "reviewer_id");
  decision.notes = get_text (body, "notes");
  if (!is_approval)
    {
      decision.reason = get_text (body, "rejection_reason");
      decision.reason_code = vrf_fields_get_string (body, "rejection_reason_code");
      decision.block = vrf_fields_get_bool (body, "add_to_blocklist");
    }
  ok = vrf_cases_decide (vrf_request_get_service (request), found, &decision, &error);
  set_metadata (request, found);
  answer (reply, found, ok, error);
}

static void
approve (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    REVIEWER ("reviewer_id", TRUE, FALSE),
    TEXT ("notes", MAX_NOTES),
    TEXT ("rejection_reason", MAX_REASON),
    { NULL },
  };

  decide (request, reply, fields, TRUE);
}

/* verifa-api.md 2.4 */
static const char *
check_code (const char *text)
{
  static const char *const codes[] = {
    "document_unreadable",
    "document_expired",
    "document_type_not_accepted",
    "face_mismatch",
    "liveness_failed",
    "underage",
    "watchlist_match",
    "duplicate_identity",
    "high_risk",
    "data_mismatch",
    "manual_rejection",
    "other",
    NULL,
  };

  return g_strv_contains (codes, text) ? NULL : "must be a rejection reason code";
}

static void
reject (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    REVIEWER ("reviewer_id", TRUE, FALSE),
    TEXT ("notes", MAX_NOTES),
    TEXT ("rejection_reason", MAX_REASON),
    { .name = "rejection_reason_code",
      .type = VRF_FIELD_STRING,
      .nullable = TRUE,
      .check = check_code,
      .code = "enum" },
    { .name = "add_to_blocklist", .type = VRF_FIELD_BOOL },
    { NULL },
  };

  decide (request, reply, fields, FALSE);
}

#define CASES "/api/v1/cases"
#define CASE CASES "/{case_id}"
#define WRITE "cases:write"
#define DECIDE "cases:decide cases:write"

/* A decision's entry in the trail has more to say than a route can. */
const VrfRoute vrf_handlers_case_actions[] = {
  { "POST", CASES "/next", WRITE, claim_next, VRF_ROUTE_PLAIN, .audit = "api.case.claim_next" },
  { "POST", CASE "/claim", WRITE, claim, VRF_ROUTE_PLAIN, .audit = "api.case.claim" },
  { "POST", CASE "/release", WRITE, release, VRF_ROUTE_PLAIN, .audit = "api.case.release" },
  { "POST", CASE "/assign", WRITE, assign, VRF_ROUTE_PLAIN, .audit = "api.case.assign" },
  { "POST", CASE "/escalate", WRITE, escalate, VRF_ROUTE_PLAIN, .audit = "api.case.escalate" },
  { "POST", CASE "/approve", DECIDE, approve, VRF_ROUTE_PLAIN, .audit = "api.case.approve" },
  { "POST", CASE "/reject", DECIDE, reject, VRF_ROUTE_PLAIN, .audit = "api.case.reject" },
  { NULL },
};
