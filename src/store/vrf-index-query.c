/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-store"

#include "config.h"

#include "store/vrf-index-query.h"

#include "base/vrf-time.h"
#include "store/vrf-index-plan.h"

/* The queries of the list: pages, how many there are, and what the views have. */

VrfIndexQuery *
vrf_index_query_copy (const VrfIndexQuery *self)
{
  VrfIndexQuery *copy = g_memdup2 (self, sizeof *self);

  copy->search = g_strdup (self->search);
  copy->status = g_strdup (self->status);
  copy->result = g_strdup (self->result);
  copy->workflow_id = g_strdup (self->workflow_id);
  copy->tag = g_strdup (self->tag);
  return copy;
}

void
vrf_index_query_free (VrfIndexQuery *self)
{
  if (self == NULL)
    return;
  g_free ((char *) self->search);
  g_free ((char *) self->status);
  g_free ((char *) self->result);
  g_free ((char *) self->workflow_id);
  g_free ((char *) self->tag);
  g_free (self);
}

/* Totals */

gboolean
vrf_index_get_total (VrfIndex *self,
                     VrfIndexFacet facet,
                     const char *value,
                     gint64 number,
                     gint64 *ret_total,
                     GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (
      self->db, "SELECT total FROM totals WHERE facet = :facet AND value = :value");
  gboolean row = FALSE;

  vrf_statement_bind_int (statement, ":facet", facet);
  if (value != NULL)
    vrf_statement_bind_text (statement, ":value", value);
  else
    vrf_statement_bind_int (statement, ":value", number);
  if (!vrf_statement_step (statement, &row, error))
    return FALSE;
  *ret_total = row ? MAX (vrf_statement_get_int (statement, "total"), 0) : 0;
  return !row || vrf_statement_run (statement, error);
}

static gboolean
run_count (VrfStatement *statement, gint64 *ret_n, GError **error)
{
  gboolean row = FALSE;

  if (!vrf_statement_step (statement, &row, error))
    return FALSE;
  *ret_n = row ? vrf_statement_get_int (statement, "n") : 0;
  return !row || vrf_statement_run (statement, error);
}

static gboolean
count_active (VrfIndex *self, gint64 *ret_n, GError **error)
{
  VrfStatement *statement =
      vrf_sqlite_statement (self->db,
                            "SELECT coalesce (sum (total), 0) AS n FROM totals"
                            " WHERE facet = :facet AND value BETWEEN :first AND :last");

  vrf_statement_bind_int (statement, ":facet", VRF_FACET_STATUS);
  vrf_statement_bind_int (statement, ":first", VRF_INDEX_FIRST_ACTIVE);
  vrf_statement_bind_int (statement, ":last", VRF_INDEX_LAST_ACTIVE);
  return run_count (statement, ret_n, error);
}

static gboolean
count_ended_today (VrfIndex *self, gint64 midnight_us, gint64 *ret_n, GError **error)
{
  VrfStatement *statement =
      vrf_sqlite_statement (self->db,
                            "SELECT count (*) AS n FROM sessions INDEXED BY sessions_by_attention"
                            " WHERE attention > 0 AND attention = 2 AND ended_at >= :midnight");

  vrf_statement_bind_int (statement, ":midnight", midnight_us);
  return run_count (statement, ret_n, error);
}

static gboolean
count_created_today (VrfIndex *self, gint64 midnight_us, gint64 *ret_n, GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (
      self->db, "SELECT count (*) AS n FROM sessions NOT INDEXED WHERE n >= :first");

  vrf_statement_bind_int (statement, ":first", vrf_index_first_n (midnight_us));
  return run_count (statement, ret_n, error);
}

/**
 * vrf_index_count_views:
 * @self: an index
 * @midnight_us: the last local midnight on the server's clock, %VRF_TIME_NONE unknown
 * @ret_counts: (out): how many sessions each view has
 * @error: return location
 *
 * Reads totals that are kept, and counts only what belongs to today.
 */
