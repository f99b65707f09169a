/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/core/vrf-connection.h"

#include <gio/gio.h>

#include "base/vrf-error.h"
#include "core-test.h"

typedef struct
{
  VrfError code;
  VrfConnectionState state;
  const char *word; /* of the message */
} FailureCase;

static const FailureCase failures[] = {
  { VRF_ERROR_OFFLINE, VRF_CONNECTION_OFFLINE, "network" },
  { VRF_ERROR_TIMEOUT, VRF_CONNECTION_OFFLINE, "in time" },
  { VRF_ERROR_TLS, VRF_CONNECTION_OFFLINE, "own words" },
  { VRF_ERROR_REDIRECT, VRF_CONNECTION_OFFLINE, "sign-in page" },
  { VRF_ERROR_REPLY, VRF_CONNECTION_OFFLINE, "not the answer of a Verifa server" },
  { VRF_ERROR_TOO_LARGE, VRF_CONNECTION_OFFLINE, "not the answer of a Verifa server" },
  { VRF_ERROR_NOT_FOUND, VRF_CONNECTION_OFFLINE, "address" },
  { VRF_ERROR_SERVER, VRF_CONNECTION_OFFLINE, "problem of its own" },
  { VRF_ERROR_UNAUTHORIZED, VRF_CONNECTION_REFUSED, "key" },
  { VRF_ERROR_FORBIDDEN, VRF_CONNECTION_REFUSED, "sessions:read" },
  { VRF_ERROR_RATE_LIMITED, VRF_CONNECTION_THROTTLED, "wait" },
};

static void
test_failures (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (GError) error = g_error_new (VRF_ERROR, (int) failures[i].code, "own words");
      VrfConnection *connection = vrf_connection_new ();

      vrf_connection_report_failure (connection, error, 42);
      g_assert_cmpint (vrf_connection_get_state (connection), ==, failures[i].state);
      g_assert_nonnull (strstr (vrf_connection_get_message (connection), failures[i].word));
      g_assert_cmpint (vrf_connection_get_retry_at (connection), ==, 42);
      g_assert_cmpint (vrf_connection_get_age_s (connection), ==, -1);
      g_assert_finalize_object (connection);
    }
}

static void
test_states (void)
{
  g_autoptr (GError) offline = g_error_new (VRF_ERROR, VRF_ERROR_OFFLINE, "no");
  g_autoptr (GError) cancelled = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "no");
  VrfConnection *connection = vrf_connection_new ();
  guint n_state = 0;
  guint n_message = 0;
  guint n_retry = 0;

  core_test_count (connection, "notify::state", &n_state);
  core_test_count (connection, "notify::message", &n_message);
  core_test_count (connection, "notify::retry-at", &n_retry);
  g_assert_cmpint (vrf_connection_get_state (connection), ==, VRF_CONNECTION_CONNECTING);

  vrf_connection_report_failure (connection, cancelled, 1);
  g_assert_cmpint (vrf_connection_get_state (connection), ==, VRF_CONNECTION_CONNECTING);

  vrf_connection_report_success (connection);
  vrf_connection_report_success (connection);
  g_assert_cmpint (vrf_connection_get_state (connection), ==, VRF_CONNECTION_ONLINE);
  g_assert_cmpuint (n_state, ==, 1);
  g_assert_cmpuint (n_message, ==, 0);
  g_assert_cmpint (vrf_connection_get_age_s (connection), >=, 0);

  vrf_connection_report_failure (connection, offline, 5);
  vrf_connection_report_failure (connection, offline, 6);
  g_assert_cmpuint (n_state, ==, 2);
  g_assert_cmpuint (n_message, ==, 1);
  g_assert_cmpuint (n_retry, ==, 2);
  g_assert_cmpint (vrf_connection_get_age_s (connection), >=, 0); /* the data is still there */

  vrf_connection_report_success (connection);
  g_assert_null (vrf_connection_get_message (connection));
  g_assert_cmpint (vrf_connection_get_retry_at (connection), ==, 0);
  g_assert_finalize_object (connection);
}

/* Rounded up: while there is anything left it does not say 0. */
static void
test_wait (void)
{
  g_autoptr (GError) error = g_error_new (VRF_ERROR, VRF_ERROR_RATE_LIMITED, "no");
  VrfConnection *connection = vrf_connection_new ();
  gint64 now = g_get_monotonic_time ();

  g_assert_cmpint (vrf_connection_get_wait_s (connection), ==, 0);
  vrf_connection_report_failure (connection, error, now + 3600 * (gint64) G_USEC_PER_SEC);
  g_assert_cmpint (vrf_connection_get_wait_s (connection), >, 3590);
  g_assert_cmpint (vrf_connection_get_wait_s (connection), <=, 3600);
  vrf_connection_report_failure (connection, error, now);
  g_assert_cmpint (vrf_connection_get_wait_s (connection), ==, 0);
  vrf_connection_report_failure (connection, error, 0);
  g_assert_cmpint (vrf_connection_get_wait_s (connection), ==, 0);
  g_assert_finalize_object (connection);
}

static void
test_tick (void)
{
  VrfConnection *connection = vrf_connection_new ();
  g_autofree char *before = vrf_connection_dup_age_text (connection);
  g_autofree char *after = NULL;
  guint n_ticks = 0;

  g_assert_cmpstr (before, ==, "no data yet");
  vrf_connection_report_success (connection);
  core_test_count (connection, "tick", &n_ticks);
  core_test_await (n_ticks == 2);
  after = vrf_connection_dup_age_text (connection);
  g_assert_true (g_str_has_suffix (after, " s ago"));
  g_assert_finalize_object (connection);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/connection/failures", test_failures);
  g_test_add_func ("/connection/states", test_states);
  g_test_add_func ("/connection/wait", test_wait);
  g_test_add_func ("/connection/tick", test_tick);

  return g_test_run ();
}
