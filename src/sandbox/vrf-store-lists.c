/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-store-lists.h"

#include "sandbox/vrf-sandbox-store-private.h"

/* Lists, and their items. What matched is in vrf-store-list-matches.c. */

#define LISTS                                                                                      \
  "SELECT lists.*, (SELECT COUNT (*) FROM list_items WHERE list_n = lists.n) AS item_count"        \
  " FROM lists"

static VrfStatement *
prepare (VrfSandboxStore *store, const char *sql)
{
  return vrf_sqlite_statement (vrf_sandbox_store_get_db (store), sql);
}

/** vrf_list_free: frees @self (nullable) */
void
vrf_list_free (VrfList *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->list_type);
  g_free (self->match_mode);
  g_free (self->description);
  g_free (self);
}

/** vrf_list_item_free: frees @self (nullable) */
void
vrf_list_item_free (VrfListItem *self)
{
  if (self == NULL)
    return;
  g_free (self->list_type);
  g_free (self->id);
  g_free (self->value);
  g_free (self->key);
  g_free (self->digest);
  g_free (self->notes);
  g_free (self);
}

static gpointer
load (VrfStatement *statement)
{
  VrfList *self = g_new0 (VrfList, 1);

  self->n = vrf_statement_get_int (statement, "n");
  self->id = vrf_statement_dup_text (statement, "id");
  self->is_sandbox = vrf_statement_get_int (statement, "is_sandbox") != 0;
  self->name = vrf_statement_dup_text (statement, "name");
  self->list_type = vrf_statement_dup_text (statement, "list_type");
  self->match_mode = vrf_statement_dup_text (statement, "match_mode");
  self->description = vrf_statement_dup_text (statement, "description");
  self->is_active = vrf_statement_get_int (statement, "is_active") != 0;
  self->item_count = vrf_statement_get_int (statement, "item_count");
  self->created_at = vrf_statement_get_time (statement, "created_at");
  self->updated_at = vrf_statement_get_time (statement, "updated_at");
  return self;
}

static gpointer
load_item (VrfStatement *statement)
{
  VrfListItem *self = g_new0 (VrfListItem, 1);

  self->list_n = vrf_statement_get_int (statement, "list_n");
  self->id = vrf_statement_dup_text (statement, "item_id");
  self->value = vrf_statement_dup_text (statement, "value");
  self->key = vrf_statement_dup_text (statement, "key");
  self->digest = vrf_statement_dup_text (statement, "digest");
  self->notes = vrf_statement_dup_text (statement, "notes");
  self->created_at = vrf_statement_get_time (statement, "item_created_at");
  return self;
}

#define ITEM                                                                                       \
  "list_n, list_items.id AS item_id, value, key, digest, notes,"                                   \
  " list_items.created_at AS item_created_at"

/** vrf_store_lists_insert: @list gets its number */
gboolean
vrf_store_lists_insert (VrfSandboxStore *store, VrfList *list, GError **error)
{
  VrfStatement *statement = prepare (
      store,
      "INSERT INTO lists (id, is_sandbox, name, list_type, match_mode, description, is_active,"
      " created_at, updated_at) VALUES (:id, :is_sandbox, :name, :list_type, :match_mode,"
      " :description, 1, :now, :now) RETURNING n");

  vrf_statement_bind_text (statement, ":id", list->id);
  vrf_statement_bind_int (statement, ":is_sandbox", list->is_sandbox);
  vrf_statement_bind_text (statement, ":name", list->name);
  vrf_statement_bind_text (statement, ":list_type", list->list_type);
  vrf_statement_bind_text (statement, ":match_mode", list->match_mode);
  vrf_statement_bind_text (statement, ":description", list->description);
  vrf_statement_bind_time (statement, ":now", list->created_at);
  if (!vrf_sandbox_store_get_row (statement, error))
    return FALSE;
  list->n = vrf_statement_get_int (statement, "n");
  return vrf_statement_run (statement, error);
}

/** vrf_store_lists_update: writes what may change about a list */
gboolean
vrf_store_lists_update (VrfSandboxStore *store, const VrfList *list, GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "UPDATE lists SET name = :name, match_mode = :match_mode,"
               " description = :description, is_active = :is_active, updated_at = :updated_at"
               " WHERE n = :n");

  vrf_statement_bind_int (statement, ":n", list->n);
  vrf_statement_bind_text (statement, ":name", list->name);
  vrf_statement_bind_text (statement, ":match_mode", list->match_mode);
  vrf_statement_bind_text (statement, ":description", list->description);
  vrf_statement_bind_int (statement, ":is_active", list->is_active);
  vrf_statement_bind_time (statement, ":updated_at", list->updated_at);
  return vrf_statement_run (statement, error);
}

