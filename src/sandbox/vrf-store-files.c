/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-store-files.h"

#include "sandbox/vrf-sandbox-store-private.h"

/* What an applicant gave has its bytes in `documents`; triggers keep a row for it in `files`. */

#define COLUMNS                                                                                    \
  "files.id, files.is_sandbox, files.document_type, files.status, files.session_n,"                \
  " files.identity_id, files.classification, files.mime_type, files.size, files.filename,"         \
  " files.metadata, files.source, files.fields, files.confidence, files.created_at,"               \
  " files.updated_at, sessions.id AS session_id"
#define FILES " FROM files LEFT JOIN sessions ON sessions.n = files.session_n"
#define FILTER                                                                                     \
  " WHERE files.is_sandbox = :is_sandbox AND (:status IS NULL OR files.status = :status)"          \
  " AND (:classification IS NULL OR classification = :classification)"                             \
  " AND (:session_id IS NULL OR sessions.id = :session_id)"                                        \
  " AND (:identity_id IS NULL OR identity_id = :identity_id)"                                      \
  " AND (:document_type IS NULL OR files.document_type = :document_type)"

static VrfStatement *
prepare (VrfSandboxStore *store, const char *sql)
{
  return vrf_sqlite_statement (vrf_sandbox_store_get_db (store), sql);
}

/** vrf_file_free: frees @self (nullable) */
void
vrf_file_free (VrfFile *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->document_type);
  g_free (self->status);
  g_free (self->session_id);
  g_free (self->identity_id);
  g_free (self->classification);
  g_free (self->mime_type);
  g_free (self->filename);
  g_free (self->metadata);
  g_free (self->source);
  g_free (self->fields);
  g_free (self->confidence);
  g_free (self);
}

static gpointer
load (VrfStatement *statement)
{
  VrfFile *self = g_new0 (VrfFile, 1);

  self->id = vrf_statement_dup_text (statement, "id");
  self->is_sandbox = vrf_statement_get_int (statement, "is_sandbox") != 0;
  self->document_type = vrf_statement_dup_text (statement, "document_type");
  self->status = vrf_statement_dup_text (statement, "status");
  if (!vrf_statement_is_null (statement, "session_n"))
    self->session_n = vrf_statement_get_int (statement, "session_n");
  self->session_id = vrf_statement_dup_text (statement, "session_id");
  self->identity_id = vrf_statement_dup_text (statement, "identity_id");
  self->classification = vrf_statement_dup_text (statement, "classification");
  self->mime_type = vrf_statement_dup_text (statement, "mime_type");
  self->size = vrf_statement_get_int (statement, "size");
  self->filename = vrf_statement_dup_text (statement, "filename");
  self->metadata = vrf_statement_dup_text (statement, "metadata");
  self->source = vrf_statement_dup_text (statement, "source");
  self->fields = vrf_statement_dup_text (statement, "fields");
  self->confidence = vrf_statement_dup_text (statement, "confidence");
  self->created_at = vrf_statement_get_time (statement, "created_at");
  self->updated_at = vrf_statement_get_time (statement, "updated_at");
  return self;
}

static void
bind_state (VrfStatement *statement, const VrfFile *file)
{
  vrf_statement_bind_text (statement, ":id", file->id);
  vrf_statement_bind_text (statement, ":status", file->status);
  vrf_statement_bind_int (statement, ":session_n", file->session_n);
  vrf_statement_bind_text (statement, ":identity_id", file->identity_id);
  vrf_statement_bind_text (statement, ":classification", file->classification);
  vrf_statement_bind_text (statement, ":metadata", file->metadata);
  vrf_statement_bind_text (statement, ":fields", file->fields);
  vrf_statement_bind_text (statement, ":confidence", file->confidence);
  vrf_statement_bind_time (statement, ":updated_at", file->updated_at);
}

/** vrf_store_files_insert: writes what a caller uploaded */
gboolean
vrf_store_files_insert (VrfSandboxStore *store, const VrfFile *file, GBytes *data, GError **error)
{
  VrfStatement *statement = prepare (
      store,
      "INSERT INTO files (id, is_sandbox, document_type, status, session_n, identity_id,"
      " classification, mime_type, size, filename, metadata, source, fields, confidence, data,"
      " created_at, updated_at) VALUES (:id, :is_sandbox, :document_type, :status,"
      " NULLIF (:session_n, 0), :identity_id, :classification, :mime_type, :size, :filename,"
      " :metadata, 'api', :fields, :confidence, :data, :created_at, :updated_at)");

  bind_state (statement, file);
  vrf_statement_bind_int (statement, ":is_sandbox", file->is_sandbox);
  vrf_statement_bind_text (statement, ":document_type", file->document_type);
  vrf_statement_bind_text (statement, ":mime_type", file->mime_type);
  vrf_statement_bind_int (statement, ":size", file->size);
  vrf_statement_bind_text (statement, ":filename", file->filename);
  vrf_statement_bind_bytes (statement, ":data", data);
  vrf_statement_bind_time (statement, ":created_at", file->created_at);
  return vrf_statement_run (statement, error);
}

