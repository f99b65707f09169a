/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-row.h"
#include "desk/widgets/vrf-ring.h"
#include "desk/widgets/vrf-steps.h"
#include "desk/widgets/vrf-tile.h"

G_BEGIN_DECLS

/* How a session that is going on looks, the same in Created, peek and session page. */

gint64
vrf_live_get_left_s (VrfRow *row, VrfClock *clock);
gboolean
vrf_live_has_link (VrfRow *row, VrfClock *clock);

void
vrf_live_show_ring (VrfRing *ring, VrfRow *row, VrfClock *clock);
void
vrf_live_show_steps (VrfSteps *steps, VrfRow *row);
void
vrf_live_show_tile (VrfTile *tile, VrfRow *row);

char *
vrf_live_dup_title (VrfRow *row, VrfClock *clock) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_live_dup_hint (VrfRow *row) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_live_dup_summary (VrfResult *result) G_GNUC_WARN_UNUSED_RESULT;

double
vrf_live_get_face_threshold (VrfResult *result);

G_END_DECLS
