/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers-checks.h"

#include "base/vrf-random.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-handlers-identities.h"
#include "sandbox/vrf-identities.h"
#include "sandbox/vrf-screening.h"

/* Standalone checks: run, list, read (verifa-api.md 7.4). */

#define DEFAULT_LIMIT 25

/** vrf_handlers_checks_find: Returns: (nullable) (transfer full): the check of `check_id`; %NULL
 * when it was answered */
VrfScreening *
vrf_handlers_checks_find (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  VrfScreening *check = vrf_store_screenings_get (vrf_request_get_store (request),
                                                  vrf_request_get_param (request, "check_id"),
                                                  vrf_request_is_sandbox (request),
                                                  &error);

  vrf_handlers_is_found (reply, check, error, "Check not found.");
  return check;
}

static const char *
check_type (const char *text)
{
  return vrf_screening_is_type (text) ? NULL : "must be a type of check";
}

static const char *
check_status (const char *text)
{
  static const char *const statuses[] = { "pending", "clear", "hit", "error", NULL };

  return g_strv_contains (statuses, text) ? NULL : "must be pending, clear, hit or error";
}

static void
read_enum (VrfRequest *request,
           VrfFieldErrors *errors,
           const char *name,
           const char *(*check) (const char *text),
           const char **ret_text)
{
  *ret_text = vrf_request_get_query (request, name);
  if (*ret_text != NULL && check (*ret_text) != NULL)
    vrf_field_errors_add (errors, name, "enum", check (*ret_text));
}

static JsonArray *
new_data (GPtrArray *checks)
{
  JsonArray *data = json_array_sized_new (checks->len);

  for (guint i = 0; i < checks->len; i++)
    json_array_add_object_element (data, vrf_screening_new_json (checks->pdata[i], FALSE));
  return data;
}

/* The page, or, without @paged, all there are. */
static void
reply_list (VrfRequest *request, VrfReply *reply, const VrfScreeningFilter *filter, gboolean paged)
{
  g_autoptr (GError) error = NULL;
  gint64 total = 0;
  g_autoptr (GPtrArray) checks =
      vrf_store_screenings_list (vrf_request_get_store (request), filter, &total, &error);

  if (checks == NULL)
    vrf_error_reply_set_error (reply, error);
  else if (paged)
    vrf_reply_set_json (
        reply, 200, vrf_body_new_page (new_data (checks), total, filter->limit, filter->offset));
  else
    vrf_reply_set_json (reply, 200, vrf_body_new_list (new_data (checks)));
}

static void
list (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  VrfScreeningFilter filter = { .is_sandbox = vrf_request_is_sandbox (request) };

  read_enum (request, errors, "check_type", check_type, &filter.check_type);
  read_enum (request, errors, "status", check_status, &filter.status);
  filter.external_ref = vrf_request_get_query (request, "external_ref");
  vrf_handlers_read_page (request, errors, DEFAULT_LIMIT, &filter.limit, &filter.offset);
  if (!vrf_field_errors_reply (errors, reply))
    reply_list (request, reply, &filter, TRUE);
}

static void
list_of_session (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  VrfScreeningFilter filter = { .is_sandbox = vrf_request_is_sandbox (request),
                                .limit = G_MAXINT32 };

  if (session == NULL)
    return;
  filter.session_n = session->n;
  reply_list (request, reply, &filter, FALSE);
}

static void
list_of_identity (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfIdentity) identity = vrf_handlers_identities_find (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  VrfScreeningFilter filter = { .is_sandbox = vrf_request_is_sandbox (request),
                                .limit = G_MAXINT32 };

  if (identity == NULL)
    return;
  read_enum (request, errors, "check_type", check_type, &filter.check_type);
  filter.identity_n = identity->n;
  if (!vrf_field_errors_reply (errors, reply))
    reply_list (request, reply, &filter, FALSE);
}

static void
get (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfScreening) check = vrf_handlers_checks_find (request, reply);

  if (check != NULL)
    vrf_reply_set_json (reply, 200, vrf_body_take (vrf_screening_new_json (check, TRUE)));
}

