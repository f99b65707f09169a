/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-store-lists.h"

#include "sandbox/vrf-sandbox-store-private.h"

/* What a session was found to be like in custom lists. */

static VrfStatement *
prepare (VrfSandboxStore *store, const char *sql)
{
  return vrf_sqlite_statement (vrf_sandbox_store_get_db (store), sql);
}

/** vrf_list_match_free: frees @self (nullable) */
void
vrf_list_match_free (VrfListMatch *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->list_id);
  g_free (self->list_name);
  g_free (self->item_id);
  g_free (self->match_mode);
  g_free (self);
}

static gpointer
load (VrfStatement *statement)
{
  VrfListMatch *self = g_new0 (VrfListMatch, 1);

  self->session_n = vrf_statement_get_int (statement, "session_n");
  self->id = vrf_statement_dup_text (statement, "id");
  self->list_n = vrf_statement_get_int (statement, "list_n");
  self->list_id = vrf_statement_dup_text (statement, "list_id");
  self->list_name = vrf_statement_dup_text (statement, "list_name");
  self->item_id = vrf_statement_dup_text (statement, "item_id");
  self->match_mode = vrf_statement_dup_text (statement, "match_mode");
  self->score = vrf_statement_get_double (statement, "score");
  self->false_positive = vrf_statement_get_int (statement, "false_positive") != 0;
  self->created_at = vrf_statement_get_time (statement, "created_at");
  return self;
}

/** vrf_store_lists_drop_matches: a session is looked up anew */
gboolean
vrf_store_lists_drop_matches (VrfSandboxStore *store, gint64 session_n, GError **error)
{
  VrfStatement *statement = prepare (store, "DELETE FROM list_matches WHERE session_n = :n");

  vrf_statement_bind_int (statement, ":n", session_n);
  return vrf_statement_run (statement, error);
}

/** vrf_store_lists_add_match: writes what a session matched */
gboolean
vrf_store_lists_add_match (VrfSandboxStore *store, const VrfListMatch *match, GError **error)
{
  VrfStatement *statement = prepare (
      store,
      "INSERT INTO list_matches (id, session_n, list_n, item_id, match_mode, score,"
      " false_positive, created_at) VALUES (:id, :session_n, :list_n, :item_id, :match_mode,"
      " :score, 0, :created_at)");

  vrf_statement_bind_text (statement, ":id", match->id);
  vrf_statement_bind_int (statement, ":session_n", match->session_n);
  vrf_statement_bind_int (statement, ":list_n", match->list_n);
  vrf_statement_bind_text (statement, ":item_id", match->item_id);
  vrf_statement_bind_text (statement, ":match_mode", match->match_mode);
  vrf_statement_bind_double (statement, ":score", match->score);
  vrf_statement_bind_time (statement, ":created_at", match->created_at);
  return vrf_statement_run (statement, error);
}

/** vrf_store_lists_mark_false: somebody looked, and it is not the same */
gboolean
vrf_store_lists_mark_false (VrfSandboxStore *store, const VrfListMatch *match, GError **error)
{
  VrfStatement *statement =
      prepare (store, "UPDATE list_matches SET false_positive = 1 WHERE id = :id");

  vrf_statement_bind_text (statement, ":id", match->id);
  return vrf_statement_run (statement, error);
}

/** vrf_store_lists_list_matches: Returns: (nullable) (transfer full) (element-type VrfListMatch):
 * what a session matched, in the order it was found; %NULL on error */
GPtrArray *
vrf_store_lists_list_matches (VrfSandboxStore *store, gint64 session_n, GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "SELECT list_matches.*, lists.id AS list_id, lists.name AS list_name"
               " FROM list_matches JOIN lists ON lists.n = list_n"
               " WHERE session_n = :session_n ORDER BY list_matches.n");

  vrf_statement_bind_int (statement, ":session_n", session_n);
  return vrf_sandbox_store_take_rows (statement, load, (GDestroyNotify) vrf_list_match_free, error);
}
