/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-row.h"

G_BEGIN_DECLS

/*
 * Fetches what a list does not tell, result and risk, into rows: at most two requests at a time.
 * Each is asked for once for each state of a session; vrf_details_forget() allows it again, and so
 * does a fault that may pass. "throttled" (i, seconds, -1 not told): the server wants fewer
 * requests; what was queued is dropped.
 */
#define VRF_TYPE_DETAILS (vrf_details_get_type ())
G_DECLARE_FINAL_TYPE (VrfDetails, vrf_details, VRF, DETAILS, GObject)

VrfDetails *
vrf_details_new (VrfApiClient *client) G_GNUC_WARN_UNUSED_RESULT;
/* Whether @row has a result that is not known in full (@whole) or in a word. */
gboolean
vrf_details_is_missing (VrfRow *row, gboolean whole);
/* @whole: somebody looks at it: goes before the others. Gives whether anything was asked for. */
gboolean
vrf_details_fetch (VrfDetails *self, VrfRow *row, gboolean whole);
void
vrf_details_forget (VrfDetails *self, VrfRow *row);
void
vrf_details_stop (VrfDetails *self); /* cancels and empties the queue */

G_END_DECLS
