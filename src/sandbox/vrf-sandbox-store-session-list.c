/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <math.h>

#include "sandbox/vrf-sandbox-store.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-sandbox-store-private.h"
#include "sandbox/vrf-session-filter.h"
#include "sandbox/vrf-session-totals.h"

/*
 * A page of sessions, at a price that does not grow with how many there are. There are two ways to
 * find it. Walking reads sessions newest first until the page is full: good when many fit.
 * Gathering reads those a tag or a part of a reference has, and sorts them: good when few fit. Half
 * way between lies the square root of what walking would read at worst; counting so far tells which
 * it is.
 */

/* As many as a total is worth keeping for: below it, counting is as fast as looking. */
#define WORTH_KEEPING 200

/* Sessions that may fit, as `m`; some may not. */
typedef struct
{
  const char *most; /* may name one twice: to be counted */
  const char *once;
} Candidates;

#define IDS "SELECT n FROM sessions WHERE id >= :q AND id < :q_end"
#define PARTS "SELECT rowid AS m FROM session_search WHERE session_search MATCH :parts"
#define SHORT "SELECT doc AS m FROM session_terms WHERE term >= :folded AND term < :folded_end"
#define TAGS "SELECT session_n AS m FROM session_tags WHERE is_sandbox = :is_sandbox AND tag = :tag"

static const Candidates by_part = { PARTS " UNION ALL " IDS, PARTS " UNION " IDS };
static const Candidates by_short_part = { SHORT " UNION ALL " IDS, SHORT " UNION " IDS };
static const Candidates by_tag = { TAGS, TAGS };

/* The terms of the index have so many characters. */
#define TERM 3

static const Candidates *
get_candidates (const VrfSessionFilter *filter)
{
  g_autofree char *folded = NULL;

  if (filter->q == NULL)
    return filter->tag != NULL ? &by_tag : NULL;
  folded = g_utf8_casefold (filter->q, -1);
  return g_utf8_strlen (folded, -1) < TERM ? &by_short_part : &by_part;
}

/* Every term of @folded must be there; that they follow each other is looked at after. */
static char *
dup_terms (const char *folded)
{
  g_autoptr (GString) terms = g_string_new (NULL);

  for (const char *at = folded; g_utf8_strlen (at, -1) >= TERM; at = g_utf8_next_char (at))
    {
      g_autofree char *term = g_utf8_substring (at, 0, TERM);
      g_auto (GStrv) pieces = g_strsplit (term, "\"", -1);
      g_autofree char *quoted = g_strjoinv ("\"\"", pieces);

      g_string_append_printf (terms, "%s\"%s\"", terms->len > 0 ? " AND " : "", quoted);
    }
  return g_string_free (g_steal_pointer (&terms), FALSE);
}

/* After whatever begins with @text. */
static char *
dup_end (const char *text)
{
  return g_strconcat (text, "\xf4\x8f\xbf\xbf", NULL);
}

/* What the filter's own conditions do not name. */
static void
bind_candidates (VrfStatement *statement,
                 const VrfSessionFilter *filter,
                 const Candidates *candidates)
{
  g_autofree char *folded = NULL;
  g_autofree char *terms = NULL;
  g_autofree char *id_end = NULL;
  g_autofree char *folded_end = NULL;

  if (candidates == NULL || candidates == &by_tag)
    return;
  folded = g_utf8_casefold (filter->q, -1);
  id_end = dup_end (filter->q);
  vrf_statement_bind_text (statement, ":q_end", id_end);
  if (candidates == &by_short_part)
    {
      folded_end = dup_end (folded);
      vrf_statement_bind_text (statement, ":folded_end", folded_end);
    }
  else
    {
      terms = dup_terms (folded);
      vrf_statement_bind_text (statement, ":parts", terms);
    }
}

/* What they name, and the filter's conditions too, which are not there. */
static void
bind_candidates_alone (VrfStatement *statement,
                       const VrfSessionFilter *filter,
                       const Candidates *candidates)
{
  g_autofree char *folded = NULL;

  bind_candidates (statement, filter, candidates);
  if (candidates == &by_tag)
    {
      vrf_statement_bind_int (statement, ":is_sandbox", filter->is_sandbox);
      vrf_statement_bind_text (statement, ":tag", filter->tag);
      return;
    }
  vrf_statement_bind_text (statement, ":q", filter->q);
  if (candidates == &by_short_part)
    {
      folded = g_utf8_casefold (filter->q, -1);
      vrf_statement_bind_text (statement, ":folded", folded);
    }
}

/* How many sessions the environment has, in all or of the filter's status. */
static gboolean
count_by_status (VrfSandboxStore *self,
                 const VrfSessionFilter *filter,
                 gint64 *ret_total,
                 GError **error)
{
  VrfSessionFilter plain = VRF_SESSION_FILTER_INIT;
  g_autoptr (GString) sql =
      g_string_new ("SELECT coalesce(sum(total), 0) AS total FROM session_counts");
  VrfStatement *statement = NULL;

  plain.is_sandbox = filter->is_sandbox;
  plain.state = filter->state;
  vrf_session_filter_append (&plain, sql);
  statement = vrf_sqlite_statement (vrf_sandbox_store_get_db (self), sql->str);
  vrf_session_filter_bind (&plain, statement);
  return vrf_sandbox_store_take_total (statement, ret_total, error);
}

