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

/* A row holds cells, a cell holds what we put into it. */
static gboolean
shows_inside (GtkWidget *widget, VrfListShowsFunc shows, gpointer item)
{
  GtkWidget *child;

  if (shows (widget, item))
    return TRUE;

  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows_inside (child, shows, item))
      return TRUE;

  return FALSE;
}

void
vrf_list_scroll_to (GtkWidget *list, guint position)
{
  GtkWidget *view = find_list_view (list);

  if (view != NULL)
    gtk_widget_activate_action (view, "list.scroll-to-item", "u", position);
}

void
vrf_list_focus (GtkWidget *list, VrfListShowsFunc shows, gpointer item)
{
  GtkWidget *view = find_list_view (list);
  GtkWidget *row;

  if (view == NULL)
    return;

  for (row = item != NULL ? gtk_widget_get_first_child (view) : NULL; row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (shows_inside (row, shows, item) && gtk_widget_grab_focus (row))
      return;

  gtk_widget_grab_focus (view);
}

static void
stay_at_top_cb (GtkWidget *view, guint position, guint removed, guint added, GListModel *model)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));

  if (position == 0 && added > 0 && gtk_adjustment_get_value (adjustment) <= 0)
    vrf_list_scroll_to (view, 0);
}

void
vrf_list_stay_at_top (GtkWidget *view, GtkSelectionModel *old_model, GtkSelectionModel *new_model)
{
  if (old_model != NULL)
    g_signal_handlers_disconnect_by_func (old_model, stay_at_top_cb, view);
  if (new_model != NULL)
    g_signal_connect_object (
        new_model, "items-changed", G_CALLBACK (stay_at_top_cb), view, G_CONNECT_SWAPPED);
}
