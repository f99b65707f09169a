/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-store-identity-types.h"

#include "sandbox/vrf-sandbox-store-private.h"

/** vrf_identity_type_free: frees @self (nullable) */
void
vrf_identity_type_free (VrfIdentityType *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->label);
  g_free (self->description);
  g_free (self->statuses);
  g_free (self->default_status);
  g_free (self);
}

static VrfStatement *
prepare (VrfSandboxStore *store, const char *sql)
{
  return vrf_sqlite_statement (vrf_sandbox_store_get_db (store), sql);
}

/* Only one is what new identities are. */
static gboolean
unset_default (VrfSandboxStore *store, const VrfIdentityType *type, GError **error)
{
  VrfStatement *statement = prepare (store,
                                     "UPDATE identity_types SET is_default = 0"
                                     " WHERE is_sandbox = :is_sandbox AND id <> :id");

  vrf_statement_bind_int (statement, ":is_sandbox", type->is_sandbox);
  vrf_statement_bind_text (statement, ":id", type->id);
  return vrf_statement_run (statement, error);
}

/** vrf_store_identity_types_put: adds @type, or writes what has changed of it */
gboolean
vrf_store_identity_types_put (VrfSandboxStore *store, const VrfIdentityType *type, GError **error)
{
  VrfStatement *statement = NULL;

  if (type->is_default && !unset_default (store, type, error))
    return FALSE;
  statement =
      prepare (store,
               "INSERT INTO identity_types (id, is_sandbox, name, label, description, statuses,"
               " default_status, is_default, created_at, updated_at) VALUES (:id, :is_sandbox, "
               ":name, :label,"
               " :description, :statuses, :default_status, :is_default, :created_at, :updated_at)"
               " ON CONFLICT (id) DO UPDATE SET label = :label, description = :description,"
               " statuses = :statuses, default_status = :default_status, is_default = :is_default,"
               " updated_at = :updated_at");
  vrf_statement_bind_text (statement, ":id", type->id);
  vrf_statement_bind_int (statement, ":is_sandbox", type->is_sandbox);
  vrf_statement_bind_text (statement, ":name", type->name);
  vrf_statement_bind_text (statement, ":label", type->label);
  vrf_statement_bind_text (statement, ":description", type->description);
  vrf_statement_bind_text (statement, ":statuses", type->statuses);
  vrf_statement_bind_text (statement, ":default_status", type->default_status);
  vrf_statement_bind_int (statement, ":is_default", type->is_default);
  vrf_statement_bind_time (statement, ":created_at", type->created_at);
  vrf_statement_bind_time (statement, ":updated_at", type->updated_at);
  return vrf_statement_run (statement, error);
}

static gpointer
load (VrfStatement *statement)
{
  VrfIdentityType *type = g_new0 (VrfIdentityType, 1);

  type->n = vrf_statement_get_int (statement, "n");
  type->id = vrf_statement_dup_text (statement, "id");
  type->is_sandbox = vrf_statement_get_int (statement, "is_sandbox") != 0;
  type->name = vrf_statement_dup_text (statement, "name");
  type->label = vrf_statement_dup_text (statement, "label");
  type->description = vrf_statement_dup_text (statement, "description");
  type->statuses = vrf_statement_dup_text (statement, "statuses");
  type->default_status = vrf_statement_dup_text (statement, "default_status");
  type->is_default = vrf_statement_get_int (statement, "is_default") != 0;
  type->created_at = vrf_statement_get_time (statement, "created_at");
  type->updated_at = vrf_statement_get_time (statement, "updated_at");
  return type;
}

static VrfIdentityType *
take_one (VrfStatement *statement, GError **error)
{
  return vrf_sandbox_store_take_row (
      statement, load, (GDestroyNotify) vrf_identity_type_free, error);
}

/** vrf_store_identity_types_get: Returns: (nullable) (transfer full): the type of that environment
 */
VrfIdentityType *
vrf_store_identity_types_get (VrfSandboxStore *store,
                              const char *id,
                              gboolean is_sandbox,
                              GError **error)
{
  VrfStatement *statement =
      prepare (store, "SELECT * FROM identity_types WHERE is_sandbox = :is_sandbox AND id = :id");

  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return take_one (statement, error);
}

/** vrf_store_identity_types_get_by_name: Returns: (nullable) (transfer full): the type */
VrfIdentityType *
vrf_store_identity_types_get_by_name (VrfSandboxStore *store,
                                      const char *name,
                                      gboolean is_sandbox,
                                      GError **error)
{
  VrfStatement *statement = prepare (
      store, "SELECT * FROM identity_types WHERE is_sandbox = :is_sandbox AND name = :name");

  vrf_statement_bind_text (statement, ":name", name);
  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return take_one (statement, error);
}

/** vrf_store_identity_types_get_default: Returns: (nullable) (transfer full): what new identities
 * are */
VrfIdentityType *
vrf_store_identity_types_get_default (VrfSandboxStore *store, gboolean is_sandbox, GError **error)
{
  VrfStatement *statement = prepare (
      store, "SELECT * FROM identity_types WHERE is_sandbox = :is_sandbox AND is_default = 1");

  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return take_one (statement, error);
}

/** vrf_store_identity_types_list: Returns: (nullable) (transfer full) (element-type
 * VrfIdentityType): newest first; %NULL on error */
GPtrArray *
vrf_store_identity_types_list (VrfSandboxStore *store, gboolean is_sandbox, GError **error)
{
  VrfStatement *statement = prepare (
      store, "SELECT * FROM identity_types WHERE is_sandbox = :is_sandbox ORDER BY n DESC");

  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return vrf_sandbox_store_take_rows (
      statement, load, (GDestroyNotify) vrf_identity_type_free, error);
}
