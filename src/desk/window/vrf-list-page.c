/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk/window/vrf-list-page.h"

#include "desk/window/vrf-env-foot.h"
#include "desk/window/vrf-list-search.h"
#include "desk/window/vrf-list-stack.h"
#include "desk/window/vrf-remembered.h"
#include "desk/window/vrf-rows-view.h"
#include "desk/window/vrf-table-model.h"
#include "desk/window/vrf-table.h"
#include "desk/window/vrf-view-options.h"

/* The least and the usual width. What is inside must not decide where the panes fold. */
#define MIN_WIDTH 300
#define NATURAL_WIDTH VRF_TABLE_MIN_WIDTH
/* So many rows are recalled at a time; GTK makes no more widgets. */
#define ROWS_WANTED 205

struct _VrfListPage
{
  GtkWidget parent_instance;

  /* owned */
  VrfBackend *backend;
  VrfViewCounts *counts;
  VrfTicker *ticker;
  GSettings *settings;
  VrfTableModel *model;
  GtkSingleSelection *selection;
  char *kept_id; /* the session that was chosen last */

  /* template */
  GtkWidget *box;
  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkWidget *back_button;
  GtkWidget *new_button;
  GtkToggleButton *search_button;
  GtkMenuButton *options_button;
  VrfListSearch *search;
  VrfListStack *stack;
  GtkWidget *bottom;
  AdwBin *foot;

  /* borrowed: children */
  VrfRowsView *rows;

  VrfView view;
  int expected_width;
  gboolean folded;
  gboolean restoring; /* the selection is being put back */
  gboolean focused;   /* the rows had the focus once */
  gulong paint_id;
  guint fill_id;
  guint want_id;
  guint n_wanted; /* of this query, so far */
};

G_DEFINE_FINAL_TYPE (VrfListPage, vrf_list_page, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_ACTIVATE,
  SIGNAL_SELECTION_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Selection */

static void
select_kept (VrfListPage *self)
{
  guint position;

  if (self->kept_id == NULL || gtk_single_selection_get_selected_item (self->selection) != NULL
      || !vrf_table_model_find (self->model, self->kept_id, &position))
    return;

  gtk_single_selection_set_selected (self->selection, position);
  vrf_rows_view_scroll_to (self->rows, position);
}

static void
selection_cb (VrfListPage *self)
{
  VrfRow *row = gtk_single_selection_get_selected_item (self->selection);

  if (self->restoring)
    return;

  if (row != NULL)
    {
      g_free (self->kept_id);
      self->kept_id = g_strdup (vrf_row_get_id (row));
    }
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

static void
activate_cb (VrfListPage *self, guint position)
{
  g_autoptr (VrfRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (row == NULL)
    return;

  gtk_single_selection_set_selected (self->selection, position);
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, row);
}

/* The rows beyond the first ones wait until those are painted. */

/* The first rows take the focus, unless somebody has put it somewhere by then. */
static void
focus_first (VrfListPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (self->focused || vrf_list_stack_get_state (self->stack) == VRF_LIST_LOADING)
    return;

  self->focused = TRUE;
  if (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->header)))
    vrf_list_page_focus_rows (self);
}

static gboolean
fill_cb (gpointer user_data)
{
  VrfListPage *self = user_data;
  gboolean more = vrf_table_model_fill (self->model);

  select_kept (self);
  focus_first (self);
  if (!more)
    self->fill_id = 0;

  return more;
}

static void
painted_cb (VrfListPage *self, GdkFrameClock *clock)
{
  g_clear_signal_handler (&self->paint_id, clock);
  if (self->fill_id == 0)
    self->fill_id = g_idle_add (fill_cb, self);
}

static void
fill_after_paint (VrfListPage *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (clock == NULL || self->paint_id != 0 || !vrf_table_model_is_short (self->model))
    return;

  self->paint_id = g_signal_connect_object (
      clock, "after-paint", G_CALLBACK (painted_cb), self, G_CONNECT_SWAPPED);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_AFTER_PAINT);
}

/* States */

static void
update_state (VrfListPage *self)
{
  g_autofree char *filters = vrf_list_search_dup_filters_text (self->search);
  const VrfListQuery query = {
    .view = self->view,
    .search = vrf_list_search_get_text (self->search),
    .filters = filters,
    .n_found = vrf_table_model_get_n_found (self->model),
  };

  vrf_list_stack_update (self->stack, &query);
}

