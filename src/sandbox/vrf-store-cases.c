/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-store-cases.h"

#include "sandbox/vrf-sandbox-store-private.h"

/* Review cases in the database. A session has at most one, and repeats its id and status. */

const VrfEnumNick vrf_store_cases_statuses[] = {
  { VRF_CASE_OPEN, "open" },
  { VRF_CASE_IN_REVIEW, "in_review" },
  { VRF_CASE_ESCALATED, "escalated" },
  { VRF_CASE_PENDING_SECOND_REVIEW, "pending_second_review" },
  { VRF_CASE_APPROVED, "approved" },
  { VRF_CASE_REJECTED, "rejected" },
  { 0, NULL },
};

const VrfEnumNick vrf_store_cases_tabs[] = {
  { VRF_CASE_TAB_UNASSIGNED, "unassigned" },
  { VRF_CASE_TAB_MINE, "mine" },
  { VRF_CASE_TAB_PENDING_SECOND_REVIEW, "pending_second_review" },
  { VRF_CASE_TAB_ESCALATED, "escalated" },
  { VRF_CASE_TAB_ALL, "all" },
  { 0, NULL },
};

#define SELECT                                                                                     \
  "SELECT cases.*, sessions.id AS session_id, sessions.external_ref AS external_ref"               \
  " FROM cases JOIN sessions ON sessions.n = cases.session_n"

/** vrf_stored_case_free: frees @self (nullable) */
void
vrf_stored_case_free (VrfStoredCase *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->session_id);
  g_free (self->external_ref);
  g_free (self->assigned_to);
  g_free (self->priority);
  g_free (self->tags);
  g_free (self->metadata);
  g_free (self->custom_fields);
  g_free (self->recommendation);
  g_free (self->recommended_by);
  g_free (self->recommended_reason);
  g_free (self->recommended_code);
  g_free (self);
}

static VrfStatement *
prepare (VrfSandboxStore *store, const char *sql)
{
  return vrf_sqlite_statement (vrf_sandbox_store_get_db (store), sql);
}

static gboolean
run_for_session (VrfSandboxStore *store, const char *sql, gint64 session_n, GError **error)
{
  VrfStatement *statement = prepare (store, sql);

  vrf_statement_bind_int (statement, ":session_n", session_n);
  return vrf_statement_run (statement, error);
}

static gboolean
run_for_event (VrfSandboxStore *store,
               const char *sql,
               const VrfStoredSession *session,
               gint64 now,
               GError **error)
{
  VrfStatement *statement = prepare (store, sql);

  vrf_statement_bind_text (statement, ":id", session->case_id);
  vrf_statement_bind_int (statement, ":session_n", session->n);
  vrf_statement_bind_text (statement, ":status", session->case_status);
  vrf_statement_bind_time (statement, ":now", now);
  return vrf_statement_run (statement, error);
}

/** vrf_store_cases_open: puts the case that @session names into the queue; one that was decided
 * starts again */
gboolean
vrf_store_cases_open (VrfSandboxStore *store,
                      const VrfStoredSession *session,
                      gint64 now,
                      GError **error)
{
  return run_for_event (
      store,
      "INSERT INTO cases (id, session_n, status, created_at, entered_review_at, is_sandbox)"
      " VALUES (:id, :session_n, :status, :now, :now,"
      " (SELECT is_sandbox FROM sessions WHERE n = :session_n))"
      " ON CONFLICT (session_n) DO UPDATE SET id = :id, status = :status,"
      " entered_review_at = :now, decided_at = NULL, assigned_to = NULL, claimed_at = NULL,"
      " touched_at = NULL, recommendation = NULL, recommended_by = NULL,"
      " recommended_reason = NULL, recommended_code = NULL, recommended_block = 0",
      session,
      now,
      error);
}

/** vrf_store_cases_close: the case that @session names was decided @now, as @session says */
gboolean
vrf_store_cases_close (VrfSandboxStore *store,
                       const VrfStoredSession *session,
                       gint64 now,
                       GError **error)
{
  return run_for_event (store,
                        "UPDATE cases SET status = :status, decided_at = :now"
                        " WHERE session_n = :session_n AND id = :id",
                        session,
                        now,
                        error);
}

