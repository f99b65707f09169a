/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What GTK 4.8 has no calls for. @list is a GtkListView or a GtkColumnView. */

void
vrf_list_scroll_to (GtkWidget *list, guint position);

/* Whether @widget, somewhere inside a row, shows @item. */
typedef gboolean (*VrfListShowsFunc) (GtkWidget *widget, gpointer item);

/* Focuses the row that shows @item (nullable), else where the focus was in the list. */
void
vrf_list_focus (GtkWidget *list, VrfListShowsFunc shows, gpointer item);

/* Who looks at the newest rows goes on seeing the newest: a list that stands at its top stays there
 * when rows come before the first. */
void
vrf_list_stay_at_top (GtkWidget *view, GtkSelectionModel *old_model, GtkSelectionModel *new_model);

G_END_DECLS
