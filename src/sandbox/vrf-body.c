/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-body.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-stored.h"

/* What the bodies of all replies are put together with. Snake case; the router inflects. */

/** vrf_body_add_string: adds a text; %NULL is null */
void
vrf_body_add_string (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

/** vrf_body_add_time: adds a time to the second; VRF_TIME_NONE is null */
void
vrf_body_add_time (JsonObject *object, const char *name, gint64 us)
{
  g_autofree char *text = us != VRF_TIME_NONE ? vrf_time_format (us) : NULL;

  vrf_body_add_string (object, name, text);
}

/** vrf_body_add_text: adds what @json, from our own database, stands for; %NULL is null */
void
vrf_body_add_text (JsonObject *object, const char *name, const char *json)
{
  JsonNode *node = vrf_stored_parse (json);

  if (node != NULL)
    json_object_set_member (object, name, node);
  else
    json_object_set_null_member (object, name);
}

/** vrf_body_take: Returns: (transfer full): @object (transfer full) as a node */
JsonNode *
vrf_body_take (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

/** vrf_body_new_page: Returns: (transfer full): @data (transfer full) in the envelope of
 * verifa-api.md 1.6 */
JsonNode *
vrf_body_new_page (JsonArray *data, gint64 total, gint64 limit, gint64 offset)
{
  JsonObject *object = json_object_new ();
  JsonObject *pagination = json_object_new ();

  json_object_set_array_member (object, "data", data);
  json_object_set_int_member (pagination, "total", total);
  json_object_set_int_member (pagination, "limit", limit);
  json_object_set_int_member (pagination, "offset", offset);
  json_object_set_object_member (object, "pagination", pagination);
  return vrf_body_take (object);
}

/** vrf_body_new_list: Returns: (transfer full): @data (transfer full) as a list without pages */
JsonNode *
vrf_body_new_list (JsonArray *data)
{
  JsonObject *object = json_object_new ();

  json_object_set_array_member (object, "data", data);
  return vrf_body_take (object);
}
