/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-audit.h"

#include "base/vrf-json.h"
#include "base/vrf-random.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-store-audit.h"

/**
 * vrf_audit_note:
 * @service: knows who asks; nobody is `system`: the clock
 * @type: `session.approved`
 * @resource_type: `session`
 * @resource_id: (nullable): its id, never what a caller named it
 * @is_sandbox: the environment
 * @metadata: (nullable) (transfer full): more, without personal data
 * @error: from the database
 *
 * Adds an entry to the audit trail, in the transaction that is open (verifa-api.md 7.7). What a
 * request did as a whole needs no call: the router writes the entry its route names.
 */
/* check: allow parameters: an entry has that many columns, and most callers name them all */
gboolean
vrf_audit_note (VrfService *service,
                const char *type,
                const char *resource_type,
                const char *resource_id,
                gboolean is_sandbox,
                JsonObject *metadata,
                GError **error)
{
  const VrfActor *actor = vrf_service_get_actor (service);
  g_autoptr (JsonNode) node = vrf_body_take (metadata != NULL ? metadata : json_object_new ());
  g_autofree char *text = vrf_json_to_text (node);
  g_autofree char *id = vrf_random_id ("aud_");
  VrfAuditEntry entry = {
    .id = id,
    .is_sandbox = is_sandbox,
    .type = (char *) type,
    .created_at = vrf_service_get_now (service),
    .resource_type = (char *) resource_type,
    .resource_id = (char *) resource_id,
    .actor = (char *) (actor != NULL ? actor->name : "system"),
    .metadata = text,
    .ip = (char *) (actor != NULL ? actor->ip : NULL),
    .method = (char *) (actor != NULL ? actor->method : NULL),
    .path = (char *) (actor != NULL ? actor->path : NULL),
  };

  return vrf_store_audit_add (vrf_service_get_store (service), &entry, error);
}
