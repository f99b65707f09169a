/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define VRF_TYPE_CLOCK (vrf_clock_get_type ())
G_DECLARE_FINAL_TYPE (VrfClock, vrf_clock, VRF, CLOCK, GObject)

VrfClock *
vrf_clock_new (void) G_GNUC_WARN_UNUSED_RESULT;

gboolean
vrf_clock_feed_sandbox_time (VrfClock *self, const char *header, GError **error);
gboolean
vrf_clock_feed_date (VrfClock *self, gint64 server_us);

gint64
vrf_clock_get_now_us (VrfClock *self);
gint64
vrf_clock_get_skew_us (VrfClock *self);
double
vrf_clock_get_scale (VrfClock *self);

G_END_DECLS
