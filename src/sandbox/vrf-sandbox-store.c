/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <glib/gstdio.h>
#include <errno.h>

#include "sandbox/vrf-sandbox-store.h"

#include "base/vrf-error.h"
#include "sandbox/vrf-sandbox-store-private.h"

/**
 * VrfSandboxStore:
 *
 * The sandbox's database. Everything is written before it is answered and survives the end of the
 * process at any moment; one process holds it at a time. What was asked for and is not there is
 * %NULL without an error. For the sandbox's thread.
 */
struct _VrfSandboxStore
{
  GObject parent_instance;

  VrfSqlite *db;            /* owned */
  VrfSessionTotals *totals; /* owned */
  GHashTable *changed;      /* owned: numbers of sessions, changed in this transaction */
};

enum
{
  SIGNAL_SESSION_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VrfSandboxStore, vrf_sandbox_store, G_TYPE_OBJECT)

static void
vrf_sandbox_store_finalize (GObject *object)
{
  VrfSandboxStore *self = VRF_SANDBOX_STORE (object);

  g_clear_pointer (&self->totals, vrf_session_totals_free);
  g_clear_pointer (&self->changed, g_hash_table_unref);
  g_clear_object (&self->db);

  G_OBJECT_CLASS (vrf_sandbox_store_parent_class)->finalize (object);
}

static void
vrf_sandbox_store_class_init (VrfSandboxStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_sandbox_store_finalize;

  /**
   * VrfSandboxStore::session-changed:
   * @n: a session's number
   *
   * A session came or changed, and the change is on the disk. Nothing may be written from here.
   */
  signals[SIGNAL_SESSION_CHANGED] = g_signal_new ("session-changed",
                                                  VRF_TYPE_SANDBOX_STORE,
                                                  G_SIGNAL_RUN_LAST,
                                                  0,
                                                  NULL,
                                                  NULL,
                                                  NULL,
                                                  G_TYPE_NONE,
                                                  1,
                                                  G_TYPE_INT64);
}

