/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-base"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "base/vrf-sqlite.h"
#include "base/vrf-error.h"
#include "base/vrf-time.h"

/**
 * VrfSqlite:
 *
 * A thin coat over SQLite: opens a file of mode 0600, brings its schema up to date in numbered
 * steps, and gives statements with named parameters and named columns. A statement remembers its
 * first failed bind and answers with it when it is stepped, so a caller checks one place. For one
 * thread at a time.
 */
struct _VrfSqlite
{
  GObject parent_instance;

  sqlite3 *db;            /* owned */
  GHashTable *statements; /* owned: SQL text → VrfStatement */
  guint depth;            /* of begin */
  gboolean damaged;       /* a statement has found it to be */
};

struct _VrfStatement
{
  sqlite3_stmt *stmt; /* owned; NULL when preparing failed */
  VrfSqlite *owner;   /* borrowed */
  char *problem;      /* owned, nullable: from preparing or binding */
  int code;
  int next_column;
};

G_DEFINE_FINAL_TYPE (VrfSqlite, vrf_sqlite, G_TYPE_OBJECT)

/* How long another connection's lock is waited for. */
#define BUSY_TIMEOUT_MS 2000

static void
vrf_statement_free (VrfStatement *self)
{
  sqlite3_finalize (self->stmt);
  g_free (self->problem);
  g_free (self);
}

static void
vrf_sqlite_finalize (GObject *object)
{
  VrfSqlite *self = VRF_SQLITE (object);

  g_clear_pointer (&self->statements, g_hash_table_unref);
  if (self->db != NULL && sqlite3_close (self->db) != SQLITE_OK)
    g_critical ("A database was closed with statements in use");

  G_OBJECT_CLASS (vrf_sqlite_parent_class)->finalize (object);
}

static void
vrf_sqlite_class_init (VrfSqliteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_sqlite_finalize;
}

static void
vrf_sqlite_init (VrfSqlite *self)
{
  self->statements =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) vrf_statement_free);
}

static gboolean
fail (VrfSqlite *self, int code, const char *what, const char *problem, GError **error)
{
  int primary = code & 0xff;

  if (primary == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The database was interrupted");
      return FALSE;
    }
  if (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB)
    self->damaged = TRUE;
  g_set_error (error,
               VRF_ERROR,
               primary == SQLITE_BUSY || primary == SQLITE_LOCKED ? VRF_ERROR_STORE_BUSY
                                                                  : VRF_ERROR_STORE,
               "%s: %s",
               what,
               problem);
  return FALSE;
}

/**
 * vrf_sqlite_exec:
 * @self: a database
 * @sql: one or more statements without parameters
 * @error: %VRF_ERROR_STORE or %VRF_ERROR_STORE_BUSY
 */
gboolean
vrf_sqlite_exec (VrfSqlite *self, const char *sql, GError **error)
{
  int code = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;
  return fail (self, code, "The database refused a statement", sqlite3_errmsg (self->db), error);
}

static gboolean
set_pragma (VrfSqlite *self, const char *name, const char *value, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA %s=%s", name, value);

  return vrf_sqlite_exec (self, sql, error);
}

static gboolean
configure (VrfSqlite *self, const VrfSqliteOptions *options, GError **error)
{
  sqlite3_busy_timeout (self->db, options->exclusive ? 0 : BUSY_TIMEOUT_MS);
  if (options->exclusive && !set_pragma (self, "locking_mode", "EXCLUSIVE", error))
    return FALSE;
  if (!set_pragma (self, "journal_mode", options->journal_mode, error)
      || !set_pragma (self, "synchronous", options->synchronous, error)
      || !set_pragma (self, "foreign_keys", "ON", error)
      || !set_pragma (self, "secure_delete", options->secure_delete ? "ON" : "OFF", error))
    return FALSE;

  /* The lock is taken by the first write; take it now, so that the second process hears it here. */
  return !options->exclusive
         || (vrf_sqlite_exec (self, "BEGIN IMMEDIATE", error)
             && vrf_sqlite_exec (self, "COMMIT", error));
}

static gboolean
get_version (VrfSqlite *self, gint64 *ret_version, GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (self, "PRAGMA user_version");
  gboolean row = FALSE;

  if (!vrf_statement_step (statement, &row, error))
    return FALSE;
  *ret_version = row ? vrf_statement_get_int (statement, "user_version") : 0;
  return vrf_statement_run (statement, error);
}

