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

/** vrf_kept_reply_free: frees @self (nullable) */
void
vrf_kept_reply_free (VrfKeptReply *self)
{
  if (self == NULL)
    return;
  g_free (self->body_sha256);
  g_free (self->body);
  g_clear_pointer (&self->sealed, g_bytes_unref);
  g_free (self);
}

/** vrf_sandbox_store_put_reply: keeps an answer, in place of an older one of the same name */
gboolean
vrf_sandbox_store_put_reply (VrfSandboxStore *self, const VrfStoredReply *reply, GError **error)
{
  VrfStatement *statement =
      prepare (self,
               "INSERT OR REPLACE INTO replies (key_id, name, method, path, body_sha256, status,"
               " body, sealed, created_at) VALUES (:key_id, :name, :method, :path, :body_sha256,"
               " :status, :body, :sealed, :created_at)");

  vrf_statement_bind_text (statement, ":key_id", reply->key_id);
  vrf_statement_bind_text (statement, ":name", reply->name);
  vrf_statement_bind_text (statement, ":method", reply->method);
  vrf_statement_bind_text (statement, ":path", reply->path);
  vrf_statement_bind_text (statement, ":body_sha256", reply->body_sha256);
  vrf_statement_bind_int (statement, ":status", reply->status);
  vrf_statement_bind_text (statement, ":body", reply->body);
  if (reply->sealed != NULL)
    vrf_statement_bind_bytes (statement, ":sealed", reply->sealed);
  vrf_statement_bind_time (statement, ":created_at", reply->created_at);
  return vrf_statement_run (statement, error);
}

/**
 * vrf_sandbox_store_find_reply:
 * @self: a store
 * @request: key_id, method, path and name count; created_at is the oldest that is still good
 * @error: from the database
 *
 * Returns: (nullable) (transfer full): the answer that was kept
 */
VrfKeptReply *
vrf_sandbox_store_find_reply (VrfSandboxStore *self, const VrfStoredReply *request, GError **error)
{
  VrfStatement *statement =
      prepare (self,
               "SELECT body_sha256, status, body, sealed FROM replies WHERE key_id = :key_id"
               " AND name = :name AND method = :method AND path = :path AND created_at > :oldest");
  g_autoptr (VrfKeptReply) kept = NULL;

  vrf_statement_bind_text (statement, ":key_id", request->key_id);
  vrf_statement_bind_text (statement, ":name", request->name);
  vrf_statement_bind_text (statement, ":method", request->method);
  vrf_statement_bind_text (statement, ":path", request->path);
  vrf_statement_bind_time (statement, ":oldest", request->created_at);
  if (!vrf_sandbox_store_get_row (statement, error))
    return NULL;

  kept = g_new0 (VrfKeptReply, 1);
  kept->body_sha256 = vrf_statement_dup_text (statement, "body_sha256");
  kept->status = (guint) vrf_statement_get_int (statement, "status");
  kept->body = vrf_statement_dup_text (statement, "body");
  if (!vrf_statement_is_null (statement, "sealed"))
    kept->sealed = vrf_statement_dup_bytes (statement, "sealed");
  return vrf_statement_run (statement, error) ? g_steal_pointer (&kept) : NULL;
}

/** vrf_sandbox_store_prune_replies: forgets answers made @before or at that time */
gboolean
vrf_sandbox_store_prune_replies (VrfSandboxStore *self, gint64 before, GError **error)
{
  VrfStatement *statement = prepare (self, "DELETE FROM replies WHERE created_at <= :before");

  vrf_statement_bind_time (statement, ":before", before);
  return vrf_statement_run (statement, error);
}