/* Sets @ret_candidates to what to gather from; to NULL when walking is the better way. */
static gboolean
choose_way (VrfSandboxStore *self,
            const VrfSessionFilter *filter,
            const Candidates **ret_candidates,
            GError **error)
{
  const Candidates *candidates = get_candidates (filter);
  g_autofree char *sql = NULL;
  VrfStatement *statement = NULL;
  gint64 all = 0;
  gint64 few = 0;
  gint64 found = 0;

  *ret_candidates = NULL;
  if (candidates == NULL)
    return TRUE;
  if (!count_by_status (self, filter, &all, error))
    return FALSE;
  few = (gint64) sqrt ((double) all * ((double) filter->offset + filter->limit)) + filter->limit;

  sql = g_strdup_printf ("SELECT count(*) AS total FROM (%s LIMIT :few)", candidates->most);
  statement = vrf_sqlite_statement (vrf_sandbox_store_get_db (self), sql);
  bind_candidates_alone (statement, filter, candidates);
  vrf_statement_bind_int (statement, ":few", few);
  if (!vrf_sandbox_store_take_total (statement, &found, error))
    return FALSE;
  if (found < few)
    *ret_candidates = candidates;
  return TRUE;
}

/* Appends FROM and WHERE. A CROSS JOIN is read in the order it is written. */
static void
append_source (GString *sql, const VrfSessionFilter *filter, const Candidates *candidates)
{
  if (candidates == NULL)
    g_string_append (sql, " FROM sessions");
  else
    g_string_append_printf (
        sql, " FROM (%s) CROSS JOIN sessions ON sessions.n = m", candidates->once);
  vrf_session_filter_append (filter, sql);
}

static void
bind_source (VrfStatement *statement, const VrfSessionFilter *filter, const Candidates *candidates)
{
  vrf_session_filter_bind (filter, statement);
  bind_candidates (statement, filter, candidates);
}

/**
 * vrf_sandbox_store_list_sessions:
 * @self: a store
 * @filter: what to list
 * @error: from the database
 *
 * Returns: (nullable) (transfer full) (element-type VrfStoredSession): newest first; %NULL on error
 */
GPtrArray *
vrf_sandbox_store_list_sessions (VrfSandboxStore *self,
                                 const VrfSessionFilter *filter,
                                 GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT * FROM sessions WHERE n IN (SELECT sessions.n");
  const Candidates *candidates = NULL;
  VrfStatement *statement = NULL;

  if (!choose_way (self, filter, &candidates, error))
    return NULL;
  append_source (sql, filter, candidates);
  /* The inner query walks an index alone, the outer one reads just the rows that are shown. */
  g_string_append (sql,
                   " ORDER BY created_at DESC, sessions.n DESC LIMIT :limit OFFSET :offset)"
                   " ORDER BY created_at DESC, n DESC");
  statement = vrf_sqlite_statement (vrf_sandbox_store_get_db (self), sql->str);
  bind_source (statement, filter, candidates);
  vrf_statement_bind_int (statement, ":limit", filter->limit);
  vrf_statement_bind_int (statement, ":offset", filter->offset);
  return vrf_sandbox_store_take_rows (
      statement, vrf_sandbox_store_load_session, (GDestroyNotify) vrf_stored_session_free, error);
}

static gboolean
is_counted (const VrfSessionFilter *filter)
{
  return filter->q == NULL && filter->external_ref == NULL && filter->workflow_id == NULL
         && filter->tag == NULL && filter->created_after == VRF_TIME_NONE
         && filter->created_before == VRF_TIME_NONE;
}

static gboolean
count_all (VrfSandboxStore *self, const VrfSessionFilter *filter, gint64 *ret_total, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT count(*) AS total");
  const Candidates *candidates = NULL;
  VrfStatement *statement = NULL;

  if (!choose_way (self, filter, &candidates, error))
    return FALSE;
  append_source (sql, filter, candidates);
  statement = vrf_sqlite_statement (vrf_sandbox_store_get_db (self), sql->str);
  bind_source (statement, filter, candidates);
  return vrf_sandbox_store_take_total (statement, ret_total, error);
}

/**
 * vrf_sandbox_store_count_sessions:
 * @self: a store
 * @filter: what to count; its limit and offset do not matter
 * @ret_total: (out): how many there are
 * @error: from the database
 *
 * A plain list or one of a status is counted as it is written. What another filter has is counted
 * when it is first asked for, and kept right from then on. So a total costs the same at any size.
 */
gboolean
vrf_sandbox_store_count_sessions (VrfSandboxStore *self,
                                  const VrfSessionFilter *filter,
                                  gint64 *ret_total,
                                  GError **error)
{
  VrfSessionTotals *totals = vrf_sandbox_store_get_totals (self);

  if (is_counted (filter))
    return count_by_status (self, filter, ret_total, error);
  if (vrf_session_totals_get (totals, filter, ret_total))
    return TRUE;
  if (!count_all (self, filter, ret_total, error))
    return FALSE;
  if (*ret_total >= WORTH_KEEPING)
    vrf_session_totals_keep (totals, filter, *ret_total);
  return TRUE;
}
