/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "sandbox/vrf-body.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-lan.h"

/* Phones on the same network, let in for a while. */

static void
answer (VrfLan *lan, VrfReply *reply)
{
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "open", vrf_lan_get_url (lan) != NULL);
  vrf_body_add_string (object, "url", vrf_lan_get_url (lan));
  vrf_body_add_time (object, "ends_at", vrf_lan_get_ends_at (lan));
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

static VrfLan *
find_lan (VrfRequest *request, VrfReply *reply)
{
  VrfLan *lan = vrf_service_get_lan (vrf_request_get_service (request));

  if (lan == NULL)
    vrf_error_reply_set (reply, 409, "conflict", "This server has no listener for phones.");
  return lan;
}

static void
get (VrfRequest *request, VrfReply *reply)
{
  VrfLan *lan = find_lan (request, reply);

  if (lan != NULL)
    answer (lan, reply);
}

static const VrfField fields[] = {
  { .name = "minutes", .type = VRF_FIELD_INT, .min = 1, .max = VRF_LAN_MAX_MINUTES },
  { NULL },
};

static void
open_for (VrfRequest *request, VrfReply *reply)
{
  VrfLan *lan = find_lan (request, reply);
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;
  guint minutes = 0;

  if (lan == NULL)
    return;
  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  minutes = (guint) vrf_fields_get_int (body, "minutes", VRF_LAN_MINUTES);
  if (vrf_lan_open (lan, minutes, &error))
    answer (lan, reply);
  else
    vrf_error_reply_set (reply, 409, "conflict", error->message);
}

static void
close_now (VrfRequest *request, VrfReply *reply)
{
  VrfLan *lan = find_lan (request, reply);

  if (lan == NULL)
    return;
  vrf_lan_close (lan);
  answer (lan, reply);
}

#define LAN "/_sandbox/lan"
#define TOOL (VRF_ROUTE_SANDBOX_ONLY | VRF_ROUTE_FREE)

const VrfRoute vrf_handlers_lan[] = {
  { "GET", LAN, NULL, get, TOOL, vrf_handlers_check_origin },
  { "POST", LAN, NULL, open_for, TOOL, vrf_handlers_check_origin },
  { "DELETE", LAN, NULL, close_now, TOOL, vrf_handlers_check_origin },
  { NULL },
};
