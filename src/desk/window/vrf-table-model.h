/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-row-store.h"
#include "desk/core/vrf-view.h"
#include "desk/window/vrf-columns.h"
#include "desk/window/vrf-filters.h"

G_BEGIN_DECLS

/*
 * The rows of one view, filtered, searched and sorted: a GListModel of VrfRow over a VrfRowStore,
 * for table and narrow list alike. Follows the store by itself: rows that come, go or move make the
 * smallest items-changed that says so.
 *
 * A new query shows its first VRF_TABLE_MODEL_FIRST rows only, until vrf_table_model_fill(): GTK
 * makes widgets for 205 rows whatever is visible, and the first frame should not wait for them.
 */
#define VRF_TABLE_MODEL_FIRST 30

/**
 * VrfTableQuery: which rows, in which order. @search is looked for in reference and session id,
 * whatever its case; NULL or empty finds all. @filters: nullable. @midnight_us: the last local
 * midnight.
 */
typedef struct
{
  VrfView view;
  const char *search;
  const VrfFilters *filters;
  VrfColumn sort;
  gboolean descending;
  gint64 midnight_us;
} VrfTableQuery;

#define VRF_TYPE_TABLE_MODEL (vrf_table_model_get_type ())
G_DECLARE_FINAL_TYPE (VrfTableModel, vrf_table_model, VRF, TABLE_MODEL, GObject)

VrfTableModel *
vrf_table_model_new (VrfRowStore *rows) G_GNUC_WARN_UNUSED_RESULT;

/* Emits (0,n,0), then (0,0,m); nothing when the query is the one it has. Gives whether it is not.
 */
gboolean
vrf_table_model_set_query (VrfTableModel *self, const VrfTableQuery *query);
/* Shows more rows: a few, as long as GTK makes a widget for each, then all the rest. Gives whether
 * there are still some to show. */
gboolean
vrf_table_model_fill (VrfTableModel *self);
/* Whether rows wait for vrf_table_model_fill(). */
gboolean
vrf_table_model_is_short (VrfTableModel *self);
/* What has just come into the store is in the model now, not only when the main loop is idle. */
void
vrf_table_model_flush (VrfTableModel *self);
/* How many rows the query found, shown or not. */
guint
vrf_table_model_get_n_found (VrfTableModel *self);
/* Gives whether a row of that id is among those shown; @ret_position is where. */
gboolean
vrf_table_model_find (VrfTableModel *self, const char *session_id, guint *ret_position);

G_END_DECLS
