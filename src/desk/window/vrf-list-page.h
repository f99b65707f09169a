/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-backend.h"
#include "desk/window/vrf-ticker.h"
#include "desk/window/vrf-view-counts.h"

G_BEGIN_DECLS

/*
 * The middle pane: the rows of a view as table or, where that has no room, as two-line list, the
 * search, and every state of them. View, order and columns are GSettings.
 *
 * Signals: "activate" (VrfRow), "selection-changed".
 */
#define VRF_TYPE_LIST_PAGE (vrf_list_page_get_type ())
G_DECLARE_FINAL_TYPE (VrfListPage, vrf_list_page, VRF, LIST_PAGE, GtkWidget)

/* How wide it will probably be, in px; before vrf_list_page_setup(). */
void
vrf_list_page_expect_width (VrfListPage *self, int width);

void
vrf_list_page_setup (VrfListPage *self,
                     VrfBackend *backend,
                     VrfViewCounts *counts,
                     VrfTicker *ticker,
                     GSettings *settings);

VrfView
vrf_list_page_get_view (VrfListPage *self);
void
vrf_list_page_set_view (VrfListPage *self, VrfView view);
/* The row that is selected; transfer none, nullable. */
VrfRow *
vrf_list_page_get_selected (VrfListPage *self);
/* Selects and shows a row, if the view has it. */
void
vrf_list_page_select (VrfListPage *self, VrfRow *row);
/* The selected row, else where the focus was in the rows; without rows the button in their place.
 */
void
vrf_list_page_focus_rows (VrfListPage *self);
/* The search opens also when somebody types in @widget; NULL: no longer. */
void
vrf_list_page_set_key_capture (VrfListPage *self, GtkWidget *widget);
void
vrf_list_page_start_search (VrfListPage *self);
void
vrf_list_page_open_filters (VrfListPage *self);
/* Both go back to the rows. */
void
vrf_list_page_clear_search (VrfListPage *self);
void
vrf_list_page_clear_filters (VrfListPage *self);
/* Loading was stopped, or starts again. */
void
vrf_list_page_set_stopped (VrfListPage *self, gboolean stopped);
/* What was said about the clock has been read. */
void
vrf_list_page_hide_notice (VrfListPage *self);
/* The sidebar is a page of its own. */
void
vrf_list_page_set_folded (VrfListPage *self, gboolean folded);
/* Whether the window's close button is here. */
void
vrf_list_page_set_show_end_buttons (VrfListPage *self, gboolean show);
/* Which page of the stack is seen ("rows", "loading", "message") */
const char *
vrf_list_page_get_shown (VrfListPage *self);

G_END_DECLS
