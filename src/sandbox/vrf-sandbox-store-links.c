/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-sandbox-store.h"

#include "sandbox/vrf-sandbox-store-private.h"

static VrfStatement *
prepare (VrfSandboxStore *self, const char *sql)
{
  return vrf_sqlite_statement (vrf_sandbox_store_get_db (self), sql);
}

/** vrf_sandbox_store_insert_token: adds a token */
gboolean
vrf_sandbox_store_insert_token (VrfSandboxStore *self, const VrfStoredToken *token, GError **error)
{
  VrfStatement *statement =
      prepare (self,
               "INSERT INTO tokens (token, session_n, link_id, is_revoked, expires_at, visitor)"
               " VALUES (:token, :session_n, :link_id, :is_revoked, :expires_at, :visitor)");

  vrf_statement_bind_text (statement, ":token", token->token);
  vrf_statement_bind_int (statement, ":session_n", token->session_n);
  vrf_statement_bind_text (statement, ":link_id", token->link_id);
  vrf_statement_bind_int (statement, ":is_revoked", token->is_revoked);
  vrf_statement_bind_time (statement, ":expires_at", token->expires_at);
  vrf_statement_bind_text (statement, ":visitor", token->visitor);
  return vrf_statement_run (statement, error);
}

/** vrf_sandbox_store_get_token: Returns: (nullable) (transfer full): the token, good or not */
VrfStoredToken *
vrf_sandbox_store_get_token (VrfSandboxStore *self, const char *token, GError **error)
{
  VrfStatement *statement =
      prepare (self,
               "SELECT token, session_n, link_id, is_revoked, expires_at, visitor FROM tokens"
               " WHERE token = :token");
  g_autoptr (VrfStoredToken) found = NULL;

  vrf_statement_bind_text (statement, ":token", token);
  if (!vrf_sandbox_store_get_row (statement, error))
    return NULL;

  found = g_new0 (VrfStoredToken, 1);
  found->token = vrf_statement_dup_text (statement, "token");
  found->session_n = vrf_statement_get_int (statement, "session_n");
  found->link_id = vrf_statement_dup_text (statement, "link_id");
  found->is_revoked = vrf_statement_get_int (statement, "is_revoked") != 0;
  found->expires_at = vrf_statement_get_time (statement, "expires_at");
  found->visitor = vrf_statement_dup_text (statement, "visitor");
  return vrf_statement_run (statement, error) ? g_steal_pointer (&found) : NULL;
}

/** vrf_sandbox_store_set_visitor: the browser that opened the token */
gboolean
vrf_sandbox_store_set_visitor (VrfSandboxStore *self,
                               const char *token,
                               const char *visitor,
                               GError **error)
{
  VrfStatement *statement =
      prepare (self, "UPDATE tokens SET visitor = :visitor WHERE token = :token");

  vrf_statement_bind_text (statement, ":visitor", visitor);
  vrf_statement_bind_text (statement, ":token", token);
  return vrf_statement_run (statement, error);
}

/** vrf_sandbox_store_revoke_token: another token took its place */
gboolean
vrf_sandbox_store_revoke_token (VrfSandboxStore *self, const char *token, GError **error)
{
  VrfStatement *statement = prepare (self, "UPDATE tokens SET is_revoked = 1 WHERE token = :token");

  vrf_statement_bind_text (statement, ":token", token);
  return vrf_statement_run (statement, error);
}

/** vrf_sandbox_store_insert_link: adds a one-time link; its token is added apart */
gboolean
vrf_sandbox_store_insert_link (VrfSandboxStore *self, const VrfStoredLink *link, GError **error)
{
  VrfStatement *statement =
      prepare (self,
               "INSERT INTO links (id, session_n, token, status, created_at, expires_at)"
               " VALUES (:id, :session_n, :token, :status, :created_at, :expires_at)");

  vrf_statement_bind_text (statement, ":id", link->id);
  vrf_statement_bind_int (statement, ":session_n", link->session_n);
  vrf_statement_bind_text (statement, ":token", link->token);
  vrf_statement_bind_text (statement, ":status", link->status);
  vrf_statement_bind_time (statement, ":created_at", link->created_at);
  vrf_statement_bind_time (statement, ":expires_at", link->expires_at);
  return vrf_statement_run (statement, error);
}

