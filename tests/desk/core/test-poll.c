/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/core/vrf-poll.h"

#include "core-test.h"
#include "desk/core/vrf-sync.h"
#include "desk/core/vrf-tracker.h"

#define MIN_MS (60 * 1000)

static void
test_list_interval (void)
{
  static const struct
  {
    gboolean any_active;
    gboolean hidden;
    int limit;
    int remaining;
    int expected_ms;
  } cases[] = {
    { TRUE, FALSE, -1, -1, 10000 },     { FALSE, FALSE, -1, -1, 30000 },
    { TRUE, TRUE, -1, -1, 60000 },      { FALSE, TRUE, -1, -1, 60000 },
    { TRUE, FALSE, 1000, 250, 10000 },  { TRUE, FALSE, 1000, 249, 20000 },
    { FALSE, FALSE, 1000, 249, 60000 }, { TRUE, TRUE, 300, 0, 120000 },
    { TRUE, FALSE, 10, 2, 20000 },      { TRUE, FALSE, 10, 3, 10000 },
    { TRUE, FALSE, 1000, -1, 10000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (vrf_tracker_list_interval_ms (
                         cases[i].any_active, cases[i].hidden, cases[i].limit, cases[i].remaining),
                     ==,
                     cases[i].expected_ms);
}

static void
test_session_interval (void)
{
  static const struct
  {
    VrfSessionStatus status;
    gint64 on_screen_ms;
    int remaining;
    int expected_ms;
  } cases[] = {
    { VRF_SESSION_STATUS_PENDING, 0, 1000, 1000 },
    { VRF_SESSION_STATUS_PENDING, 5 * MIN_MS - 1, 1000, 1000 },
    { VRF_SESSION_STATUS_PENDING, 5 * MIN_MS, 1000, 3000 },
    { VRF_SESSION_STATUS_CAPTURING, 0, 249, 2000 },
    { VRF_SESSION_STATUS_PROCESSING, 0, 1000, 1000 },
    { VRF_SESSION_STATUS_SANDBOX_PENDING, 9 * MIN_MS, 1000, 3000 },
    { VRF_SESSION_STATUS_AWAITING_EXTERNAL, 0, 1000, 15000 },
    { VRF_SESSION_STATUS_UNDER_REVIEW, 0, 1000, 15000 },
    { VRF_SESSION_STATUS_UNDER_REVIEW, 0, 10, 30000 },
    { VRF_SESSION_STATUS_UNKNOWN, 0, 1000, 15000 },
    { VRF_SESSION_STATUS_COMPLETED, 0, 1000, -1 },
    { VRF_SESSION_STATUS_EXPIRED, 0, 1000, -1 },
    { VRF_SESSION_STATUS_FAILED, 0, 1000, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (vrf_tracker_session_interval_ms (
                         cases[i].status, cases[i].on_screen_ms, 1000, cases[i].remaining),
                     ==,
                     cases[i].expected_ms);
}

static void
test_backoff (void)
{
  static const int expected_ms[] = { 1000, 2000, 4000, 8000, 16000, 30000, 30000 };

  for (guint i = 0; i < G_N_ELEMENTS (expected_ms); i++)
    g_assert_cmpint (vrf_poll_backoff_ms (i + 1, FALSE, -1, 0.5), ==, expected_ms[i]);
  g_assert_cmpint (vrf_poll_backoff_ms (1, TRUE, -1, 0.5), ==, 60000);
  g_assert_cmpint (vrf_poll_backoff_ms (1, FALSE, 12, 0.0), ==, 12000);
  g_assert_cmpint (vrf_poll_backoff_ms (1000, FALSE, -1, 0.5), ==, 30000);
  g_assert_cmpint (vrf_poll_backoff_ms (1, FALSE, G_MAXINT, 0.5), ==, G_MAXINT);
  g_assert_cmpint (vrf_poll_jitter_ms (1000, 0.0), ==, 900);
  g_assert_cmpint (vrf_poll_jitter_ms (1000, 1.0), ==, 1100);
}

/* A session or a list that is due goes first; the rest of a round has time, unless the server asked
 * to wait. */
static void
test_wait (void)
{
  static const struct
  {
    VrfPollDue due;
    gint64 wait_us;
    gboolean idle;
  } cases[] = {
    { { .session_at = 0, .list_at = 1500 }, 500, FALSE },
    { { .session_at = 1200, .list_at = 1500 }, 200, FALSE },
    { { .session_at = 1600, .list_at = 1500 }, 500, FALSE },
    { { .session_at = 900, .list_at = 1500 }, 0, FALSE },
    { { .session_at = 0, .list_at = 0 }, 0, FALSE },
    { { .session_at = 0, .list_at = 1500, .has_rest = TRUE }, 0, TRUE },
    { { .session_at = 1000, .list_at = 1500, .has_rest = TRUE }, 0, FALSE },
    { { .session_at = 900, .list_at = 1500, .blocked_until = 1300 }, 300, FALSE },
    { { .session_at = 0, .list_at = 1500, .blocked_until = 1300 }, 500, FALSE },
    { { .session_at = 0, .list_at = 1500, .has_rest = TRUE, .blocked_until = 1300 }, 300, TRUE },
    { { .session_at = 0, .list_at = 500, .blocked_until = 800 }, 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean idle = FALSE;

      g_test_message ("%u", i);
      g_assert_cmpint (vrf_poll_wait_us (&cases[i].due, 1000, &idle), ==, cases[i].wait_us);
      g_assert_true (idle == cases[i].idle);
    }
}

static void
test_loopback (void)
{
  g_assert_true (vrf_poll_is_loopback ("http://127.0.0.1:8080"));
  g_assert_true (vrf_poll_is_loopback ("http://[::1]:8080"));
  g_assert_true (vrf_poll_is_loopback ("http://localhost:8080"));
  g_assert_false (vrf_poll_is_loopback ("https://api.example"));
  g_assert_false (vrf_poll_is_loopback ("https://127.0.0.1.example"));
  g_assert_false (vrf_poll_is_loopback ("nonsense"));
  g_assert_cmpint (vrf_poll_slept_us (), >=, 0);
}

static int
page (VrfSync *sync, guint offset, guint total, guint n_new, guint *n_rows)
{
  VrfSyncPage told = { .offset = offset, .total = total };

  told.length = offset < total ? MIN (total - offset, vrf_sync_page_length (sync, offset)) : 0;
  told.n_new = MIN (n_new, told.length);
  *n_rows += told.n_new;
  told.n_rows = *n_rows;
  return vrf_sync_page (sync, &told);
}

static void
test_sync_small (void)
{
  VrfSync sync = VRF_SYNC_INIT;
  guint n_rows = 0;

  g_assert_false (vrf_sync_is_complete (&sync));
  /* The first of all is short, the second fills up its hundred. */
  g_assert_cmpint (page (&sync, 0, 250, 100, &n_rows), ==, 30);
  g_assert_cmpint (page (&sync, 30, 250, 100, &n_rows), ==, 100);
  g_assert_false (vrf_sync_is_complete (&sync));
  g_assert_cmpint (page (&sync, 100, 250, 100, &n_rows), ==, 200);
  g_assert_cmpint (page (&sync, 200, 250, 50, &n_rows), ==, -1);
  g_assert_true (vrf_sync_is_complete (&sync));

  /* Nothing happened, or three new ones: one page is enough. */
  g_assert_cmpint (page (&sync, 0, 250, 0, &n_rows), ==, -1);
  g_assert_cmpint (page (&sync, 0, 253, 3, &n_rows), ==, -1);
  g_assert_true (vrf_sync_is_complete (&sync));

  /* 150 at once, elsewhere: a second page. */
  g_assert_cmpint (page (&sync, 0, 403, 100, &n_rows), ==, 100);
  g_assert_false (vrf_sync_is_complete (&sync));
  g_assert_cmpint (page (&sync, 100, 403, 50, &n_rows), ==, -1);
  g_assert_true (vrf_sync_is_complete (&sync));

  /* A round that broke off is begun again, and counts nothing twice. */
  g_assert_cmpint (page (&sync, 0, 703, 100, &n_rows), ==, 100);
  g_assert_cmpint (page (&sync, 0, 703, 0, &n_rows), ==, 100);
  g_assert_false (vrf_sync_is_complete (&sync));
  g_assert_cmpint (page (&sync, 100, 703, 100, &n_rows), ==, 200);
  g_assert_cmpint (page (&sync, 200, 703, 100, &n_rows), ==, -1);
  g_assert_true (vrf_sync_is_complete (&sync));

  /* Rows the desk made itself are known before the list tells them. */
  n_rows++;
  g_assert_cmpint (page (&sync, 0, 704, 0, &n_rows), ==, -1);
  g_assert_true (vrf_sync_is_complete (&sync));
}

static void
test_sync_large (void)
{
  VrfSync sync = VRF_SYNC_INIT;
  guint n_rows = 0;
  guint n_pages = 0;
  int offset = 0;
  VrfSyncPage older = { .offset = 2000, .length = 100, .total = 5000, .n_new = 100 };

  while (offset >= 0)
    {
      offset = page (&sync, (guint) offset, 5000, 100, &n_rows);
      n_pages++;
    }
  g_assert_cmpuint (n_pages, ==, VRF_SYNC_MAX_PAGES);
  g_assert_false (vrf_sync_is_complete (&sync));
  g_assert_cmpuint (sync.depth, ==, 2000);

  n_rows += 100;
  older.n_rows = n_rows;
  g_assert_cmpint (vrf_sync_older_page (&sync, &older), ==, -1);
  g_assert_cmpuint (sync.depth, ==, 2100);
  /* Old rows do not explain new ones. */
  g_assert_cmpint (page (&sync, 0, 5100, 100, &n_rows), ==, -1);
  g_assert_cmpuint (sync.depth, ==, 2200);
  g_assert_cmpint (page (&sync, 0, 5250, 100, &n_rows), ==, 100);
  g_assert_cmpint (page (&sync, 100, 5250, 50, &n_rows), ==, -1);
  g_assert_cmpuint (sync.depth, ==, 2350);

  /* A page that was known already: the next one. */
  older = (VrfSyncPage){ .offset = 2350, .length = 100, .total = 5250, .n_rows = n_rows };
  g_assert_cmpint (vrf_sync_older_page (&sync, &older), ==, 2450);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/poll/list-interval", test_list_interval);
  g_test_add_func ("/poll/session-interval", test_session_interval);
  g_test_add_func ("/poll/backoff", test_backoff);
  g_test_add_func ("/poll/wait", test_wait);
  g_test_add_func ("/poll/loopback", test_loopback);
  g_test_add_func ("/poll/sync-small", test_sync_small);
  g_test_add_func ("/poll/sync-large", test_sync_large);

  return g_test_run ();
}
