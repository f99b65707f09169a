/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <string.h>

#include "desk/window/vrf-table-model.h"

/* Rows a step of filling shows: about 30 ms of making widgets. */
#define FILL_STEP 15
/* GTK 4.8 makes no more row widgets than this. */
#define WIDGETS_MOST 205

struct _VrfTableModel
{
  GObject parent_instance;

  /* owned */
  VrfRowStore *rows;
  GPtrArray *found; /* VrfRow, all the query found, in order */
  char *search;     /* case folded, nullable */
  VrfFilters filters;

  VrfView view;
  VrfColumn sort;
  gboolean descending;
  gint64 midnight_us;
  gint64 since_us; /* of the filters */
  guint limit;     /* how many of found are shown */
  guint update_id;
};

static void
list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (VrfTableModel,
                               vrf_table_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* The query */

static gboolean
contains (const char *text, const char *folded_needle)
{
  g_autofree char *folded = NULL;

  if (text == NULL)
    return FALSE;
  folded = g_utf8_casefold (text, -1);

  return strstr (folded, folded_needle) != NULL;
}

static gboolean
matches (VrfTableModel *self, VrfRow *row)
{
  if (!vrf_view_matches (self->view, row, self->midnight_us)
      || !vrf_filters_match (&self->filters, row, self->since_us))
    return FALSE;

  return self->search == NULL || contains (vrf_row_get_external_ref (row), self->search)
         || contains (vrf_row_get_id (row), self->search);
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  VrfTableModel *self = user_data;

  return vrf_column_compare (self->sort, *(VrfRow **) a, *(VrfRow **) b, self->descending);
}

static GPtrArray *
run_query (VrfTableModel *self)
{
  GListModel *rows = G_LIST_MODEL (self->rows);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (rows);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (VrfRow) row = g_list_model_get_item (rows, i);

      if (matches (self, row))
        g_ptr_array_add (found, g_steal_pointer (&row));
    }
  g_ptr_array_sort_with_data (found, compare_rows, self);

  return found;
}

static guint
n_shown (VrfTableModel *self)
{
  return MIN (self->found->len, self->limit);
}

/* Puts @found in place and tells the smallest range that holds every difference. */
static void
take_found (VrfTableModel *self, GPtrArray *found)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->found);
  guint n_old = MIN (old->len, self->limit);
  guint n_new = MIN (found->len, self->limit);
  guint head = 0, tail = 0;

  self->found = found;
  while (head < MIN (n_old, n_new) && old->pdata[head] == found->pdata[head])
    head++;
  while (tail < MIN (n_old, n_new) - head
         && old->pdata[n_old - 1 - tail] == found->pdata[n_new - 1 - tail])
    tail++;

  if (head < n_old || head < n_new)
    g_list_model_items_changed (
        G_LIST_MODEL (self), head, n_old - head - tail, n_new - head - tail);
}

/* Following the store */

static gboolean
update_cb (gpointer user_data)
{
  VrfTableModel *self = user_data;

  self->update_id = 0;
  take_found (self, run_query (self));

  return G_SOURCE_REMOVE;
}

static void
update_now (VrfTableModel *self)
{
  g_clear_handle_id (&self->update_id, g_source_remove);
  take_found (self, run_query (self));
}

/* A page of the list changes many rows in one go: they are looked at together. */
static void
row_changed_cb (VrfTableModel *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

/* GListModel */

static GType
vrf_table_model_get_item_type (GListModel *model)
{
  return VRF_TYPE_ROW;
}

static guint
vrf_table_model_get_n_items (GListModel *model)
{
  return n_shown (VRF_TABLE_MODEL (model));
}

static gpointer
vrf_table_model_get_item (GListModel *model, guint position)
{
  VrfTableModel *self = VRF_TABLE_MODEL (model);

  return position < n_shown (self) ? g_object_ref (self->found->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = vrf_table_model_get_item_type;
  iface->get_n_items = vrf_table_model_get_n_items;
  iface->get_item = vrf_table_model_get_item;
}

/* Object */

static void
vrf_table_model_finalize (GObject *object)
{
  VrfTableModel *self = VRF_TABLE_MODEL (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->search, g_free);
  vrf_filters_clear (&self->filters);

  G_OBJECT_CLASS (vrf_table_model_parent_class)->finalize (object);
}

static void
vrf_table_model_class_init (VrfTableModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_table_model_finalize;
}

static void
vrf_table_model_init (VrfTableModel *self)
{
  self->found = g_ptr_array_new_with_free_func (g_object_unref);
  self->view = VRF_VIEW_ALL;
  self->sort = VRF_COLUMN_CREATED;
  self->descending = TRUE;
  self->since_us = VRF_TIME_NONE;
  self->limit = VRF_TABLE_MODEL_FIRST;
}

VrfTableModel *
vrf_table_model_new (VrfRowStore *rows)
{
  VrfTableModel *self = g_object_new (VRF_TYPE_TABLE_MODEL, NULL);

  self->rows = g_object_ref (rows);
  g_signal_connect_object (
      rows, "items-changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      rows, "row-changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  update_now (self);

  return self;
}

gboolean
vrf_table_model_set_query (VrfTableModel *self, const VrfTableQuery *query)
{
  static const VrfFilters no_filters = { 0 };
  const VrfFilters *filters = query->filters != NULL ? query->filters : &no_filters;
  g_autofree char *search = NULL;
  guint n_old = n_shown (self);

  if (query->search != NULL && *query->search != '\0')
    search = g_utf8_casefold (query->search, -1);
  if (self->view == query->view && self->sort == query->sort
      && self->descending == query->descending && self->midnight_us == query->midnight_us
      && g_strcmp0 (self->search, search) == 0 && vrf_filters_equal (&self->filters, filters))
    return FALSE;

  self->view = query->view;
  self->sort = query->sort;
  self->descending = query->descending;
  self->midnight_us = query->midnight_us;
  g_free (self->search);
  self->search = g_steal_pointer (&search);
  vrf_filters_copy (&self->filters, filters);
  self->since_us = vrf_filters_get_since_us (filters, query->midnight_us);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_ptr_array_set_size (self->found, 0);
  if (n_old > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, 0);
  self->limit = VRF_TABLE_MODEL_FIRST;
  take_found (self, run_query (self));
  return TRUE;
}

gboolean
vrf_table_model_fill (VrfTableModel *self)
{
  guint n_old = n_shown (self);

  self->limit = self->limit < WIDGETS_MOST ? self->limit + FILL_STEP : G_MAXUINT;
  if (n_shown (self) > n_old)
    g_list_model_items_changed (G_LIST_MODEL (self), n_old, 0, n_shown (self) - n_old);

  return self->limit != G_MAXUINT;
}

gboolean
vrf_table_model_is_short (VrfTableModel *self)
{
  return self->limit != G_MAXUINT;
}

void
vrf_table_model_flush (VrfTableModel *self)
{
  if (self->update_id != 0)
    update_now (self);
}

guint
vrf_table_model_get_n_found (VrfTableModel *self)
{
  return self->found->len;
}

gboolean
vrf_table_model_find (VrfTableModel *self, const char *session_id, guint *ret_position)
{
  for (guint i = 0; i < n_shown (self); i++)
    if (strcmp (vrf_row_get_id (self->found->pdata[i]), session_id) == 0)
      {
        *ret_position = i;
        return TRUE;
      }

  return FALSE;
}
