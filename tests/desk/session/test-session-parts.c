/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include "support/vrf-widget-test.h"

#include "live.h"

/* The sections that are read only, as the sandbox fills them. */

/* The version is the one the run began with, whatever became of the workflow since. */
static void
test_workflow (void)
{
  Live live;
  g_autoptr (JsonNode) reply = NULL;

  live_set_up (&live, NULL);
  live_create (&live, "decline");
  live_advance (&live, 60);
  reply = live_call (&live, "PATCH", "/workflows/workflow_default_kyc", "{'name':'Renamed'}");
  live_show (&live, 1000);
  live_await (live_says (&live, "version 1"));
  g_assert_true (live_says (&live, "ID & Selfie + Age Verification · version 1"));
  g_assert_false (live_says (&live, "Renamed"));
  g_assert_true (live_says (&live, "Facial Recognition · 840 ms"));
  live_tear_down (&live);
}

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/desk/session-parts/workflow", test_workflow);

  return g_test_run ();
}
