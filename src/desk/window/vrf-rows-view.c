/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>

#include "desk/window/vrf-rows-view.h"

#include "desk/window/vrf-narrow-list.h"
#include "desk/window/vrf-table.h"

struct _VrfRowsView
{
  GtkWidget parent_instance;

  /* owned */
  GtkSelectionModel *model;

  /* children */
  AdwSqueezer *squeezer;
  VrfTable *table;
  VrfNarrowList *narrow;
};

G_DEFINE_FINAL_TYPE (VrfRowsView, vrf_rows_view, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_ACTIVATE,
  SIGNAL_SORT_CHANGED,
  SIGNAL_END_REACHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
shows_table (VrfRowsView *self)
{
  return adw_squeezer_get_visible_child (self->squeezer) == GTK_WIDGET (self->table);
}

static void
squeezed_cb (VrfRowsView *self)
{
  gboolean table = shows_table (self);

  vrf_table_set_model (self->table, table ? self->model : NULL);
  vrf_narrow_list_set_model (self->narrow, table ? NULL : self->model);
}

static void
activate_cb (VrfRowsView *self, guint position)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, position);
}

static void
sort_changed_cb (VrfRowsView *self, int column, gboolean descending)
{
  g_signal_emit (self, signals[SIGNAL_SORT_CHANGED], 0, column, descending);
}

static void
end_reached_cb (VrfRowsView *self)
{
  g_signal_emit (self, signals[SIGNAL_END_REACHED], 0);
}

static void
vrf_rows_view_dispose (GObject *object)
{
  VrfRowsView *self = VRF_ROWS_VIEW (object);

  if (self->squeezer != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->squeezer, squeezed_cb, self);
      vrf_table_set_model (self->table, NULL);
      vrf_narrow_list_set_model (self->narrow, NULL);
      gtk_widget_unparent (GTK_WIDGET (self->squeezer));
    }
  self->squeezer = NULL;
  g_clear_object (&self->model);

  G_OBJECT_CLASS (vrf_rows_view_parent_class)->dispose (object);
}

static void
vrf_rows_view_class_init (VrfRowsViewClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);
  GSignalFlags flags = G_SIGNAL_RUN_LAST;

  G_OBJECT_CLASS (klass)->dispose = vrf_rows_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[SIGNAL_ACTIVATE] =
      g_signal_new ("activate", type, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_SORT_CHANGED] = g_signal_new (
      "sort-changed", type, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_BOOLEAN);
  signals[SIGNAL_END_REACHED] =
      g_signal_new ("end-reached", type, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vrf_rows_view_init (VrfRowsView *self)
{
  self->squeezer = ADW_SQUEEZER (adw_squeezer_new ());
  adw_squeezer_set_homogeneous (self->squeezer, FALSE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->squeezer), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->squeezer), GTK_WIDGET (self));
}

GtkWidget *
vrf_rows_view_new (GtkSelectionModel *model, VrfTicker *ticker)
{
  VrfRowsView *self = g_object_new (VRF_TYPE_ROWS_VIEW, NULL);
  GtkWidget *lists[] = { vrf_table_new (ticker), vrf_narrow_list_new (ticker) };

  self->model = g_object_ref (model);
  self->table = VRF_TABLE (lists[0]);
  self->narrow = VRF_NARROW_LIST (lists[1]);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      adw_squeezer_add (self->squeezer, lists[i]);
      g_signal_connect_object (
          lists[i], "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (
          lists[i], "end-reached", G_CALLBACK (end_reached_cb), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (
      self->table, "sort-changed", G_CALLBACK (sort_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->squeezer, "notify::visible-child", G_CALLBACK (squeezed_cb), self, G_CONNECT_SWAPPED);
  squeezed_cb (self);

  return GTK_WIDGET (self);
}

void
vrf_rows_view_expect_width (VrfRowsView *self, int width)
{
  vrf_table_expect_width (self->table, width);
}

void
vrf_rows_view_set_columns (VrfRowsView *self, guint columns)
{
  vrf_table_set_columns (self->table, columns);
}

void
vrf_rows_view_set_sort (VrfRowsView *self, VrfColumn column, gboolean descending)
{
  vrf_table_set_sort (self->table, column, descending);
}

void
vrf_rows_view_scroll_to (VrfRowsView *self, guint position)
{
  vrf_table_scroll_to (self->table, position);
  vrf_narrow_list_scroll_to (self->narrow, position);
}

void
vrf_rows_view_focus (VrfRowsView *self, VrfRow *row)
{
  if (shows_table (self))
    vrf_table_focus (self->table, row);
  else
    vrf_narrow_list_focus (self->narrow, row);
}
