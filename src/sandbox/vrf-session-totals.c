/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-session-totals.h"

#include "sandbox/vrf-sandbox-store-private.h"
#include "sandbox/vrf-session-filter.h"

/*
 * How many sessions a filter has is counted once. From then on the sum is kept right: each session
 * that is written is asked, before and after, whether it is one of them. So a total costs the same
 * however many sessions there are. Few filters are kept, for each of them costs a look at each
 * write; those of lists that people leave open are the ones asked for again.
 */
#define MOST_KEPT 12

typedef struct
{
  VrfSessionFilter *filter; /* owned */
  char *sql;                /* owned: whether one session is in */
  gint64 total;
} Total;

struct _VrfSessionTotals
{
  VrfSqlite *db;   /* borrowed */
  GPtrArray *kept; /* owned; element-type Total; last used first */
};

static void
total_free (Total *self)
{
  vrf_session_filter_free (self->filter);
  g_free (self->sql);
  g_free (self);
}

/** vrf_session_totals_new: Returns: (transfer full): nothing known yet of @db, which must outlive
 * it */
VrfSessionTotals *
vrf_session_totals_new (VrfSqlite *db)
{
  VrfSessionTotals *self = g_new0 (VrfSessionTotals, 1);

  self->db = db;
  self->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) total_free);
  return self;
}

/** vrf_session_totals_free: frees @self */
void
vrf_session_totals_free (VrfSessionTotals *self)
{
  g_ptr_array_unref (self->kept);
  g_free (self);
}

/** vrf_session_totals_get: Returns: whether the total of @filter is known; @ret_total only then */
gboolean
vrf_session_totals_get (VrfSessionTotals *self, const VrfSessionFilter *filter, gint64 *ret_total)
{
  for (guint i = 0; i < self->kept->len; i++)
    {
      Total *total = g_ptr_array_index (self->kept, i);

      if (!vrf_session_filter_equal (total->filter, filter))
        continue;
      *ret_total = total->total;
      g_ptr_array_insert (self->kept, 0, g_ptr_array_steal_index (self->kept, i));
      return TRUE;
    }
  return FALSE;
}

/** vrf_session_totals_keep: @filter, which was not known, has @total sessions */
void
vrf_session_totals_keep (VrfSessionTotals *self, const VrfSessionFilter *filter, gint64 total)
{
  g_autoptr (GString) sql = g_string_new ("SELECT count(*) AS total FROM sessions");
  Total *one = g_new0 (Total, 1);

  vrf_session_filter_append (filter, sql);
  g_string_append (sql, " AND n = :n");
  one->filter = vrf_session_filter_copy (filter);
  one->sql = g_string_free (g_steal_pointer (&sql), FALSE);
  one->total = total;
  g_ptr_array_insert (self->kept, 0, one);
  if (self->kept->len > MOST_KEPT)
    g_ptr_array_set_size (self->kept, MOST_KEPT);
}

static gboolean
is_in (VrfSessionTotals *self, const Total *total, gint64 n, gint64 *ret_here, GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (self->db, total->sql);

  vrf_session_filter_bind (total->filter, statement);
  vrf_statement_bind_int (statement, ":n", n);
  return vrf_sandbox_store_take_total (statement, ret_here, error);
}

/**
 * vrf_session_totals_note:
 * @self: totals
 * @n: the number of a session; one without a row is in none
 * @move: before its row is changed, or after
 * @error: from the database
 *
 * What was noted in a transaction that is rolled back must be forgotten.
 */
gboolean
vrf_session_totals_note (VrfSessionTotals *self, gint64 n, VrfSessionMove move, GError **error)
{
  for (guint i = 0; i < self->kept->len; i++)
    {
      Total *total = g_ptr_array_index (self->kept, i);
      gint64 here = 0;

      if (!is_in (self, total, n, &here, error))
        return FALSE;
      total->total += here * (int) move;
    }
  return TRUE;
}

/** vrf_session_totals_forget: all are counted again */
void
vrf_session_totals_forget (VrfSessionTotals *self)
{
  g_ptr_array_set_size (self->kept, 0);
}
