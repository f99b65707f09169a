/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/window/vrf-ages.h"

#include "base/vrf-time.h"

#define DAY_US (24 * G_TIME_SPAN_HOUR)
#define SOON_US (3 * G_TIME_SPAN_MINUTE)

static GDateTime *
local_time (gint64 us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);

  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

char *
vrf_age_dup_short (gint64 then_us, gint64 now_us)
{
  g_autoptr (GDateTime) then = NULL;
  g_autoptr (GDateTime) now = NULL;
  gint64 age;

  if (then_us == VRF_TIME_NONE)
    return g_strdup ("");

  age = now_us - then_us;
  if (age < G_TIME_SPAN_MINUTE)
    return g_strdup (_ ("now"));
  if (age < G_TIME_SPAN_HOUR)
    return g_strdup_printf (_ ("%d min"), (int) (age / G_TIME_SPAN_MINUTE));
  if (age < DAY_US)
    return g_strdup_printf (_ ("%d h"), (int) (age / G_TIME_SPAN_HOUR));

  then = local_time (then_us);
  now = local_time (now_us);
  if (then == NULL || now == NULL)
    return g_strdup ("");
  if (age < 6 * DAY_US)
    return g_date_time_format (then, "%a");
  if (g_date_time_get_year (then) == g_date_time_get_year (now))
    /* Translators: day and short month of a date in the list, as in "12 Nov" */
    return g_date_time_format (then, _ ("%-d %b"));

  /* Translators: a date of another year in the list, narrow: "11/2025" */
  return g_date_time_format (then, _ ("%m/%Y"));
}

char *
vrf_age_dup_full (gint64 then_us)
{
  g_autoptr (GDateTime) then = then_us != VRF_TIME_NONE ? local_time (then_us) : NULL;

  return then != NULL ? g_date_time_format (then, "%c") : g_strdup ("");
}

char *
vrf_countdown_dup (gint64 expires_us, gint64 now_us)
{
  int left;

  if (expires_us == VRF_TIME_NONE || expires_us <= now_us)
    return NULL;

  left = (int) MIN ((expires_us - now_us) / G_USEC_PER_SEC, G_MAXINT);
  if (left < 3600)
    return g_strdup_printf ("%02d:%02d", left / 60, left % 60);
  if (left < 24 * 3600)
    return g_strdup_printf ("%d:%02d:%02d", left / 3600, left / 60 % 60, left % 60);

  return g_strdup_printf (ngettext ("%d day", "%d days", left / 86400), left / 86400);
}

gboolean
vrf_countdown_is_soon (gint64 expires_us, gint64 now_us)
{
  return expires_us != VRF_TIME_NONE && expires_us > now_us && expires_us - now_us < SOON_US;
}

char *
vrf_countdown_dup_spoken (gint64 expires_us, gint64 now_us)
{
  int minutes;

  if (expires_us == VRF_TIME_NONE || expires_us <= now_us)
    return NULL;

  minutes = (int) MIN ((expires_us - now_us) / G_TIME_SPAN_MINUTE, G_MAXINT);
  if (minutes == 0)
    return g_strdup (_ ("less than a minute left"));

  return g_strdup_printf (ngettext ("%d minute left", "%d minutes left", minutes), minutes);
}

char *
vrf_age_dup_span (int age_s)
{
  if (age_s < 60)
    return g_strdup_printf (_ ("%d s"), MAX (age_s, 0));
  if (age_s < 3600)
    return g_strdup_printf (_ ("%d min"), age_s / 60);

  return g_strdup_printf (_ ("%d h"), age_s / 3600);
}

char *
vrf_age_dup_clock (gint64 then_us)
{
  g_autoptr (GDateTime) then = then_us != VRF_TIME_NONE ? local_time (then_us) : NULL;

  return then != NULL ? g_date_time_format (then, "%R") : g_strdup ("");
}

gint64
vrf_age_midnight (gint64 now_us)
{
  g_autoptr (GDateTime) now = local_time (now_us);
  g_autoptr (GDateTime) midnight = NULL;

  if (now == NULL)
    return now_us;

  midnight = g_date_time_new_local (g_date_time_get_year (now),
                                    g_date_time_get_month (now),
                                    g_date_time_get_day_of_month (now),
                                    0,
                                    0,
                                    0);

  return midnight != NULL ? g_date_time_to_unix (midnight) * G_USEC_PER_SEC : now_us;
}
