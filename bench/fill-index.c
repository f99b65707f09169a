/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-bench"

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "store/vrf-index.h"

#include "base/vrf-time.h"

/*
 * fill-index DIRECTORY N: writes N sessions of three years into an index there, as the desk does
 * when it reads a server's list, newest first, pages of 100; then asks what the list asks. One line
 * of JSON: "write_s", "file_kib", "rss_kib" (at the end), and a list "queries" of name, rows, and
 * median and worst of the milliseconds.
 */

#define PAGE 100
#define ROUNDS 15
#define NOW_US (G_GINT64_CONSTANT (1790000000) * G_USEC_PER_SEC)
#define SPAN_US (1095 * G_TIME_SPAN_DAY)

static const char *
pick_status (guint i)
{
  if (i < 20)
    return i % 2 ? "pending" : "capturing";
  return i % 10 == 3 ? "expired" : i % 97 == 0 ? "failed" : "completed";
}

static VrfIndexEntry *
make_entry (GRand *rand, guint i, guint n)
{
  g_autofree char *id = g_strdup_printf (
      "session_%08x%08x%08x", g_rand_int (rand), g_rand_int (rand), g_rand_int (rand));
  VrfIndexEntry *entry = vrf_index_entry_new (id, pick_status (i));

  entry->external_ref = g_strdup_printf (i % 3 ? "guest-%u" : "room %u", n - i);
  entry->created_at = NOW_US - (gint64) ((double) SPAN_US / n * i) / 1000 * 1000;
  entry->updated_at = entry->created_at + 4 * G_TIME_SPAN_MINUTE;
  entry->expires_at = entry->created_at + 20 * G_TIME_SPAN_MINUTE;
  entry->workflow_id = g_strdup (i % 4 ? "workflow_default_kyc" : "workflow_full");
  if (g_str_equal (entry->status, "completed"))
    {
      entry->result = g_strdup (i % 12 == 5 ? "rejected" : "approved");
      entry->risk_level = g_strdup (i % 12 == 5 ? "high" : "low");
      entry->risk_score = g_rand_int_range (rand, 0, 100);
    }
  if (i % 50 == 7)
    entry->tags = g_strdupv ((char *[]){ (char *) "vip", NULL });
  return entry;
}

static void
die (const GError *error)
{
  fprintf (stderr, "%s\n", error->message);
  exit (1);
}

static void
fill (VrfIndex *index, guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i += PAGE)
    {
      g_autoptr (GPtrArray) page =
          g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_index_entry_free);

      for (guint j = i; j < MIN (i + PAGE, n); j++)
        g_ptr_array_add (page, make_entry (rand, j, n));
      if (!vrf_index_put (index, page, &error))
        die (error);
    }
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static void
measure (VrfIndex *index,
         const char *name,
         const VrfIndexQuery *query,
         guint offset,
         guint limit,
         gboolean last)
{
  double times[ROUNDS];
  guint rows = 0;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 begun = g_get_monotonic_time ();

      if (limit > 0)
        {
          g_autoptr (GPtrArray) page = vrf_index_page (index, query, offset, limit, &error);

          rows = page != NULL ? page->len : 0;
        }
      else
        rows = (guint) vrf_index_count (index, query, 10000, &error);
      if (error != NULL)
        die (error);
      times[i] = (double) (g_get_monotonic_time () - begun) / 1000.0;
    }
  qsort (times, ROUNDS, sizeof *times, compare_doubles);
  printf ("{\"name\": \"%s\", \"rows\": %u, \"median_ms\": %.2f, \"worst_ms\": %.2f}%s",
          name,
          rows,
          times[ROUNDS / 2],
          times[ROUNDS - 1],
          last ? "" : ", ");
}

