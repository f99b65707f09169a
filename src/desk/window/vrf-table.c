/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/window/vrf-table.h"

#include "desk/window/vrf-cell.h"
#include "desk/window/vrf-list-util.h"

#define RISK_BARS_WIDTH 44

typedef struct
{
  VrfTable *table; /* borrowed */
  VrfColumn column;
} ColumnKey;

struct _VrfTable
{
  GtkWidget parent_instance;

  /* owned */
  VrfTicker *ticker;
  GtkColumnViewColumn *columns[VRF_N_COLUMNS];
  GObject *probes[2];    /* what the view's sorter is asked about */
  GPtrArray *risk_cells; /* borrowed GtkWidget, of cells */

  /* borrowed: children */
  GtkWidget *scroller;
  GtkColumnView *view;

  ColumnKey keys[VRF_N_COLUMNS];
  guint wanted;
  guint shown; /* what the view has */
  VrfColumn sort;
  gboolean descending;
  VrfFolding folding;
  int width;
  guint fold_id;
  int asked; /* the column whose sorter was asked first, -1 none */
  gboolean setting_sort;
};

G_DEFINE_FINAL_TYPE (VrfTable, vrf_table, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_ACTIVATE,
  SIGNAL_END_REACHED,
  SIGNAL_SORT_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Cells */

/* By the time of the factory's teardown the item has lost its child. */
static void
risk_cell_gone_cb (VrfTable *self, GtkWidget *cell)
{
  g_ptr_array_remove_fast (self->risk_cells, cell);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, ColumnKey *key)
{
  GtkWidget *cell = vrf_cell_new_widget (key->column, key->table->ticker);

  if (key->column == VRF_COLUMN_RISK)
    {
      vrf_cell_set_risk_word (vrf_cell_of_widget (cell), key->table->folding.risk_word);
      g_ptr_array_add (key->table->risk_cells, cell);
      g_signal_connect_object (
          cell, "destroy", G_CALLBACK (risk_cell_gone_cb), key->table, G_CONNECT_SWAPPED);
    }
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, ColumnKey *key)
{
  vrf_cell_set_row (vrf_cell_of_widget (gtk_list_item_get_child (item)),
                    gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, ColumnKey *key)
{
  vrf_cell_set_row (vrf_cell_of_widget (gtk_list_item_get_child (item)), NULL);
}

/* Folding */

static void
show_sort (VrfTable *self)
{
  self->setting_sort = TRUE;
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  if (self->shown & (1u << self->sort))
    gtk_column_view_sort_by_column (self->view,
                                    self->columns[self->sort],
                                    self->descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->setting_sort = FALSE;
}

/* Columns come and go: GTK 4.8 lays those that are only hidden out wrongly, right to left above
 * all. */
static void
put_columns (VrfTable *self)
{
  guint position = 0;

  if (self->shown == self->folding.columns)
    return;

  self->setting_sort = TRUE;
  for (guint i = 0; i < VRF_N_COLUMNS; i++)
    {
      gboolean has = (self->shown & (1u << i)) != 0;
      gboolean wants = (self->folding.columns & (1u << i)) != 0;

      if (wants && !has)
        gtk_column_view_insert_column (self->view, position, self->columns[i]);
      else if (!wants && has)
        gtk_column_view_remove_column (self->view, self->columns[i]);
      position += wants ? 1 : 0;
    }
  self->shown = self->folding.columns;
  show_sort (self);
}

static void
apply_folding (VrfTable *self)
{
  self->folding = vrf_columns_fold (self->wanted, MAX (self->width, VRF_TABLE_MIN_WIDTH));

  put_columns (self);
  gtk_column_view_column_set_fixed_width (
      self->columns[VRF_COLUMN_RISK],
      self->folding.risk_word ? vrf_column_get_width (VRF_COLUMN_RISK) : RISK_BARS_WIDTH);
  /* GTK 4.8 does not always give an expanding column what hidden ones leave. */
  gtk_column_view_column_set_fixed_width (self->columns[VRF_COLUMN_APPLICANT],
                                          self->folding.applicant_width);
  gtk_column_view_column_set_fixed_width (self->columns[VRF_COLUMN_WORKFLOW],
                                          self->folding.workflow_width);
  for (guint i = 0; i < self->risk_cells->len; i++)
    vrf_cell_set_risk_word (vrf_cell_of_widget (self->risk_cells->pdata[i]),
                            self->folding.risk_word);
}

static gboolean
fold_cb (gpointer user_data)
{
  VrfTable *self = user_data;

  self->fold_id = 0;
  apply_folding (self);

  return G_SOURCE_REMOVE;
}

static void
vrf_table_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  VrfTable *self = VRF_TABLE (widget);

  gtk_widget_measure (self->scroller, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = VRF_TABLE_MIN_WIDTH;
}

/* Columns must not come and go while they are given their room: later. */
static void
vrf_table_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VrfTable *self = VRF_TABLE (widget);

  gtk_widget_allocate (self->scroller, width, height, baseline, NULL);
  if (width == self->width)
    return;

  self->width = width;
  if (self->fold_id == 0)
    self->fold_id = g_idle_add_full (GDK_PRIORITY_REDRAW - 1, fold_cb, self, NULL);
}

/* Sorting */

static int
probe_compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  ColumnKey *key = user_data;

  if (key->table->asked < 0)
    key->table->asked = (int) key->column;

  return a == key->table->probes[0] ? GTK_ORDERING_SMALLER : GTK_ORDERING_LARGER;
}

/* GTK 4.8 does not tell which title was clicked. Comparing two objects of ours does: the clicked
 * column's sorter is asked first, and its answer comes back inverted when the order descends. */
static void
sorter_changed_cb (VrfTable *self)
{
  GtkOrdering ordering;

  /* Without a view: it takes its columns away as it goes. */
  if (self->setting_sort || self->view == NULL)
    return;

  self->asked = -1;
  ordering = gtk_sorter_compare (
      gtk_column_view_get_sorter (self->view), self->probes[0], self->probes[1]);
  if (self->asked >= 0)
    g_signal_emit (
        self, signals[SIGNAL_SORT_CHANGED], 0, self->asked, ordering == GTK_ORDERING_LARGER);
}

static void
edge_cb (VrfTable *self, GtkPositionType edge)
{
  if (edge == GTK_POS_BOTTOM)
    g_signal_emit (self, signals[SIGNAL_END_REACHED], 0);
}

static void
activate_cb (VrfTable *self, guint position)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, position);
}

