/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/core/vrf-tracker.h"

#include <gio/gio.h>

#include "base/vrf-error.h"
#include "core-test.h"
#include "fake-server.h"

typedef struct
{
  FakeServer *server;
  VrfApiClient *client;
  VrfRowStore *rows;
  VrfConnection *connection;
  VrfTracker *tracker;
  guint n_online; /* how often it became online */
} Fixture;

static void
state_cb (Fixture *fixture)
{
  if (vrf_connection_get_state (fixture->connection) == VRF_CONNECTION_ONLINE)
    fixture->n_online++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VrfClock) clock = vrf_clock_new ();
  g_autoptr (GError) error = NULL;

  fixture->server = fake_server_new ();
  fixture->client =
      vrf_api_client_new (fake_server_get_url (fixture->server), "vk_sandbox_test", &error);
  g_assert_no_error (error);
  vrf_api_client_set_clock (fixture->client, clock);
  vrf_api_client_set_max_attempts (fixture->client, 1);
  fixture->rows = vrf_row_store_new (clock);
  fixture->connection = vrf_connection_new ();
  fixture->tracker = vrf_tracker_new (fixture->client, fixture->rows, fixture->connection);
  g_signal_connect_swapped (fixture->connection, "notify::state", G_CALLBACK (state_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  vrf_tracker_stop (fixture->tracker);
  fake_server_release (fixture->server);
  core_test_await (G_OBJECT (fixture->tracker)->ref_count == 1);
  g_assert_finalize_object (fixture->tracker);
  g_assert_finalize_object (fixture->rows);
  g_assert_finalize_object (fixture->connection);
  g_assert_finalize_object (fixture->client);
  g_clear_pointer (&fixture->server, fake_server_free);
  core_test_drain ();
}

static guint
n_rows (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->rows));
}

static VrfRow *
row_of (Fixture *fixture, const char *id)
{
  return vrf_row_store_lookup (fixture->rows, id);
}

static gboolean
is_online (Fixture *fixture)
{
  return vrf_connection_get_state (fixture->connection) == VRF_CONNECTION_ONLINE;
}

/* Starts and waits for the first list. */
static void
start (Fixture *fixture)
{
  vrf_tracker_start (fixture->tracker);
  core_test_await (is_online (fixture));
}

/* Turns the loop for a while in which nothing may be asked. */
static void
assert_quiet (Fixture *fixture, int for_ms)
{
  gint64 until = g_get_monotonic_time () + for_ms * 1000;
  guint before = fake_server_count_all (fixture->server);

  while (g_get_monotonic_time () < until)
    core_test_turn ();
  g_assert_cmpuint (fake_server_count_all (fixture->server), ==, before);
}

static void
test_first_list (Fixture *fixture, gconstpointer data)
{
  guint n_items_changed = 0;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);

      fake_server_add (fixture->server, id, i == 2 ? "pending" : "completed");
    }
  core_test_count (fixture->rows, "items-changed", &n_items_changed);

  fake_server_hold (fixture->server);
  vrf_tracker_start (fixture->tracker);
  core_test_await (fake_server_count (fixture->server, FAKE_LIST) == 1);
  g_assert_cmpint (vrf_connection_get_state (fixture->connection), ==, VRF_CONNECTION_CONNECTING);
  g_assert_cmpint (vrf_tracker_get_server_total (fixture->tracker), ==, -1);
  fake_server_release (fixture->server);
  core_test_await (is_online (fixture));

  g_assert_cmpuint (n_rows (fixture), ==, 3);
  g_assert_cmpuint (n_items_changed, ==, 1);
  g_assert_true (vrf_tracker_get_complete (fixture->tracker));
  g_assert_cmpint (vrf_tracker_get_server_total (fixture->tracker), ==, 3);
  g_assert_cmpstr (vrf_row_get_result_text (row_of (fixture, "s0")), ==, "approved");
  /* The list told all there is to tell: one request, and then silence. */
  assert_quiet (fixture, 300);
  g_assert_cmpuint (fake_server_count_all (fixture->server), ==, 1);
}

static void
add_many (Fixture *fixture, guint n_sessions, guint n_pending)
{
  for (guint i = 0; i < n_sessions; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%04u", i);

      fake_server_add (fixture->server, id, i < n_pending ? "pending" : "expired");
    }
}

