/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-api-client.h"
#include "api/vrf-call.h"

/* Workflows and limits (verifa-api.md 3.19, 7.1, 7.8). */

/* The most a page may hold; a client asks for all workflows at once. */
#define WORKFLOWS_MAX 100

void
vrf_api_client_reprocess_async (VrfApiClient *self,
                                const char *session_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_reprocess_async, cancellable, callback, user_data);

  vrf_call_run (
      vrf_call_new_for_session ("POST", session_id, "reprocess", vrf_call_decode_nothing, g_free),
      task);
}

gboolean
vrf_api_client_reprocess_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish_nothing (self, vrf_api_client_reprocess_async, result, error);
}

void
vrf_api_client_get_workflow_run_async (VrfApiClient *self,
                                       const char *session_id,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  GTask *task = vrf_call_task_new (
      self, vrf_api_client_get_workflow_run_async, cancellable, callback, user_data);

  vrf_call_run (vrf_call_new_for_session ("GET",
                                          session_id,
                                          "workflow-run",
                                          (VrfDecode) vrf_workflow_run_new_from_json,
                                          (GDestroyNotify) vrf_workflow_run_free),
                task);
}

VrfWorkflowRun *
vrf_api_client_get_workflow_run_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_get_workflow_run_async, result, error);
}

static gpointer
decode_workflows (JsonNode *node, GError **error)
{
  return vrf_call_decode_list (node,
                               "workflows",
                               (VrfDecode) vrf_workflow_new_from_json,
                               (GDestroyNotify) vrf_workflow_unref,
                               error);
}

void
vrf_api_client_list_workflows_async (VrfApiClient *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task = vrf_call_task_new (
      self, vrf_api_client_list_workflows_async, cancellable, callback, user_data);
  VrfCall *call =
      vrf_call_new ("GET", "workflows", decode_workflows, (GDestroyNotify) g_ptr_array_unref);

  vrf_call_add_query_number (call, "limit", WORKFLOWS_MAX);
  vrf_call_run (call, task);
}

GPtrArray *
vrf_api_client_list_workflows_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_list_workflows_async, result, error);
}

static gpointer
decode_versions (JsonNode *node, GError **error)
{
  return vrf_call_decode_list (node,
                               "workflow_versions",
                               (VrfDecode) vrf_workflow_version_new_from_json,
                               (GDestroyNotify) vrf_workflow_version_free,
                               error);
}

void
vrf_api_client_list_workflow_versions_async (VrfApiClient *self,
                                             const char *workflow_id,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data)
{
  GTask *task = vrf_call_task_new (
      self, vrf_api_client_list_workflow_versions_async, cancellable, callback, user_data);

  vrf_call_run (vrf_call_new_for_item ("GET",
                                       "workflows",
                                       workflow_id,
                                       "versions",
                                       decode_versions,
                                       (GDestroyNotify) g_ptr_array_unref),
                task);
}

GPtrArray *
vrf_api_client_list_workflow_versions_finish (VrfApiClient *self,
                                              GAsyncResult *result,
                                              GError **error)
{
  return vrf_call_finish (self, vrf_api_client_list_workflow_versions_async, result, error);
}

void
vrf_api_client_get_rate_limits_async (VrfApiClient *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GTask *task = vrf_call_task_new (
      self, vrf_api_client_get_rate_limits_async, cancellable, callback, user_data);

  vrf_call_run (vrf_call_new ("GET",
                              "rate-limits",
                              (VrfDecode) vrf_rate_limits_new_from_json,
                              (GDestroyNotify) vrf_rate_limits_free),
                task);
}

VrfRateLimits *
vrf_api_client_get_rate_limits_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_get_rate_limits_async, result, error);
}
