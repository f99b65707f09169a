/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"
#define _GNU_SOURCE /* memmem */

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/vrf-error.h"
#include "base/vrf-sqlite.h"
#include "base/vrf-time.h"

static const VrfSqliteOptions wal = { "WAL", "NORMAL", FALSE, FALSE };
static const VrfSqliteOptions alone = { "WAL", "NORMAL", TRUE, TRUE };
static const VrfSqliteOptions journal = { "DELETE", "EXTRA", FALSE, TRUE };

static const char *const first[] = {
  "CREATE TABLE guest (id INTEGER PRIMARY KEY, name TEXT, seen INTEGER, score REAL, face BLOB)",
  NULL,
};
static const char *const second[] = {
  "CREATE TABLE guest (id INTEGER PRIMARY KEY, name TEXT, seen INTEGER, score REAL, face BLOB)",
  "ALTER TABLE guest ADD COLUMN room TEXT DEFAULT 'none'",
  NULL,
};

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("verifa-sqlite-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->dir, "test.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  const char *suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, suffixes[i], NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_free (fixture->path);
  g_free (fixture->dir);
}

static VrfSqlite *
open_db (const char *path, const VrfSqliteOptions *options, const char *const *migrations)
{
  g_autoptr (GError) error = NULL;
  VrfSqlite *db = vrf_sqlite_open (path, options, migrations, &error);

  g_assert_no_error (error);
  return db;
}

static void
exec (VrfSqlite *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  vrf_sqlite_exec (db, sql, &error);
  g_assert_no_error (error);
}

static gint64
count (VrfSqlite *db)
{
  VrfStatement *statement = vrf_sqlite_statement (db, "SELECT count(*) AS n FROM guest");
  gboolean row = FALSE;
  gint64 n = 0;

  g_assert_true (vrf_statement_step (statement, &row, NULL));
  g_assert_true (row);
  n = vrf_statement_get_int (statement, "n");
  g_assert_true (vrf_statement_run (statement, NULL));
  return n;
}

static void
assert_cannot_open (const char *path,
                    const VrfSqliteOptions *options,
                    const char *const *migrations,
                    VrfError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (vrf_sqlite_open (path, options, migrations, &error));
  g_assert_error (error, VRF_ERROR, (int) code);
}

