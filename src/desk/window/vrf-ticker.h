/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/vrf-clock.h"

G_BEGIN_DECLS

/*
 * One timer for everything in a window that shows an age or counts down. "tick" comes once a second
 * while the ticker runs; the time is the server's (VrfClock).
 */
#define VRF_TYPE_TICKER (vrf_ticker_get_type ())
G_DECLARE_FINAL_TYPE (VrfTicker, vrf_ticker, VRF, TICKER, GObject)

VrfTicker *
vrf_ticker_new (VrfClock *clock) G_GNUC_WARN_UNUSED_RESULT;

/* Off while nobody can see it. Starting again ticks at once. */
void
vrf_ticker_set_running (VrfTicker *self, gboolean running);
gint64
vrf_ticker_get_now_us (VrfTicker *self);

G_END_DECLS
