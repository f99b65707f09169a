/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/vrf-error.h"
#include "base/vrf-sqlite.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-fixtures.h"
#include "sandbox/vrf-sandbox-store-private.h"
#include "sandbox/vrf-sandbox-store.h"
#include "sandbox/vrf-seed.h"
#include "sandbox/vrf-store-keys.h"
#include "sandbox/vrf-store-workflows.h"

#define START ((gint64) 1769947200 * G_USEC_PER_SEC)

static VrfSandboxStore *
must_open (const char *path)
{
  g_autoptr (GError) error = NULL;
  VrfSandboxStore *store = vrf_sandbox_store_open (path, &error);

  g_assert_no_error (error);
  return store;
}

static VrfStoredSession *
insert (VrfSandboxStore *store, const char *id, const char *ref, gint64 created_at)
{
  VrfStoredSession *session = vrf_stored_session_new ();
  g_autoptr (GError) error = NULL;

  session->id = g_strdup (id);
  session->is_sandbox = TRUE;
  session->external_ref = g_strdup (ref);
  session->created_at = created_at;
  session->updated_at = created_at;
  vrf_sandbox_store_insert_session (store, session, &error);
  g_assert_no_error (error);
  return session;
}

static char *
make_directory (void)
{
  g_autoptr (GError) error = NULL;
  char *directory = g_dir_make_tmp ("verifa-store-XXXXXX", &error);

  g_assert_no_error (error);
  return directory;
}

static void
remove_directory (const char *directory)
{
  static const char *const names[] = { "a.db", "a.db-wal", "a.db-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (directory, names[i], NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

static gint64
count (VrfSandboxStore *store, const VrfSessionFilter *filter)
{
  g_autoptr (GError) error = NULL;
  gint64 total = -1;

  vrf_sandbox_store_count_sessions (store, filter, &total, &error);
  g_assert_no_error (error);
  return total;
}

static char *
dup_ids (VrfSandboxStore *store, const VrfSessionFilter *filter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sessions = vrf_sandbox_store_list_sessions (store, filter, &error);
  g_autoptr (GString) ids = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < sessions->len; i++)
    g_string_append_printf (ids, "%s ", ((VrfStoredSession *) sessions->pdata[i])->id);
  return g_strdup (ids->str);
}

static void
assert_list (VrfSandboxStore *store, const VrfSessionFilter *filter, const char *ids)
{
  g_autofree char *got = dup_ids (store, filter);

  g_assert_cmpstr (got, ==, ids);
}

static void
test_reopen (void)
{
  g_autofree char *directory = make_directory ();
  g_autofree char *path = g_build_filename (directory, "a.db", NULL);
  g_autoptr (VrfSandboxStore) store = must_open (path);
  g_autoptr (VrfStoredSession) session = insert (store, "session_a", "Zürich 7", START);
  g_autoptr (VrfStoredSession) again = NULL;
  g_autoptr (VrfStoredSession) elsewhere = NULL;
  GStatBuf info = { 0 };

  session->state = VRF_STATE_CAPTURING;
  vrf_stored_set (&session->metadata, "{\"a\":[1,2]}");
  session->consent_at = START + 5;
  g_assert_true (vrf_sandbox_store_update_session (store, session, NULL));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_clear_object (&store);

  store = must_open (path);
  again = vrf_sandbox_store_get_session (store, "session_a", TRUE, NULL);
  g_assert_nonnull (again);
  g_assert_cmpint (again->state, ==, VRF_STATE_CAPTURING);
  g_assert_cmpstr (again->external_ref, ==, "Zürich 7");
  g_assert_cmpstr (again->metadata, ==, "{\"a\":[1,2]}");
  g_assert_cmpint (again->consent_at, ==, START + 5);
  g_assert_cmpint (again->run_ends_at, ==, VRF_TIME_NONE);
  g_assert_null (again->country);
  elsewhere = vrf_sandbox_store_get_session (store, "session_a", FALSE, NULL);
  g_assert_null (elsewhere);
  g_assert_finalize_object (g_steal_pointer (&store));
  remove_directory (directory);
}

static gboolean
has_text (const char *directory, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return FALSE;
  for (gsize i = 0; i + strlen (text) <= length; i++)
    if (memcmp (bytes + i, text, strlen (text)) == 0)
      return TRUE;
  return FALSE;
}

/* What was deleted leaves the log too, at the latest when the next process comes. */
static void
test_killed_after_delete (void)
{
  g_autofree char *directory = make_directory ();
  g_autofree char *path = g_build_filename (directory, "a.db", NULL);
  g_autoptr (VrfSandboxStore) store = NULL;
  pid_t child = fork ();

  if (child == 0)
    {
      VrfSandboxStore *theirs = must_open (path);
      VrfStoredSession *session = insert (theirs, "session_a", "Heron Quill", START);

      vrf_stored_set (&session->external_ref, NULL);
      g_assert_true (vrf_sandbox_store_update_session (theirs, session, NULL));
      kill (getpid (), SIGKILL);
    }
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);

  g_assert_true (has_text (directory, "a.db-wal", "Heron Quill"));
  store = must_open (path);
  g_assert_false (has_text (directory, "a.db-wal", "Heron Quill"));
  g_assert_false (has_text (directory, "a.db", "Heron Quill"));
  g_clear_object (&store);
  remove_directory (directory);
}