/** vrf_store_cases_drop: deletes the session's case with its notes */
gboolean
vrf_store_cases_drop (VrfSandboxStore *store, gint64 session_n, GError **error)
{
  return run_for_session (
      store, "DELETE FROM cases WHERE session_n = :session_n", session_n, error);
}

/** vrf_store_cases_redact: deletes what people wrote into the session's case: it may be personal */
gboolean
vrf_store_cases_redact (VrfSandboxStore *store, gint64 session_n, GError **error)
{
  return run_for_session (store,
                          "DELETE FROM case_notes WHERE case_n ="
                          " (SELECT n FROM cases WHERE session_n = :session_n)",
                          session_n,
                          error)
         && run_for_session (store,
                             "UPDATE cases SET metadata = '{}', custom_fields = '{}',"
                             " recommended_reason = NULL WHERE session_n = :session_n",
                             session_n,
                             error);
}

static gpointer
load (VrfStatement *statement)
{
  VrfStoredCase *self = g_new0 (VrfStoredCase, 1);
  const struct
  {
    const char *name;
    char **text;
  } texts[] = {
    { "id", &self->id },
    { "session_id", &self->session_id },
    { "external_ref", &self->external_ref },
    { "assigned_to", &self->assigned_to },
    { "priority", &self->priority },
    { "tags", &self->tags },
    { "metadata", &self->metadata },
    { "custom_fields", &self->custom_fields },
    { "recommendation", &self->recommendation },
    { "recommended_by", &self->recommended_by },
    { "recommended_reason", &self->recommended_reason },
    { "recommended_code", &self->recommended_code },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i].text = vrf_statement_dup_text (statement, texts[i].name);
  self->n = vrf_statement_get_int (statement, "n");
  self->session_n = vrf_statement_get_int (statement, "session_n");
  self->is_sandbox = vrf_statement_get_int (statement, "is_sandbox") != 0;
  self->status = (VrfCaseStatus) vrf_enum_from_nick (vrf_store_cases_statuses,
                                                     vrf_statement_get_text (statement, "status"));
  self->created_at = vrf_statement_get_time (statement, "created_at");
  self->claimed_at = vrf_statement_get_time (statement, "claimed_at");
  self->touched_at = vrf_statement_get_time (statement, "touched_at");
  self->entered_review_at = vrf_statement_get_time (statement, "entered_review_at");
  self->decided_at = vrf_statement_get_time (statement, "decided_at");
  self->recommended_block = vrf_statement_get_int (statement, "recommended_block") != 0;
  return self;
}

static VrfStoredCase *
take_one (VrfStatement *statement, GError **error)
{
  return vrf_sandbox_store_take_row (statement, load, (GDestroyNotify) vrf_stored_case_free, error);
}

static GPtrArray *
take_all (VrfStatement *statement, GError **error)
{
  return vrf_sandbox_store_take_rows (
      statement, load, (GDestroyNotify) vrf_stored_case_free, error);
}

/** vrf_store_cases_get: Returns: (nullable) (transfer full): the case of that environment */
VrfStoredCase *
vrf_store_cases_get (VrfSandboxStore *store, const char *id, gboolean is_sandbox, GError **error)
{
  VrfStatement *statement =
      prepare (store, SELECT " WHERE cases.id = :id AND cases.is_sandbox = :is_sandbox");

  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return take_one (statement, error);
}

/** vrf_store_cases_get_of_session: Returns: (nullable) (transfer full): the session's case */
VrfStoredCase *
vrf_store_cases_get_of_session (VrfSandboxStore *store, gint64 session_n, GError **error)
{
  VrfStatement *statement = prepare (store, SELECT " WHERE cases.session_n = :session_n");

  vrf_statement_bind_int (statement, ":session_n", session_n);
  return take_one (statement, error);
}

/** vrf_store_cases_get_next: Returns: (nullable) (transfer full): the case that nobody has and that
 * has waited longest */
VrfStoredCase *
vrf_store_cases_get_next (VrfSandboxStore *store, gboolean is_sandbox, GError **error)
{
  VrfStatement *statement =
      prepare (store,
               SELECT " WHERE cases.is_sandbox = :is_sandbox AND cases.status = 'open'"
                      " AND cases.assigned_to IS NULL"
                      " ORDER BY cases.entered_review_at, cases.n LIMIT 1");

  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return take_one (statement, error);
}

