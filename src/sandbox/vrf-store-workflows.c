/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-store-workflows.h"

#include "sandbox/vrf-sandbox-store-private.h"

/* A version is written once and never changed; the workflow's own row says which is the newest. */
#define SELECT                                                                                     \
  "SELECT workflows.n AS n, id, is_sandbox, is_default, is_active, workflow_versions.version AS"   \
  " version,"                                                                                      \
  " workflow_versions.version = workflows.version AS is_newest, rollout, workflows.created_at AS " \
  "created_at, name, description, steps, requirements,"
#define NEWEST                                                                                     \
  SELECT " workflows.updated_at AS updated_at FROM workflows JOIN workflow_versions"               \
         " ON workflow_n = workflows.n AND workflow_versions.version = workflows.version"
#define VERSIONS                                                                                   \
  SELECT " workflow_versions.created_at AS updated_at FROM workflows JOIN workflow_versions"       \
         " ON workflow_n = workflows.n"

/** vrf_stored_workflow_free: frees @self (nullable) */
void
vrf_stored_workflow_free (VrfStoredWorkflow *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->description);
  g_free (self->steps);
  g_free (self->requirements);
  g_free (self);
}

static VrfStatement *
prepare (VrfSandboxStore *store, const char *sql)
{
  return vrf_sqlite_statement (vrf_sandbox_store_get_db (store), sql);
}

static gpointer
load (VrfStatement *statement)
{
  VrfStoredWorkflow *self = g_new0 (VrfStoredWorkflow, 1);

  self->n = vrf_statement_get_int (statement, "n");
  self->id = vrf_statement_dup_text (statement, "id");
  self->is_sandbox = vrf_statement_get_int (statement, "is_sandbox") != 0;
  self->is_default = vrf_statement_get_int (statement, "is_default") != 0;
  self->is_active = vrf_statement_get_int (statement, "is_active") != 0;
  self->version = (int) vrf_statement_get_int (statement, "version");
  self->is_newest = vrf_statement_get_int (statement, "is_newest") != 0;
  self->rollout = (int) vrf_statement_get_int (statement, "rollout");
  self->created_at = vrf_statement_get_time (statement, "created_at");
  self->updated_at = vrf_statement_get_time (statement, "updated_at");
  self->name = vrf_statement_dup_text (statement, "name");
  self->description = vrf_statement_dup_text (statement, "description");
  self->steps = vrf_statement_dup_text (statement, "steps");
  self->requirements = vrf_statement_dup_text (statement, "requirements");
  return self;
}

static VrfStoredWorkflow *
load_one (VrfStatement *statement, GError **error)
{
  return vrf_sandbox_store_take_row (
      statement, load, (GDestroyNotify) vrf_stored_workflow_free, error);
}

static GPtrArray *
load_all (VrfStatement *statement, GError **error)
{
  return vrf_sandbox_store_take_rows (
      statement, load, (GDestroyNotify) vrf_stored_workflow_free, error);
}

static gboolean
insert_version (VrfSandboxStore *store, const VrfStoredWorkflow *workflow, GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "INSERT INTO workflow_versions (workflow_n, version, rollout, created_at, name,"
               " description, steps, requirements) VALUES (:n, :version, :rollout, :created_at,"
               " :name, :description, :steps, :requirements)");

  vrf_statement_bind_int (statement, ":n", workflow->n);
  vrf_statement_bind_int (statement, ":version", workflow->version);
  vrf_statement_bind_int (statement, ":rollout", workflow->rollout);
  vrf_statement_bind_time (statement, ":created_at", workflow->updated_at);
  vrf_statement_bind_text (statement, ":name", workflow->name);
  vrf_statement_bind_text (statement, ":description", workflow->description);
  vrf_statement_bind_text (statement, ":steps", workflow->steps);
  vrf_statement_bind_text (statement, ":requirements", workflow->requirements);
  return vrf_statement_run (statement, error);
}

/** vrf_store_workflows_insert: adds @workflow with its version, and gives it its number; a default
 * one takes the place of the one before */
gboolean
vrf_store_workflows_insert (VrfSandboxStore *store, VrfStoredWorkflow *workflow, GError **error)
{
  VrfStatement *statement = prepare (
      store,
      "INSERT INTO workflows (id, is_sandbox, is_default, is_active, version, created_at,"
      " updated_at) VALUES (:id, :is_sandbox, 0, :is_active, :version, :created_at, :updated_at)"
      " RETURNING n");

  vrf_statement_bind_text (statement, ":id", workflow->id);
  vrf_statement_bind_int (statement, ":is_sandbox", workflow->is_sandbox);
  vrf_statement_bind_int (statement, ":is_active", workflow->is_active);
  vrf_statement_bind_int (statement, ":version", workflow->version);
  vrf_statement_bind_time (statement, ":created_at", workflow->created_at);
  vrf_statement_bind_time (statement, ":updated_at", workflow->updated_at);
  if (!vrf_sandbox_store_get_row (statement, error))
    return FALSE;
  workflow->n = vrf_statement_get_int (statement, "n");
  return vrf_statement_run (statement, error) && insert_version (store, workflow, error)
         && (!workflow->is_default
             || vrf_store_workflows_set_default (store, workflow, workflow->created_at, error));
}

/** vrf_store_workflows_add_version: adds the version that @workflow now is, which becomes the
 * newest */
