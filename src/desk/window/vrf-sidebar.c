/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk/window/vrf-sidebar.h"

#include "desk/widgets/vrf-widget-util.h"
#include "desk/window/vrf-env-foot.h"

struct _VrfSidebar
{
  GtkWidget parent_instance;

  /* owned */
  VrfViewCounts *counts;

  /* template */
  AdwHeaderBar *header;
  GtkMenuButton *menu_button;
  GMenuModel *main_menu;
  GtkListBox *list;
  AdwBin *foot;

  /* borrowed: children */
  GtkListBoxRow *rows[VRF_N_VIEWS];
  GtkLabel *counters[VRF_N_VIEWS];

  gboolean setting;
};

G_DEFINE_FINAL_TYPE (VrfSidebar, vrf_sidebar, GTK_TYPE_WIDGET)

static void
select_view (VrfSidebar *self, GtkListBoxRow *row)
{
  int view = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if (view >= 0 && !self->setting)
    gtk_widget_activate_action (
        GTK_WIDGET (self), "win.view", "s", vrf_view_get_nick ((VrfView) view));
}

static void
row_selected_cb (VrfSidebar *self, GtkListBoxRow *row)
{
  select_view (self, row);
}

/* The view that is shown already: on a narrow window this leads to it. */
static void
row_activated_cb (VrfSidebar *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-list", NULL);
}

static void
counts_changed_cb (VrfSidebar *self)
{
  for (guint i = 0; i < VRF_N_VIEWS; i++)
    {
      VrfView view = (VrfView) i;
      g_autofree char *text = vrf_view_counts_dup_text (self->counts, view);
      g_autofree char *name = NULL;

      gtk_label_set_text (self->counters[i], text);
      if (view == VRF_VIEW_ATTENTION)
        vrf_widget_set_class (GTK_WIDGET (self->counters[i]),
                              "vrf-attention",
                              vrf_view_counts_get (self->counts, view) > 0);
      /* Translators: a view and how many it has, read aloud: "Needs Attention, 5" */
      name = g_strdup_printf (_ ("%s, %s"), vrf_view_get_title (view), text);
      gtk_accessible_update_property (
          GTK_ACCESSIBLE (self->rows[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

static void
add_view (VrfSidebar *self, VrfView view)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = gtk_image_new_from_icon_name (vrf_view_get_icon_name (view));
  GtkWidget *title = gtk_label_new (vrf_view_get_title (view));
  GtkWidget *counter = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (counter, "vrf-count");
  gtk_widget_set_valign (counter, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), counter);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_append (self->list, row);

  self->rows[view] = GTK_LIST_BOX_ROW (row);
  self->counters[view] = GTK_LABEL (counter);
}

/* A line between what is going on, what came of it, and everything. */
static void
header_func (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  int view = gtk_list_box_row_get_index (row);
  GtkWidget *line;

  if ((view != VRF_VIEW_APPROVED && view != VRF_VIEW_ALL)
      || gtk_list_box_row_get_header (row) != NULL)
    return;

  line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_margin_top (line, 12);
  gtk_widget_set_margin_bottom (line, 12);
  gtk_widget_set_margin_start (line, 18);
  gtk_widget_set_margin_end (line, 12);
  gtk_list_box_row_set_header (row, line);
}

/* A menu is many widgets: made when first opened. */
static void
create_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  VrfSidebar *self = user_data;

  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, self->main_menu);
}

static void
vrf_sidebar_dispose (GObject *object)
{
  VrfSidebar *self = VRF_SIDEBAR (object);
  GtkWidget *child;

  self->setting = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->counts);

  G_OBJECT_CLASS (vrf_sidebar_parent_class)->dispose (object);
}

static void
vrf_sidebar_class_init (VrfSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_sidebar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/withverifa/Desk/vrf-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, VrfSidebar, header);
  gtk_widget_class_bind_template_child (widget_class, VrfSidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, VrfSidebar, main_menu);
  gtk_widget_class_bind_template_child (widget_class, VrfSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, VrfSidebar, foot);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
vrf_sidebar_init (VrfSidebar *self)
{
  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, create_menu_cb, self, NULL);
  for (guint i = 0; i < VRF_N_VIEWS; i++)
    add_view (self, (VrfView) i);
  gtk_list_box_set_header_func (self->list, header_func, NULL, NULL);
  self->setting = FALSE;
}

void
vrf_sidebar_setup (VrfSidebar *self, VrfBackend *backend, VrfViewCounts *counts)
{
  self->counts = g_object_ref (counts);
  g_signal_connect_object (
      counts, "changed", G_CALLBACK (counts_changed_cb), self, G_CONNECT_SWAPPED);
  counts_changed_cb (self);
  adw_bin_set_child (self->foot, vrf_env_foot_new (backend, FALSE));
}

void
vrf_sidebar_set_view (VrfSidebar *self, VrfView view)
{
  self->setting = TRUE;
  gtk_list_box_select_row (self->list, self->rows[view]);
  self->setting = FALSE;
}

void
vrf_sidebar_focus_view (VrfSidebar *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->list));
}

void
vrf_sidebar_set_show_end_buttons (VrfSidebar *self, gboolean show)
{
  adw_header_bar_set_show_end_title_buttons (self->header, show);
}
