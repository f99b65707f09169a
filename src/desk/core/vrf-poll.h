/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long the tracker waits (DESIGN 6). The intervals are in vrf-tracker.h. */

/* @random 0 to 1: @interval_ms ± 10 % */
int
vrf_poll_jitter_ms (int interval_ms, double random);
/* After @n_failures in a row, 1 the first: 1 s doubled up to 30 s, 60 s when a person has to act.
 * @retry_after_s is what the server asked for, -1 nothing; it is never undercut. */
int
vrf_poll_backoff_ms (guint n_failures, gboolean refused, int retry_after_s, double random);

/**
 * VrfPollDue: what waits for its turn, in monotonic µs. @session_at: the first session on screen, 0
 * none; @has_hints: a webhook spoke of a session; @list_at: the list; @has_rest: a round has begun
 * and is not over; @blocked_until: nothing is sent before it, 0 none
 */
typedef struct
{
  gint64 session_at;
  gboolean has_hints;
  gint64 list_at;
  gboolean has_rest;
  gint64 blocked_until;
} VrfPollDue;

/* How long from @now until the next turn, in µs. @ret_idle (out): it is the rest of a round, which
 * has time until what is known is shown. */
gint64
vrf_poll_wait_us (const VrfPollDue *due, gint64 now, gboolean *ret_idle);

/* Whether the server is on this computer, where no network is needed to reach it. */
gboolean
vrf_poll_is_loopback (const char *base_url);
/* How long the computer has slept since it was started, in µs. */
gint64
vrf_poll_slept_us (void);

G_END_DECLS
