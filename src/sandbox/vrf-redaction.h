/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

gboolean
vrf_redaction_run (VrfSandboxStore *store, VrfStoredSession *session, GError **error);
gboolean
vrf_redaction_clear_replies (VrfSandboxStore *store,
                             const char *id,
                             const char *other_id,
                             GError **error);

G_END_DECLS
