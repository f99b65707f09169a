/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "desk/core/vrf-details.h"
#include "desk/core/vrf-sync.h"
#include "desk/core/vrf-tracker.h"
#include "desk/core/vrf-watches.h"

G_BEGIN_DECLS

/* For the tracker's own files. */
struct _VrfTracker
{
  GObject parent_instance;

  /* owned */
  VrfApiClient *client;
  VrfRowStore *rows;
  VrfConnection *connection;
  VrfDetails *details;
  GCancellable *cancellable;
  GNetworkMonitor *monitor; /* NULL: the server is on this computer */
  VrfWatches *watches;
  GPtrArray *singles; /* VrfRow, still to be asked for in this round */
  char *last_single;  /* id: where the next round goes on */
  VrfRow *asked_row;  /* the session in flight */
  GPtrArray *hinted;  /* VrfRow, to be asked for at once */

  VrfSync sync;
  guint timer;
  gboolean running;
  gboolean hidden;
  gboolean busy;
  gboolean poked;       /* while busy */
  gboolean list_hinted; /* a webhook spoke of what no row has */
  gboolean wants_older;
  gboolean throttled; /* blocked because the server asked for it */
  int next_offset;    /* of the round, -1 none */
  int older_offset;   /* -1: begins at the depth */
  guint asked_length;
  guint asked_offset; /* of the page under way: what the reply says of itself may be wrong */
  gboolean asked_older;
  guint details_left; /* of the round */
  guint n_failures;   /* in a row */
  gint64 asked_at;    /* when the request in flight was sent */
  gint64 listed_at;   /* when the newest page was asked for */
  gint64 list_due_at;
  gint64 blocked_until; /* no request before it, 0 none */
  gint64 sleep_us;      /* how long the computer has slept since it was started */
};

/* Monotonic times from now on. */
gint64
vrf_tracker_in_ms (int delay_ms);
gint64
vrf_tracker_in_about_ms (int interval_ms);

/* What came of the request under way; vrf_tracker_go_on() is the end of each. */
void
vrf_tracker_succeeded (VrfTracker *self);
void
vrf_tracker_failed (VrfTracker *self, const GError *error);
void
vrf_tracker_go_on (VrfTracker *self);
void
vrf_tracker_notify_counts (VrfTracker *self, gboolean complete_before, int total_before);
void
vrf_tracker_notify_listed (VrfTracker *self);
void
vrf_tracker_set_wants_older (VrfTracker *self, gboolean wants_older);

/* Sessions by themselves */
void
vrf_tracker_set_due (VrfTracker *self, VrfWatch *watch); /* by its status */
void
vrf_tracker_ask_session (VrfTracker *self, VrfRow *row);
/* FALSE when nothing of it has to be asked for. */
gboolean
vrf_tracker_ask_watched (VrfTracker *self, VrfWatch *watch);

/* Remembers what a hint says; FALSE when the list tells it better. */
gboolean
vrf_tracker_take_hint (VrfTracker *self, const char *session_id);
/* FALSE when there is none. */
gboolean
vrf_tracker_ask_hinted (VrfTracker *self);

/* The list */
int
vrf_tracker_get_list_interval_ms (VrfTracker *self);
void
vrf_tracker_ask_newest (VrfTracker *self);
/* There is another page of this round, or active sessions that no page told. */
gboolean
vrf_tracker_has_rest (VrfTracker *self);
void
vrf_tracker_ask_rest (VrfTracker *self);

G_END_DECLS
