/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-base"

#include "config.h"

#include <string.h>

#include "base/vrf-time.h"
#include "base/vrf-error.h"

/* "9999-12-31T23:59:59.999999999+23:59" has 35 characters. */
#define MAX_LENGTH 40

/* Reads exactly @digits digits at *@at and moves it on. */
static gboolean
read_number (const char **at, guint digits, guint max, guint *ret_number)
{
  guint number = 0;

  for (guint i = 0; i < digits; i++)
    {
      if (!g_ascii_isdigit ((*at)[i]))
        return FALSE;
      number = number * 10 + (guint) ((*at)[i] - '0');
    }
  if (number > max)
    return FALSE;

  *at += digits;
  *ret_number = number;
  return TRUE;
}

static gboolean
read_char (const char **at, char wanted)
{
  if (g_ascii_toupper (**at) != wanted)
    return FALSE;
  (*at)++;
  return TRUE;
}

/* Digits beyond the sixth are dropped: we count in microseconds. */
static gboolean
read_fraction (const char **at, guint *ret_us)
{
  guint us = 0;
  guint digits = 0;

  *ret_us = 0;
  if (**at != '.')
    return TRUE;
  (*at)++;

  for (; g_ascii_isdigit (**at); (*at)++, digits++)
    if (digits < 6)
      us = us * 10 + (guint) (**at - '0');
  for (guint i = digits; i < 6; i++)
    us *= 10;

  *ret_us = us;
  return digits > 0;
}

static gboolean
read_offset (const char **at, int *ret_minutes)
{
  gboolean negative = **at == '-';
  guint hours = 0;
  guint minutes = 0;

  *ret_minutes = 0;
  if (read_char (at, 'Z'))
    return TRUE;
  if (**at != '+' && **at != '-')
    return FALSE;
  (*at)++;

  if (!read_number (at, 2, 23, &hours) || !read_char (at, ':')
      || !read_number (at, 2, 59, &minutes))
    return FALSE;
  *ret_minutes = (int) (hours * 60 + minutes) * (negative ? -1 : 1);
  return TRUE;
}

static gboolean
parse (const char *at, gint64 *ret_us)
{
  g_autoptr (GDateTime) time = NULL;
  guint year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, us = 0;
  int offset_min = 0;

  if (!read_number (&at, 4, 9999, &year) || !read_char (&at, '-')
      || !read_number (&at, 2, 12, &month) || !read_char (&at, '-')
      || !read_number (&at, 2, 31, &day))
    return FALSE;
  if (!read_char (&at, 'T') && !read_char (&at, ' '))
    return FALSE;
  if (!read_number (&at, 2, 23, &hour) || !read_char (&at, ':')
      || !read_number (&at, 2, 59, &minute) || !read_char (&at, ':')
      || !read_number (&at, 2, 60, &second))
    return FALSE;
  if (!read_fraction (&at, &us) || !read_offset (&at, &offset_min) || *at != '\0')
    return FALSE;

  /* A leap second counts as the last second of its minute. */
  time = g_date_time_new_utc (
      (int) year, (int) month, (int) day, (int) hour, (int) minute, MIN (second, 59));
  if (time == NULL)
    return FALSE;
  *ret_us = (g_date_time_to_unix (time) - offset_min * 60) * G_USEC_PER_SEC + us;
  return TRUE;
}

/**
 * vrf_time_parse:
 * @text: an RFC 3339 time, with or without fraction, with `Z` or an offset
 * @ret_us: (out): microseconds since the epoch; untouched on failure
 * @error: %VRF_ERROR_ARGUMENT
 *
 * Reads what verifa-api.md 0.4 says a server may send.
 */
gboolean
vrf_time_parse (const char *text, gint64 *ret_us, GError **error)
{
  gsize length = strnlen (text, MAX_LENGTH + 1);
  g_autofree char *head = NULL;

  if (length <= MAX_LENGTH && parse (text, ret_us))
    return TRUE;

  head = g_utf8_make_valid (text, (gssize) MIN (length, MAX_LENGTH));
  g_set_error (error, VRF_ERROR, VRF_ERROR_ARGUMENT, "“%s” is not a time", head);
  return FALSE;
}

static char *
format (gint64 us, gboolean with_ms)
{
  gint64 seconds = us / G_USEC_PER_SEC;
  gint64 rest = us % G_USEC_PER_SEC;
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *rest_of_date = NULL;
  g_autofree char *base = NULL;

  if (rest < 0)
    {
      rest += G_USEC_PER_SEC;
      seconds--;
    }
  time = g_date_time_new_from_unix_utc (seconds);
  if (time == NULL)
    return NULL;

  /* %Y would not pad a year before 1000. */
  rest_of_date = g_date_time_format (time, "%m-%dT%H:%M:%S");
  base = g_strdup_printf ("%04d-%s", g_date_time_get_year (time), rest_of_date);
  if (with_ms)
    return g_strdup_printf ("%s.%03dZ", base, (int) (rest / 1000));
  return g_strconcat (base, "Z", NULL);
}

/**
 * vrf_time_format:
 * @us: microseconds since the epoch, years 1 to 9999
 *
 * Returns: (nullable) (transfer full): RFC 3339 in UTC to the second, `2026-02-01T12:00:00Z`;
 *   %NULL out of range
 */
char *
vrf_time_format (gint64 us)
{
  return format (us, FALSE);
}

/**
 * vrf_time_format_ms:
 * @us: microseconds since the epoch, years 1 to 9999
 *
 * Returns: (nullable) (transfer full): the same to the millisecond, `2026-02-01T12:00:00.123Z`
 */
char *
vrf_time_format_ms (gint64 us)
{
  return format (us, TRUE);
}
