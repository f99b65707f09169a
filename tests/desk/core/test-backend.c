/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/core/vrf-backend.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "base/vrf-error.h"
#include "core-test.h"
#include "fake-server.h"
#include "sandbox/vrf-sandbox.h"

static char *
dup_profiles (void)
{
  return g_build_filename (g_get_user_data_dir (), "verifa-desk", "profiles", NULL);
}

/* Of every profile: a database that is closed has no WAL. */
static gboolean
indexes_are_closed (void)
{
  g_autofree char *profiles = dup_profiles ();
  g_autoptr (GDir) dir = g_dir_open (profiles, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *wal = g_build_filename (profiles, name, "index.db-wal", NULL);

      if (g_file_test (wal, G_FILE_TEST_EXISTS))
        return FALSE;
    }
  return TRUE;
}

static void
forget_indexes (void)
{
  g_autofree char *profiles = dup_profiles ();
  g_autoptr (GDir) dir = g_dir_open (profiles, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *directory = g_build_filename (profiles, name, NULL);

      g_assert_true (vrf_index_forget (directory, NULL));
    }
  g_rmdir (profiles);
}

/* Every test begins on an empty sandbox. */
static void
forget_database (void)
{
  static const char *const names[] = { "sandbox.db", "sandbox.db-wal", "sandbox.db-shm", "" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path =
          g_build_filename (g_get_user_data_dir (), "verifa-desk", names[i], NULL);

      if (*names[i] == '\0')
        forget_indexes ();
      g_remove (path);
    }
}

static VrfBackend *
new_builtin (void)
{
  g_autoptr (VrfProfile) profile = vrf_profile_new_builtin ();

  return vrf_backend_new (profile, NULL);
}

static void
await_started (VrfBackend *backend)
{
  core_test_await (vrf_backend_get_state (backend) != VRF_BACKEND_STARTING);
}

static void
start_ready (VrfBackend *backend)
{
  vrf_backend_start (backend);
  await_started (backend);
  g_assert_no_error (vrf_backend_get_error (backend));
  g_assert_cmpint (vrf_backend_get_state (backend), ==, VRF_BACKEND_READY);
}

static void
gone_cb (gpointer user_data, GObject *where_it_was)
{
  gboolean *gone = user_data;

  *gone = TRUE;
}

/* Takes the backend, and waits until nothing of it is left. */
static void
end (VrfBackend *backend)
{
  gboolean gone = FALSE;

  g_object_weak_ref (G_OBJECT (backend), gone_cb, &gone);
  vrf_backend_stop (backend);
  g_object_unref (backend);
  core_test_await (gone);
  core_test_drain ();
  core_test_await (indexes_are_closed ());
  forget_database ();
}

static VrfRow *
create (VrfBackend *backend, const char *ref, const char *name)
{
  g_autoptr (VrfSessionRequest) request = vrf_session_request_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  VrfRow *row = NULL;

  request->external_ref = g_strdup (ref);
  request->applicant_name = g_strdup (name);
  vrf_backend_create_async (backend, request, "key-of-the-form", NULL, core_test_done_cb, &result);
  core_test_await (result != NULL);
  row = vrf_backend_create_finish (backend, result, &error);
  g_assert_no_error (error);
  return row;
}

static GError *
try_act (VrfBackend *backend, VrfRow *row, VrfAction action)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  vrf_backend_act_async (backend, row, action, NULL, core_test_done_cb, &result);
  core_test_await (result != NULL);
  g_assert_cmpint (vrf_backend_act_finish (backend, result, &error), ==, error == NULL);
  return error;
}

static void
act (VrfBackend *backend, VrfRow *row, VrfAction action)
{
  g_autoptr (GError) error = try_act (backend, row, action);

  g_assert_no_error (error);
}

