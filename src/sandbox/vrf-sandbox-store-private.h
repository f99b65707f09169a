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

/* A session came or changed, in the transaction under way. */
void
vrf_sandbox_store_note_session (VrfSandboxStore *self, gint64 n);

/* A row with all columns of `sessions`: a VrfLoadRow. */
gpointer
vrf_sandbox_store_load_session (VrfStatement *statement) G_GNUC_WARN_UNUSED_RESULT;

/* Makes a new value of the row that a statement stands at. */
typedef gpointer (*VrfLoadRow) (VrfStatement *statement);

/* The only row; NULL without an error when there is none. */
gpointer
vrf_sandbox_store_take_row (VrfStatement *statement,
                            VrfLoadRow load,
                            GDestroyNotify free_row,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Every row; NULL on error. */
GPtrArray *
vrf_sandbox_store_take_rows (VrfStatement *statement,
                             VrfLoadRow load,
                             GDestroyNotify free_row,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The column `n` of every row; NULL on error. */
GArray *
vrf_sandbox_store_take_numbers (VrfStatement *statement, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The column `total` of the only row. */
gboolean
vrf_sandbox_store_take_total (VrfStatement *statement, gint64 *ret_total, GError **error);

extern const char *const vrf_sandbox_store_schema[];

G_END_DECLS
