/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/session/vrf-moment.h"

#include "base/vrf-time.h"

static GDateTime *
local_time (gint64 us)
{
  g_autoptr (GDateTime) utc = NULL;

  if (us == VRF_TIME_NONE)
    return NULL;

  utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

static char *
format_local (gint64 us, const char *format)
{
  g_autoptr (GDateTime) time = local_time (us);

  return time != NULL ? g_date_time_format (time, format) : g_strdup ("");
}

/**
 * vrf_moment_dup_clock:
 *
 * Returns: (transfer full): such as `11:04`, empty without a time
 */
char *
vrf_moment_dup_clock (gint64 us)
{
  return format_local (us, "%H:%M");
}

/**
 * vrf_moment_dup_seconds:
 *
 * Returns: (transfer full): such as `11:04:08`, empty without a time
 */
char *
vrf_moment_dup_seconds (gint64 us)
{
  return format_local (us, "%H:%M:%S");
}

/**
 * vrf_moment_dup_full:
 *
 * Returns: (transfer full): such as `Today 11:04:08` or `14 Feb 2026 11:04:08`, empty without a
 *   time
 */
char *
vrf_moment_dup_full (gint64 us)
{
  g_autoptr (GDateTime) time = local_time (us);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (time == NULL)
    return g_strdup ("");
  if (g_date_time_get_year (time) == g_date_time_get_year (now)
      && g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (now))
    /* Translators: a time of today; the % codes are those of g_date_time_format() */
    return g_date_time_format (time, _ ("Today %H:%M:%S"));

  /* Translators: a date with time, as in “12 Nov 2025 10:41:07” */
  return g_date_time_format (time, _ ("%-d %b %Y %H:%M:%S"));
}

/**
 * vrf_moment_dup_ago:
 * @now_us: the server's time; this computer's when it is not known
 *
 * Returns: (transfer full): such as `4 min ago`
 */
char *
vrf_moment_dup_ago (gint64 us, gint64 now_us)
{
  gint64 now = now_us != VRF_TIME_NONE ? now_us : g_get_real_time ();
  gint64 minutes = us == VRF_TIME_NONE ? 0 : (now - us) / (60 * G_USEC_PER_SEC);

  if (minutes < 1)
    return g_strdup (_ ("just now"));
  if (minutes < 60)
    return g_strdup_printf (_ ("%d min ago"), (int) minutes);
  if (minutes < 24 * 60)
    return g_strdup_printf (_ ("%d h ago"), (int) (minutes / 60));

  /* Translators: when something was created, as in “on 12 Nov 2025” */
  return format_local (us, _ ("on %-d %b %Y"));
}

/**
 * vrf_moment_dup_span:
 *
 * Returns: (transfer full): such as `1 min 48 s`
 */
char *
vrf_moment_dup_span (gint64 span_us)
{
  int seconds = (int) CLAMP (span_us / G_USEC_PER_SEC, 0, G_MAXINT);

  if (seconds < 60)
    return g_strdup_printf (_ ("%d s"), seconds);
  if (seconds < 60 * 60)
    return g_strdup_printf (_ ("%d min %d s"), seconds / 60, seconds % 60);

  return g_strdup_printf (_ ("%d h %d min"), seconds / 3600, seconds / 60 % 60);
}

/**
 * vrf_moment_dup_duration:
 * @duration_ms: how long a computer took
 *
 * Returns: (transfer full): such as `840 ms`, `1.2 s`, `1 min 48 s`
 */
char *
vrf_moment_dup_duration (int duration_ms)
{
  if (duration_ms < 1000)
    return g_strdup_printf (_ ("%d ms"), MAX (duration_ms, 0));
  if (duration_ms < 60 * 1000)
    return g_strdup_printf (_ ("%.1f s"), duration_ms / 1000.0);

  return vrf_moment_dup_span ((gint64) duration_ms * 1000);
}