/* One blue button a screen: where nothing is to be seen yet it stands in the middle. */
static void
update_new_buttons (VrfListPage *self)
{
  gboolean empty = vrf_list_stack_get_state (self->stack) == VRF_LIST_EMPTY;

  gtk_widget_set_visible (self->new_button, !self->folded && !empty);
  vrf_list_stack_set_button_visible (self->stack, !self->folded || !empty);
}

/* A view is as long as its counter says; what is narrowed down as the index says, once it has
 * counted. */
static guint
count_shown (VrfListPage *self)
{
  guint n = vrf_table_model_get_n_found (self->model);
  gint64 n_found = vrf_memory_get_n_found (vrf_backend_get_memory (self->backend));

  if (*vrf_list_search_get_text (self->search) == '\0'
      && vrf_filters_count (vrf_list_search_get_filters (self->search)) == 0)
    n_found = vrf_view_counts_get (self->counts, self->view);
  return (guint) MAX (n, CLAMP (n_found, 0, G_MAXUINT));
}

static void
update_title (VrfListPage *self)
{
  guint n = count_shown (self);
  guint attention = vrf_view_counts_get (self->counts, VRF_VIEW_ATTENTION);
  g_autofree char *found =
      g_strdup_printf (ngettext ("%'u verification", "%'u verifications", n), n);
  g_autofree char *need = g_strdup_printf (
      ngettext ("%'u needs attention", "%'u need attention", attention), attention);
  g_autofree char *both = g_strdup_printf (_ ("%s · %s"), found, need);

  adw_window_title_set_title (self->title, vrf_view_get_title (self->view));
  /* Before the first answer nobody knows how many there are. */
  if (n == 0 && vrf_connection_get_age_s (vrf_backend_get_connection (self->backend)) < 0)
    adw_window_title_set_subtitle (self->title, NULL);
  else if (attention == 0)
    adw_window_title_set_subtitle (self->title, found);
  else
    adw_window_title_set_subtitle (self->title, self->folded ? need : both);
}

static void
update (VrfListPage *self)
{
  update_state (self);
  update_new_buttons (self);
  update_title (self);
  if (!vrf_table_model_is_short (self->model)
      || vrf_list_stack_get_state (self->stack) != VRF_LIST_ROWS)
    focus_first (self);
}

static void
connection_tick_cb (VrfListPage *self)
{
  if (vrf_list_stack_is_timed (self->stack))
    update_state (self);
}

/* The query */

static VrfTableQuery
get_query (VrfListPage *self)
{
  g_autofree char *column = NULL;
  VrfTableQuery query = {
    .view = self->view,
    .search = vrf_list_search_get_text (self->search),
    .filters = vrf_list_search_get_filters (self->search),
    .midnight_us = vrf_view_counts_get_midnight_us (self->counts),
  };

  g_settings_get (self->settings, "sort", "(sb)", &column, &query.descending);
  query.sort = vrf_column_from_id (column, VRF_COLUMN_CREATED);
  return query;
}

/* What is remembered follows when what is known is painted. */
static gboolean
want_cb (gpointer user_data)
{
  VrfListPage *self = user_data;
  VrfTableQuery query = get_query (self);
  VrfIndexQuery remembered = vrf_remembered_query (&query);

  self->want_id = 0;
  vrf_memory_want (
      vrf_backend_get_memory (self->backend), &remembered, self->n_wanted, ROWS_WANTED);
  self->n_wanted += ROWS_WANTED;
  return G_SOURCE_REMOVE;
}

static void
want_rows (VrfListPage *self)
{
  if (self->want_id == 0)
    self->want_id = g_idle_add_full (G_PRIORITY_LOW, want_cb, self, NULL);
}

static void
update_query (VrfListPage *self)
{
  VrfTableQuery query = get_query (self);

  self->restoring = TRUE;
  if (vrf_table_model_set_query (self->model, &query) || self->n_wanted == 0)
    {
      self->n_wanted = 0;
      want_rows (self);
    }
  select_kept (self);
  self->restoring = FALSE;
  vrf_rows_view_set_sort (self->rows, query.sort, query.descending);
  fill_after_paint (self);
  update (self);
  selection_cb (self);
}

static void
sort_clicked_cb (VrfListPage *self, int column, gboolean descending)
{
  g_settings_set (
      self->settings, "sort", "(sb)", vrf_column_get_id ((VrfColumn) column), descending);
}

static void
columns_changed_cb (VrfListPage *self)
{
  g_auto (GStrv) ids = g_settings_get_strv (self->settings, "columns");

  vrf_rows_view_set_columns (self->rows, vrf_columns_from_ids ((const char *const *) ids));
}

