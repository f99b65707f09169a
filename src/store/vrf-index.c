/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-store"

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "store/vrf-index.h"

#include "base/vrf-error.h"
#include "base/vrf-time.h"
#include "store/vrf-index-private.h"

#define FILE_NAME "index.db"
/* Where a file goes that cannot be used: one of them is kept, until the next redaction. */
#define ASIDE_NAME "index.db.unusable"
/* As the schema makes them. */
#define N_INDEXES 9

G_DEFINE_FINAL_TYPE (VrfIndex, vrf_index, G_TYPE_OBJECT)

static void
vrf_index_finalize (GObject *object)
{
  VrfIndex *self = VRF_INDEX (object);

  g_clear_object (&self->db);
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->deltas, g_hash_table_unref);

  G_OBJECT_CLASS (vrf_index_parent_class)->finalize (object);
}

static void
vrf_index_class_init (VrfIndexClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_index_finalize;
}

static void
vrf_index_init (VrfIndex *self)
{
  self->deltas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* Opening */

static gboolean
get_fact (VrfIndex *self, const char *name, gint64 fallback, gint64 *ret_value, GError **error)
{
  VrfStatement *statement =
      vrf_sqlite_statement (self->db, "SELECT value FROM facts WHERE name = :name");
  gboolean row = FALSE;

  vrf_statement_bind_text (statement, ":name", name);
  if (!vrf_statement_step (statement, &row, error))
    return FALSE;
  *ret_value = row ? vrf_statement_get_int (statement, "value") : fallback;
  return !row || vrf_statement_run (statement, error);
}

/* A file of our version that is not ours inside: columns or indexes that are missing, or triggers
 * that would run with every write. */
static gboolean
check_schema (VrfIndex *self, GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (
      self->db,
      "SELECT count (*) FILTER (WHERE type IN ('trigger', 'view')) AS n,"
      " count (*) FILTER (WHERE type = 'index' AND name GLOB 'sessions_*') AS indexes"
      " FROM sqlite_schema");
  gint64 scrub = 0;
  gboolean row = FALSE;
  gint64 n = 0, n_indexes = 0;

  if (!vrf_statement_step (statement, &row, error))
    return FALSE;
  n = vrf_statement_get_int (statement, "n");
  n_indexes = vrf_statement_get_int (statement, "indexes");
  if (!vrf_statement_run (statement, error))
    return FALSE;
  if (n > 0 || n_indexes != N_INDEXES)
    {
      g_set_error_literal (
          error, VRF_ERROR, VRF_ERROR_STORE, "The index is not as this program makes it");
      return FALSE;
    }
  statement = vrf_sqlite_statement (self->db,
                                    "SELECT " VRF_INDEX_COLUMNS
                                    ", s.tail, s.folded, s.ref_key, s.attention, s.ended_at,"
                                    " s.open_until FROM sessions AS s"
                                    " INDEXED BY sessions_by_ref, session_tags, totals, workflows,"
                                    " facts, session_search, session_parts LIMIT 0");
  if (!vrf_statement_run (statement, error))
    return FALSE;
  if (!get_fact (self, "needs_scrub", 0, &scrub, error))
    return FALSE;
  self->needs_scrub = scrub != 0;
  return TRUE;
}

static gboolean
make_directory (const char *directory, GError **error)
{
  if (g_mkdir_with_parents (directory, 0700) == 0)
    return TRUE;
  g_set_error (error,
               VRF_ERROR,
               VRF_ERROR_STORE,
               "The directory “%s” cannot be made: %s",
               directory,
               g_strerror (errno));
  return FALSE;
}

/**
 * vrf_index_open:
 * @directory: (type filename): the profile's, made with mode 0700 if missing
 * @error: %VRF_ERROR_STORE when it cannot be read or written or is damaged,
 *   %VRF_ERROR_STORE_NEWER when a newer program made it, %VRF_ERROR_STORE_BUSY
 *
 * Returns: (nullable) (transfer full): the index, made if missing
 */
VrfIndex *
vrf_index_open (const char *directory, GError **error)
{
  static const VrfSqliteOptions options = {
    .journal_mode = "WAL",
    .synchronous = "NORMAL",
    .secure_delete = TRUE,
  };
  g_autoptr (VrfIndex) self = g_object_new (VRF_TYPE_INDEX, NULL);
  g_autofree char *path = g_build_filename (directory, FILE_NAME, NULL);

  self->directory = g_strdup (directory);
  if (!make_directory (directory, error))
    return NULL;
  self->db = vrf_sqlite_open (path, &options, vrf_index_migrations, error);
  if (self->db == NULL || !check_schema (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* What lies beside a database belongs to it. */
static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

static gboolean
delete_files (const char *directory, const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (name, suffixes[i], NULL);
      g_autofree char *path = g_build_filename (directory, file, NULL);

      if (g_unlink (path) != 0 && errno != ENOENT && errno != ENOTDIR)
        {
          g_set_error (error,
                       VRF_ERROR,
                       VRF_ERROR_STORE,
                       "“%s” cannot be deleted: %s",
                       path,
                       g_strerror (errno));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
set_aside (const char *directory, GError **error)
{
  if (!delete_files (directory, ASIDE_NAME, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (FILE_NAME, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (ASIDE_NAME, suffixes[i], NULL);
      g_autofree char *from_path = g_build_filename (directory, from, NULL);
      g_autofree char *to_path = g_build_filename (directory, to, NULL);

      if (g_rename (from_path, to_path) != 0 && errno != ENOENT)
        {
          g_set_error (error,
                       VRF_ERROR,
                       VRF_ERROR_STORE,
                       "“%s” cannot be set aside: %s",
                       from_path,
                       g_strerror (errno));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
is_unusable (const char *directory, const GError *why)
{
  g_autofree char *path = g_build_filename (directory, FILE_NAME, NULL);

  if (g_error_matches (why, VRF_ERROR, VRF_ERROR_STORE_NEWER))
    return TRUE;
  return g_error_matches (why, VRF_ERROR, VRF_ERROR_STORE)
         && g_file_test (path, G_FILE_TEST_IS_REGULAR) && g_access (path, R_OK | W_OK) == 0;
}

/**
 * vrf_index_open_anew:
 * @directory: (type filename): the profile's
 * @ret_why: (out) (nullable) (transfer full): why the file that was there could not be used; it is
 *   now called `index.db.unusable`
 * @error: as of vrf_index_open()
 *
 * As vrf_index_open(), but a file that is damaged or made by a newer program makes place for an
 * empty one: everything in it can be asked for again.
 *
 * Returns: (nullable) (transfer full): the index
 */
VrfIndex *
vrf_index_open_anew (const char *directory, GError **ret_why, GError **error)
{
  g_autoptr (GError) why = NULL;
  VrfIndex *self = vrf_index_open (directory, &why);

  if (self != NULL)
    return self;
  if (!is_unusable (directory, why))
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return NULL;
    }
  if (!set_aside (directory, error))
    return NULL;
  self = vrf_index_open (directory, error);
  if (self != NULL && ret_why != NULL)
    *ret_why = g_steal_pointer (&why);
  return self;
}

/**
 * vrf_index_open_empty:
 * @directory: (type filename): a profile's, that nobody has open
 * @error: as of vrf_index_open()
 *
 * As vrf_index_open_anew() for a file that was found to be damaged only after it was opened.
 *
 * Returns: (nullable) (transfer full): an empty index
 */
VrfIndex *
vrf_index_open_empty (const char *directory, GError **error)
{
  return set_aside (directory, error) ? vrf_index_open (directory, error) : NULL;
}

/** vrf_index_exists: Returns: whether there is one to be opened */
gboolean
vrf_index_exists (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, FILE_NAME, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/**
 * vrf_index_forget:
 * @directory: (type filename): a profile's, that nobody has open
 * @error: %VRF_ERROR_STORE
 *
 * Deletes the index, and the directory if nothing else is in it.
 */
gboolean
vrf_index_forget (const char *directory, GError **error)
{
  if (!delete_files (directory, FILE_NAME, error) || !delete_files (directory, ASIDE_NAME, error))
    return FALSE;
  g_rmdir (directory);
  return TRUE;
}

/** vrf_index_interrupt: what is being read ends with %G_IO_ERROR_CANCELLED; from any thread */
void
vrf_index_interrupt (VrfIndex *self)
{
  vrf_sqlite_interrupt (self->db);
}

/** vrf_index_is_damaged: Returns: whether the file was found to be damaged since it was opened */
gboolean
vrf_index_is_damaged (VrfIndex *self)
{
  return vrf_sqlite_is_damaged (self->db);
}

/* Scrubbing */

/** vrf_index_needs_scrub: Returns: whether traces of what was removed are still in the file */
gboolean
vrf_index_needs_scrub (VrfIndex *self)
{
  return self->needs_scrub;
}

/**
 * vrf_index_scrub:
 * @self: an index
 * @error: return location
 *
 * Overwrites the traces of everything that was removed or redacted, and deletes a file that was set
 * aside. Deleted rows are overwritten at once; what is left then are the parts of references, which
 * go with the rest when they are merged, and the pages in the WAL. It reads and writes all parts,
 * so it is called once for many removals.
 */
gboolean
vrf_index_scrub (VrfIndex *self, GError **error)
{
  if (!vrf_sqlite_exec (
          self->db, "INSERT INTO session_search (session_search) VALUES ('optimize')", error)
      || !vrf_sqlite_checkpoint (self->db, error)
      || !vrf_sqlite_exec (self->db, "DELETE FROM facts WHERE name = 'needs_scrub'", error)
      || !delete_files (self->directory, ASIDE_NAME, error))
    return FALSE;
  self->needs_scrub = FALSE;
  return TRUE;
}

/* Reading one row */

/* The file may say anything: a text is UTF-8, whatever is there. */
static char *
dup_text (VrfStatement *row, const char *column)
{
  const char *text = vrf_statement_get_text (row, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

static GStrv
read_tags (VrfStatement *row)
{
  g_autofree char *tags = dup_text (row, "tags");

  return tags != NULL && *tags != '\0' ? g_strsplit (tags, "\n", -1) : NULL;
}

/* A number's word, else the word beside it. */
static char *
dup_word (VrfStatement *row, const char *word, const char *column)
{
  return word != NULL ? g_strdup (word) : dup_text (row, column);
}

VrfIndexEntry *
vrf_index_read_entry (VrfStatement *row)
{
  int status = (int) vrf_statement_get_int (row, "status");
  int result = (int) vrf_statement_get_int (row, "result");
  int risk = (int) vrf_statement_get_int (row, "risk");
  g_autofree char *word = dup_word (row, vrf_index_status_word (status), "status_text");
  g_autofree char *id = dup_text (row, "id");
  VrfIndexEntry *entry = NULL;

  if (id == NULL)
    return NULL;
  entry = vrf_index_entry_new (id, word != NULL ? word : "");
  entry->result = dup_word (row, vrf_index_result_word (result), "result_text");
  entry->risk_level = dup_word (row, vrf_index_risk_word (risk), "risk_text");
  entry->risk_score = entry->risk_level != NULL ? risk % VRF_INDEX_RISK_STEP - 1 : -1;
  entry->external_ref = dup_text (row, "external_ref");
  entry->workflow_id = dup_text (row, "workflow_id");
  entry->retention_status = dup_text (row, "retention_status");
  entry->tags = read_tags (row);
  entry->created_at = vrf_statement_get_time (row, "created_at");
  entry->updated_at = vrf_statement_get_time (row, "updated_at");
  entry->expires_at = vrf_statement_get_time (row, "expires_at");
  entry->finished_at = vrf_statement_get_time (row, "finished_at");
  entry->seen = vrf_statement_get_int (row, "seen") != 0;
  return entry;
}

/**
 * vrf_index_lookup:
 * @self: an index
 * @id: a session's
 * @error: return location
 *
 * Returns: (nullable) (transfer full): what is remembered of it; %NULL without an error for nothing
 */
VrfIndexEntry *
vrf_index_lookup (VrfIndex *self, const char *id, GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (
      self->db, "SELECT " VRF_INDEX_COLUMNS " FROM sessions AS s WHERE s.id = :id");
  g_autoptr (VrfIndexEntry) entry = NULL;
  gboolean row = FALSE;

  vrf_statement_bind_text (statement, ":id", id);
  if (!vrf_statement_step (statement, &row, error) || !row)
    return NULL;
  entry = vrf_index_read_entry (statement);
  if (!vrf_statement_run (statement, error))
    return NULL;
  return g_steal_pointer (&entry);
}

/** vrf_index_dup_workflows: Returns: (nullable) (transfer full): id → name */
GHashTable *
vrf_index_dup_workflows (VrfIndex *self, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  VrfStatement *statement = vrf_sqlite_statement (self->db, "SELECT id, name FROM workflows");
  gboolean row = FALSE;

  for (;;)
    {
      if (!vrf_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&names);
      if (!vrf_statement_is_null (statement, "id") && !vrf_statement_is_null (statement, "name"))
        g_hash_table_insert (names, dup_text (statement, "id"), dup_text (statement, "name"));
    }
}

/** vrf_index_get_synced: how old the index is, and whether it is whole */
gboolean
vrf_index_get_synced (VrfIndex *self, VrfIndexSync *ret_sync, GError **error)
{
  gint64 complete = 0;

  if (!get_fact (self, "synced_at", VRF_TIME_NONE, &ret_sync->synced_at, error)
      || !get_fact (self, "skew_us", 0, &ret_sync->skew_us, error)
      || !get_fact (self, "complete", 0, &complete, error))
    return FALSE;
  ret_sync->complete = complete != 0;
  return TRUE;
}
