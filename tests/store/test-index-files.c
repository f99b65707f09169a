/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "store-test.h"

#include "base/vrf-error.h"
#include "base/vrf-sqlite.h"
#include "base/vrf-time.h"

/* Files that are not what they should be: a clear error, or an empty index; never a crash. */

typedef struct
{
  char *directory;
  char *path;
  char *aside;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = store_test_make_directory ();
  fixture->path = g_build_filename (fixture->directory, "index.db", NULL);
  fixture->aside = g_build_filename (fixture->directory, "index.db.unusable", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  store_test_remove_directory (fixture->directory);
  g_free (fixture->path);
  g_free (fixture->aside);
}

static void
write_file (Fixture *fixture, const char *text, gssize length)
{
  g_assert_true (g_file_set_contents (fixture->path, text, length, NULL));
}

/* It is refused, and then makes place for one that works. */
static void
assert_set_aside (Fixture *fixture, VrfError code)
{
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) why = NULL;
  g_autoptr (GError) error = NULL;
  VrfIndex *index = vrf_index_open (fixture->directory, &refused);
  VrfIndexCounts counts;

  g_assert_null (index);
  g_assert_error (refused, VRF_ERROR, (int) code);
  index = vrf_index_open_anew (fixture->directory, &why, &error);
  g_assert_no_error (error);
  g_assert_error (why, VRF_ERROR, (int) code);
  g_assert_true (g_file_test (fixture->aside, G_FILE_TEST_EXISTS));
  g_assert_true (vrf_index_count_views (index, 0, &counts, &error));
  g_assert_cmpint (counts.views[VRF_INDEX_ALL], ==, 0);

  /* What is personal to somebody may be in it: redaction takes it along. */
  g_assert_true (vrf_index_scrub (index, &error));
  g_assert_false (g_file_test (fixture->aside, G_FILE_TEST_EXISTS));
  g_assert_finalize_object (index);
}

static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (5000, 'x');

  write_file (fixture, text, -1);
  assert_set_aside (fixture, VRF_ERROR_STORE);
}

static void
run_sql (Fixture *fixture, const char *sql)
{
  static const char *const none[] = { NULL };
  static const VrfSqliteOptions options = { "DELETE", "NORMAL", FALSE, FALSE };
  static const char *const known[] = { "SELECT 1", NULL };
  g_autoptr (GError) error = NULL;
  VrfSqlite *db = vrf_sqlite_open (fixture->path,
                                   &options,
                                   g_file_test (fixture->path, G_FILE_TEST_EXISTS) ? known : none,
                                   &error);

  g_assert_no_error (error);
  g_assert_true (vrf_sqlite_exec (db, sql, &error));
  g_assert_no_error (error);
  g_assert_finalize_object (db);
}

static void
make_index (Fixture *fixture, guint n)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_index_entry_free);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  VrfIndex *index = vrf_index_open (fixture->directory, NULL);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (entries, store_test_make_entry (rand, i));
  g_assert_true (vrf_index_put (index, entries, NULL));
  g_assert_finalize_object (index);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  run_sql (fixture, "PRAGMA user_version = 900");
  assert_set_aside (fixture, VRF_ERROR_STORE_NEWER);
}

static void
test_other_tables (Fixture *fixture, gconstpointer data)
{
  run_sql (fixture,
           "CREATE TABLE sessions (n INTEGER PRIMARY KEY, id TEXT); PRAGMA user_version = 1");
  assert_set_aside (fixture, VRF_ERROR_STORE);
}

static void
test_missing_index (Fixture *fixture, gconstpointer data)
{
  make_index (fixture, 1);
  run_sql (fixture, "DROP INDEX sessions_order");
  assert_set_aside (fixture, VRF_ERROR_STORE);
}

static void
test_trigger (Fixture *fixture, gconstpointer data)
{
  make_index (fixture, 1);
  run_sql (fixture, "CREATE TRIGGER evil AFTER INSERT ON sessions BEGIN DELETE FROM totals; END");
  assert_set_aside (fixture, VRF_ERROR_STORE);
}

/* Damage that only shows when it is read. */
static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize length = 0;
  VrfIndex *index = NULL;
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;
  g_autoptr (GError) error = NULL;

  make_index (fixture, 100);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  write_file (fixture, contents, 4096);
  index = vrf_index_open (fixture->directory, NULL);
  if (index != NULL)
    {
      g_assert_false (vrf_index_is_damaged (index));
      g_assert_null (vrf_index_page (index, &query, 0, 100, &error));
      g_assert_error (error, VRF_ERROR, VRF_ERROR_STORE);
      g_assert_true (vrf_index_is_damaged (index));
      g_assert_finalize_object (index);
    }
}

