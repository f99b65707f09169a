/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-store-screenings.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-sandbox-store-private.h"

/* The person a merge gave the check to, or else the session's, or else whoever has the reference
 * now, as in `identities_by_ref`. */
#define OWNER                                                                                      \
  "COALESCE (screenings.identity_n, (SELECT l.identity_n FROM identity_sessions AS l"              \
  " WHERE l.session_n = screenings.session_n), (SELECT i.n FROM identities AS i"                   \
  " WHERE i.is_sandbox = screenings.is_sandbox AND i.external_ref = screenings.external_ref"       \
  " AND (i.status <> 'redacted' OR i.merged_into IS NOT NULL)))"

#define CHECKS                                                                                     \
  "SELECT screenings.*, sessions.id AS session_id, identities.id AS identity_id FROM screenings"   \
  " LEFT JOIN sessions ON sessions.n = session_n LEFT JOIN identities ON identities.n = " OWNER

/* What may be theirs, by three indexes; OWNER decides. */
#define CANDIDATES                                                                                 \
  "screenings.n IN (SELECT s.n FROM screenings AS s WHERE s.identity_n = :identity_n"              \
  " UNION SELECT s.n FROM screenings AS s JOIN identity_sessions AS l"                             \
  " ON l.session_n = s.session_n WHERE l.identity_n = :identity_n"                                 \
  " UNION SELECT s.n FROM identities AS i JOIN screenings AS s ON s.is_sandbox = i.is_sandbox"     \
  " AND s.external_ref = i.external_ref WHERE i.n = :identity_n)"

#define OF_IDENTITY CANDIDATES " AND " OWNER " = :identity_n"

static VrfStatement *
prepare (VrfSandboxStore *store, const char *sql)
{
  return vrf_sqlite_statement (vrf_sandbox_store_get_db (store), sql);
}

/** vrf_screening_new: Returns: (transfer full): one that knows nothing */
VrfScreening *
vrf_screening_new (void)
{
  VrfScreening *self = g_new0 (VrfScreening, 1);

  self->tags = g_strdup ("[]");
  self->redacted_at = VRF_TIME_NONE;
  return self;
}

/** vrf_screening_free: frees @self (nullable) */
void
vrf_screening_free (VrfScreening *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->check_type);
  g_free (self->status);
  g_free (self->external_ref);
  g_free (self->session_id);
  g_free (self->identity_id);
  g_free (self->batch_id);
  g_free (self->tags);
  g_free (self->subject);
  g_free (self->result);
  g_free (self->hits);
  g_free (self);
}

static gpointer
load (VrfStatement *statement)
{
  VrfScreening *self = g_new0 (VrfScreening, 1);

  self->n = vrf_statement_get_int (statement, "n");
  self->id = vrf_statement_dup_text (statement, "id");
  self->is_sandbox = vrf_statement_get_int (statement, "is_sandbox") != 0;
  self->check_type = vrf_statement_dup_text (statement, "check_type");
  self->status = vrf_statement_dup_text (statement, "status");
  self->external_ref = vrf_statement_dup_text (statement, "external_ref");
  if (!vrf_statement_is_null (statement, "session_n"))
    self->session_n = vrf_statement_get_int (statement, "session_n");
  self->session_id = vrf_statement_dup_text (statement, "session_id");
  self->identity_id = vrf_statement_dup_text (statement, "identity_id");
  self->monitoring = vrf_statement_get_int (statement, "monitoring") != 0;
  self->batch_id = vrf_statement_dup_text (statement, "batch_id");
  self->tags = vrf_statement_dup_text (statement, "tags");
  self->subject = vrf_statement_dup_text (statement, "subject");
  self->result = vrf_statement_dup_text (statement, "result");
  self->hits = vrf_statement_dup_text (statement, "hits");
  self->redacted_at = vrf_statement_get_time (statement, "redacted_at");
  self->created_at = vrf_statement_get_time (statement, "created_at");
  self->updated_at = vrf_statement_get_time (statement, "updated_at");
  return self;
}

static void
bind_state (VrfStatement *statement, const VrfScreening *check)
{
  vrf_statement_bind_text (statement, ":id", check->id);
  vrf_statement_bind_text (statement, ":status", check->status);
  vrf_statement_bind_text (statement, ":tags", check->tags);
  vrf_statement_bind_text (statement, ":subject", check->subject);
  vrf_statement_bind_text (statement, ":result", check->result);
  vrf_statement_bind_text (statement, ":hits", check->hits);
  vrf_statement_bind_time (statement, ":redacted_at", check->redacted_at);
  vrf_statement_bind_time (statement, ":updated_at", check->updated_at);
}

/** vrf_store_screenings_insert: writes a new check */
gboolean
vrf_store_screenings_insert (VrfSandboxStore *store, const VrfScreening *check, GError **error)
{
  VrfStatement *statement = prepare (
      store,
      "INSERT INTO screenings (id, is_sandbox, check_type, status, external_ref, session_n,"
      " identity_n, monitoring, batch_id, tags, subject, result, hits, redacted_at, created_at,"
      " updated_at) VALUES (:id, :is_sandbox, :check_type, :status, :external_ref,"
      " NULLIF (:session_n, 0), NULLIF (:identity_n, 0), :monitoring, :batch_id, :tags, :subject,"
      " :result, :hits, :redacted_at, :created_at, :updated_at)");

  bind_state (statement, check);
  vrf_statement_bind_int (statement, ":is_sandbox", check->is_sandbox);
  vrf_statement_bind_text (statement, ":check_type", check->check_type);
  vrf_statement_bind_text (statement, ":external_ref", check->external_ref);
  vrf_statement_bind_int (statement, ":session_n", check->session_n);
  vrf_statement_bind_int (statement, ":identity_n", check->identity_n);
  vrf_statement_bind_int (statement, ":monitoring", check->monitoring);
  vrf_statement_bind_text (statement, ":batch_id", check->batch_id);
  vrf_statement_bind_time (statement, ":created_at", check->created_at);
  return vrf_statement_run (statement, error);
}