static void
assert_mode (const char *path, const char *suffix)
{
  g_autofree char *file = g_strconcat (path, suffix, NULL);
  GStatBuf info;

  g_assert_cmpint (g_stat (file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_mode (Fixture *fixture, gconstpointer data)
{
  mode_t mask = umask (0);
  VrfSqlite *db = open_db (fixture->path, &wal, first);

  umask (mask);
  exec (db, "INSERT INTO guest (name) VALUES ('a')");
  assert_mode (fixture->path, "");
  assert_mode (fixture->path, "-wal");
  assert_mode (fixture->path, "-shm");
  g_assert_finalize_object (db);
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  VrfSqlite *db = open_db (fixture->path, &journal, first);
  g_autoptr (GBytes) face = g_bytes_new_static ("\0\xff\0", 3);
  g_autoptr (GBytes) read = NULL;
  g_autoptr (GError) error = NULL;
  VrfStatement *statement = NULL;
  g_autofree char *name = NULL;
  gboolean row = FALSE;

  statement = vrf_sqlite_statement (
      db,
      "INSERT INTO guest (id, name, seen, score, face) VALUES (:id, :name, :seen, :score, :face)");
  vrf_statement_bind_int (statement, ":id", G_MAXINT64);
  vrf_statement_bind_text (statement, ":name", "O'Neil \xc3\xa9");
  vrf_statement_bind_time (statement, ":seen", G_GINT64_CONSTANT (1769947200123456));
  vrf_statement_bind_double (statement, ":score", 0.95);
  vrf_statement_bind_bytes (statement, ":face", face);
  g_assert_true (vrf_statement_run (statement, &error));
  g_assert_no_error (error);
  g_assert_cmpint (vrf_sqlite_get_changes (db), ==, 1);

  statement = vrf_sqlite_statement (db, "SELECT id, name, seen, score, face FROM guest");
  g_assert_true (vrf_statement_step (statement, &row, &error));
  g_assert_true (row);
  g_assert_cmpint (vrf_statement_get_int (statement, "id"), ==, G_MAXINT64);
  g_assert_cmpfloat (vrf_statement_get_double (statement, "score"), ==, 0.95);
  g_assert_cmpstr (vrf_statement_get_text (statement, "name"), ==, "O'Neil \xc3\xa9");
  g_assert_cmpint (
      vrf_statement_get_time (statement, "seen"), ==, G_GINT64_CONSTANT (1769947200123456));
  name = vrf_statement_dup_text (statement, "name");
  read = vrf_statement_dup_bytes (statement, "face");
  g_assert_true (g_bytes_equal (read, face));
  g_assert_true (vrf_statement_step (statement, &row, &error));
  g_assert_false (row);
  g_assert_cmpstr (name, ==, "O'Neil \xc3\xa9");
  g_assert_finalize_object (db);
}

static void
test_nulls (Fixture *fixture, gconstpointer data)
{
  VrfSqlite *db = open_db (":memory:", &journal, first);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) read = NULL;
  VrfStatement *statement = NULL;
  gboolean row = FALSE;

  statement = vrf_sqlite_statement (
      db, "INSERT INTO guest (name, seen, score, face) VALUES (:name, :seen, :score, :face)");
  vrf_statement_bind_text (statement, ":name", NULL);
  vrf_statement_bind_time (statement, ":seen", VRF_TIME_NONE);
  vrf_statement_bind_null (statement, ":score");
  vrf_statement_bind_bytes (statement, ":face", NULL);
  g_assert_true (vrf_statement_run (statement, NULL));
  statement = vrf_sqlite_statement (db, "INSERT INTO guest (face) VALUES (:face)");
  vrf_statement_bind_bytes (statement, ":face", empty);
  g_assert_true (vrf_statement_run (statement, NULL));

  statement = vrf_sqlite_statement (db, "SELECT name, seen, score, face FROM guest ORDER BY id");
  g_assert_true (vrf_statement_step (statement, &row, NULL));
  g_assert_true (vrf_statement_is_null (statement, "name"));
  g_assert_null (vrf_statement_get_text (statement, "name"));
  g_assert_null (vrf_statement_dup_text (statement, "name"));
  g_assert_cmpint (vrf_statement_get_int (statement, "seen"), ==, 0);
  g_assert_cmpint (vrf_statement_get_time (statement, "seen"), ==, VRF_TIME_NONE);
  g_assert_cmpfloat (vrf_statement_get_double (statement, "score"), ==, 0.0);
  g_assert_null (vrf_statement_dup_bytes (statement, "face"));
  g_assert_true (vrf_statement_step (statement, &row, NULL));
  read = vrf_statement_dup_bytes (statement, "face");
  g_assert_cmpuint (g_bytes_get_size (read), ==, 0);
  g_assert_true (vrf_statement_run (statement, NULL));
  g_assert_finalize_object (db);
}

/* A statement is made once a text, and forgets what was bound. */
static void
test_reuse (Fixture *fixture, gconstpointer data)
{
  VrfSqlite *db = open_db (":memory:", &journal, first);
  const char *insert = "INSERT INTO guest (name) VALUES (:name)";
  VrfStatement *statement = vrf_sqlite_statement (db, insert);
  gboolean row = FALSE;

  vrf_statement_bind_text (statement, ":name", "a");
  g_assert_true (vrf_statement_run (statement, NULL));
  g_assert_true (vrf_sqlite_statement (db, insert) == statement);
  g_assert_true (vrf_statement_run (statement, NULL));
  statement = vrf_sqlite_statement (db, "SELECT name FROM guest ORDER BY id DESC");
  g_assert_true (vrf_statement_step (statement, &row, NULL));
  g_assert_true (vrf_statement_is_null (statement, "name"));
  g_assert_true (vrf_statement_run (statement, NULL));
  g_assert_finalize_object (db);
}

static void
assert_wrong (VrfStatement *statement, const char *words)
{
  g_autoptr (GError) error = NULL;
  gboolean row = TRUE;

  g_assert_false (vrf_statement_step (statement, &row, &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_STORE);
  g_assert_false (row);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
test_wrong_statements (Fixture *fixture, gconstpointer data)
{
  VrfSqlite *db = open_db (":memory:", &journal, first);
  const char *insert = "INSERT INTO guest (name) VALUES (:name)";
  VrfStatement *statement = vrf_sqlite_statement (db, insert);
  g_autoptr (GError) error = NULL;

  vrf_statement_bind_text (statement, ":nmae", "a");
  vrf_statement_bind_text (statement, ":name", "a");
  assert_wrong (statement, ":nmae");
  statement = vrf_sqlite_statement (db, insert);
  g_assert_true (vrf_statement_run (statement, NULL));
  g_assert_cmpint (count (db), ==, 1);

  statement = vrf_sqlite_statement (db, "SELECT id FROM nowhere");
  vrf_statement_bind_int (statement, ":a", 1);
  assert_wrong (statement, "nowhere");
  assert_wrong (vrf_sqlite_statement (db, "SELECT id FROM nowhere"), "nowhere");

  statement = vrf_sqlite_statement (db, "INSERT INTO guest (id) VALUES (:id)");
  vrf_statement_bind_int (statement, ":id", 1);
  assert_wrong (statement, "UNIQUE");
  g_assert_false (vrf_sqlite_exec (db, "DROP TABLE nowhere", &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_STORE);
  g_assert_finalize_object (db);
}

static void
test_migrations (Fixture *fixture, gconstpointer data)
{
  VrfSqlite *db = open_db (fixture->path, &wal, first);
  VrfStatement *statement = NULL;
  gboolean row = FALSE;

  exec (db, "INSERT INTO guest (name) VALUES ('a')");
  g_assert_finalize_object (db);

  db = open_db (fixture->path, &wal, second);
  statement = vrf_sqlite_statement (db, "SELECT name, room FROM guest");
  g_assert_true (vrf_statement_step (statement, &row, NULL));
  g_assert_true (row);
  g_assert_cmpstr (vrf_statement_get_text (statement, "name"), ==, "a");
  g_assert_cmpstr (vrf_statement_get_text (statement, "room"), ==, "none");
  g_assert_true (vrf_statement_run (statement, NULL));
  g_assert_finalize_object (db);

  db = open_db (fixture->path, &wal, second);
  g_assert_cmpint (count (db), ==, 1);
  g_assert_finalize_object (db);
  assert_cannot_open (fixture->path, &wal, first, VRF_ERROR_STORE_NEWER);
}

/* A step that fails leaves the version before it, and no half of itself. */
static void
test_broken_migration (Fixture *fixture, gconstpointer data)
{
  const char *const broken[] = {
    first[0],
    "CREATE TABLE half (id INTEGER); INSERT INTO nowhere VALUES (1)",
    NULL,
  };
  VrfSqlite *db = NULL;
  g_autoptr (GError) error = NULL;

  assert_cannot_open (fixture->path, &wal, broken, VRF_ERROR_STORE);
  db = open_db (fixture->path, &wal, first);
  g_assert_cmpint (count (db), ==, 0);
  g_assert_false (vrf_sqlite_exec (db, "SELECT * FROM half", &error));
  g_assert_finalize_object (db);
}

static void
test_transactions (Fixture *fixture, gconstpointer data)
{
  VrfSqlite *db = open_db (fixture->path, &wal, first);
  g_autoptr (GError) error = NULL;

  vrf_sqlite_rollback (db); /* harmless */
  g_assert_true (vrf_sqlite_begin (db, &error));
  exec (db, "INSERT INTO guest (name) VALUES ('outer')");
  g_assert_true (vrf_sqlite_begin (db, &error));
  exec (db, "INSERT INTO guest (name) VALUES ('inner')");
  g_assert_true (vrf_sqlite_commit (db, &error));
  vrf_sqlite_rollback (db); /* takes the inner one with it */
  g_assert_cmpint (count (db), ==, 0);

  g_assert_true (vrf_sqlite_begin (db, &error));
  g_assert_true (vrf_sqlite_begin (db, &error));
  exec (db, "INSERT INTO guest (name) VALUES ('inner')");
  g_assert_true (vrf_sqlite_commit (db, &error));
  g_assert_true (vrf_sqlite_commit (db, &error));
  vrf_sqlite_rollback (db);
  g_assert_cmpint (count (db), ==, 1);
  g_assert_finalize_object (db);

  db = open_db (fixture->path, &wal, first);
  g_assert_cmpint (count (db), ==, 1);
  g_assert_true (vrf_sqlite_begin (db, &error));
  exec (db, "DELETE FROM guest");
  g_assert_finalize_object (db); /* not committed */
  db = open_db (fixture->path, &wal, first);
  g_assert_cmpint (count (db), ==, 1);
  g_assert_finalize_object (db);
}

/* In another process, as another program would. */
static void
test_other_process (void)
{
  const char *path = g_getenv ("VRF_TEST_DATABASE");

  if (g_test_subprocess ())
    assert_cannot_open (path, &alone, first, VRF_ERROR_STORE_BUSY);
}

static void
assert_busy_elsewhere (const char *path)
{
  g_setenv ("VRF_TEST_DATABASE", path, TRUE);
  g_test_trap_subprocess ("/base/sqlite/other-process", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  g_unsetenv ("VRF_TEST_DATABASE");
}

/* Also after a second open in this process failed: closing the file then must not free it. */
static void
test_exclusive (Fixture *fixture, gconstpointer data)
{
  VrfSqlite *db = open_db (fixture->path, &alone, first);

  assert_busy_elsewhere (fixture->path);
  assert_cannot_open (fixture->path, &alone, first, VRF_ERROR_STORE_BUSY);
  assert_busy_elsewhere (fixture->path);
  exec (db, "INSERT INTO guest (name) VALUES ('a')");
  g_assert_finalize_object (db);

  db = open_db (fixture->path, &alone, first);
  g_assert_cmpint (count (db), ==, 1);
  g_assert_finalize_object (db);
}

static void
test_cannot_open (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->dir, "none", "test.db", NULL);

  assert_cannot_open (nowhere, &wal, first, VRF_ERROR_STORE);
  assert_cannot_open (fixture->dir, &wal, first, VRF_ERROR_STORE);
  g_assert_true (g_file_set_contents (
      fixture->path, "this is a text, not a database, and longer than its header\n", -1, NULL));
  assert_cannot_open (fixture->path, &wal, first, VRF_ERROR_STORE);
}

static goffset
get_size (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_size : 0;
}

/* What was deleted is in no file: neither in the database nor in its log. */
static void
test_purge (Fixture *fixture, gconstpointer data)
{
  const VrfSqliteOptions options = { "WAL", "NORMAL", FALSE, TRUE };
  VrfSqlite *db = open_db (fixture->path, &options, first);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  exec (db, "INSERT INTO guest (name) VALUES ('MARKER-4711')");
  exec (db, "DELETE FROM guest");
  g_assert_cmpint (get_size (log), >, 0);
  g_assert_true (vrf_sqlite_checkpoint (db, &error));
  g_assert_cmpint (get_size (log), ==, 0);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  g_assert_null (memmem (contents, length, "MARKER-4711", strlen ("MARKER-4711")));
  g_assert_finalize_object (db);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/base/sqlite/" name, Fixture, NULL, set_up, function, tear_down)

static gpointer
interrupt_thread (gpointer data)
{
  gint *over = ((gpointer *) data)[1];

  while (!g_atomic_int_get (over))
    {
      vrf_sqlite_interrupt (((gpointer *) data)[0]);
      g_thread_yield ();
    }
  return NULL;
}

static void
test_interrupt (Fixture *fixture, gconstpointer data)
{
  VrfSqlite *db = open_db (fixture->path, &wal, first);
  g_autoptr (GError) error = NULL;
  gint over = 0;
  gpointer both[] = { db, &over };
  GThread *thread = g_thread_new ("interrupt", interrupt_thread, both);

  /* Without an end. */
  g_assert_false (vrf_sqlite_exec (
      db,
      "WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max (n) FROM t",
      &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_atomic_int_set (&over, 1);
  g_thread_join (thread);
  g_assert_cmpint (count (db), ==, 0);
  g_assert_false (vrf_sqlite_is_damaged (db));
  g_assert_finalize_object (db);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  VrfSqlite *db = open_db (fixture->path, &journal, first);
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;

  g_assert_finalize_object (db);
  g_assert_true (g_file_get_contents (fixture->path, &contents, NULL, NULL));
  memset (contents + 4096, 0x55, 100); /* the table's first page */
  g_assert_true (g_file_set_contents (fixture->path, contents, 8192, NULL));
  db = open_db (fixture->path, &journal, first);
  g_assert_false (vrf_sqlite_is_damaged (db));
  g_assert_false (vrf_sqlite_exec (db, "SELECT * FROM guest", &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_STORE);
  g_assert_true (vrf_sqlite_is_damaged (db));
  g_assert_finalize_object (db);
}

/* Rows that nobody reads hold nothing up. */
static void
test_stop (Fixture *fixture, gconstpointer data)
{
  VrfSqlite *db = open_db (fixture->path, &wal, first);
  VrfStatement *statement = NULL;
  gboolean row = FALSE;

  exec (db, "INSERT INTO guest (name) VALUES ('a'), ('b')");
  statement = vrf_sqlite_statement (db, "SELECT name FROM guest");
  g_assert_true (vrf_statement_step (statement, &row, NULL));
  g_assert_true (row);
  vrf_statement_stop (statement);
  g_assert_true (vrf_sqlite_checkpoint (db, NULL));
  g_assert_finalize_object (db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("mode", test_mode);
  ADD ("values", test_values);
  ADD ("nulls", test_nulls);
  ADD ("reuse", test_reuse);
  ADD ("wrong-statements", test_wrong_statements);
  ADD ("migrations", test_migrations);
  ADD ("broken-migration", test_broken_migration);
  ADD ("transactions", test_transactions);
  ADD ("exclusive", test_exclusive);
  ADD ("cannot-open", test_cannot_open);
  ADD ("purge", test_purge);
  ADD ("interrupt", test_interrupt);
  ADD ("damaged", test_damaged);
  ADD ("stop", test_stop);
  g_test_add_func ("/base/sqlite/other-process", test_other_process);
  return g_test_run ();
}
