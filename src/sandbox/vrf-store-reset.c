/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-store-reset.h"

#include "sandbox/vrf-sandbox-store-private.h"

/* Whatever tables there are, so that none is forgotten when one is added; not those that SQLite
 * keeps behind a search index. Of `meta`, which has the settings beside the keys, a part stays. */
#define TABLES                                                                                     \
  "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"                    \
  " AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name NOT IN ('api_keys', 'meta')"
#define SETTINGS "DELETE FROM meta WHERE name NOT IN ('sandbox_key', 'live_key')"
/* Deleting its rows one by one leaves them in it until it is tidied. */
#define SEARCH_INDEX "INSERT INTO session_search (session_search) VALUES ('delete-all')"

static GPtrArray *
list_tables (VrfSqlite *db, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  VrfStatement *statement = vrf_sqlite_statement (db, TABLES);
  gboolean row = FALSE;

  for (;;)
    {
      if (!vrf_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&names);
      g_ptr_array_add (names, vrf_statement_dup_text (statement, "name"));
    }
}

/**
 * vrf_store_reset:
 * @store: a store, in a transaction
 * @error: from the database
 *
 * Deletes all but the API keys. The bytes leave the files as those of a redaction do.
 */
gboolean
vrf_store_reset (VrfSandboxStore *store, GError **error)
{
  VrfSqlite *db = vrf_sandbox_store_get_db (store);
  g_autoptr (GPtrArray) names = list_tables (db, error);

  /* Rows refer to rows of tables that come later; at the end none is left. */
  if (names == NULL || !vrf_sqlite_exec (db, "PRAGMA defer_foreign_keys = ON", error)
      || !vrf_sqlite_exec (db, SETTINGS, error))
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *sql =
          g_strdup_printf ("DELETE FROM \"%s\"", (const char *) g_ptr_array_index (names, i));

      if (!vrf_sqlite_exec (db, sql, error))
        return FALSE;
    }
  vrf_session_totals_forget (vrf_sandbox_store_get_totals (store));
  return vrf_sqlite_exec (db, SEARCH_INDEX, error);
}
