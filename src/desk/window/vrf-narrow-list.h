/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-row.h"
#include "desk/window/vrf-ticker.h"

G_BEGIN_DECLS

/*
 * The table's place where there is no room for it: two lines a row. One click opens.
 *
 * Signals: "activate" (position u), "end-reached": was scrolled to the last row.
 */
#define VRF_TYPE_NARROW_LIST (vrf_narrow_list_get_type ())
G_DECLARE_FINAL_TYPE (VrfNarrowList, vrf_narrow_list, VRF, NARROW_LIST, GtkWidget)

GtkWidget *
vrf_narrow_list_new (VrfTicker *ticker);

/* Of VrfRow; NULL while the list is not shown. */
void
vrf_narrow_list_set_model (VrfNarrowList *self, GtkSelectionModel *model);
void
vrf_narrow_list_scroll_to (VrfNarrowList *self, guint position);
/* Puts the focus on the row of @row (nullable), else where it was. */
void
vrf_narrow_list_focus (VrfNarrowList *self, VrfRow *row);

G_END_DECLS
