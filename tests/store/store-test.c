/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"
#define _GNU_SOURCE /* memmem */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "store-test.h"

#include "base/vrf-time.h"

char *
store_test_make_directory (void)
{
  g_autoptr (GError) error = NULL;
  char *directory = g_dir_make_tmp ("verifa-store-XXXXXX", &error);

  g_assert_no_error (error);
  return directory;
}

void
store_test_remove_directory (char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_rmdir (directory);
  g_free (directory);
}

gboolean
store_test_has_text (const char *directory, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      g_autofree char *contents = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
      if (memmem (contents, length, text, strlen (text)) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Sessions */

static const char *const statuses[] = { "pending",         "capturing",         "processing",
                                        "sandbox_pending", "awaiting_external", "under_review",
                                        "completed",       "expired",           "failed",
                                        "teleported" };
static const char *const results[] = { "approved", "needs_review", "rejected", "undecided" };
static const char *const levels[] = { "low", "medium", "high", "critical", "odd" };
static const char *const workflows[] = { "workflow_default_kyc", "workflow_age", "workflow_full" };
static const char *const tags[] = { "vip", "walk-in", "group tour" };

#define PICK(rand, array) (array)[g_rand_int_range (rand, 0, G_N_ELEMENTS (array))]

static gboolean
one_in (GRand *rand, int n)
{
  return g_rand_int_range (rand, 0, n) == 0;
}

static char *
make_ref (GRand *rand, guint number)
{
  static const char *const names[] = { "guest", "Room", "ÄRZTE", "straße", "a\"b", "%_", "日本語" };

  if (one_in (rand, 9))
    return NULL;
  if (one_in (rand, 3))
    return g_strdup_printf ("%s-%u", PICK (rand, names), g_rand_int_range (rand, 0, 300));
  return g_strdup_printf ("guest-%u", number);
}

static void
make_states (GRand *rand, VrfIndexEntry *entry)
{
  /* Most have ended. */
  const char *status = one_in (rand, 3) ? PICK (rand, statuses) : "completed";

  g_free (entry->status);
  entry->status = g_strdup (status);
  if (strcmp (status, "completed") == 0 && !one_in (rand, 20))
    {
      entry->result = g_strdup (one_in (rand, 4) ? PICK (rand, results) : "approved");
      entry->risk_level = g_strdup (PICK (rand, levels));
      entry->risk_score = one_in (rand, 5) ? -1 : g_rand_int_range (rand, 0, 101);
    }
  entry->seen = one_in (rand, 4);
}

VrfIndexEntry *
store_test_make_entry (GRand *rand, guint number)
{
  g_autofree char *id =
      g_strdup_printf ("session_%08x%08x%04x", g_rand_int (rand), number, number & 0xffff);
  VrfIndexEntry *entry = vrf_index_entry_new (id, "pending");

  make_states (rand, entry);
  entry->external_ref = make_ref (rand, number);
  if (!one_in (rand, 6))
    entry->workflow_id = g_strdup (PICK (rand, workflows));
  if (one_in (rand, 5))
    entry->tags = g_strdupv ((char *[]){ (char *) PICK (rand, tags), NULL });
  /* To the second, as some servers do: then many are of the same. */
  entry->created_at = STORE_TEST_BEGIN_US
                      + g_rand_int_range (rand, 0, 401 * 86400) * G_TIME_SPAN_SECOND
                      + (one_in (rand, 2) ? g_rand_int_range (rand, 0, 1000) * 1000 : 0);
  entry->updated_at = entry->created_at + g_rand_int_range (rand, 0, 1200) * G_TIME_SPAN_SECOND;
  if (!one_in (rand, 4))
    entry->expires_at = entry->created_at + 20 * G_TIME_SPAN_MINUTE;
  if (one_in (rand, 3))
    entry->finished_at = entry->updated_at;
  return entry;
}

/* Reading plainly */

static int
rank (const char *const *words, gsize n, const char *word)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (words[i], word) == 0)
      return (int) i + 1;
  return 0;
}

static int
status_rank (const VrfIndexEntry *entry)
{
  return rank (statuses, 9, entry->status);
}

static gboolean
needs_attention (const VrfIndexEntry *entry, gint64 midnight_us)
{
  gint64 ended_at = entry->finished_at;

  if (ended_at == VRF_TIME_NONE)
    ended_at = entry->updated_at;
  if (g_str_equal (entry->status, "sandbox_pending") || g_str_equal (entry->status, "under_review")
      || g_str_equal (entry->status, "failed"))
    return TRUE;
  return !entry->seen && ended_at >= midnight_us
         && (g_str_equal (entry->status, "expired") || g_strcmp0 (entry->result, "rejected") == 0);
}

