/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-row.h"
#include "desk/window/vrf-columns.h"
#include "desk/window/vrf-ticker.h"

G_BEGIN_DECLS

/*
 * The table, or the two-line list where there is no room for it. Only the one that is seen has the
 * model.
 *
 * Signals: "activate" (position u), "sort-changed" (VrfColumn i, descending b), "end-reached": was
 * scrolled to the last row.
 */
#define VRF_TYPE_ROWS_VIEW (vrf_rows_view_get_type ())
G_DECLARE_FINAL_TYPE (VrfRowsView, vrf_rows_view, VRF, ROWS_VIEW, GtkWidget)

/* @model: of VrfRow */
GtkWidget *
vrf_rows_view_new (GtkSelectionModel *model, VrfTicker *ticker);

/* As vrf_table_expect_width(), vrf_table_set_columns() and vrf_table_set_sort(). */
void
vrf_rows_view_expect_width (VrfRowsView *self, int width);
void
vrf_rows_view_set_columns (VrfRowsView *self, guint columns);
void
vrf_rows_view_set_sort (VrfRowsView *self, VrfColumn column, gboolean descending);
void
vrf_rows_view_scroll_to (VrfRowsView *self, guint position);
/* Puts the focus on the row of @row (nullable), else where it was. */
void
vrf_rows_view_focus (VrfRowsView *self, VrfRow *row);

G_END_DECLS
