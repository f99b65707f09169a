/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-store-case-notes.h"

#include "sandbox/vrf-sandbox-store-private.h"

/** vrf_stored_case_note_free: frees @self (nullable) */
void
vrf_stored_case_note_free (VrfStoredCaseNote *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->author_name);
  g_free (self->author_type);
  g_free (self->content);
  g_free (self);
}

static VrfStatement *
prepare (VrfSandboxStore *store, const char *sql)
{
  return vrf_sqlite_statement (vrf_sandbox_store_get_db (store), sql);
}

/** vrf_store_case_notes_add: adds a note to the case with that number */
gboolean
vrf_store_case_notes_add (VrfSandboxStore *store,
                          gint64 case_n,
                          const VrfStoredCaseNote *note,
                          GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "INSERT INTO case_notes (id, case_n, author_name, author_type, content, created_at)"
               " VALUES (:id, :case_n, :author_name, :author_type, :content, :created_at)");

  vrf_statement_bind_text (statement, ":id", note->id);
  vrf_statement_bind_int (statement, ":case_n", case_n);
  vrf_statement_bind_text (statement, ":author_name", note->author_name);
  vrf_statement_bind_text (statement, ":author_type", note->author_type);
  vrf_statement_bind_text (statement, ":content", note->content);
  vrf_statement_bind_time (statement, ":created_at", note->created_at);
  return vrf_statement_run (statement, error);
}

static gpointer
load (VrfStatement *statement)
{
  VrfStoredCaseNote *note = g_new0 (VrfStoredCaseNote, 1);

  note->id = vrf_statement_dup_text (statement, "id");
  note->author_name = vrf_statement_dup_text (statement, "author_name");
  note->author_type = vrf_statement_dup_text (statement, "author_type");
  note->content = vrf_statement_dup_text (statement, "content");
  note->created_at = vrf_statement_get_time (statement, "created_at");
  return note;
}

/** vrf_store_case_notes_list: Returns: (nullable) (transfer full) (element-type VrfStoredCaseNote):
 * oldest first; %NULL on error */
GPtrArray *
vrf_store_case_notes_list (VrfSandboxStore *store, gint64 case_n, GError **error)
{
  VrfStatement *statement =
      prepare (store, "SELECT * FROM case_notes WHERE case_n = :case_n ORDER BY n");

  vrf_statement_bind_int (statement, ":case_n", case_n);
  return vrf_sandbox_store_take_rows (
      statement, load, (GDestroyNotify) vrf_stored_case_note_free, error);
}

/** vrf_store_case_notes_count: @ret_total is how many notes the case has */
gboolean
vrf_store_case_notes_count (VrfSandboxStore *store,
                            gint64 case_n,
                            gint64 *ret_total,
                            GError **error)
{
  VrfStatement *statement =
      prepare (store, "SELECT count(*) AS total FROM case_notes WHERE case_n = :case_n");

  vrf_statement_bind_int (statement, ":case_n", case_n);
  return vrf_sandbox_store_take_total (statement, ret_total, error);
}