/** vrf_store_screenings_update: writes what may change about a check */
gboolean
vrf_store_screenings_update (VrfSandboxStore *store, const VrfScreening *check, GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "UPDATE screenings SET status = :status, tags = :tags, subject = :subject,"
               " result = :result, hits = :hits, redacted_at = :redacted_at,"
               " updated_at = :updated_at WHERE id = :id");

  bind_state (statement, check);
  return vrf_statement_run (statement, error);
}

/** vrf_store_screenings_get: Returns: (nullable) (transfer full): a check of that environment */
VrfScreening *
vrf_store_screenings_get (VrfSandboxStore *store,
                          const char *id,
                          gboolean is_sandbox,
                          GError **error)
{
  VrfStatement *statement =
      prepare (store, CHECKS " WHERE screenings.id = :id AND screenings.is_sandbox = :is_sandbox");

  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return vrf_sandbox_store_take_row (statement, load, (GDestroyNotify) vrf_screening_free, error);
}

/* @sql with what @filter asks for. Only those conditions stand in the text, so that the right index
 * is used. */
static VrfStatement *
prepare_filtered (VrfSandboxStore *store,
                  const char *sql,
                  const VrfScreeningFilter *filter,
                  const char *rest)
{
  g_autoptr (GString) text = g_string_new (sql);
  VrfStatement *statement = NULL;

  g_string_append (text, " WHERE screenings.is_sandbox = :is_sandbox");
  if (filter->check_type != NULL)
    g_string_append (text, " AND check_type = :check_type");
  if (filter->status != NULL)
    g_string_append (text, " AND screenings.status = :status");
  if (filter->external_ref != NULL)
    g_string_append (text, " AND screenings.external_ref = :external_ref");
  if (filter->session_n != 0)
    g_string_append (text, " AND session_n = :session_n");
  if (filter->identity_n != 0)
    g_string_append (text, " AND " OF_IDENTITY);
  g_string_append (text, rest);
  statement = prepare (store, text->str);
  vrf_statement_bind_int (statement, ":is_sandbox", filter->is_sandbox);
  if (filter->check_type != NULL)
    vrf_statement_bind_text (statement, ":check_type", filter->check_type);
  if (filter->status != NULL)
    vrf_statement_bind_text (statement, ":status", filter->status);
  if (filter->external_ref != NULL)
    vrf_statement_bind_text (statement, ":external_ref", filter->external_ref);
  if (filter->session_n != 0)
    vrf_statement_bind_int (statement, ":session_n", filter->session_n);
  if (filter->identity_n != 0)
    vrf_statement_bind_int (statement, ":identity_n", filter->identity_n);
  return statement;
}

static gboolean
count (VrfSandboxStore *store, const VrfScreeningFilter *filter, gint64 *ret_total, GError **error)
{
  VrfStatement *statement =
      prepare_filtered (store, "SELECT COUNT (*) AS total FROM screenings", filter, "");

  return vrf_sandbox_store_take_total (statement, ret_total, error);
}

/** vrf_store_screenings_list: Returns: (nullable) (transfer full) (element-type VrfScreening): a
 * page; %NULL on error. @ret_total (out) (optional): how many there are on all pages */
GPtrArray *
vrf_store_screenings_list (VrfSandboxStore *store,
                           const VrfScreeningFilter *filter,
                           gint64 *ret_total,
                           GError **error)
{
  VrfStatement *statement = NULL;

  if (ret_total != NULL && !count (store, filter, ret_total, error))
    return NULL;
  statement = prepare_filtered (
      store, CHECKS, filter, " ORDER BY screenings.n DESC LIMIT :limit OFFSET :offset");
  vrf_statement_bind_int (statement, ":limit", filter->limit);
  vrf_statement_bind_int (statement, ":offset", filter->offset);
  return vrf_sandbox_store_take_rows (statement, load, (GDestroyNotify) vrf_screening_free, error);
}

/** vrf_store_screenings_count_standalone: @ret_total (out): how many checks are an identity's,
 * those of its sessions left out */
gboolean
vrf_store_screenings_count_standalone (VrfSandboxStore *store,
                                       gint64 identity_n,
                                       gint64 *ret_total,
                                       GError **error)
{
  VrfStatement *statement = prepare (
      store, "SELECT COUNT (*) AS total FROM screenings WHERE session_n IS NULL AND " OF_IDENTITY);

  vrf_statement_bind_int (statement, ":identity_n", identity_n);
  if (!vrf_sandbox_store_get_row (statement, error))
    return FALSE;
  *ret_total = vrf_statement_get_int (statement, "total");
  return vrf_statement_run (statement, error);
}

/** vrf_store_screenings_move: what vrf_store_screenings_count_standalone() counts is another
 * identity's */
gboolean
vrf_store_screenings_move (
    VrfSandboxStore *store, gint64 from_n, gint64 to_n, gint64 now, GError **error)
{
  VrfStatement *statement = prepare (store,
                                     "UPDATE screenings SET identity_n = :to_n, updated_at = :now"
                                     " WHERE session_n IS NULL AND " OF_IDENTITY);

  vrf_statement_bind_int (statement, ":identity_n", from_n);
  vrf_statement_bind_int (statement, ":to_n", to_n);
  vrf_statement_bind_time (statement, ":now", now);
  return vrf_statement_run (statement, error);
}
