/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "sandbox/vrf-body.h"

/* The organization's workflows, read only (verifa-api.md 7.1). */

static void
list (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) workflows = NULL;
  JsonObject *object = NULL;
  JsonArray *data = NULL;
  guint limit = 0;
  guint offset = 0;

  vrf_handlers_read_page (request, errors, 50, &limit, &offset);
  if (vrf_field_errors_reply (errors, reply))
    return;
  workflows = vrf_sandbox_store_list_workflows (vrf_request_get_store (request), &error);
  if (workflows == NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }

  object = json_object_new ();
  data = json_array_new ();
  for (guint i = 0; workflows[i] != NULL; i++)
    if (i >= offset && i - offset < limit)
      json_array_add_element (data, vrf_stored_parse (workflows[i]));
  json_object_set_array_member (object, "data", data);
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

static void
get (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  if (!vrf_sandbox_store_get_workflow (vrf_request_get_store (request),
                                       vrf_request_get_param (request, "workflow_id"),
                                       &json,
                                       &error))
    vrf_error_reply_set_error (reply, error);
  else if (json == NULL)
    vrf_error_reply_set (reply, 404, "not_found", "Workflow not found.");
  else
    vrf_reply_set_json (reply, 200, vrf_stored_parse (json));
}

const VrfRoute vrf_handlers_workflows[] = {
  { "GET", "/api/v1/workflows", "workflows:read workflows:write", list, VRF_ROUTE_PLAIN },
  { "GET",
    "/api/v1/workflows/{workflow_id}",
    "workflows:read workflows:write",
    get,
    VRF_ROUTE_PLAIN },
  { NULL },
};
