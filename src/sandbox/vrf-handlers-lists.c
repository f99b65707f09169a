/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers-lists.h"

#include "base/vrf-random.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-list-json.h"
#include "sandbox/vrf-list-values.h"
#include "sandbox/vrf-lists.h"

/* Custom lists (verifa-api.md 7.5); what is in them is in vrf-handlers-list-items.c. */

#define DEFAULT_LIMIT 50

static const char *
check_type (const char *text)
{
  return vrf_list_values_is_type (text) ? NULL : "must be a type of list";
}

static const char *
check_mode (const char *text)
{
  static const char *const modes[] = { "block", "flag", "allow", NULL };

  return g_strv_contains (modes, text) ? NULL : "must be block, flag or allow";
}

#define COMMON_FIELDS                                                                              \
  { .name = "match_mode", .type = VRF_FIELD_STRING, .check = check_mode, .code = "enum" },         \
  {                                                                                                \
    .name = "description", .type = VRF_FIELD_STRING, .nullable = TRUE, .max = 2000                 \
  }

/** vrf_handlers_lists_find: Returns: (nullable) (transfer full): the list of `list_id`; %NULL when
 * it was answered */
VrfList *
vrf_handlers_lists_find (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  VrfList *list = vrf_store_lists_get (vrf_request_get_store (request),
                                       vrf_request_get_param (request, "list_id"),
                                       vrf_request_is_sandbox (request),
                                       &error);

  vrf_handlers_is_found (reply, list, error, "List not found.");
  return list;
}

/** vrf_handlers_lists_is_open: Returns: whether @list may be changed; if not, it was answered */
gboolean
vrf_handlers_lists_is_open (const VrfList *list, VrfReply *reply)
{
  if (!list->is_active)
    vrf_error_reply_set (reply, 400, "bad_request", "The list has been archived.");
  return list->is_active;
}

static void
list_all (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GPtrArray) lists = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *data = NULL;
  gint64 total = 0;
  guint limit = 0;
  guint offset = 0;

  vrf_handlers_read_page (request, errors, DEFAULT_LIMIT, &limit, &offset);
  if (vrf_field_errors_reply (errors, reply))
    return;
  lists = vrf_store_lists_list (vrf_request_get_store (request),
                                vrf_request_is_sandbox (request),
                                limit,
                                offset,
                                &total,
                                &error);
  if (lists == NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  data = json_array_sized_new (lists->len);
  for (guint i = 0; i < lists->len; i++)
    json_array_add_object_element (data, vrf_list_json_new (lists->pdata[i]));
  vrf_reply_set_json (reply, 200, vrf_body_new_page (data, total, limit, offset));
}

static void
create (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "name", .type = VRF_FIELD_STRING, .required = TRUE, .min = 1, .max = 255 },
    { .name = "list_type",
      .type = VRF_FIELD_STRING,
      .required = TRUE,
      .check = check_type,
      .code = "enum" },
    COMMON_FIELDS,
    { NULL },
  };
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfList) list = g_new0 (VrfList, 1);
  g_autoptr (GError) error = NULL;
  const char *mode = NULL;

  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  mode = vrf_fields_get_string (body, "match_mode");
  list->id = vrf_random_id ("list_");
  list->is_sandbox = vrf_request_is_sandbox (request);
  list->is_active = TRUE;
  list->name = g_strdup (vrf_fields_get_string (body, "name"));
  list->list_type = g_strdup (vrf_fields_get_string (body, "list_type"));
  list->match_mode = g_strdup (mode != NULL ? mode : "flag");
  list->description = g_strdup (vrf_fields_get_string (body, "description"));
  list->created_at = vrf_service_get_now (vrf_request_get_service (request));
  list->updated_at = list->created_at;
  if (vrf_store_lists_insert (vrf_request_get_store (request), list, &error))
    vrf_reply_set_json (reply, 201, vrf_body_take (vrf_list_json_new (list)));
  else
    vrf_error_reply_set_error (reply, error);
}

static void
get (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfList) list = vrf_handlers_lists_find (request, reply);
  g_autoptr (GError) error = NULL;
  JsonArray *workflows = NULL;
  JsonObject *object = NULL;

  if (list == NULL)
    return;
  workflows = vrf_lists_new_workflows (vrf_request_get_store (request), list, &error);
  if (workflows == NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  object = vrf_list_json_new (list);
  json_object_set_array_member (object, "workflows", workflows);
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

static void
write_list (VrfRequest *request, VrfReply *reply, VrfList *list)
{
  g_autoptr (GError) error = NULL;

  list->updated_at = vrf_service_get_now (vrf_request_get_service (request));
  if (vrf_store_lists_update (vrf_request_get_store (request), list, &error))
    vrf_reply_set_json (reply, 200, vrf_body_take (vrf_list_json_new (list)));
  else
    vrf_error_reply_set_error (reply, error);
}

static void
update (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "name", .type = VRF_FIELD_STRING, .min = 1, .max = 255 },
    COMMON_FIELDS,
    { NULL },
  };
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfList) list = vrf_handlers_lists_find (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();

  if (list == NULL)
    return;
  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_reply (errors, reply) || !vrf_handlers_lists_is_open (list, reply))
    return;
  if (vrf_fields_has (body, "name"))
    vrf_stored_set (&list->name, vrf_fields_get_string (body, "name"));
  if (vrf_fields_has (body, "match_mode"))
    vrf_stored_set (&list->match_mode, vrf_fields_get_string (body, "match_mode"));
  if (json_object_has_member (body, "description"))
    vrf_stored_set (&list->description, vrf_fields_get_string (body, "description"));
  write_list (request, reply, list);
}

/* Archiving again changes nothing and is no error. */
static void
archive (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfList) list = vrf_handlers_lists_find (request, reply);
  g_autoptr (JsonArray) workflows = NULL;
  g_autoptr (GError) error = NULL;

  if (list == NULL)
    return;
  workflows = vrf_lists_new_workflows (vrf_request_get_store (request), list, &error);
  if (workflows == NULL)
    vrf_error_reply_set_error (reply, error);
  else if (json_array_get_length (workflows) > 0)
    vrf_error_reply_set (reply, 409, "conflict", "An active workflow refers to the list.");
  else if (!list->is_active)
    vrf_reply_set_json (reply, 200, vrf_body_take (vrf_list_json_new (list)));
  else
    {
      list->is_active = FALSE;
      write_list (request, reply, list);
    }
}

#define LISTS "/api/v1/lists"
#define LIST LISTS "/{list_id}"
#define READ "lists:read"
#define WRITE "lists:write"

const VrfRoute vrf_handlers_lists[] = {
  { "GET", LISTS, READ, list_all, VRF_ROUTE_PLAIN },
  { "POST", LISTS, WRITE, create, VRF_ROUTE_PLAIN, .audit = "api.list.create" },
  { "GET", LIST, READ, get, VRF_ROUTE_PLAIN },
  { "PATCH", LIST, WRITE, update, VRF_ROUTE_PLAIN, .audit = "api.list.update" },
  { "POST", LIST "/archive", WRITE, archive, VRF_ROUTE_PLAIN, .audit = "api.list.archive" },
  { NULL },
};
