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

/** vrf_sandbox_store_put_document: replaces the session's document of the same type */
gboolean
vrf_sandbox_store_put_document (VrfSandboxStore *self,
                                const VrfStoredDocument *document,
                                GError **error)
{
  VrfStatement *statement =
      prepare (self,
               "INSERT OR REPLACE INTO documents (id, session_n, doc_type, mime_type, size,"
               " created_at, poa_type, poa_date, data)"
               " VALUES (:id, :session_n, :doc_type, :mime_type, :size, :created_at, :poa_type,"
               " :poa_date, :data)");

  vrf_statement_bind_text (statement, ":id", document->id);
  vrf_statement_bind_int (statement, ":session_n", document->session_n);
  vrf_statement_bind_text (statement, ":doc_type", document->doc_type);
  vrf_statement_bind_text (statement, ":mime_type", document->mime_type);
  vrf_statement_bind_int (statement, ":size", (gint64) g_bytes_get_size (document->data));
  vrf_statement_bind_time (statement, ":created_at", document->created_at);
  vrf_statement_bind_text (statement, ":poa_type", document->poa_type);
  vrf_statement_bind_text (statement, ":poa_date", document->poa_date);
  vrf_statement_bind_bytes (statement, ":data", document->data);
  return vrf_statement_run (statement, error);
}

static gpointer
load_document (VrfStatement *statement)
{
  VrfStoredDocument *document = g_new0 (VrfStoredDocument, 1);

  document->session_n = vrf_statement_get_int (statement, "session_n");
  document->id = vrf_statement_dup_text (statement, "id");
  document->doc_type = vrf_statement_dup_text (statement, "doc_type");
  document->mime_type = vrf_statement_dup_text (statement, "mime_type");
  document->size = vrf_statement_get_int (statement, "size");
  document->created_at = vrf_statement_get_time (statement, "created_at");
  document->poa_type = vrf_statement_dup_text (statement, "poa_type");
  document->poa_date = vrf_statement_dup_text (statement, "poa_date");
  return document;
}

/** vrf_sandbox_store_get_document: Returns: (nullable) (transfer full): the document with its data
 */
VrfStoredDocument *
vrf_sandbox_store_get_document (VrfSandboxStore *self,
                                gint64 session_n,
                                const char *doc_type,
                                GError **error)
{
  VrfStatement *statement = prepare (
      self, "SELECT * FROM documents WHERE session_n = :session_n AND doc_type = :doc_type");
  g_autoptr (VrfStoredDocument) document = NULL;

  vrf_statement_bind_int (statement, ":session_n", session_n);
  vrf_statement_bind_text (statement, ":doc_type", doc_type);
  if (!vrf_sandbox_store_get_row (statement, error))
    return NULL;
  document = load_document (statement);
  document->data = vrf_statement_dup_bytes (statement, "data");
  return vrf_statement_run (statement, error) ? g_steal_pointer (&document) : NULL;
}

/**
 * vrf_sandbox_store_list_documents:
 * @self: a store
 * @session_n: whose
 * @error: from the database
 *
 * Returns: (nullable) (transfer full) (element-type VrfStoredDocument): without their data; %NULL
 * on error
 */
GPtrArray *
vrf_sandbox_store_list_documents (VrfSandboxStore *self, gint64 session_n, GError **error)
{
  VrfStatement *statement =
      prepare (self,
               "SELECT id, session_n, doc_type, mime_type, size, created_at, poa_type, poa_date"
               " FROM documents"
               " WHERE session_n = :session_n ORDER BY n");

  vrf_statement_bind_int (statement, ":session_n", session_n);
  return vrf_sandbox_store_take_rows (
      statement, load_document, (GDestroyNotify) vrf_stored_document_free, error);
}

/** vrf_sandbox_store_drop_documents: deletes a session's documents; @ret_n says how many */
gboolean
vrf_sandbox_store_drop_documents (VrfSandboxStore *self,
                                  gint64 session_n,
                                  gint64 *ret_n,
                                  GError **error)
{
  VrfStatement *statement = prepare (self, "DELETE FROM documents WHERE session_n = :session_n");

  vrf_statement_bind_int (statement, ":session_n", session_n);
  if (!vrf_statement_run (statement, error))
    return FALSE;
  *ret_n = vrf_sqlite_get_changes (vrf_sandbox_store_get_db (self));
  return TRUE;
}