static void
measure_views (VrfIndex *index)
{
  double times[ROUNDS];
  VrfIndexCounts counts = { { 0 } };

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 begun = g_get_monotonic_time ();

      vrf_index_count_views (index, NOW_US - 8 * G_TIME_SPAN_HOUR, &counts, NULL);
      times[i] = (double) (g_get_monotonic_time () - begun) / 1000.0;
    }
  qsort (times, ROUNDS, sizeof *times, compare_doubles);
  printf ("{\"name\": \"counters of all views\", \"rows\": %u, \"median_ms\": %.2f,"
          " \"worst_ms\": %.2f}, ",
          (guint) counts.views[VRF_INDEX_ALL],
          times[ROUNDS / 2],
          times[ROUNDS - 1]);
}

static void
measure_all (VrfIndex *index, guint n)
{
  static const char typed[] = "guest-4242";
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;

  query.midnight_us = NOW_US - 8 * G_TIME_SPAN_HOUR;
  measure_views (index);
  measure (index, "first 30 rows", &query, 0, 30, FALSE);
  measure (index, "page in the middle", &query, n / 2, PAGE, FALSE);
  query.sort = VRF_INDEX_SORT_REF;
  measure (index, "first page by reference", &query, 0, PAGE, FALSE);
  query.sort = VRF_INDEX_SORT_RISK;
  measure (index, "first page by risk", &query, 0, PAGE, FALSE);
  query.sort = VRF_INDEX_SORT_CREATED;
  query.view = VRF_INDEX_ATTENTION;
  measure (index, "view Needs Attention", &query, 0, PAGE, FALSE);
  query.view = VRF_INDEX_REJECTED;
  query.tag = "vip";
  measure (index, "view Rejected, one tag", &query, 0, PAGE, FALSE);
  query.view = VRF_INDEX_ALL;
  query.tag = NULL;
  for (gsize length = 1; length < sizeof typed; length++)
    {
      g_autofree char *search = g_strndup (typed, length);
      g_autofree char *counted = g_strconcat ("count of ", search, NULL);

      query.search = search;
      measure (index, search, &query, 0, PAGE, FALSE);
      measure (index, counted, &query, 0, 0, FALSE);
    }
  query.search = "nothing-like-it";
  measure (index, "nothing-like-it", &query, 0, PAGE, TRUE);
}

static long
get_rss_kib (void)
{
  g_autofree char *status = NULL;
  const char *line = NULL;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    line = strstr (status, "VmRSS:");
  return line != NULL ? strtol (line + strlen ("VmRSS:"), NULL, 10) : 0;
}

int
main (int argc, char **argv)
{
  guint n = argc == 3 ? (guint) strtoul (argv[2], NULL, 10) : 0;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfIndex) index = NULL;
  GStatBuf info = { 0 };
  gint64 begun = g_get_monotonic_time ();
  double write_s = 0, scrub_ms = 0;

  if (n == 0)
    {
      fprintf (stderr, "usage: fill-index DIRECTORY N\n");
      return 2;
    }
  index = vrf_index_open (argv[1], &error);
  if (index == NULL)
    die (error);
  fill (index, n);
  write_s = (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC;
  g_clear_object (&index);
  path = g_build_filename (argv[1], "index.db", NULL);
  g_stat (path, &info);

  begun = g_get_monotonic_time ();
  index = vrf_index_open (argv[1], &error);
  if (index == NULL)
    die (error);
  printf (
      "{\"sessions\": %u, \"write_s\": %.2f, \"file_kib\": %ld, \"open_ms\": %.2f, \"queries\": [",
      n,
      write_s,
      (long) info.st_size / 1024,
      (double) (g_get_monotonic_time () - begun) / 1000.0);
  measure_all (index, n);
  printf ("], \"rss_kib\": %ld", get_rss_kib ());
  begun = g_get_monotonic_time ();
  if (!vrf_index_scrub (index, &error))
    die (error);
  scrub_ms = (double) (g_get_monotonic_time () - begun) / 1000.0;
  printf (", \"scrub_ms\": %.1f}\n", scrub_ms);
  return 0;
}
