/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-handlers.h"

#include "base/vrf-json.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-case-json.h"
#include "sandbox/vrf-case-result.h"
#include "sandbox/vrf-fields.h"

/* What reviewers do on the way: notes, corrected data, overruled checks (verifa-api.md 7.3). */

#define MAX_CONTENT 5000
#define MAX_REASON 1000
#define MAX_VALUE 255
#define MAX_NOTES 500

static gboolean
answer_error (VrfReply *reply, const GError *error)
{
  vrf_error_reply_set_error (reply, error);
  return FALSE;
}

static void
list_notes (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredCase) found = vrf_handlers_find_case (request, reply);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;

  if (found == NULL)
    return;
  notes = vrf_store_case_notes_list (vrf_request_get_store (request), found->n, &error);
  if (notes == NULL)
    answer_error (reply, error);
  else
    vrf_reply_set_json (reply, 200, vrf_body_new_list (vrf_case_json_new_notes (notes)));
}

/* A list without pages must not grow for ever. */
static gboolean
check_room (VrfRequest *request, VrfReply *reply, const VrfStoredCase *found)
{
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  if (!vrf_store_case_notes_count (vrf_request_get_store (request), found->n, &n, &error))
    return answer_error (reply, error);
  if (n >= MAX_NOTES)
    vrf_field_errors_add (errors, "content", "too_many", "a case has at most 500 notes");
  return !vrf_field_errors_reply (errors, reply);
}

static void
add_note (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "content", .type = VRF_FIELD_STRING, .required = TRUE, .min = 1, .max = MAX_CONTENT },
    { NULL },
  };
  VrfService *service = vrf_request_get_service (request);
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfStoredCase) found = vrf_handlers_find_case (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfStoredCaseNote) note = NULL;
  g_autoptr (GError) error = NULL;

  if (found == NULL)
    return;
  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_reply (errors, reply) || !check_room (request, reply, found))
    return;
  note = vrf_cases_note (service,
                         found,
                         "api",
                         vrf_request_get_key (request)->prefix,
                         vrf_fields_get_string (body, "content"),
                         &error);
  if (note != NULL && vrf_cases_touch (service, found, &error))
    vrf_reply_set_json (reply, 201, vrf_case_json_new_note (note));
  else
    answer_error (reply, error);
}

static const char *
check_date (const char *text)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *whole = g_strconcat (text, "T00:00:00Z", NULL);

  if (strlen (text) == strlen ("1997-06-15") && text[4] == '-' && text[7] == '-')
    date = g_date_time_new_from_iso8601 (whole, NULL);
  return date != NULL ? NULL : "must be a date like 1997-06-15";
}

#define VALUE(name_)                                                                               \
  {                                                                                                \
    .name = name_, .type = VRF_FIELD_STRING, .nullable = TRUE, .max = MAX_VALUE                    \
  }
#define DATE(name_)                                                                                \
  {                                                                                                \
    .name = name_, .type = VRF_FIELD_STRING, .nullable = TRUE, .check = check_date                 \
  }

/* verifa-api.md 2.8 */
static const VrfField extracted_fields[] = {
  VALUE ("first_name"),
  VALUE ("last_name"),
  DATE ("date_of_birth"),
  { .name = "address", .type = VRF_FIELD_OBJECT, .nullable = TRUE },
  VALUE ("document_number"),
  VALUE ("nationality"),
  VALUE ("gender"),
  VALUE ("ssn"),
  VALUE ("document_type"),
  DATE ("document_expiration_date"),
  VALUE ("document_issuing_state"),
  { NULL },
};

static const VrfField address_fields[] = {
  VALUE ("line1"), VALUE ("line2"), VALUE ("city"), VALUE ("state"), VALUE ("zip"), { NULL },
};

/* The members of @from that have a line in @fields. */
static JsonObject *
pick (JsonObject *from, const VrfField *fields)
{
  JsonObject *picked = json_object_new ();

  for (; fields->name != NULL; fields++)
    if (json_object_has_member (from, fields->name))
      json_object_set_member (picked, fields->name, json_object_dup_member (from, fields->name));
  return picked;
}

