/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-identity-export.h"

#include "base/vrf-json.h"
#include "sandbox/vrf-identity-json.h"
#include "sandbox/vrf-inflection.h"
#include "sandbox/vrf-session-export.h"

/*
 * Everything there is about a person (verifa-api.md 7.2). A person may have any number of sessions,
 * so it is written one session after the other: only the text of all of them is in memory, which
 * takes a tenth of what their objects would. The sandbox keeps no links, no relationships and no
 * faces.
 */

static void
append_json (GString *text, JsonNode *node, const char *inflection)
{
  g_autoptr (JsonNode) spelled = vrf_inflection_apply (node, inflection);
  g_autofree char *part = vrf_json_to_text (spelled);

  g_string_append (text, part);
}

static gboolean
append_identity (VrfService *service,
                 const VrfIdentity *identity,
                 const char *inflection,
                 GString *text,
                 GError **error)
{
  g_autoptr (JsonNode) node = vrf_identity_json_new_whole (service, identity, error);
  JsonObject *object = NULL;

  if (node == NULL)
    return FALSE;
  object = json_node_get_object (node);
  json_object_set_array_member (object, "identity_links", json_array_new ());
  json_object_set_array_member (object, "identity_relationships", json_array_new ());
  json_object_set_int_member (object, "face_embeddings_count", 0);
  append_json (text, node, inflection);
  return TRUE;
}

static gboolean
append_session (
    VrfService *service, gint64 number, const char *inflection, GString *text, GError **error)
{
  g_autoptr (VrfStoredSession) session =
      vrf_sandbox_store_get_session_by_number (vrf_service_get_store (service), number, error);
  g_autoptr (JsonNode) node = NULL;

  if (session != NULL)
    node = vrf_session_export_new (service, session, error);
  if (node == NULL)
    return FALSE;
  append_json (text, node, inflection);
  return TRUE;
}

/**
 * vrf_identity_export_new:
 * @service: a service
 * @identity: as it was read
 * @inflection: how the caller wants its member names
 * @error: from the database
 *
 * Returns: (nullable) (transfer full): the document as it is sent, with every session newest first
 */
GBytes *
vrf_identity_export_new (VrfService *service,
                         const VrfIdentity *identity,
                         const char *inflection,
                         GError **error)
{
  g_autoptr (GArray) numbers = vrf_store_identities_list_numbers (
      vrf_service_get_store (service), identity->n, G_MAXUINT, 0, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (numbers == NULL || !append_identity (service, identity, inflection, text, error))
    return NULL;
  /* The object goes on with one more member, which every inflection spells like this. */
  g_string_truncate (text, text->len - 1);
  g_string_append (text, ",\"sessions\":[");
  for (guint i = 0; i < numbers->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      if (!append_session (service, g_array_index (numbers, gint64, i), inflection, text, error))
        return NULL;
    }
  g_string_append (text, "]}");
  return g_string_free_to_bytes (g_steal_pointer (&text));
}