/* Eight active sessions lie below the first page: six a round, in turns. */
static void
test_pages_and_singles (Fixture *fixture, gconstpointer data)
{
  add_many (fixture, 250, 8);
  start (fixture);
  core_test_await (vrf_tracker_get_complete (fixture->tracker));
  g_assert_cmpuint (n_rows (fixture), ==, 250);
  g_assert_cmpuint (fake_server_count (fixture->server, FAKE_LIST), ==, 4);
  assert_quiet (fixture, 200); /* the pages of this round told them */
  fake_server_reset_log (fixture->server);

  vrf_tracker_poke (fixture->tracker);
  core_test_await (fake_server_count (fixture->server, FAKE_SESSION) == 6);
  g_assert_cmpuint (fake_server_count (fixture->server, FAKE_LIST), ==, 5);
  g_assert_cmpstr (fake_server_get_log (fixture->server),
                   ==,
                   "list 0, session s0007, session s0006, session s0005, session s0004, "
                   "session s0003, session s0002, ");
  assert_quiet (fixture, 200);
  fake_server_reset_log (fixture->server);
  vrf_tracker_poke (fixture->tracker);
  core_test_await (fake_server_count (fixture->server, FAKE_SESSION) == 12);
  g_assert_cmpstr (fake_server_get_log (fixture->server),
                   ==,
                   "list 0, session s0001, session s0000, session s0007, session s0006, "
                   "session s0005, session s0004, ");
  g_assert_cmpuint (fake_server_max_in_flight (fixture->server), ==, 1);
}

/* A hint about a row brings one request for it, however often it comes; nothing of it is believed.
 */
static void
test_hint (Fixture *fixture, gconstpointer data)
{
  add_many (fixture, 3, 3);
  start (fixture);
  assert_quiet (fixture, 100);
  fake_server_reset_log (fixture->server);

  fake_server_set_status (fixture->server, "s0001", "capturing");
  vrf_tracker_hint (fixture->tracker, "s0001");
  vrf_tracker_hint (fixture->tracker, "s0001");
  core_test_await (vrf_row_get_status (row_of (fixture, "s0001")) == VRF_SESSION_STATUS_CAPTURING);
  assert_quiet (fixture, 100);
  g_assert_cmpstr (fake_server_get_log (fixture->server), ==, "session s0001, ");

  /* One that comes while the answer to another is awaited is not lost. */
  fake_server_hold (fixture->server);
  vrf_tracker_hint (fixture->tracker, "s0002");
  core_test_await (fake_server_count (fixture->server, FAKE_SESSION) == 2);
  vrf_tracker_hint (fixture->tracker, "s0002");
  fake_server_release (fixture->server);
  core_test_await (fake_server_count (fixture->server, FAKE_SESSION) == 3);

  /* A result comes with the state. */
  fake_server_set_status (fixture->server, "s0000", "completed");
  vrf_tracker_hint (fixture->tracker, "s0000");
  core_test_await (vrf_row_get_result_text (row_of (fixture, "s0000")) != NULL);
}

/* What no row has, and what is too much, the list tells; a hint never comes to a server that asked
 * us to wait. */
static void
test_hints_of_many (Fixture *fixture, gconstpointer data)
{
  add_many (fixture, 8, 8);
  start (fixture);
  assert_quiet (fixture, 100);
  fake_server_reset_log (fixture->server);
  fake_server_add (fixture->server, "new", "pending");
  vrf_tracker_hint (fixture->tracker, "new");
  core_test_await (row_of (fixture, "new") != NULL);
  vrf_tracker_hint (fixture->tracker, NULL);
  core_test_await (fake_server_count (fixture->server, FAKE_LIST) == 3);
  g_assert_cmpstr (fake_server_get_log (fixture->server), ==, "list 0, list 0, ");

  fake_server_hold (fixture->server);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%04u", i);

      vrf_tracker_hint (fixture->tracker, id);
    }
  fake_server_release (fixture->server);
  core_test_await (fake_server_count (fixture->server, FAKE_LIST) == 4);
  g_assert_cmpuint (fake_server_count (fixture->server, FAKE_SESSION), <=, 4);

  fake_server_fail (fixture->server, 429, 60, 1);
  vrf_tracker_hint (fixture->tracker, NULL);
  core_test_await (!is_online (fixture));
  vrf_tracker_hint (fixture->tracker, "s0001");
  vrf_tracker_hint (fixture->tracker, "unknown");
  assert_quiet (fixture, 400);
}