gboolean
vrf_index_count_views (VrfIndex *self,
                       gint64 midnight_us,
                       VrfIndexCounts *ret_counts,
                       GError **error)
{
  const struct
  {
    VrfIndexView view;
    VrfIndexFacet facet;
    gint64 value;
  } kept[] = {
    { VRF_INDEX_ALL, VRF_FACET_ALL, 0 },
    { VRF_INDEX_APPROVED, VRF_FACET_RESULT, vrf_index_result_rank ("approved") },
    { VRF_INDEX_REJECTED, VRF_FACET_RESULT, vrf_index_result_rank ("rejected") },
    { VRF_INDEX_EXPIRED, VRF_FACET_STATUS, VRF_INDEX_EXPIRED_STATUS },
    { VRF_INDEX_ATTENTION, VRF_FACET_ATTENTION, VRF_ATTENTION_ALWAYS },
  };
  VrfIndexCounts counts = { { 0 } };
  gint64 ended = 0;

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (!vrf_index_get_total (
            self, kept[i].facet, NULL, kept[i].value, &counts.views[kept[i].view], error))
      return FALSE;
  if (!count_active (self, &counts.views[VRF_INDEX_NOW], error)
      || !count_ended_today (self, midnight_us, &ended, error))
    return FALSE;
  counts.views[VRF_INDEX_ATTENTION] += ended;
  counts.views[VRF_INDEX_TODAY] = counts.views[VRF_INDEX_ALL];
  if (midnight_us != VRF_TIME_NONE
      && !count_created_today (self, midnight_us, &counts.views[VRF_INDEX_TODAY], error))
    return FALSE;
  *ret_counts = counts;
  return TRUE;
}

/* Pages */

/* From here on it pays to look for a page's beginning. */
#define FAR_AWAY 1000

/* Whether nothing narrows the view down. */
static gboolean
is_plain (const VrfIndexQuery *query)
{
  return (query->search == NULL || *query->search == '\0') && query->status == NULL
         && query->result == NULL && query->workflow_id == NULL && query->tag == NULL
         && query->since_us == VRF_TIME_NONE;
}

/* What is still to be passed over, and what is wanted then. @index is borrowed. */
typedef struct
{
  VrfIndex *index;
  VrfPlan *plan;
  GPtrArray *entries;
  gint64 offset;
  gint64 limit;
} Page;

