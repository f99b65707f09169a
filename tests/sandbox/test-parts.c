/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/vrf-json.h"
#include "sandbox/vrf-inflection.h"
#include "sandbox/vrf-outcome.h"
#include "sandbox/vrf-qr-data-url.h"
#include "sandbox/vrf-rate.h"
#include "sandbox/vrf-sandbox-clock.h"

#define START ((gint64) 1769947200 * G_USEC_PER_SEC) /* 2026-02-01T12:00:00Z */

static void
test_clock (void)
{
  VrfSandboxClock *clock = vrf_sandbox_clock_new (0, 600.0);
  gint64 before = vrf_sandbox_clock_get_now_us (clock);
  g_autofree char *header = NULL;

  g_assert_cmpint (before, >=, g_get_real_time () - 10 * (gint64) G_USEC_PER_SEC);
  vrf_sandbox_clock_move (clock, 3600 * (gint64) G_USEC_PER_SEC);
  g_assert_cmpint (
      vrf_sandbox_clock_get_now_us (clock), >=, before + 3600 * (gint64) G_USEC_PER_SEC);

  vrf_sandbox_clock_hold (clock, START);
  g_assert_cmpint (vrf_sandbox_clock_get_now_us (clock), ==, START);
  header = vrf_sandbox_clock_dup_header (clock);
  g_assert_cmpstr (header, ==, "2026-02-01T12:00:00.000Z; scale=600");
  g_assert_finalize_object (clock);
}

/* It never starts before what is stored. */
static void
test_clock_start (void)
{
  gint64 later = g_get_real_time () + 3600 * (gint64) G_USEC_PER_SEC;
  VrfSandboxClock *clock = vrf_sandbox_clock_new (later, 1.0);

  g_assert_cmpint (vrf_sandbox_clock_get_now_us (clock), >=, later);
  vrf_sandbox_clock_set_scale (clock, 0.001);
  g_assert_cmpint (vrf_sandbox_clock_get_now_us (clock), >=, later);
  g_assert_finalize_object (clock);
}

static void
test_rate (void)
{
  VrfRate *rate = vrf_rate_new ("starter");
  VrfRateState state = { 0 };

  for (guint i = 0; i < 100; i++)
    g_assert_true (vrf_rate_take (rate, "key_a", VRF_RATE_SESSIONS, START, &state));
  g_assert_cmpuint (state.remaining, ==, 0);
  g_assert_false (
      vrf_rate_take (rate, "key_a", VRF_RATE_SESSIONS, START + VRF_SECONDS (59), &state));
  g_assert_cmpuint (state.reset_in_s, ==, 1);
  g_assert_cmpint (state.reset_unix_s, ==, START / G_USEC_PER_SEC + 60);
  g_assert_true (vrf_rate_take (rate, "key_b", VRF_RATE_SESSIONS, START, &state));
  g_assert_true (
      vrf_rate_take (rate, "key_a", VRF_RATE_SESSIONS, START + VRF_SECONDS (60), &state));
  g_assert_cmpuint (state.remaining, ==, 99);
  vrf_rate_look (rate, "key_a", VRF_RATE_REQUESTS, START, &state);
  g_assert_cmpuint (state.remaining, ==, 600);
  g_assert_finalize_object (rate);
}

/* The free plan: 50 a minute, and 50 a day (verifa-api.md 1.7). */
static void
test_rate_day (void)
{
  VrfRate *rate = vrf_rate_new ("free");
  const gint64 day_us = VRF_SECONDS (24 * 60 * 60);
  VrfRateState state = { 0 };

  g_assert_true (vrf_rate_take (rate, "key_a", VRF_RATE_SESSIONS, START, &state));
  g_assert_cmpuint (state.window_s, ==, 60);
  g_assert_cmpuint (state.remaining, ==, 49);
  vrf_rate_give_back (rate, "key_a", VRF_RATE_SESSIONS, START, &state);
  g_assert_cmpuint (state.remaining, ==, 50);
  vrf_rate_give_back (rate, "key_a", VRF_RATE_SESSIONS, START, &state);
  g_assert_cmpuint (state.remaining, ==, 50);

  for (guint i = 0; i < 50; i++)
    g_assert_true (vrf_rate_take (rate, "key_a", VRF_RATE_SESSIONS, START, &state));
  g_assert_false (
      vrf_rate_take (rate, "key_a", VRF_RATE_SESSIONS, START + VRF_SECONDS (120), &state));
  g_assert_cmpuint (state.limit, ==, 50);
  g_assert_cmpuint (state.window_s, ==, 24 * 60 * 60);
  g_assert_cmpuint (state.reset_in_s, ==, 24 * 60 * 60 - 120);
  g_assert_true (vrf_rate_take (rate, "key_a", VRF_RATE_KEYS, START, &state));
  g_assert_true (vrf_rate_take (rate, "key_a", VRF_RATE_SESSIONS, START + day_us, &state));
  g_assert_finalize_object (rate);
}

