/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "sandbox/vrf-body.h"

/* What is left of the plan (verifa-api.md 7.8). */

static JsonObject *
new_limit (VrfRequest *request, VrfRateBucket bucket)
{
  JsonObject *object = json_object_new ();
  VrfRateState state = { 0 };

  vrf_rate_look (vrf_request_get_rate (request),
                 vrf_request_get_key (request)->id,
                 bucket,
                 g_get_real_time (),
                 &state);
  if (state.limit > 0)
    {
      json_object_set_int_member (object, "limit", state.limit);
      json_object_set_int_member (object, "remaining", state.remaining);
    }
  else
    {
      json_object_set_null_member (object, "limit");
      json_object_set_null_member (object, "remaining");
    }
  json_object_set_int_member (object, "reset_in_seconds", state.reset_in_s);
  json_object_set_int_member (object, "window_seconds", state.window_s);
  return object;
}

static void
get_rate_limits (VrfRequest *request, VrfReply *reply)
{
  JsonObject *object = json_object_new ();
  JsonObject *quotas = json_object_new ();

  json_object_set_object_member (
      quotas, "verification_creation", new_limit (request, VRF_RATE_SESSIONS));
  json_object_set_object_member (quotas, "key_creation", new_limit (request, VRF_RATE_KEYS));
  json_object_set_object_member (object, "rate_limit", new_limit (request, VRF_RATE_REQUESTS));
  json_object_set_object_member (object, "quotas", quotas);
  json_object_set_string_member (
      object, "plan", vrf_rate_get_plan (vrf_request_get_rate (request)));
  json_object_set_string_member (
      object, "environment", vrf_request_is_sandbox (request) ? "sandbox" : "live");
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

const VrfRoute vrf_handlers_account[] = {
  { "GET", "/api/v1/rate-limits", NULL, get_rate_limits, VRF_ROUTE_FREE },
  { NULL },
};