static void
test_older_on_demand (Fixture *fixture, gconstpointer data)
{
  add_many (fixture, 2250, 0);
  start (fixture);
  core_test_await (n_rows (fixture) == 2000);
  assert_quiet (fixture, 100);
  g_assert_cmpuint (fake_server_count (fixture->server, FAKE_LIST), ==, 21);
  g_assert_false (vrf_tracker_get_complete (fixture->tracker));
  g_assert_cmpint (vrf_tracker_get_server_total (fixture->tracker), ==, 2250);

  vrf_tracker_load_older (fixture->tracker);
  g_assert_true (vrf_tracker_get_loading_older (fixture->tracker));
  vrf_tracker_load_older (fixture->tracker);
  core_test_await (!vrf_tracker_get_loading_older (fixture->tracker));
  g_assert_cmpuint (n_rows (fixture), ==, 2100);
  g_assert_cmpuint (fake_server_count (fixture->server, FAKE_LIST), ==, 22);

  while (!vrf_tracker_get_complete (fixture->tracker))
    {
      vrf_tracker_load_older (fixture->tracker);
      core_test_await (!vrf_tracker_get_loading_older (fixture->tracker));
    }
  g_assert_cmpuint (n_rows (fixture), ==, 2250);
  g_assert_cmpuint (fake_server_count (fixture->server, FAKE_LIST), ==, 24);
  vrf_tracker_load_older (fixture->tracker);
  g_assert_false (vrf_tracker_get_loading_older (fixture->tracker));
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fake_server_add (fixture->server, "needle", "expired");
  add_many (fixture, 2100, 0);
  start (fixture);
  core_test_await (n_rows (fixture) == 2000);
  g_assert_null (row_of (fixture, "needle"));

  vrf_tracker_search_async (fixture->tracker, "needle", NULL, core_test_done_cb, &result);
  core_test_await (result != NULL);
  g_assert_true (vrf_tracker_search_finish (fixture->tracker, result, &error));
  g_assert_no_error (error);
  g_assert_nonnull (row_of (fixture, "needle"));
  g_assert_cmpuint (n_rows (fixture), ==, 2001);
  g_assert_false (vrf_tracker_get_complete (fixture->tracker));
  g_clear_object (&result);

  /* Bounded. */
  vrf_tracker_search_async (fixture->tracker, "s", NULL, core_test_done_cb, &result);
  core_test_await (result != NULL);
  g_assert_true (vrf_tracker_search_finish (fixture->tracker, result, &error));
  g_assert_cmpuint (n_rows (fixture), ==, 2001);
}

/* From the status to the result on screen: at once, and then silence. */
static void
test_watch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VrfRow) row = NULL;
  gint64 done_at = 0;
  guint n_sessions = 0;

  fake_server_add (fixture->server, "s1", "pending");
  start (fixture);
  row = g_object_ref (row_of (fixture, "s1"));
  vrf_tracker_watch (fixture->tracker, row);
  vrf_tracker_watch (fixture->tracker, row);
  core_test_await (fake_server_count (fixture->server, FAKE_SESSION) >= 2);
  g_assert_true (vrf_row_can_show_qr (row));

  fake_server_set_status (fixture->server, "s1", "capturing");
  core_test_await (vrf_row_get_status (row) == VRF_SESSION_STATUS_CAPTURING);
  g_assert_false (vrf_row_can_show_qr (row));
  g_assert_cmpint (vrf_row_get_opened_at (row), >=, CORE_TEST_NOON);

  fake_server_set_words (fixture->server, FALSE);
  fake_server_set_status (fixture->server, "s1", "completed");
  done_at = g_get_monotonic_time ();
  core_test_await (vrf_row_get_result (row) != NULL && vrf_row_get_risk_score (row) == 8);
  g_assert_cmpint (g_get_monotonic_time () - done_at, <, 2 * G_USEC_PER_SEC);
  g_assert_cmpstr (vrf_row_get_result_text (row), ==, "approved");
  g_assert_cmpstr (vrf_row_get_risk_level (row), ==, "low");
  g_assert_cmpuint (fake_server_count (fixture->server, FAKE_RESULT), ==, 1);
  g_assert_cmpuint (fake_server_count (fixture->server, FAKE_RISK), ==, 1);

  /* One more look, already due; after it, it has ended. */
  n_sessions = fake_server_count (fixture->server, FAKE_SESSION);
  core_test_await (fake_server_count (fixture->server, FAKE_SESSION) == n_sessions + 1);
  assert_quiet (fixture, 1300);

  vrf_tracker_unwatch (fixture->tracker, row);
  vrf_tracker_unwatch (fixture->tracker, row);
}

