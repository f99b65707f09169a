/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/session/vrf-watch.h"

/**
 * vrf_watch_start:
 * @row: (nullable): the session on screen
 *
 * Whatever was watched before is not any more. Without a tracker yet nothing is watched.
 */
void
vrf_watch_start (VrfWatch *self, VrfBackend *backend, VrfRow *row)
{
  VrfTracker *tracker = vrf_backend_get_tracker (backend);

  vrf_watch_stop (self);
  if (tracker == NULL || row == NULL)
    return;

  self->tracker = g_object_ref (tracker);
  self->row = g_object_ref (row);
  vrf_tracker_watch (tracker, row);
}

/** vrf_watch_stop: the session is on screen no more; may be called again */
void
vrf_watch_stop (VrfWatch *self)
{
  if (self->tracker != NULL)
    vrf_tracker_unwatch (self->tracker, self->row);
  g_clear_object (&self->tracker);
  g_clear_object (&self->row);
}
