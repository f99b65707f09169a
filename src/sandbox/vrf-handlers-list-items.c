/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers-lists.h"

#include "base/vrf-json.h"
#include "base/vrf-random.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-list-json.h"
#include "sandbox/vrf-list-values.h"
#include "sandbox/vrf-lists.h"

/* What is in custom lists, and what is like it (verifa-api.md 7.5). */

#define DEFAULT_LIMIT 50
#define MAX_ITEMS 1000
#define MAX_NOTES 2000

/* NULL when it was answered. */
static VrfListItem *
find_item (VrfRequest *request, VrfReply *reply, const VrfList *list)
{
  g_autoptr (GError) error = NULL;
  VrfListItem *item = vrf_store_lists_get_item (
      vrf_request_get_store (request), list, vrf_request_get_param (request, "item_id"), &error);

  vrf_handlers_is_found (reply, item, error, "Item not found.");
  return item;
}

/* The item that @body asks for; NULL when something is wrong with it. @prefix is "" or "items.3."
 */
static VrfListItem *
read_item (VrfRequest *request,
           const VrfList *list,
           JsonObject *body,
           const char *prefix,
           VrfFieldErrors *errors)
{
  g_autofree char *where = g_strconcat (prefix, "value", NULL);
  g_autofree char *notes = g_strconcat (prefix, "notes", NULL);
  g_autoptr (VrfListItem) item = g_new0 (VrfListItem, 1);
  g_autoptr (JsonObject) value = vrf_list_values_read (list->list_type, body, where, TRUE, errors);
  g_autoptr (JsonNode) node = NULL;

  if (vrf_fields_has (body, "notes"))
    {
      JsonNode *text = json_object_get_member (body, "notes");

      if (!JSON_NODE_HOLDS_VALUE (text) || json_node_get_value_type (text) != G_TYPE_STRING)
        vrf_field_errors_add (errors, notes, "type", "must be a string");
      else if (g_utf8_strlen (json_node_get_string (text), -1) > MAX_NOTES)
        vrf_field_errors_add (errors, notes, "string_length", "must have at most 2000 characters");
      else
        item->notes = json_node_dup_string (text);
    }
  if (!vrf_field_errors_is_empty (errors))
    return NULL;
  node = json_node_init_object (json_node_alloc (), value);
  item->list_n = list->n;
  item->id = vrf_random_id ("litem_");
  item->value = vrf_json_to_text (node);
  item->key = vrf_list_values_dup_key (list->list_type, value);
  item->created_at = vrf_service_get_now (vrf_request_get_service (request));
  return g_steal_pointer (&item);
}

static void
list_items (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfList) list = vrf_handlers_lists_find (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *data = NULL;
  guint limit = 0;
  guint offset = 0;

  if (list == NULL)
    return;
  vrf_handlers_read_page (request, errors, DEFAULT_LIMIT, &limit, &offset);
  if (vrf_field_errors_reply (errors, reply))
    return;
  items = vrf_store_lists_list_items (vrf_request_get_store (request), list, limit, offset, &error);
  if (items == NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  data = json_array_sized_new (items->len);
  for (guint i = 0; i < items->len; i++)
    json_array_add_object_element (data, vrf_list_json_new_item (list, items->pdata[i]));
  vrf_reply_set_json (reply, 200, vrf_body_new_page (data, list->item_count, limit, offset));
}

static void
add_item (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfList) list = vrf_handlers_lists_find (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfListItem) item = NULL;
  g_autoptr (GError) error = NULL;

  if (list == NULL)
    return;
  item = read_item (request, list, vrf_request_get_body (request), "", errors);
  if (vrf_field_errors_reply (errors, reply) || !vrf_handlers_lists_is_open (list, reply))
    return;
  vrf_request_set_resource (request, list->id);
  if (vrf_store_lists_add_item (vrf_request_get_store (request), item, &error))
    vrf_reply_set_json (reply, 201, vrf_body_take (vrf_list_json_new_item (list, item)));
  else
    vrf_error_reply_set_error (reply, error);
}

