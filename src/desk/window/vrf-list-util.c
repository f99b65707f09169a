/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/window/vrf-list-util.h"

/* The list view that has the rows: @widget, or the one inside a column view. */
static GtkWidget *
find_list_view (GtkWidget *widget)
{
  GtkWidget *child;

  if (GTK_IS_LIST_VIEW (widget))
    return widget;

  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      return child;

  return NULL;
}

void
vrf_list_scroll_to (GtkWidget *list, guint position, gboolean focus)
{
  GtkWidget *view = find_list_view (list);

  if (view == NULL)
    return;

  gtk_widget_activate_action (view, "list.scroll-to-item", "u", position);
  if (focus)
    gtk_widget_grab_focus (view);
}
