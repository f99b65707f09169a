/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */

#include "desk/core/vrf-memory.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core-test.h"

typedef struct
{
  VrfProfile *profile;
  char *directory;
  VrfClock *clock;
  VrfRowStore *rows;
  VrfConnection *connection;
  VrfMemory *memory;
} Fixture;

static void
begin (Fixture *fixture)
{
  fixture->clock = vrf_clock_new ();
  fixture->rows = vrf_row_store_new (fixture->clock);
  fixture->connection = vrf_connection_new ();
  fixture->memory = vrf_memory_new (fixture->profile, fixture->rows, fixture->connection);
}

/* A database that is closed has no WAL. */
static gboolean
is_closed (Fixture *fixture)
{
  g_autofree char *wal = g_build_filename (fixture->directory, "index.db-wal", NULL);

  return !g_file_test (wal, G_FILE_TEST_EXISTS);
}

static void
end (Fixture *fixture)
{
  vrf_memory_stop (fixture->memory);
  core_test_await (G_OBJECT (fixture->memory)->ref_count == 1);
  g_assert_finalize_object (fixture->memory);
  core_test_drain ();
  core_test_await (is_closed (fixture));
  g_assert_finalize_object (fixture->rows);
  g_assert_finalize_object (fixture->connection);
  g_assert_finalize_object (fixture->clock);
}

/* The program ends and is started again. */
static void
restart (Fixture *fixture)
{
  end (fixture);
  begin (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->profile = vrf_profile_new (NULL, "https://verifa.test", VRF_ENVIRONMENT_SANDBOX);
  fixture->directory = vrf_store_dup_directory (fixture->profile->id);
  begin (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  end (fixture);
  g_assert_true (vrf_index_forget (fixture->directory, NULL));
  g_free (fixture->directory);
  vrf_profile_unref (fixture->profile);
}

static VrfSession *
make_session (const char *id, const char *more)
{
  g_autofree char *json = g_strdup_printf (
      "{'id': '%s', 'created_at': '2026-02-01T12:00:00Z', 'updated_at': '2026-02-01T12:04:11Z',"
      " %s}",
      id,
      more);

  return core_test_session (json);
}

static VrfRow *
tell (Fixture *fixture, const char *id, const char *more)
{
  g_autoptr (VrfSession) session = make_session (id, more);

  return vrf_row_store_upsert (fixture->rows, session);
}

static guint
n_rows (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->rows));
}

static void
recall (Fixture *fixture, guint n)
{
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;

  vrf_memory_recall (fixture->memory, &query, n);
}

static gboolean
has_text (Fixture *fixture, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);
      g_autofree char *contents = NULL;
      gsize length = 0;

      if (g_file_get_contents (path, &contents, &length, NULL)
          && memmem (contents, length, text, strlen (text)) != NULL)
        return TRUE;
    }
  return FALSE;
}

#define FULL                                                                                       \
  "'status': 'completed', 'external_ref': 'guest-1042', 'workflow_id': 'workflow_a',"              \
  " 'result_status': 'approved', 'risk_level': 'low', 'tags': ['vip'], 'consent_ip': '192.0.2.7'," \
  " 'country': 'SE', 'metadata': {'applicant_name': 'Nora Marker', 'room': 'metamark'}"

static void
test_remembers (Fixture *fixture, gconstpointer data)
{
  VrfRow *row = tell (fixture, "session_1", FULL);

  vrf_row_set_seen (row, TRUE);
  g_assert_cmpint (vrf_row_get_told_at (row), !=, 0);
  vrf_memory_set_synced (fixture->memory, TRUE);
  restart (fixture);

  g_assert_cmpint (vrf_connection_get_age_s (fixture->connection), ==, -1);
  recall (fixture, 30);
  g_assert_cmpuint (n_rows (fixture), ==, 1);
  row = vrf_row_store_lookup (fixture->rows, "session_1");
  g_assert_cmpint (vrf_row_get_told_at (row), ==, 0);
  g_assert_cmpint (vrf_row_get_status (row), ==, VRF_SESSION_STATUS_COMPLETED);
  g_assert_cmpstr (vrf_row_get_external_ref (row), ==, "guest-1042");
  g_assert_cmpstr (vrf_row_get_result_text (row), ==, "approved");
  g_assert_cmpstr (vrf_row_get_risk_level (row), ==, "low");
  g_assert_cmpstr (vrf_row_get_workflow_id (row), ==, "workflow_a");
  g_assert_cmpstr (vrf_row_get_session (row)->tags[0], ==, "vip");
  g_assert_cmpint (vrf_row_get_created_at (row), ==, CORE_TEST_NOON);
  g_assert_true (vrf_row_get_seen (row));
  g_assert_true (vrf_row_get_is_sandbox (row));
  g_assert_null (vrf_row_get_applicant (row));

  /* How old it is, and what time it is, as far as anybody knows; nothing is online. */
  g_assert_cmpint (vrf_connection_get_age_s (fixture->connection), >=, 0);
  g_assert_cmpint (vrf_connection_get_state (fixture->connection), ==, VRF_CONNECTION_CONNECTING);
  g_assert_cmpint (vrf_clock_get_now_us (fixture->clock), !=, VRF_TIME_NONE);
  g_assert_true (vrf_memory_get_complete (fixture->memory));
}