/* What is to be changed, checked; NULL when it was answered. */
static JsonObject *
read_changes (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "extracted_data", .type = VRF_FIELD_OBJECT, .required = TRUE },
    { NULL },
  };
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (JsonObject) changes = NULL;
  JsonObject *address = NULL;

  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_reply (errors, reply))
    return NULL;
  changes = pick (json_object_get_object_member (body, "extracted_data"), extracted_fields);
  vrf_fields_check (changes, extracted_fields, errors);
  if (vrf_field_errors_reply (errors, reply))
    return NULL;
  if (!vrf_fields_has (changes, "address"))
    return g_steal_pointer (&changes);

  address = pick (json_object_get_object_member (changes, "address"), address_fields);
  json_object_set_object_member (changes, "address", address);
  vrf_fields_check (address, address_fields, errors);
  return vrf_field_errors_reply (errors, reply) ? NULL : g_steal_pointer (&changes);
}

/* The trail names what was corrected, and keeps the data out. */
static JsonObject *
new_field_names (JsonObject *changes)
{
  JsonObject *metadata = json_object_new ();
  JsonArray *names = json_array_new ();

  for (const VrfField *field = extracted_fields; field->name != NULL; field++)
    if (json_object_has_member (changes, field->name))
      json_array_add_string_element (names, field->name);
  json_object_set_array_member (metadata, "fields", names);
  return metadata;
}

static void
put_pii (VrfRequest *request, VrfReply *reply)
{
  VrfService *service = vrf_request_get_service (request);
  g_autoptr (VrfStoredCase) found = vrf_handlers_find_case (request, reply);
  g_autoptr (JsonObject) changes = found != NULL ? read_changes (request, reply) : NULL;
  g_autoptr (VrfStoredResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object = NULL;

  if (changes == NULL)
    return;
  result = vrf_case_result_correct (service, found, changes, &error);
  if (result == NULL)
    {
      answer_error (reply, error);
      return;
    }
  vrf_request_set_metadata (request, new_field_names (changes));
  object = json_object_new ();
  json_object_set_string_member (object, "session_id", found->session_id);
  json_object_set_string_member (object, "status", result->status);
  json_object_set_member (object,
                          "extracted_data",
                          vrf_organization_filter_extracted (vrf_service_get_organization (service),
                                                             result->extracted));
  vrf_body_add_time (object, "updated_at", vrf_service_get_now (service));
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

static void
override_check (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "check", .type = VRF_FIELD_STRING, .required = TRUE, .min = 1, .max = 64 },
    { .name = "reason", .type = VRF_FIELD_STRING, .required = TRUE, .min = 1, .max = MAX_REASON },
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
  if (vrf_case_result_override (vrf_request_get_service (request),
                                found,
                                vrf_fields_get_string (body, "check"),
                                vrf_fields_get_string (body, "reason"),
                                &error))
    {
      vrf_request_set_metadata (request, pick (body, fields));
      vrf_reply_set_json (reply, 200, vrf_case_json_new (found));
    }
  else
    answer_error (reply, error);
}

#define CASE "/api/v1/cases/{case_id}"
#define WRITE "cases:write"

const VrfRoute vrf_handlers_case_work[] = {
  { "GET", CASE "/notes", "cases:read", list_notes, VRF_ROUTE_PLAIN },
  { "POST", CASE "/notes", WRITE, add_note, VRF_ROUTE_PLAIN, .audit = "api.case.add_note" },
  { "PUT",
    CASE "/result/pii",
    WRITE,
    put_pii,
    VRF_ROUTE_PLAIN,
    .audit = "api.case.update_result_pii" },
  { "POST",
    CASE "/override-check",
    WRITE,
    override_check,
    VRF_ROUTE_PLAIN,
    .audit = "api.case.override_check" },
  { NULL },
};