static void
test_exclusive (void)
{
  g_autofree char *directory = make_directory ();
  g_autofree char *path = g_build_filename (directory, "a.db", NULL);
  g_autoptr (VrfSandboxStore) store = must_open (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSandboxStore) second = vrf_sandbox_store_open (path, &error);

  g_assert_null (second);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_STORE_BUSY);
  g_clear_object (&store);
  remove_directory (directory);
}

static void
test_newer (void)
{
  g_autofree char *directory = make_directory ();
  g_autofree char *path = g_build_filename (directory, "a.db", NULL);
  static const VrfSqliteOptions options = { .journal_mode = "WAL", .synchronous = "FULL" };
  static const char *const none[] = { NULL };
  g_autoptr (VrfSqlite) db = vrf_sqlite_open (path, &options, none, NULL);
  g_autoptr (VrfSandboxStore) store = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (vrf_sqlite_exec (db, "PRAGMA user_version = 999", NULL));
  g_clear_object (&db);
  store = vrf_sandbox_store_open (path, &error);
  g_assert_null (store);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_STORE_NEWER);
  remove_directory (directory);
}

/* Tags written before they had a table of their own are found in it. */
static void
test_older (void)
{
  g_autofree char *directory = make_directory ();
  g_autofree char *path = g_build_filename (directory, "a.db", NULL);
  static const VrfSqliteOptions options = { .journal_mode = "WAL", .synchronous = "FULL" };
  const char *const first[] = { vrf_sandbox_store_schema[0], NULL };
  g_autoptr (VrfSqlite) db = vrf_sqlite_open (path, &options, first, NULL);
  g_autoptr (VrfSandboxStore) store = NULL;
  VrfSessionFilter filter = VRF_SESSION_FILTER_INIT;

  g_assert_true (vrf_sqlite_exec (
      db,
      "INSERT INTO sessions (id, is_sandbox, status, created_at, updated_at, metadata, fields,"
      " tags, send_email, invite_count, retention, processing_attempts) VALUES ('session_a', 1,"
      " 'completed', 1, 1, '{}', '{}', '[\"vip\",\"\\u00e4 \\\"b\\\"\"]', 0, 0, 'active', 1)",
      NULL));
  g_assert_true (vrf_sqlite_exec (
      db,
      "INSERT INTO workflows (id, is_default, json) VALUES ('workflow_a', 1, "
      "'{\"id\":\"workflow_a\","
      "\"name\":\"A\",\"version\":1,\"created_at\":\"1970-01-01T00:01:00Z\",\"updated_at\":"
      "\"1970-01-01T00:01:00Z\",\"description\":null,\"steps\":[{\"policy\":\"face_match\"}],"
      "\"data_requirements\":{\"selfie\":true}}')",
      NULL));
  g_clear_object (&db);

  store = must_open (path);
  filter.is_sandbox = TRUE;
  filter.tag = "vip";
  assert_list (store, &filter, "session_a ");
  filter.tag = "ä \"b\"";
  assert_list (store, &filter, "session_a ");
  for (guint is_sandbox = 0; is_sandbox < 2; is_sandbox++)
    {
      g_autoptr (VrfStoredWorkflow) workflow =
          vrf_store_workflows_get_default (store, is_sandbox != 0, NULL);

      g_assert_cmpstr (workflow->id, ==, "workflow_a");
      g_assert_cmpstr (workflow->steps, ==, "[{\"policy\":\"face_match\"}]");
      g_assert_cmpstr (workflow->requirements, ==, "{\"selfie\":true}");
      g_assert_cmpint (workflow->created_at, ==, VRF_SECONDS (60));
    }
  g_clear_object (&store);
  remove_directory (directory);
}

