/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */
#include "config.h"

#include <string.h>

#include "sandbox/vrf-seal.h"

/* What is sealed opens with the same secret for the same purpose, and otherwise not at all. */

#define SECRET "vk_sandbox_0000000000000000000000000000abcd"
#define TEXT "whsec_0123456789-0123456789-0123456789-0123456789-0123456789"

static void
test_open (void)
{
  static const char *const texts[] = { "", "a", "0123456789abcdef0123456789abcdef", TEXT };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) sealed = vrf_seal_close (SECRET, "p", texts[i]);
      g_autoptr (GBytes) again = vrf_seal_close (SECRET, "p", texts[i]);
      g_autofree char *text = vrf_seal_open (SECRET, "p", sealed);
      g_autofree char *stranger = vrf_seal_open ("vk_sandbox_other", "p", sealed);
      g_autofree char *elsewhere = vrf_seal_open (SECRET, "q", sealed);

      g_assert_cmpstr (text, ==, texts[i]);
      g_assert_null (stranger);
      g_assert_null (elsewhere);
      g_assert_false (g_bytes_equal (sealed, again));
      g_assert_true (
          *texts[i] == '\0' || strlen (texts[i]) < 8
          || memmem (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed), texts[i], 8)
                 == NULL);
    }
}

static void
test_changed (void)
{
  g_autoptr (GBytes) sealed = vrf_seal_close (SECRET, "p", TEXT);
  gsize size = g_bytes_get_size (sealed);

  for (gsize i = 0; i < size; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (sealed, NULL), size);
      g_autoptr (GBytes) changed = NULL;
      g_autoptr (GBytes) cut = g_bytes_new (g_bytes_get_data (sealed, NULL), i);
      g_autofree char *text = NULL;
      g_autofree char *less = vrf_seal_open (SECRET, "p", cut);

      copy[i] ^= 1;
      changed = g_bytes_new (copy, size);
      text = vrf_seal_open (SECRET, "p", changed);
      g_assert_null (text);
      g_assert_null (less);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/seal/open", test_open);
  g_test_add_func ("/sandbox/seal/changed", test_changed);
  return g_test_run ();
}
