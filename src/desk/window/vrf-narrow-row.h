/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-row.h"
#include "desk/window/vrf-ticker.h"

G_BEGIN_DECLS

/* Two lines: reference and what counts now; applicant and age, and time left or risk. */
#define VRF_TYPE_NARROW_ROW (vrf_narrow_row_get_type ())
G_DECLARE_FINAL_TYPE (VrfNarrowRow, vrf_narrow_row, VRF, NARROW_ROW, GtkWidget)

GtkWidget *
vrf_narrow_row_new (VrfTicker *ticker);
/* transfer none, nullable */
VrfRow *
vrf_narrow_row_get_row (VrfNarrowRow *self);
/* @row: NULL unbinds */
void
vrf_narrow_row_set_row (VrfNarrowRow *self, VrfRow *row);

G_END_DECLS
