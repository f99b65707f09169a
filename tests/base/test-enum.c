/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include "base/vrf-enum.h"

static const VrfEnumNick table[] = {
  { 1, "one" },
  { 2, "two" },
  { 1, "uno" },
  { 0, NULL },
};

static void
test_nicks (void)
{
  g_assert_cmpint (vrf_enum_from_nick (table, "one"), ==, 1);
  g_assert_cmpint (vrf_enum_from_nick (table, "uno"), ==, 1);
  g_assert_cmpint (vrf_enum_from_nick (table, "two"), ==, 2);
  g_assert_cmpint (vrf_enum_from_nick (table, "Two"), ==, 0);
  g_assert_cmpint (vrf_enum_from_nick (table, ""), ==, 0);
  g_assert_cmpint (vrf_enum_from_nick (table, NULL), ==, 0);
  g_assert_cmpstr (vrf_enum_to_nick (table, 1), ==, "one");
  g_assert_null (vrf_enum_to_nick (table, 0));
  g_assert_null (vrf_enum_to_nick (table, 7));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/enum/nicks", test_nicks);
  return g_test_run ();
}