static void
test_main_job (void)
{
  VrfBackend *backend = new_builtin ();
  VrfRowStore *rows = vrf_backend_get_rows (backend);
  g_autoptr (VrfRow) row = NULL;
  g_autoptr (VrfRow) again = NULL;
  g_autoptr (VrfWorkflowItem) workflow = NULL;
  g_autofree char *database =
      g_build_filename (g_get_user_data_dir (), "verifa-desk", "sandbox.db", NULL);
  gint64 chosen_at = 0;

  g_assert_null (vrf_backend_get_client (backend));
  g_assert_cmpint (vrf_backend_get_environment (backend), ==, VRF_ENVIRONMENT_SANDBOX);
  g_assert_true (vrf_backend_is_builtin (backend));
  start_ready (backend);
  g_assert_true (g_file_test (database, G_FILE_TEST_EXISTS));

  row = create (backend, "guest-1", "Ada Example");
  g_assert_true (vrf_row_store_lookup (rows, vrf_row_get_id (row)) == row);
  g_assert_cmpint (vrf_row_get_status (row), ==, VRF_SESSION_STATUS_PENDING);
  g_assert_true (vrf_row_can_show_qr (row));
  g_assert_cmpstr (vrf_row_get_applicant (row), ==, "Ada Example");
  g_assert_cmpint (vrf_row_get_expires_at (row)
                       - vrf_clock_get_now_us (vrf_backend_get_clock (backend)),
                   >,
                   19 * 60 * G_USEC_PER_SEC);

  /* The same key once more: the same session, and no second row. */
  again = create (backend, "guest-1", "Ada Example");
  g_assert_true (again == row);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 1);

  core_test_await (g_list_model_get_n_items (vrf_backend_get_workflows (backend)) > 0);
  workflow = g_list_model_get_item (vrf_backend_get_workflows (backend), 0);
  g_assert_true (vrf_workflow_item_get_workflow (workflow)->is_default);
  vrf_tracker_watch (vrf_backend_get_tracker (backend), row);
  core_test_await (vrf_row_get_workflow_name (row) != NULL);
  g_assert_cmpstr (
      vrf_row_get_workflow_name (row), ==, vrf_workflow_item_get_workflow (workflow)->name);
  g_assert_cmpstr (vrf_row_get_applicant (row), ==, "Ada Example"); /* now from the metadata */
  core_test_await (vrf_connection_get_state (vrf_backend_get_connection (backend))
                   == VRF_CONNECTION_ONLINE);

  act (backend, row, VRF_ACTION_SIMULATE_APPROVE);
  chosen_at = g_get_monotonic_time ();
  g_assert_cmpint (vrf_row_get_status (row), ==, VRF_SESSION_STATUS_COMPLETED);
  g_assert_false (vrf_row_can_show_qr (row));
  core_test_await (vrf_row_get_result (row) != NULL && vrf_row_get_risk_score (row) >= 0);
  g_assert_cmpint (g_get_monotonic_time () - chosen_at, <, G_USEC_PER_SEC);
  g_assert_cmpstr (vrf_row_get_result_text (row), ==, "approved");
  g_assert_cmpfloat (vrf_row_get_result (row)->face_match_score, ==, 0.95);
  g_assert_cmpuint (vrf_row_get_result (row)->checks->len, >, 0);
  g_assert_cmpstr (vrf_row_get_risk_level (row), ==, "low");
  vrf_tracker_unwatch (vrf_backend_get_tracker (backend), row);
  g_clear_object (&row);
  g_clear_object (&again);
  end (backend);
}

static void
test_outcomes (void)
{
  static const struct
  {
    VrfAction action;
    VrfSessionStatus status;
    const char *result;
  } cases[] = {
    { VRF_ACTION_SIMULATE_DECLINE, VRF_SESSION_STATUS_COMPLETED, "rejected" },
    { VRF_ACTION_SIMULATE_REVIEW, VRF_SESSION_STATUS_UNDER_REVIEW, "needs_review" },
    { VRF_ACTION_SIMULATE_EXPIRE, VRF_SESSION_STATUS_EXPIRED, NULL },
  };
  VrfBackend *backend = new_builtin ();

  start_ready (backend);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *ref = g_strdup_printf ("guest-%u", i);
      g_autoptr (VrfSessionRequest) request = vrf_session_request_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (VrfRow) row = NULL;

      request->external_ref = g_strdup (ref);
      vrf_backend_create_async (backend, request, NULL, NULL, core_test_done_cb, &result);
      core_test_await (result != NULL);
      row = vrf_backend_create_finish (backend, result, NULL);
      act (backend, row, cases[i].action);
      g_assert_cmpint (vrf_row_get_status (row), ==, cases[i].status);
      /* Nobody watches this one: the list's word comes by itself. */
      core_test_await (g_strcmp0 (vrf_row_get_result_text (row), cases[i].result) == 0);
    }
  end (backend);
}

