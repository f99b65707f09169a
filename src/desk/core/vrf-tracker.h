/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-connection.h"
#include "desk/core/vrf-row-store.h"

G_BEGIN_DECLS

/*
 * The poller of one window (DESIGN 6): keeps the rows true with as few requests as possible. Single
 * flight, jittered, paused without network, awake again after suspend. When a session reaches
 * completed or under_review it also fetches result and risk into the row.
 *
 * Properties with notify: "complete" b (the store has every session of the server), "server-total"
 * i (how many the server has, -1 before it said so), "loading-older" b. "listed" is emitted after
 * each page of the list that has come into the rows.
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
/* Now, not at the next interval: F5, "Try Now", a change the desk made. */
void
vrf_tracker_poke (VrfTracker *self);
/* A webhook says that something has happened to that session (nullable: to some): it is asked for
 * now, or the list is when it is not known here or when there are many. */
void
vrf_tracker_hint (VrfTracker *self, const char *session_id);
/* The session is on screen (Created, session page, peek): polled each second. Calls nest. */
void
vrf_tracker_watch (VrfTracker *self, VrfRow *row);
void
vrf_tracker_unwatch (VrfTracker *self, VrfRow *row);
/* The window is hidden: 60 s. */
void
vrf_tracker_set_hidden (VrfTracker *self, gboolean hidden);

gboolean
vrf_tracker_get_complete (VrfTracker *self);
int
vrf_tracker_get_server_total (VrfTracker *self);
/* The next pages of older sessions: when the table is scrolled to its end. */
void
vrf_tracker_load_older (VrfTracker *self);
gboolean
vrf_tracker_get_loading_older (VrfTracker *self);
/* The server's matches of @q by reference or session id, at most 300, go into the store. */
void
vrf_tracker_search_async (VrfTracker *self,
                          const char *q,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean
vrf_tracker_search_finish (VrfTracker *self, GAsyncResult *result, GError **error);

/* Pure, for the tests: how long until the next list or session request, in ms. */
int
vrf_tracker_list_interval_ms (gboolean any_active, gboolean hidden, int rate_limit, int remaining);
int
vrf_tracker_session_interval_ms (VrfSessionStatus status,
                                 gint64 on_screen_ms,
                                 int rate_limit,
                                 int remaining);

G_END_DECLS
