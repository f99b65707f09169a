/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * VrfSqliteOptions:
 * @journal_mode: "WAL" or "DELETE"
 * @synchronous: "NORMAL", "FULL" or "EXTRA"
 * @exclusive: hold the file's lock as long as the database is open: one process a database
 * @secure_delete: overwrite what is deleted
 */
typedef struct
{
  const char *journal_mode;
  const char *synchronous;
  gboolean exclusive;
  gboolean secure_delete;
} VrfSqliteOptions;

/* A database, for one thread. */
#define VRF_TYPE_SQLITE (vrf_sqlite_get_type ())
G_DECLARE_FINAL_TYPE (VrfSqlite, vrf_sqlite, VRF, SQLITE, GObject)

/* A statement of a database: borrowed from it, prepared once for each SQL text. */
typedef struct _VrfStatement VrfStatement;

VrfSqlite *
vrf_sqlite_open (const char *path,
                 const VrfSqliteOptions *options,
                 const char *const *migrations,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean
vrf_sqlite_exec (VrfSqlite *self, const char *sql, GError **error);
gboolean
vrf_sqlite_begin (VrfSqlite *self, GError **error);
gboolean
vrf_sqlite_commit (VrfSqlite *self, GError **error);
void
vrf_sqlite_rollback (VrfSqlite *self);
gboolean
vrf_sqlite_is_in_transaction (VrfSqlite *self);
gboolean
vrf_sqlite_checkpoint (VrfSqlite *self, GError **error);
gint64
vrf_sqlite_get_changes (VrfSqlite *self);
/* From any thread: the statement under way fails with G_IO_ERROR_CANCELLED. */
void
vrf_sqlite_interrupt (VrfSqlite *self);
gboolean
vrf_sqlite_is_damaged (VrfSqlite *self);

VrfStatement *
vrf_sqlite_statement (VrfSqlite *self, const char *sql);
void
vrf_statement_bind_text (VrfStatement *self, const char *parameter, const char *value);
void
vrf_statement_bind_int (VrfStatement *self, const char *parameter, gint64 value);
void
vrf_statement_bind_time (VrfStatement *self, const char *parameter, gint64 us);
void
vrf_statement_bind_double (VrfStatement *self, const char *parameter, double value);
void
vrf_statement_bind_bytes (VrfStatement *self, const char *parameter, GBytes *value);
void
vrf_statement_bind_null (VrfStatement *self, const char *parameter);

gboolean
vrf_statement_step (VrfStatement *self, gboolean *ret_row, GError **error);
gboolean
vrf_statement_run (VrfStatement *self, GError **error);
void
vrf_statement_stop (VrfStatement *self);

gboolean
vrf_statement_is_null (VrfStatement *self, const char *column);
const char *
vrf_statement_get_text (VrfStatement *self, const char *column);
char *
vrf_statement_dup_text (VrfStatement *self, const char *column) G_GNUC_WARN_UNUSED_RESULT;
gint64
vrf_statement_get_int (VrfStatement *self, const char *column);
gint64
vrf_statement_get_time (VrfStatement *self, const char *column);
double
vrf_statement_get_double (VrfStatement *self, const char *column);
GBytes *
vrf_statement_dup_bytes (VrfStatement *self, const char *column) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
