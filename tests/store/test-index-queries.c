/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <string.h>

#include "store-test.h"

#include "base/vrf-time.h"

/* The index answers what reading everything plainly answers: at sizes where rows are gathered and
 * sorted, and at sizes where they are walked to. */

typedef struct
{
  char *directory;
  VrfIndex *index;
  GRand *rand;
  GPtrArray *entries; /* all there are */
  guint n_made;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->directory = store_test_make_directory ();
  fixture->index = vrf_index_open (fixture->directory, &error);
  g_assert_no_error (error);
  fixture->rand = g_rand_new_with_seed (20260501);
  fixture->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_index_entry_free);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->index);
  g_ptr_array_unref (fixture->entries);
  g_rand_free (fixture->rand);
  store_test_remove_directory (fixture->directory);
}

static void
put (Fixture *fixture, guint first)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = first; i < fixture->entries->len; i++)
    g_ptr_array_add (page, g_ptr_array_index (fixture->entries, i));
  vrf_index_put (fixture->index, page, &error);
  g_assert_no_error (error);
}

static void
add (Fixture *fixture, guint n)
{
  guint first = fixture->entries->len;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (fixture->entries, store_test_make_entry (fixture->rand, fixture->n_made++));
  put (fixture, first);
}

/* Another state of a session that is there. */
static void
change (Fixture *fixture)
{
  guint i = g_rand_int_range (fixture->rand, 0, fixture->entries->len);
  VrfIndexEntry *before = g_ptr_array_index (fixture->entries, i);
  VrfIndexEntry *after = store_test_make_entry (fixture->rand, fixture->n_made++);

  g_free (after->id);
  after->id = g_strdup (before->id);
  if (g_rand_boolean (fixture->rand))
    after->created_at = before->created_at;
  g_ptr_array_remove_index (fixture->entries, i);
  g_ptr_array_add (fixture->entries, after);
  put (fixture, fixture->entries->len - 1);
}

static void
remove_one (Fixture *fixture)
{
  guint i = g_rand_int_range (fixture->rand, 0, fixture->entries->len);
  const VrfIndexEntry *entry = g_ptr_array_index (fixture->entries, i);
  const char *ids[] = { entry->id, NULL };
  g_autoptr (GError) error = NULL;

  vrf_index_remove (fixture->index, ids, &error);
  g_assert_no_error (error);
  g_ptr_array_remove_index (fixture->entries, i);
}

/* Sessions of the same time may come in any order: the times are compared, and the set. */
static void
assert_same (GPtrArray *got, GPtrArray *wanted, guint offset, guint limit, gboolean by_ref)
{
  guint n = offset < wanted->len ? MIN (limit, wanted->len - offset) : 0;
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (got->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      const VrfIndexEntry *a = g_ptr_array_index (got, i);
      const VrfIndexEntry *b = g_ptr_array_index (wanted, offset + i);

      g_assert_cmpint (a->created_at, ==, b->created_at);
      g_assert_cmpstr (a->status, ==, b->status);
      if (by_ref)
        g_assert_cmpstr (a->external_ref, ==, b->external_ref);
      g_assert_true (g_hash_table_add (ids, a->id));
    }
  for (guint i = 0; i < wanted->len && offset == 0 && limit >= wanted->len; i++)
    g_assert_true (
        g_hash_table_contains (ids, ((VrfIndexEntry *) g_ptr_array_index (wanted, i))->id));
}

static gboolean
times_are_single (GPtrArray *wanted)
{
  g_autoptr (GHashTable) times = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < wanted->len; i++)
    if (!g_hash_table_add (times, &((VrfIndexEntry *) g_ptr_array_index (wanted, i))->created_at))
      return FALSE;
  return TRUE;
}

