/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-sandbox-store-private.h"
#include "sandbox/vrf-store-identities.h"

/* Which sessions with an outcome are an identity's. */

static VrfStatement *
prepare (VrfSandboxStore *store, const char *sql)
{
  return vrf_sqlite_statement (vrf_sandbox_store_get_db (store), sql);
}

/* The one that had the session before, if another had it, has one less. */
static gboolean
unlink_other (VrfSandboxStore *store, gint64 session_n, gint64 identity_n, GError **error)
{
  VrfStatement *statement = prepare (
      store,
      "UPDATE identities SET session_count = session_count - 1 WHERE n <> :identity_n AND n ="
      " (SELECT identity_n FROM identity_sessions WHERE session_n = :session_n)");

  vrf_statement_bind_int (statement, ":session_n", session_n);
  vrf_statement_bind_int (statement, ":identity_n", identity_n);
  return vrf_statement_run (statement, error);
}

/** vrf_store_identities_link: the session is @identity's, once however often it is said; its count
 * is set, its row is not written here */
gboolean
vrf_store_identities_link (VrfSandboxStore *store,
                           VrfIdentity *identity,
                           gint64 session_n,
                           GError **error)
{
  VrfStatement *statement = NULL;

  if (!unlink_other (store, session_n, identity->n, error))
    return FALSE;
  statement = prepare (store,
                       "INSERT INTO identity_sessions (session_n, identity_n)"
                       " VALUES (:session_n, :identity_n) ON CONFLICT (session_n) DO UPDATE"
                       " SET identity_n = :identity_n WHERE identity_n <> :identity_n");
  vrf_statement_bind_int (statement, ":session_n", session_n);
  vrf_statement_bind_int (statement, ":identity_n", identity->n);
  if (!vrf_statement_run (statement, error))
    return FALSE;
  identity->session_count += vrf_sqlite_get_changes (vrf_sandbox_store_get_db (store));
  return TRUE;
}

/** vrf_store_identities_move_sessions: all sessions of one identity are another's; counts are the
 * caller's */
gboolean
vrf_store_identities_move_sessions (VrfSandboxStore *store,
                                    gint64 from_n,
                                    gint64 to_n,
                                    GError **error)
{
  VrfStatement *statement =
      prepare (store, "UPDATE identity_sessions SET identity_n = :to_n WHERE identity_n = :from_n");

  vrf_statement_bind_int (statement, ":from_n", from_n);
  vrf_statement_bind_int (statement, ":to_n", to_n);
  return vrf_statement_run (statement, error);
}

/** vrf_store_identities_count_sessions: @ret_total (out): how many sessions are the identity's */
gboolean
vrf_store_identities_count_sessions (VrfSandboxStore *store,
                                     gint64 identity_n,
                                     gint64 *ret_total,
                                     GError **error)
{
  VrfStatement *statement = prepare (
      store, "SELECT count(*) AS total FROM identity_sessions WHERE identity_n = :identity_n");

  vrf_statement_bind_int (statement, ":identity_n", identity_n);
  return vrf_sandbox_store_take_total (statement, ret_total, error);
}

/**
 * vrf_store_identities_list_numbers:
 * @store: a store
 * @identity_n: an identity
 * @limit: how many; %G_MAXUINT for all
 * @offset: how many newer ones to pass over
 * @error: from the database
 *
 * Returns: (nullable) (transfer full) (element-type gint64): its sessions' numbers, newest first;
 *   %NULL on error
 */
GArray *
vrf_store_identities_list_numbers (
    VrfSandboxStore *store, gint64 identity_n, guint limit, guint offset, GError **error)
{
  VrfStatement *statement = prepare (store,
                                     "SELECT s.n AS n FROM identity_sessions l"
                                     " JOIN sessions s ON s.n = l.session_n"
                                     " WHERE l.identity_n = :identity_n"
                                     " ORDER BY s.created_at DESC, s.n DESC"
                                     " LIMIT :limit OFFSET :offset");

  vrf_statement_bind_int (statement, ":identity_n", identity_n);
  vrf_statement_bind_int (statement, ":limit", limit);
  vrf_statement_bind_int (statement, ":offset", offset);
  return vrf_sandbox_store_take_numbers (statement, error);
}

/** vrf_store_identities_list_sessions: Returns: (nullable) (transfer full) (element-type
 * VrfStoredSession): the sessions that vrf_store_identities_list_numbers() lists */
GPtrArray *
vrf_store_identities_list_sessions (
    VrfSandboxStore *store, gint64 identity_n, guint limit, guint offset, GError **error)
{
  g_autoptr (GArray) numbers =
      vrf_store_identities_list_numbers (store, identity_n, limit, offset, error);
  g_autoptr (GPtrArray) sessions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_stored_session_free);

  if (numbers == NULL)
    return NULL;
  for (guint i = 0; i < numbers->len; i++)
    {
      VrfStoredSession *session = vrf_sandbox_store_get_session_by_number (
          store, g_array_index (numbers, gint64, i), error);

      if (session == NULL)
        return NULL;
      g_ptr_array_add (sessions, session);
    }
  return g_steal_pointer (&sessions);
}

/** vrf_store_identities_dup_id_of_session: Returns: (nullable) (transfer full): the id of the
 * identity that the session is about; %NULL without @error when it is about none */
char *
vrf_store_identities_dup_id_of_session (VrfSandboxStore *store, gint64 session_n, GError **error)
{
  VrfStatement *statement = prepare (store,
                                     "SELECT i.id AS id FROM identity_sessions l"
                                     " JOIN identities i ON i.n = l.identity_n"
                                     " WHERE l.session_n = :session_n");
  g_autofree char *id = NULL;

  vrf_statement_bind_int (statement, ":session_n", session_n);
  if (!vrf_sandbox_store_get_row (statement, error))
    return NULL;
  id = vrf_statement_dup_text (statement, "id");
  return vrf_statement_run (statement, error) ? g_steal_pointer (&id) : NULL;
}

/* A person in answers that may be given again (verifa-api.md 1.5). Those that changed something
 * keep their shape; those that only looked can be asked for again. */
static const char *const reply_sql[] = {
  "UPDATE replies SET body = json_replace (body, '$.extracted_data', json ('{}'),"
  " '$.custom_fields', json ('{}'), '$.extracted_age', NULL, '$.latest_result', NULL,"
  " '$.rejection_reason', NULL) WHERE instr (path, :id) > 0 OR instr (body, :id) > 0",
  "DELETE FROM replies WHERE instr (body, :id) > 0 AND (path LIKE '%/identities/search'"
  " OR path LIKE '%/identities/merge/preview')",
};

/** vrf_store_identities_clear_replies: forgets the person of that id in stored answers */
gboolean
vrf_store_identities_clear_replies (VrfSandboxStore *store, const char *id, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (reply_sql); i++)
    {
      VrfStatement *statement = prepare (store, reply_sql[i]);

      vrf_statement_bind_text (statement, ":id", id);
      if (!vrf_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}
