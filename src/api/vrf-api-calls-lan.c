/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-api-client.h"
#include "api/vrf-call.h"

/* Whether our sandbox lets phones on the network in (src/sandbox/README.md). */

static VrfCall *
new_call (const char *method)
{
  return vrf_call_new_for_tool (method,
                                "lan",
                                NULL,
                                (VrfDecode) vrf_lan_state_new_from_json,
                                (GDestroyNotify) vrf_lan_state_free);
}

void
vrf_api_client_get_lan_async (VrfApiClient *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  vrf_call_run (
      new_call ("GET"),
      vrf_call_task_new (self, vrf_api_client_get_lan_async, cancellable, callback, user_data));
}

VrfLanState *
vrf_api_client_get_lan_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_get_lan_async, result, error);
}

void
vrf_api_client_set_lan_async (VrfApiClient *self,
                              guint minutes,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  VrfCall *call = new_call (minutes > 0 ? "POST" : "DELETE");
  JsonObject *body = NULL;

  if (minutes > 0)
    {
      body = json_object_new ();
      json_object_set_int_member (body, "minutes", minutes);
      vrf_call_take_body (call, body);
    }
  vrf_call_run (
      call,
      vrf_call_task_new (self, vrf_api_client_set_lan_async, cancellable, callback, user_data));
}

VrfLanState *
vrf_api_client_set_lan_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_set_lan_async, result, error);
}
