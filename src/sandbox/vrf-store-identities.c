/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-store-identities.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-sandbox-store-private.h"

/* Its reference may be given to another: the person behind it was deleted. */
#define HOLDS_REF "(status <> 'redacted' OR merged_into IS NOT NULL)"

/** vrf_identity_new: Returns: (transfer full): one that is pending, without id or reference */
VrfIdentity *
vrf_identity_new (void)
{
  VrfIdentity *self = g_new0 (VrfIdentity, 1);

  self->status = g_strdup ("pending");
  self->custom_fields = g_strdup ("{}");
  self->tags = g_strdup ("[]");
  self->data = g_strdup ("{}");
  self->first_verified_at = VRF_TIME_NONE;
  self->last_verified_at = VRF_TIME_NONE;
  self->archived_at = VRF_TIME_NONE;
  return self;
}

/** vrf_identity_copy: Returns: (transfer full): the same once more */
VrfIdentity *
vrf_identity_copy (const VrfIdentity *self)
{
  VrfIdentity *copy = g_new0 (VrfIdentity, 1);

  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->external_ref = g_strdup (self->external_ref);
  copy->status = g_strdup (self->status);
  copy->type_id = g_strdup (self->type_id);
  copy->custom_fields = g_strdup (self->custom_fields);
  copy->tags = g_strdup (self->tags);
  copy->data = g_strdup (self->data);
  return copy;
}

/** vrf_identity_free: frees @self (nullable) */
void
vrf_identity_free (VrfIdentity *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->external_ref);
  g_free (self->status);
  g_free (self->type_id);
  g_free (self->custom_fields);
  g_free (self->tags);
  g_free (self->data);
  g_free (self);
}

static VrfStatement *
prepare (VrfSandboxStore *store, const char *sql)
{
  return vrf_sqlite_statement (vrf_sandbox_store_get_db (store), sql);
}

static void
bind_number (VrfStatement *statement, const char *parameter, gint64 n)
{
  if (n != 0)
    vrf_statement_bind_int (statement, parameter, n);
  else
    vrf_statement_bind_null (statement, parameter);
}

static void
bind_row (VrfStatement *statement, const VrfIdentity *identity)
{
  g_autofree char *folded = g_utf8_casefold (identity->external_ref, -1);

  vrf_statement_bind_text (statement, ":external_ref", identity->external_ref);
  vrf_statement_bind_text (statement, ":folded", folded);
  vrf_statement_bind_text (statement, ":status", identity->status);
  vrf_statement_bind_time (statement, ":updated_at", identity->updated_at);
  vrf_statement_bind_int (statement, ":session_count", identity->session_count);
  bind_number (statement, ":latest_session_n", identity->latest_session_n);
  vrf_statement_bind_time (statement, ":first_verified_at", identity->first_verified_at);
  vrf_statement_bind_time (statement, ":last_verified_at", identity->last_verified_at);
  vrf_statement_bind_time (statement, ":archived_at", identity->archived_at);
  vrf_statement_bind_text (statement, ":type_id", identity->type_id);
  vrf_statement_bind_text (statement, ":custom_fields", identity->custom_fields);
  vrf_statement_bind_text (statement, ":tags", identity->tags);
  vrf_statement_bind_text (statement, ":data", identity->data);
  bind_number (statement, ":merged_into", identity->merged_into);
}

/** vrf_store_identities_insert: adds a row; its number is filled in */
gboolean
vrf_store_identities_insert (VrfSandboxStore *store, VrfIdentity *identity, GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "INSERT INTO identities (id, is_sandbox, external_ref, external_ref_folded, status,"
               " created_at, updated_at, session_count, latest_session_n, first_verified_at,"
               " last_verified_at, archived_at, type_id, custom_fields, tags, data, merged_into)"
               " VALUES (:id, :is_sandbox, :external_ref, :folded, :status, :created_at,"
               " :updated_at, :session_count, :latest_session_n, :first_verified_at,"
               " :last_verified_at, :archived_at, :type_id, :custom_fields, :tags, :data,"
               " :merged_into) RETURNING n");

  vrf_statement_bind_text (statement, ":id", identity->id);
  vrf_statement_bind_int (statement, ":is_sandbox", identity->is_sandbox);
  vrf_statement_bind_time (statement, ":created_at", identity->created_at);
  bind_row (statement, identity);
  if (!vrf_sandbox_store_get_row (statement, error))
    return FALSE;
  identity->n = vrf_statement_get_int (statement, "n");
  return vrf_statement_run (statement, error);
}

