/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/**
 * VrfStoredLiveness:
 * @nonce: (nullable): what the challenges were given out with; %NULL once they were answered
 * @challenges: (nullable): their names in order, with a space between
 * @done_at: when challenges were last answered, `VRF_TIME_NONE` when none were
 *
 * How far a session is with its liveness (verifa-api.md 4, step 6). Owned texts.
 */
typedef struct
{
  gint64 session_n;
  char *nonce;
  char *challenges;
  gint64 done_at;
} VrfStoredLiveness;

void
vrf_stored_liveness_free (VrfStoredLiveness *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfStoredLiveness, vrf_stored_liveness_free)

gboolean
vrf_store_capture_put_liveness (VrfSandboxStore *store,
                                const VrfStoredLiveness *liveness,
                                GError **error);
VrfStoredLiveness *
vrf_store_capture_get_liveness (VrfSandboxStore *store,
                                gint64 session_n,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean
vrf_store_capture_add_signal (
    VrfSandboxStore *store, gint64 session_n, const char *signal, gint64 at, GError **error);
GHashTable *
vrf_store_capture_list_signals (VrfSandboxStore *store,
                                gint64 session_n,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
