/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/**
 * VrfIdentityType:
 * @n: the row's number; 0 before it is inserted
 * @name: as programs call it; never changes
 * @label: as people call it
 * @description: (nullable): what it is for
 * @statuses: a JSON array of texts
 * @default_status: (nullable): what a new identity is, if it is a status of identities
 * @is_default: given to new identities; at most one type of an environment is
 *
 * A kind of identity (verifa-api.md 7.11). Owned texts.
 */
typedef struct
{
  gint64 n;
  char *id;
  gboolean is_sandbox;
  char *name;
  char *label;
  char *description;
  char *statuses;
  char *default_status;
  gboolean is_default;
  gint64 created_at;
  gint64 updated_at;
} VrfIdentityType;

void
vrf_identity_type_free (VrfIdentityType *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfIdentityType, vrf_identity_type_free)

gboolean
vrf_store_identity_types_put (VrfSandboxStore *store, const VrfIdentityType *type, GError **error);
VrfIdentityType *
vrf_store_identity_types_get (VrfSandboxStore *store,
                              const char *id,
                              gboolean is_sandbox,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
VrfIdentityType *
vrf_store_identity_types_get_by_name (VrfSandboxStore *store,
                                      const char *name,
                                      gboolean is_sandbox,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
VrfIdentityType *
vrf_store_identity_types_get_default (VrfSandboxStore *store,
                                      gboolean is_sandbox,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_store_identity_types_list (VrfSandboxStore *store,
                               gboolean is_sandbox,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