/** vrf_store_identities_update: writes what can change of @identity to its row */
gboolean
vrf_store_identities_update (VrfSandboxStore *store, const VrfIdentity *identity, GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "UPDATE identities SET external_ref = :external_ref, external_ref_folded = :folded,"
               " status = :status, updated_at = :updated_at, session_count = :session_count,"
               " latest_session_n = :latest_session_n, first_verified_at = :first_verified_at,"
               " last_verified_at = :last_verified_at, archived_at = :archived_at,"
               " type_id = :type_id, custom_fields = :custom_fields, tags = :tags, data = :data,"
               " merged_into = :merged_into WHERE n = :n");

  vrf_statement_bind_int (statement, ":n", identity->n);
  bind_row (statement, identity);
  return vrf_statement_run (statement, error);
}

static gpointer
load (VrfStatement *statement)
{
  VrfIdentity *identity = g_new0 (VrfIdentity, 1);

  identity->n = vrf_statement_get_int (statement, "n");
  identity->id = vrf_statement_dup_text (statement, "id");
  identity->is_sandbox = vrf_statement_get_int (statement, "is_sandbox") != 0;
  identity->external_ref = vrf_statement_dup_text (statement, "external_ref");
  identity->status = vrf_statement_dup_text (statement, "status");
  identity->created_at = vrf_statement_get_time (statement, "created_at");
  identity->updated_at = vrf_statement_get_time (statement, "updated_at");
  identity->session_count = vrf_statement_get_int (statement, "session_count");
  identity->latest_session_n = vrf_statement_get_int (statement, "latest_session_n");
  identity->first_verified_at = vrf_statement_get_time (statement, "first_verified_at");
  identity->last_verified_at = vrf_statement_get_time (statement, "last_verified_at");
  identity->archived_at = vrf_statement_get_time (statement, "archived_at");
  identity->type_id = vrf_statement_dup_text (statement, "type_id");
  identity->custom_fields = vrf_statement_dup_text (statement, "custom_fields");
  identity->tags = vrf_statement_dup_text (statement, "tags");
  identity->data = vrf_statement_dup_text (statement, "data");
  identity->merged_into = vrf_statement_get_int (statement, "merged_into");
  return identity;
}

static VrfIdentity *
take_one (VrfStatement *statement, GError **error)
{
  return vrf_sandbox_store_take_row (statement, load, (GDestroyNotify) vrf_identity_free, error);
}

/** vrf_store_identities_get: Returns: (nullable) (transfer full): the identity of that environment
 */
VrfIdentity *
vrf_store_identities_get (VrfSandboxStore *store,
                          const char *id,
                          gboolean is_sandbox,
                          GError **error)
{
  VrfStatement *statement =
      prepare (store, "SELECT * FROM identities WHERE id = :id AND is_sandbox = :is_sandbox");

  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return take_one (statement, error);
}

/** vrf_store_identities_get_by_number: Returns: (nullable) (transfer full): the identity */
VrfIdentity *
vrf_store_identities_get_by_number (VrfSandboxStore *store, gint64 n, GError **error)
{
  VrfStatement *statement = prepare (store, "SELECT * FROM identities WHERE n = :n");

  vrf_statement_bind_int (statement, ":n", n);
  return take_one (statement, error);
}

/** vrf_store_identities_get_by_ref: Returns: (nullable) (transfer full): the identity that has this
 * reference, merged or not; one that was deleted has none */
VrfIdentity *
vrf_store_identities_get_by_ref (VrfSandboxStore *store,
                                 const char *external_ref,
                                 gboolean is_sandbox,
                                 GError **error)
{
  VrfStatement *statement = prepare (store,
                                     "SELECT * FROM identities WHERE is_sandbox = :is_sandbox"
                                     " AND external_ref = :external_ref AND " HOLDS_REF);

  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  vrf_statement_bind_text (statement, ":external_ref", external_ref);
  return take_one (statement, error);
}

/* What a person may be asked for by; the columns of a table `i` of identities and `r` of results.
 */
#define IS_PERSON                                                                                  \
  " OR EXISTS (SELECT 1 FROM (SELECT CASE WHEN i.status IN ('redacted', 'merged') THEN '{}'"       \
  " ELSE json_patch (coalesce (r.extracted, '{}'), i.data) END AS person) WHERE :person IN ("      \
  "lower(json_extract (person, '$.first_name')), lower(json_extract (person, '$.last_name')),"     \
  "lower(json_extract (person, '$.first_name') || ' ' || json_extract (person, '$.last_name')),"   \
  "lower(json_extract (person, '$.email')), json_extract (person, '$.phone'),"                     \
  "lower(json_extract (person, '$.document_number'))))"

