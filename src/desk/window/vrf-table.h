/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/window/vrf-columns.h"
#include "desk/window/vrf-ticker.h"

G_BEGIN_DECLS

/*
 * The Verifications table. Its columns fold by its width; it never sorts itself, it tells what was
 * asked for.
 *
 * Signals: "activate" (position u), "sort-changed" (VrfColumn i, descending b), "end-reached": was
 * scrolled to the last row.
 */
#define VRF_TYPE_TABLE (vrf_table_get_type ())
G_DECLARE_FINAL_TYPE (VrfTable, vrf_table, VRF, TABLE, GtkWidget)

/* Narrower than this it cannot be; the list takes its place. */
#define VRF_TABLE_MIN_WIDTH 600

GtkWidget *
vrf_table_new (VrfTicker *ticker);

/* Of VrfRow; NULL while the table is not shown: GTK builds rows for a hidden list too. */
void
vrf_table_set_model (VrfTable *self, GtkSelectionModel *model);
/* A set of 1 << VrfColumn: what the person wants to see, where there is room. */
void
vrf_table_set_columns (VrfTable *self, guint columns);
/* How wide it will probably be: right, and no column has to come or go after its rows are made. */
void
vrf_table_expect_width (VrfTable *self, int width);
/* The arrow in the titles; emits nothing. */
void
vrf_table_set_sort (VrfTable *self, VrfColumn column, gboolean descending);
void
vrf_table_scroll_to (VrfTable *self, guint position);
/* Puts the focus on the row of @row (nullable), else where it was. */
void
vrf_table_focus (VrfTable *self, VrfRow *row);

G_END_DECLS
