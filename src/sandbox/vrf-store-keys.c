/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-store-keys.h"

#include "base/vrf-random.h"
#include "base/vrf-time.h"
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

/** vrf_stored_key_free: frees @self (nullable) */
void
vrf_stored_key_free (VrfStoredKey *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->prefix);
  g_free (self->label);
  g_free (self->note);
  g_strfreev (self->scopes);
  g_free (self->api_version);
  g_free (self->inflection);
  g_strfreev (self->allowed_ips);
  g_free (self);
}

/* Neither scopes nor addresses have blanks in them. */
static void
bind_words (VrfStatement *statement, const char *parameter, GStrv words)
{
  g_autofree char *text = words != NULL ? g_strjoinv (" ", words) : NULL;

  vrf_statement_bind_text (statement, parameter, text);
}

static GStrv
load_words (VrfStatement *statement, const char *column)
{
  const char *text = vrf_statement_get_text (statement, column);

  return text != NULL ? g_strsplit (text, " ", -1) : NULL;
}

static gpointer
load (VrfStatement *statement)
{
  VrfStoredKey *self = g_new0 (VrfStoredKey, 1);

  self->id = vrf_statement_dup_text (statement, "id");
  self->is_sandbox = vrf_statement_get_int (statement, "is_sandbox") != 0;
  self->prefix = vrf_statement_dup_text (statement, "prefix");
  self->is_active = vrf_statement_get_int (statement, "is_active") != 0;
  self->created_at = vrf_statement_get_time (statement, "created_at");
  self->label = vrf_statement_dup_text (statement, "label");
  self->note = vrf_statement_dup_text (statement, "note");
  self->scopes = load_words (statement, "scopes");
  self->api_version = vrf_statement_dup_text (statement, "api_version");
  self->inflection = vrf_statement_dup_text (statement, "inflection");
  self->allowed_ips = load_words (statement, "allowed_ips");
  self->expires_at = vrf_statement_get_time (statement, "expires_at");
  self->last_used_at = vrf_statement_get_time (statement, "last_used_at");
  return self;
}

static VrfStoredKey *
load_one (VrfStatement *statement, GError **error)
{
  return vrf_sandbox_store_take_row (statement, load, (GDestroyNotify) vrf_stored_key_free, error);
}

/* What may change about a key. */
static void
bind_settings (VrfStatement *statement, const VrfStoredKey *key)
{
  vrf_statement_bind_text (statement, ":id", key->id);
  vrf_statement_bind_text (statement, ":label", key->label);
  vrf_statement_bind_text (statement, ":note", key->note);
  bind_words (statement, ":scopes", key->scopes);
  vrf_statement_bind_text (statement, ":api_version", key->api_version);
  vrf_statement_bind_text (statement, ":inflection", key->inflection);
  bind_words (statement, ":allowed_ips", key->allowed_ips);
  vrf_statement_bind_time (statement, ":expires_at", key->expires_at);
}

/**
 * vrf_sandbox_store_set_root_key:
 * @self: a store
 * @is_sandbox: the environment
 * @key: `vk_sandbox_…` or `vk_live_…`
 * @now: the sandbox's time
 * @error: from the database
 *
 * Makes @key the environment's own key, with every right, whatever was taken from it before; the
 * own key before it ends.
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
      "INSERT INTO api_keys (id, is_sandbox, sha256, prefix, inflection, is_root, is_active,"
      " created_at) VALUES (:id, :is_sandbox, :sha256, :prefix, 'snake', 1, 1, :now)"
      " ON CONFLICT (sha256) DO UPDATE SET is_root = 1, is_active = 1, scopes = NULL,"
      " allowed_ips = NULL, expires_at = NULL");
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
      prepare (self, "SELECT * FROM api_keys WHERE sha256 = :sha256 AND is_active = 1");

  vrf_statement_bind_text (statement, ":sha256", sha256);
  return load_one (statement, error);
}

/**
 * vrf_store_keys_insert:
 * @store: a store
 * @key: what it is to be; its prefix is filled in
 * @secret: the key itself, of which the SHA-256 is kept
 * @error: from the database
 */
