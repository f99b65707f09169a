/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

gboolean
vrf_outcome_write (VrfSandboxStore *store,
                   VrfStoredSession *session,
                   const VrfPreset *preset,
                   gint64 at,
                   GError **error);
gboolean
vrf_outcome_revise (VrfSandboxStore *store,
                    VrfStoredSession *session,
                    const VrfPreset *preset,
                    GError **error);
int
vrf_outcome_get_age (const char *date_of_birth, gint64 now);

G_END_DECLS
