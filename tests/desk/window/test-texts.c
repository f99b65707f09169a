/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/vrf-time.h"
#include "../core/core-test.h"
#include "desk/window/vrf-ages.h"
#include "desk/window/vrf-row-text.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

typedef char *(*TextFunc) (gint64 then_us, gint64 now_us);

static void
assert_text (TextFunc func, gint64 then_us, gint64 now_us, const char *expected)
{
  g_autofree char *text = func (then_us, now_us);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_ages (void)
{
  gint64 noon = CORE_TEST_NOON; /* a Sunday */

  assert_text (vrf_age_dup_short, noon, noon, "now");
  assert_text (vrf_age_dup_short, noon + HOUR, noon, "now"); /* a clock that is ahead */
  assert_text (vrf_age_dup_short, noon - 59 * CORE_TEST_S, noon, "now");
  assert_text (vrf_age_dup_short, noon - MINUTE, noon, "1 min");
  assert_text (vrf_age_dup_short, noon - 59 * MINUTE, noon, "59 min");
  assert_text (vrf_age_dup_short, noon - HOUR, noon, "1 h");
  assert_text (vrf_age_dup_short, noon - 23 * HOUR, noon, "23 h");
  assert_text (vrf_age_dup_short, noon - 2 * DAY, noon, "Fri");
  assert_text (vrf_age_dup_short, noon - 20 * DAY, noon, "12 Jan");
  assert_text (vrf_age_dup_short, noon - 90 * DAY, noon, "11/2025");
  assert_text (vrf_age_dup_short, VRF_TIME_NONE, noon, "");
}

static void
test_countdown (void)
{
  gint64 noon = CORE_TEST_NOON;

  assert_text (vrf_countdown_dup, noon + 16 * MINUTE + 52 * CORE_TEST_S, noon, "16:52");
  assert_text (vrf_countdown_dup, noon + 2 * MINUTE + 14 * CORE_TEST_S, noon, "02:14");
  assert_text (vrf_countdown_dup, noon + HOUR + 2 * MINUTE + 3 * CORE_TEST_S, noon, "1:02:03");
  assert_text (vrf_countdown_dup, noon + 3 * DAY, noon, "3 days");
  assert_text (vrf_countdown_dup, noon, noon, NULL);
  assert_text (vrf_countdown_dup, noon - DAY, noon, NULL);
  assert_text (vrf_countdown_dup, VRF_TIME_NONE, noon, NULL);
  assert_text (vrf_countdown_dup_spoken, noon + 90 * CORE_TEST_S, noon, "1 minute left");
  assert_text (vrf_countdown_dup_spoken, noon + CORE_TEST_S, noon, "less than a minute left");

  g_assert_true (vrf_countdown_is_soon (noon + 3 * MINUTE - 1, noon));
  g_assert_false (vrf_countdown_is_soon (noon + 3 * MINUTE, noon));
  g_assert_false (vrf_countdown_is_soon (noon, noon));
  g_assert_false (vrf_countdown_is_soon (VRF_TIME_NONE, noon));
}

static void
test_midnight (void)
{
  g_assert_cmpint (vrf_age_midnight (CORE_TEST_NOON), ==, CORE_TEST_NOON - 12 * HOUR);
  g_assert_cmpint (vrf_age_midnight (CORE_TEST_NOON - 12 * HOUR), ==, CORE_TEST_NOON - 12 * HOUR);
}

static void
test_sentence (void)
{
  g_autoptr (VrfSession) session =
      core_test_session ("{'id':'session_1','status':'pending',"
                         "'created_at':'2026-02-01T12:00:00Z','external_ref':'BK-20417',"
                         "'capture_url':'https://app.example.com/verify/tok_1',"
                         "'token_expires_at':'2026-02-01T12:20:00Z',"
                         "'metadata':{'applicant_name':'Noah Lindqvist'},'tags':[]}");
  g_autoptr (VrfRow) row = vrf_row_new (session);
  gint64 now_us = CORE_TEST_NOON + 3 * MINUTE;
  g_autofree char *sentence = NULL;
  g_autofree char *line = vrf_row_text_second_line (row, now_us);
  g_autofree char *left = vrf_row_text_countdown (row, now_us);

  vrf_row_set_workflow_name (row, "Hotel Check-in");
  sentence = vrf_row_text_sentence (row, now_us);
  g_assert_cmpstr (sentence,
                   ==,
                   "BK-20417, Pending, no result yet, Noah Lindqvist, Hotel Check-in, "
                   "created 3 min, 17 minutes left");
  g_assert_cmpstr (line, ==, "Noah Lindqvist · 3 min");
  g_assert_cmpstr (left, ==, "17:00");
}

/* Only what the index knows, and a word of a newer API. */
static void
test_sparse (void)
{
  g_autoptr (VrfSession) session = core_test_session (
      "{'id':'session_1','status':'quantum_pending','created_at':'2026-02-01T12:00:00Z',"
      "'external_ref':null,'risk_level':'cosmic','tags':[]}");
  g_autoptr (VrfRow) row = vrf_row_new (session);
  g_autofree char *sentence = vrf_row_text_sentence (row, CORE_TEST_NOON);
  g_autofree char *reference = vrf_row_text_reference (row);
  g_autofree char *left = vrf_row_text_countdown (row, CORE_TEST_NOON);

  g_assert_cmpstr (
      sentence,
      ==,
      "No reference, quantum_pending, no result yet, risk cosmic, no name, created now");
  g_assert_cmpstr (reference, ==, "No reference");
  g_assert_null (left);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/desk/window/texts/ages", test_ages);
  g_test_add_func ("/desk/window/texts/countdown", test_countdown);
  g_test_add_func ("/desk/window/texts/midnight", test_midnight);
  g_test_add_func ("/desk/window/texts/sentence", test_sentence);
  g_test_add_func ("/desk/window/texts/sparse", test_sparse);

  return g_test_run ();
}