static gboolean
read_rows (Page *page, VrfStatement *statement, GError **error)
{
  gboolean row = FALSE;

  for (;;)
    {
      VrfIndexEntry *entry = NULL;

      if (!vrf_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      entry = vrf_index_read_entry (statement);
      if (entry != NULL)
        g_ptr_array_add (page->entries, entry);
    }
}

/* One statement that gives its rows in order. @extra: a condition more, nullable. */
static gboolean
read_ordered (Page *page, const char *extra, const char *order, GError **error)
{
  g_autofree char *source = vrf_plan_dup_source (page->plan, extra);
  g_autofree char *sql = g_strdup_printf (
      "SELECT " VRF_INDEX_COLUMNS "%s ORDER BY %s LIMIT :limit OFFSET :offset", source, order);
  VrfStatement *statement = vrf_sqlite_statement (page->index->db, sql);

  vrf_plan_bind (page->plan, statement);
  vrf_statement_bind_int (statement, ":limit", page->limit);
  vrf_statement_bind_int (statement, ":offset", page->offset);
  return read_rows (page, statement, error);
}

static gboolean
count_source (Page *page, const char *extra, gint64 most, gint64 *ret_n, GError **error)
{
  g_autofree char *source = vrf_plan_dup_source (page->plan, extra);
  g_autofree char *sql =
      g_strdup_printf ("SELECT count (*) AS n FROM (SELECT 1%s LIMIT :most)", source);
  VrfStatement *statement = vrf_sqlite_statement (page->index->db, sql);

  vrf_plan_bind (page->plan, statement);
  vrf_statement_bind_int (statement, ":most", most);
  return run_count (statement, ret_n, error);
}

/* A part of a list that is sorted by something else than n: those with one value, or those without.
 * What a part has is counted only when the page lies behind all of it. */
static gboolean
read_part (Page *page, const char *condition, const char *order, GError **error)
{
  guint before = page->entries->len;
  gint64 n = 0;

  if (page->limit == 0)
    return TRUE;
  if (!read_ordered (page, condition, order, error))
    return FALSE;
  n = page->entries->len - before;
  page->limit -= n;
  if (n > 0)
    page->offset = 0;
  else if (page->offset > 0)
    {
      if (!count_source (page, condition, G_MAXINT64, &n, error))
        return FALSE;
      page->offset -= n;
    }
  return TRUE;
}

typedef struct
{
  const char *column;
  VrfPlanKind kind;    /* its index */
  VrfIndexFacet facet; /* 0: there are too many values */
} SortInfo;

static const SortInfo sorts[] = {
  [VRF_INDEX_SORT_CREATED] = { "n", VRF_PLAN_TABLE, 0 },
  [VRF_INDEX_SORT_STATUS] = { "status", VRF_PLAN_STATUS, VRF_FACET_STATUS },
  [VRF_INDEX_SORT_RESULT] = { "result", VRF_PLAN_RESULT, VRF_FACET_RESULT },
  [VRF_INDEX_SORT_RISK] = { "risk", VRF_PLAN_RISK, VRF_FACET_RISK },
  [VRF_INDEX_SORT_REF] = { "ref_key", VRF_PLAN_REF, 0 },
  [VRF_INDEX_SORT_EXPIRES] = { "open_until", VRF_PLAN_EXPIRES, 0 },
};

static GArray *
read_values (VrfIndex *self, VrfIndexFacet facet, gboolean descending, GError **error)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (gint64));
  VrfStatement *statement = vrf_sqlite_statement (
      self->db,
      descending
          ? "SELECT value FROM totals WHERE facet = :facet AND value >= 0 ORDER BY value DESC"
          : "SELECT value FROM totals WHERE facet = :facet AND value >= 0 ORDER BY value");
  gboolean row = FALSE;

  vrf_statement_bind_int (statement, ":facet", facet);
  for (;;)
    {
      gint64 value = 0;

      if (!vrf_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&values);
      value = vrf_statement_get_int (statement, "value");
      g_array_append_val (values, value);
    }
}

