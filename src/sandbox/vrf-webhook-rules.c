/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-webhook-rules.h"

/*
 * Which events an endpoint is told, and what of them (verifa-api.md 5.1). Pure: an endpoint's
 * settings and a payload go in.
 */

const char *const vrf_webhook_rules_events[] = {
  "session.created",
  "session.started",
  "session.link_generated",
  "session.approved",
  "session.declined",
  "session.requires-review",
  "session.resubmission-required",
  "session.expired",
  "session.awaiting_external",
  "session.redacted",
  "session.retention-expired",
  "screening.completed",
  "screening.monitoring.new_hits",
  "check.completed",
  "check.monitoring.new_hits",
  "identity.created",
  "identity.updated",
  "identity.archived",
  "identity.restored",
  "identity.tag-added",
  "identity.tag-removed",
  "identity.flagged",
  "consortium.match_found",
  "case.created",
  "case.approved",
  "case.rejected",
  "case.escalated",
  "document.verified",
  "document.extracted",
  "webhook.test",
  NULL,
};

/** vrf_webhook_rules_is_event: Returns: whether @event is one of verifa-api.md 5.5 */
gboolean
vrf_webhook_rules_is_event (const char *event)
{
  return g_strv_contains (vrf_webhook_rules_events, event);
}

/* Whether the JSON array @json names @text; @if_empty when it names nothing at all. */
static gboolean
names (const char *json, const char *text, gboolean if_empty)
{
  g_autoptr (JsonNode) root = vrf_stored_parse (json);
  JsonArray *array = json_node_get_array (root);
  guint length = json_array_get_length (array);

  for (guint i = 0; i < length; i++)
    if (g_str_equal (json_array_get_string_element (array, i), text))
      return TRUE;
  return length == 0 && if_empty;
}

/* The member at "result.extracted_data.gender"; NULL if there is none. */
static JsonNode *
find_member (JsonObject *payload, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", -1);
  JsonNode *node = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (payload == NULL)
        return NULL;
      node = json_object_get_member (payload, parts[i]);
      payload = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    }
  return node;
}

static gboolean
is_number (JsonNode *node)
{
  return json_node_get_value_type (node) == G_TYPE_INT64
         || json_node_get_value_type (node) == G_TYPE_DOUBLE;
}

/* Whether two of null, text, number, truth value are the same; 1 is 1.0. */
static gboolean
is_same (JsonNode *a, JsonNode *b)
{
  if (JSON_NODE_HOLDS_NULL (a) || JSON_NODE_HOLDS_NULL (b))
    return JSON_NODE_HOLDS_NULL (a) && JSON_NODE_HOLDS_NULL (b);
  if (!JSON_NODE_HOLDS_VALUE (a) || !JSON_NODE_HOLDS_VALUE (b))
    return FALSE;
  if (is_number (a) && is_number (b))
    return json_node_get_double (a) == json_node_get_double (b);
  return json_node_equal (a, b);
}

static gboolean
meets (JsonNode *member, JsonNode *wanted)
{
  JsonArray *array = NULL;
  guint length = 0;

  if (!JSON_NODE_HOLDS_ARRAY (wanted))
    return is_same (member, wanted);
  array = json_node_get_array (wanted);
  length = json_array_get_length (array);
  for (guint i = 0; i < length; i++)
    if (is_same (member, json_array_get_element (array, i)))
      return TRUE;
  return FALSE;
}

/*
 * Every condition must hold: the member at its path is the value, or one of the values. A condition
 * on a member that an event does not have says nothing about that event: one on `check_type` thins
 * out the checks' events and leaves the sessions' alone.
 */
static gboolean
meets_all (const char *conditions, JsonObject *payload)
{
  g_autoptr (JsonNode) root = vrf_stored_parse (conditions);
  JsonObjectIter iter;
  const char *path = NULL;
  JsonNode *wanted = NULL;

  json_object_iter_init (&iter, json_node_get_object (root));
  while (json_object_iter_next (&iter, &path, &wanted))
    {
      JsonNode *member = find_member (payload, path);

      if (member != NULL && !meets (member, wanted))
        return FALSE;
    }
  return TRUE;
}

/**
 * vrf_webhook_rules_wants:
 * @webhook: an endpoint
 * @event: what happened
 * @payload: what there is to tell, whole
 *
 * Returns: whether the endpoint is to be told; its environment is not looked at
 */
gboolean
vrf_webhook_rules_wants (const VrfStoredWebhook *webhook, const char *event, JsonObject *payload)
{
  return webhook->enabled && names (webhook->enabled_events, event, TRUE)
         && meets_all (webhook->conditions, payload);
}

/* A path of the list counts from the payload, from its result, or from the data read there. */
static gboolean
is_blocked (JsonArray *blocklist, const char *path)
{
  static const char *const roots[] = { "", "result.", "result.extracted_data." };
  guint length = json_array_get_length (blocklist);

  for (guint i = 0; i < length; i++)
    for (guint r = 0; r < G_N_ELEMENTS (roots); r++)
      if (g_str_has_prefix (path, roots[r])
          && g_str_equal (path + strlen (roots[r]), json_array_get_string_element (blocklist, i)))
        return TRUE;
  return FALSE;
}

static JsonNode *
copy_node (JsonNode *node, JsonArray *blocklist, const char *path);

static JsonObject *
copy_object (JsonObject *object, JsonArray *blocklist, const char *prefix)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *path = g_strconcat (prefix, name, NULL);

      if (!is_blocked (blocklist, path))
        json_object_set_member (copy, name, copy_node (node, blocklist, path));
    }
  return copy;
}

/* The items of an array have its path. Recursion is safe: payloads are our own, and flat. */
static JsonNode *
copy_node (JsonNode *node, JsonArray *blocklist, const char *path)
{
  g_autofree char *prefix = g_strconcat (path, ".", NULL);
  JsonNode *copy = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      copy = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (copy, copy_object (json_node_get_object (node), blocklist, prefix));
      return copy;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *from = json_node_get_array (node);
      JsonArray *to = json_array_new ();
      guint length = json_array_get_length (from);

      for (guint i = 0; i < length; i++)
        json_array_add_element (to, copy_node (json_array_get_element (from, i), blocklist, path));
      copy = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (copy, to);
      return copy;
    }
  return json_node_copy (node);
}

/** vrf_webhook_rules_strip: Returns: (transfer full): a copy of @payload without what the JSON
 * array
 * @blocklist names; an object that is empty then stays */
JsonObject *
vrf_webhook_rules_strip (JsonObject *payload, const char *blocklist)
{
  g_autoptr (JsonNode) root = vrf_stored_parse (blocklist);

  return copy_object (payload, json_node_get_array (root), "");
}
