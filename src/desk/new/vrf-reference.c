/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <string.h>

#include "desk/new/vrf-reference.h"

#include "base/vrf-random.h"

/* Crockford's base 32: no letter in it is taken for a digit. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/* What of g_date_time_format() stands for a date, in figures of every language. */
static const char date_parts[] = "YymdjVu";

static char
random_char (guint n)
{
  guint32 number = 0;

  vrf_random_bytes ((guint8 *) &number, sizeof number);

  return alphabet[number % n];
}

/* Gives whether @part was one of the date. */
static gboolean
append_date_part (GString *reference, char part, GDateTime *now)
{
  const char format[] = { '%', part, '\0' };
  g_autofree char *text = NULL;

  if (part == '\0' || strchr (date_parts, part) == NULL)
    return FALSE;

  text = g_date_time_format (now, format);
  g_string_append (reference, text != NULL ? text : "");

  return TRUE;
}

/**
 * vrf_reference_make:
 * @pattern: (nullable): `#` becomes a digit, `?` a letter or digit, `%Y %y %m %d %j %V %u` the part
 *   of the date that it is for g_date_time_format(), `%%` a percent sign; everything else stays.
 *   %NULL or blank: #VRF_REFERENCE_DEFAULT_PATTERN
 * @now: the local time
 *
 * What Generate fills in; the caller looks for a collision.
 *
 * Returns: (transfer full): such as `FD-1123-7K3Q`
 */
char *
vrf_reference_make (const char *pattern, GDateTime *now)
{
  g_autofree char *stripped = NULL;
  GString *reference = g_string_new (NULL);
  const char *c = NULL;

  g_return_val_if_fail (now != NULL, g_string_free (reference, FALSE));

  stripped = g_strstrip (g_strdup (pattern != NULL ? pattern : ""));
  for (c = *stripped != '\0' ? stripped : VRF_REFERENCE_DEFAULT_PATTERN; *c != '\0'; c++)
    if (*c == '#')
      g_string_append_c (reference, random_char (10));
    else if (*c == '?')
      g_string_append_c (reference, random_char (32));
    else if (*c == '%' && append_date_part (reference, c[1], now))
      c++;
    else
      {
        g_string_append_c (reference, *c);
        if (*c == '%' && c[1] == '%')
          c++;
      }

  return g_string_free (reference, FALSE);
}