static void
test_links (void)
{
  VrfBackend *backend = new_builtin ();
  g_autoptr (VrfRow) row = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  start_ready (backend);
  row = create (backend, "guest-1", NULL);
  first = g_strdup (vrf_row_get_capture_url (row));

  act (backend, row, VRF_ACTION_NEW_LINK);
  second = g_strdup (vrf_row_get_capture_url (row));
  g_assert_cmpstr (second, !=, first);
  g_assert_nonnull (vrf_row_get_link_id (row));
  g_assert_true (vrf_row_can_show_qr (row));

  act (backend, row, VRF_ACTION_EXPIRE);
  g_assert_cmpint (vrf_row_get_status (row), ==, VRF_SESSION_STATUS_EXPIRED);
  g_assert_null (vrf_row_get_capture_url (row));

  act (backend, row, VRF_ACTION_NEW_LINK); /* of an expired one: the session comes back */
  g_assert_cmpint (vrf_row_get_status (row), ==, VRF_SESSION_STATUS_PENDING);
  g_assert_null (vrf_row_get_link_id (row));
  g_assert_cmpstr (vrf_row_get_capture_url (row), !=, first);
  g_assert_cmpstr (vrf_row_get_capture_url (row), !=, second);
  g_assert_true (vrf_row_can_show_qr (row));

  act (backend, row, VRF_ACTION_SIMULATE_APPROVE);
  error = try_act (backend, row, VRF_ACTION_EXPIRE);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_BAD_REQUEST);
  g_assert_cmpint (vrf_row_get_status (row), ==, VRF_SESSION_STATUS_COMPLETED);
  g_clear_object (&row);
  end (backend);
}

