/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "webhook/vrf-webhook-seen.h"

static void
test_again (void)
{
  g_autoptr (VrfWebhookSeen) seen = vrf_webhook_seen_new (10, 1000);

  g_assert_true (vrf_webhook_seen_add (seen, "a", 0));
  g_assert_true (vrf_webhook_seen_add (seen, "b", 0));
  g_assert_false (vrf_webhook_seen_add (seen, "a", 1));
  g_assert_false (vrf_webhook_seen_add (seen, "b", 1));
}

static void
test_life (void)
{
  g_autoptr (VrfWebhookSeen) seen = vrf_webhook_seen_new (10, 1000);

  g_assert_true (vrf_webhook_seen_add (seen, "a", 0));
  g_assert_true (vrf_webhook_seen_add (seen, "b", 500));
  /* Coming again does not make it live longer. */
  g_assert_false (vrf_webhook_seen_add (seen, "a", 999));
  g_assert_true (vrf_webhook_seen_add (seen, "a", 1000));
  g_assert_false (vrf_webhook_seen_add (seen, "b", 1499));
  g_assert_true (vrf_webhook_seen_add (seen, "b", 1500));
  g_assert_false (vrf_webhook_seen_add (seen, "a", 1999));
}

/* Full of fresh ones, it forgets the oldest and no other. */
static void
test_bound (void)
{
  g_autoptr (VrfWebhookSeen) seen = vrf_webhook_seen_new (3, 1000);

  g_assert_true (vrf_webhook_seen_add (seen, "a", 0));
  g_assert_true (vrf_webhook_seen_add (seen, "b", 1));
  g_assert_true (vrf_webhook_seen_add (seen, "c", 2));
  g_assert_true (vrf_webhook_seen_add (seen, "d", 3));
  g_assert_false (vrf_webhook_seen_add (seen, "b", 4));
  g_assert_false (vrf_webhook_seen_add (seen, "c", 4));
  g_assert_false (vrf_webhook_seen_add (seen, "d", 4));
  g_assert_true (vrf_webhook_seen_add (seen, "a", 4));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/webhook/seen/again", test_again);
  g_test_add_func ("/webhook/seen/life", test_life);
  g_test_add_func ("/webhook/seen/bound", test_bound);

  return g_test_run ();
}
