/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "api/vrf-api-client.h"
#include "api/vrf-call.h"
#include "base/vrf-error.h"

/* Sessions: create, list, get, update, resume, expire, simulate (verifa-api.md 3.1 to 3.9). */

#define SESSION (VrfDecode) vrf_session_new_from_json, (GDestroyNotify) vrf_session_unref

void
vrf_api_client_create_session_async (VrfApiClient *self,
                                     const VrfSessionRequest *request,
                                     const char *idempotency_key,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task = vrf_call_task_new (
      self, vrf_api_client_create_session_async, cancellable, callback, user_data);
  VrfCall *call = vrf_call_new ("POST", "sessions", SESSION);
  g_autoptr (JsonNode) body = vrf_session_request_to_json (request);
  GError *error = NULL;

  if (!vrf_session_request_validate (request, &error))
    vrf_call_fail (call, error);
  vrf_call_take_body (call, json_node_dup_object (body));
  vrf_call_set_idempotency_key (call, idempotency_key);
  vrf_call_run (call, task);
}

VrfSession *
vrf_api_client_create_session_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_create_session_async, result, error);
}

void
vrf_api_client_list_sessions_async (VrfApiClient *self,
                                    const VrfSessionQuery *query,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task = vrf_call_task_new (
      self, vrf_api_client_list_sessions_async, cancellable, callback, user_data);
  VrfCall *call = vrf_call_new ("GET",
                                "sessions",
                                (VrfDecode) vrf_session_page_new_from_json,
                                (GDestroyNotify) vrf_session_page_free);

  vrf_call_add_query (call, "status", query->status);
  vrf_call_add_query (call, "q", query->q);
  vrf_call_add_query (call, "external_ref", query->external_ref);
  vrf_call_add_query_number (call, "limit", query->limit);
  vrf_call_add_query_number (call, "offset", query->offset);
  vrf_call_run (call, task);
}

VrfSessionPage *
vrf_api_client_list_sessions_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_list_sessions_async, result, error);
}

void
vrf_api_client_get_session_async (VrfApiClient *self,
                                  const char *session_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_get_session_async, cancellable, callback, user_data);

  vrf_call_run (vrf_call_new_for_session ("GET", session_id, NULL, SESSION), task);
}

VrfSession *
vrf_api_client_get_session_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_get_session_async, result, error);
}

void
vrf_api_client_update_session_async (VrfApiClient *self,
                                     const char *session_id,
                                     const char *external_ref,
                                     JsonObject *metadata,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_update_session_async, NULL, callback, user_data);
  VrfCall *call = vrf_call_new_for_session ("PATCH", session_id, NULL, SESSION);
  JsonObject *body = json_object_new ();

  if (external_ref != NULL)
    json_object_set_string_member (body, "external_ref", external_ref);
  if (metadata != NULL)
    json_object_set_object_member (body, "metadata", json_object_ref (metadata));
  vrf_call_take_body (call, body);
  vrf_call_set_idempotency_key (call, NULL);
  vrf_call_run (call, task);
}

VrfSession *
vrf_api_client_update_session_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_update_session_async, result, error);
}

void
vrf_api_client_resume_session_async (VrfApiClient *self,
                                     const char *session_id,
                                     const char *idempotency_key,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task = vrf_call_task_new (
      self, vrf_api_client_resume_session_async, cancellable, callback, user_data);
  VrfCall *call = vrf_call_new_for_session ("POST", session_id, "resume", SESSION);

  vrf_call_set_idempotency_key (call, idempotency_key);
  vrf_call_run (call, task);
}

VrfSession *
vrf_api_client_resume_session_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_resume_session_async, result, error);
}

void
vrf_api_client_expire_session_async (VrfApiClient *self,
                                     const char *session_id,
                                     const char *idempotency_key,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task = vrf_call_task_new (
      self, vrf_api_client_expire_session_async, cancellable, callback, user_data);
  VrfCall *call = vrf_call_new_for_session ("POST", session_id, "expire", SESSION);

  vrf_call_set_idempotency_key (call, idempotency_key);
  vrf_call_run (call, task);
}

VrfSession *
vrf_api_client_expire_session_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_expire_session_async, result, error);
}

/* Simulate is not in the list of calls that honour an idempotency key (1.5): it is sent once. */
void
vrf_api_client_simulate_async (VrfApiClient *self,
                               const char *session_id,
                               const char *action,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_simulate_async, cancellable, callback, user_data);
  VrfCall *call = vrf_call_new_for_session ("POST", session_id, "simulate", SESSION);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "action", action);
  vrf_call_take_body (call, body);
  vrf_call_run (call, task);
}

VrfSession *
vrf_api_client_simulate_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_simulate_async, result, error);
}