static void
ask (Fixture *fixture)
{
  VrfIndexQuery query = store_test_make_query (fixture->rand, fixture->entries);
  g_autoptr (GPtrArray) wanted = store_test_read_plainly (fixture->entries, &query);
  guint offset =
      g_rand_boolean (fixture->rand) ? 0 : g_rand_int_range (fixture->rand, 0, wanted->len + 2);
  guint limit = g_rand_boolean (fixture->rand) ? 1000000 : g_rand_int_range (fixture->rand, 0, 120);
  g_autoptr (GPtrArray) got = NULL;
  g_autoptr (GError) error = NULL;
  gint64 most = g_rand_boolean (fixture->rand) ? G_MAXINT64 : 50;

  if (g_test_verbose ())
    g_test_message ("view %d, “%s”, %s, %s, %s, %s, sort %d %s, %u + %u of %u",
                    (int) query.view,
                    query.search,
                    query.status,
                    query.result,
                    query.workflow_id,
                    query.tag,
                    (int) query.sort,
                    query.descending ? "down" : "up",
                    offset,
                    limit,
                    wanted->len);
  got = vrf_index_page (fixture->index, &query, offset, limit, &error);
  g_assert_no_error (error);
  if (times_are_single (wanted))
    assert_same (got, wanted, offset, limit, query.sort == VRF_INDEX_SORT_REF);
  else
    g_assert_cmpuint (got->len, ==, offset < wanted->len ? MIN (limit, wanted->len - offset) : 0);
  g_assert_cmpint (
      vrf_index_count (fixture->index, &query, most, &error), ==, MIN ((gint64) wanted->len, most));
  g_assert_no_error (error);
}

static void
test_few (Fixture *fixture, gconstpointer data)
{
  add (fixture, 300);
  for (guint i = 0; i < 600; i++)
    {
      int what = g_rand_int_range (fixture->rand, 0, 10);

      if (what == 0)
        add (fixture, 1);
      else if (what == 1)
        remove_one (fixture);
      else if (what < 4)
        change (fixture);
      ask (fixture);
      if (what < 4)
        store_test_assert_counts (fixture->index, fixture->entries, STORE_TEST_MIDNIGHT_US);
    }
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 30; i++)
    add (fixture, 1000);
  store_test_assert_counts (fixture->index, fixture->entries, STORE_TEST_MIDNIGHT_US);
  for (guint i = 0; i < 150; i++)
    ask (fixture);
}

/* Pages put one after another are the whole, in every order. */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  add (fixture, 25000);
  for (guint sort = 0; sort <= VRF_INDEX_SORT_EXPIRES; sort++)
    for (guint descending = 0; descending < 2; descending++)
      {
        VrfIndexQuery query = VRF_INDEX_QUERY_INIT;
        g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

        query.sort = (VrfIndexSort) sort;
        query.descending = descending != 0;
        for (guint offset = 0; offset < fixture->entries->len; offset += 3125)
          {
            g_autoptr (GPtrArray) page =
                vrf_index_page (fixture->index, &query, offset, 3125, NULL);

            g_assert_cmpuint (page->len, ==, 3125);
            for (guint i = 0; i < page->len; i++)
              g_assert_true (g_hash_table_add (
                  seen, g_strdup (((VrfIndexEntry *) g_ptr_array_index (page, i))->id)));
          }
      }
}

static void
time_query (Fixture *fixture, const char *what, const VrfIndexQuery *query)
{
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GPtrArray) page = vrf_index_page (fixture->index, query, 0, 100, NULL);

  g_assert_nonnull (page);
  g_test_message ("%s: %u rows in %.1f ms",
                  what,
                  page->len,
                  (double) (g_get_monotonic_time () - begun) / 1000.0);
}

/* No bar here: a busy machine would break it. bench/index measures. */
static void
test_size (Fixture *fixture, gconstpointer data)
{
  static const char *const searches[] = { "g", "guest", "guest-4", "guest-4242", "zzz", "0042" };
  gint64 begun = g_get_monotonic_time ();
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;

  for (guint i = 0; i < 100000; i += 1000)
    {
      for (guint j = i; j < i + 1000; j++)
        {
          VrfIndexEntry *entry = store_test_make_entry (fixture->rand, fixture->n_made++);

          /* As they come from a server: one after the other. */
          entry->created_at = STORE_TEST_MIDNIGHT_US - j * G_TIME_SPAN_MINUTE;
          g_ptr_array_add (fixture->entries, entry);
        }
      put (fixture, i);
    }
  g_test_message ("100,000 sessions written in %.1f s",
                  (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC);
  time_query (fixture, "first page", &query);
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      query.search = searches[i];
      time_query (fixture, searches[i], &query);
    }
  store_test_assert_counts (fixture->index, fixture->entries, STORE_TEST_MIDNIGHT_US);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/index-queries/few", Fixture, NULL, set_up, test_few, tear_down);
  g_test_add ("/index-queries/many", Fixture, NULL, set_up, test_many, tear_down);
  g_test_add ("/index-queries/pages", Fixture, NULL, set_up, test_pages, tear_down);
  g_test_add ("/index-queries/size", Fixture, NULL, set_up, test_size, tear_down);
  return g_test_run ();
}