static void
test_find (void)
{
  VrfBackend *backend = new_builtin ();
  g_autoptr (VrfRow) row = NULL;
  g_autoptr (VrfRow) found = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  vrf_backend_find_async (backend, "s", NULL, core_test_done_cb, &result);
  core_test_await (result != NULL);
  g_assert_null (vrf_backend_find_finish (backend, result, &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_OFFLINE);
  g_clear_error (&error);
  g_clear_object (&result);

  start_ready (backend);
  row = create (backend, "guest-1", NULL);
  id = g_strdup (vrf_row_get_id (row));
  g_clear_object (&row);
  vrf_row_store_clear (vrf_backend_get_rows (backend));
  vrf_backend_find_async (backend, id, NULL, core_test_done_cb, &result);
  core_test_await (result != NULL);
  found = vrf_backend_find_finish (backend, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (vrf_row_get_external_ref (found), ==, "guest-1");
  g_clear_object (&result);

  vrf_backend_find_async (backend, "session_nobody", NULL, core_test_done_cb, &result);
  core_test_await (result != NULL);
  g_assert_null (vrf_backend_find_finish (backend, result, &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_NOT_FOUND);
  g_clear_object (&result);
  g_clear_object (&found);
  end (backend);
}

static void
test_locked_database (void)
{
  VrfBackend *backend = new_builtin ();
  g_autofree char *directory = g_build_filename (g_get_user_data_dir (), "verifa-desk", NULL);
  g_autofree char *path = g_build_filename (directory, "sandbox.db", NULL);
  VrfSandboxOptions options = { .database_path = path };
  VrfSandbox *other = vrf_sandbox_new (&options);
  g_autoptr (GError) error = NULL;
  GStatBuf status = { 0 };
  guint n_states = 0;

  g_mkdir_with_parents (directory, 0700);
  g_assert_true (vrf_sandbox_start (other, &error));
  g_assert_no_error (error);
  core_test_count (backend, "notify::state", &n_states);
  vrf_backend_start (backend);
  await_started (backend);
  g_assert_cmpint (vrf_backend_get_state (backend), ==, VRF_BACKEND_FAILED);
  g_assert_error (vrf_backend_get_error (backend), VRF_ERROR, VRF_ERROR_STORE_BUSY);
  g_assert_cmpuint (n_states, ==, 1);

  /* Try Again. */
  vrf_sandbox_stop (other);
  g_object_unref (other);
  start_ready (backend);
  g_assert_null (vrf_backend_get_error (backend));
  g_assert_cmpint (g_stat (directory, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  end (backend);
}

static void
test_wrong_key (void)
{
  VrfSandboxOptions options = { 0 };
  VrfSandbox *sandbox = vrf_sandbox_new (&options);
  g_autoptr (VrfProfile) profile = NULL;
  VrfBackend *backend = NULL;
  VrfConnection *connection = NULL;

  g_assert_true (vrf_sandbox_start (sandbox, NULL));
  profile = vrf_profile_new ("Test", vrf_sandbox_get_api_url (sandbox), VRF_ENVIRONMENT_SANDBOX);
  backend = vrf_backend_new (profile, "vk_sandbox_0000000000000000000000000000wrong");
  connection = vrf_backend_get_connection (backend);
  start_ready (backend);
  core_test_await (vrf_connection_get_state (connection) != VRF_CONNECTION_CONNECTING);
  g_assert_cmpint (vrf_connection_get_state (connection), ==, VRF_CONNECTION_REFUSED);
  g_assert_nonnull (strstr (vrf_connection_get_message (connection), "key"));
  g_assert_cmpint (vrf_connection_get_age_s (connection), ==, -1);
  end (backend);

  vrf_sandbox_stop (sandbox);
  g_assert_finalize_object (sandbox);
}

/* What the organization has may have changed while the server was away. */
static void
test_workflows_again (void)
{
  FakeServer *server = fake_server_new ();
  g_autoptr (VrfProfile) profile =
      vrf_profile_new (NULL, fake_server_get_url (server), VRF_ENVIRONMENT_SANDBOX);
  VrfBackend *backend = vrf_backend_new (profile, "vk_sandbox_0000000000000000000000000000abcd");
  VrfConnection *connection = vrf_backend_get_connection (backend);
  GListModel *workflows = vrf_backend_get_workflows (backend);
  g_autoptr (VrfWorkflowItem) first = NULL;
  g_autofree char *name = NULL;
  guint n_changed = 0;

  fake_server_set_workflows (server, 2);
  core_test_count (workflows, "items-changed", &n_changed);
  start_ready (backend);
  core_test_await (g_list_model_get_n_items (workflows) == 2);
  core_test_await (vrf_connection_get_state (connection) == VRF_CONNECTION_ONLINE);

  fake_server_close (server);
  vrf_tracker_poke (vrf_backend_get_tracker (backend));
  core_test_await (vrf_connection_get_state (connection) == VRF_CONNECTION_OFFLINE);
  g_assert_cmpuint (g_list_model_get_n_items (workflows), ==, 2);
  fake_server_set_workflows (server, 3);
  fake_server_open (server);
  core_test_await (g_list_model_get_n_items (workflows) == 3);
  g_assert_cmpuint (n_changed, ==, 2);
  first = g_list_model_get_item (workflows, 0);
  g_object_get (first, "name", &name, NULL);
  g_assert_cmpstr (name, ==, "Workflow 3"); /* the default comes first */
  end (backend);
  fake_server_free (server);
}

static void
test_contradicting_key (void)
{
  g_autoptr (VrfProfile) profile =
      vrf_profile_new (NULL, "http://127.0.0.1:1", VRF_ENVIRONMENT_LIVE);
  VrfBackend *backend = vrf_backend_new (profile, "vk_sandbox_0000000000000000000000000000abcd");

  vrf_backend_start (backend);
  await_started (backend);
  g_assert_cmpint (vrf_backend_get_state (backend), ==, VRF_BACKEND_FAILED);
  g_assert_error (vrf_backend_get_error (backend), VRF_ERROR, VRF_ERROR_ARGUMENT);
  g_assert_nonnull (strstr (vrf_backend_get_error (backend)->message, "vk_live_"));
  g_assert_null (vrf_backend_get_client (backend));
  end (backend);
}

static void
test_no_keyring (void)
{
  g_autoptr (VrfProfile) profile =
      vrf_profile_new (NULL, "http://127.0.0.1:1", VRF_ENVIRONMENT_LIVE);
  VrfBackend *backend = vrf_backend_new (profile, NULL);

  vrf_backend_start (backend);
  await_started (backend);
  g_assert_cmpint (vrf_backend_get_state (backend), ==, VRF_BACKEND_FAILED);
  g_assert_error (vrf_backend_get_error (backend), VRF_ERROR, VRF_ERROR_SECRET);
  g_assert_nonnull (strstr (vrf_backend_get_error (backend)->message, "Secret Service"));
  g_assert_nonnull (strstr (vrf_backend_get_error (backend)->message, "this run only"));
  end (backend);
}

/* What somebody else does in the built-in sandbox, a phone or a program, is seen at once: the next
 * poll of a session that nobody looks at would come after ten seconds. */
static void
test_hints (void)
{
  VrfBackend *backend = new_builtin ();
  g_autoptr (VrfRow) row = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gint64 done_at = 0;

  start_ready (backend);
  row = create (backend, "guest-1", NULL);
  core_test_await (vrf_connection_get_state (vrf_backend_get_connection (backend))
                   == VRF_CONNECTION_ONLINE);
  vrf_api_client_expire_session_async (vrf_backend_get_client (backend),
                                       vrf_row_get_id (row),
                                       NULL,
                                       NULL,
                                       core_test_done_cb,
                                       &result);
  core_test_await (result != NULL);
  done_at = g_get_monotonic_time ();
  core_test_await (vrf_row_get_status (row) == VRF_SESSION_STATUS_EXPIRED);
  g_test_message ("%.0f ms", (double) (g_get_monotonic_time () - done_at) / 1000.0);
  g_assert_cmpint (g_get_monotonic_time () - done_at, <, 2 * G_USEC_PER_SEC);
  g_clear_object (&row);
  end (backend);
}

/* Closed before it was open: nothing stays behind. */
static void
test_stop_at_once (void)
{
  VrfBackend *backend = new_builtin ();

  vrf_backend_start (backend);
  end (backend);
}

int
main (int argc, char *argv[])
{
  g_autofree char *data_home = g_dir_make_tmp ("test-core-backend-XXXXXX", NULL);
  int status = 0;

  /* No keyring answers here. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_unsetenv ("VERIFA_API_KEY");
  g_unsetenv ("VERIFA_API_URL");
  g_setenv ("XDG_DATA_HOME", data_home, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/backend/main-job", test_main_job);
  g_test_add_func ("/backend/outcomes", test_outcomes);
  g_test_add_func ("/backend/hints", test_hints);
  g_test_add_func ("/backend/links", test_links);
  g_test_add_func ("/backend/find", test_find);
  g_test_add_func ("/backend/locked-database", test_locked_database);
  g_test_add_func ("/backend/wrong-key", test_wrong_key);
  g_test_add_func ("/backend/workflows-again", test_workflows_again);
  g_test_add_func ("/backend/contradicting-key", test_contradicting_key);
  g_test_add_func ("/backend/no-keyring", test_no_keyring);
  g_test_add_func ("/backend/stop-at-once", test_stop_at_once);

  status = g_test_run ();
  g_assert_cmpint (g_rmdir (data_home), ==, 0); /* nothing was left there */
  return status;
}
