/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-row.h"

G_BEGIN_DECLS

/** VrfWatch: a session that is on screen, and when it is asked for next. */
typedef struct
{
  VrfRow *row; /* owned */
  guint n_holds;
  guint n_tries; /* of a result that is due but not there yet */
  gint64 since;  /* monotonic µs */
  gint64 due_at; /* monotonic µs, 0 never */
} VrfWatch;

/* The sessions on screen. */
typedef GPtrArray VrfWatches;

VrfWatches *
vrf_watches_new (void) G_GNUC_WARN_UNUSED_RESULT;
VrfWatch *
vrf_watches_find (VrfWatches *self, VrfRow *row); /* nullable */
/* Calls nest; a new one is due at once. */
void
vrf_watches_hold (VrfWatches *self, VrfRow *row);
void
vrf_watches_release (VrfWatches *self, VrfRow *row);
/* The one that is due first, nullable. */
VrfWatch *
vrf_watches_first_due (VrfWatches *self);
/* All are due at once, and may try again. */
void
vrf_watches_wake (VrfWatches *self);

G_END_DECLS
