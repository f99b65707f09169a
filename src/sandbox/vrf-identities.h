/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-service.h"
#include "sandbox/vrf-store-identities.h"

G_BEGIN_DECLS

/* What callers do */
VrfIdentity *
vrf_identities_find (VrfService *service, const char *name, gboolean is_sandbox, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
VrfIdentity *
vrf_identities_create (VrfService *service,
                       const char *external_ref,
                       gboolean is_sandbox,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_identities_save (VrfService *service, VrfIdentity *identity, const char *event, GError **error);
gboolean
vrf_identities_save_tags (VrfService *service,
                          VrfIdentity *identity,
                          const char *tags,
                          GError **error);
gboolean
vrf_identities_redact (VrfService *service, VrfIdentity *identity, GError **error);

/* What sessions and checks do */
VrfIdentity *
vrf_identities_find_owner (VrfSandboxStore *store,
                           const char *external_ref,
                           gboolean is_sandbox,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_identities_note_outcome (VrfService *service,
                             const VrfStoredSession *session,
                             const char **ret_event,
                             GError **error);
gboolean
vrf_identities_tell_outcome (VrfService *service,
                             const VrfStoredSession *session,
                             const char *event,
                             GError **error);

G_END_DECLS
