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

G_END_DECLS
