/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <string.h>

#include "base/vrf-random.h"

static void
test_hex (void)
{
  const gsize sizes[] = { 1, 12, 16, 64 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *text = vrf_random_hex (sizes[i]);

      g_assert_cmpuint (strlen (text), ==, 2 * sizes[i]);
      g_assert_cmpuint (strspn (text, "0123456789abcdef"), ==, 2 * sizes[i]);
    }
}

/* 32 bytes give 43 characters (verifa-api.md 1.9). */
static void
test_base64url (void)
{
  const struct
  {
    gsize bytes;
    gsize characters;
  } cases[] = { { 1, 2 }, { 2, 3 }, { 3, 4 }, { 32, 43 }, { 64, 86 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = vrf_random_base64url (cases[i].bytes);

      g_assert_cmpuint (strlen (text), ==, cases[i].characters);
      g_assert_cmpuint (strspn (text,
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789-_"),
                        ==,
                        cases[i].characters);
    }
}

/* A prefix and 24 digits (verifa-api.md 1.9). */
static void
test_id (void)
{
  g_autofree char *id = vrf_random_id ("session_");

  g_assert_true (g_regex_match_simple ("^session_[0-9a-f]{24}$", id, 0, 0));
}

static void
test_differs (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint8 none[4] = { 1, 2, 3, 4 };

  for (guint i = 0; i < 1000; i++)
    g_assert_true (g_hash_table_add (seen, vrf_random_hex (16)));
  vrf_random_bytes (none, 0);
  g_assert_cmpuint (none[0] + none[1] + none[2] + none[3], ==, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/random/hex", test_hex);
  g_test_add_func ("/base/random/base64url", test_base64url);
  g_test_add_func ("/base/random/id", test_id);
  g_test_add_func ("/base/random/differs", test_differs);
  return g_test_run ();
}
