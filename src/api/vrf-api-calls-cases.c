/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-api-cases.h"
#include "api/vrf-call.h"

/*
 * Review cases (verifa-api.md 7.3). What changes a case is sent once: no idempotency key is
 * documented for it, and a decision must not be made twice.
 */

static VrfCall *
new_call (const char *method, const char *case_id, const char *suffix)
{
  return vrf_call_new_for_item (method,
                                "cases",
                                case_id,
                                suffix,
                                (VrfDecode) vrf_case_new_from_json,
                                (GDestroyNotify) vrf_case_free);
}

void
vrf_api_client_get_case_async (VrfApiClient *self,
                               const char *case_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_case_finish, cancellable, callback, user_data);

  vrf_call_run (new_call ("GET", case_id, NULL), task);
}

static void
set_text (JsonObject *body, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (body, name, text);
  else
    json_object_set_null_member (body, name);
}

static void
change (GTask *task, const char *case_id, const char *verb, JsonObject *body)
{
  VrfCall *call = new_call ("POST", case_id, verb);

  if (body != NULL)
    vrf_call_take_body (call, body);
  vrf_call_run (call, task);
}

void
vrf_api_client_claim_case_async (VrfApiClient *self,
                                 const char *case_id,
                                 const char *reviewer_id,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = vrf_call_task_new (self, vrf_api_client_case_finish, NULL, callback, user_data);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "reviewer_id", reviewer_id);
  change (task, case_id, "claim", body);
}

void
vrf_api_client_release_case_async (VrfApiClient *self,
                                   const char *case_id,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  change (vrf_call_task_new (self, vrf_api_client_case_finish, NULL, callback, user_data),
          case_id,
          "release",
          NULL);
}

static JsonObject *
new_decision (const VrfCaseDecision *decision)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "reviewer_id", decision->reviewer_id);
  set_text (body, "notes", decision->notes);
  set_text (body, "rejection_reason", decision->reason);
  return body;
}

void
vrf_api_client_approve_case_async (VrfApiClient *self,
                                   const char *case_id,
                                   const VrfCaseDecision *decision,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  change (vrf_call_task_new (self, vrf_api_client_case_finish, NULL, callback, user_data),
          case_id,
          "approve",
          new_decision (decision));
}

void
vrf_api_client_reject_case_async (VrfApiClient *self,
                                  const char *case_id,
                                  const VrfCaseDecision *decision,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  JsonObject *body = new_decision (decision);

  set_text (body, "rejection_reason_code", decision->reason_code);
  /* Whom to block is decided where the identity's other sessions can be seen, not at the desk. */
  json_object_set_boolean_member (body, "add_to_blocklist", FALSE);
  change (vrf_call_task_new (self, vrf_api_client_case_finish, NULL, callback, user_data),
          case_id,
          "reject",
          body);
}

void
vrf_api_client_escalate_case_async (VrfApiClient *self,
                                    const char *case_id,
                                    const char *escalated_to,
                                    const char *reason,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  JsonObject *body = json_object_new ();

  set_text (body, "escalated_to", escalated_to);
  set_text (body, "reason", reason);
  json_object_set_null_member (body, "notes");
  change (vrf_call_task_new (self, vrf_api_client_case_finish, NULL, callback, user_data),
          case_id,
          "escalate",
          body);
}

/** vrf_api_client_case_finish: Returns: (nullable) (transfer full): the case as it is now */
VrfCase *
vrf_api_client_case_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_case_finish, result, error);
}

/* Notes */

static gpointer
decode_notes (JsonNode *node, GError **error)
{
  return vrf_call_decode_list (node,
                               "notes",
                               (VrfDecode) vrf_case_note_new_from_json,
                               (GDestroyNotify) vrf_case_note_free,
                               error);
}

void
vrf_api_client_list_case_notes_async (VrfApiClient *self,
                                      const char *case_id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GTask *task = vrf_call_task_new (
      self, vrf_api_client_list_case_notes_async, cancellable, callback, user_data);

  vrf_call_run (
      vrf_call_new_for_item (
          "GET", "cases", case_id, "notes", decode_notes, (GDestroyNotify) g_ptr_array_unref),
      task);
}

GPtrArray *
vrf_api_client_list_case_notes_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_list_case_notes_async, result, error);
}

void
vrf_api_client_add_case_note_async (VrfApiClient *self,
                                    const char *case_id,
                                    const char *content,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_add_case_note_async, NULL, callback, user_data);
  VrfCall *call = vrf_call_new_for_item ("POST",
                                         "cases",
                                         case_id,
                                         "notes",
                                         (VrfDecode) vrf_case_note_new_from_json,
                                         (GDestroyNotify) vrf_case_note_free);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "content", content);
  vrf_call_take_body (call, body);
  vrf_call_run (call, task);
}

VrfCaseNote *
vrf_api_client_add_case_note_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_add_case_note_async, result, error);
}