static gboolean
is_in_view (const VrfIndexEntry *entry, VrfIndexView view, gint64 midnight_us)
{
  switch (view)
    {
    case VRF_INDEX_NOW:
      return status_rank (entry) >= 1 && status_rank (entry) <= 6;
    case VRF_INDEX_ATTENTION:
      return needs_attention (entry, midnight_us);
    case VRF_INDEX_TODAY:
      return entry->created_at >= midnight_us;
    case VRF_INDEX_APPROVED:
      return g_strcmp0 (entry->result, "approved") == 0;
    case VRF_INDEX_REJECTED:
      return g_strcmp0 (entry->result, "rejected") == 0;
    case VRF_INDEX_EXPIRED:
      return g_str_equal (entry->status, "expired");
    case VRF_INDEX_ALL:
    case VRF_INDEX_N_VIEWS:
    default:
      return TRUE;
    }
}

static gboolean
is_found (const VrfIndexEntry *entry, const char *search)
{
  g_autofree char *folded = g_utf8_casefold (search, -1);
  g_autofree char *ref =
      entry->external_ref != NULL ? g_utf8_casefold (entry->external_ref, -1) : NULL;
  gboolean whole = g_str_has_prefix (search, "session_");
  g_autofree char *begins = whole ? g_strdup (search) : g_strconcat ("session_", search, NULL);

  if (ref != NULL && strstr (ref, folded) != NULL)
    return TRUE;
  if (!whole && strlen (search) < 4)
    return FALSE;
  return g_str_has_prefix (entry->id, begins) || (!whole && g_str_has_suffix (entry->id, search));
}

static gboolean
fits (const VrfIndexEntry *entry, const VrfIndexQuery *query)
{
  if (!is_in_view (entry, query->view, query->midnight_us))
    return FALSE;
  if (query->search != NULL && *query->search != '\0' && !is_found (entry, query->search))
    return FALSE;
  if (query->status != NULL && !g_str_equal (query->status, entry->status))
    return FALSE;
  if (query->result != NULL
      && !g_str_equal (query->result, entry->result != NULL ? entry->result : ""))
    return FALSE;
  if (query->workflow_id != NULL && g_strcmp0 (query->workflow_id, entry->workflow_id) != 0)
    return FALSE;
  if (query->tag != NULL
      && (entry->tags == NULL || !g_strv_contains ((const char *const *) entry->tags, query->tag)))
    return FALSE;
  return entry->created_at >= query->since_us;
}

/* What is sorted by, -1 unknown. */
static gint64
get_key (const VrfIndexEntry *entry, VrfIndexSort sort)
{
  switch (sort)
    {
    case VRF_INDEX_SORT_STATUS:
      return status_rank (entry);
    case VRF_INDEX_SORT_RESULT:
      return entry->result != NULL ? rank (results, 4, entry->result) : -1;
    case VRF_INDEX_SORT_RISK:
      return entry->risk_level != NULL
                 ? rank (levels, 4, entry->risk_level) * 1000 + entry->risk_score + 1
                 : -1;
    case VRF_INDEX_SORT_EXPIRES:
      return status_rank (entry) >= 1 && status_rank (entry) <= 6 ? entry->expires_at
                                                                  : VRF_TIME_NONE;
    case VRF_INDEX_SORT_REF:
      return entry->external_ref != NULL ? 0 : -1;
    case VRF_INDEX_SORT_CREATED:
    default:
      return entry->created_at;
    }
}

static int
compare_keys (const VrfIndexEntry *a, const VrfIndexEntry *b, VrfIndexSort sort)
{
  gint64 key_a = get_key (a, sort), key_b = get_key (b, sort);

  if (sort == VRF_INDEX_SORT_REF)
    {
      /* References of the tests are words with one number at most, at their end. */
      const char *number_a = a->external_ref + strcspn (a->external_ref, "0123456789");
      const char *number_b = b->external_ref + strcspn (b->external_ref, "0123456789");
      g_autofree char *all_a = g_strndup (a->external_ref, number_a - a->external_ref);
      g_autofree char *all_b = g_strndup (b->external_ref, number_b - b->external_ref);
      g_autofree char *word_a = g_utf8_casefold (all_a, -1);
      g_autofree char *word_b = g_utf8_casefold (all_b, -1);
      int order = strcmp (word_a, word_b);

      if (order != 0)
        return order;
      key_a = (gint64) g_ascii_strtoull (number_a, NULL, 10);
      key_b = (gint64) g_ascii_strtoull (number_b, NULL, 10);
    }
  return key_a < key_b ? -1 : key_a > key_b;
}