/* What others finished is in the list: a word is enough, and only asked for where it is missing. */
static void
test_list_results (Fixture *fixture, gconstpointer data)
{
  fake_server_set_words (fixture->server, FALSE);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);

      fake_server_add (fixture->server, id, "completed");
    }
  start (fixture);
  core_test_await (vrf_row_get_result_text (row_of (fixture, "s4")) != NULL);
  core_test_await (vrf_row_get_risk_level (row_of (fixture, "s4")) != NULL);
  assert_quiet (fixture, 200);
  g_assert_cmpuint (fake_server_count (fixture->server, FAKE_RESULT), ==, 6);

  vrf_tracker_poke (fixture->tracker);
  core_test_await (vrf_row_get_result_text (row_of (fixture, "s0")) != NULL);
  core_test_await (vrf_row_get_risk_level (row_of (fixture, "s0")) != NULL);
  assert_quiet (fixture, 200);
  g_assert_cmpuint (fake_server_count (fixture->server, FAKE_RESULT), ==, 10);
  g_assert_cmpuint (fake_server_count (fixture->server, FAKE_RISK), ==, 10);
}

static void
test_single_flight (Fixture *fixture, gconstpointer data)
{
  fake_server_add (fixture->server, "s1", "pending");
  start (fixture);
  vrf_tracker_watch (fixture->tracker, row_of (fixture, "s1"));
  fake_server_hold (fixture->server);
  core_test_await (fake_server_count_all (fixture->server) == 2);
  for (guint i = 0; i < 50; i++)
    vrf_tracker_poke (fixture->tracker);
  assert_quiet (fixture, 200);
  fake_server_release (fixture->server);
  /* Fifty pokes, one more of each. */
  core_test_await (fake_server_count (fixture->server, FAKE_LIST) == 2);
  g_assert_cmpuint (fake_server_count (fixture->server, FAKE_SESSION), <=, 3);
  g_assert_cmpuint (fake_server_max_in_flight (fixture->server), ==, 1);
  vrf_tracker_unwatch (fixture->tracker, row_of (fixture, "s1"));
}

static void
test_retry_after (Fixture *fixture, gconstpointer data)
{
  gint64 told_at = 0;

  fake_server_add (fixture->server, "s1", "pending");
  fake_server_fail (fixture->server, 429, 2, 1);
  vrf_tracker_start (fixture->tracker);
  core_test_await (vrf_connection_get_state (fixture->connection) == VRF_CONNECTION_THROTTLED);
  told_at = fake_server_last_at (fixture->server);
  g_assert_cmpint (
      vrf_connection_get_retry_at (fixture->connection), >=, told_at + 2 * G_USEC_PER_SEC);

  /* Nobody may push in front of it. */
  vrf_tracker_poke (fixture->tracker);
  core_test_await (fake_server_count_all (fixture->server) == 2);
  g_assert_cmpint (fake_server_last_at (fixture->server) - told_at, >=, 2 * G_USEC_PER_SEC);
  core_test_await (is_online (fixture));
}

static void
test_recovery (Fixture *fixture, gconstpointer data)
{
  fake_server_add (fixture->server, "s1", "pending");
  start (fixture);
  vrf_tracker_watch (fixture->tracker, row_of (fixture, "s1"));
  fake_server_close (fixture->server);
  vrf_tracker_poke (fixture->tracker);
  core_test_await (vrf_connection_get_state (fixture->connection) == VRF_CONNECTION_OFFLINE);
  g_assert_nonnull (vrf_connection_get_message (fixture->connection));
  g_assert_cmpint (vrf_connection_get_retry_at (fixture->connection), >, g_get_monotonic_time ());
  g_assert_cmpuint (n_rows (fixture), ==, 1); /* what is known stays */

  fake_server_open (fixture->server);
  core_test_await (is_online (fixture)); /* by itself */
  g_assert_cmpuint (fixture->n_online, ==, 2);
  vrf_tracker_unwatch (fixture->tracker, row_of (fixture, "s1"));
}

