/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "desk/window/vrf-view-counts.h"

#include "desk/window/vrf-ages.h"

struct _VrfViewCounts
{
  GObject parent_instance;

  /* owned */
  VrfRowStore *rows;
  VrfTicker *ticker;
  VrfMemory *memory; /* nullable */

  guint counts[VRF_N_VIEWS];
  gint64 midnight_us;
  gboolean complete;
  guint update_id;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VrfViewCounts, vrf_view_counts, G_TYPE_OBJECT)

/* The index has what was never loaded; what has just happened is known to the rows first. */
static void
count (VrfViewCounts *self, guint *counts)
{
  const VrfIndexCounts *index =
      self->memory != NULL ? vrf_memory_get_counts (self->memory, self->midnight_us) : NULL;
  GListModel *rows = G_LIST_MODEL (self->rows);
  guint n = g_list_model_get_n_items (rows);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (VrfRow) row = g_list_model_get_item (rows, i);

      for (guint view = 0; view < VRF_N_VIEWS; view++)
        counts[view] += vrf_view_matches ((VrfView) view, row, self->midnight_us) ? 1 : 0;
    }
  for (guint view = 0; index != NULL && view < VRF_N_VIEWS; view++)
    counts[view] = MAX (counts[view], (guint) MIN (index->views[view], G_MAXUINT));
}

/* Returns: whether it is another day */
static gboolean
look_at_clock (VrfViewCounts *self)
{
  gint64 before = self->midnight_us;

  self->midnight_us = vrf_age_midnight (vrf_ticker_get_now_us (self->ticker));
  return self->midnight_us != before;
}

/* The first rows bring the server's time with them: they are not to be counted, nor shown, twice.
 */
static gboolean
update_cb (gpointer user_data)
{
  VrfViewCounts *self = user_data;
  gboolean other_day = look_at_clock (self);
  guint counts[VRF_N_VIEWS] = { 0 };

  self->update_id = 0;
  count (self, counts);
  if (other_day || memcmp (counts, self->counts, sizeof counts) != 0)
    {
      memcpy (self->counts, counts, sizeof counts);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
    }

  return G_SOURCE_REMOVE;
}

static void
queue_update (VrfViewCounts *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
tick_cb (VrfViewCounts *self)
{
  if (!look_at_clock (self))
    return;

  count (self, memset (self->counts, 0, sizeof self->counts));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
vrf_view_counts_finalize (GObject *object)
{
  VrfViewCounts *self = VRF_VIEW_COUNTS (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->rows);
  g_clear_object (&self->ticker);
  g_clear_object (&self->memory);

  G_OBJECT_CLASS (vrf_view_counts_parent_class)->finalize (object);
}

static void
vrf_view_counts_class_init (VrfViewCountsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_view_counts_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vrf_view_counts_init (VrfViewCounts *self)
{
}

VrfViewCounts *
vrf_view_counts_new (VrfRowStore *rows, VrfTicker *ticker, VrfMemory *memory)
{
  VrfViewCounts *self = g_object_new (VRF_TYPE_VIEW_COUNTS, NULL);

  self->rows = g_object_ref (rows);
  self->ticker = g_object_ref (ticker);
  g_set_object (&self->memory, memory);
  if (memory != NULL)
    g_signal_connect_object (memory, "counted", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  self->midnight_us = vrf_age_midnight (vrf_ticker_get_now_us (ticker));
  count (self, self->counts);
  g_signal_connect_object (
      rows, "items-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rows, "row-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ticker, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);

  return self;
}

guint
vrf_view_counts_get (VrfViewCounts *self, VrfView view)
{
  return self->counts[view];
}

gboolean
vrf_view_counts_get_complete (VrfViewCounts *self)
{
  return self->complete;
}

void
vrf_view_counts_set_complete (VrfViewCounts *self, gboolean complete)
{
  if (self->complete == complete)
    return;

  self->complete = complete;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

char *
vrf_view_counts_dup_text (VrfViewCounts *self, VrfView view)
{
  if (!self->complete && self->counts[VRF_VIEW_ALL] == 0)
    return g_strdup ("");

  /* Translators: a number that may be larger: "~100" */
  return self->complete ? g_strdup_printf ("%'u", self->counts[view])
                        : g_strdup_printf (_ ("~%'u"), self->counts[view]);
}

gint64
vrf_view_counts_get_midnight_us (VrfViewCounts *self)
{
  return self->midnight_us;
}
