/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-store"

#include "config.h"

#include <string.h>

#include "store/vrf-index-plan.h"

#include "base/vrf-time.h"

/*
 * SQLite is told where to begin, because only we know how many sessions have a value: the totals
 * do. The condition with the fewest sessions is walked along its index, in which they lie by n, and
 * every row is held to the others. A search is another such condition when something else has few
 * sessions; else it begins with the parts of references.
 */

/* So many are gathered and sorted in about a frame. */
#define FEW 20000
#define PART_LENGTH 3
#define ID_PREFIX "session_"
#define ID_LEAST 4

/* Search */

/* Every part of @folded must be there; that they follow each other is looked at after. */
static char *
dup_terms (const char *folded)
{
  GString *terms = g_string_new (NULL);

  for (const char *at = folded; g_utf8_strlen (at, PART_LENGTH * 6) >= PART_LENGTH;
       at = g_utf8_next_char (at))
    {
      g_autofree char *term = g_utf8_substring (at, 0, PART_LENGTH);

      g_string_append (terms, terms->len > 0 ? " AND \"" : "\"");
      for (const char *byte = term; *byte != '\0'; byte++)
        g_string_append_len (terms, *byte == '"' ? "\"\"" : byte, *byte == '"' ? 2 : 1);
      g_string_append_c (terms, '"');
    }
  return g_string_free (terms, FALSE);
}

/* After whatever begins with @text. */
static char *
dup_end (const char *text)
{
  return g_strconcat (text, "\xf4\x8f\xbf\xbf", NULL);
}

static gboolean
is_id_text (const char *text)
{
  return text[strspn (text, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-")]
         == '\0';
}

/* "LIKE" with nothing special in it but the beginning. */
static char *
dup_ends_like (const char *text)
{
  GString *like = g_string_new ("%");

  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '_' || *at == '%' || *at == '\\')
        g_string_append_c (like, '\\');
      g_string_append_c (like, *at);
    }
  return g_string_free (like, FALSE);
}

static void
plan_ids (VrfPlan *self, const char *search)
{
  gboolean whole = g_ascii_strncasecmp (search, ID_PREFIX, strlen (ID_PREFIX)) == 0;
  const char *rest = whole ? search + strlen (ID_PREFIX) : search;

  if (!is_id_text (search) || (!whole && strlen (search) < ID_LEAST))
    return;
  self->id = g_strconcat (ID_PREFIX, rest, NULL);
  self->id_end = dup_end (self->id);
  if (whole)
    return;
  self->tail = vrf_index_tail (search);
  self->tail_end = dup_end (self->tail);
  self->ends_like = dup_ends_like (search);
}

static void
plan_search (VrfPlan *self, const char *search)
{
  if (search == NULL || *search == '\0')
    return;
  self->folded = vrf_index_fold (search);
  if (g_utf8_strlen (self->folded, -1) >= PART_LENGTH)
    self->terms = dup_terms (self->folded);
  plan_ids (self, search);
}

/* Where it begins */

static gboolean
count_statement (VrfStatement *statement, gint64 *ret_n, GError **error)
{
  gboolean row = FALSE;

  if (!vrf_statement_step (statement, &row, error))
    return FALSE;
  *ret_n = row ? vrf_statement_get_int (statement, "n") : 0;
  return !row || vrf_statement_run (statement, error);
}

/* A part of one or two characters that very many have is not gathered: it is soon met on the way.
 */
static gboolean
has_many_short_parts (VrfPlan *self, VrfIndex *index, gboolean *ret_many, GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (
      index->db,
      "SELECT count (*) AS n FROM (SELECT 1 FROM session_parts"
      " WHERE term >= :folded AND term < :folded_end LIMIT " G_STRINGIFY (FEW) ")");
  g_autofree char *end = dup_end (self->folded);
  gint64 n = 0;

  vrf_statement_bind_text (statement, ":folded", self->folded);
  vrf_statement_bind_text (statement, ":folded_end", end);
  if (!count_statement (statement, &n, error))
    return FALSE;
  *ret_many = n >= FEW;
  return TRUE;
}

/* How many of the newest there are, no further than it matters. */
static gboolean
count_since (VrfPlan *self, VrfIndex *index, gint64 *ret_n, GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (
      index->db,
      "SELECT count (*) AS n FROM (SELECT 1 FROM sessions NOT INDEXED WHERE n >= :first_n"
      " LIMIT " G_STRINGIFY (FEW) ")");

  vrf_statement_bind_int (statement, ":first_n", self->first_n);
  return count_statement (statement, ret_n, error);
}