/* What was written is there after the writer was killed in the middle of the next one. */
static void
test_killed (void)
{
  g_autofree char *directory = make_directory ();
  g_autofree char *path = g_build_filename (directory, "a.db", NULL);
  g_autoptr (VrfSandboxStore) store = NULL;
  VrfSessionFilter filter = VRF_SESSION_FILTER_INIT;
  pid_t child = fork ();

  if (child == 0)
    {
      VrfSandboxStore *theirs = must_open (path);

      vrf_stored_session_free (insert (theirs, "session_a", NULL, START));
      vrf_stored_session_free (insert (theirs, "session_b", NULL, START + 1));
      g_assert_true (vrf_sandbox_store_begin (theirs, NULL));
      vrf_stored_session_free (insert (theirs, "session_c", NULL, START + 2));
      kill (getpid (), SIGKILL);
    }
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);

  store = must_open (path);
  filter.is_sandbox = TRUE;
  assert_list (store, &filter, "session_b session_a ");
  g_assert_cmpint (count (store, &filter), ==, 2);
  g_clear_object (&store);
  remove_directory (directory);
}

static void
test_filters (void)
{
  g_autoptr (VrfSandboxStore) store = must_open (":memory:");
  g_autoptr (VrfStoredSession) a = insert (store, "session_aa1", "Guest-1", START);
  g_autoptr (VrfStoredSession) b = insert (store, "session_aa2", "ÄRZTIN 12", START + 10);
  g_autoptr (VrfStoredSession) c = insert (store, "session_bb3", NULL, START + 20);
  VrfSessionFilter filter = VRF_SESSION_FILTER_INIT;

  vrf_stored_set (&b->tags, "[\"vip\",\"a \\\"b\\\"\"]");
  b->state = VRF_STATE_EXPIRED;
  g_assert_true (vrf_sandbox_store_update_session (store, b, NULL));

  filter.is_sandbox = TRUE;
  assert_list (store, &filter, "session_bb3 session_aa2 session_aa1 ");
  filter.q = "guest";
  assert_list (store, &filter, "session_aa1 ");
  filter.q = "ärzt";
  assert_list (store, &filter, "session_aa2 ");
  filter.q = "session_aa";
  assert_list (store, &filter, "session_aa2 session_aa1 ");
  filter.q = "%";
  assert_list (store, &filter, "");
  g_assert_cmpint (count (store, &filter), ==, 0);
  filter.q = NULL;
  filter.tag = "vip";
  assert_list (store, &filter, "session_aa2 ");
  filter.tag = "vi";
  assert_list (store, &filter, "");
  filter.tag = "a \"b\"";
  assert_list (store, &filter, "session_aa2 ");
  g_assert_cmpint (count (store, &filter), ==, 1);
  vrf_stored_set (&b->tags, "[\"other\"]");
  g_assert_true (vrf_sandbox_store_update_session (store, b, NULL));
  assert_list (store, &filter, "");
  filter.tag = "other";
  assert_list (store, &filter, "session_aa2 ");
  filter.tag = NULL;
  filter.state = VRF_STATE_PENDING;
  assert_list (store, &filter, "session_bb3 session_aa1 ");
  filter.external_ref = "Guest-1";
  assert_list (store, &filter, "session_aa1 ");
  g_assert_cmpint (count (store, &filter), ==, 1);
  filter.external_ref = NULL;
  filter.state = VRF_STATE_UNKNOWN;
  filter.created_after = START + 10;
  filter.created_before = START + 20;
  assert_list (store, &filter, "session_aa2 ");
  filter.created_after = VRF_TIME_NONE;
  filter.created_before = VRF_TIME_NONE;
  filter.limit = 1;
  filter.offset = 1;
  assert_list (store, &filter, "session_aa2 ");
  filter.is_sandbox = FALSE;
  filter.offset = 0;
  assert_list (store, &filter, "");
}

/* The counters agree with the rows, whatever was done to them. */
static void
test_counts (void)
{
  g_autoptr (VrfSandboxStore) store = must_open (":memory:");
  VrfSessionFilter any = VRF_SESSION_FILTER_INIT;
  VrfSessionFilter slow = VRF_SESSION_FILTER_INIT;
  gint64 sum = 0;

  g_assert_true (vrf_sandbox_store_begin (store, NULL));
  g_assert_true (vrf_seed_add (store, 500, START, NULL));
  g_assert_true (vrf_sandbox_store_commit (store, NULL));

  any.is_sandbox = TRUE;
  slow.is_sandbox = TRUE;
  slow.created_after = 0; /* makes it count rows */
  g_assert_cmpint (count (store, &any), ==, 500);
  for (guint state = 1; state < VRF_N_STATES; state++)
    {
      any.state = (VrfState) state;
      slow.state = (VrfState) state;
      g_assert_cmpint (count (store, &any), ==, count (store, &slow));
      sum += count (store, &any);
    }
  g_assert_cmpint (sum, ==, 500);
}

