/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

gboolean
vrf_store_reset (VrfSandboxStore *store, GError **error);

G_END_DECLS