static VrfList *
load_one (VrfStatement *statement, GError **error)
{
  return vrf_sandbox_store_take_row (statement, load, (GDestroyNotify) vrf_list_free, error);
}

/** vrf_store_lists_get: Returns: (nullable) (transfer full): a list of that environment, archived
 * or not */
VrfList *
vrf_store_lists_get (VrfSandboxStore *store, const char *id, gboolean is_sandbox, GError **error)
{
  VrfStatement *statement = prepare (store, LISTS " WHERE id = :id AND is_sandbox = :is_sandbox");

  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return load_one (statement, error);
}

/** vrf_store_lists_get_active: Returns: (nullable) (transfer full): the oldest list of that name
 * and type that blocks and is not archived */
VrfList *
vrf_store_lists_get_active (VrfSandboxStore *store,
                            const char *name,
                            const char *list_type,
                            gboolean is_sandbox,
                            GError **error)
{
  VrfStatement *statement =
      prepare (store,
               LISTS " WHERE name = :name AND list_type = :list_type AND is_sandbox = :is_sandbox"
                     " AND is_active = 1 AND match_mode = 'block' ORDER BY n LIMIT 1");

  vrf_statement_bind_text (statement, ":name", name);
  vrf_statement_bind_text (statement, ":list_type", list_type);
  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return load_one (statement, error);
}

static gboolean
count (VrfSandboxStore *store, gboolean is_sandbox, gint64 *ret_total, GError **error)
{
  VrfStatement *statement =
      prepare (store, "SELECT COUNT (*) AS total FROM lists WHERE is_sandbox = :is_sandbox");

  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return vrf_sandbox_store_take_total (statement, ret_total, error);
}

/** vrf_store_lists_list: Returns: (nullable) (transfer full) (element-type VrfList): the newest
 * first; %NULL on error */
GPtrArray *
vrf_store_lists_list (VrfSandboxStore *store,
                      gboolean is_sandbox,
                      guint limit,
                      guint offset,
                      gint64 *ret_total,
                      GError **error)
{
  VrfStatement *statement = NULL;

  if (!count (store, is_sandbox, ret_total, error))
    return NULL;
  statement = prepare (
      store, LISTS " WHERE is_sandbox = :is_sandbox ORDER BY n DESC LIMIT :limit OFFSET :offset");
  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  vrf_statement_bind_int (statement, ":limit", limit);
  vrf_statement_bind_int (statement, ":offset", offset);
  return vrf_sandbox_store_take_rows (statement, load, (GDestroyNotify) vrf_list_free, error);
}

/** vrf_store_lists_add_item: writes an item */
gboolean
vrf_store_lists_add_item (VrfSandboxStore *store, const VrfListItem *item, GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "INSERT INTO list_items (id, list_n, session_n, value, key, notes, created_at)"
               " VALUES (:id, :list_n, NULLIF (:session_n, 0), :value, :key, :notes, :created_at)");

  vrf_statement_bind_text (statement, ":id", item->id);
  vrf_statement_bind_int (statement, ":list_n", item->list_n);
  vrf_statement_bind_int (statement, ":session_n", item->session_n);
  vrf_statement_bind_text (statement, ":value", item->value);
  vrf_statement_bind_text (statement, ":key", item->key);
  vrf_statement_bind_text (statement, ":notes", item->notes);
  vrf_statement_bind_time (statement, ":created_at", item->created_at);
  return vrf_statement_run (statement, error);
}

/** vrf_store_lists_get_item: Returns: (nullable) (transfer full): an item of @list */
VrfListItem *
vrf_store_lists_get_item (VrfSandboxStore *store,
                          const VrfList *list,
                          const char *id,
                          GError **error)
{
  VrfStatement *statement =
      prepare (store, "SELECT " ITEM " FROM list_items WHERE id = :id AND list_n = :list_n");

  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_int (statement, ":list_n", list->n);
  return vrf_sandbox_store_take_row (
      statement, load_item, (GDestroyNotify) vrf_list_item_free, error);
}

/** vrf_store_lists_list_items: Returns: (nullable) (transfer full) (element-type VrfListItem): the
 * newest first; %NULL on error */
