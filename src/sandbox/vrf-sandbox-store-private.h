/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/vrf-sqlite.h"
#include "sandbox/vrf-sandbox-store.h"
#include "sandbox/vrf-session-totals.h"

G_BEGIN_DECLS

VrfSqlite *
vrf_sandbox_store_get_db (VrfSandboxStore *self);
gboolean
vrf_sandbox_store_get_row (VrfStatement *statement, GError **error);

/* What is known of the totals of lists. */
VrfSessionTotals *
vrf_sandbox_store_get_totals (VrfSandboxStore *self);

/* A row with all columns of `sessions`. */
VrfStoredSession *
vrf_sandbox_store_load_session (VrfStatement *statement) G_GNUC_WARN_UNUSED_RESULT;

/* The column `n` of every row; NULL on error. */
GArray *
vrf_sandbox_store_take_numbers (VrfStatement *statement, GError **error);

extern const char *const vrf_sandbox_store_schema[];

G_END_DECLS
