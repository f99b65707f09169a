/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "sandbox/vrf-body.h"

/* What is to go wrong with requests. Rules live as long as the process: a sandbox that is started
 * works. */

static VrfFaults *
get_faults (VrfRequest *request)
{
  return vrf_service_get_faults (vrf_request_get_service (request));
}

static void
list (VrfRequest *request, VrfReply *reply)
{
  vrf_reply_set_json (reply, 200, vrf_body_new_list (vrf_faults_list (get_faults (request))));
}

static void
add (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  JsonObject *rule = vrf_faults_add (get_faults (request), vrf_request_get_body (request), errors);

  if (rule == NULL)
    vrf_field_errors_reply (errors, reply);
  else
    vrf_reply_set_json (reply, 201, vrf_body_take (rule));
}

static void
clear (VrfRequest *request, VrfReply *reply)
{
  vrf_faults_clear (get_faults (request));
  vrf_reply_set_empty (reply, 204);
}

static void
remove_one (VrfRequest *request, VrfReply *reply)
{
  if (vrf_faults_remove (get_faults (request), vrf_request_get_param (request, "fault_id")))
    vrf_reply_set_empty (reply, 204);
  else
    vrf_error_reply_set (reply, 404, "not_found", "Fault not found.");
}

#define FAULTS "/_sandbox/faults"
#define TOOL (VRF_ROUTE_SANDBOX_ONLY | VRF_ROUTE_FREE)

const VrfRoute vrf_handlers_faults[] = {
  { "GET", FAULTS, NULL, list, TOOL, vrf_handlers_check_origin },
  { "POST", FAULTS, NULL, add, TOOL, vrf_handlers_check_origin },
  { "DELETE", FAULTS, NULL, clear, TOOL, vrf_handlers_check_origin },
  { "DELETE", FAULTS "/{fault_id}", NULL, remove_one, TOOL, vrf_handlers_check_origin },
  { NULL },
};