static gboolean
migrate_step (VrfSqlite *self, gint64 version, const char *sql, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, version);

  if (!vrf_sqlite_begin (self, error))
    return FALSE;
  if (vrf_sqlite_exec (self, sql, error) && set_pragma (self, "user_version", text, error)
      && vrf_sqlite_commit (self, error))
    return TRUE;
  vrf_sqlite_rollback (self);
  return FALSE;
}

/* Step n takes a database from user_version n - 1 to n, in a transaction of its own. */
static gboolean
migrate (VrfSqlite *self, const char *const *migrations, GError **error)
{
  gint64 newest = (gint64) g_strv_length ((char **) migrations);
  gint64 version = 0;

  if (!get_version (self, &version, error))
    return FALSE;
  if (version > newest)
    {
      g_set_error (error,
                   VRF_ERROR,
                   VRF_ERROR_STORE_NEWER,
                   "The database has schema %" G_GINT64_FORMAT
                   ", this program knows up to %" G_GINT64_FORMAT,
                   version,
                   newest);
      return FALSE;
    }
  for (; version < newest; version++)
    if (!migrate_step (self, version + 1, migrations[version], error))
      return FALSE;
  return TRUE;
}

/* SQLite would make the file with the umask's mode; -wal and -shm take the mode of the file. A file
 * that is there is not opened: closing it would drop the locks that this process holds on it. */
static gboolean
make_file (const char *path, GError **error)
{
  int fd = -1;

  if (g_str_equal (path, ":memory:"))
    return TRUE;
  fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }
  if (errno == EEXIST && access (path, R_OK | W_OK) == 0)
    return TRUE;
  g_set_error (error,
               VRF_ERROR,
               VRF_ERROR_STORE,
               "The database “%s” cannot be written: %s",
               path,
               g_strerror (errno));
  return FALSE;
}

/**
 * vrf_sqlite_open:
 * @path: (type filename): the file, made with mode 0600 if missing, or `:memory:`
 * @options: how it is to be kept
 * @migrations: (array zero-terminated=1): SQL that takes the schema from version n to n + 1; never
 *   edited once released
 * @error: %VRF_ERROR_STORE, %VRF_ERROR_STORE_BUSY when another process has it,
 *   %VRF_ERROR_STORE_NEWER when a newer program made it
 *
 * Returns: (nullable) (transfer full): the database, its schema up to date
 */