/* Building */

static void
add_column (VrfTable *self, VrfColumn id)
{
  ColumnKey *key = &self->keys[id];
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter = NULL;
  g_autoptr (GtkColumnViewColumn) column = NULL;

  key->table = self;
  key->column = id;
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), key);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), key);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), key);

  column = gtk_column_view_column_new (vrf_column_get_title (id), factory);
  sorter = GTK_SORTER (gtk_custom_sorter_new (probe_compare, key, NULL));
  gtk_column_view_column_set_sorter (column, sorter);
  if (id == VRF_COLUMN_APPLICANT)
    gtk_column_view_column_set_expand (column, TRUE);
  else
    gtk_column_view_column_set_fixed_width (column, vrf_column_get_width (id));
  self->columns[id] = g_steal_pointer (&column);
}

/* Before the list view sees it: there Space would take the selection away. */
static void
add_peek_key (VrfTable *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, 0),
                                            gtk_named_action_new ("win.peek"));

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
vrf_table_dispose (GObject *object)
{
  VrfTable *self = VRF_TABLE (object);

  g_clear_handle_id (&self->fold_id, g_source_remove);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->ticker);

  G_OBJECT_CLASS (vrf_table_parent_class)->dispose (object);
}

static void
vrf_table_finalize (GObject *object)
{
  VrfTable *self = VRF_TABLE (object);

  for (guint i = 0; i < VRF_N_COLUMNS; i++)
    g_clear_object (&self->columns[i]);
  g_clear_object (&self->probes[0]);
  g_clear_object (&self->probes[1]);
  g_clear_pointer (&self->risk_cells, g_ptr_array_unref);

  G_OBJECT_CLASS (vrf_table_parent_class)->finalize (object);
}