static void
test_plans (void)
{
  static const struct
  {
    const char *plan;
    guint limits[VRF_RATE_KEYS + 1];
  } plans[] = {
    { "free", { 300, 50, 10 } },
    { "starter", { 600, 100, 25 } },
    { "professional", { 1000, 150, 50 } },
    { "enterprise", { 1000, 300, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      VrfRate *rate = vrf_rate_new (plans[i].plan);

      g_assert_cmpstr (vrf_rate_get_plan (rate), ==, plans[i].plan);
      for (guint bucket = 0; bucket <= VRF_RATE_KEYS; bucket++)
        {
          VrfRateState state = { 0 };

          vrf_rate_look (rate, "key_a", (VrfRateBucket) bucket, START, &state);
          g_assert_cmpuint (state.limit, ==, plans[i].limits[bucket]);
        }
      g_assert_finalize_object (rate);
    }
  g_assert_false (vrf_rate_is_plan ("gold"));
}

static void
assert_spelled (const char *text, const char *inflection, const char *wanted)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (JsonNode) node = vrf_json_parse (bytes, 4096, NULL);
  g_autoptr (JsonNode) spelled =
      inflection != NULL ? vrf_inflection_apply (node, inflection) : vrf_inflection_to_snake (node);
  g_autofree char *got = vrf_json_to_text (spelled);

  g_assert_cmpstr (got, ==, wanted);
}

static void
test_inflection (void)
{
  const char *snake = "{\"a_bc\":[{\"d_e\":\"f_g\"}],\"metadata\":{\"h_i\":{\"j_k\":1}},"
                      "\"line1\":null}";

  assert_spelled (snake, "snake", snake);
  assert_spelled (snake,
                  "camel",
                  "{\"aBc\":[{\"dE\":\"f_g\"}],\"metadata\":{\"h_i\":{\"j_k\":1}},\"line1\":null}");
  assert_spelled (snake,
                  "kebab",
                  "{\"a-bc\":[{\"d-e\":\"f_g\"}],\"metadata\":{\"h_i\":{\"j_k\":1}},"
                  "\"line1\":null}");
  assert_spelled (
      "{\"externalRef\":1,\"redirect-url\":2,\"send_email\":3,\"metadata\":{\"aB\":4}}",
      NULL,
      "{\"external_ref\":1,\"redirect_url\":2,\"send_email\":3,\"metadata\":{\"aB\":4}}");
  g_assert_false (vrf_inflection_is_known ("pascal"));
}

static void
test_age (void)
{
  g_assert_cmpint (vrf_outcome_get_age ("1997-06-15", START), ==, 28);
  g_assert_cmpint (vrf_outcome_get_age ("2008-02-01", START), ==, 18);
  g_assert_cmpint (vrf_outcome_get_age ("2008-02-02", START), ==, 17);
  g_assert_cmpint (vrf_outcome_get_age (NULL, START), ==, -1);
  g_assert_cmpint (vrf_outcome_get_age ("soon", START), ==, -1);
}

static void
test_qr (void)
{
  g_autofree char *url = vrf_qr_data_url_dup ("http://127.0.0.1:1/verify/tok_x");
  g_autofree char *long_text = g_strnfill (4000, 'x');
  g_autofree char *none = vrf_qr_data_url_dup (long_text);

  g_assert_true (g_str_has_prefix (url, "data:image/png;base64,"));
  g_assert_null (none);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/clock/moves", test_clock);
  g_test_add_func ("/sandbox/clock/start", test_clock_start);
  g_test_add_func ("/sandbox/rate/windows", test_rate);
  g_test_add_func ("/sandbox/rate/day", test_rate_day);
  g_test_add_func ("/sandbox/rate/plans", test_plans);
  g_test_add_func ("/sandbox/inflection", test_inflection);
  g_test_add_func ("/sandbox/outcome/age", test_age);
  g_test_add_func ("/sandbox/qr-data-url", test_qr);
  return g_test_run ();
}
