/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-sandbox-store.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-sandbox-store-private.h"
#include "sandbox/vrf-session-totals.h"

typedef enum
{
  COLUMN_TEXT,
  COLUMN_INT,
  COLUMN_BOOL,
  COLUMN_TIME,
  COLUMN_STATE,
} ColumnType;

/* One table says how a VrfStoredSession is written and read. */
typedef struct
{
  const char *name;
  const char *parameter;
  ColumnType type;
  gsize offset;
} Column;

#define COLUMN(name_, type_, field_)                                                               \
  {                                                                                                \
#name_, ":" #name_, COLUMN_##type_, G_STRUCT_OFFSET(VrfStoredSession, field_)                  \
  }
#define SAME(name_, type_) COLUMN (name_, type_, name_)

static const Column columns[] = {
  SAME (id, TEXT),
  SAME (is_sandbox, BOOL),
  COLUMN (status, STATE, state),
  SAME (created_at, TIME),
  SAME (updated_at, TIME),
  SAME (external_ref, TEXT),
  SAME (metadata, TEXT),
  SAME (country, TEXT),
  SAME (checks, TEXT),
  SAME (workflow_id, TEXT),
  SAME (workflow_version, INT),
  SAME (redirect_url, TEXT),
  SAME (fields, TEXT),
  SAME (tags, TEXT),
  SAME (send_email, BOOL),
  SAME (applicant_email, TEXT),
  SAME (applicant_name, TEXT),
  SAME (email_display_name, TEXT),
  SAME (support_url, TEXT),
  SAME (invite_count, INT),
  SAME (token, TEXT),
  SAME (token_expires_at, TIME),
  SAME (document_type, TEXT),
  SAME (document_country, TEXT),
  SAME (document_state, TEXT),
  SAME (retention, TEXT),
  SAME (processing_attempts, INT),
  SAME (run_ends_at, TIME),
  SAME (ended_at, TIME),
  SAME (consent_ip, TEXT),
  SAME (consent_at, TIME),
  SAME (consent_version, TEXT),
  SAME (case_id, TEXT),
  SAME (case_status, TEXT),
  SAME (result_status, TEXT),
  SAME (risk_level, TEXT),
};

#define FIELD(session, column, type)                                                               \
  (*(type *) (void *) G_STRUCT_MEMBER_P (session, (column)->offset))

static void
bind_columns (VrfStatement *statement, const VrfStoredSession *session)
{
  g_autofree char *folded =
      session->external_ref != NULL ? g_utf8_casefold (session->external_ref, -1) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const Column *column = &columns[i];

      switch (column->type)
        {
        case COLUMN_TEXT:
          vrf_statement_bind_text (statement, column->parameter, FIELD (session, column, char *));
          break;
        case COLUMN_INT:
        case COLUMN_BOOL:
          vrf_statement_bind_int (statement, column->parameter, FIELD (session, column, int));
          break;
        case COLUMN_TIME:
          vrf_statement_bind_time (statement, column->parameter, FIELD (session, column, gint64));
          break;
        case COLUMN_STATE:
        default:
          vrf_statement_bind_text (statement,
                                   column->parameter,
                                   vrf_enum_to_nick (vrf_engine_states, (int) session->state));
          break;
        }
    }
  vrf_statement_bind_text (statement, ":external_ref_folded", folded);
}

gpointer
vrf_sandbox_store_load_session (VrfStatement *statement)
{
  VrfStoredSession *session = g_new0 (VrfStoredSession, 1);

  session->n = vrf_statement_get_int (statement, "n");
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const Column *column = &columns[i];

      switch (column->type)
        {
        case COLUMN_TEXT:
          FIELD (session, column, char *) = vrf_statement_dup_text (statement, column->name);
          break;
        case COLUMN_INT:
        case COLUMN_BOOL:
          FIELD (session, column, int) = (int) vrf_statement_get_int (statement, column->name);
          break;
        case COLUMN_TIME:
          FIELD (session, column, gint64) = vrf_statement_get_time (statement, column->name);
          break;
        case COLUMN_STATE:
        default:
          session->state = (VrfState) vrf_enum_from_nick (
              vrf_engine_states, vrf_statement_get_text (statement, column->name));
          break;
        }
    }
  return session;
}

static void
append_names (GString *sql, const char *format)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_auto (GStrv) parts = g_strsplit (format, "NAME", -1);
      g_autofree char *one = g_strjoinv (columns[i].name, parts);

      g_string_append (sql, one);
    }
}

/* The texts are made once and kept: they are the keys of the statement cache. */
static const char *
insert_sql (void)
{
  static char *sql = NULL;

  if (g_once_init_enter (&sql))
    {
      GString *text = g_string_new ("INSERT INTO sessions (");

      append_names (text, "NAME, ");
      g_string_append (text, "external_ref_folded) VALUES (");
      append_names (text, ":NAME, ");
      g_string_append (text, ":external_ref_folded) RETURNING n");
      g_once_init_leave (&sql, g_string_free (text, FALSE));
    }
  return sql;
}

static const char *
update_sql (void)
{
  static char *sql = NULL;

  if (g_once_init_enter (&sql))
    {
      GString *text = g_string_new ("UPDATE sessions SET ");

      append_names (text, "NAME = :NAME, ");
      g_string_append (text, "external_ref_folded = :external_ref_folded WHERE n = :n");
      g_once_init_leave (&sql, g_string_free (text, FALSE));
    }
  return sql;
}