/* NULL when something is wrong with any of them. */
static GPtrArray *
read_items (VrfRequest *request, const VrfList *list, VrfFieldErrors *errors)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_list_item_free);
  JsonNode *node = json_object_get_member (vrf_request_get_body (request), "items");
  JsonArray *array = NULL;
  guint n = 0;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      vrf_field_errors_add (
          errors, "items", node == NULL ? "required" : "type", "must be an array");
      return NULL;
    }
  array = json_node_get_array (node);
  n = json_array_get_length (array);
  if (n < 1 || n > MAX_ITEMS)
    {
      vrf_field_errors_add (
          errors, "items", n < 1 ? "too_few" : "too_many", "must have 1 to 1000 items");
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *prefix = g_strdup_printf ("items.%u.", i);
      JsonNode *element = json_array_get_element (array, i);
      VrfListItem *item = NULL;

      if (JSON_NODE_HOLDS_OBJECT (element))
        item = read_item (request, list, json_node_get_object (element), prefix, errors);
      else
        vrf_field_errors_add (errors, prefix, "type", "must be an object");
      if (item == NULL)
        return NULL;
      g_ptr_array_add (items, item);
    }
  return g_steal_pointer (&items);
}

/* All or none. */
static void
add_items (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfList) list = vrf_handlers_lists_find (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (JsonArray) data = json_array_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *object = NULL;

  if (list == NULL)
    return;
  items = read_items (request, list, errors);
  if (vrf_field_errors_reply (errors, reply) || !vrf_handlers_lists_is_open (list, reply))
    return;
  for (guint i = 0; i < items->len; i++)
    {
      if (!vrf_store_lists_add_item (vrf_request_get_store (request), items->pdata[i], &error))
        {
          vrf_error_reply_set_error (reply, error);
          return;
        }
      json_array_add_object_element (data, vrf_list_json_new_item (list, items->pdata[i]));
    }
  object = json_object_new ();
  json_object_set_int_member (object, "created", items->len);
  json_object_set_array_member (object, "data", g_steal_pointer (&data));
  vrf_reply_set_json (reply, 201, vrf_body_take (object));
}

static void
get_item (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfList) list = vrf_handlers_lists_find (request, reply);
  g_autoptr (VrfListItem) item = list != NULL ? find_item (request, reply, list) : NULL;

  if (item != NULL)
    vrf_reply_set_json (reply, 200, vrf_body_take (vrf_list_json_new_item (list, item)));
}

static void
delete_item (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfList) list = vrf_handlers_lists_find (request, reply);
  g_autoptr (VrfListItem) item = list != NULL ? find_item (request, reply, list) : NULL;
  g_autoptr (GError) error = NULL;

  if (item == NULL)
    return;
  if (vrf_store_lists_delete_item (vrf_request_get_store (request), item, &error))
    vrf_reply_set_empty (reply, 204);
  else
    vrf_error_reply_set_error (reply, error);
}

/* Lists that are named have to be there, and of the type that is looked up. */
static gboolean
check_lists (VrfRequest *request, VrfReply *reply, const char *list_type, GStrv ids)
{
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (VrfList) list = vrf_store_lists_get (
          vrf_request_get_store (request), ids[i], vrf_request_is_sandbox (request), &error);
      g_autofree char *field = g_strdup_printf ("list_ids.%u", i);

      if (list != NULL && g_str_equal (list->list_type, list_type))
        continue;
      if (error != NULL)
        vrf_error_reply_set_error (reply, error);
      else if (list == NULL)
        vrf_error_reply_set (reply, 404, "not_found", "List not found.");
      else
        {
          vrf_field_errors_add (errors, field, "enum", "must be a list of that type");
          vrf_field_errors_reply (errors, reply);
        }
      return FALSE;
    }
  return TRUE;
}

static const char *
check_type (const char *text)
{
  return vrf_list_values_is_type (text) ? NULL : "must be a type of list";
}

static JsonObject *
read_look_up (VrfRequest *request, VrfFieldErrors *errors)
{
  static const VrfField fields[] = {
    { .name = "list_ids", .type = VRF_FIELD_STRINGS, .max = 100, .item_max = 64 },
    { .name = "list_type",
      .type = VRF_FIELD_STRING,
      .required = TRUE,
      .check = check_type,
      .code = "enum" },
    { NULL },
  };
  JsonObject *body = vrf_request_get_body (request);

  vrf_fields_check (body, fields, errors);
  if (!vrf_field_errors_is_empty (errors))
    return NULL;
  return vrf_list_values_read (
      vrf_fields_get_string (body, "list_type"), body, "value", FALSE, errors);
}