/* A directory, or a place that cannot be written, is not set aside: somebody else has to act. */
static void
test_no_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *below = g_build_filename (fixture->path, "below", NULL);

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  g_assert_null (vrf_index_open_anew (fixture->directory, NULL, &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_STORE);
  g_assert_false (g_file_test (fixture->aside, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);

  write_file (fixture, "a file where a directory is wanted", -1);
  g_assert_null (vrf_index_open_anew (below, NULL, &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_STORE);
}

/* Uses everything there is; whatever comes of it. */
static void
use (VrfIndex *index)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_index_entry_free);
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  g_autoptr (GHashTable) workflows = NULL;
  VrfIndexCounts counts;
  VrfIndexSync sync;

  for (guint i = 0; i < 5; i++)
    g_ptr_array_add (entries, store_test_make_entry (rand, i));
  for (guint i = 0; i < 40; i++)
    {
      VrfIndexQuery query = store_test_make_query (rand, entries);
      g_autoptr (GPtrArray) page = vrf_index_page (index, &query, 0, 100, NULL);

      vrf_index_count (index, &query, G_MAXINT64, NULL);
    }
  vrf_index_count_views (index, STORE_TEST_MIDNIGHT_US, &counts, NULL);
  vrf_index_get_synced (index, &sync, NULL);
  workflows = vrf_index_dup_workflows (index, NULL);
  vrf_index_put (index, entries, NULL);
  vrf_index_keep_only (index, G_MININT64, G_MAXINT64, (const char *[]){ "x", NULL }, NULL);
  vrf_index_scrub (index, NULL);
}

/* Values of every type in every column, and texts that are no UTF-8. */
static void
test_wrong_values (Fixture *fixture, gconstpointer data)
{
  VrfIndex *index = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page = NULL;
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;

  make_index (fixture, 40);
  run_sql (fixture,
           "UPDATE sessions SET external_ref = x'ff80fe', folded = x'c3', tags = x'0a0aff',"
           " workflow_id = 7.5, created_at = 'soon', result = 'x', risk = -9223372036854775808"
           " WHERE n % 2 = 0;"
           "UPDATE sessions SET status = 1e300, status_text = NULL, seen = 'maybe',"
           " risk = 9223372036854775807, expires_at = x'00' WHERE n % 3 = 0;"
           "UPDATE totals SET total = -5, value = 'odd' || value;"
           "INSERT INTO facts VALUES ('synced_at', 'yesterday'), ('complete', x'01')");
  index = vrf_index_open (fixture->directory, &error);
  g_assert_no_error (error);
  page = vrf_index_page (index, &query, 0, 100, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->len, ==, 40);
  for (guint i = 0; i < page->len; i++)
    {
      const VrfIndexEntry *entry = g_ptr_array_index (page, i);

      g_assert_true (g_utf8_validate (entry->id, -1, NULL));
      g_assert_true (entry->external_ref == NULL
                     || g_utf8_validate (entry->external_ref, -1, NULL));
    }
  use (index);
  g_assert_finalize_object (index);
}

static void
test_flipped_bytes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  g_autofree char *contents = NULL;
  gsize length = 0;
  guint n_refused = 0;

  make_index (fixture, 200);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  for (guint round = 0; round < 60; round++)
    {
      g_autofree char *copy = g_memdup2 (contents, length);
      g_autoptr (GError) why = NULL;
      g_autoptr (GError) error = NULL;
      VrfIndex *index = NULL;

      for (guint i = 0; i < 1 + round; i++)
        copy[g_rand_int_range (rand, round % 2 ? 0 : 100, (int) length)] =
            (char) g_rand_int_range (rand, 0, 256);
      write_file (fixture, copy, (gssize) length);
      index = vrf_index_open_anew (fixture->directory, &why, &error);
      g_assert_no_error (error);
      n_refused += why != NULL ? 1 : 0;
      use (index);
      g_assert_finalize_object (index);
      g_assert_true (vrf_index_forget (fixture->directory, &error));
      g_mkdir (fixture->directory, 0700);
    }
  g_assert_cmpuint (n_refused, >, 0);
  g_assert_cmpuint (n_refused, <, 60);
}

int
main (int argc, char **argv)
{
  const struct
  {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/index-files/garbage", test_garbage },
    { "/index-files/newer", test_newer },
    { "/index-files/other-tables", test_other_tables },
    { "/index-files/missing-index", test_missing_index },
    { "/index-files/trigger", test_trigger },
    { "/index-files/truncated", test_truncated },
    { "/index-files/no-file", test_no_file },
    { "/index-files/wrong-values", test_wrong_values },
    { "/index-files/flipped-bytes", test_flipped_bytes },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