static void
test_never_online_on_failure (Fixture *fixture, gconstpointer data)
{
  fake_server_fail (fixture->server, 401, -1, -1);
  vrf_tracker_start (fixture->tracker);
  core_test_await (vrf_connection_get_state (fixture->connection) == VRF_CONNECTION_REFUSED);
  assert_quiet (fixture, 1500); /* a person has to act */

  fake_server_fail (fixture->server, 503, -1, -1);
  vrf_tracker_poke (fixture->tracker);
  core_test_await (vrf_connection_get_state (fixture->connection) == VRF_CONNECTION_OFFLINE);
  g_assert_cmpuint (fixture->n_online, ==, 0);

  fake_server_fail (fixture->server, 0, -1, 0);
  vrf_tracker_poke (fixture->tracker);
  core_test_await (is_online (fixture));
  g_assert_cmpuint (fixture->n_online, ==, 1);
}

/* A session of somebody else's environment is no trouble of the connection. */
static void
test_missing_session (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VrfSession) session = core_test_listed ("ghost", "pending", 0);
  VrfRow *row = vrf_row_store_upsert (fixture->rows, session);

  start (fixture);
  vrf_tracker_watch (fixture->tracker, row);
  core_test_await (fake_server_count (fixture->server, FAKE_SESSION) == 1);
  assert_quiet (fixture, 1300);
  g_assert_true (is_online (fixture));
  vrf_tracker_unwatch (fixture->tracker, row);
}

/* The server's minute is a tenth of a second here: its clock ends the QR, then it is asked. */
static void
test_link_over (Fixture *fixture, gconstpointer data)
{
  VrfRow *row = NULL;

  fake_server_set_expiry (fixture->server, 60, 100);
  fake_server_add (fixture->server, "s1", "pending");
  start (fixture);
  row = row_of (fixture, "s1");
  g_assert_true (vrf_row_can_show_qr (row));
  fake_server_set_status (fixture->server, "s1", "expired");
  core_test_await (!vrf_row_can_show_qr (row));
  core_test_await (vrf_row_get_status (row) == VRF_SESSION_STATUS_EXPIRED);
  g_assert_cmpuint (fake_server_count (fixture->server, FAKE_LIST), ==, 2);
}

/* A one-time link was used while the status stayed as it was. */
static void
test_link_consumed (Fixture *fixture, gconstpointer data)
{
  VrfLink link = { .id = (char *) "slink_1",
                   .capture_url = (char *) "http://127.0.0.1:1/verify/tok_link",
                   .status = (char *) "active",
                   .expires_at = CORE_TEST_NOON + 1200 * CORE_TEST_S };
  VrfRow *row = NULL;

  fake_server_add (fixture->server, "s1", "capturing");
  start (fixture);
  row = row_of (fixture, "s1");
  vrf_row_set_link (row, &link);
  g_assert_true (vrf_row_can_show_qr (row));
  vrf_tracker_watch (fixture->tracker, row);
  core_test_await (!vrf_row_can_show_qr (row));
  g_assert_cmpuint (fake_server_count (fixture->server, FAKE_LINKS), ==, 1);
  vrf_tracker_unwatch (fixture->tracker, row);
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  fake_server_add (fixture->server, "s1", "pending");
  fake_server_hold (fixture->server);
  vrf_tracker_start (fixture->tracker);
  core_test_await (fake_server_count_all (fixture->server) == 1);
  vrf_tracker_stop (fixture->tracker);
  fake_server_release (fixture->server);
  vrf_tracker_poke (fixture->tracker);
  assert_quiet (fixture, 100);
  g_assert_cmpint (vrf_connection_get_state (fixture->connection), ==, VRF_CONNECTION_CONNECTING);

  start (fixture); /* once more */
  g_assert_cmpuint (n_rows (fixture), ==, 1);
}

#define add(name, function)                                                                        \
  g_test_add ("/tracker/" name, Fixture, NULL, set_up, function, tear_down)

/* The computer's sleep, which a test cannot wait for: the linker puts this in the place of
 * vrf_poll_slept_us(), see meson.build. */
static gint64 slept_us;

gint64
__wrap_vrf_poll_slept_us (void);

