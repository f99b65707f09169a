/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "api/vrf-api-client.h"

G_BEGIN_DECLS

/* One call of the API with its retries: what the functions of VrfApiClient are made of. */
typedef struct _VrfCall VrfCall;

/**
 * VrfDecode:
 * @node: (nullable): the answer's JSON, %NULL when there was no body
 * @error: %VRF_ERROR_REPLY
 *
 * Returns: (nullable) (transfer full): the model
 */
typedef gpointer (*VrfDecode) (JsonNode *node, GError **error);

VrfCall *
vrf_call_new (const char *method, const char *path, VrfDecode decode, GDestroyNotify free_model)
    G_GNUC_WARN_UNUSED_RESULT;
VrfCall *
vrf_call_new_for_session (const char *method,
                          const char *session_id,
                          const char *suffix,
                          VrfDecode decode,
                          GDestroyNotify free_model) G_GNUC_WARN_UNUSED_RESULT;
VrfCall *
vrf_call_new_for_tool (const char *method,
                       const char *tool,
                       const char *id,
                       VrfDecode decode,
                       GDestroyNotify free_model) G_GNUC_WARN_UNUSED_RESULT;
VrfCall *
vrf_call_new_for_item (const char *method,
                       const char *collection,
                       const char *id,
                       const char *suffix,
                       VrfDecode decode,
                       GDestroyNotify free_model) G_GNUC_WARN_UNUSED_RESULT;
VrfCall *
vrf_call_new_for_file (const char *url, const char *base_url) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_call_add_segment (VrfCall *self, const char *segment);
void
vrf_call_add_query (VrfCall *self, const char *name, const char *value);
void
vrf_call_add_query_number (VrfCall *self, const char *name, guint value);
void
vrf_call_take_body (VrfCall *self, JsonObject *body);
void
vrf_call_set_idempotency_key (VrfCall *self, const char *key);
void
vrf_call_set_once (VrfCall *self);
void
vrf_call_fail (VrfCall *self, GError *error);

void
vrf_call_run (VrfCall *self, GTask *task);
GTask *
vrf_call_task_new (VrfApiClient *client,
                   gpointer tag,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
gpointer
vrf_call_finish (VrfApiClient *client, gpointer tag, GAsyncResult *result, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *
vrf_call_decode_array (JsonArray *array,
                       VrfDecode decode,
                       GDestroyNotify free_model,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_call_decode_list (JsonNode *node,
                      const char *where,
                      VrfDecode decode,
                      GDestroyNotify free_model,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
gpointer
vrf_call_decode_nothing (JsonNode *node, GError **error);
gboolean
vrf_call_finish_nothing (VrfApiClient *client, gpointer tag, GAsyncResult *result, GError **error);

G_END_DECLS