GPtrArray *
vrf_store_lists_list_items (
    VrfSandboxStore *store, const VrfList *list, guint limit, guint offset, GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "SELECT " ITEM " FROM list_items WHERE list_n = :list_n ORDER BY n DESC"
               " LIMIT :limit OFFSET :offset");

  vrf_statement_bind_int (statement, ":list_n", list->n);
  vrf_statement_bind_int (statement, ":limit", limit);
  vrf_statement_bind_int (statement, ":offset", offset);
  return vrf_sandbox_store_take_rows (
      statement, load_item, (GDestroyNotify) vrf_list_item_free, error);
}

/* With the type of its list. */
static gpointer
load_entry (VrfStatement *statement)
{
  VrfListItem *self = load_item (statement);

  self->list_type = vrf_statement_dup_text (statement, "list_type");
  return self;
}

#define OF_SESSION                                                                                 \
  "SELECT list_type, " ITEM " FROM list_items JOIN lists ON lists.n = list_n WHERE session_n "

/** vrf_store_lists_list_of_session: Returns: (nullable) (transfer full) (element-type VrfListItem):
 * what comes from that session, with the types of the lists; %NULL on error */
GPtrArray *
vrf_store_lists_list_of_session (VrfSandboxStore *store, gint64 session_n, GError **error)
{
  VrfStatement *statement = prepare (store, OF_SESSION "= :session_n");

  vrf_statement_bind_int (statement, ":session_n", session_n);
  return vrf_sandbox_store_take_rows (
      statement, load_entry, (GDestroyNotify) vrf_list_item_free, error);
}

/** vrf_store_lists_list_of_identity: Returns: (nullable) (transfer full) (element-type
 * VrfListItem): the same of all sessions of that identity */
GPtrArray *
vrf_store_lists_list_of_identity (VrfSandboxStore *store, gint64 identity_n, GError **error)
{
  VrfStatement *statement = prepare (
      store,
      OF_SESSION "IN (SELECT session_n FROM identity_sessions WHERE identity_n = :identity_n)");

  vrf_statement_bind_int (statement, ":identity_n", identity_n);
  return vrf_sandbox_store_take_rows (
      statement, load_entry, (GDestroyNotify) vrf_list_item_free, error);
}

/** vrf_store_lists_redact_item: @rest is left of the item's value, and @digest of its key */
gboolean
vrf_store_lists_redact_item (
    VrfSandboxStore *store, const char *id, const char *rest, const char *digest, GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "UPDATE list_items SET value = :rest, key = NULL, digest = :digest, notes = NULL,"
               " session_n = NULL WHERE id = :id");

  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_text (statement, ":rest", rest);
  vrf_statement_bind_text (statement, ":digest", digest);
  return vrf_statement_run (statement, error);
}

/** vrf_store_lists_delete_item: what matched it stays known */
gboolean
vrf_store_lists_delete_item (VrfSandboxStore *store, const VrfListItem *item, GError **error)
{
  VrfStatement *statement = prepare (store, "DELETE FROM list_items WHERE id = :id");

  vrf_statement_bind_text (statement, ":id", item->id);
  return vrf_statement_run (statement, error);
}

/**
 * vrf_store_lists_visit:
 * @store: a store
 * @keys: of a value
 * @compare: gets every item of an active list that has one of the keys, or none, or the digest;
 * must not come back here
 * @data: for @compare
 * @error: from the database
 */
gboolean
vrf_store_lists_visit (VrfSandboxStore *store,
                       const VrfListKeys *keys,
                       VrfListCompare compare,
                       gpointer data,
                       GError **error)
{
  VrfStatement *statement = prepare (
      store,
      "SELECT lists.*, 0 AS item_count, " ITEM " FROM lists JOIN list_items ON list_n = lists.n"
      " WHERE is_sandbox = :is_sandbox AND list_type = :list_type AND is_active = 1"
      " AND (digest = :digest OR (digest IS NULL AND (key IS NULL OR key IN (:key, :other_key))))"
      " ORDER BY lists.n, list_items.n");
  gboolean row = FALSE;

  vrf_statement_bind_int (statement, ":is_sandbox", keys->is_sandbox);
  vrf_statement_bind_text (statement, ":list_type", keys->list_type);
  vrf_statement_bind_text (statement, ":key", keys->key);
  vrf_statement_bind_text (statement, ":other_key", keys->other_key);
  vrf_statement_bind_text (statement, ":digest", keys->digest);
  while (vrf_statement_step (statement, &row, error))
    {
      g_autoptr (VrfList) list = NULL;
      g_autoptr (VrfListItem) item = NULL;

      if (!row)
        return TRUE;
      list = load (statement);
      item = load_item (statement);
      compare (list, item, data);
    }
  return FALSE;
}
