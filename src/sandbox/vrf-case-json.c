/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-case-json.h"

#include "sandbox/vrf-body.h"
#include "sandbox/vrf-cases.h"
#include "sandbox/vrf-retention.h"
#include "sandbox/vrf-session-json.h"

static const char *
status_nick (const VrfStoredCase *self)
{
  return vrf_enum_to_nick (vrf_store_cases_statuses, (int) self->status);
}

static JsonObject *
new_case (const VrfStoredCase *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "session_id", self->session_id);
  json_object_set_string_member (object, "status", status_nick (self));
  vrf_body_add_time (object, "created_at", self->created_at);
  vrf_body_add_string (object, "decision", vrf_cases_get_decision (self));
  vrf_body_add_string (object, "assigned_to", self->assigned_to);
  vrf_body_add_time (object, "claimed_at", self->claimed_at);
  vrf_body_add_time (object, "entered_review_at", self->entered_review_at);
  vrf_body_add_time (object, "decided_at", self->decided_at);
  json_object_set_string_member (object, "priority", self->priority);
  vrf_body_add_text (object, "tags", self->tags);
  vrf_body_add_text (object, "metadata", self->metadata);
  vrf_body_add_text (object, "custom_fields", self->custom_fields);
  return object;
}

/** vrf_case_json_new: the case as a list has it, and as it is answered when it was changed */
JsonNode *
vrf_case_json_new (const VrfStoredCase *self)
{
  return vrf_body_take (new_case (self));
}

static JsonArray *
new_documents (VrfService *service,
               const VrfStoredSession *session,
               GPtrArray *documents,
               GError **error)
{
  g_autoptr (JsonArray) array = json_array_sized_new (documents->len);
  gboolean open = vrf_retention_is_open (
      vrf_service_get_organization (service), session, vrf_service_get_now (service));

  /* Where their list is gone (2.9), there are none. */
  for (guint i = 0; open && i < documents->len; i++)
    {
      JsonNode *node = vrf_session_json_new_document (service, session, documents->pdata[i], error);

      if (node == NULL)
        return NULL;
      json_array_add_element (array, node);
    }
  return g_steal_pointer (&array);
}

static JsonArray *
new_checks (GPtrArray *checks)
{
  JsonArray *array = json_array_sized_new (checks->len);

  for (guint i = 0; i < checks->len; i++)
    json_array_add_element (array, vrf_session_json_new_check (checks->pdata[i]));
  return array;
}

/** vrf_case_json_new_note: one note */
JsonNode *
vrf_case_json_new_note (const VrfStoredCaseNote *note)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", note->id);
  json_object_set_string_member (object, "author_name", note->author_name);
  json_object_set_string_member (object, "author_type", note->author_type);
  json_object_set_string_member (object, "content", note->content);
  vrf_body_add_time (object, "created_at", note->created_at);
  return vrf_body_take (object);
}

/** vrf_case_json_new_notes: Returns: (transfer full): every VrfStoredCaseNote of @notes */
JsonArray *
vrf_case_json_new_notes (GPtrArray *notes)
{
  JsonArray *array = json_array_sized_new (notes->len);

  for (guint i = 0; i < notes->len; i++)
    json_array_add_element (array, vrf_case_json_new_note (notes->pdata[i]));
  return array;
}

/* What there is about the session of a case. */
typedef struct
{
  VrfStoredSession *session;
  VrfStoredResult *result;
  GPtrArray *documents;
  GPtrArray *checks;
  GPtrArray *notes;
} Parts;

static void
parts_clear (Parts *parts)
{
  vrf_stored_session_free (parts->session);
  vrf_stored_result_free (parts->result);
  g_clear_pointer (&parts->documents, g_ptr_array_unref);
  g_clear_pointer (&parts->checks, g_ptr_array_unref);
  g_clear_pointer (&parts->notes, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

static gboolean
read_parts (VrfSandboxStore *store, const VrfStoredCase *self, Parts *parts, GError **error)
{
  g_autoptr (GError) local = NULL;

  parts->result = vrf_sandbox_store_get_result (store, self->session_n, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return (parts->session = vrf_sandbox_store_get_session_by_number (store, self->session_n, error))
             != NULL
         && (parts->documents = vrf_sandbox_store_list_documents (store, self->session_n, error))
                != NULL
         && (parts->checks = vrf_sandbox_store_list_checks (store, self->session_n, NULL, error))
                != NULL
         && (parts->notes = vrf_store_case_notes_list (store, self->n, error)) != NULL;
}

/**
 * vrf_case_json_new_full:
 * @service: where the session is
 * @self: a case
 * @error: from the database
 *
 * Returns: (nullable) (transfer full): the case with all that a reviewer wants to see
 */
JsonNode *
vrf_case_json_new_full (VrfService *service, const VrfStoredCase *self, GError **error)
{
  g_auto (Parts) parts = { NULL };
  JsonArray *documents = NULL;
  JsonObject *object = NULL;

  if (!read_parts (vrf_service_get_store (service), self, &parts, error))
    return NULL;
  documents = new_documents (service, parts.session, parts.documents, error);
  if (documents == NULL)
    return NULL;
  object = new_case (self);
  json_object_set_member (object, "session", vrf_session_json_new (service, parts.session));
  if (parts.result != NULL)
    json_object_set_member (
        object,
        "result",
        vrf_session_json_new_result (service, parts.session, parts.result, parts.checks));
  else
    json_object_set_null_member (object, "result");
  json_object_set_array_member (object, "documents", documents);
  json_object_set_array_member (object, "checks", new_checks (parts.checks));
  json_object_set_array_member (object, "notes", vrf_case_json_new_notes (parts.notes));
  return vrf_body_take (object);
}

/** vrf_case_json_new_event: Returns: (transfer full): what a `case.*` event carries beside its
 * name: nothing that a person wrote (verifa-api.md 5.4) */
JsonObject *
vrf_case_json_new_event (const VrfStoredCase *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "case_id", self->id);
  json_object_set_string_member (object, "session_id", self->session_id);
  vrf_body_add_string (object, "external_ref", self->external_ref);
  json_object_set_string_member (object, "status", status_nick (self));
  json_object_set_boolean_member (object, "is_sandbox", self->is_sandbox);
  vrf_body_add_string (object, "decision", vrf_cases_get_decision (self));
  return object;
}