static int
compare (gconstpointer first, gconstpointer second, gpointer user_data)
{
  const VrfIndexEntry *a = *(VrfIndexEntry *const *) first;
  const VrfIndexEntry *b = *(VrfIndexEntry *const *) second;
  const VrfIndexQuery *query = user_data;
  gboolean a_known = query->sort == VRF_INDEX_SORT_CREATED || get_key (a, query->sort) >= 0;
  gboolean b_known = query->sort == VRF_INDEX_SORT_CREATED || get_key (b, query->sort) >= 0;
  gboolean swapped = query->sort == VRF_INDEX_SORT_REF || query->sort == VRF_INDEX_SORT_EXPIRES;
  int order = 0;

  if (a_known != b_known)
    return a_known ? -1 : 1;
  if (a_known)
    order = compare_keys (a, b, query->sort);
  if (order != 0)
    return query->descending ? -order : order;
  order = b->created_at < a->created_at ? -1 : b->created_at > a->created_at;
  return a_known && swapped && query->descending ? -order : order;
}

GPtrArray *
store_test_read_plainly (GPtrArray *entries, const VrfIndexQuery *query)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    if (fits (g_ptr_array_index (entries, i), query))
      g_ptr_array_add (found, g_ptr_array_index (entries, i));
  g_ptr_array_sort_with_data (found, compare, (gpointer) query);
  return found;
}

void
store_test_assert_counts (VrfIndex *index, GPtrArray *entries, gint64 midnight_us)
{
  VrfIndexCounts counts;
  g_autoptr (GError) error = NULL;

  vrf_index_count_views (index, midnight_us, &counts, &error);
  g_assert_no_error (error);
  for (guint view = 0; view < VRF_INDEX_N_VIEWS; view++)
    {
      gint64 n = 0;

      for (guint i = 0; i < entries->len; i++)
        n += is_in_view (g_ptr_array_index (entries, i), (VrfIndexView) view, midnight_us);
      g_assert_cmpint (counts.views[view], ==, n);
    }
}

static const char *
pick_search (GRand *rand, GPtrArray *entries)
{
  static const char *const searches[] = {
    "",     "g",      "gu",      "gue",     "GUEST-1", "guest-", "1",     "12",
    "oom",  "ärzt",   "STRASSE", "\"b",     "a\"b",    "%",      "%_-1",  "日",
    "本語", "日本語", "zzz",     "session", "0042",    "-",      "st-1 ", "session_0"
  };
  const VrfIndexEntry *entry =
      g_ptr_array_index (entries, g_rand_int_range (rand, 0, entries->len));

  if (one_in (rand, 6))
    return entry->id;
  if (one_in (rand, 6))
    return entry->id + strlen (entry->id) - 5;
  if (one_in (rand, 4) && entry->external_ref != NULL)
    return entry->external_ref;
  return PICK (rand, searches);
}

VrfIndexQuery
store_test_make_query (GRand *rand, GPtrArray *entries)
{
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;

  query.midnight_us = STORE_TEST_MIDNIGHT_US;
  if (!one_in (rand, 3))
    query.view = (VrfIndexView) g_rand_int_range (rand, 0, VRF_INDEX_N_VIEWS);
  if (one_in (rand, 2))
    query.search = pick_search (rand, entries);
  if (one_in (rand, 5))
    query.status = PICK (rand, statuses);
  if (one_in (rand, 5))
    query.result = one_in (rand, 4) ? "" : PICK (rand, results);
  if (one_in (rand, 5))
    query.workflow_id = PICK (rand, workflows);
  if (one_in (rand, 6))
    query.tag = PICK (rand, tags);
  if (one_in (rand, 8))
    query.since_us = STORE_TEST_MIDNIGHT_US - g_rand_int_range (rand, 0, 90) * G_TIME_SPAN_DAY;
  if (one_in (rand, 2))
    query.sort = (VrfIndexSort) g_rand_int_range (rand, 0, VRF_INDEX_SORT_EXPIRES + 1);
  query.descending = one_in (rand, 2);
  return query;
}