/* A reference that a merge ended leads to who is left. */
static gboolean
give_owner (VrfSandboxStore *store, VrfScreening *check, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (VrfIdentity) owner =
      vrf_identities_find_owner (store, check->external_ref, check->is_sandbox, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (owner != NULL && !g_str_equal (owner->external_ref, check->external_ref))
    check->identity_n = owner->n;
  return TRUE;
}

/* Runs, keeps and tells one check; NULL on error. */
static VrfScreening *
run (VrfRequest *request, const char *type, const char *batch_id, GError **error)
{
  JsonObject *body = vrf_request_get_body (request);
  VrfSandboxStore *store = vrf_request_get_store (request);
  g_autoptr (VrfScreening) check = vrf_screening_new ();

  check->id = vrf_random_id ("schk_");
  check->is_sandbox = vrf_request_is_sandbox (request);
  check->check_type = g_strdup (type);
  check->external_ref = g_strdup (vrf_fields_get_string (body, "external_ref"));
  check->monitoring = batch_id != NULL && vrf_screening_is_aml (type)
                      && vrf_fields_get_bool (body, "enable_monitoring");
  check->batch_id = g_strdup (batch_id);
  check->subject = vrf_screening_dup_subject (body);
  check->created_at = vrf_service_get_now (vrf_request_get_service (request));
  check->updated_at = check->created_at;
  vrf_screening_run (check);
  if (!give_owner (store, check, error) || !vrf_store_screenings_insert (store, check, error)
      || !vrf_screening_tell (vrf_request_get_service (request), check, error))
    return NULL;
  /* As it is read: with the person who has the reference. */
  return vrf_store_screenings_get (store, check->id, check->is_sandbox, error);
}

static void
create (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "check_type",
      .type = VRF_FIELD_STRING,
      .required = TRUE,
      .check = check_type,
      .code = "enum" },
    { NULL },
  };
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfScreening) check = NULL;
  g_autoptr (GError) error = NULL;

  vrf_fields_check (body, fields, errors);
  vrf_screening_check (body, errors);
  if (vrf_field_errors_is_empty (errors))
    vrf_screening_check_type (body, vrf_fields_get_string (body, "check_type"), errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  check = run (request, vrf_fields_get_string (body, "check_type"), NULL, &error);
  if (check != NULL)
    vrf_reply_set_json (reply, 201, vrf_body_take (vrf_screening_new_json (check, TRUE)));
  else
    vrf_error_reply_set_error (reply, error);
}

/* Each once; those that look a name up when none are named. */
static GStrv
read_types (JsonObject *body, VrfFieldErrors *errors)
{
  static const char *const usual[] = { "sanction", "pep", "adverse_media", "warning", NULL };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = NULL;

  if (!vrf_fields_has (body, "check_types"))
    return g_strdupv ((GStrv) usual);
  array = json_object_get_array_member (body, "check_types");
  if (json_array_get_length (array) == 0)
    vrf_field_errors_add (errors, "check_types", "too_few", "must name a type");
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *type = json_array_get_string_element (array, i);
      g_autofree char *field = g_strdup_printf ("check_types.%u", i);

      if (!vrf_screening_is_type (type))
        vrf_field_errors_add (errors, field, "enum", check_type (type));
      else if (g_hash_table_add (seen, (gpointer) type))
        g_strv_builder_add (builder, type);
    }
  return g_strv_builder_end (builder);
}

static GStrv
read_full (JsonObject *body, VrfFieldErrors *errors)
{
  static const VrfField fields[] = {
    { .name = "check_types", .type = VRF_FIELD_STRINGS, .max = 50, .item_max = 64 },
    { .name = "enable_monitoring", .type = VRF_FIELD_BOOL },
    { NULL },
  };
  g_auto (GStrv) names = NULL;

  vrf_fields_check (body, fields, errors);
  vrf_screening_check (body, errors);
  if (!vrf_field_errors_is_empty (errors))
    return NULL;
  names = read_types (body, errors);
  for (guint i = 0; names[i] != NULL; i++)
    vrf_screening_check_type (body, names[i], errors);
  return g_steal_pointer (&names);
}

static void
create_full (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_auto (GStrv) names = read_full (vrf_request_get_body (request), errors);
  g_autofree char *batch_id = vrf_random_id ("batch_");
  g_autoptr (GPtrArray) checks =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_screening_free);
  g_autoptr (GError) error = NULL;

  if (vrf_field_errors_reply (errors, reply))
    return;
  vrf_request_set_resource (request, batch_id);
  for (guint i = 0; names[i] != NULL; i++)
    {
      VrfScreening *check = run (request, names[i], batch_id, &error);

      if (check == NULL)
        {
          vrf_error_reply_set_error (reply, error);
          return;
        }
      g_ptr_array_add (checks, check);
    }
  vrf_reply_set_json (reply, 201, vrf_body_new_list (new_data (checks)));
}

#define CHECKS "/api/v1/checks"
#define READ "checks:read"
#define WRITE "checks:write screening:write"

const VrfRoute vrf_handlers_checks[] = {
  { "GET", CHECKS, READ, list, VRF_ROUTE_PLAIN },
  { "POST", CHECKS, WRITE, create, VRF_ROUTE_PLAIN, .audit = "api.check.create" },
  { "POST", CHECKS "/full", WRITE, create_full, VRF_ROUTE_PLAIN, .audit = "api.check.create_full" },
  { "GET", CHECKS "/{check_id}", READ, get, VRF_ROUTE_PLAIN },
  { "GET", "/api/v1/sessions/{session_id}/checks", READ, list_of_session, VRF_ROUTE_PLAIN },
  { "GET", "/api/v1/identities/{identity_id}/checks", READ, list_of_identity, VRF_ROUTE_PLAIN },
  { NULL },
};