/* Values that few sessions differ in: one part each, so that the newest of each come first. */
static gboolean
read_by_value (Page *page, const SortInfo *sort, GError **error)
{
  g_autoptr (GArray) values =
      read_values (page->index, sort->facet, page->plan->query->descending, error);

  if (values == NULL)
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    {
      g_autofree char *condition = g_strdup_printf (
          "s.%s = %" G_GINT64_FORMAT, sort->column, g_array_index (values, gint64, i));

      if (!read_part (page, condition, "s.n DESC", error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_by_key (Page *page, const SortInfo *sort, GError **error)
{
  gboolean descending = page->plan->query->descending;
  g_autofree char *there = g_strdup_printf ("s.%s IS NOT NULL", sort->column);
  g_autofree char *order = g_strdup_printf (
      "s.%s%s, s.n%s", sort->column, descending ? " DESC" : "", descending ? "" : " DESC");

  return read_part (page, there, order, error);
}

/* Along the index of what is sorted by, then those that have nothing to sort by. */
static gboolean
read_walking (Page *page, const SortInfo *sort, GError **error)
{
  VrfPlanKind kind = page->plan->kind;
  g_autofree char *missing = g_strdup_printf ("s.%s IS NULL", sort->column);
  g_autofree char *newest = NULL;
  gboolean ok = FALSE;

  page->plan->kind = sort->kind;
  ok = sort->facet != 0 ? read_by_value (page, sort, error) : read_by_key (page, sort, error);
  page->plan->kind = kind;
  newest = g_strdup_printf ("%s DESC", vrf_plan_get_n (page->plan));
  return ok && read_part (page, missing, newest, error);
}

/* Gathered and sorted. */
static gboolean
read_sorted (Page *page, const SortInfo *sort, GError **error)
{
  const char *column = sort->column;
  g_autofree char *backwards =
      g_strdup_printf ("CASE WHEN s.%s IS NULL THEN -s.n ELSE s.n END", column);
  gboolean descending = page->plan->query->descending;
  g_autofree char *order =
      g_strdup_printf ("+s.%s IS NULL, +s.%s%s, %s",
                       column,
                       column,
                       descending ? " DESC" : "",
                       descending && sort->facet == 0 ? backwards : "+s.n DESC");

  return read_ordered (page, NULL, order, error);
}

/* What the search may have found comes newest first, row by row, and is held to the conditions:
 * nothing is gathered, however much it is. @take: what to do with a row that fits; gives whether to
 * go on. */
typedef gboolean (*TakeRow) (Page *page, VrfStatement *row);

static gboolean
walk_candidates (Page *page, const char *columns, TakeRow take, GError **error)
{
  g_autofree char *candidates = g_strdup_printf ("%s ORDER BY n%s",
                                                 vrf_plan_get_candidates (page->plan),
                                                 page->plan->query->descending ? " DESC" : "");
  VrfPlan plain = *page->plan;
  g_autofree char *check_sql = NULL;
  VrfStatement *found = vrf_sqlite_statement (page->index->db, candidates);
  gboolean more = TRUE;
  gboolean row = FALSE;

  plain.kind = VRF_PLAN_TABLE;
  check_sql = vrf_plan_dup_check (&plain, columns);
  vrf_plan_bind_candidates (page->plan, found);
  while (more)
    {
      VrfStatement *check = NULL;

      if (!vrf_statement_step (found, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      check = vrf_sqlite_statement (page->index->db, check_sql);
      vrf_plan_bind (&plain, check);
      vrf_statement_bind_int (check, ":n", vrf_statement_get_int (found, "n"));
      if (!vrf_statement_step (check, &row, error))
        {
          vrf_statement_stop (found);
          return FALSE;
        }
      if (row)
        more = take (page, check);
      vrf_statement_stop (check);
    }
  vrf_statement_stop (found);
  return TRUE;
}

static gboolean
take_entry (Page *page, VrfStatement *row)
{
  VrfIndexEntry *entry = NULL;

  if (page->offset-- > 0)
    return TRUE;
  entry = vrf_index_read_entry (row);
  if (entry != NULL)
    g_ptr_array_add (page->entries, entry);
  return --page->limit > 0;
}

static gboolean
count_row (Page *page, VrfStatement *row)
{
  return ++page->offset < page->limit;
}

/* The n that stands at the page's offset, if all sessions are wanted: looked for from the nearer
 * end in the index that has nothing else. */
static gboolean
find_far (Page *page, gint64 total, gint64 *ret_n, GError **error)
{
  gboolean descending = page->plan->query->descending;
  gboolean from_end = page->offset > total / 2;
  VrfStatement *statement = vrf_sqlite_statement (
      page->index->db,
      descending != from_end
          ? "SELECT n FROM sessions INDEXED BY sessions_order ORDER BY n DESC LIMIT 1 OFFSET "
            ":offset"
          : "SELECT n FROM sessions INDEXED BY sessions_order ORDER BY n LIMIT 1 OFFSET :offset");

  vrf_statement_bind_int (
      statement, ":offset", from_end ? MAX (total - 1 - page->offset, 0) : page->offset);
  return run_count (statement, ret_n, error);
}

static gboolean
read_far (Page *page, GError **error)
{
  VrfStatement *statement = NULL;
  gint64 total = 0;
  gint64 n = 0;

  if (!vrf_index_get_total (page->index, VRF_FACET_ALL, NULL, 0, &total, error))
    return FALSE;
  if (page->offset >= total)
    return TRUE;
  if (!find_far (page, total, &n, error))
    return FALSE;
  statement = vrf_sqlite_statement (
      page->index->db,
      page->plan->query->descending
          ? "SELECT " VRF_INDEX_COLUMNS " FROM sessions AS s NOT INDEXED WHERE s.n <= :n"
            " ORDER BY s.n DESC LIMIT :limit"
          : "SELECT " VRF_INDEX_COLUMNS " FROM sessions AS s NOT INDEXED WHERE s.n >= :n"
            " ORDER BY s.n LIMIT :limit");
  vrf_statement_bind_int (statement, ":n", n);
  vrf_statement_bind_int (statement, ":limit", page->limit);
  return read_rows (page, statement, error);
}

static gboolean
read_created (Page *page, GError **error)
{
  g_autofree char *order = NULL;

  if (page->plan->kind == VRF_PLAN_PARTS || page->plan->kind == VRF_PLAN_ATTENTION)
    return walk_candidates (page, VRF_INDEX_COLUMNS, take_entry, error);
  if (page->offset >= FAR_AWAY && page->plan->query->view == VRF_INDEX_ALL
      && is_plain (page->plan->query))
    return read_far (page, error);
  order = g_strdup_printf (
      "%s%s", vrf_plan_get_n (page->plan), page->plan->query->descending ? " DESC" : "");
  return read_ordered (page, NULL, order, error);
}

static gboolean
read_page (Page *page, GError **error)
{
  const SortInfo *sort = &sorts[page->plan->query->sort];

  if (page->plan->nothing || page->limit == 0)
    return TRUE;
  if (page->plan->query->sort == VRF_INDEX_SORT_CREATED)
    return read_created (page, error);
  if (page->plan->few || page->plan->kind == VRF_PLAN_PARTS)
    return read_sorted (page, sort, error);
  return read_walking (page, sort, error);
}

/**
 * vrf_index_page:
 * @self: an index
 * @query: what is wanted
 * @offset: how many of the first are passed over
 * @limit: how many at most
 * @error: return location
 *
 * Returns: (nullable) (transfer full) (element-type VrfIndexEntry): the sessions, in order
 */
GPtrArray *
vrf_index_page (
    VrfIndex *self, const VrfIndexQuery *query, guint offset, guint limit, GError **error)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_index_entry_free);
  g_auto (VrfPlan) plan = { 0 };
  Page page = { self, &plan, entries, offset, limit };

  if (!vrf_plan_init (&plan, self, query, error) || !read_page (&page, error))
    return NULL;
  return g_steal_pointer (&entries);
}

/**
 * vrf_index_count:
 * @self: an index
 * @query: what is wanted; its order does not matter
 * @most: no need to count further
 * @error: return location
 *
 * A view alone is not counted but known. Everything else is counted, for as long as it takes.
 *
 * Returns: how many sessions there are, at most @most; -1 with an error
 */
gint64
vrf_index_count (VrfIndex *self, const VrfIndexQuery *query, gint64 most, GError **error)
{
  g_auto (VrfPlan) plan = { 0 };
  Page page = { self, &plan, NULL, 0, most };
  VrfIndexCounts counts;
  gint64 n = 0;

  if (is_plain (query))
    return vrf_index_count_views (self, query->midnight_us, &counts, error)
               ? MIN (counts.views[query->view], most)
               : -1;
  if (!vrf_plan_init (&plan, self, query, error))
    return -1;
  if (plan.nothing || most <= 0)
    return 0;
  if (plan.kind == VRF_PLAN_PARTS)
    return walk_candidates (&page, "1 AS fits", count_row, error) ? page.offset : -1;
  return count_source (&page, NULL, most, &n, error) ? n : -1;
}
