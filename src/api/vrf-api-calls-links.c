/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-api-client.h"
#include "api/vrf-call.h"

/* Links and invitations (verifa-api.md 3.7, 3.12, 3.13). */

/* The field's name is not documented: `invite_count` is ours. 0 when there is none. */
static gpointer
decode_invite (JsonNode *node, GError **error)
{
  g_autofree int *count = g_new0 (int, 1);
  VrfJsonReader reader;

  if (node == NULL)
    return g_steal_pointer (&count);
  vrf_json_reader_init (&reader, node, "invite");
  *count = (int) vrf_json_reader_opt_int (&reader, "invite_count", 0, G_MAXINT, 0);
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&count);
}

void
vrf_api_client_resend_invite_async (VrfApiClient *self,
                                    const char *session_id,
                                    const char *idempotency_key,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task = vrf_call_task_new (
      self, vrf_api_client_resend_invite_async, cancellable, callback, user_data);
  VrfCall *call =
      vrf_call_new_for_session ("POST", session_id, "resend-invite", decode_invite, g_free);

  vrf_call_set_idempotency_key (call, idempotency_key);
  vrf_call_run (call, task);
}

/** vrf_api_client_resend_invite_finish: Returns: the invites sent so far; -1 with @error */
int
vrf_api_client_resend_invite_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  g_autofree int *count = vrf_call_finish (self, vrf_api_client_resend_invite_async, result, error);

  return count != NULL ? *count : -1;
}

void
vrf_api_client_generate_link_async (VrfApiClient *self,
                                    const char *session_id,
                                    guint expires_in_minutes,
                                    const char *idempotency_key,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_generate_link_async, NULL, callback, user_data);
  VrfCall *call = vrf_call_new_for_session ("POST",
                                            session_id,
                                            "generate-one-time-link",
                                            (VrfDecode) vrf_link_new_from_json,
                                            (GDestroyNotify) vrf_link_free);
  JsonObject *body = json_object_new ();

  if (expires_in_minutes > 0)
    json_object_set_int_member (body, "expires_in_minutes", expires_in_minutes);
  vrf_call_take_body (call, body);
  vrf_call_set_idempotency_key (call, idempotency_key);
  vrf_call_run (call, task);
}

VrfLink *
vrf_api_client_generate_link_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_generate_link_async, result, error);
}

static gpointer
decode_links (JsonNode *node, GError **error)
{
  return vrf_call_decode_list (
      node, "links", (VrfDecode) vrf_link_new_from_json, (GDestroyNotify) vrf_link_free, error);
}

void
vrf_api_client_list_links_async (VrfApiClient *self,
                                 const char *session_id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_list_links_async, cancellable, callback, user_data);

  vrf_call_run (vrf_call_new_for_session (
                    "GET", session_id, "links", decode_links, (GDestroyNotify) g_ptr_array_unref),
                task);
}

GPtrArray *
vrf_api_client_list_links_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_list_links_async, result, error);
}