/**
 * vrf_sandbox_store_insert_session:
 * @self: a store
 * @session: its number is filled in
 * @error: from the database
 */
gboolean
vrf_sandbox_store_insert_session (VrfSandboxStore *self, VrfStoredSession *session, GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (vrf_sandbox_store_get_db (self), insert_sql ());

  bind_columns (statement, session);
  if (!vrf_sandbox_store_get_row (statement, error))
    return FALSE;
  session->n = vrf_statement_get_int (statement, "n");
  vrf_sandbox_store_note_session (self, session->n);
  return vrf_statement_run (statement, error)
         && vrf_session_totals_note (
             vrf_sandbox_store_get_totals (self), session->n, VRF_SESSION_CAME, error);
}

/** vrf_sandbox_store_update_session: writes every member of @session to its row */
gboolean
vrf_sandbox_store_update_session (VrfSandboxStore *self,
                                  const VrfStoredSession *session,
                                  GError **error)
{
  VrfSessionTotals *totals = vrf_sandbox_store_get_totals (self);
  VrfStatement *statement = NULL;

  if (!vrf_session_totals_note (totals, session->n, VRF_SESSION_LEAVES, error))
    return FALSE;
  statement = vrf_sqlite_statement (vrf_sandbox_store_get_db (self), update_sql ());
  bind_columns (statement, session);
  vrf_statement_bind_int (statement, ":n", session->n);
  vrf_sandbox_store_note_session (self, session->n);
  return vrf_statement_run (statement, error)
         && vrf_session_totals_note (totals, session->n, VRF_SESSION_CAME, error);
}

static VrfStoredSession *
take_one (VrfStatement *statement, GError **error)
{
  return vrf_sandbox_store_take_row (
      statement, vrf_sandbox_store_load_session, (GDestroyNotify) vrf_stored_session_free, error);
}

/** vrf_sandbox_store_get_session: Returns: (nullable) (transfer full): the session of that
 * environment */
VrfStoredSession *
vrf_sandbox_store_get_session (VrfSandboxStore *self,
                               const char *id,
                               gboolean is_sandbox,
                               GError **error)
{
  VrfStatement *statement =
      vrf_sqlite_statement (vrf_sandbox_store_get_db (self),
                            "SELECT * FROM sessions WHERE id = :id AND is_sandbox = :is_sandbox");

  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return take_one (statement, error);
}

/** vrf_sandbox_store_get_session_by_number: Returns: (nullable) (transfer full): the session */
VrfStoredSession *
vrf_sandbox_store_get_session_by_number (VrfSandboxStore *self, gint64 n, GError **error)
{
  VrfStatement *statement =
      vrf_sqlite_statement (vrf_sandbox_store_get_db (self), "SELECT * FROM sessions WHERE n = :n");

  vrf_statement_bind_int (statement, ":n", n);
  return take_one (statement, error);
}

/**
 * vrf_sandbox_store_list_due:
 * @self: a store
 * @now: the sandbox's time
 * @limit: how many at most
 * @error: from the database
 *
 * Returns: (nullable) (transfer full) (element-type gint64): the numbers of sessions whose token or
 *   run is over; %NULL on error
 */
GArray *
vrf_sandbox_store_list_due (VrfSandboxStore *self, gint64 now, guint limit, GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (
      vrf_sandbox_store_get_db (self),
      "SELECT n FROM sessions WHERE status IN ('pending', 'capturing')"
      " AND token_expires_at <= :now"
      " UNION ALL SELECT n FROM sessions WHERE status = 'processing' AND run_ends_at <= :now"
      " LIMIT :limit");

  vrf_statement_bind_time (statement, ":now", now);
  vrf_statement_bind_int (statement, ":limit", limit);
  return vrf_sandbox_store_take_numbers (statement, error);
}

/**
 * vrf_sandbox_store_list_ended:
 * @self: a store
 * @before: a moment of the sandbox's time
 * @limit: how many at most
 * @error: from the database
 *
 * Returns: (nullable) (transfer full) (element-type gint64): the numbers of sessions that ended
 * then or before and are not redacted; %NULL on error
 */
GArray *
vrf_sandbox_store_list_ended (VrfSandboxStore *self, gint64 before, guint limit, GError **error)
{
  VrfStatement *statement =
      vrf_sqlite_statement (vrf_sandbox_store_get_db (self),
                            "SELECT n FROM sessions WHERE ended_at <= :before"
                            " AND retention <> 'redacted' ORDER BY ended_at LIMIT :limit");

  vrf_statement_bind_time (statement, ":before", before);
  vrf_statement_bind_int (statement, ":limit", limit);
  return vrf_sandbox_store_take_numbers (statement, error);
}

/** vrf_sandbox_store_get_latest_time: @ret_us is the newest time in the database, or
 * VRF_TIME_NONE */
gboolean
vrf_sandbox_store_get_latest_time (VrfSandboxStore *self, gint64 *ret_us, GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (
      vrf_sandbox_store_get_db (self),
      "SELECT max(at) AS at FROM (SELECT max(updated_at) AS at FROM sessions UNION ALL"
      " SELECT max(last_attempt_at) FROM deliveries WHERE status = 'pending')");

  if (!vrf_sandbox_store_get_row (statement, error))
    return FALSE;
  *ret_us = vrf_statement_get_time (statement, "at");
  return vrf_statement_run (statement, error);
}
