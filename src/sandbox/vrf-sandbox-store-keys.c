/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-sandbox-store.h"

#include "base/vrf-random.h"
#include "sandbox/vrf-sandbox-store-private.h"

static VrfStatement *
prepare (VrfSandboxStore *self, const char *sql)
{
  return vrf_sqlite_statement (vrf_sandbox_store_get_db (self), sql);
}

/* "vk_sandbox_" and four characters: enough to tell keys apart, far from enough to use one. */
static char *
dup_prefix (const char *key)
{
  const char *rest =
      g_str_has_prefix (key, "vk_live_") ? key + strlen ("vk_live_") : key + strlen ("vk_sandbox_");

  return g_strndup (key, (gsize) (rest - key) + 4);
}

/**
 * vrf_sandbox_store_set_root_key:
 * @self: a store
 * @is_sandbox: the environment
 * @key: `vk_sandbox_…` or `vk_live_…`
 * @now: the sandbox's time
 * @error: from the database
 *
 * Makes @key the environment's own key, with every right; the one before it ends.
 */
gboolean
vrf_sandbox_store_set_root_key (
    VrfSandboxStore *self, gboolean is_sandbox, const char *key, gint64 now, GError **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  g_autofree char *prefix = dup_prefix (key);
  g_autofree char *id = vrf_random_id ("key_");
  VrfStatement *statement = prepare (
      self,
      "DELETE FROM api_keys WHERE is_root = 1 AND is_sandbox = :is_sandbox AND sha256 <> :sha256");

  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  vrf_statement_bind_text (statement, ":sha256", sha256);
  if (!vrf_statement_run (statement, error))
    return FALSE;

  statement = prepare (
      self,
      "INSERT OR IGNORE INTO api_keys (id, is_sandbox, sha256, prefix, inflection, is_root,"
      " is_active, created_at) VALUES (:id, :is_sandbox, :sha256, :prefix, 'snake', 1, 1, :now)");
  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  vrf_statement_bind_text (statement, ":sha256", sha256);
  vrf_statement_bind_text (statement, ":prefix", prefix);
  vrf_statement_bind_time (statement, ":now", now);
  return vrf_statement_run (statement, error);
}

/** vrf_sandbox_store_find_key: Returns: (nullable) (transfer full): the active key of that text */
VrfStoredKey *
vrf_sandbox_store_find_key (VrfSandboxStore *self, const char *key, GError **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  VrfStatement *statement =
      prepare (self,
               "SELECT id, is_sandbox, prefix, scopes, inflection, expires_at FROM api_keys"
               " WHERE sha256 = :sha256 AND is_active = 1");
  g_autoptr (VrfStoredKey) found = NULL;
  const char *scopes = NULL;

  vrf_statement_bind_text (statement, ":sha256", sha256);
  if (!vrf_sandbox_store_get_row (statement, error))
    return NULL;

  found = g_new0 (VrfStoredKey, 1);
  found->id = g_strdup (vrf_statement_get_text (statement, "id"));
  found->is_sandbox = vrf_statement_get_int (statement, "is_sandbox") != 0;
  found->prefix = g_strdup (vrf_statement_get_text (statement, "prefix"));
  scopes = vrf_statement_get_text (statement, "scopes");
  found->scopes = scopes != NULL ? g_strsplit (scopes, " ", -1) : NULL;
  found->inflection = g_strdup (vrf_statement_get_text (statement, "inflection"));
  found->expires_at = vrf_statement_get_time (statement, "expires_at");
  return vrf_statement_run (statement, error) ? g_steal_pointer (&found) : NULL;
}

/** vrf_sandbox_store_put_reply: keeps an answer, in place of an older one of the same name */
gboolean
vrf_sandbox_store_put_reply (VrfSandboxStore *self, const VrfStoredReply *reply, GError **error)
{
  VrfStatement *statement =
      prepare (self,
               "INSERT OR REPLACE INTO replies (key_id, name, method, path, body_sha256, status,"
               " body, created_at) VALUES (:key_id, :name, :method, :path, :body_sha256, :status,"
               " :body, :created_at)");

  vrf_statement_bind_text (statement, ":key_id", reply->key_id);
  vrf_statement_bind_text (statement, ":name", reply->name);
  vrf_statement_bind_text (statement, ":method", reply->method);
  vrf_statement_bind_text (statement, ":path", reply->path);
  vrf_statement_bind_text (statement, ":body_sha256", reply->body_sha256);
  vrf_statement_bind_int (statement, ":status", reply->status);
  vrf_statement_bind_text (statement, ":body", reply->body);
  vrf_statement_bind_time (statement, ":created_at", reply->created_at);
  return vrf_statement_run (statement, error);
}

/**
 * vrf_sandbox_store_find_reply:
 * @self: a store
 * @request: key_id, method, path and name count; created_at is the oldest that is still good
 * @ret_body_sha256: (out) (transfer full) (nullable): of the first request; %NULL when there is
 * none
 * @ret_status: (out): what was answered
 * @ret_body: (out) (transfer full) (nullable): what was answered
 * @error: from the database
 */
gboolean
vrf_sandbox_store_find_reply (VrfSandboxStore *self,
                              const VrfStoredReply *request,
                              char **ret_body_sha256,
                              guint *ret_status,
                              char **ret_body,
                              GError **error)
{
  VrfStatement *statement =
      prepare (self,
               "SELECT body_sha256, status, body FROM replies WHERE key_id = :key_id"
               " AND name = :name AND method = :method AND path = :path AND created_at > :oldest");
  gboolean row = FALSE;

  *ret_body_sha256 = NULL;
  *ret_body = NULL;
  *ret_status = 0;
  vrf_statement_bind_text (statement, ":key_id", request->key_id);
  vrf_statement_bind_text (statement, ":name", request->name);
  vrf_statement_bind_text (statement, ":method", request->method);
  vrf_statement_bind_text (statement, ":path", request->path);
  vrf_statement_bind_time (statement, ":oldest", request->created_at);
  if (!vrf_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;

  *ret_body_sha256 = g_strdup (vrf_statement_get_text (statement, "body_sha256"));
  *ret_status = (guint) vrf_statement_get_int (statement, "status");
  *ret_body = g_strdup (vrf_statement_get_text (statement, "body"));
  return vrf_statement_run (statement, error);
}

/** vrf_sandbox_store_prune_replies: forgets answers made @before or at that time */
gboolean
vrf_sandbox_store_prune_replies (VrfSandboxStore *self, gint64 before, GError **error)
{
  VrfStatement *statement = prepare (self, "DELETE FROM replies WHERE created_at <= :before");

  vrf_statement_bind_time (statement, ":before", before);
  return vrf_statement_run (statement, error);
}