gboolean
vrf_store_keys_insert (VrfSandboxStore *store,
                       VrfStoredKey *key,
                       const char *secret,
                       GError **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, secret, -1);
  VrfStatement *statement =
      prepare (store,
               "INSERT INTO api_keys (id, is_sandbox, sha256, prefix, scopes, inflection, is_root,"
               " is_active, created_at, expires_at, label, note, api_version, allowed_ips) VALUES"
               " (:id, :is_sandbox, :sha256, :prefix, :scopes, :inflection, 0, 1, :created_at,"
               " :expires_at, :label, :note, :api_version, :allowed_ips)");

  g_free (key->prefix);
  key->prefix = dup_prefix (secret);
  bind_settings (statement, key);
  vrf_statement_bind_int (statement, ":is_sandbox", key->is_sandbox);
  vrf_statement_bind_text (statement, ":sha256", sha256);
  vrf_statement_bind_text (statement, ":prefix", key->prefix);
  vrf_statement_bind_time (statement, ":created_at", key->created_at);
  return vrf_statement_run (statement, error);
}

/** vrf_store_keys_update: writes what the caller may set */
gboolean
vrf_store_keys_update (VrfSandboxStore *store, const VrfStoredKey *key, GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "UPDATE api_keys SET label = :label, note = :note, scopes = :scopes,"
               " api_version = :api_version, inflection = :inflection, allowed_ips = :allowed_ips,"
               " expires_at = :expires_at WHERE id = :id");

  bind_settings (statement, key);
  return vrf_statement_run (statement, error);
}

/** vrf_store_keys_end: the key opens nothing any more, and what was answered to it is forgotten */
gboolean
vrf_store_keys_end (VrfSandboxStore *store, const VrfStoredKey *key, GError **error)
{
  VrfStatement *statement = prepare (store, "UPDATE api_keys SET is_active = 0 WHERE id = :id");

  vrf_statement_bind_text (statement, ":id", key->id);
  if (!vrf_statement_run (statement, error))
    return FALSE;
  statement = prepare (store, "DELETE FROM replies WHERE key_id = :id");
  vrf_statement_bind_text (statement, ":id", key->id);
  return vrf_statement_run (statement, error);
}

/** vrf_store_keys_note_use: it is used @now; written once a minute at most, so that reading does
 * not cost a write */
gboolean
vrf_store_keys_note_use (VrfSandboxStore *store, VrfStoredKey *key, gint64 now, GError **error)
{
  VrfStatement *statement = NULL;

  if (key->last_used_at != VRF_TIME_NONE && ABS (now - key->last_used_at) < VRF_SECONDS (60))
    return TRUE;
  key->last_used_at = now;
  statement = prepare (store, "UPDATE api_keys SET last_used_at = :now WHERE id = :id");
  vrf_statement_bind_text (statement, ":id", key->id);
  vrf_statement_bind_time (statement, ":now", now);
  return vrf_statement_run (statement, error);
}

/** vrf_store_keys_get: Returns: (nullable) (transfer full): a key of that environment, active or
 * not */
VrfStoredKey *
vrf_store_keys_get (VrfSandboxStore *store, const char *id, gboolean is_sandbox, GError **error)
{
  VrfStatement *statement =
      prepare (store, "SELECT * FROM api_keys WHERE id = :id AND is_sandbox = :is_sandbox");

  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return load_one (statement, error);
}

/** vrf_store_keys_list: Returns: (nullable) (transfer full) (element-type VrfStoredKey): the
 * environment's keys, newest first; %NULL on error */
GPtrArray *
vrf_store_keys_list (VrfSandboxStore *store, gboolean is_sandbox, GError **error)
{
  VrfStatement *statement =
      prepare (store, "SELECT * FROM api_keys WHERE is_sandbox = :is_sandbox ORDER BY n DESC");

  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return vrf_sandbox_store_take_rows (statement, load, (GDestroyNotify) vrf_stored_key_free, error);
}