static void
vrf_sandbox_store_init (VrfSandboxStore *self)
{
  self->changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static gboolean
make_directory (const char *path, GError **error)
{
  g_autofree char *directory = NULL;

  if (g_str_equal (path, ":memory:"))
    return TRUE;

  directory = g_path_get_dirname (path);
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

/* Says which file, and in one sentence what is the matter with it. */
static void
explain (GError **error, const char *path)
{
  g_autoptr (GError) cause = g_steal_pointer (error);

  if (g_error_matches (cause, VRF_ERROR, VRF_ERROR_STORE_BUSY))
    g_set_error (error,
                 VRF_ERROR,
                 VRF_ERROR_STORE_BUSY,
                 "The database “%s” is used by another process; end that one, or use another "
                 "database.",
                 path);
  else if (g_error_matches (cause, VRF_ERROR, VRF_ERROR_STORE_NEWER))
    g_set_error (error,
                 VRF_ERROR,
                 VRF_ERROR_STORE_NEWER,
                 "The database “%s” was made by a newer version of this program.",
                 path);
  else
    g_set_error (error,
                 VRF_ERROR,
                 VRF_ERROR_STORE,
                 "The database “%s” cannot be used. %s",
                 path,
                 cause->message);
}

/**
 * vrf_sandbox_store_open:
 * @path: (type filename): the file, made with its directory if missing, or `:memory:`
 * @error: %VRF_ERROR_STORE, %VRF_ERROR_STORE_BUSY when another process has it,
 *   %VRF_ERROR_STORE_NEWER when a newer program made it
 */
VrfSandboxStore *
vrf_sandbox_store_open (const char *path, GError **error)
{
  /*
   * FULL, so that the log is on the disk before a commit returns, and with it before the answer: a
   * power cut loses no more than a kill -9. Exclusive, because a second process would have a clock
   * and a dispatcher of its own. What is deleted is overwritten; the log is emptied after.
   */
  static const VrfSqliteOptions options = {
    .journal_mode = "WAL",
    .synchronous = "FULL",
    .exclusive = TRUE,
    .secure_delete = TRUE,
  };
  g_autoptr (VrfSandboxStore) self = g_object_new (VRF_TYPE_SANDBOX_STORE, NULL);
  g_autoptr (GError) local = NULL;

  if (!make_directory (path, error))
    return NULL;
  self->db = vrf_sqlite_open (path, &options, vrf_sandbox_store_schema, &local);
  /* A process that was killed may have left deleted data in the log. */
  if (self->db != NULL && vrf_sqlite_checkpoint (self->db, &local))
    {
      self->totals = vrf_session_totals_new (self->db);
      return g_steal_pointer (&self);
    }
  explain (&local, path);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* For the store's other files. */
VrfSqlite *
vrf_sandbox_store_get_db (VrfSandboxStore *self)
{
  return self->db;
}

VrfSessionTotals *
vrf_sandbox_store_get_totals (VrfSandboxStore *self)
{
  return self->totals;
}

/** vrf_sandbox_store_begin: starts a transaction; calls nest */
gboolean
vrf_sandbox_store_begin (VrfSandboxStore *self, GError **error)
{
  return vrf_sqlite_begin (self->db, error);
}

static void
tell_changes (VrfSandboxStore *self)
{
  g_autoptr (GHashTable) changed = g_steal_pointer (&self->changed);
  GHashTableIter iter;
  gpointer n = NULL;

  self->changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, changed);
  while (g_hash_table_iter_next (&iter, &n, NULL))
    g_signal_emit (self, signals[SIGNAL_SESSION_CHANGED], 0, *(gint64 *) n);
}

/* A session came or changed, in the transaction under way. */
void
vrf_sandbox_store_note_session (VrfSandboxStore *self, gint64 n)
{
  if (g_signal_has_handler_pending (self, signals[SIGNAL_SESSION_CHANGED], 0, FALSE))
    g_hash_table_add (self->changed, g_memdup2 (&n, sizeof n));
}

/** vrf_sandbox_store_commit: ends what vrf_sandbox_store_begin() started */
gboolean
vrf_sandbox_store_commit (VrfSandboxStore *self, GError **error)
{
  if (!vrf_sqlite_commit (self->db, error))
    return FALSE;
  if (!vrf_sqlite_is_in_transaction (self->db))
    tell_changes (self);
  return TRUE;
}

/** vrf_sandbox_store_rollback: undoes everything since the outermost vrf_sandbox_store_begin() */
void
vrf_sandbox_store_rollback (VrfSandboxStore *self)
{
  vrf_sqlite_rollback (self->db);
  vrf_session_totals_forget (self->totals);
  g_hash_table_remove_all (self->changed);
}

/** vrf_sandbox_store_checkpoint: moves what the write-ahead log holds into the database */
gboolean
vrf_sandbox_store_checkpoint (VrfSandboxStore *self, GError **error)
{
  return vrf_sqlite_checkpoint (self->db, error);
}

/**
 * vrf_sandbox_store_get_meta:
 * @self: a store
 * @name: a setting
 * @ret_value: (out) (transfer full) (nullable): its value; %NULL when it has none
 * @error: from the database
 */
gboolean
vrf_sandbox_store_get_meta (VrfSandboxStore *self,
                            const char *name,
                            char **ret_value,
                            GError **error)
{
  VrfStatement *statement =
      vrf_sqlite_statement (self->db, "SELECT value FROM meta WHERE name = :name");
  gboolean row = FALSE;

  *ret_value = NULL;
  vrf_statement_bind_text (statement, ":name", name);
  if (!vrf_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  *ret_value = vrf_statement_dup_text (statement, "value");
  return vrf_statement_run (statement, error);
}

/** vrf_sandbox_store_set_meta: @value replaces what the setting had */
gboolean
vrf_sandbox_store_set_meta (VrfSandboxStore *self,
                            const char *name,
                            const char *value,
                            GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (
      self->db, "INSERT OR REPLACE INTO meta (name, value) VALUES (:name, :value)");

  vrf_statement_bind_text (statement, ":name", name);
  vrf_statement_bind_text (statement, ":value", value);
  return vrf_statement_run (statement, error);
}