/* Only the conditions that are asked for stand in the text, so that the right index is used. */
static void
append_conditions (GString *sql, const VrfCaseFilter *filter)
{
  static const char *const tabs[VRF_CASE_N_TABS] = {
    [VRF_CASE_TAB_UNASSIGNED] = " AND cases.status = 'open' AND cases.assigned_to IS NULL",
    [VRF_CASE_TAB_MINE] = " AND cases.assigned_to = :me"
                          " AND cases.status NOT IN ('approved', 'rejected')",
    [VRF_CASE_TAB_PENDING_SECOND_REVIEW] = " AND cases.status = 'pending_second_review'",
    [VRF_CASE_TAB_ESCALATED] = " AND cases.status = 'escalated'",
  };

  g_string_append (sql, " WHERE cases.is_sandbox = :is_sandbox");
  if (filter->status != VRF_CASE_UNKNOWN)
    g_string_append (sql, " AND cases.status = :status");
  if (tabs[filter->tab] != NULL)
    g_string_append (sql, tabs[filter->tab]);
  if (filter->assigned_to != NULL)
    g_string_append (sql, " AND cases.assigned_to = :assigned_to");
  if (filter->priority != NULL)
    g_string_append (sql, " AND cases.priority = :priority");
  if (filter->tags != NULL)
    g_string_append (sql,
                     " AND NOT EXISTS (SELECT value FROM json_each (:tags)"
                     " EXCEPT SELECT value FROM json_each (cases.tags))");
  if (filter->q != NULL)
    g_string_append (sql,
                     " AND (instr(sessions.external_ref_folded, :folded) > 0"
                     " OR substr(cases.id, 1, length(:q)) = :q"
                     " OR substr(sessions.id, 1, length(:q)) = :q)");
}

static void
bind_conditions (VrfStatement *statement, const VrfCaseFilter *filter)
{
  g_autofree char *folded = filter->q != NULL ? g_utf8_casefold (filter->q, -1) : NULL;
  const struct
  {
    const char *parameter;
    const char *value;
  } texts[] = {
    { ":me", filter->tab == VRF_CASE_TAB_MINE ? filter->me : NULL },
    { ":assigned_to", filter->assigned_to },
    { ":priority", filter->priority },
    { ":tags", filter->tags },
    { ":q", filter->q },
    { ":folded", folded },
    { ":status", vrf_enum_to_nick (vrf_store_cases_statuses, (int) filter->status) },
  };

  vrf_statement_bind_int (statement, ":is_sandbox", filter->is_sandbox);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].value != NULL)
      vrf_statement_bind_text (statement, texts[i].parameter, texts[i].value);
}

/** vrf_store_cases_list: Returns: (nullable) (transfer full) (element-type VrfStoredCase): newest
 * first; %NULL on error */
GPtrArray *
vrf_store_cases_list (VrfSandboxStore *store, const VrfCaseFilter *filter, GError **error)
{
  g_autoptr (GString) sql = g_string_new (SELECT);
  VrfStatement *statement = NULL;

  append_conditions (sql, filter);
  g_string_append (sql,
                   " ORDER BY cases.created_at DESC, cases.n DESC LIMIT :limit OFFSET :offset");
  statement = prepare (store, sql->str);
  bind_conditions (statement, filter);
  vrf_statement_bind_int (statement, ":limit", filter->limit);
  vrf_statement_bind_int (statement, ":offset", filter->offset);
  return take_all (statement, error);
}

/** vrf_store_cases_count: @ret_total is how many there are; limit and offset do not matter */
gboolean
vrf_store_cases_count (VrfSandboxStore *store,
                       const VrfCaseFilter *filter,
                       gint64 *ret_total,
                       GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT count(*) AS total FROM cases");
  VrfStatement *statement = NULL;

  if (filter->q != NULL)
    g_string_append (sql, " JOIN sessions ON sessions.n = cases.session_n");
  append_conditions (sql, filter);
  statement = prepare (store, sql->str);
  bind_conditions (statement, filter);
  return vrf_sandbox_store_take_total (statement, ret_total, error);
}