VrfSqlite *
vrf_sqlite_open (const char *path,
                 const VrfSqliteOptions *options,
                 const char *const *migrations,
                 GError **error)
{
  g_autoptr (VrfSqlite) self = g_object_new (VRF_TYPE_SQLITE, NULL);
  int code = SQLITE_OK;

  if (!make_file (path, error))
    return NULL;
  code = sqlite3_open_v2 (
      path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
  if (code != SQLITE_OK)
    {
      fail (self, code, "The database cannot be opened", sqlite3_errstr (code), error);
      return NULL;
    }
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (!configure (self, options, error) || !migrate (self, migrations, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * vrf_sqlite_begin:
 * @self: a database
 * @error: %VRF_ERROR_STORE or %VRF_ERROR_STORE_BUSY
 *
 * Starts a transaction that writes. Calls nest: the outermost pair counts.
 */
gboolean
vrf_sqlite_begin (VrfSqlite *self, GError **error)
{
  if (self->depth == 0 && !vrf_sqlite_exec (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  self->depth++;
  return TRUE;
}

/** vrf_sqlite_commit: ends what vrf_sqlite_begin() started; on failure the caller rolls back */
gboolean
vrf_sqlite_commit (VrfSqlite *self, GError **error)
{
  g_return_val_if_fail (self->depth > 0, FALSE);

  if (self->depth == 1 && !vrf_sqlite_exec (self, "COMMIT", error))
    return FALSE;
  self->depth--;
  return TRUE;
}

/** vrf_sqlite_is_in_transaction: whether vrf_sqlite_begin() waits for its end */
gboolean
vrf_sqlite_is_in_transaction (VrfSqlite *self)
{
  return self->depth > 0;
}

/** vrf_sqlite_rollback: undoes everything since the outermost vrf_sqlite_begin(); harmless without
 * one */
void
vrf_sqlite_rollback (VrfSqlite *self)
{
  if (self->depth == 0)
    return;
  self->depth = 0;
  if (sqlite3_get_autocommit (self->db) == 0)
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
}

/** vrf_sqlite_checkpoint: moves the WAL into the database and empties it */
gboolean
vrf_sqlite_checkpoint (VrfSqlite *self, GError **error)
{
  int code = sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;
  return fail (self, code, "The database could not be tidied", sqlite3_errmsg (self->db), error);
}

/** vrf_sqlite_get_changes: Returns: how many rows the last INSERT, UPDATE or DELETE touched */
gint64
vrf_sqlite_get_changes (VrfSqlite *self)
{
  return sqlite3_changes (self->db);
}

/** vrf_sqlite_interrupt: from any thread, as long as the database is open */
void
vrf_sqlite_interrupt (VrfSqlite *self)
{
  sqlite3_interrupt (self->db);
}

/** vrf_sqlite_is_damaged: Returns: whether a statement has found the file to be damaged */
gboolean
vrf_sqlite_is_damaged (VrfSqlite *self)
{
  return self->damaged;
}

static void
note (VrfStatement *self, int code, const char *problem)
{
  if (self->problem != NULL)
    return;
  self->code = code;
  self->problem = g_strdup (problem);
}

static void
reset (VrfStatement *self)
{
  if (self->stmt == NULL)
    return;
  sqlite3_reset (self->stmt);
  sqlite3_clear_bindings (self->stmt);
  g_clear_pointer (&self->problem, g_free);
}

static VrfStatement *
prepare (VrfSqlite *self, const char *sql)
{
  VrfStatement *statement = g_new0 (VrfStatement, 1);
  int code = SQLITE_OK;

  statement->owner = self;
  code = sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement->stmt, NULL);
  if (code != SQLITE_OK)
    note (statement, code, sqlite3_errmsg (self->db));
  return statement;
}

/**
 * vrf_sqlite_statement:
 * @self: a database
 * @sql: one statement with `:named` parameters; values never stand in it
 *
 * Returns: (transfer none): the statement, reset, all parameters NULL. The same text gives the same
 *   statement, so it must not be asked for again while it is still read. A text that cannot be
 *   prepared answers with its error when stepped.
 */
VrfStatement *
vrf_sqlite_statement (VrfSqlite *self, const char *sql)
{
  VrfStatement *statement = g_hash_table_lookup (self->statements, sql);

  if (statement == NULL)
    {
      statement = prepare (self, sql);
      g_hash_table_insert (self->statements, g_strdup (sql), statement);
    }
  reset (statement);
  return statement;
}

/* 0 when there is none: noted. */
static int
parameter_index (VrfStatement *self, const char *parameter)
{
  int index = self->stmt != NULL ? sqlite3_bind_parameter_index (self->stmt, parameter) : 0;

  if (index == 0)
    note (self, SQLITE_RANGE, parameter);
  return index;
}

static void
note_bind (VrfStatement *self, int code)
{
  if (code != SQLITE_OK)
    note (self, code, sqlite3_errstr (code));
}

/** vrf_statement_bind_text: @value is copied; %NULL binds NULL. @parameter is spelled with its
 * colon. */
void
vrf_statement_bind_text (VrfStatement *self, const char *parameter, const char *value)
{
  int index = parameter_index (self, parameter);

  if (index > 0)
    note_bind (self, sqlite3_bind_text (self->stmt, index, value, -1, SQLITE_TRANSIENT));
}

/** vrf_statement_bind_int: binds an integer */
void
vrf_statement_bind_int (VrfStatement *self, const char *parameter, gint64 value)
{
  int index = parameter_index (self, parameter);

  if (index > 0)
    note_bind (self, sqlite3_bind_int64 (self->stmt, index, value));
}

/** vrf_statement_bind_time: binds microseconds; %VRF_TIME_NONE binds NULL */
void
vrf_statement_bind_time (VrfStatement *self, const char *parameter, gint64 us)
{
  if (us == VRF_TIME_NONE)
    vrf_statement_bind_null (self, parameter);
  else
    vrf_statement_bind_int (self, parameter, us);
}

/** vrf_statement_bind_double: binds a number */
void
vrf_statement_bind_double (VrfStatement *self, const char *parameter, double value)
{
  int index = parameter_index (self, parameter);

  if (index > 0)
    note_bind (self, sqlite3_bind_double (self->stmt, index, value));
}

/** vrf_statement_bind_bytes: binds a blob, copied; %NULL binds NULL */
void
vrf_statement_bind_bytes (VrfStatement *self, const char *parameter, GBytes *value)
{
  int index = parameter_index (self, parameter);
  gsize length = 0;
  const void *data = NULL;

  if (index == 0 || value == NULL)
    return;
  data = g_bytes_get_data (value, &length);
  note_bind (
      self,
      sqlite3_bind_blob64 (self->stmt, index, data != NULL ? data : "", length, SQLITE_TRANSIENT));
}

/** vrf_statement_bind_null: binds NULL */
void
vrf_statement_bind_null (VrfStatement *self, const char *parameter)
{
  int index = parameter_index (self, parameter);

  if (index > 0)
    note_bind (self, sqlite3_bind_null (self->stmt, index));
}

/**
 * vrf_statement_step:
 * @self: a statement
 * @ret_row: (out): whether there is a row to read; %FALSE at the end, and the statement is reset
 * @error: %VRF_ERROR_STORE or %VRF_ERROR_STORE_BUSY
 */
gboolean
vrf_statement_step (VrfStatement *self, gboolean *ret_row, GError **error)
{
  int code = SQLITE_OK;

  *ret_row = FALSE;
  if (self->problem != NULL)
    return fail (self->owner, self->code, "A statement is wrong", self->problem, error);

  code = sqlite3_step (self->stmt);
  if (code == SQLITE_ROW)
    {
      *ret_row = TRUE;
      return TRUE;
    }
  if (code != SQLITE_DONE)
    fail (self->owner,
          code,
          "The database could not be used",
          sqlite3_errmsg (self->owner->db),
          error);
  sqlite3_reset (self->stmt);
  return code == SQLITE_DONE;
}

/** vrf_statement_run: steps to the end and lets the rows go */
gboolean
vrf_statement_run (VrfStatement *self, GError **error)
{
  gboolean row = FALSE;

  do
    {
      if (!vrf_statement_step (self, &row, error))
        return FALSE;
    }
  while (row);
  return TRUE;
}

/** vrf_statement_stop: lets the rows go that were not stepped to */
void
vrf_statement_stop (VrfStatement *self)
{
  reset (self);
}

static int
column_index (VrfStatement *self, const char *column)
{
  int n = sqlite3_column_count (self->stmt);

  /* Columns are mostly read in their order: look first at the one after the last. */
  for (int i = 0; i < n; i++)
    {
      int index = (self->next_column + i) % n;

      if (g_str_equal (sqlite3_column_name (self->stmt, index), column))
        {
          self->next_column = index + 1;
          return index;
        }
    }
  g_critical ("The statement has no column “%s”", column);
  return -1;
}

/** vrf_statement_is_null: Returns: whether the column of this row is NULL */
gboolean
vrf_statement_is_null (VrfStatement *self, const char *column)
{
  return sqlite3_column_type (self->stmt, column_index (self, column)) == SQLITE_NULL;
}

/** vrf_statement_get_text: Returns: (nullable) (transfer none): valid until the next step */
const char *
vrf_statement_get_text (VrfStatement *self, const char *column)
{
  return (const char *) sqlite3_column_text (self->stmt, column_index (self, column));
}

/** vrf_statement_dup_text: Returns: (nullable) (transfer full): vrf_statement_get_text() to keep */
char *
vrf_statement_dup_text (VrfStatement *self, const char *column)
{
  return g_strdup (vrf_statement_get_text (self, column));
}

/** vrf_statement_get_int: Returns: the integer, 0 for NULL */
gint64
vrf_statement_get_int (VrfStatement *self, const char *column)
{
  return sqlite3_column_int64 (self->stmt, column_index (self, column));
}

/** vrf_statement_get_time: Returns: microseconds, %VRF_TIME_NONE for NULL */
gint64
vrf_statement_get_time (VrfStatement *self, const char *column)
{
  int index = column_index (self, column);

  if (sqlite3_column_type (self->stmt, index) == SQLITE_NULL)
    return VRF_TIME_NONE;
  return sqlite3_column_int64 (self->stmt, index);
}

/** vrf_statement_get_double: Returns: the number, 0 for NULL */
double
vrf_statement_get_double (VrfStatement *self, const char *column)
{
  return sqlite3_column_double (self->stmt, column_index (self, column));
}

/** vrf_statement_dup_bytes: Returns: (nullable) (transfer full): the blob, %NULL for NULL */
GBytes *
vrf_statement_dup_bytes (VrfStatement *self, const char *column)
{
  int index = column_index (self, column);

  if (sqlite3_column_type (self->stmt, index) == SQLITE_NULL)
    return NULL;
  return g_bytes_new (sqlite3_column_blob (self->stmt, index),
                      (gsize) sqlite3_column_bytes (self->stmt, index));
}
