/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-identities.h"

G_BEGIN_DECLS

/**
 * VrfIdentityMerge:
 * @primary: what stays
 * @secondary: what becomes part of it
 * @transfer_sessions: its sessions become the other's
 * @transfer_checks: its checks that are no session's become the other's
 * @transfer_documents: its documents become the other's
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
  gboolean transfer_checks;
  gboolean transfer_documents;
  gboolean transfer_custom_fields;
  gboolean redact_secondary;
} VrfIdentityMerge;

/**
 * VrfIdentityMergeCounts:
 *
 * How many of each a merge moves.
 */
typedef struct
{
  gint64 sessions;
  gint64 checks;
  gint64 documents;
} VrfIdentityMergeCounts;

gboolean
vrf_identity_merge_check (const VrfIdentityMerge *self, GError **error);
VrfIdentity *
vrf_identity_merge_preview (VrfService *service,
                            const VrfIdentityMerge *self,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_identity_merge_count (VrfSandboxStore *store,
                          const VrfIdentityMerge *self,
                          VrfIdentityMergeCounts *ret_counts,
                          GError **error);
gboolean
vrf_identity_merge_run (VrfService *service, const VrfIdentityMerge *self, GError **error);

G_END_DECLS
