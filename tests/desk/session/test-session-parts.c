/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include <string.h>

#include "desk/session/vrf-deliveries.h"
#include "desk/session/vrf-section.h"
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

/* A delivery that nobody takes: its status, its payload without the person, and once more. */
static void
test_webhooks (void)
{
  Live live;
  g_autoptr (JsonNode) reply = NULL;
  g_autoptr (JsonNode) other = NULL;
  GPtrArray *deliveries = NULL;
  gboolean covered = FALSE;

  live_set_up (&live, NULL);
  reply = live_call (&live, "POST", "/webhooks/endpoints", "{'url':'http://127.0.0.1:9/hook'}");
  other = live_call (&live, "POST", "/sessions", "{'external_ref':'other'}");
  live_create (&live, "approve");
  live_show (&live, 1000);
  live_await (live_says (&live, "session.approved"));
  g_assert_true (live_says (&live, "session.created"));
  g_assert_true (live_says (&live, "127.0.0.1"));
  deliveries = vrf_session_detail_get_deliveries (live_get_detail (&live));
  for (guint i = 0; i < deliveries->len; i++)
    {
      g_autofree char *payload = vrf_deliveries_dup_payload (g_ptr_array_index (deliveries, i));

      g_assert_nonnull (strstr (payload, vrf_row_get_id (live.row)));
      g_assert_null (strstr (payload, "Jane"));
      covered = covered || strstr (payload, "\"extracted_data\" : \"•••\"") != NULL;
    }
  g_assert_true (covered);

  live_press (&live, "Resend");
  live_await (live_says (&live, "Sent again"));
  live_tear_down (&live);
}

static void
test_webhooks_hidden (void)
{
  Live live;

  live_set_up (&live, "sessions:read,verifications:read");
  live_create (&live, "approve");
  live_show (&live, 1000);
  live_await (live_says (&live, "The API key may not see webhooks."));
  live_tear_down (&live);
}

/* Signals in words, with their weight and what they mean (2.6). */
static void
test_risk (void)
{
  Live live;

  live_set_up (&live, NULL);
  live_create (&live, "decline");
  live_show (&live, 1000);
  live_await (live_says (&live, "Developer tools open"));
  g_assert_true (live_says (&live, "The page could be changed"));
  g_assert_true (live_says (&live, "+30"));
  g_assert_true (live_says (&live, "Finished very fast"));
  live_tear_down (&live);
}

/* All of it in order, with the time between. */
static void
test_timeline (void)
{
  Live live;
  g_autoptr (JsonNode) claim = NULL;
  g_autoptr (JsonNode) approve = NULL;
  g_autofree char *path = NULL;
  g_autofree char *decide = NULL;

  live_set_up (&live, NULL);
  live_create (&live, NULL);
  live_advance (&live, 65);
  live_simulate (&live, "require-review");
  path = g_strdup_printf ("/cases/%s/claim", vrf_row_get_session (live.row)->case_id);
  decide = g_strdup_printf ("/cases/%s/approve", vrf_row_get_session (live.row)->case_id);
  live_advance (&live, 600);
  claim = live_call (&live, "POST", path, "{'reviewer_id':'orguser_frontdesk'}");
  live_advance (&live, 600);
  approve = live_call (&live, "POST", decide, "{'reviewer_id':'orguser_frontdesk'}");
  live_refresh (&live);
  live_show (&live, 1000);
  live_await (live_says (&live, "Handed to a reviewer"));
  live_await (live_says (&live, "orguser_frontdesk · after 10 min"));
  g_assert_true (live_says (&live, "Checked"));
  g_assert_true (live_says (&live, "after 1 min"));
  g_assert_true (live_says (&live, "Decided by a reviewer"));
  live_tear_down (&live);
}

static void
assert_narrow (GtkWidget *widget, int width)
{
  int minimum = 0;

  if (VRF_IS_SECTION (widget))
    {
      gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_test_message ("%s: %d",
                      gtk_label_get_text (GTK_LABEL (scene_find (widget, GTK_TYPE_LABEL, NULL))),
                      minimum);
      g_assert_cmpint (minimum, <=, width);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_narrow (child, width);
}

/* With everything on it the page still fits a window of 360 px, with its margins. */
static void
test_narrow (void)
{
  Live live;
  g_autoptr (JsonNode) endpoint = NULL;
  g_autoptr (GBytes) picture = live_make_png (640, 400, 0x3584e4);

  live_set_up (&live, NULL);
  endpoint = live_call (&live, "POST", "/webhooks/endpoints", "{'url':'http://127.0.0.1:9/hook'}");
  live_create (&live, NULL);
  live_upload (&live, "id_front", picture);
  live_simulate (&live, "require-review");
  live_show (&live, 360);
  live_await (live_says (&live, "session.requires-review"));
  live_await (live_says (&live, "version 1"));
  live_await (live_find_button (live.view, "Claim") != NULL);
  assert_narrow (live.view, 360 - 2 * 18);
  live_tear_down (&live);
}

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/desk/session-parts/workflow", test_workflow);

  g_test_add_func ("/desk/session-parts/webhooks", test_webhooks);
  g_test_add_func ("/desk/session-parts/webhooks-hidden", test_webhooks_hidden);
  g_test_add_func ("/desk/session-parts/risk", test_risk);
  g_test_add_func ("/desk/session-parts/timeline", test_timeline);
  g_test_add_func ("/desk/session-parts/narrow", test_narrow);

  return g_test_run ();
}
