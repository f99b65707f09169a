/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

gboolean
vrf_seed_add (VrfSandboxStore *store, guint n, gint64 now, GError **error);

G_END_DECLS
