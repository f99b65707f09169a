/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/core/vrf-connection-test.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "core-test.h"
#include "fake-server.h"

/* What the test of a connection finds, and what it says of it. */

static const VrfTestLine *
line (VrfConnectionTest *test, const char *title)
{
  const GPtrArray *lines = vrf_connection_test_get_lines (test);

  for (guint i = 0; i < lines->len; i++)
    {
      const VrfTestLine *found = lines->pdata[i];

      if (g_str_equal (found->title, title))
        return found;
    }
  return NULL;
}

static void
assert_line (VrfConnectionTest *test, const char *title, VrfTestVerdict verdict, const char *text)
{
  const VrfTestLine *found = line (test, title);

  g_test_message ("%s: %s", title, found != NULL ? found->text : "not there");
  g_assert_nonnull (found);
  g_assert_cmpint (found->verdict, ==, verdict);
  if (text != NULL)
    g_assert_cmpstr (found->text, ==, text);
}

static void
run (VrfConnectionTest *test)
{
  guint n_changed = 0;

  core_test_count (test, "changed", &n_changed);
  vrf_connection_test_run (test);
  vrf_connection_test_run (test); /* harmless */
  core_test_await (!vrf_connection_test_is_running (test));
  g_assert_cmpuint (n_changed, >, 0);
  g_signal_handlers_disconnect_by_data (test, &n_changed);
}

static VrfBackend *
start (VrfProfile *profile, const char *key)
{
  VrfBackend *backend = vrf_backend_new (profile, key);

  vrf_backend_start (backend);
  core_test_await (vrf_backend_get_state (backend) != VRF_BACKEND_STARTING);
  g_assert_cmpint (vrf_backend_get_state (backend), ==, VRF_BACKEND_READY);
  return backend;
}

static void
gone_cb (gpointer user_data, GObject *where_it_was)
{
  *(gboolean *) user_data = TRUE;
}

static void
end (VrfBackend *backend, VrfConnectionTest *test)
{
  gboolean gone = FALSE;

  vrf_connection_test_stop (test);
  g_object_unref (test);
  g_object_weak_ref (G_OBJECT (backend), gone_cb, &gone);
  vrf_backend_stop (backend);
  g_object_unref (backend);
  core_test_await (gone);
  core_test_drain ();
}

static void
test_builtin (void)
{
  static const char *const rights[] = { "See verifications", "See results and documents",
                                        "See identities",    "See review cases",
                                        "See workflows",     "See webhooks" };
  g_autoptr (VrfProfile) profile = vrf_profile_new_builtin ();
  VrfBackend *backend = start (profile, NULL);
  VrfConnectionTest *test = vrf_connection_test_new (backend);

  run (test);
  assert_line (test, "Server", VRF_TEST_VERDICT_GOOD, NULL);
  assert_line (test, "Encryption", VRF_TEST_VERDICT_NOTE, NULL);
  assert_line (test, "API Key", VRF_TEST_VERDICT_GOOD, "Accepted");
  assert_line (test, "Environment", VRF_TEST_VERDICT_NOTE, "Sandbox: nobody is really verified");
  assert_line (test, "Clock", VRF_TEST_VERDICT_GOOD, "This computer’s clock is right");
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    assert_line (test, rights[i], VRF_TEST_VERDICT_GOOD, "Allowed");
  assert_line (test, "Create, change and redact", VRF_TEST_VERDICT_OPEN, NULL);
  g_assert_cmpuint (vrf_connection_test_get_n_rights (test), ==, G_N_ELEMENTS (rights) + 1);
  /* Nothing was made. */
  g_assert_cmpuint (
      g_list_model_get_n_items (G_LIST_MODEL (vrf_backend_get_rows (backend))), ==, 0);
  end (backend, test);
}

/* A backend of the fake server, after its first list. */
static VrfBackend *
start_fake (FakeServer *server)
{
  g_autoptr (VrfProfile) profile =
      vrf_profile_new ("Test", fake_server_get_url (server), VRF_ENVIRONMENT_SANDBOX);
  VrfBackend *backend = start (profile, "vk_sandbox_test");

  core_test_await (vrf_connection_get_state (vrf_backend_get_connection (backend))
                   == VRF_CONNECTION_ONLINE);
  core_test_await (g_list_model_get_n_items (vrf_backend_get_workflows (backend)) > 0);
  return backend;
}

static void
test_refusals (void)
{
  FakeServer *server = fake_server_new ();
  VrfBackend *backend = NULL;
  VrfConnectionTest *test = NULL;

  fake_server_set_workflows (server, 1);
  backend = start_fake (server);
  test = vrf_connection_test_new (backend);

  /* A key without rights is a key all the same. */
  vrf_tracker_stop (vrf_backend_get_tracker (backend));
  fake_server_fail (server, 403, -1, 7);
  run (test);
  assert_line (test, "API Key", VRF_TEST_VERDICT_GOOD, "Accepted");
  assert_line (test, "See webhooks", VRF_TEST_VERDICT_BARRED, "Not allowed for this key");

  fake_server_fail (server, 401, -1, 1);
  run (test);
  assert_line (test, "Server", VRF_TEST_VERDICT_GOOD, NULL);
  assert_line (test, "API Key", VRF_TEST_VERDICT_BAD, NULL);
  g_assert_null (line (test, "See verifications"));

  fake_server_fail (server, 503, -1, 1);
  run (test);
  assert_line (test, "Server", VRF_TEST_VERDICT_GOOD, NULL);
  assert_line (test, "Answer", VRF_TEST_VERDICT_BAD, NULL);
  g_assert_null (line (test, "API Key"));

  fake_server_close (server);
  run (test);
  assert_line (test, "Server", VRF_TEST_VERDICT_BAD, NULL);
  g_assert_null (line (test, "Encryption"));
  end (backend, test);
  fake_server_free (server);
}

static void
test_clock (void)
{
  static const struct
  {
    gint64 skew_s;
    VrfTestVerdict verdict;
    const char *text;
  } cases[] = {
    { 0, VRF_TEST_VERDICT_GOOD, "This computer’s clock is right" },
    { -4, VRF_TEST_VERDICT_GOOD, "This computer’s clock is right" },
    { 40, VRF_TEST_VERDICT_NOTE, "This computer’s clock is 40 seconds ahead." },
    { -200, VRF_TEST_VERDICT_NOTE, "This computer’s clock is 3 minutes behind." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      VrfTestVerdict verdict = VRF_TEST_VERDICT_OPEN;
      g_autofree char *text =
          vrf_connection_test_dup_clock_text (cases[i].skew_s * G_USEC_PER_SEC, &verdict);

      g_assert_cmpint (verdict, ==, cases[i].verdict);
      g_assert_true (g_str_has_prefix (text, cases[i].text));
    }
}

int
main (int argc, char *argv[])
{
  g_autofree char *data_home = g_dir_make_tmp ("test-connection-test-XXXXXX", NULL);

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_unsetenv ("VERIFA_API_KEY");
  g_unsetenv ("VERIFA_API_URL");
  g_setenv ("XDG_DATA_HOME", data_home, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connection-test/builtin", test_builtin);
  g_test_add_func ("/connection-test/refusals", test_refusals);
  g_test_add_func ("/connection-test/clock", test_clock);
  return g_test_run ();
}