typedef struct
{
  VrfPlan *plan;
  VrfIndex *index;
  gint64 fewest;
} Choice;

static void
offer (Choice *choice, VrfPlanKind kind, gint64 n)
{
  if (n >= choice->fewest)
    return;
  choice->fewest = n;
  choice->plan->kind = kind;
}

static gboolean
offer_total (Choice *choice,
             VrfPlanKind kind,
             VrfIndexFacet facet,
             const char *value,
             gint64 number,
             GError **error)
{
  gint64 n = 0;

  if (!vrf_index_get_total (choice->index, facet, value, number, &n, error))
    return FALSE;
  offer (choice, kind, n);
  return TRUE;
}

static gboolean
offer_view (Choice *choice, GError **error)
{
  VrfIndexCounts counts;
  VrfIndexView view = choice->plan->query->view;

  if (view != VRF_INDEX_NOW && view != VRF_INDEX_ATTENTION)
    return TRUE;
  if (!vrf_index_count_views (choice->index, choice->plan->query->midnight_us, &counts, error))
    return FALSE;
  offer (choice, view == VRF_INDEX_NOW ? VRF_PLAN_ACTIVE : VRF_PLAN_ATTENTION, counts.views[view]);
  return TRUE;
}

static gboolean
choose (Choice *choice, GError **error)
{
  VrfPlan *self = choice->plan;
  const VrfIndexQuery *query = self->query;
  gint64 since = G_MAXINT64;

  if (!vrf_index_get_total (choice->index, VRF_FACET_ALL, NULL, 0, &choice->fewest, error)
      || !offer_view (choice, error))
    return FALSE;
  if (self->first_n > 0 && !count_since (self, choice->index, &since, error))
    return FALSE;
  if (since < FEW)
    offer (choice, VRF_PLAN_TABLE, since);
  if (query->status != NULL || query->view == VRF_INDEX_EXPIRED)
    if (!offer_total (choice, VRF_PLAN_STATUS, VRF_FACET_STATUS, NULL, self->status, error))
      return FALSE;
  if (self->result != 0
      && !offer_total (choice, VRF_PLAN_RESULT, VRF_FACET_RESULT, NULL, self->result, error))
    return FALSE;
  if (query->workflow_id != NULL
      && !offer_total (choice, VRF_PLAN_WORKFLOW, VRF_FACET_WORKFLOW, query->workflow_id, 0, error))
    return FALSE;
  return query->tag == NULL
         || offer_total (choice, VRF_PLAN_TAG, VRF_FACET_TAG, query->tag, 0, error);
}

/* The words as numbers. A view and a filter may contradict each other. */
static void
plan_words (VrfPlan *self)
{
  const VrfIndexQuery *query = self->query;
  const char *result = query->result;

  if (query->status != NULL)
    {
      self->status = vrf_index_status_rank (query->status);
      if (self->status == 0)
        self->status_is = query->status;
    }
  if (query->view == VRF_INDEX_EXPIRED)
    {
      self->nothing = query->status != NULL && self->status != VRF_INDEX_EXPIRED_STATUS;
      self->status = VRF_INDEX_EXPIRED_STATUS;
    }

  if (result != NULL && *result == '\0')
    self->result = VRF_INDEX_NO_RESULT;
  else if (result != NULL)
    self->result = vrf_index_result_rank (result);
  if (self->result == VRF_INDEX_OTHER_RESULT)
    self->result_is = result;
  if (query->view == VRF_INDEX_APPROVED || query->view == VRF_INDEX_REJECTED)
    {
      int wanted =
          vrf_index_result_rank (query->view == VRF_INDEX_APPROVED ? "approved" : "rejected");

      self->nothing = self->nothing || (self->result != 0 && self->result != wanted);
      self->result = wanted;
    }
}

static void
plan_times (VrfPlan *self)
{
  gint64 since_us = self->query->since_us;

  if (self->query->view == VRF_INDEX_TODAY)
    since_us = MAX (since_us, self->query->midnight_us);
  self->first_n = vrf_index_first_n (since_us);
}

/**
 * vrf_plan_init:
 * @self: to be filled; cleared with vrf_plan_clear() in any case
 * @index: an index
 * @query: what is wanted; outlives the plan
 * @error: return location
 */