/** vrf_store_cases_list_lapsed: Returns: (nullable) (transfer full) (element-type VrfStoredCase):
 * claims that nobody worked with since @touched_before; %NULL on error */
GPtrArray *
vrf_store_cases_list_lapsed (VrfSandboxStore *store,
                             gint64 touched_before,
                             guint limit,
                             GError **error)
{
  VrfStatement *statement =
      prepare (store,
               SELECT " WHERE cases.claimed_at IS NOT NULL"
                      " AND cases.status NOT IN ('approved', 'rejected')"
                      " AND cases.touched_at <= :touched_before LIMIT :limit");

  vrf_statement_bind_time (statement, ":touched_before", touched_before);
  vrf_statement_bind_int (statement, ":limit", limit);
  return take_all (statement, error);
}

/* The session repeats the status, and has changed when it does. */
static gboolean
update_session (VrfSandboxStore *store, const VrfStoredCase *self, gint64 at, GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "UPDATE sessions SET case_status = :status, updated_at = max(updated_at, :at)"
               " WHERE n = :n AND case_status IS NOT :status");

  vrf_statement_bind_text (
      statement, ":status", vrf_enum_to_nick (vrf_store_cases_statuses, (int) self->status));
  vrf_statement_bind_time (statement, ":at", at);
  vrf_statement_bind_int (statement, ":n", self->session_n);
  vrf_sandbox_store_note_session (store, self->session_n);
  return vrf_statement_run (statement, error);
}

/** vrf_store_cases_update: writes to its row what review may change, @at that time */
gboolean
vrf_store_cases_update (VrfSandboxStore *store,
                        const VrfStoredCase *self,
                        gint64 at,
                        GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "UPDATE cases SET status = :status, assigned_to = :assigned_to,"
               " claimed_at = :claimed_at, touched_at = :touched_at, priority = :priority,"
               " tags = :tags, metadata = :metadata, custom_fields = :custom_fields,"
               " recommendation = :recommendation, recommended_by = :recommended_by,"
               " recommended_reason = :recommended_reason, recommended_code = :recommended_code,"
               " recommended_block = :recommended_block WHERE n = :n");

  vrf_statement_bind_int (statement, ":n", self->n);
  vrf_statement_bind_text (
      statement, ":status", vrf_enum_to_nick (vrf_store_cases_statuses, (int) self->status));
  vrf_statement_bind_text (statement, ":assigned_to", self->assigned_to);
  vrf_statement_bind_time (statement, ":claimed_at", self->claimed_at);
  vrf_statement_bind_time (statement, ":touched_at", self->touched_at);
  vrf_statement_bind_text (statement, ":priority", self->priority);
  vrf_statement_bind_text (statement, ":tags", self->tags);
  vrf_statement_bind_text (statement, ":metadata", self->metadata);
  vrf_statement_bind_text (statement, ":custom_fields", self->custom_fields);
  vrf_statement_bind_text (statement, ":recommendation", self->recommendation);
  vrf_statement_bind_text (statement, ":recommended_by", self->recommended_by);
  vrf_statement_bind_text (statement, ":recommended_reason", self->recommended_reason);
  vrf_statement_bind_text (statement, ":recommended_code", self->recommended_code);
  vrf_statement_bind_int (statement, ":recommended_block", self->recommended_block);
  return vrf_statement_run (statement, error) && update_session (store, self, at, error);
}

/** vrf_store_cases_set_demo: the session's case is one of the demonstration */
gboolean
vrf_store_cases_set_demo (VrfSandboxStore *store, gint64 session_n, GError **error)
{
  return run_for_session (
      store, "UPDATE cases SET is_demo = 1 WHERE session_n = :session_n", session_n, error);
}

/** vrf_store_cases_count_demo: @ret_total is how many cases of the demonstration there are */
gboolean
vrf_store_cases_count_demo (VrfSandboxStore *store, gint64 *ret_total, GError **error)
{
  VrfStatement *statement =
      prepare (store, "SELECT count(*) AS total FROM cases WHERE is_demo <> 0");

  return vrf_sandbox_store_take_total (statement, ret_total, error);
}
