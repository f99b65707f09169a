/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/core/vrf-watches.h"

#define AT_ONCE 1

static void
watch_free (gpointer data)
{
  VrfWatch *watch = data;

  g_object_unref (watch->row);
  g_free (watch);
}

VrfWatches *
vrf_watches_new (void)
{
  return g_ptr_array_new_with_free_func (watch_free);
}

VrfWatch *
vrf_watches_find (VrfWatches *self, VrfRow *row)
{
  for (guint i = 0; i < self->len; i++)
    {
      VrfWatch *watch = g_ptr_array_index (self, i);

      if (watch->row == row)
        return watch;
    }
  return NULL;
}

void
vrf_watches_hold (VrfWatches *self, VrfRow *row)
{
  VrfWatch *watch = vrf_watches_find (self, row);

  if (watch != NULL)
    {
      watch->n_holds++;
      return;
    }
  watch = g_new0 (VrfWatch, 1);
  watch->row = g_object_ref (row);
  watch->n_holds = 1;
  watch->since = g_get_monotonic_time ();
  watch->due_at = AT_ONCE;
  g_ptr_array_add (self, watch);
}

void
vrf_watches_release (VrfWatches *self, VrfRow *row)
{
  VrfWatch *watch = vrf_watches_find (self, row);

  g_return_if_fail (watch != NULL);
  if (--watch->n_holds == 0)
    g_ptr_array_remove (self, watch);
}

VrfWatch *
vrf_watches_first_due (VrfWatches *self)
{
  VrfWatch *first = NULL;

  for (guint i = 0; i < self->len; i++)
    {
      VrfWatch *watch = g_ptr_array_index (self, i);

      if (watch->due_at != 0 && (first == NULL || watch->due_at < first->due_at))
        first = watch;
    }
  return first;
}

void
vrf_watches_wake (VrfWatches *self)
{
  for (guint i = 0; i < self->len; i++)
    {
      VrfWatch *watch = g_ptr_array_index (self, i);

      watch->n_tries = 0;
      watch->due_at = AT_ONCE;
    }
}
