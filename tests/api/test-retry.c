/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include "api/vrf-retry.h"

/* verifa-api.md 1.8: 1, 2, 4 s; 429, 500, 502, 503, 504 and missing answers; 4 sends altogether. */

typedef struct
{
  guint attempt;
  guint http_status;
  int retry_after_s;
  gboolean may_repeat;
  int least_ms; /* with jitter 0 */
  int most_ms;  /* with jitter 1 */
} Case;

#define STOP VRF_RETRY_STOP, VRF_RETRY_STOP

static const Case cases[] = {
  { 1, 0, -1, TRUE, 500, 1000 },
  { 2, 0, -1, TRUE, 1000, 2000 },
  { 3, 0, -1, TRUE, 2000, 4000 },
  { 4, 0, -1, TRUE, STOP },
  { 5, 0, -1, TRUE, STOP },
  { 1, 429, -1, TRUE, 500, 1000 },
  { 1, 429, 0, TRUE, 0, 0 },
  { 1, 429, 12, TRUE, 12000, 13200 },
  { 3, 429, 60, TRUE, 60000, 66000 },
  { 1, 429, 61, TRUE, STOP },
  { 4, 429, 1, TRUE, STOP },
  { 1, 500, -1, TRUE, 500, 1000 },
  { 2, 502, -1, TRUE, 1000, 2000 },
  { 3, 503, -1, TRUE, 2000, 4000 },
  { 1, 503, 2, TRUE, 2000, 2200 },
  { 1, 504, -1, TRUE, 500, 1000 },
  /* final answers */
  { 1, 200, -1, TRUE, STOP },
  { 1, 301, -1, TRUE, STOP },
  { 1, 400, -1, TRUE, STOP },
  { 1, 401, -1, TRUE, STOP },
  { 1, 403, -1, TRUE, STOP },
  { 1, 404, -1, TRUE, STOP },
  { 1, 409, 1, TRUE, STOP },
  { 1, 422, -1, TRUE, STOP },
  { 1, 501, -1, TRUE, STOP },
  /* what must not be done twice */
  { 1, 0, -1, FALSE, STOP },
  { 1, 429, 1, FALSE, STOP },
  { 1, 503, -1, FALSE, STOP },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      VrfRetryOutcome outcome = { c->http_status, c->retry_after_s, c->may_repeat };
      int middle = vrf_retry_delay_ms (c->attempt, &outcome, 0.5);

      g_test_message ("case %u: attempt %u, status %u", i, c->attempt, c->http_status);
      g_assert_cmpint (vrf_retry_delay_ms (c->attempt, &outcome, 0.0), ==, c->least_ms);
      g_assert_cmpint (vrf_retry_delay_ms (c->attempt, &outcome, 1.0), ==, c->most_ms);
      g_assert_cmpint (middle, >=, c->least_ms);
      g_assert_cmpint (middle, <=, c->most_ms);
    }
}

static void
test_jitter_out_of_range (void)
{
  VrfRetryOutcome outcome = { 503, -1, TRUE };

  g_assert_cmpint (vrf_retry_delay_ms (1, &outcome, -7.0), ==, 500);
  g_assert_cmpint (vrf_retry_delay_ms (1, &outcome, 7.0), ==, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api/retry/table", test_table);
  g_test_add_func ("/api/retry/jitter-out-of-range", test_jitter_out_of_range);
  return g_test_run ();
}