static void
test_nothing_personal (Fixture *fixture, gconstpointer data)
{
  tell (fixture, "session_1", FULL);
  tell (fixture,
        "session_2",
        "'status': 'pending', 'capture_url': 'https://verifa.test/verify/tok_marker'");
  restart (fixture);
  g_assert_true (has_text (fixture, "guest-1042"));
  g_assert_false (has_text (fixture, "Nora"));
  g_assert_false (has_text (fixture, "metamark"));
  g_assert_false (has_text (fixture, "192.0.2.7"));
  g_assert_false (has_text (fixture, "tok_marker"));
}

/* What a server tells takes the place of what is remembered, never the other way round. */
static void
test_told_counts (Fixture *fixture, gconstpointer data)
{
  VrfRow *row = NULL;
  VrfRow *told = NULL;

  tell (fixture, "session_1", "'status': 'pending', 'external_ref': 'old'");
  tell (fixture, "session_2", "'status': 'pending', 'external_ref': 'old'");
  restart (fixture);
  told = tell (fixture, "session_2", "'status': 'capturing', 'external_ref': 'new'");
  recall (fixture, 30);
  g_assert_true (vrf_row_store_lookup (fixture->rows, "session_2") == told);
  g_assert_cmpstr (vrf_row_get_external_ref (told), ==, "new");

  row = vrf_row_store_lookup (fixture->rows, "session_1");
  g_assert_true (tell (fixture, "session_1", "'status': 'completed', 'external_ref': 'new'")
                 == row);
  g_assert_cmpstr (vrf_row_get_external_ref (row), ==, "new");
  g_assert_cmpint (vrf_row_get_told_at (row), !=, 0);
  /* It ended while nobody looked: nobody knows when. */
  g_assert_cmpint (vrf_row_get_finished_at (row), ==, VRF_TIME_NONE);
}

static void
test_wanted (Fixture *fixture, gconstpointer data)
{
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *id = g_strdup_printf ("session_%03u", i);
      g_autofree char *more =
          g_strdup_printf ("'status': 'completed', 'external_ref': 'guest-%u'", i);

      tell (fixture, id, more);
    }
  restart (fixture);
  recall (fixture, 30);
  g_assert_cmpuint (n_rows (fixture), ==, 30);
  vrf_memory_want (fixture->memory, &query, 0, 50);
  vrf_memory_want (fixture->memory, &query, 0, 205); /* takes its place */
  core_test_await (n_rows (fixture) == 205);
  core_test_await (vrf_memory_get_n_found (fixture->memory) == 300);
  query.search = "guest-7";
  vrf_memory_want (fixture->memory, &query, 0, 205);
  core_test_await (vrf_row_store_lookup (fixture->rows, "session_007") != NULL
                   && vrf_row_store_lookup (fixture->rows, "session_079") != NULL);
  core_test_await (vrf_memory_get_n_found (fixture->memory) == 11);
  g_assert_cmpuint (vrf_memory_get_n_sessions (fixture->memory), ==, 300);
}

static void
test_active (Fixture *fixture, gconstpointer data)
{
  tell (fixture, "session_1", "'status': 'processing'");
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("session_later_%u", i);
      g_autoptr (VrfSession) session = core_test_listed (id, "completed", 100 + (int) i);

      vrf_row_store_upsert (fixture->rows, session);
    }
  restart (fixture);
  recall (fixture, 2);
  core_test_await (vrf_row_store_lookup (fixture->rows, "session_1") != NULL);
}

static void
test_counts (Fixture *fixture, gconstpointer data)
{
  const VrfIndexCounts *counts = NULL;
  guint n_counted = 0;

  core_test_count (fixture->memory, "counted", &n_counted);
  g_assert_null (vrf_memory_get_counts (fixture->memory, CORE_TEST_NOON - 1));
  tell (fixture, "session_1", "'status': 'pending'");
  tell (fixture, "session_2", FULL);
  core_test_await ((counts = vrf_memory_get_counts (fixture->memory, CORE_TEST_NOON - 1)) != NULL
                   && counts->views[VRF_INDEX_ALL] == 2);
  g_assert_cmpint (counts->views[VRF_INDEX_NOW], ==, 1);
  g_assert_cmpint (counts->views[VRF_INDEX_APPROVED], ==, 1);
  g_assert_cmpint (counts->views[VRF_INDEX_TODAY], ==, 2);
  g_assert_cmpuint (n_counted, >, 0);
  vrf_memory_get_counts (fixture->memory, CORE_TEST_NOON + CORE_TEST_S); /* the next day */
  core_test_await (
      vrf_memory_get_counts (fixture->memory, CORE_TEST_NOON + CORE_TEST_S)->views[VRF_INDEX_TODAY]
      == 0);
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  tell (fixture, "session_1", FULL);
  tell (fixture, "session_2", "'status': 'pending', 'external_ref': 'stays'");
  restart (fixture);
  recall (fixture, 30);
  vrf_row_store_remove (fixture->rows, "session_1");
  g_assert_cmpuint (n_rows (fixture), ==, 1);
  restart (fixture);
  recall (fixture, 30);
  g_assert_cmpuint (n_rows (fixture), ==, 1);
  g_assert_true (has_text (fixture, "stays"));
  g_assert_false (has_text (fixture, "guest-1042"));
}

