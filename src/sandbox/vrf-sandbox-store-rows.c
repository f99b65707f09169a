/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-sandbox-store-private.h"

/* What becomes of a statement that is bound: its one row, all of its rows, or its total. */

/* Steps @statement once. Returns: whether there is a row; an error only with %FALSE. */
gboolean
vrf_sandbox_store_get_row (VrfStatement *statement, GError **error)
{
  gboolean row = FALSE;

  return vrf_statement_step (statement, &row, error) && row;
}

gpointer
vrf_sandbox_store_take_row (VrfStatement *statement,
                            VrfLoadRow load,
                            GDestroyNotify free_row,
                            GError **error)
{
  gpointer row = NULL;

  if (!vrf_sandbox_store_get_row (statement, error))
    return NULL;
  row = load (statement);
  if (vrf_statement_run (statement, error))
    return row;
  free_row (row);
  return NULL;
}

GPtrArray *
vrf_sandbox_store_take_rows (VrfStatement *statement,
                             VrfLoadRow load,
                             GDestroyNotify free_row,
                             GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  gboolean row = FALSE;

  for (;;)
    {
      if (!vrf_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, load (statement));
    }
}

GArray *
vrf_sandbox_store_take_numbers (VrfStatement *statement, GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row = FALSE;

  for (;;)
    {
      gint64 n = 0;

      if (!vrf_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&numbers);
      n = vrf_statement_get_int (statement, "n");
      g_array_append_val (numbers, n);
    }
}

gboolean
vrf_sandbox_store_take_total (VrfStatement *statement, gint64 *ret_total, GError **error)
{
  if (!vrf_sandbox_store_get_row (statement, error))
    return FALSE;
  *ret_total = vrf_statement_get_int (statement, "total");
  return vrf_statement_run (statement, error);
}
