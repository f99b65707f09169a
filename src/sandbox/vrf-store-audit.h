/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/**
 * VrfAuditEntry:
 * @id: `aud_…`
 * @type: `api.session.create`
 * @resource_type: `session`
 * @resource_id: (nullable): what it is about
 * @actor: `api_key:vk_live_abc1`, `applicant` or `system`
 * @metadata: a JSON object
 * @ip: (nullable): where the request came from
 * @method: (nullable): of the request; %NULL with @path when time alone did it
 *
 * An entry of the audit trail (verifa-api.md 7.7). It names objects by id and holds no personal
 * data, so redaction leaves it alone. Texts are owned.
 */
typedef struct
{
  char *id;
  gboolean is_sandbox;
  char *type;
  gint64 created_at;
  char *resource_type;
  char *resource_id;
  char *actor;
  char *metadata;
  char *ip;
  char *method;
  char *path;
} VrfAuditEntry;

void
vrf_audit_entry_free (VrfAuditEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfAuditEntry, vrf_audit_entry_free)

/**
 * VrfAuditFilter:
 * @is_sandbox: the environment
 * @action: (nullable): a type
 * @resource_type: (nullable): a resource type
 * @resource_id: (nullable): a resource
 * @q: (nullable): part of actor, type, resource or address, in any case
 * @created_after: %VRF_TIME_NONE, or the first moment
 * @created_before: %VRF_TIME_NONE, or the moment after the last
 * @limit: how many
 * @offset: how many newer ones to pass over
 *
 * What to list.
 */
typedef struct
{
  gboolean is_sandbox;
  const char *action;
  const char *resource_type;
  const char *resource_id;
  const char *q;
  gint64 created_after;
  gint64 created_before;
  guint limit;
  guint offset;
} VrfAuditFilter;

#define VRF_AUDIT_FILTER_INIT                                                                      \
  {                                                                                                \
    .created_after = G_MININT64, .created_before = G_MININT64, .limit = 50                         \
  }

gboolean
vrf_store_audit_add (VrfSandboxStore *store, const VrfAuditEntry *entry, GError **error);
VrfAuditEntry *
vrf_store_audit_get (VrfSandboxStore *store, const char *id, gboolean is_sandbox, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_store_audit_list (VrfSandboxStore *store,
                      const VrfAuditFilter *filter,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_store_audit_count (VrfSandboxStore *store,
                       const VrfAuditFilter *filter,
                       gint64 *ret_total,
                       GError **error);

G_END_DECLS
