/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "sandbox/vrf-audit.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-session-export.h"

/* The applicant's rights: to have everything deleted, and to have a copy of it (verifa-api.md 3.17,
 * 3.18). */

#define MAX_BULK 100

/* Deletes and says what came of it; NULL with @error. */
static JsonObject *
redact_one (VrfService *service, VrfStoredSession *session, GError **error)
{
  gboolean already = g_str_equal (session->retention, "redacted");
  JsonObject *object = NULL;
  guint documents = 0;

  if (!vrf_service_redact (service, session, &documents, error))
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "status", already ? "already_redacted" : "deleted");
  json_object_set_string_member (object, "session_id", session->id);
  json_object_set_int_member (object, "documents_removed", documents);
  return object;
}

static void
redact (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (GError) error = NULL;
  gboolean already = FALSE;
  JsonObject *object = NULL;

  if (session == NULL)
    return;
  already = g_str_equal (session->retention, "redacted");
  object = redact_one (vrf_request_get_service (request), session, &error);
  if (object == NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  json_object_set_string_member (object,
                                 "message",
                                 already ? "Session data was already redacted."
                                         : "Session data permanently redacted.");
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

static JsonObject *
new_not_found (const char *id)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "session_id", id);
  json_object_set_string_member (object, "status", "not_found");
  json_object_set_int_member (object, "documents_removed", 0);
  return object;
}

/* Each has an entry of its own in the audit trail. */
static JsonObject *
redact_noted (VrfRequest *request, VrfStoredSession *session, GError **error)
{
  VrfService *service = vrf_request_get_service (request);
  JsonObject *object = redact_one (service, session, error);

  if (object == NULL
      || vrf_audit_note (
          service, "api.session.redact", "session", session->id, session->is_sandbox, NULL, error))
    return object;
  json_object_unref (object);
  return NULL;
}

/* One item of the answer; NULL with @error. */
static JsonObject *
redact_by_id (VrfRequest *request, const char *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (VrfStoredSession) session = vrf_sandbox_store_get_session (
      vrf_request_get_store (request), id, vrf_request_is_sandbox (request), &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return session != NULL ? redact_noted (request, session, error) : new_not_found (id);
}

static JsonArray *
redact_all (VrfRequest *request, JsonArray *ids, GError **error)
{
  g_autoptr (JsonArray) results = json_array_new ();

  for (guint i = 0; i < json_array_get_length (ids); i++)
    {
      JsonObject *item = redact_by_id (request, json_array_get_string_element (ids, i), error);

      if (item == NULL)
        return NULL;
      json_array_add_object_element (results, item);
    }
  return g_steal_pointer (&results);
}

/* Whether the body has ids; if not, it was answered. */
static gboolean
check_ids (JsonObject *body, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "session_ids",
      .type = VRF_FIELD_STRINGS,
      .required = TRUE,
      .max = MAX_BULK,
      .item_max = 255 },
    { NULL },
  };
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();

  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_is_empty (errors)
      && json_array_get_length (json_object_get_array_member (body, "session_ids")) == 0)
    vrf_field_errors_add (errors, "session_ids", "too_few", "must have at least 1 item");
  return !vrf_field_errors_reply (errors, reply);
}

static void
bulk_redact (VrfRequest *request, VrfReply *reply)
{
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (GError) error = NULL;
  JsonArray *results = NULL;
  JsonObject *object = NULL;

  if (!check_ids (body, reply))
    return;
  results = redact_all (request, json_object_get_array_member (body, "session_ids"), &error);
  if (results == NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  object = json_object_new ();
  json_object_set_int_member (object, "total", json_array_get_length (results));
  json_object_set_array_member (object, "results", results);
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

static void
export_all (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (GError) error = NULL;
  JsonNode *node = NULL;

  if (session == NULL)
    return;
  node = vrf_session_export_new (vrf_request_get_service (request), session, &error);
  if (node != NULL)
    vrf_reply_set_json (reply, 200, node);
  else
    vrf_error_reply_set_error (reply, error);
}

#define SESSION "/api/v1/sessions/{session_id}"

const VrfRoute vrf_handlers_session_data[] = {
  { "DELETE",
    SESSION "/data",
    "redact:write sessions:write",
    redact,
    VRF_ROUTE_PLAIN,
    .audit = "api.session.redact" },
  { "POST",
    "/api/v1/sessions/bulk-redact",
    "redact:write sessions:write",
    bulk_redact,
    VRF_ROUTE_PLAIN },
  { "GET",
    SESSION "/export",
    "sessions:read",
    export_all,
    VRF_ROUTE_PLAIN,
    .audit = "api.session.export" },
  { NULL },
};
