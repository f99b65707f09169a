/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-memory.h"
#include "desk/core/vrf-row-store.h"
#include "desk/core/vrf-view.h"
#include "desk/window/vrf-ticker.h"

G_BEGIN_DECLS

/*
 * How many sessions each view has, remembered ones too, counted again when the rows, the memory
 * (nullable) or the day change. Signal: "changed",
 * only when a number or the midnight did.
 */
#define VRF_TYPE_VIEW_COUNTS (vrf_view_counts_get_type ())
G_DECLARE_FINAL_TYPE (VrfViewCounts, vrf_view_counts, VRF, VIEW_COUNTS, GObject)

VrfViewCounts *
vrf_view_counts_new (VrfRowStore *rows,
                     VrfTicker *ticker,
                     VrfMemory *memory) G_GNUC_WARN_UNUSED_RESULT;

guint
vrf_view_counts_get (VrfViewCounts *self, VrfView view);
/* Whether the server has no rows the desk does not know: until then the numbers are "at least". */
gboolean
vrf_view_counts_get_complete (VrfViewCounts *self);
void
vrf_view_counts_set_complete (VrfViewCounts *self, gboolean complete);
/* "47", "1,284", "~100"; empty while nothing is known; owned */
char *
vrf_view_counts_dup_text (VrfViewCounts *self, VrfView view) G_GNUC_WARN_UNUSED_RESULT;
/* The last local midnight on the server's clock, which "today" counts from. */
gint64
vrf_view_counts_get_midnight_us (VrfViewCounts *self);

G_END_DECLS