static gpointer
load_link (VrfStatement *statement)
{
  VrfStoredLink *link = g_new0 (VrfStoredLink, 1);

  link->session_n = vrf_statement_get_int (statement, "session_n");
  link->id = vrf_statement_dup_text (statement, "id");
  link->token = vrf_statement_dup_text (statement, "token");
  link->status = vrf_statement_dup_text (statement, "status");
  link->created_at = vrf_statement_get_time (statement, "created_at");
  link->expires_at = vrf_statement_get_time (statement, "expires_at");
  return link;
}

/** vrf_sandbox_store_get_link: Returns: (nullable) (transfer full): the link */
VrfStoredLink *
vrf_sandbox_store_get_link (VrfSandboxStore *self, const char *id, GError **error)
{
  VrfStatement *statement = prepare (self, "SELECT * FROM links WHERE id = :id");

  vrf_statement_bind_text (statement, ":id", id);
  return vrf_sandbox_store_take_row (
      statement, load_link, (GDestroyNotify) vrf_stored_link_free, error);
}

/**
 * vrf_sandbox_store_list_links:
 * @self: a store
 * @session_n: a session
 * @error: from the database
 *
 * Returns: (nullable) (transfer full) (element-type VrfStoredLink): newest first; %NULL on error
 */
GPtrArray *
vrf_sandbox_store_list_links (VrfSandboxStore *self, gint64 session_n, GError **error)
{
  VrfStatement *statement =
      prepare (self, "SELECT * FROM links WHERE session_n = :session_n ORDER BY n DESC LIMIT 1000");

  vrf_statement_bind_int (statement, ":session_n", session_n);
  return vrf_sandbox_store_take_rows (
      statement, load_link, (GDestroyNotify) vrf_stored_link_free, error);
}

/** vrf_sandbox_store_consume_link: it was opened, and opens nothing any more */
gboolean
vrf_sandbox_store_consume_link (VrfSandboxStore *self, const char *id, GError **error)
{
  VrfStatement *statement =
      prepare (self, "UPDATE links SET status = 'consumed' WHERE id = :id AND status = 'active'");

  vrf_statement_bind_text (statement, ":id", id);
  return vrf_statement_run (statement, error);
}

/** vrf_sandbox_store_revoke_links: ends every link of a session that could still be opened, and the
 * tokens of all its links */
gboolean
vrf_sandbox_store_revoke_links (VrfSandboxStore *self, gint64 session_n, GError **error)
{
  VrfStatement *statement = prepare (self,
                                     "UPDATE links SET status = 'revoked'"
                                     " WHERE session_n = :session_n AND status = 'active'");

  vrf_statement_bind_int (statement, ":session_n", session_n);
  if (!vrf_statement_run (statement, error))
    return FALSE;

  statement = prepare (self,
                       "UPDATE tokens SET is_revoked = 1"
                       " WHERE session_n = :session_n AND link_id IS NOT NULL");
  vrf_statement_bind_int (statement, ":session_n", session_n);
  return vrf_statement_run (statement, error);
}

/** vrf_sandbox_store_expire_links: ends every link whose time is over */
gboolean
vrf_sandbox_store_expire_links (VrfSandboxStore *self, gint64 now, GError **error)
{
  VrfStatement *statement = prepare (self,
                                     "UPDATE links SET status = 'expired'"
                                     " WHERE status = 'active' AND expires_at <= :now");

  vrf_statement_bind_time (statement, ":now", now);
  return vrf_statement_run (statement, error);
}
