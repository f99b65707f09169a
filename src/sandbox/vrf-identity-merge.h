/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-identities.h"

G_BEGIN_DECLS

/**
 * VrfIdentityMerge:
 * @primary: what stays
 * @secondary: what becomes part of it
 * @transfer_sessions: its sessions become the other's
 * @transfer_custom_fields: fields that the other does not have become the other's
 * @redact_secondary: what is known of it is deleted
 *
 * Two records of one person, in one environment. Borrowed.
 */
typedef struct
{
  VrfIdentity *primary;
  VrfIdentity *secondary;
  gboolean transfer_sessions;
  gboolean transfer_custom_fields;
  gboolean redact_secondary;
} VrfIdentityMerge;

gboolean
vrf_identity_merge_check (const VrfIdentityMerge *self, GError **error);
VrfIdentity *
vrf_identity_merge_preview (VrfService *service,
                            const VrfIdentityMerge *self,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_identity_merge_run (VrfService *service, const VrfIdentityMerge *self, GError **error);

G_END_DECLS
