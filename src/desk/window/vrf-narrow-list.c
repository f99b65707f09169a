/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/window/vrf-narrow-list.h"

#include "desk/window/vrf-list-util.h"
#include "desk/window/vrf-narrow-row.h"

struct _VrfNarrowList
{
  GtkWidget parent_instance;

  /* owned */
  VrfTicker *ticker;

  /* borrowed: children */
  GtkWidget *scroller;
  GtkListView *view;
};

G_DEFINE_FINAL_TYPE (VrfNarrowList, vrf_narrow_list, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_ACTIVATE,
  SIGNAL_END_REACHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* GtkListView's own single click would move the selection with the pointer. */
static void
clicked_cb (GtkListItem *item, int n_press, double x, double y, GtkGestureClick *gesture)
{
  if (n_press == 1 && gtk_list_item_get_item (item) != NULL)
    gtk_widget_activate_action (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)),
                                "list.activate-item",
                                "u",
                                gtk_list_item_get_position (item));
}

static void
setup_cb (VrfNarrowList *self, GtkListItem *item)
{
  GtkWidget *row = vrf_narrow_row_new (self->ticker);
  GtkGesture *gesture = gtk_gesture_click_new ();

  g_signal_connect_object (gesture, "released", G_CALLBACK (clicked_cb), item, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (gesture));
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (VrfNarrowList *self, GtkListItem *item)
{
  vrf_narrow_row_set_row (VRF_NARROW_ROW (gtk_list_item_get_child (item)),
                          gtk_list_item_get_item (item));
}

static void
unbind_cb (VrfNarrowList *self, GtkListItem *item)
{
  vrf_narrow_row_set_row (VRF_NARROW_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
edge_cb (VrfNarrowList *self, GtkPositionType edge)
{
  if (edge == GTK_POS_BOTTOM)
    g_signal_emit (self, signals[SIGNAL_END_REACHED], 0);
}

static void
activate_cb (VrfNarrowList *self, guint position)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, position);
}

static void
vrf_narrow_list_dispose (GObject *object)
{
  VrfNarrowList *self = VRF_NARROW_LIST (object);

  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->ticker);

  G_OBJECT_CLASS (vrf_narrow_list_parent_class)->dispose (object);
}

static void
vrf_narrow_list_class_init (VrfNarrowListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_narrow_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[SIGNAL_END_REACHED] = g_signal_new ("end-reached",
                                              G_TYPE_FROM_CLASS (klass),
                                              G_SIGNAL_RUN_LAST,
                                              0,
                                              NULL,
                                              NULL,
                                              NULL,
                                              G_TYPE_NONE,
                                              0);
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate",
                                           G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           1,
                                           G_TYPE_UINT);
}

static void
vrf_narrow_list_init (VrfNarrowList *self)
{
}

GtkWidget *
vrf_narrow_list_new (VrfTicker *ticker)
{
  VrfNarrowList *self = g_object_new (VRF_TYPE_NARROW_LIST, NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->ticker = g_object_ref (ticker);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);

  self->view = GTK_LIST_VIEW (gtk_list_view_new (NULL, factory));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "vrf-list");
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Verifications"), -1);
  g_signal_connect_object (
      self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (
      GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  g_signal_connect_object (
      self->scroller, "edge-reached", G_CALLBACK (edge_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));

  return GTK_WIDGET (self);
}

void
vrf_narrow_list_set_model (VrfNarrowList *self, GtkSelectionModel *model)
{
  g_autoptr (GtkSelectionModel) old_model = NULL;

  if (model == gtk_list_view_get_model (self->view))
    return;

  g_set_object (&old_model, gtk_list_view_get_model (self->view));
  gtk_list_view_set_model (self->view, model);
  vrf_list_stay_at_top (GTK_WIDGET (self->view), old_model, model);
}

void
vrf_narrow_list_scroll_to (VrfNarrowList *self, guint position)
{
  vrf_list_scroll_to (GTK_WIDGET (self->view), position);
}

static gboolean
shows (GtkWidget *widget, gpointer row)
{
  return VRF_IS_NARROW_ROW (widget) && vrf_narrow_row_get_row (VRF_NARROW_ROW (widget)) == row;
}

void
vrf_narrow_list_focus (VrfNarrowList *self, VrfRow *row)
{
  vrf_list_focus (GTK_WIDGET (self->view), shows, row);
}
