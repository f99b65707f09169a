/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include "desk/session/vrf-check-row.h"
#include "support/vrf-widget-test.h"

#include "live.h"

/* A check that failed is tried again from the page; the attempt before stays to be seen, and the
 * outcome of the session follows (verifa-api.md 3.16). */
static void
test_retry (void)
{
  Live live;

  live_set_up (&live, NULL);
  live_create (&live, "decline");
  live_show (&live, 1000);
  live_await (live_says (&live, "Failed, 0.21") || live_says (&live, "not match"));
  g_assert_false (live_says (&live, "2 attempts"));

  live_press (&live, "Retry");
  live_await (live_says (&live, "2 attempts"));
  live_await (live_says (&live, "Passed, 0.95"));
  live_press (&live, "2 attempts");
  live_await (live_says (&live, "Attempt 1"));
  g_assert_true (live_says (&live, "Failed, 0.21"));

  /* What is open stays open when the page is painted again. */
  vrf_session_detail_refresh (live_get_detail (&live));
  live_await (live_says (&live, "Attempt 1"));

  live_tear_down (&live);
}

/* What passed, and what is not over, offers nothing. */
static void
test_not_legal (void)
{
  Live live;

  live_set_up (&live, NULL);
  live_create (&live, "approve");
  live_show (&live, 1000);
  live_await (live_says (&live, "Facial Recognition"));
  live_await (vrf_session_detail_get_state (live_get_detail (&live)) == VRF_DETAIL_READY);
  g_assert_null (live_find_button (live.view, "Retry"));
  g_assert_false (live_says (&live, "may not"));
  live_tear_down (&live);
}

/* A key without the right is told so once, and then the page does not offer it any more. */
static void
test_refused (void)
{
  Live live;

  live_set_up (&live, "sessions:read,verifications:read");
  live_create (&live, "decline");
  live_show (&live, 1000);
  live_press (&live, "Retry");
  live_await (live_says (&live, "The API key may not retry a check."));
  g_assert_null (live_find_button (live.view, "Retry"));
  live_tear_down (&live);
}

/* A key that may not see the checks: said in their place, and no fault of the page. */
static void
test_hidden (void)
{
  Live live;

  live_set_up (&live, "sessions:read");
  live_create (&live, "approve");
  live_show (&live, 1000);
  live_await (live_says (&live, "The API key may not see all of the checks."));
  g_assert_null (vrf_session_detail_get_error (live_get_detail (&live)));
  live_tear_down (&live);
}

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/desk/session-checks/retry", test_retry);
  g_test_add_func ("/desk/session-checks/not-legal", test_not_legal);
  g_test_add_func ("/desk/session-checks/refused", test_refused);
  g_test_add_func ("/desk/session-checks/hidden", test_hidden);

  return g_test_run ();
}
