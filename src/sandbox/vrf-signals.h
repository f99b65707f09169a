/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/** VRF_SIGNALS_MAX: how many signals one session may have: the service knows 59. */
#define VRF_SIGNALS_MAX 64

gboolean
vrf_signals_is_name (const char *text);
char *
vrf_signals_dup_outcome (VrfSandboxStore *store, gint64 session_n, int score, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
