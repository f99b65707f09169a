/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-store-audit.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-sandbox-store-private.h"

/** vrf_audit_entry_free: frees @self (nullable) */
void
vrf_audit_entry_free (VrfAuditEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->type);
  g_free (self->resource_type);
  g_free (self->resource_id);
  g_free (self->actor);
  g_free (self->metadata);
  g_free (self->ip);
  g_free (self->method);
  g_free (self->path);
  g_free (self);
}

/** vrf_store_audit_add: adds an entry; none is ever changed */
gboolean
vrf_store_audit_add (VrfSandboxStore *store, const VrfAuditEntry *entry, GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (
      vrf_sandbox_store_get_db (store),
      "INSERT INTO audit (id, is_sandbox, type, created_at, resource_type, resource_id, actor,"
      " metadata, ip, method, path) VALUES (:id, :is_sandbox, :type, :created_at, :resource_type,"
      " :resource_id, :actor, :metadata, :ip, :method, :path)");

  vrf_statement_bind_text (statement, ":id", entry->id);
  vrf_statement_bind_int (statement, ":is_sandbox", entry->is_sandbox);
  vrf_statement_bind_text (statement, ":type", entry->type);
  vrf_statement_bind_time (statement, ":created_at", entry->created_at);
  vrf_statement_bind_text (statement, ":resource_type", entry->resource_type);
  vrf_statement_bind_text (statement, ":resource_id", entry->resource_id);
  vrf_statement_bind_text (statement, ":actor", entry->actor);
  vrf_statement_bind_text (statement, ":metadata", entry->metadata);
  vrf_statement_bind_text (statement, ":ip", entry->ip);
  vrf_statement_bind_text (statement, ":method", entry->method);
  vrf_statement_bind_text (statement, ":path", entry->path);
  return vrf_statement_run (statement, error);
}

static gpointer
load (VrfStatement *statement)
{
  VrfAuditEntry *entry = g_new0 (VrfAuditEntry, 1);

  entry->id = vrf_statement_dup_text (statement, "id");
  entry->is_sandbox = vrf_statement_get_int (statement, "is_sandbox") != 0;
  entry->type = vrf_statement_dup_text (statement, "type");
  entry->created_at = vrf_statement_get_time (statement, "created_at");
  entry->resource_type = vrf_statement_dup_text (statement, "resource_type");
  entry->resource_id = vrf_statement_dup_text (statement, "resource_id");
  entry->actor = vrf_statement_dup_text (statement, "actor");
  entry->metadata = vrf_statement_dup_text (statement, "metadata");
  entry->ip = vrf_statement_dup_text (statement, "ip");
  entry->method = vrf_statement_dup_text (statement, "method");
  entry->path = vrf_statement_dup_text (statement, "path");
  return entry;
}

/** vrf_store_audit_get: Returns: (nullable) (transfer full): the entry of that environment */
VrfAuditEntry *
vrf_store_audit_get (VrfSandboxStore *store, const char *id, gboolean is_sandbox, GError **error)
{
  VrfStatement *statement =
      vrf_sqlite_statement (vrf_sandbox_store_get_db (store),
                            "SELECT * FROM audit WHERE id = :id AND is_sandbox = :is_sandbox");

  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return vrf_sandbox_store_take_row (statement, load, (GDestroyNotify) vrf_audit_entry_free, error);
}

/* Only the conditions that are asked for stand in the text, so that the right index is used. */
static VrfStatement *
prepare (VrfSandboxStore *store, const char *select, const VrfAuditFilter *filter, const char *end)
{
  g_autoptr (GString) sql = g_string_new (select);
  g_autofree char *folded = filter->q != NULL ? g_utf8_strdown (filter->q, -1) : NULL;
  VrfStatement *statement = NULL;

  g_string_append (sql, " WHERE is_sandbox = :is_sandbox");
  if (filter->action != NULL)
    g_string_append (sql, " AND type = :action");
  if (filter->resource_type != NULL)
    g_string_append (sql, " AND resource_type = :resource_type");
  if (filter->resource_id != NULL)
    g_string_append (sql, " AND resource_id = :resource_id");
  if (filter->q != NULL)
    g_string_append (sql,
                     " AND instr(lower(actor || ' ' || type || ' ' || resource_type || ' '"
                     " || coalesce(resource_id, '') || ' ' || coalesce(ip, '')), :q) > 0");
  if (filter->created_after != VRF_TIME_NONE)
    g_string_append (sql, " AND created_at >= :created_after");
  if (filter->created_before != VRF_TIME_NONE)
    g_string_append (sql, " AND created_at < :created_before");
  g_string_append (sql, end);

  statement = vrf_sqlite_statement (vrf_sandbox_store_get_db (store), sql->str);
  vrf_statement_bind_int (statement, ":is_sandbox", filter->is_sandbox);
  if (filter->action != NULL)
    vrf_statement_bind_text (statement, ":action", filter->action);
  if (filter->resource_type != NULL)
    vrf_statement_bind_text (statement, ":resource_type", filter->resource_type);
  if (filter->resource_id != NULL)
    vrf_statement_bind_text (statement, ":resource_id", filter->resource_id);
  if (filter->q != NULL)
    vrf_statement_bind_text (statement, ":q", folded);
  if (filter->created_after != VRF_TIME_NONE)
    vrf_statement_bind_time (statement, ":created_after", filter->created_after);
  if (filter->created_before != VRF_TIME_NONE)
    vrf_statement_bind_time (statement, ":created_before", filter->created_before);
  return statement;
}

/** vrf_store_audit_list: Returns: (nullable) (transfer full) (element-type VrfAuditEntry): newest
 * first; %NULL on error */
GPtrArray *
vrf_store_audit_list (VrfSandboxStore *store, const VrfAuditFilter *filter, GError **error)
{
  VrfStatement *statement = prepare (store,
                                     "SELECT * FROM audit",
                                     filter,
                                     " ORDER BY created_at DESC, n DESC"
                                     " LIMIT :limit OFFSET :offset");

  vrf_statement_bind_int (statement, ":limit", filter->limit);
  vrf_statement_bind_int (statement, ":offset", filter->offset);
  return vrf_sandbox_store_take_rows (
      statement, load, (GDestroyNotify) vrf_audit_entry_free, error);
}

/** vrf_store_audit_count: @ret_total (out): how many there are; limit and offset do not matter */
gboolean
vrf_store_audit_count (VrfSandboxStore *store,
                       const VrfAuditFilter *filter,
                       gint64 *ret_total,
                       GError **error)
{
  VrfStatement *statement = prepare (store, "SELECT count(*) AS total FROM audit", filter, "");

  return vrf_sandbox_store_take_total (statement, ret_total, error);
}
