/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-tracker.h"

G_BEGIN_DECLS

/* Between the tracker's own files. */
VrfApiClient *
vrf_tracker_get_client (VrfTracker *self);
VrfRowStore *
vrf_tracker_get_rows (VrfTracker *self);
/* Rows that a search brought, from anywhere in the list. */
void
vrf_tracker_note_found (VrfTracker *self, guint n_found);

G_END_DECLS
