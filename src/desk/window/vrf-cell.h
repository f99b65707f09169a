/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/window/vrf-columns.h"
#include "desk/window/vrf-ticker.h"

G_BEGIN_DECLS

/* One cell of the table: a column of a row, kept true by it while it is bound. */
#define VRF_TYPE_CELL (vrf_cell_get_type ())
G_DECLARE_FINAL_TYPE (VrfCell, vrf_cell, VRF, CELL, GObject)

/* transfer floating: the widget that shows @column, with a cell of its own */
GtkWidget *
vrf_cell_new_widget (VrfColumn column, VrfTicker *ticker);
/* transfer none; NULL for widgets that were not made here */
VrfCell *
vrf_cell_of_widget (GtkWidget *widget);
/* transfer none, nullable */
VrfRow *
vrf_cell_get_row (VrfCell *self);
/* @row: NULL unbinds */
void
vrf_cell_set_row (VrfCell *self, VrfRow *row);
/* Risk only: whether the word stands beside its bars. */
void
vrf_cell_set_risk_word (VrfCell *self, gboolean risk_word);

G_END_DECLS