static JsonArray *
new_matches (GPtrArray *matches)
{
  JsonArray *data = json_array_sized_new (matches->len);

  for (guint i = 0; i < matches->len; i++)
    json_array_add_object_element (data, vrf_list_json_new_match (matches->pdata[i]));
  return data;
}

static void
check_value (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (JsonObject) value = read_look_up (request, errors);
  g_autoptr (GPtrArray) matches =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_list_match_free);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;
  VrfListQuery query = { vrf_request_is_sandbox (request), NULL, NULL, value };
  JsonObject *object = NULL;

  if (vrf_field_errors_reply (errors, reply))
    return;
  query.list_type = vrf_fields_get_string (vrf_request_get_body (request), "list_type");
  ids = vrf_fields_dup_strings (vrf_request_get_body (request), "list_ids");
  if (ids != NULL && !check_lists (request, reply, query.list_type, ids))
    return;
  query.list_ids = (const char *const *) ids;
  if (!vrf_lists_look_up (vrf_request_get_store (request), &query, matches, &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  object = json_object_new ();
  json_object_set_boolean_member (object, "matched", matches->len > 0);
  json_object_set_array_member (object, "matches", new_matches (matches));
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

/* What the session of the request matched; NULL when it was answered. */
static GPtrArray *
find_matches (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (GError) error = NULL;
  GPtrArray *matches = NULL;

  if (session == NULL)
    return NULL;
  matches = vrf_store_lists_list_matches (vrf_request_get_store (request), session->n, &error);
  if (matches == NULL)
    vrf_error_reply_set_error (reply, error);
  return matches;
}

static void
list_matches (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GPtrArray) matches = find_matches (request, reply);

  if (matches != NULL)
    vrf_reply_set_json (reply, 200, vrf_body_new_list (new_matches (matches)));
}

static void
mark_false (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GPtrArray) matches = find_matches (request, reply);
  const char *id = vrf_request_get_param (request, "match_id");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; matches != NULL && i < matches->len; i++)
    {
      VrfListMatch *match = matches->pdata[i];

      if (!g_str_equal (match->id, id))
        continue;
      match->false_positive = TRUE;
      if (vrf_store_lists_mark_false (vrf_request_get_store (request), match, &error))
        vrf_reply_set_json (reply, 200, vrf_body_take (vrf_list_json_new_match (match)));
      else
        vrf_error_reply_set_error (reply, error);
      return;
    }
  if (matches != NULL)
    vrf_error_reply_set (reply, 404, "not_found", "Match not found.");
}

#define LIST "/api/v1/lists/{list_id}"
#define MATCHES "/api/v1/sessions/{session_id}/list-matches"
#define READ "lists:read"
#define WRITE "lists:write"

const VrfRoute vrf_handlers_list_items[] = {
  { "GET", LIST "/items", READ, list_items, VRF_ROUTE_PLAIN },
  { "POST", LIST "/items", WRITE, add_item, VRF_ROUTE_PLAIN, .audit = "api.list.add_item" },
  { "POST", LIST "/items/bulk", WRITE, add_items, VRF_ROUTE_PLAIN, .audit = "api.list.add_items" },
  { "GET", LIST "/items/{item_id}", READ, get_item, VRF_ROUTE_PLAIN },
  { "DELETE",
    LIST "/items/{item_id}",
    WRITE,
    delete_item,
    VRF_ROUTE_PLAIN,
    .audit = "api.list.delete_item" },
  { "POST", "/api/v1/lists/check", READ, check_value, VRF_ROUTE_PLAIN },
  { "GET", MATCHES, READ, list_matches, VRF_ROUTE_PLAIN },
  { "POST",
    MATCHES "/{match_id}/false-positive",
    WRITE,
    mark_false,
    VRF_ROUTE_PLAIN,
    .audit = "api.list_match.false_positive" },
  { NULL },
};