/** vrf_store_files_update: writes what may change about a document */
gboolean
vrf_store_files_update (VrfSandboxStore *store, const VrfFile *file, GError **error)
{
  VrfStatement *statement = prepare (
      store,
      "UPDATE files SET status = :status, session_n = NULLIF (:session_n, 0),"
      " identity_id = :identity_id, classification = :classification, metadata = :metadata,"
      " fields = :fields, confidence = :confidence, updated_at = :updated_at WHERE id = :id");

  bind_state (statement, file);
  return vrf_statement_run (statement, error);
}

/** vrf_store_files_redact: the bytes and what was read from them are deleted, wherever they are */
gboolean
vrf_store_files_redact (VrfSandboxStore *store, const char *id, gint64 now, GError **error)
{
  VrfStatement *statement = prepare (store, "DELETE FROM documents WHERE id = :id");

  vrf_statement_bind_text (statement, ":id", id);
  if (!vrf_statement_run (statement, error))
    return FALSE;
  statement = prepare (store,
                       "UPDATE files SET status = 'redacted', data = NULL, filename = NULL,"
                       " fields = NULL, confidence = NULL, metadata = '{}', updated_at = :now"
                       " WHERE id = :id");
  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_time (statement, ":now", now);
  return vrf_statement_run (statement, error);
}

/** vrf_store_files_get: Returns: (nullable) (transfer full): a document of that environment */
VrfFile *
vrf_store_files_get (VrfSandboxStore *store, const char *id, gboolean is_sandbox, GError **error)
{
  VrfStatement *statement = prepare (
      store, "SELECT " COLUMNS FILES " WHERE files.id = :id AND files.is_sandbox = :is_sandbox");

  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return vrf_sandbox_store_take_row (statement, load, (GDestroyNotify) vrf_file_free, error);
}

/** vrf_store_files_get_data: Returns: (nullable) (transfer full): its bytes */
GBytes *
vrf_store_files_get_data (VrfSandboxStore *store, const char *id, GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "SELECT COALESCE (files.data, documents.data) AS data FROM files"
               " LEFT JOIN documents ON documents.id = files.id WHERE files.id = :id");
  g_autoptr (GBytes) data = NULL;

  vrf_statement_bind_text (statement, ":id", id);
  if (!vrf_sandbox_store_get_row (statement, error))
    return NULL;
  if (!vrf_statement_is_null (statement, "data"))
    data = vrf_statement_dup_bytes (statement, "data");
  return vrf_statement_run (statement, error) ? g_steal_pointer (&data) : NULL;
}

static void
bind_filter (VrfStatement *statement, const VrfFileFilter *filter)
{
  vrf_statement_bind_int (statement, ":is_sandbox", filter->is_sandbox);
  vrf_statement_bind_text (statement, ":status", filter->status);
  vrf_statement_bind_text (statement, ":classification", filter->classification);
  vrf_statement_bind_text (statement, ":session_id", filter->session_id);
  vrf_statement_bind_text (statement, ":identity_id", filter->identity_id);
  vrf_statement_bind_text (statement, ":document_type", filter->document_type);
}

/** vrf_store_files_list: Returns: (nullable) (transfer full) (element-type VrfFile): a page; %NULL
 * on error */
GPtrArray *
vrf_store_files_list (VrfSandboxStore *store,
                      const VrfFileFilter *filter,
                      gint64 *ret_total,
                      GError **error)
{
  VrfStatement *statement = prepare (store, "SELECT COUNT (*) AS total" FILES FILTER);

  bind_filter (statement, filter);
  if (!vrf_sandbox_store_take_total (statement, ret_total, error))
    return NULL;
  statement = prepare (
      store, "SELECT " COLUMNS FILES FILTER " ORDER BY files.n DESC LIMIT :limit OFFSET :offset");
  bind_filter (statement, filter);
  vrf_statement_bind_int (statement, ":limit", filter->limit);
  vrf_statement_bind_int (statement, ":offset", filter->offset);
  return vrf_sandbox_store_take_rows (statement, load, (GDestroyNotify) vrf_file_free, error);
}

/** vrf_store_files_count_of_identity: @ret_total (out): how many documents are an identity's */
gboolean
vrf_store_files_count_of_identity (VrfSandboxStore *store,
                                   const char *identity_id,
                                   gint64 *ret_total,
                                   GError **error)
{
  VrfStatement *statement =
      prepare (store, "SELECT COUNT (*) AS total FROM files WHERE identity_id = :identity_id");

  vrf_statement_bind_text (statement, ":identity_id", identity_id);
  if (!vrf_sandbox_store_get_row (statement, error))
    return FALSE;
  *ret_total = vrf_statement_get_int (statement, "total");
  return vrf_statement_run (statement, error);
}

/** vrf_store_files_move: all documents of one identity are another's */
gboolean
vrf_store_files_move (
    VrfSandboxStore *store, const char *from_id, const char *to_id, gint64 now, GError **error)
{
  VrfStatement *statement = prepare (
      store,
      "UPDATE files SET identity_id = :to_id, updated_at = :now WHERE identity_id = :from_id");

  vrf_statement_bind_text (statement, ":from_id", from_id);
  vrf_statement_bind_text (statement, ":to_id", to_id);
  vrf_statement_bind_time (statement, ":now", now);
  return vrf_statement_run (statement, error);
}
