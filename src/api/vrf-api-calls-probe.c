/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-api-client.h"
#include "api/vrf-call.h"

/* Reads that change nothing and cost little, each for one right (verifa-api.md 1.2). */
static const char *const paths[VRF_N_PROBES] = {
  [VRF_PROBE_SERVER] = "rate-limits",
  [VRF_PROBE_SESSIONS] = "sessions",
  [VRF_PROBE_RESULTS] = "results",
  [VRF_PROBE_IDENTITIES] = "identities",
  [VRF_PROBE_CASES] = "cases",
  [VRF_PROBE_WORKFLOWS] = "workflows",
  [VRF_PROBE_WEBHOOKS] = "webhooks/endpoints",
};

/* Only whether it was answered is of interest: what it says is somebody's. */
static gpointer
decode_nothing (JsonNode *node, GError **error)
{
  static int answered;

  return &answered;
}

static void
free_nothing (gpointer model)
{
}

/**
 * vrf_api_client_probe_async:
 * @self: a client
 * @probe: what to try
 * @cancellable: (nullable): gives up
 * @callback: called when it was answered or not
 * @user_data: for @callback
 *
 * Asks for one thing, once, and looks at nothing of the answer but its status.
 */
void
vrf_api_client_probe_async (VrfApiClient *self,
                            VrfProbe probe,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_probe_async, cancellable, callback, user_data);
  VrfCall *call = vrf_call_new ("GET", paths[probe], decode_nothing, free_nothing);

  if (probe != VRF_PROBE_SERVER)
    vrf_call_add_query_number (call, "limit", 1);
  vrf_call_set_once (call);
  vrf_call_run (call, task);
}

/** vrf_api_client_probe_finish: Returns: whether the key may; %VRF_ERROR_FORBIDDEN when not */
gboolean
vrf_api_client_probe_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_probe_async, result, error) != NULL;
}