/* Enter in the search opens what it found first; Down goes to the rows. */
static void
search_activate_cb (VrfListPage *self)
{
  if (vrf_table_model_get_n_found (self->model) > 0)
    activate_cb (self, 0);
}

static void
search_changed_cb (VrfListPage *self)
{
  if (self->backend != NULL)
    update_query (self);
}

static void
end_reached_cb (VrfListPage *self)
{
  VrfTracker *tracker = vrf_backend_get_tracker (self->backend);

  want_rows (self);
  if (tracker != NULL && !vrf_tracker_get_complete (tracker))
    vrf_tracker_load_older (tracker);
}

/* Widget */

static void
vrf_list_page_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  VrfListPage *self = VRF_LIST_PAGE (widget);

  gtk_widget_measure (self->box, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation != GTK_ORIENTATION_HORIZONTAL)
    return;

  *minimum = MAX (*minimum, MIN_WIDTH);
  *natural = MAX (*minimum, NATURAL_WIDTH);
}

static void
vrf_list_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (VRF_LIST_PAGE (widget)->box, width, height, baseline, NULL);
}

static void
vrf_list_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (vrf_list_page_parent_class)->map (widget);

  fill_after_paint (VRF_LIST_PAGE (widget));
}

static void
vrf_list_page_dispose (GObject *object)
{
  VrfListPage *self = VRF_LIST_PAGE (object);

  g_clear_handle_id (&self->fill_id, g_source_remove);
  g_clear_handle_id (&self->want_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->settings);
  g_clear_object (&self->ticker);
  g_clear_object (&self->counts);
  g_clear_object (&self->backend);
  g_clear_pointer (&self->kept_id, g_free);

  G_OBJECT_CLASS (vrf_list_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, VrfListPage, box);
  gtk_widget_class_bind_template_child (widget_class, VrfListPage, header);
  gtk_widget_class_bind_template_child (widget_class, VrfListPage, title);
  gtk_widget_class_bind_template_child (widget_class, VrfListPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, VrfListPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, VrfListPage, search_button);
  gtk_widget_class_bind_template_child (widget_class, VrfListPage, options_button);
  gtk_widget_class_bind_template_child (widget_class, VrfListPage, search);
  gtk_widget_class_bind_template_child (widget_class, VrfListPage, stack);
  gtk_widget_class_bind_template_child (widget_class, VrfListPage, bottom);
  gtk_widget_class_bind_template_child (widget_class, VrfListPage, foot);
}

