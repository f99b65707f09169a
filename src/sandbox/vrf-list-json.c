/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-list-json.h"

#include "sandbox/vrf-body.h"
#include "sandbox/vrf-organization.h"

/** vrf_list_json_new: Returns: (transfer full): the list object of 7.5 */
JsonObject *
vrf_list_json_new (const VrfList *list)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", list->id);
  json_object_set_string_member (object, "name", list->name);
  json_object_set_string_member (object, "list_type", list->list_type);
  json_object_set_string_member (object, "match_mode", list->match_mode);
  json_object_set_int_member (object, "item_count", list->item_count);
  json_object_set_boolean_member (object, "is_active", list->is_active);
  vrf_body_add_time (object, "created_at", list->created_at);
  json_object_set_string_member (object, "org_id", VRF_ORGANIZATION_ID);
  vrf_body_add_string (object, "description", list->description);
  vrf_body_add_time (object, "updated_at", list->updated_at);
  return object;
}

/** vrf_list_json_new_item: Returns: (transfer full): an item of @list; its value is null once it
 * was redacted */
JsonObject *
vrf_list_json_new_item (const VrfList *list, const VrfListItem *item)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", item->id);
  json_object_set_string_member (object, "list_id", list->id);
  vrf_body_add_text (object, "value", item->digest == NULL ? item->value : NULL);
  vrf_body_add_string (object, "notes", item->notes);
  vrf_body_add_time (object, "created_at", item->created_at);
  return object;
}

/** vrf_list_json_new_match: Returns: (transfer full): what a session matched, or, without an id,
 * what a value matched that was only looked up */
JsonObject *
vrf_list_json_new_match (const VrfListMatch *match)
{
  JsonObject *object = json_object_new ();

  if (match->id != NULL)
    {
      json_object_set_string_member (object, "id", match->id);
      json_object_set_boolean_member (object, "false_positive", match->false_positive);
      vrf_body_add_time (object, "created_at", match->created_at);
    }
  json_object_set_string_member (object, "list_id", match->list_id);
  json_object_set_string_member (object, "list_name", match->list_name);
  json_object_set_string_member (object, "item_id", match->item_id);
  json_object_set_string_member (object, "match_mode", match->match_mode);
  json_object_set_double_member (object, "score", match->score);
  return object;
}
