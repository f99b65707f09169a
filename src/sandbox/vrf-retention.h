/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-organization.h"

G_BEGIN_DECLS

const char *
vrf_retention_get_status (const VrfOrganization *organization,
                          const VrfStoredSession *session,
                          gint64 now);
gboolean
vrf_retention_is_open (const VrfOrganization *organization,
                       const VrfStoredSession *session,
                       gint64 now);
gint64
vrf_retention_get_cutoff (const VrfOrganization *organization, gint64 now);
gint64
vrf_retention_get_end (const VrfOrganization *organization, const VrfStoredSession *session);

G_END_DECLS
