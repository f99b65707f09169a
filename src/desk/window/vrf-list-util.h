/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What GTK 4.8 has no call for: scrolls @list, a GtkListView or GtkColumnView, to the row. */
void
vrf_list_scroll_to (GtkWidget *list, guint position, gboolean focus);

G_END_DECLS
