/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "store-test.h"

#include "base/vrf-time.h"

typedef struct
{
  char *directory;
  VrfIndex *index;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->directory = store_test_make_directory ();
  fixture->index = vrf_index_open (fixture->directory, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->index);
  store_test_remove_directory (fixture->directory);
}

static VrfIndexEntry *
make_full (void)
{
  VrfIndexEntry *entry = vrf_index_entry_new ("session_5f0c2a9be1d74c6f8a3b9d10", "completed");

  entry->result = g_strdup ("rejected");
  entry->risk_level = g_strdup ("high");
  entry->risk_score = 64;
  entry->external_ref = g_strdup ("Guest-1042");
  entry->workflow_id = g_strdup ("workflow_default_kyc");
  entry->retention_status = g_strdup ("active");
  entry->tags = g_strsplit ("walk-in,vip", ",", -1);
  entry->created_at = STORE_TEST_MIDNIGHT_US + 1;
  entry->updated_at = STORE_TEST_MIDNIGHT_US + 2;
  entry->expires_at = STORE_TEST_MIDNIGHT_US + 3;
  entry->finished_at = STORE_TEST_MIDNIGHT_US + 4;
  entry->seen = TRUE;
  return entry;
}

static void
put (Fixture *fixture, VrfIndexEntry *entry)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (entries, entry);
  vrf_index_put (fixture->index, entries, &error);
  g_assert_no_error (error);
}

static VrfIndexEntry *
lookup (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  VrfIndexEntry *entry = vrf_index_lookup (fixture->index, id, &error);

  g_assert_no_error (error);
  return entry;
}

static gint64
count (Fixture *fixture, const char *search, const char *tag)
{
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  query.search = search;
  query.tag = tag;
  n = vrf_index_count (fixture->index, &query, G_MAXINT64, &error);
  g_assert_no_error (error);
  return n;
}

static void
reopen (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (fixture->index);
  fixture->index = vrf_index_open (fixture->directory, &error);
  g_assert_no_error (error);
}

static void
test_modes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *below = g_build_filename (fixture->directory, "a", NULL);
  g_autofree char *inner = g_build_filename (below, "b", NULL);
  g_autofree char *path = g_build_filename (inner, "index.db", NULL);
  VrfIndex *index = vrf_index_open (inner, NULL);
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_cmpint (g_stat (inner, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_finalize_object (index);

  g_assert_true (vrf_index_forget (inner, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (inner, G_FILE_TEST_EXISTS));
  g_assert_true (vrf_index_forget (inner, &error)); /* nothing is there: nothing is wrong */
  g_rmdir (below);
}

static void
test_remembers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VrfIndexEntry) full = make_full ();
  g_autoptr (VrfIndexEntry) bare = vrf_index_entry_new ("session_bare", "levitating");
  g_autoptr (VrfIndexEntry) got = NULL;
  g_autoptr (VrfIndexEntry) got_bare = NULL;

  put (fixture, full);
  put (fixture, bare);
  reopen (fixture);
  got = lookup (fixture, full->id);
  g_assert_true (vrf_index_entry_equal (got, full));
  got_bare = lookup (fixture, bare->id);
  g_assert_true (vrf_index_entry_equal (got_bare, bare));
  g_assert_null (lookup (fixture, "session_other"));
}

static void
test_unknown_words (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VrfIndexEntry) entry = make_full ();
  g_autoptr (VrfIndexEntry) got = NULL;

  g_free (entry->result);
  entry->result = g_strdup ("perhaps");
  g_free (entry->risk_level);
  entry->risk_level = g_strdup ("purple");
  put (fixture, entry);
  got = lookup (fixture, entry->id);
  g_assert_true (vrf_index_entry_equal (got, entry));
}

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VrfIndexEntry) entry = make_full ();
  g_autoptr (VrfIndexEntry) got = NULL;

  put (fixture, entry);
  g_assert_cmpint (count (fixture, "guest-10", NULL), ==, 1);
  g_free (entry->external_ref);
  entry->external_ref = g_strdup ("room 7");
  g_clear_pointer (&entry->tags, g_strfreev);
  put (fixture, entry);
  g_assert_cmpint (count (fixture, "guest-10", NULL), ==, 0);
  g_assert_cmpint (count (fixture, "room", NULL), ==, 1);
  g_assert_cmpint (count (fixture, NULL, "vip"), ==, 0);
  g_assert_cmpint (count (fixture, NULL, NULL), ==, 1);

  /* A reply may leave the time of creation out. */
  entry->created_at = VRF_TIME_NONE;
  entry->seen = FALSE;
  put (fixture, entry);
  got = lookup (fixture, entry->id);
  g_assert_cmpint (got->created_at, ==, STORE_TEST_MIDNIGHT_US + 1);
  g_assert_false (got->seen);
}