/* The server does not have it any more: neither here nor in the index. */
static void
test_kept_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VrfSession) kept = make_session ("session_2", "'status': 'pending'");
  g_autoptr (GPtrArray) sessions = g_ptr_array_new ();

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("session_%u", i);

      tell (fixture, id, FULL);
    }
  restart (fixture);
  recall (fixture, 30);
  g_ptr_array_add (sessions, kept);
  vrf_row_store_upsert (fixture->rows, kept);
  vrf_row_store_keep_only (
      fixture->rows, G_MININT64, G_MAXINT64, sessions, g_get_monotonic_time ());
  g_assert_cmpuint (n_rows (fixture), ==, 1);
  restart (fixture);
  recall (fixture, 30);
  g_assert_cmpuint (n_rows (fixture), ==, 1);
}

static void
test_redacted (Fixture *fixture, gconstpointer data)
{
  VrfRow *row = tell (fixture, "session_1", FULL);

  restart (fixture);
  g_assert_true (has_text (fixture, "guest-1042"));
  recall (fixture, 30);
  row = vrf_row_store_lookup (fixture->rows, "session_1");
  vrf_memory_redact (fixture->memory, "session_1");
  vrf_row_set_seen (row, TRUE); /* before the server has told that it is redacted */
  restart (fixture);
  g_assert_false (has_text (fixture, "guest-1042"));
  g_assert_false (has_text (fixture, "gue"));
  recall (fixture, 30);
  row = vrf_row_store_lookup (fixture->rows, "session_1");
  g_assert_null (vrf_row_get_external_ref (row));
  g_assert_cmpint (vrf_row_get_status (row), ==, VRF_SESSION_STATUS_COMPLETED);
}

/* The profile is removed. */
static void
test_forgets (Fixture *fixture, gconstpointer data)
{
  tell (fixture, "session_1", FULL);
  restart (fixture);
  g_assert_true (g_file_test (fixture->directory, G_FILE_TEST_EXISTS));
  recall (fixture, 30);
  vrf_row_set_seen (vrf_row_store_lookup (fixture->rows, "session_1"), TRUE);
  vrf_memory_forget (fixture->memory);
  core_test_await (!g_file_test (fixture->directory, G_FILE_TEST_EXISTS));
  tell (fixture, "session_2", FULL);
  restart (fixture);
  g_assert_false (g_file_test (fixture->directory, G_FILE_TEST_EXISTS));
}

static void
test_problem (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "index.db", NULL);
  g_autofree char *contents = g_strnfill (5000, '!');
  guint n_problems = 0;

  tell (fixture, "session_1", FULL);
  restart (fixture);
  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
  core_test_count (fixture->memory, "notify::problem", &n_problems);
  recall (fixture, 30);
  g_assert_cmpuint (n_problems, ==, 1);
  g_assert_nonnull (vrf_memory_get_problem (fixture->memory));
  /* It remembers again. */
  tell (fixture, "session_2", FULL);
  restart (fixture);
  recall (fixture, 30);
  g_assert_null (vrf_memory_get_problem (fixture->memory));
  g_assert_cmpuint (n_rows (fixture), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_autofree char *data_home = g_dir_make_tmp ("test-core-memory-XXXXXX", NULL);
  g_autofree char *desk = g_build_filename (data_home, "verifa-desk", NULL);
  g_autofree char *profiles = g_build_filename (desk, "profiles", NULL);
  const struct
  {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/memory/remembers", test_remembers },
    { "/memory/nothing-personal", test_nothing_personal },
    { "/memory/told-counts", test_told_counts },
    { "/memory/wanted", test_wanted },
    { "/memory/active", test_active },
    { "/memory/counts", test_counts },
    { "/memory/removed", test_removed },
    { "/memory/kept-only", test_kept_only },
    { "/memory/redacted", test_redacted },
    { "/memory/forgets", test_forgets },
    { "/memory/problem", test_problem },
  };
  int status = 0;

  g_setenv ("XDG_DATA_HOME", data_home, TRUE);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();
  g_rmdir (profiles);
  g_rmdir (desk);
  g_assert_cmpint (g_rmdir (data_home), ==, 0); /* nothing was left there */
  return status;
}
