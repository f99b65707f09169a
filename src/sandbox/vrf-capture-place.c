/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-capture-place.h"

/* Who asks, and where the applicant goes when the page cannot help: the organization's name and,
 * when whoever made the session said so, the desk's. Neither says who the applicant is. */

#define MAX_DESK_CHARS 100

/* `metadata.desk`, if it is a line of text. */
static char *
dup_desk (const VrfStoredSession *session)
{
  g_autoptr (JsonNode) metadata = vrf_stored_parse (session->metadata);
  JsonNode *node = NULL;
  g_autofree char *desk = NULL;

  if (metadata != NULL && JSON_NODE_HOLDS_OBJECT (metadata))
    node = json_object_get_member (json_node_get_object (metadata), "desk");
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  desk = g_utf8_substring (json_node_get_string (node),
                           0,
                           MIN (g_utf8_strlen (json_node_get_string (node), -1), MAX_DESK_CHARS));

  return *g_strstrip (desk) != '\0' ? g_steal_pointer (&desk) : NULL;
}

/**
 * vrf_capture_place_describe:
 * @service: whose settings say what the organization is called
 * @session: a session
 * @object: gets `organization` (`name`) and `desk` (text or null)
 */
void
vrf_capture_place_describe (VrfService *service,
                            const VrfStoredSession *session,
                            JsonObject *object)
{
  JsonObject *organization = json_object_new ();
  g_autofree char *desk = dup_desk (session);

  json_object_set_string_member (
      organization, "name", vrf_service_get_organization (service)->name);
  json_object_set_object_member (object, "organization", organization);
  if (desk != NULL)
    json_object_set_string_member (object, "desk", desk);
  else
    json_object_set_null_member (object, "desk");
}

/**
 * vrf_capture_place_add_to_refusal:
 * @service: a service
 * @token: of a link that has expired or was replaced: whoever holds it was invited once
 * @object: the refusal's body; unchanged when there is no such session
 */
void
vrf_capture_place_add_to_refusal (VrfService *service, const char *token, JsonObject *object)
{
  VrfSandboxStore *store = vrf_service_get_store (service);
  g_autoptr (VrfStoredToken) found = vrf_sandbox_store_get_token (store, token, NULL);
  g_autoptr (VrfStoredSession) session = NULL;

  if (found != NULL)
    session = vrf_sandbox_store_get_session_by_number (store, found->session_n, NULL);
  if (session != NULL)
    vrf_capture_place_describe (service, session, object);
}