static void
vrf_table_class_init (VrfTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = vrf_table_dispose;
  object_class->finalize = vrf_table_finalize;
  widget_class->measure = vrf_table_measure;
  widget_class->size_allocate = vrf_table_size_allocate;

  signals[SIGNAL_ACTIVATE] = g_signal_new (
      "activate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_END_REACHED] = g_signal_new ("end-reached",
                                              G_TYPE_FROM_CLASS (klass),
                                              G_SIGNAL_RUN_LAST,
                                              0,
                                              NULL,
                                              NULL,
                                              NULL,
                                              G_TYPE_NONE,
                                              0);
  signals[SIGNAL_SORT_CHANGED] = g_signal_new ("sort-changed",
                                               type,
                                               G_SIGNAL_RUN_LAST,
                                               0,
                                               NULL,
                                               NULL,
                                               NULL,
                                               G_TYPE_NONE,
                                               2,
                                               G_TYPE_INT,
                                               G_TYPE_BOOLEAN);
}

static void
vrf_table_init (VrfTable *self)
{
  self->asked = -1;
  self->wanted = VRF_COLUMNS_ALL;
  self->folding = vrf_columns_fold (self->wanted, G_MAXINT);
  self->risk_cells = g_ptr_array_new ();
  self->probes[0] = g_object_new (G_TYPE_OBJECT, NULL);
  self->probes[1] = g_object_new (G_TYPE_OBJECT, NULL);
}

GtkWidget *
vrf_table_new (VrfTicker *ticker)
{
  VrfTable *self = g_object_new (VRF_TYPE_TABLE, NULL);

  self->ticker = g_object_ref (ticker);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "vrf-table");
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Verifications"), -1);
  for (guint i = 0; i < VRF_N_COLUMNS; i++)
    add_column (self, (VrfColumn) i);
  g_signal_connect_object (
      self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view),
                           "changed",
                           G_CALLBACK (sorter_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);

  add_peek_key (self);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (
      GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_EXTERNAL, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  g_signal_connect_object (
      self->scroller, "edge-reached", G_CALLBACK (edge_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));

  return GTK_WIDGET (self);
}

void
vrf_table_set_model (VrfTable *self, GtkSelectionModel *model)
{
  g_autoptr (GtkSelectionModel) old_model = NULL;

  if (model == gtk_column_view_get_model (self->view))
    return;

  g_set_object (&old_model, gtk_column_view_get_model (self->view));
  gtk_column_view_set_model (self->view, model);
  vrf_list_stay_at_top (GTK_WIDGET (self->view), old_model, model);
}

void
vrf_table_set_columns (VrfTable *self, guint columns)
{
  self->wanted = columns;
  apply_folding (self);
}

void
vrf_table_expect_width (VrfTable *self, int width)
{
  self->width = width;
  apply_folding (self);
}

void
vrf_table_set_sort (VrfTable *self, VrfColumn column, gboolean descending)
{
  self->sort = column;
  self->descending = descending;
  show_sort (self);
}

void
vrf_table_scroll_to (VrfTable *self, guint position)
{
  vrf_list_scroll_to (GTK_WIDGET (self->view), position);
}

static gboolean
shows (GtkWidget *widget, gpointer row)
{
  VrfCell *cell = vrf_cell_of_widget (widget);

  return cell != NULL && vrf_cell_get_row (cell) == row;
}

void
vrf_table_focus (VrfTable *self, VrfRow *row)
{
  vrf_list_focus (GTK_WIDGET (self->view), shows, row);
}