gboolean
vrf_store_workflows_add_version (VrfSandboxStore *store,
                                 const VrfStoredWorkflow *workflow,
                                 GError **error)
{
  VrfStatement *statement =
      prepare (store, "UPDATE workflows SET version = :version, updated_at = :now WHERE n = :n");

  vrf_statement_bind_int (statement, ":n", workflow->n);
  vrf_statement_bind_int (statement, ":version", workflow->version);
  vrf_statement_bind_time (statement, ":now", workflow->updated_at);
  return vrf_statement_run (statement, error) && insert_version (store, workflow, error);
}

/** vrf_store_workflows_set_active: whether new sessions may have it */
gboolean
vrf_store_workflows_set_active (VrfSandboxStore *store,
                                const VrfStoredWorkflow *workflow,
                                gboolean is_active,
                                gint64 now,
                                GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "UPDATE workflows SET is_active = :is_active, updated_at = :now WHERE n = :n"
               " AND is_active <> :is_active");

  vrf_statement_bind_int (statement, ":n", workflow->n);
  vrf_statement_bind_int (statement, ":is_active", is_active);
  vrf_statement_bind_time (statement, ":now", now);
  return vrf_statement_run (statement, error);
}

/** vrf_store_workflows_set_default: makes it its environment's only default */
gboolean
vrf_store_workflows_set_default (VrfSandboxStore *store,
                                 const VrfStoredWorkflow *workflow,
                                 gint64 now,
                                 GError **error)
{
  VrfStatement *statement = prepare (store,
                                     "UPDATE workflows SET is_default = (n = :n), updated_at = :now"
                                     " WHERE is_sandbox = :is_sandbox AND is_default <> (n = :n)");

  vrf_statement_bind_int (statement, ":n", workflow->n);
  vrf_statement_bind_int (statement, ":is_sandbox", workflow->is_sandbox);
  vrf_statement_bind_time (statement, ":now", now);
  return vrf_statement_run (statement, error);
}

/** vrf_store_workflows_get: Returns: (nullable) (transfer full): the newest version */
VrfStoredWorkflow *
vrf_store_workflows_get (VrfSandboxStore *store,
                         const char *id,
                         gboolean is_sandbox,
                         GError **error)
{
  VrfStatement *statement = prepare (store, NEWEST " WHERE is_sandbox = :is_sandbox AND id = :id");

  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  vrf_statement_bind_text (statement, ":id", id);
  return load_one (statement, error);
}

/** vrf_store_workflows_get_default: Returns: (nullable) (transfer full): the newest version of the
 * environment's default */
VrfStoredWorkflow *
vrf_store_workflows_get_default (VrfSandboxStore *store, gboolean is_sandbox, GError **error)
{
  VrfStatement *statement =
      prepare (store, NEWEST " WHERE is_sandbox = :is_sandbox AND is_default = 1");

  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return load_one (statement, error);
}

/** vrf_store_workflows_get_version: Returns: (nullable) (transfer full): one version */
VrfStoredWorkflow *
vrf_store_workflows_get_version (
    VrfSandboxStore *store, const char *id, gboolean is_sandbox, int version, GError **error)
{
  VrfStatement *statement = prepare (
      store,
      VERSIONS " WHERE is_sandbox = :is_sandbox AND id = :id AND workflow_versions.version ="
               " :version");

  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_int (statement, ":version", version);
  return load_one (statement, error);
}

/** vrf_store_workflows_get_settled: Returns: (nullable) (transfer full): the last version before
 * @newest that every new session got */
VrfStoredWorkflow *
vrf_store_workflows_get_settled (VrfSandboxStore *store,
                                 const VrfStoredWorkflow *newest,
                                 GError **error)
{
  VrfStatement *statement =
      prepare (store,
               VERSIONS " WHERE workflows.n = :n AND workflow_versions.version < :version"
                        " AND rollout = 100 ORDER BY workflow_versions.version DESC LIMIT 1");

  vrf_statement_bind_int (statement, ":n", newest->n);
  vrf_statement_bind_int (statement, ":version", newest->version);
  return load_one (statement, error);
}

/** vrf_store_workflows_list: Returns: (nullable) (transfer full) (element-type VrfStoredWorkflow):
 * the environment's workflows in the order they were made; %NULL on error */
GPtrArray *
vrf_store_workflows_list (
    VrfSandboxStore *store, gboolean is_sandbox, guint limit, guint offset, GError **error)
{
  VrfStatement *statement = prepare (store,
                                     NEWEST " WHERE is_sandbox = :is_sandbox ORDER BY workflows.n"
                                            " LIMIT :limit OFFSET :offset");

  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  vrf_statement_bind_int (statement, ":limit", limit);
  vrf_statement_bind_int (statement, ":offset", offset);
  return load_all (statement, error);
}

/** vrf_store_workflows_list_versions: Returns: (nullable) (transfer full) (element-type
 * VrfStoredWorkflow): every version, newest first; %NULL on error */
GPtrArray *
vrf_store_workflows_list_versions (VrfSandboxStore *store,
                                   const VrfStoredWorkflow *workflow,
                                   GError **error)
{
  VrfStatement *statement =
      prepare (store, VERSIONS " WHERE workflows.n = :n ORDER BY workflow_versions.version DESC");

  vrf_statement_bind_int (statement, ":n", workflow->n);
  return load_all (statement, error);
}
