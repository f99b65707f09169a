/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/new/vrf-reference.h"

static const struct
{
  const char *pattern;
  const char *expected; /* a regular expression */
} cases[] = {
  { NULL, "^FD-1103-[0-9A-HJKMNP-TV-Z]{4}$" },
  { "", "^FD-1103-[0-9A-HJKMNP-TV-Z]{4}$" },
  { "  ", "^FD-1103-[0-9A-HJKMNP-TV-Z]{4}$" },
  { "REF-########", "^REF-[0-9]{8}$" },
  { "%Y%m%d/##", "^20261103/[0-9]{2}$" },
  { "%y-%j-?", "^26-307-[0-9A-HJKMNP-TV-Z]$" },
  { "W%V.%u-#", "^W45\\.2-[0-9]$" },
  { "100%%-#", "^100%-[0-9]$" },
  /* A clock, a name of the locale or nothing: not parts of the date, so they stay. */
  { "%H%B-#%", "^%H%B-[0-9]%$" },
  { "Zürich #", "^Zürich [0-9]$" },
  { "fixed", "^fixed$" },
};

static void
test_patterns (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 11, 3, 10, 0, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *reference = vrf_reference_make (cases[i].pattern, now);

      g_test_message ("%s → %s", cases[i].pattern, reference);
      g_assert_true (g_regex_match_simple (cases[i].expected, reference, 0, 0));
    }
}

static void
test_spread (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 11, 23, 10, 0, 0);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 200; i++)
    g_hash_table_add (seen, vrf_reference_make (NULL, now));

  /* One in a million each: two the same among 200 would be luck of one in fifty. */
  g_assert_cmpuint (g_hash_table_size (seen), >, 195);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/reference/patterns", test_patterns);
  g_test_add_func ("/desk/reference/spread", test_spread);

  return g_test_run ();
}
