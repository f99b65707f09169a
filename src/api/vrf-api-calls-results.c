/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-api-client.h"
#include "api/vrf-call.h"

/* What came of a session (verifa-api.md 3.4, 3.11, 3.15, 3.17). */

void
vrf_api_client_get_result_async (VrfApiClient *self,
                                 const char *session_id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_get_result_async, cancellable, callback, user_data);

  vrf_call_run (vrf_call_new_for_session ("GET",
                                          session_id,
                                          "result",
                                          (VrfDecode) vrf_result_new_from_json,
                                          (GDestroyNotify) vrf_result_unref),
                task);
}

VrfResult *
vrf_api_client_get_result_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_get_result_async, result, error);
}

static gpointer
decode_documents (JsonNode *node, GError **error)
{
  return vrf_call_decode_list (node,
                               "documents",
                               (VrfDecode) vrf_document_new_from_json,
                               (GDestroyNotify) vrf_document_free,
                               error);
}

void
vrf_api_client_list_documents_async (VrfApiClient *self,
                                     const char *session_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task = vrf_call_task_new (
      self, vrf_api_client_list_documents_async, cancellable, callback, user_data);

  vrf_call_run (
      vrf_call_new_for_session (
          "GET", session_id, "documents", decode_documents, (GDestroyNotify) g_ptr_array_unref),
      task);
}

GPtrArray *
vrf_api_client_list_documents_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_list_documents_async, result, error);
}

/**
 * vrf_api_client_fetch_document_async:
 * @document: from the list; only its link is used, and read at once
 *
 * Errors beside the usual: %VRF_ERROR_FORBIDDEN when the link has run out (list again),
 * %VRF_ERROR_TOO_LARGE above 15 MiB, %VRF_ERROR_REPLY for a link to another server.
 */
void
vrf_api_client_fetch_document_async (VrfApiClient *self,
                                     const VrfDocument *document,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task = vrf_call_task_new (
      self, vrf_api_client_fetch_document_async, cancellable, callback, user_data);

  vrf_call_run (vrf_call_new_for_file (document->url, vrf_api_client_get_base_url (self)), task);
}

/** vrf_api_client_fetch_document_finish: Returns: (nullable) (transfer full): as it was uploaded:
 * hostile until it was looked at */
GBytes *
vrf_api_client_fetch_document_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_fetch_document_async, result, error);
}

void
vrf_api_client_get_risk_async (VrfApiClient *self,
                               const char *session_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_get_risk_async, cancellable, callback, user_data);

  vrf_call_run (vrf_call_new_for_session ("GET",
                                          session_id,
                                          "risk",
                                          (VrfDecode) vrf_risk_new_from_json,
                                          (GDestroyNotify) vrf_risk_free),
                task);
}

VrfRisk *
vrf_api_client_get_risk_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_get_risk_async, result, error);
}

static gpointer
decode_redaction (JsonNode *node, GError **error)
{
  g_autofree int *count = g_new0 (int, 1);
  VrfJsonReader reader;

  if (node == NULL)
    return g_steal_pointer (&count);
  vrf_json_reader_init (&reader, node, "redaction");
  *count = (int) vrf_json_reader_opt_int (&reader, "documents_removed", 0, G_MAXINT, 0);
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&count);
}

void
vrf_api_client_redact_async (VrfApiClient *self,
                             const char *session_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_redact_async, cancellable, callback, user_data);

  vrf_call_run (vrf_call_new_for_session ("DELETE", session_id, "data", decode_redaction, g_free),
                task);
}

/** vrf_api_client_redact_finish: Returns: how many documents went; -1 with @error */
int
vrf_api_client_redact_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  g_autofree int *count = vrf_call_finish (self, vrf_api_client_redact_async, result, error);

  return count != NULL ? *count : -1;
}