static void
vrf_list_page_class_init (VrfListPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_list_page_dispose;
  widget_class->measure = vrf_list_page_measure;
  widget_class->size_allocate = vrf_list_page_size_allocate;
  widget_class->map = vrf_list_page_map;

  signals[SIGNAL_ACTIVATE] = g_signal_new (
      "activate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, VRF_TYPE_ROW);
  signals[SIGNAL_SELECTION_CHANGED] = g_signal_new (
      "selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (VRF_TYPE_LIST_SEARCH);
  g_type_ensure (VRF_TYPE_LIST_STACK);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/withverifa/Desk/vrf-list-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
}

static void
vrf_list_page_init (VrfListPage *self)
{
  self->view = VRF_VIEW_TODAY;
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_rows (VrfListPage *self)
{
  GtkWidget *rows = vrf_rows_view_new (GTK_SELECTION_MODEL (self->selection), self->ticker);

  self->rows = VRF_ROWS_VIEW (rows);
  vrf_rows_view_expect_width (self->rows, self->expected_width);
  g_signal_connect_object (rows, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      rows, "sort-changed", G_CALLBACK (sort_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      rows, "end-reached", G_CALLBACK (end_reached_cb), self, G_CONNECT_SWAPPED);
  vrf_list_stack_setup (self->stack, self->backend, rows);
}

static void
follow (VrfListPage *self)
{
  VrfConnection *connection = vrf_backend_get_connection (self->backend);
  struct
  {
    gpointer object;
    const char *signal;
    GCallback callback;
  } const follows[] = {
    { self->model, "items-changed", G_CALLBACK (update) },
    { vrf_backend_get_rows (self->backend), "items-changed", G_CALLBACK (update) },
    { self->counts, "changed", G_CALLBACK (update_query) },
    { self->backend, "notify::state", G_CALLBACK (update) },
    { vrf_backend_get_memory (self->backend), "counted", G_CALLBACK (update) },
    { connection, "notify", G_CALLBACK (update) },
    { connection, "tick", G_CALLBACK (connection_tick_cb) },
    { self->settings, "changed::sort", G_CALLBACK (update_query) },
    { self->settings, "changed::columns", G_CALLBACK (columns_changed_cb) },
    { self->selection, "notify::selected-item", G_CALLBACK (selection_cb) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (follows); i++)
    g_signal_connect_object (
        follows[i].object, follows[i].signal, follows[i].callback, self, G_CONNECT_SWAPPED);
}

/* A menu is many widgets: made when first opened. */
static void
create_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  g_autoptr (GMenuModel) menu = NULL;

  if (gtk_menu_button_get_menu_model (button) != NULL)
    return;
  menu = vrf_view_options_new_menu ();
  gtk_menu_button_set_menu_model (button, menu);
}

void
vrf_list_page_expect_width (VrfListPage *self, int width)
{
  self->expected_width = width;
}

void
vrf_list_page_setup (VrfListPage *self,
                     VrfBackend *backend,
                     VrfViewCounts *counts,
                     VrfTicker *ticker,
                     GSettings *settings)
{
  self->backend = g_object_ref (backend);
  self->counts = g_object_ref (counts);
  self->ticker = g_object_ref (ticker);
  self->settings = g_object_ref (settings);
  self->model = vrf_table_model_new (vrf_backend_get_rows (backend));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);

  add_rows (self);
  gtk_menu_button_set_create_popup_func (self->options_button, create_menu_cb, NULL, NULL);
  vrf_list_search_setup (self->search, backend, self->search_button);
  columns_changed_cb (self);
  adw_bin_set_child (self->foot, vrf_env_foot_new (backend, TRUE));
  follow (self);
  update_query (self);
}

VrfView
vrf_list_page_get_view (VrfListPage *self)
{
  return self->view;
}

void
vrf_list_page_set_view (VrfListPage *self, VrfView view)
{
  self->view = view;
  update_query (self);
}

VrfRow *
vrf_list_page_get_selected (VrfListPage *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

void
vrf_list_page_select (VrfListPage *self, VrfRow *row)
{
  guint position;

  /* A row that has just been made; what it pushes down is still the selected one. */
  vrf_table_model_flush (self->model);
  g_free (self->kept_id);
  self->kept_id = g_strdup (vrf_row_get_id (row));
  if (!vrf_table_model_find (self->model, self->kept_id, &position))
    return;

  gtk_single_selection_set_selected (self->selection, position);
  vrf_rows_view_scroll_to (self->rows, position);
}

void
vrf_list_page_focus_rows (VrfListPage *self)
{
  VrfRow *row = vrf_list_page_get_selected (self);

  if (vrf_list_stack_get_state (self->stack) != VRF_LIST_ROWS)
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
  else
    vrf_rows_view_focus (self->rows, row);
}

void
vrf_list_page_set_key_capture (VrfListPage *self, GtkWidget *widget)
{
  vrf_list_search_set_key_capture (self->search, widget);
}

void
vrf_list_page_start_search (VrfListPage *self)
{
  vrf_list_search_start (self->search);
}

void
vrf_list_page_open_filters (VrfListPage *self)
{
  vrf_list_search_open_filters (self->search);
}

void
vrf_list_page_clear_search (VrfListPage *self)
{
  vrf_list_search_clear_text (self->search);
  vrf_list_page_focus_rows (self);
}

void
vrf_list_page_clear_filters (VrfListPage *self)
{
  const VrfFilters none = { 0 };

  vrf_list_search_set_filters (self->search, &none);
  vrf_list_page_focus_rows (self);
}

void
vrf_list_page_set_stopped (VrfListPage *self, gboolean stopped)
{
  vrf_list_stack_set_stopped (self->stack, stopped);
  update (self);
}

void
vrf_list_page_hide_notice (VrfListPage *self)
{
  vrf_list_stack_hide_clock (self->stack);
  update (self);
}

void
vrf_list_page_set_folded (VrfListPage *self, gboolean folded)
{
  self->folded = folded;
  gtk_widget_set_visible (self->back_button, folded);
  gtk_widget_set_visible (self->bottom, folded);
  update_new_buttons (self);
  update_title (self);
}

void
vrf_list_page_set_show_end_buttons (VrfListPage *self, gboolean show)
{
  adw_header_bar_set_show_end_title_buttons (self->header, show);
}

const char *
vrf_list_page_get_shown (VrfListPage *self)
{
  return vrf_list_stack_get_shown (self->stack);
}