static void
test_limits (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_id = g_strnfill (257, 'x');
  g_autofree char *long_text = g_strnfill (1025, 'y');
  g_autoptr (VrfIndexEntry) no_id = vrf_index_entry_new (long_id, "pending");
  g_autoptr (VrfIndexEntry) long_ref = make_full ();
  g_autoptr (VrfIndexEntry) got = NULL;

  put (fixture, no_id);
  g_assert_cmpint (count (fixture, NULL, NULL), ==, 0);
  g_free (long_ref->external_ref);
  long_ref->external_ref = g_strdup (long_text);
  put (fixture, long_ref);
  got = lookup (fixture, long_ref->id);
  g_assert_null (got->external_ref);
  g_assert_cmpstr (got->result, ==, "rejected");
}

static void
test_odd_times (Fixture *fixture, gconstpointer data)
{
  const gint64 times[] = { G_MININT64 + 1, -1, 0, 1, G_MAXINT64, G_MAXINT64 - 1 };
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;
  g_autoptr (GPtrArray) page = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *id = g_strdup_printf ("session_%u", i);
      g_autoptr (VrfIndexEntry) entry = vrf_index_entry_new (id, "pending");
      g_autoptr (VrfIndexEntry) got = NULL;

      entry->created_at = times[i];
      put (fixture, entry);
      got = lookup (fixture, id);
      g_assert_true (vrf_index_entry_equal (got, entry));
    }
  page = vrf_index_page (fixture->index, &query, 0, 100, NULL);
  g_assert_cmpuint (page->len, ==, G_N_ELEMENTS (times));
}

/* More than a millisecond has places for, and more than a second has. */
static void
test_same_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_index_entry_free);
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *id = g_strdup_printf ("session_%04u", i);
      VrfIndexEntry *entry = vrf_index_entry_new (id, "pending");

      entry->created_at = STORE_TEST_BEGIN_US;
      g_ptr_array_add (entries, entry);
    }
  vrf_index_put (fixture->index, entries, &error);
  g_assert_no_error (error);
  page = vrf_index_page (fixture->index, &query, 0, 5000, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < page->len; i++)
    g_hash_table_add (ids, ((VrfIndexEntry *) g_ptr_array_index (page, i))->id);
  g_assert_cmpuint (g_hash_table_size (ids), ==, 2000);
}

static void
test_kept_only (Fixture *fixture, gconstpointer data)
{
  const char *kept[] = { "session_2", NULL };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("session_%u", i);
      g_autoptr (VrfIndexEntry) entry = vrf_index_entry_new (id, "pending");

      entry->created_at = STORE_TEST_BEGIN_US + i * G_TIME_SPAN_HOUR;
      put (fixture, entry);
    }
  /* Between 0 and 4 the server has 2 only; what lies at the ends itself is left alone. */
  vrf_index_keep_only (fixture->index,
                       STORE_TEST_BEGIN_US,
                       STORE_TEST_BEGIN_US + 4 * G_TIME_SPAN_HOUR,
                       kept,
                       &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("session_%u", i);
      g_autoptr (VrfIndexEntry) got = lookup (fixture, id);

      g_assert_true ((got != NULL) == (i % 2 == 0));
    }
  vrf_index_keep_only (fixture->index, G_MININT64, G_MAXINT64, kept, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (fixture, NULL, NULL), ==, 1);
}

