/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-tags.h"

#include "base/vrf-json.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-stored.h"

/*
 * The tags of sessions, identities, checks and cases: each once, in the order they came
 * (verifa-api.md 3.14, 7.2, 7.7). They are kept as a JSON array.
 */

static char *
to_text (JsonArray *tags)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_ARRAY);

  json_node_set_array (root, tags);
  return vrf_json_to_text (root);
}

/** vrf_tags_dup_unique: Returns: (transfer full): checked tags, each once, as JSON */
char *
vrf_tags_dup_unique (JsonArray *tags)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JsonArray) unique = json_array_new ();

  for (guint i = 0; i < json_array_get_length (tags); i++)
    {
      const char *tag = json_array_get_string_element (tags, i);

      if (g_hash_table_add (seen, (gpointer) tag))
        json_array_add_string_element (unique, tag);
    }
  return to_text (unique);
}

/** vrf_tags_dup_without: Returns: (transfer full): the tags @stored without @tag, as JSON; the same
 * when it is not among them */
char *
vrf_tags_dup_without (const char *stored, const char *tag)
{
  g_autoptr (JsonNode) root = vrf_stored_parse (stored);
  JsonArray *tags = json_node_get_array (root);
  g_autoptr (JsonArray) others = json_array_new ();

  for (guint i = 0; i < json_array_get_length (tags); i++)
    if (!g_str_equal (json_array_get_string_element (tags, i), tag))
      json_array_add_string_element (others, json_array_get_string_element (tags, i));
  return to_text (others);
}

/* The member `tag`; NULL when it is not acceptable. */
static const char *
read_tag (JsonObject *body, VrfFieldErrors *errors)
{
  static const VrfField fields[] = {
    { .name = "tag",
      .type = VRF_FIELD_STRING,
      .required = TRUE,
      .min = 1,
      .max = VRF_TAGS_MAX_LENGTH },
    { NULL },
  };

  vrf_fields_check (body, fields, errors);
  return vrf_field_errors_is_empty (errors) ? vrf_fields_get_string (body, "tag") : NULL;
}

/** vrf_tags_add: #VrfTagsChange; a tag that is there stays where it is */
char *
vrf_tags_add (const char *stored, JsonObject *body, VrfFieldErrors *errors)
{
  const char *tag = read_tag (body, errors);
  g_autoptr (JsonNode) root = vrf_stored_parse (stored);
  JsonArray *tags = json_node_get_array (root);
  g_autofree char *changed = NULL;

  if (tag == NULL)
    return NULL;
  json_array_add_string_element (tags, tag);
  changed = vrf_tags_dup_unique (tags);
  if (json_array_get_length (tags) <= VRF_TAGS_MAX || g_str_equal (changed, stored))
    return g_steal_pointer (&changed);
  vrf_field_errors_add (errors, "tag", "too_many", "there are 50 tags, which is the most");
  return NULL;
}

/** vrf_tags_remove: #VrfTagsChange */
char *
vrf_tags_remove (const char *stored, JsonObject *body, VrfFieldErrors *errors)
{
  const char *tag = read_tag (body, errors);

  return tag != NULL ? vrf_tags_dup_without (stored, tag) : NULL;
}

/** vrf_tags_set: #VrfTagsChange; all of them are replaced */
char *
vrf_tags_set (const char *stored, JsonObject *body, VrfFieldErrors *errors)
{
  static const VrfField fields[] = { { VRF_TAGS_FIELD, .required = TRUE }, { NULL } };

  vrf_fields_check (body, fields, errors);
  return vrf_field_errors_is_empty (errors)
             ? vrf_tags_dup_unique (json_object_get_array_member (body, "tags"))
             : NULL;
}

/** vrf_tags_new_reply: Returns: (transfer full): what each change of an object's tags is answered
 * with */
JsonNode *
vrf_tags_new_reply (const char *id, const char *tags)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", id);
  vrf_body_add_text (object, "tags", tags);
  return vrf_body_take (object);
}
