/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include <adwaita.h>

#include "desk/session/vrf-case-dialog.h"
#include "support/vrf-widget-test.h"

#include "live.h"

/* The entry of a dialog by its title. */
static GtkWidget *
find_entry (GtkWidget *root, const char *title)
{
  GtkWidget *found = NULL;

  if (ADW_IS_ENTRY_ROW (root)
      && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_entry (child, title);
  return found;
}

static void
type (const char *title, const char *text)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  GtkWidget *entry = NULL;

  for (GList *l = windows; l != NULL && entry == NULL; l = l->next)
    entry = find_entry (l->data, title);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
begin (Live *live, const char *scopes)
{
  live_set_up (live, scopes);
  live_create (live, "require-review");
  live_show (live, 1000);
}

/* Claimed, noted, given back: each is seen on the page as the server has it (7.3). */
static void
test_work (void)
{
  Live live;

  begin (&live, NULL);
  live_await (live_says (&live, "on time"));
  live_press (&live, "Claim");
  live_await (live_says (&live, "orguser_frontdesk"));
  live_await (live_says (&live, "In Review"));
  g_assert_null (live_find_button (live.view, "Claim"));

  live_press (&live, "Add Note…");
  type ("Note", "Called the applicant.");
  live_press (&live, "Add");
  live_await (live_says (&live, "Called the applicant."));

  live_press (&live, "Give Back");
  live_await (live_find_button (live.view, "Claim") != NULL);
  live_tear_down (&live);
}

/* How long it waits, in a word that goes with the colour: from 4 and from 24 hours on. */
static void
test_age (void)
{
  Live live;

  begin (&live, NULL);
  live_await (live_says (&live, "on time"));
  live_advance (&live, 4 * 3600);
  vrf_session_detail_refresh (live_get_detail (&live));
  live_await (live_says (&live, ", late"));
  live_advance (&live, 20 * 3600);
  vrf_session_detail_refresh (live_get_detail (&live));
  live_await (live_says (&live, "overdue"));
  live_tear_down (&live);
}

static void
test_reject (void)
{
  Live live;

  begin (&live, NULL);
  live_press (&live, "Reject…");
  type ("Reason in Words", "The selfie shows somebody else.");
  live_press (&live, "Reject");
  live_await (vrf_row_get_status (live.row) == VRF_SESSION_STATUS_COMPLETED);
  live_await (live_says (&live, "The selfie shows somebody else."));
  live_await (live_says (&live, "Rejected by a person"));
  g_assert_null (live_find_button (live.view, "Approve…"));
  live_tear_down (&live);
}

/* Without a reviewer there is no decision. */
static void
test_reviewer (void)
{
  Live live;

  begin (&live, NULL);
  live_press (&live, "Approve…");
  type ("Reviewer ID", "somebody");
  g_assert_false (live_says (&live, "In Review"));
  live_press (&live, "Cancel");
  g_assert_true (vrf_case_is_reviewer ("orguser_frontdesk"));
  g_assert_true (vrf_case_is_reviewer ("7d2f9c41-e8a0-4b6d-93c5-f018aabbccdd"));
  g_assert_false (vrf_case_is_reviewer ("orguser_"));
  g_assert_false (vrf_case_is_reviewer ("orguser_a b"));
  g_assert_false (vrf_case_is_reviewer (""));
  live_tear_down (&live);
}

static void
test_escalate (void)
{
  Live live;

  begin (&live, NULL);
  live_press (&live, "Escalate…");
  type ("Reason", "Two watchlist hits");
  live_press (&live, "Escalate");
  live_await (live_says (&live, "Escalated"));
  live_await (live_says (&live, "Two watchlist hits"));
  live_await (live_find_button (live.view, "Escalate…") == NULL);
  live_tear_down (&live);
}

/* A key that may see cases and not decide: offered until it is refused, then said. */
static void
test_refused (void)
{
  Live live;

  begin (&live, "sessions:read,verifications:read,cases:read");
  live_press (&live, "Approve…");
  live_press (&live, "Approve");
  live_await (live_says (&live, "The API key may not decide about cases."));
  g_assert_null (live_find_button (live.view, "Approve…"));
  g_assert_cmpint (vrf_row_get_status (live.row), ==, VRF_SESSION_STATUS_UNDER_REVIEW);
  live_tear_down (&live);
}

static void
test_hidden (void)
{
  Live live;

  begin (&live, "sessions:read,verifications:read");
  live_await (live_says (&live, "The API key may not see the case."));
  g_assert_true (live_says (&live, "Open"));
  g_assert_null (live_find_button (live.view, "Claim"));
  live_tear_down (&live);
}

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/desk/session-case/work", test_work);
  g_test_add_func ("/desk/session-case/age", test_age);
  g_test_add_func ("/desk/session-case/reject", test_reject);
  g_test_add_func ("/desk/session-case/reviewer", test_reviewer);
  g_test_add_func ("/desk/session-case/escalate", test_escalate);
  g_test_add_func ("/desk/session-case/refused", test_refused);
  g_test_add_func ("/desk/session-case/hidden", test_hidden);

  return g_test_run ();
}