gboolean
vrf_plan_init (VrfPlan *self, VrfIndex *index, const VrfIndexQuery *query, GError **error)
{
  Choice choice = { .plan = self, .index = index };
  gboolean many = FALSE;

  *self = (VrfPlan){ .query = query, .kind = VRF_PLAN_TABLE };
  plan_words (self);
  plan_times (self);
  plan_search (self, query->search);
  if (!choose (&choice, error))
    return FALSE;

  self->few = choice.fewest < FEW;
  if (self->folded == NULL || self->few)
    return TRUE;
  if (self->terms == NULL && !has_many_short_parts (self, index, &many, error))
    return FALSE;
  if (!many)
    self->kind = VRF_PLAN_PARTS;
  return TRUE;
}

void
vrf_plan_clear (VrfPlan *self)
{
  g_clear_pointer (&self->folded, g_free);
  g_clear_pointer (&self->terms, g_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->id_end, g_free);
  g_clear_pointer (&self->tail, g_free);
  g_clear_pointer (&self->tail_end, g_free);
  g_clear_pointer (&self->ends_like, g_free);
}

/* SQL */

#define IDS " UNION SELECT n FROM sessions WHERE id >= :id AND id < :id_end"
#define TAILS " UNION SELECT n FROM sessions WHERE tail >= :tail AND tail < :tail_end"

#define ATTENTION                                                                                  \
  "SELECT n FROM sessions INDEXED BY sessions_by_attention WHERE attention > 0 AND attention = 1"  \
  " UNION ALL SELECT n FROM sessions INDEXED BY sessions_by_attention"                             \
  " WHERE attention > 0 AND attention = 2 AND ended_at >= :midnight"

const char *
vrf_plan_get_candidates (const VrfPlan *self)
{
  if (self->kind == VRF_PLAN_ATTENTION)
    return ATTENTION;
  if (self->terms == NULL)
    return "SELECT doc AS n FROM session_parts WHERE term >= :folded AND term < :folded_end" IDS;
  if (self->tail != NULL)
    return "SELECT rowid AS n FROM session_search WHERE session_search MATCH :terms" IDS TAILS;
  return "SELECT rowid AS n FROM session_search WHERE session_search MATCH :terms" IDS;
}

static void
append_from (GString *sql, const VrfPlan *self)
{
  static const char *const sources[] = {
    [VRF_PLAN_TABLE] = "sessions AS s NOT INDEXED",
    [VRF_PLAN_STATUS] = "sessions AS s INDEXED BY sessions_by_status",
    [VRF_PLAN_ACTIVE] = "sessions AS s INDEXED BY sessions_by_status",
    [VRF_PLAN_ATTENTION] = NULL,
    [VRF_PLAN_RESULT] = "sessions AS s INDEXED BY sessions_by_result",
    [VRF_PLAN_WORKFLOW] = "sessions AS s INDEXED BY sessions_by_workflow",
    [VRF_PLAN_TAG] = "session_tags AS t CROSS JOIN sessions AS s ON s.n = t.n",
    [VRF_PLAN_RISK] = "sessions AS s INDEXED BY sessions_by_risk",
    [VRF_PLAN_REF] = "sessions AS s INDEXED BY sessions_by_ref",
    [VRF_PLAN_EXPIRES] = "sessions AS s INDEXED BY sessions_by_end",
    [VRF_PLAN_PARTS] = NULL,
  };

  if (sources[self->kind] == NULL)
    g_string_append_printf (sql,
                            " FROM (%s) AS c CROSS JOIN sessions AS s ON s.n = c.n",
                            vrf_plan_get_candidates (self));
  else
    g_string_append_printf (sql, " FROM %s", sources[self->kind]);
}

static void
append_view (GString *sql, const VrfPlan *self)
{
  if (self->query->view == VRF_INDEX_NOW)
    g_string_append (sql,
                     " AND s.status BETWEEN " G_STRINGIFY (
                         VRF_INDEX_FIRST_ACTIVE) " AND " G_STRINGIFY (VRF_INDEX_LAST_ACTIVE));
  else if (self->query->view == VRF_INDEX_ATTENTION && self->kind != VRF_PLAN_ATTENTION)
    g_string_append (sql,
                     " AND (s.attention = 1 OR (s.attention = 2 AND s.ended_at >= :midnight))");
}

static gboolean
has_status (const VrfPlan *self)
{
  return self->query->status != NULL || self->query->view == VRF_INDEX_EXPIRED;
}

static void
append_search (GString *sql, const VrfPlan *self)
{
  if (self->folded == NULL)
    return;
  g_string_append (sql, " AND (instr (coalesce (s.folded, s.external_ref, ''), :folded) > 0");
  if (self->id != NULL)
    g_string_append (sql, " OR (s.id >= :id AND s.id < :id_end)");
  if (self->ends_like != NULL)
    g_string_append (sql, " OR s.id LIKE :ends_like ESCAPE '\\'");
  g_string_append (sql, ")");
}

