/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-api-client.h"
#include "api/vrf-call.h"

/* A session's checks, their earlier attempts, and another one (verifa-api.md 3.16). */

#define ATTEMPTS_MAX 1000

static gpointer
decode_checks (JsonNode *node, GError **error)
{
  return vrf_call_decode_list (node,
                               "verifications",
                               (VrfDecode) vrf_check_new_from_json,
                               (GDestroyNotify) vrf_check_free,
                               error);
}

void
vrf_api_client_list_checks_async (VrfApiClient *self,
                                  const char *session_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_list_checks_async, cancellable, callback, user_data);

  vrf_call_run (
      vrf_call_new_for_session (
          "GET", session_id, "verifications", decode_checks, (GDestroyNotify) g_ptr_array_unref),
      task);
}

GPtrArray *
vrf_api_client_list_checks_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_list_checks_async, result, error);
}

static gpointer
decode_attempts (JsonNode *node, GError **error)
{
  VrfJsonReader reader;
  JsonArray *attempts = NULL;

  vrf_json_reader_init (&reader, node, "verification_attempts");
  attempts = vrf_json_reader_array (&reader, "attempts", ATTEMPTS_MAX);
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  return vrf_call_decode_array (
      attempts, (VrfDecode) vrf_check_new_from_json, (GDestroyNotify) vrf_check_free, error);
}

void
vrf_api_client_list_attempts_async (VrfApiClient *self,
                                    const char *session_id,
                                    const char *policy,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task = vrf_call_task_new (
      self, vrf_api_client_list_attempts_async, cancellable, callback, user_data);
  VrfCall *call = vrf_call_new_for_session (
      "GET", session_id, "verifications", decode_attempts, (GDestroyNotify) g_ptr_array_unref);

  vrf_call_add_segment (call, policy);
  vrf_call_add_segment (call, "attempts");
  vrf_call_run (call, task);
}

GPtrArray *
vrf_api_client_list_attempts_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_list_attempts_async, result, error);
}

void
vrf_api_client_retry_check_async (VrfApiClient *self,
                                  const char *session_id,
                                  const char *policy,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_retry_check_async, cancellable, callback, user_data);
  VrfCall *call = vrf_call_new_for_session (
      "POST", session_id, "verifications", vrf_call_decode_nothing, g_free);

  vrf_call_add_segment (call, policy);
  vrf_call_add_segment (call, "retry");
  vrf_call_run (call, task);
}

gboolean
vrf_api_client_retry_check_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish_nothing (self, vrf_api_client_retry_check_async, result, error);
}
