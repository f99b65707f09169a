/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-connection.h"
#include "desk/core/vrf-row-store.h"

G_BEGIN_DECLS

/*
 * The poller of one window (DESIGN 6): keeps the rows true with as few requests as possible. Single
 * flight, jittered, paused without network, awake again after suspend. When a session reaches
 * completed or under_review it also fetches result and risk into the row.
 */
#define VRF_TYPE_TRACKER (vrf_tracker_get_type ())
G_DECLARE_FINAL_TYPE (VrfTracker, vrf_tracker, VRF, TRACKER, GObject)

VrfTracker *
vrf_tracker_new (VrfApiClient *client,
                 VrfRowStore *rows,
                 VrfConnection *connection) G_GNUC_WARN_UNUSED_RESULT;

void
vrf_tracker_start (VrfTracker *self);
void
vrf_tracker_stop (VrfTracker *self);
/* Now, not at the next interval: F5, "Try Now", a change the desk made, a webhook's hint. */
void
vrf_tracker_poke (VrfTracker *self);
/* The session is on screen (Created, session page, peek): polled each second. Calls nest. */
void
vrf_tracker_watch (VrfTracker *self, VrfRow *row);
void
vrf_tracker_unwatch (VrfTracker *self, VrfRow *row);
/* The window is hidden: 60 s. */
void
vrf_tracker_set_hidden (VrfTracker *self, gboolean hidden);

/* Pure, for the tests: how long until the next list or session request, in ms. */
int
vrf_tracker_list_interval_ms (gboolean any_active, gboolean hidden, int rate_limit, int remaining);
int
vrf_tracker_session_interval_ms (VrfSessionStatus status,
                                 gint64 on_screen_ms,
                                 int rate_limit,
                                 int remaining);

G_END_DECLS