static void
append_conditions (GString *sql, const VrfPlan *self)
{
  append_view (sql, self);
  if (self->first_n > 0)
    g_string_append (sql, " AND s.n >= :first_n");
  if (has_status (self))
    g_string_append (sql, " AND s.status = :status");
  if (self->status_is != NULL)
    g_string_append (sql, " AND s.status_text = :status_is");
  if (self->result == VRF_INDEX_NO_RESULT)
    g_string_append (sql, " AND s.result IS NULL");
  else if (self->result != 0)
    g_string_append (sql, " AND s.result = :result");
  if (self->result_is != NULL)
    g_string_append (sql, " AND s.result_text = :result_is");
  if (self->query->workflow_id != NULL)
    g_string_append (sql, " AND s.workflow_id = :workflow");
  if (self->query->tag != NULL && self->kind == VRF_PLAN_TAG)
    g_string_append (sql, " AND t.tag = :tag");
  else if (self->query->tag != NULL)
    g_string_append (
        sql, " AND EXISTS (SELECT 1 FROM session_tags AS g WHERE g.tag = :tag AND g.n = s.n)");
  append_search (sql, self);
}

const char *
vrf_plan_get_n (const VrfPlan *self)
{
  return self->kind == VRF_PLAN_TAG ? "t.n" : "s.n";
}

char *
vrf_plan_dup_source (const VrfPlan *self, const char *extra)
{
  GString *sql = g_string_new (NULL);

  append_from (sql, self);
  g_string_append (sql, " WHERE 1");
  append_conditions (sql, self);
  if (extra != NULL)
    g_string_append_printf (sql, " AND %s", extra);
  return g_string_free (sql, FALSE);
}

char *
vrf_plan_dup_check (const VrfPlan *self, const char *columns)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "SELECT %s FROM sessions AS s WHERE s.n = :n", columns);
  append_conditions (sql, self);
  return g_string_free (sql, FALSE);
}

void
vrf_plan_bind_candidates (const VrfPlan *self, VrfStatement *statement)
{
  g_autofree char *folded_end = NULL;

  if (self->kind == VRF_PLAN_ATTENTION)
    {
      vrf_statement_bind_int (statement, ":midnight", self->query->midnight_us);
      return;
    }
  if (self->terms != NULL)
    vrf_statement_bind_text (statement, ":terms", self->terms);
  else
    {
      folded_end = dup_end (self->folded);
      vrf_statement_bind_text (statement, ":folded", self->folded);
      vrf_statement_bind_text (statement, ":folded_end", folded_end);
    }
  vrf_statement_bind_text (statement, ":id", self->id);
  vrf_statement_bind_text (statement, ":id_end", self->id_end);
  if (self->terms != NULL && self->tail != NULL)
    {
      vrf_statement_bind_text (statement, ":tail", self->tail);
      vrf_statement_bind_text (statement, ":tail_end", self->tail_end);
    }
}

static void
bind_search (const VrfPlan *self, VrfStatement *statement)
{
  if (self->folded == NULL)
    return;
  vrf_statement_bind_text (statement, ":folded", self->folded);
  if (self->id != NULL)
    {
      vrf_statement_bind_text (statement, ":id", self->id);
      vrf_statement_bind_text (statement, ":id_end", self->id_end);
    }
  if (self->ends_like != NULL)
    vrf_statement_bind_text (statement, ":ends_like", self->ends_like);
}

void
vrf_plan_bind (const VrfPlan *self, VrfStatement *statement)
{
  if (self->query->view == VRF_INDEX_ATTENTION)
    vrf_statement_bind_int (statement, ":midnight", self->query->midnight_us);
  if (self->first_n > 0)
    vrf_statement_bind_int (statement, ":first_n", self->first_n);
  if (has_status (self))
    vrf_statement_bind_int (statement, ":status", self->status);
  if (self->status_is != NULL)
    vrf_statement_bind_text (statement, ":status_is", self->status_is);
  if (self->result > 0)
    vrf_statement_bind_int (statement, ":result", self->result);
  if (self->result_is != NULL)
    vrf_statement_bind_text (statement, ":result_is", self->result_is);
  if (self->query->workflow_id != NULL)
    vrf_statement_bind_text (statement, ":workflow", self->query->workflow_id);
  if (self->query->tag != NULL)
    vrf_statement_bind_text (statement, ":tag", self->query->tag);
  bind_search (self, statement);
  if (self->kind == VRF_PLAN_PARTS)
    vrf_plan_bind_candidates (self, statement);
}
