/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <glib/gstdio.h>

#include "store-test.h"

#include "base/vrf-error.h"
#include "base/vrf-time.h"
#include "store/vrf-store.h"

typedef struct
{
  char *directory;
  VrfStore *store;
  GAsyncResult *result;
  GError *failed; /* what "failed" told last */
} Fixture;

static void
failed_cb (Fixture *fixture, const GError *error)
{
  g_clear_error (&fixture->failed);
  fixture->failed = g_error_copy (error);
}

static void
make_store (Fixture *fixture)
{
  fixture->store = vrf_store_new (fixture->directory);
  g_signal_connect_swapped (fixture->store, "failed", G_CALLBACK (failed_cb), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = store_test_make_directory ();
  make_store (fixture);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static void
await_result (Fixture *fixture)
{
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
close_store (Fixture *fixture)
{
  vrf_store_close_async (fixture->store, result_cb, &fixture->result);
  await_result (fixture);
  vrf_store_close_finish (fixture->store, fixture->result);
  g_clear_object (&fixture->result);
  while (G_OBJECT (fixture->store)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (fixture->store);
  fixture->store = NULL;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->store != NULL)
    close_store (fixture);
  g_clear_error (&fixture->failed);
  store_test_remove_directory (fixture->directory);
}

static void
put (Fixture *fixture, guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_index_entry_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (entries, store_test_make_entry (rand, i));
  vrf_store_put (fixture->store, entries);
}

static guint
read_page (Fixture *fixture, GError **error)
{
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;
  g_autoptr (GPtrArray) page = NULL;

  vrf_store_page_async (fixture->store, &query, 0, 1000, NULL, result_cb, &fixture->result);
  await_result (fixture);
  page = vrf_store_page_finish (fixture->store, fixture->result, error);
  g_clear_object (&fixture->result);
  return page != NULL ? page->len : 0;
}

static gint64
count (Fixture *fixture)
{
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  query.search = "guest";
  vrf_store_count_async (fixture->store, &query, G_MAXINT64, NULL, result_cb, &fixture->result);
  await_result (fixture);
  n = vrf_store_count_finish (fixture->store, fixture->result, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->result);
  return n;
}

static void
test_asked_in_order (Fixture *fixture, gconstpointer data)
{
  const char *nothing[] = { NULL };
  g_autoptr (GError) error = NULL;
  VrfIndexCounts counts;

  put (fixture, 100);
  g_assert_cmpuint (read_page (fixture, &error), ==, 100);
  g_assert_cmpint (count (fixture), >, 0);
  vrf_store_keep_only (fixture->store, G_MININT64, G_MAXINT64, nothing);
  g_assert_cmpuint (read_page (fixture, &error), ==, 0);
  g_assert_no_error (error);
  vrf_store_count_views_async (fixture->store, 0, NULL, result_cb, &fixture->result);
  await_result (fixture);
  g_assert_true (vrf_store_count_views_finish (fixture->store, fixture->result, &counts, &error));
  g_assert_cmpint (counts.views[VRF_INDEX_ALL], ==, 0);
  g_clear_object (&fixture->result);
  g_assert_no_error (fixture->failed);
}

/* What was to be written is written though nobody waits for it. */
static void
test_start (Fixture *fixture, gconstpointer data)
{
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  VrfIndexSync sync = { .synced_at = 5, .complete = TRUE };
  g_auto (VrfStoreStart) start = { 0 };
  g_auto (VrfStoreStart) empty = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (vrf_store_open (fixture->store, &query, 30, &empty, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (empty.entries->len, ==, 0);
  g_assert_cmpint (empty.sync.synced_at, ==, VRF_TIME_NONE);
  put (fixture, 100);
  g_hash_table_insert (names, g_strdup ("workflow_a"), g_strdup ("A"));
  vrf_store_set_workflows (fixture->store, names);
  vrf_store_set_synced (fixture->store, &sync);
  close_store (fixture);

  make_store (fixture);
  g_assert_true (vrf_store_open (fixture->store, &query, 30, &start, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (start.entries->len, ==, 30);
  g_assert_cmpint (start.counts.views[VRF_INDEX_ALL], ==, 100);
  g_assert_cmpstr (g_hash_table_lookup (start.workflows, "workflow_a"), ==, "A");
  g_assert_cmpint (start.sync.synced_at, ==, 5);
  g_assert_true (start.sync.complete);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  put (fixture, 10);
  vrf_store_page_async (fixture->store, &query, 0, 10, cancellable, result_cb, &fixture->result);
  g_cancellable_cancel (cancellable);
  await_result (fixture);
  g_assert_null (vrf_store_page_finish (fixture->store, fixture->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&fixture->result);
}

/* Counting makes way, and is answered in the end. */
static void
test_counting_makes_way (Fixture *fixture, gconstpointer data)
{
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;
  GAsyncResult *counts[20] = { NULL };
  gint64 wanted = 0;
  g_autoptr (GError) error = NULL;

  put (fixture, 3000);
  wanted = count (fixture);
  query.search = "guest";
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      vrf_store_count_async (fixture->store, &query, G_MAXINT64, NULL, result_cb, &counts[i]);
      g_assert_cmpuint (read_page (fixture, &error), ==, 1000);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      while (counts[i] == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (vrf_store_count_finish (fixture->store, counts[i], &error), ==, wanted);
      g_assert_no_error (error);
      g_clear_object (&counts[i]);
    }
}

/* A redaction leaves nothing behind, without anybody asking for it. */
static void
test_scrubs (Fixture *fixture, gconstpointer data)
{
  VrfIndexEntry *entry = vrf_index_entry_new ("session_1", "completed");
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_index_entry_free);
  const char *ids[] = { "session_1", NULL };

  entry->external_ref = g_strdup ("qxwz-marker");
  g_ptr_array_add (entries, entry);
  vrf_store_put (fixture->store, entries);
  g_assert_cmpuint (read_page (fixture, NULL), ==, 1);
  g_assert_true (store_test_has_text (fixture->directory, "qxwz"));
  vrf_store_remove (fixture->store, ids);
  close_store (fixture);
  g_assert_false (store_test_has_text (fixture->directory, "qxw"));
}

static void
test_damaged_at_start (Fixture *fixture, gconstpointer data)
{
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;
  g_autofree char *path = g_build_filename (fixture->directory, "index.db", NULL);
  g_auto (VrfStoreStart) start = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (
      g_file_set_contents (path, "this is no database at all, whatever it says", -1, NULL));
  g_assert_false (vrf_store_open (fixture->store, &query, 30, &start, &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_STORE);
  g_clear_error (&error);
  put (fixture, 10);
  g_assert_cmpuint (read_page (fixture, &error), ==, 10);
  g_assert_no_error (error);
}

static void
test_damaged_later (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "index.db", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  put (fixture, 200);
  close_store (fixture);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_true (g_file_set_contents (path, contents, 4096, NULL));
  make_store (fixture);
  read_page (fixture, &error);
  g_clear_error (&error);
  while (fixture->failed == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (fixture->failed, VRF_ERROR, VRF_ERROR_STORE);
  put (fixture, 10);
  g_assert_cmpuint (read_page (fixture, &error), ==, 10);
  g_assert_no_error (error);
}

static void
test_no_place (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->directory, "file", NULL);
  g_autofree char *below = g_build_filename (file, "profile", NULL);
  VrfStore *store = NULL;
  g_autoptr (GError) error = NULL;
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;
  g_auto (VrfStoreStart) start = { 0 };

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  close_store (fixture);
  store = vrf_store_new (below);
  fixture->store = store;
  g_signal_connect_swapped (store, "failed", G_CALLBACK (failed_cb), fixture);
  /* Nothing is there to be read, and nothing is made by whoever waits: the worker finds it out. */
  g_assert_true (vrf_store_open (store, &query, 30, &start, &error));
  g_assert_cmpuint (start.entries->len, ==, 0);
  put (fixture, 10);
  read_page (fixture, &error);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_STORE);
  g_assert_error (fixture->failed, VRF_ERROR, VRF_ERROR_STORE);
}

static void
test_forgets (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "index.db", NULL);
  g_autoptr (GError) error = NULL;

  put (fixture, 10);
  vrf_store_forget_async (fixture->store, result_cb, &fixture->result);
  await_result (fixture);
  g_assert_true (vrf_store_forget_finish (fixture->store, fixture->result, &error));
  g_assert_no_error (error);
  g_clear_object (&fixture->result);
  while (G_OBJECT (fixture->store)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (fixture->store);
  fixture->store = NULL;
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_mkdir_with_parents (fixture->directory, 0700), ==, 0);
}

int
main (int argc, char **argv)
{
  const struct
  {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/store/asked-in-order", test_asked_in_order },
    { "/store/start", test_start },
    { "/store/cancelled", test_cancelled },
    { "/store/counting-makes-way", test_counting_makes_way },
    { "/store/scrubs", test_scrubs },
    { "/store/damaged-at-start", test_damaged_at_start },
    { "/store/damaged-later", test_damaged_later },
    { "/store/no-place", test_no_place },
    { "/store/forgets", test_forgets },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
