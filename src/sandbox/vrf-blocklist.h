/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-service.h"

G_BEGIN_DECLS

/* Whom reviewers have blocked (verifa-api.md 7.3 add_to_blocklist). */
gboolean
vrf_blocklist_add (VrfService *service, const VrfStoredSession *session, GError **error);

/* What is left of an entry when its person is deleted (verifa-api.md 2.9) */
gboolean
vrf_blocklist_forget_session (VrfSandboxStore *store, gint64 session_n, GError **error);
gboolean
vrf_blocklist_forget_identity (VrfSandboxStore *store, gint64 identity_n, GError **error);
gboolean
vrf_blocklist_dup_digest (VrfSandboxStore *store,
                          const char *list_type,
                          const char *key,
                          char **ret_digest,
                          GError **error);

G_END_DECLS
