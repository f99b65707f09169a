/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/activity/vrf-activity-drawer.h"

#include "desk/activity/vrf-activity-row.h"
#include "desk/widgets/vrf-widget-util.h"

struct _VrfActivityDrawer
{
  GtkWidget parent_instance;

  /* template */
  GtkToggleButton *polling;
  GtkWidget *clear;
  GtkStack *stack;
  GtkListView *list;

  VrfBackend *backend;       /* owned */
  GtkFilter *filter;         /* owned: without the polls, unless they are wanted */
  GtkFilterListModel *shown; /* owned */
};

G_DEFINE_FINAL_TYPE (VrfActivityDrawer, vrf_activity_drawer, GTK_TYPE_WIDGET)

static gboolean
is_wanted (gpointer object, gpointer user_data)
{
  VrfActivityDrawer *self = user_data;

  return gtk_toggle_button_get_active (self->polling)
         || !vrf_activity_item_is_poll (VRF_ACTIVITY_ITEM (object));
}

static void
shown_cb (VrfActivityDrawer *self)
{
  gboolean has_any = g_list_model_get_n_items (G_LIST_MODEL (self->shown)) > 0;

  gtk_stack_set_visible_child_name (self->stack, has_any ? "list" : "empty");
  gtk_widget_set_sensitive (self->clear, has_any);
}

static void
polling_cb (VrfActivityDrawer *self)
{
  gtk_filter_changed (self->filter,
                      gtk_toggle_button_get_active (self->polling) ? GTK_FILTER_CHANGE_LESS_STRICT
                                                                   : GTK_FILTER_CHANGE_MORE_STRICT);
}

static void
clear_cb (VrfActivityDrawer *self)
{
  vrf_activity_clear (vrf_backend_get_activity (self->backend));
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  gtk_list_item_set_child (item, g_object_new (VRF_TYPE_ACTIVITY_ROW, NULL));
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  VrfActivityDrawer *self = user_data;
  VrfApiClient *client = vrf_backend_get_client (self->backend);

  vrf_activity_row_show (VRF_ACTIVITY_ROW (gtk_list_item_get_child (item)),
                         gtk_list_item_get_item (item),
                         client != NULL ? vrf_api_client_get_base_url (client) : NULL);
}

static void
set_up_list (VrfActivityDrawer *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection *selection = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->shown)));
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  g_object_unref (factory);
}

static void
vrf_activity_drawer_dispose (GObject *object)
{
  VrfActivityDrawer *self = VRF_ACTIVITY_DRAWER (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  vrf_widget_clear_children (GTK_WIDGET (self));
  self->list = NULL;
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->backend);

  G_OBJECT_CLASS (vrf_activity_drawer_parent_class)->dispose (object);
}

static void
vrf_activity_drawer_class_init (VrfActivityDrawerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_activity_drawer_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/withverifa/Desk/activity/vrf-activity-drawer.ui");
  gtk_widget_class_bind_template_child (widget_class, VrfActivityDrawer, polling);
  gtk_widget_class_bind_template_child (widget_class, VrfActivityDrawer, clear);
  gtk_widget_class_bind_template_child (widget_class, VrfActivityDrawer, stack);
  gtk_widget_class_bind_template_child (widget_class, VrfActivityDrawer, list);
  gtk_widget_class_bind_template_callback (widget_class, polling_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.activity", NULL);
}

static void
vrf_activity_drawer_init (VrfActivityDrawer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
vrf_activity_drawer_new (VrfBackend *backend)
{
  VrfActivityDrawer *self = g_object_new (VRF_TYPE_ACTIVITY_DRAWER, NULL);
  VrfActivity *activity = vrf_backend_get_activity (backend);

  self->backend = g_object_ref (backend);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_wanted, self, NULL));
  self->shown = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (activity)),
                                           g_object_ref (self->filter));
  g_signal_connect_object (
      self->shown, "items-changed", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  set_up_list (self);
  shown_cb (self);
  return GTK_WIDGET (self);
}
