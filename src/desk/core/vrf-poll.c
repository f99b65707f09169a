/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <gio/gio.h>
#include <time.h>

#include "desk/core/vrf-poll.h"

#include "desk/core/vrf-tracker.h"

#define LIST_ACTIVE_MS 10000
#define LIST_QUIET_MS 30000
#define LIST_HIDDEN_MS 60000
#define SESSION_FIRST_MS 1000
#define SESSION_LATER_MS 3000
#define SESSION_SLOW_MS 15000
#define SESSION_FIRST_FOR_MS (5 * 60 * (gint64) 1000)
#define BACKOFF_FIRST_MS 1000
#define BACKOFF_MAX_MS 30000
#define REFUSED_MS 60000

/* Below a quarter of the budget everything goes at half the pace. */
static int
with_budget (int interval_ms, int rate_limit, int remaining)
{
  if (rate_limit > 0 && remaining >= 0 && remaining < (rate_limit + 3) / 4)
    return interval_ms * 2;
  return interval_ms;
}

int
vrf_tracker_list_interval_ms (gboolean any_active, gboolean hidden, int rate_limit, int remaining)
{
  int interval_ms = any_active ? LIST_ACTIVE_MS : LIST_QUIET_MS;

  return with_budget (hidden ? LIST_HIDDEN_MS : interval_ms, rate_limit, remaining);
}

int
vrf_tracker_session_interval_ms (VrfSessionStatus status,
                                 gint64 on_screen_ms,
                                 int rate_limit,
                                 int remaining)
{
  int interval_ms = on_screen_ms < SESSION_FIRST_FOR_MS ? SESSION_FIRST_MS : SESSION_LATER_MS;

  switch (status)
    {
    case VRF_SESSION_STATUS_COMPLETED:
    case VRF_SESSION_STATUS_EXPIRED:
    case VRF_SESSION_STATUS_FAILED:
      return -1;
    case VRF_SESSION_STATUS_UNDER_REVIEW:
    case VRF_SESSION_STATUS_AWAITING_EXTERNAL:
    case VRF_SESSION_STATUS_UNKNOWN: /* a newer API's word: who knows */
      interval_ms = SESSION_SLOW_MS;
      break;
    case VRF_SESSION_STATUS_PENDING:
    case VRF_SESSION_STATUS_CAPTURING:
    case VRF_SESSION_STATUS_PROCESSING:
    case VRF_SESSION_STATUS_SANDBOX_PENDING:
    default:
      break;
    }
  return with_budget (interval_ms, rate_limit, remaining);
}

int
vrf_poll_jitter_ms (int interval_ms, double random)
{
  return (int) (interval_ms * (0.9 + 0.2 * random));
}

int
vrf_poll_backoff_ms (guint n_failures, gboolean refused, int retry_after_s, double random)
{
  int delay_ms = BACKOFF_MAX_MS;

  if (refused)
    delay_ms = REFUSED_MS;
  else if (n_failures >= 1 && n_failures <= 5)
    delay_ms = MIN (BACKOFF_FIRST_MS << (n_failures - 1), BACKOFF_MAX_MS);
  delay_ms = vrf_poll_jitter_ms (delay_ms, random);
  if (retry_after_s >= 0)
    delay_ms = MAX (delay_ms, (int) MIN ((gint64) retry_after_s * 1000, G_MAXINT));
  return delay_ms;
}

gint64
vrf_poll_wait_us (const VrfPollDue *due, gint64 now, gboolean *ret_idle)
{
  gint64 at = due->list_at;

  if (due->session_at != 0)
    at = MIN (at, due->session_at);
  if (due->has_hints)
    at = MIN (at, now);
  *ret_idle = due->has_rest && at > now;
  if (due->has_rest)
    at = 0;
  return MAX (MAX (at, due->blocked_until) - now, 0);
}

gboolean
vrf_poll_is_loopback (const char *base_url)
{
  g_autoptr (GUri) uri = g_uri_parse (base_url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return (address != NULL && g_inet_address_get_is_loopback (address))
         || g_strcmp0 (host, "localhost") == 0;
}

gint64
vrf_poll_slept_us (void)
{
  struct timespec boot = { 0 };
  struct timespec monotonic = { 0 };

  clock_gettime (CLOCK_MONOTONIC, &monotonic);
  clock_gettime (CLOCK_BOOTTIME, &boot);
  return (gint64) (boot.tv_sec - monotonic.tv_sec) * G_USEC_PER_SEC
         + (boot.tv_nsec - monotonic.tv_nsec) / 1000;
}