/* Neither in the file nor beside it, parts of the reference included. */
static void
test_redacted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VrfIndexEntry) entry = make_full ();
  g_autoptr (VrfIndexEntry) got = NULL;
  g_autoptr (GError) error = NULL;

  g_free (entry->external_ref);
  entry->external_ref = g_strdup ("qxwz-marker");
  g_strfreev (entry->tags);
  entry->tags = g_strsplit ("tag-marker", ",", -1);
  put (fixture, entry);
  g_assert_true (store_test_has_text (fixture->directory, "qxwz-marker"));
  g_assert_true (store_test_has_text (fixture->directory, "qxw"));
  g_assert_true (store_test_has_text (fixture->directory, "tag-marker"));
  g_assert_false (vrf_index_needs_scrub (fixture->index));

  g_free (entry->retention_status);
  entry->retention_status = g_strdup ("redacted");
  put (fixture, entry);
  g_assert_true (vrf_index_needs_scrub (fixture->index));
  reopen (fixture);
  g_assert_true (vrf_index_needs_scrub (fixture->index)); /* a crash does not forget it */
  vrf_index_scrub (fixture->index, &error);
  g_assert_no_error (error);
  g_assert_false (vrf_index_needs_scrub (fixture->index));
  g_assert_false (store_test_has_text (fixture->directory, "marker"));
  g_assert_false (store_test_has_text (fixture->directory, "qxw"));
  got = lookup (fixture, entry->id);
  g_assert_null (got->external_ref);
  g_assert_null (got->tags);
  g_assert_cmpstr (got->status, ==, "completed");
  reopen (fixture);
  g_assert_false (vrf_index_needs_scrub (fixture->index));
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VrfIndexEntry) entry = make_full ();
  const char *ids[] = { entry->id, "session_unknown", NULL };
  g_autoptr (GError) error = NULL;

  g_free (entry->external_ref);
  entry->external_ref = g_strdup ("qxwz-marker");
  put (fixture, entry);
  vrf_index_remove (fixture->index, ids, &error);
  g_assert_no_error (error);
  g_assert_true (vrf_index_needs_scrub (fixture->index));
  vrf_index_scrub (fixture->index, &error);
  g_assert_no_error (error);
  g_assert_false (store_test_has_text (fixture->directory, "qxw"));
  g_assert_false (store_test_has_text (fixture->directory, "5f0c2a9be1d74c6f8a3b9d10"));
  g_assert_cmpint (count (fixture, NULL, NULL), ==, 0);
}

static void
test_facts (Fixture *fixture, gconstpointer data)
{
  VrfIndexSync sync = { 0 };
  g_autoptr (GHashTable) names = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (vrf_index_get_synced (fixture->index, &sync, &error));
  g_assert_cmpint (sync.synced_at, ==, VRF_TIME_NONE);
  g_assert_false (sync.complete);
  sync = (VrfIndexSync){ .synced_at = 42, .skew_us = -7, .complete = TRUE };
  g_assert_true (vrf_index_set_synced (fixture->index, &sync, &error));
  g_assert_true (vrf_index_set_workflow (fixture->index, "workflow_a", "A", &error));
  g_assert_true (vrf_index_set_workflow (fixture->index, "workflow_a", "Anew", &error));
  reopen (fixture);
  sync = (VrfIndexSync){ 0 };
  g_assert_true (vrf_index_get_synced (fixture->index, &sync, &error));
  g_assert_cmpint (sync.synced_at, ==, 42);
  g_assert_cmpint (sync.skew_us, ==, -7);
  g_assert_true (sync.complete);
  names = vrf_index_dup_workflows (fixture->index, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (names, "workflow_a"), ==, "Anew");
}

int
main (int argc, char **argv)
{
  const struct
  {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/index/modes", test_modes },
    { "/index/remembers", test_remembers },
    { "/index/unknown-words", test_unknown_words },
    { "/index/changes", test_changes },
    { "/index/limits", test_limits },
    { "/index/odd-times", test_odd_times },
    { "/index/same-time", test_same_time },
    { "/index/kept-only", test_kept_only },
    { "/index/redacted", test_redacted },
    { "/index/removed", test_removed },
    { "/index/facts", test_facts },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
