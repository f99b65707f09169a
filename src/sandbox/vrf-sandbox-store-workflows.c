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

/** vrf_sandbox_store_put_workflow: adds the workflow @json, or replaces the one of the same @id */
gboolean
vrf_sandbox_store_put_workflow (
    VrfSandboxStore *self, const char *id, const char *json, gboolean is_default, GError **error)
{
  VrfStatement *statement =
      prepare (self,
               "INSERT INTO workflows (id, is_default, json) VALUES (:id, :is_default, :json)"
               " ON CONFLICT (id) DO UPDATE SET is_default = :is_default, json = :json");

  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_int (statement, ":is_default", is_default);
  vrf_statement_bind_text (statement, ":json", json);
  return vrf_statement_run (statement, error);
}

/** vrf_sandbox_store_list_workflows: Returns: (nullable) (transfer full): their JSON, in the order
 * they were added; %NULL on error */
GStrv
vrf_sandbox_store_list_workflows (VrfSandboxStore *self, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  VrfStatement *statement = prepare (self, "SELECT json FROM workflows ORDER BY n");
  gboolean row = FALSE;

  for (;;)
    {
      if (!vrf_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_strv_builder_end (builder);
      g_strv_builder_add (builder, vrf_statement_get_text (statement, "json"));
    }
}

static gboolean
take_text (VrfStatement *statement, const char *column, char **ret_text, GError **error)
{
  gboolean row = FALSE;

  *ret_text = NULL;
  if (!vrf_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  *ret_text = g_strdup (vrf_statement_get_text (statement, column));
  return vrf_statement_run (statement, error);
}

/** vrf_sandbox_store_get_workflow: @ret_json is the workflow, or %NULL when there is none */
gboolean
vrf_sandbox_store_get_workflow (VrfSandboxStore *self,
                                const char *id,
                                char **ret_json,
                                GError **error)
{
  VrfStatement *statement = prepare (self, "SELECT json FROM workflows WHERE id = :id");

  vrf_statement_bind_text (statement, ":id", id);
  return take_text (statement, "json", ret_json, error);
}

/** vrf_sandbox_store_get_default_workflow: @ret_id is the organization's default, or %NULL */
gboolean
vrf_sandbox_store_get_default_workflow (VrfSandboxStore *self, char **ret_id, GError **error)
{
  VrfStatement *statement =
      prepare (self, "SELECT id FROM workflows WHERE is_default = 1 ORDER BY n LIMIT 1");

  return take_text (statement, "id", ret_id, error);
}