gint64
__wrap_vrf_poll_slept_us (void)
{
  return slept_us;
}

/* Hidden and idle it would ask once a minute; after a sleep everything is old: at once, and once.
 */
static void
test_sleep (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  vrf_tracker_set_hidden (fixture->tracker, TRUE);
  assert_quiet (fixture, 1500);
  g_assert_cmpuint (fake_server_count (fixture->server, FAKE_LIST), ==, 1);

  slept_us += 3600 * CORE_TEST_S;
  core_test_await (fake_server_count (fixture->server, FAKE_LIST) == 2);
  assert_quiet (fixture, 1500);

  /* A breath is no sleep. */
  slept_us += CORE_TEST_S / 2;
  assert_quiet (fixture, 1500);
}

static void
remember (Fixture *fixture, const char *id, int created_s)
{
  g_autoptr (VrfSession) session = core_test_listed (id, "completed", created_s);
  g_autoptr (VrfRow) row = vrf_row_new_remembered (session, -1, VRF_TIME_NONE, FALSE);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  g_ptr_array_add (rows, row);
  vrf_row_store_add (fixture->rows, rows);
}

/* What is remembered of the time that a page covers, and is not on it, is gone from the server. */
static void
test_vanished (Fixture *fixture, gconstpointer data)
{
  VrfRow *older = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);

      fake_server_add (fixture->server, id, "completed");
    }
  /* The first page has 30: of what is older than its last one it says nothing. */
  fake_server_hold (fixture->server);
  vrf_tracker_start (fixture->tracker);
  core_test_await (fake_server_count (fixture->server, FAKE_LIST) == 1);
  remember (fixture, "between", 35);
  remember (fixture, "newest", 9000);
  remember (fixture, "oldest", -9000);
  older = row_of (fixture, "oldest");
  g_assert_nonnull (older);
  fake_server_release (fixture->server);
  core_test_await (is_online (fixture));
  g_assert_null (row_of (fixture, "between"));
  g_assert_null (row_of (fixture, "newest"));
  core_test_await (n_rows (fixture) == 40); /* the page after it is the last one */
  g_assert_null (row_of (fixture, "oldest"));
}

/* Rows out of the memory are no sessions that came since: the round reads on to the last new one.
 */
static void
test_remembered_explain_nothing (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);

      fake_server_add (fixture->server, id, "completed");
    }
  start (fixture);
  core_test_await (vrf_tracker_get_complete (fixture->tracker));
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("old%u", i);

      remember (fixture, id, -9000 - (int) i);
    }
  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *id = g_strdup_printf ("new%u", i);

      fake_server_add (fixture->server, id, "completed");
    }
  vrf_tracker_poke (fixture->tracker);
  core_test_await (row_of (fixture, "new149") != NULL);
  core_test_await (row_of (fixture, "new0") != NULL);
}

/* 404 to the session itself: it was deleted. */
static void
test_deleted (Fixture *fixture, gconstpointer data)
{
  guint n_removed = 0;
  VrfRow *row = NULL;

  fake_server_add (fixture->server, "s1", "pending");
  start (fixture);
  core_test_count (fixture->rows, "row-removed", &n_removed);
  row = row_of (fixture, "s1");
  fake_server_fail (fixture->server, 404, -1, 1);
  vrf_tracker_watch (fixture->tracker, row);
  core_test_await (n_removed == 1);
  g_assert_null (row_of (fixture, "s1"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("first-list", test_first_list);
  add ("pages-and-singles", test_pages_and_singles);
  add ("hint", test_hint);
  add ("hints-of-many", test_hints_of_many);
  add ("older-on-demand", test_older_on_demand);
  add ("search", test_search);
  add ("watch", test_watch);
  add ("list-results", test_list_results);
  add ("single-flight", test_single_flight);
  add ("retry-after", test_retry_after);
  add ("recovery", test_recovery);
  add ("never-online-on-failure", test_never_online_on_failure);
  add ("missing-session", test_missing_session);
  add ("link-over", test_link_over);
  add ("link-consumed", test_link_consumed);
  add ("vanished", test_vanished);
  add ("remembered-explain-nothing", test_remembered_explain_nothing);
  add ("deleted", test_deleted);
  add ("stop", test_stop);
  add ("sleep", test_sleep);

  return g_test_run ();
}
