/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include "base/vrf-clock.h"
#include "base/vrf-error.h"
#include "base/vrf-time.h"

static gint64
at (const char *text)
{
  gint64 us = 0;

  g_assert_true (vrf_time_parse (text, &us, NULL));
  return us;
}

/* @us or a little later: the clock goes on while the test runs. */
static void
assert_shows (VrfClock *clock, gint64 us)
{
  gint64 now_us = vrf_clock_get_now_us (clock);

  g_assert_cmpint (now_us, >=, us);
  g_assert_cmpint (now_us, <, us + 60 * G_USEC_PER_SEC);
}

static void
test_new (void)
{
  VrfClock *clock = vrf_clock_new ();

  g_assert_cmpint (vrf_clock_get_now_us (clock), ==, VRF_TIME_NONE);
  g_assert_cmpint (vrf_clock_get_skew_us (clock), ==, 0);
  g_assert_cmpfloat (vrf_clock_get_scale (clock), ==, 1.0);
  g_assert_finalize_object (clock);
}

static void
test_sandbox_time (void)
{
  const struct
  {
    const char *header;
    double scale;
  } cases[] = {
    { "2031-05-06T07:08:09.123Z; scale=60", 60.0 },    { "2031-05-06T07:08:09.123Z;scale=1", 1.0 },
    { "2031-05-06T07:08:09.123Z ;  scale=0.5 ", 0.5 }, { "2031-05-06T07:08:09.123Z", 1.0 },
    { "2031-05-06T07:08:09.123Z; zone=utc", 1.0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      VrfClock *clock = vrf_clock_new ();
      g_autoptr (GError) error = NULL;

      g_assert_true (vrf_clock_feed_sandbox_time (clock, cases[i].header, &error));
      g_assert_no_error (error);
      g_assert_cmpfloat (vrf_clock_get_scale (clock), ==, cases[i].scale);
      assert_shows (clock, at ("2031-05-06T07:08:09.123Z"));
      g_assert_cmpint (vrf_clock_get_skew_us (clock), !=, 0);
      g_assert_finalize_object (clock);
    }
}

static void
test_sandbox_time_refused (void)
{
  const char *headers[] = {
    "",
    ";",
    "soon; scale=1",
    "2031-05-06; scale=1",
    "2031-05-06T07:08:09Z; scale=0",
    "2031-05-06T07:08:09Z; scale=-1",
    "2031-05-06T07:08:09Z; scale=",
    "2031-05-06T07:08:09Z; scale=nan",
    "2031-05-06T07:08:09Z; scale=inf",
    "2031-05-06T07:08:09Z; scale=1e9",
    "2031-05-06T07:08:09Z; scale=60x",
  };
  VrfClock *clock = vrf_clock_new ();

  g_assert_true (vrf_clock_feed_sandbox_time (clock, "2031-05-06T07:08:09Z; scale=2", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", headers[i]);
      g_assert_false (vrf_clock_feed_sandbox_time (clock, headers[i], &error));
      g_assert_error (error, VRF_ERROR, VRF_ERROR_REPLY);
      g_assert_cmpfloat (vrf_clock_get_scale (clock), ==, 2.0);
      assert_shows (clock, at ("2031-05-06T07:08:09Z"));
    }
  g_assert_finalize_object (clock);
}

/* `Date` has whole seconds: its rounding does not move the clock, a real step does. */
static void
test_date (void)
{
  VrfClock *clock = vrf_clock_new ();
  gint64 date_us = at ("2026-02-01T12:00:00Z");

  g_assert_true (vrf_clock_feed_date (clock, date_us));
  assert_shows (clock, date_us);
  g_assert_false (vrf_clock_feed_date (clock, date_us + G_USEC_PER_SEC));
  g_assert_false (vrf_clock_feed_date (clock, date_us - G_USEC_PER_SEC));
  g_assert_true (vrf_clock_feed_date (clock, date_us + 3600 * (gint64) G_USEC_PER_SEC));
  assert_shows (clock, date_us + 3600 * (gint64) G_USEC_PER_SEC);
  g_assert_true (vrf_clock_feed_date (clock, date_us));
  assert_shows (clock, date_us);
  g_assert_finalize_object (clock);
}

static void
test_skew (void)
{
  VrfClock *clock = vrf_clock_new ();
  gint64 behind_us = g_get_real_time () - 300 * (gint64) G_USEC_PER_SEC;

  g_assert_true (vrf_clock_feed_date (clock, behind_us));
  g_assert_cmpint (vrf_clock_get_skew_us (clock), >, 299 * (gint64) G_USEC_PER_SEC);
  g_assert_cmpint (vrf_clock_get_skew_us (clock), <, 301 * (gint64) G_USEC_PER_SEC);
  g_assert_finalize_object (clock);
}

/* A million server seconds a second: the clock is seen to run without waiting. */
static void
test_runs (void)
{
  VrfClock *clock = vrf_clock_new ();
  gint64 first_us = 0;

  g_assert_true (vrf_clock_feed_sandbox_time (clock, "2026-02-01T12:00:00Z; scale=1000000", NULL));
  first_us = vrf_clock_get_now_us (clock);
  while (vrf_clock_get_now_us (clock) < first_us + 10 * (gint64) G_USEC_PER_SEC)
    continue;
  g_assert_finalize_object (clock);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/clock/new", test_new);
  g_test_add_func ("/base/clock/sandbox-time", test_sandbox_time);
  g_test_add_func ("/base/clock/sandbox-time-refused", test_sandbox_time_refused);
  g_test_add_func ("/base/clock/date", test_date);
  g_test_add_func ("/base/clock/skew", test_skew);
  g_test_add_func ("/base/clock/runs", test_runs);
  return g_test_run ();
}
