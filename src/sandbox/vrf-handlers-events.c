/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "sandbox/vrf-body.h"
#include "sandbox/vrf-store-audit.h"

/* The audit trail (verifa-api.md 7.7). */

static JsonNode *
new_event (const VrfAuditEntry *entry)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", entry->id);
  json_object_set_string_member (object, "type", entry->type);
  vrf_body_add_time (object, "created_at", entry->created_at);
  json_object_set_string_member (object, "resource_type", entry->resource_type);
  vrf_body_add_string (object, "resource_id", entry->resource_id);
  json_object_set_string_member (object, "actor", entry->actor);
  vrf_body_add_text (object, "metadata", entry->metadata);
  vrf_body_add_string (object, "ip_address", entry->ip);
  vrf_body_add_string (object, "request_method", entry->method);
  vrf_body_add_string (object, "request_path", entry->path);
  return vrf_body_take (object);
}

static const char *
get_text (VrfRequest *request, const char *name)
{
  const char *text = vrf_request_get_query (request, name);

  return text != NULL && *text != '\0' ? text : NULL;
}

static void
list (VrfRequest *request, VrfReply *reply)
{
  VrfSandboxStore *store = vrf_request_get_store (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  VrfAuditFilter filter = VRF_AUDIT_FILTER_INIT;
  JsonArray *data = NULL;
  gint64 total = 0;

  filter.is_sandbox = vrf_request_is_sandbox (request);
  filter.action = get_text (request, "action");
  filter.resource_type = get_text (request, "resource_type");
  filter.resource_id = get_text (request, "resource_id");
  filter.q = get_text (request, "q");
  vrf_handlers_read_page (request, errors, 50, &filter.limit, &filter.offset);
  vrf_handlers_read_time (request, errors, "created_after", &filter.created_after);
  vrf_handlers_read_time (request, errors, "created_before", &filter.created_before);
  if (vrf_field_errors_reply (errors, reply))
    return;

  entries = vrf_store_audit_list (store, &filter, &error);
  if (entries == NULL || !vrf_store_audit_count (store, &filter, &total, &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  data = json_array_sized_new (entries->len);
  for (guint i = 0; i < entries->len; i++)
    json_array_add_element (data, new_event (entries->pdata[i]));
  vrf_reply_set_json (reply, 200, vrf_body_new_page (data, total, filter.limit, filter.offset));
}

static void
get (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfAuditEntry) entry =
      vrf_store_audit_get (vrf_request_get_store (request),
                           vrf_request_get_param (request, "event_id"),
                           vrf_request_is_sandbox (request),
                           &error);

  if (vrf_handlers_is_found (reply, entry, error, "Event not found."))
    vrf_reply_set_json (reply, 200, new_event (entry));
}

const VrfRoute vrf_handlers_events[] = {
  { "GET", "/api/v1/events", "audit:read", list, VRF_ROUTE_PLAIN },
  { "GET", "/api/v1/events/{event_id}", "audit:read", get, VRF_ROUTE_PLAIN },
  { NULL },
};
