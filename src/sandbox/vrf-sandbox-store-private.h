/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/vrf-sqlite.h"
#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

VrfSqlite *
vrf_sandbox_store_get_db (VrfSandboxStore *self);
gboolean
vrf_sandbox_store_get_row (VrfStatement *statement, GError **error);

/* The column `n` of every row; NULL on error. */
GArray *
vrf_sandbox_store_take_numbers (VrfStatement *statement, GError **error);

extern const char *const vrf_sandbox_store_schema[];

G_END_DECLS