/* Only the conditions that are asked for stand in the text, so that the right index is used. */
static void
append_conditions (GString *sql, const VrfIdentityFilter *filter)
{
  g_string_append (sql, " WHERE i.is_sandbox = :is_sandbox");
  if (!filter->include_archived)
    g_string_append (sql, " AND i.archived_at IS NULL");
  if (filter->status != NULL)
    g_string_append (sql, " AND i.status = :status");
  if (filter->q != NULL)
    g_string_append (sql, " AND (instr (i.external_ref_folded, :q) > 0");
  if (filter->q != NULL && filter->person != NULL)
    g_string_append (sql, " OR substr (i.id, 1, length (:person)) = :person" IS_PERSON);
  if (filter->q != NULL)
    g_string_append (sql, ")");
  for (guint i = 0; filter->tags != NULL && filter->tags[i] != NULL; i++)
    g_string_append_printf (
        sql, " AND EXISTS (SELECT 1 FROM json_each (i.tags) WHERE value = :tag%u)", i);
}

static void
bind_conditions (VrfStatement *statement, const VrfIdentityFilter *filter)
{
  g_autofree char *folded = filter->q != NULL ? g_utf8_casefold (filter->q, -1) : NULL;
  g_autofree char *person = filter->person != NULL ? g_ascii_strdown (filter->person, -1) : NULL;

  vrf_statement_bind_int (statement, ":is_sandbox", filter->is_sandbox);
  if (filter->status != NULL)
    vrf_statement_bind_text (statement, ":status", filter->status);
  if (filter->q != NULL)
    vrf_statement_bind_text (statement, ":q", folded);
  if (filter->q != NULL && filter->person != NULL)
    vrf_statement_bind_text (statement, ":person", person);
  for (guint i = 0; filter->tags != NULL && filter->tags[i] != NULL; i++)
    {
      g_autofree char *parameter = g_strdup_printf (":tag%u", i);

      vrf_statement_bind_text (statement, parameter, filter->tags[i]);
    }
}

#define FROM " FROM identities i"
#define JOIN " LEFT JOIN results r ON r.session_n = i.latest_session_n"

static GString *
begin_sql (const char *select, const VrfIdentityFilter *filter)
{
  GString *sql = g_string_new (select);

  g_string_append (sql, FROM);
  if (filter->person != NULL)
    g_string_append (sql, JOIN);
  append_conditions (sql, filter);
  return sql;
}

/**
 * vrf_store_identities_list:
 * @store: a store
 * @filter: what to list
 * @error: from the database
 *
 * Returns: (nullable) (transfer full) (element-type VrfIdentity): newest first, but the nearest
 *   first with @filter's `before`; %NULL on error
 */
GPtrArray *
vrf_store_identities_list (VrfSandboxStore *store, const VrfIdentityFilter *filter, GError **error)
{
  g_autoptr (GString) sql = begin_sql ("SELECT i.*", filter);
  VrfStatement *statement = NULL;

  if (filter->after != 0)
    g_string_append (sql, " AND i.n < :after");
  if (filter->before != 0)
    g_string_append (sql, " AND i.n > :before");
  g_string_append_printf (
      sql, " ORDER BY i.n %s LIMIT :limit OFFSET :offset", filter->before != 0 ? "ASC" : "DESC");
  statement = prepare (store, sql->str);
  bind_conditions (statement, filter);
  if (filter->after != 0)
    vrf_statement_bind_int (statement, ":after", filter->after);
  if (filter->before != 0)
    vrf_statement_bind_int (statement, ":before", filter->before);
  vrf_statement_bind_int (statement, ":limit", filter->limit);
  vrf_statement_bind_int (statement, ":offset", filter->offset);
  return vrf_sandbox_store_take_rows (statement, load, (GDestroyNotify) vrf_identity_free, error);
}

/** vrf_store_identities_count: @ret_total (out): how many there are on all pages */
gboolean
vrf_store_identities_count (VrfSandboxStore *store,
                            const VrfIdentityFilter *filter,
                            gint64 *ret_total,
                            GError **error)
{
  g_autoptr (GString) sql = begin_sql ("SELECT count(*) AS total", filter);
  VrfStatement *statement = prepare (store, sql->str);

  bind_conditions (statement, filter);
  return vrf_sandbox_store_take_total (statement, ret_total, error);
}