static void
test_seed (void)
{
  g_autoptr (VrfSandboxStore) store = must_open (":memory:");
  VrfSessionFilter filter = VRF_SESSION_FILTER_INIT;
  static const VrfState needed[] = {
    VRF_STATE_PENDING,   VRF_STATE_CAPTURING, VRF_STATE_SANDBOX_PENDING, VRF_STATE_UNDER_REVIEW,
    VRF_STATE_COMPLETED, VRF_STATE_EXPIRED,   VRF_STATE_FAILED,
  };
  g_autoptr (GArray) due = NULL;

  g_assert_true (vrf_seed_add (store, 300, START, NULL));
  filter.is_sandbox = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      filter.state = needed[i];
      g_assert_cmpint (count (store, &filter), >, 0);
    }
  filter.state = VRF_STATE_UNKNOWN;
  filter.external_ref = "BK-20411";
  g_assert_cmpint (count (store, &filter), ==, 1);
  /* None that is active is over already. */
  due = vrf_sandbox_store_list_due (store, START, 100, NULL);
  g_assert_cmpuint (due->len, ==, 0);
}

static void
test_keys (void)
{
  g_autoptr (VrfSandboxStore) store = must_open (":memory:");
  g_autoptr (VrfStoredKey) first = NULL;
  g_autoptr (VrfStoredKey) gone = NULL;
  g_autoptr (VrfStoredKey) second = NULL;

  g_assert_true (vrf_sandbox_store_set_root_key (store, TRUE, "vk_sandbox_one1", START, NULL));
  first = vrf_sandbox_store_find_key (store, "vk_sandbox_one1", NULL);
  g_assert_true (first->is_sandbox);
  g_assert_cmpstr (first->prefix, ==, "vk_sandbox_one1");
  g_assert_null (first->scopes);
  g_assert_true (vrf_sandbox_store_set_root_key (store, TRUE, "vk_sandbox_two2", START, NULL));
  gone = vrf_sandbox_store_find_key (store, "vk_sandbox_one1", NULL);
  g_assert_null (gone);
  second = vrf_sandbox_store_find_key (store, "vk_sandbox_two2", NULL);
  g_assert_nonnull (second);
}

static void
test_fixtures (void)
{
  g_autoptr (VrfSandboxStore) store = must_open (":memory:");
  g_autoptr (VrfStoredWorkflow) sandbox = NULL;
  g_autoptr (VrfStoredWorkflow) live = NULL;

  for (guint i = 0; i < 2; i++)
    g_assert_true (vrf_fixtures_ensure (store, START, NULL));
  for (guint is_sandbox = 0; is_sandbox < 2; is_sandbox++)
    {
      g_autoptr (GPtrArray) workflows =
          vrf_store_workflows_list (store, is_sandbox != 0, 100, 0, NULL);

      g_assert_cmpuint (workflows->len, ==, 5);
    }
  sandbox = vrf_store_workflows_get_default (store, TRUE, NULL);
  g_assert_cmpstr (sandbox->id, ==, "workflow_default_kyc");
  live = vrf_store_workflows_get_default (store, FALSE, NULL);
  g_assert_cmpstr (live->id, ==, "workflow_default_kyc");
  g_assert_cmpint (live->n, !=, sandbox->n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/store/killed", test_killed);
  g_test_add_func ("/sandbox/store/killed-after-delete", test_killed_after_delete);
  g_test_add_func ("/sandbox/store/reopen", test_reopen);
  g_test_add_func ("/sandbox/store/exclusive", test_exclusive);
  g_test_add_func ("/sandbox/store/newer", test_newer);
  g_test_add_func ("/sandbox/store/older", test_older);
  g_test_add_func ("/sandbox/store/filters", test_filters);
  g_test_add_func ("/sandbox/store/counts", test_counts);
  g_test_add_func ("/sandbox/store/seed", test_seed);
  g_test_add_func ("/sandbox/store/keys", test_keys);
  g_test_add_func ("/sandbox/store/fixtures", test_fixtures);
  return g_test_run ();
}
