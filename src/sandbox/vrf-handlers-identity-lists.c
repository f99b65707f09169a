/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-handlers-identities.h"

#include "sandbox/vrf-body.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-identity-export.h"
#include "sandbox/vrf-identity-json.h"
#include "sandbox/vrf-identity-status.h"
#include "sandbox/vrf-session-json.h"
#include "sandbox/vrf-tags.h"

/* Lists of identities by page or cursor, the search, and an identity's sessions and export
 * (verifa-api.md 1.6, 7.2). */

#define DEFAULT_LIMIT 25

static const char *
check_status (const char *text)
{
  return vrf_identity_status_is_known (text)
             ? NULL
             : "must be pending, verified, rejected, failed, redacted or merged";
}

static const char *
get_text (VrfRequest *request, const char *name)
{
  const char *text = vrf_request_get_query (request, name);

  return text != NULL && *text != '\0' ? text : NULL;
}

static void
read_filter (VrfRequest *request, VrfFieldErrors *errors, VrfIdentityFilter *filter)
{
  const char *archived = vrf_request_get_query (request, "include_archived");

  filter->is_sandbox = vrf_request_is_sandbox (request);
  filter->status = vrf_request_get_query (request, "status");
  filter->q = get_text (request, "q");
  filter->include_archived = g_strcmp0 (archived, "true") == 0;
  if (filter->status != NULL && check_status (filter->status) != NULL)
    vrf_field_errors_add (errors, "status", "enum", check_status (filter->status));
  if (archived != NULL && !filter->include_archived && !g_str_equal (archived, "false"))
    vrf_field_errors_add (errors, "include_archived", "type", "must be true or false");
  vrf_handlers_read_page (request, errors, DEFAULT_LIMIT, &filter->limit, &filter->offset);
}

/* The bodies of @identities, in their order or the other way round; NULL when it was answered. */
static JsonArray *
new_data (VrfRequest *request, VrfReply *reply, GPtrArray *identities, gboolean reversed)
{
  g_autoptr (JsonArray) data = json_array_sized_new (identities->len);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < identities->len; i++)
    {
      guint at = reversed ? identities->len - 1 - i : i;
      JsonNode *node =
          vrf_identity_json_new (vrf_request_get_service (request), identities->pdata[at], &error);

      if (node == NULL)
        {
          vrf_error_reply_set_error (reply, error);
          return NULL;
        }
      json_array_add_element (data, node);
    }
  return g_steal_pointer (&data);
}

static void
reply_page (VrfRequest *request, VrfReply *reply, const VrfIdentityFilter *filter)
{
  VrfSandboxStore *store = vrf_request_get_store (request);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) identities = vrf_store_identities_list (store, filter, &error);
  JsonArray *data = NULL;
  gint64 total = 0;

  if (identities == NULL || !vrf_store_identities_count (store, filter, &total, &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  data = new_data (request, reply, identities, FALSE);
  if (data != NULL)
    vrf_reply_set_json (reply, 200, vrf_body_new_page (data, total, filter->limit, filter->offset));
}

/* A cursor is the id of the identity at the edge of a page. */
static gboolean
read_cursor (
    VrfRequest *request, VrfFieldErrors *errors, const char *name, gint64 *ret_n, GError **error)
{
  const char *id = vrf_request_get_query (request, name);
  g_autoptr (GError) local = NULL;
  g_autoptr (VrfIdentity) identity = NULL;

  if (id == NULL)
    return TRUE;
  identity = vrf_store_identities_get (
      vrf_request_get_store (request), id, vrf_request_is_sandbox (request), &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (identity != NULL)
    *ret_n = identity->n;
  else
    vrf_field_errors_add (errors, name, "format", "must be a cursor of an earlier page");
  return TRUE;
}

static gboolean
read_cursors (VrfRequest *request,
              VrfFieldErrors *errors,
              VrfIdentityFilter *filter,
              GError **error)
{
  const char *size = vrf_request_get_query (request, "page[size]");
  guint64 limit = DEFAULT_LIMIT;

  if (size != NULL && !g_ascii_string_to_unsigned (size, 10, 1, 100, &limit, NULL))
    vrf_field_errors_add (errors, "page[size]", "range", "must be a whole number from 1 to 100");
  filter->limit = (guint) limit;
  filter->offset = 0;
  if (vrf_request_get_query (request, "page[after]") != NULL
      && vrf_request_get_query (request, "page[before]") != NULL)
    vrf_field_errors_add (errors, "page[before]", "conflict", "must not be given with page[after]");
  return read_cursor (request, errors, "page[after]", &filter->after, error)
         && read_cursor (request, errors, "page[before]", &filter->before, error);
}

/* Whether there is anything beyond the identity at an edge. */
static gboolean
has_more (VrfSandboxStore *store,
          const VrfIdentityFilter *filter,
          const VrfIdentity *edge,
          gboolean older,
          gboolean *ret_more,
          GError **error)
{
  VrfIdentityFilter next = *filter;
  g_autoptr (GPtrArray) found = NULL;

  next.after = older ? edge->n : 0;
  next.before = older ? 0 : edge->n;
  next.limit = 1;
  found = vrf_store_identities_list (store, &next, error);
  *ret_more = found != NULL && found->len > 0;
  return found != NULL;
}

static void
add_cursor (JsonObject *pagination, const char *name, const VrfIdentity *edge, gboolean more)
{
  vrf_body_add_string (pagination, name, more ? edge->id : NULL);
}

/* `pagination` for the page from @first to @last, which are NULL for an empty one. */
static JsonObject *
new_cursors (VrfSandboxStore *store,
             const VrfIdentityFilter *filter,
             const VrfIdentity *first,
             const VrfIdentity *last,
             GError **error)
{
  g_autoptr (JsonObject) pagination = json_object_new ();
  gboolean older = FALSE;
  gboolean newer = FALSE;
  gint64 total = 0;

  if (!vrf_store_identities_count (store, filter, &total, error)
      || (last != NULL && !has_more (store, filter, last, TRUE, &older, error))
      || (first != NULL && !has_more (store, filter, first, FALSE, &newer, error)))
    return NULL;
  json_object_set_int_member (pagination, "total", total);
  json_object_set_int_member (pagination, "limit", filter->limit);
  add_cursor (pagination, "next_cursor", last, older);
  add_cursor (pagination, "prev_cursor", first, newer);
  return g_steal_pointer (&pagination);
}

static void
reply_cursors (VrfRequest *request, VrfReply *reply, const VrfIdentityFilter *filter)
{
  VrfSandboxStore *store = vrf_request_get_store (request);
  gboolean reversed = filter->before != 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) identities = vrf_store_identities_list (store, filter, &error);
  guint n = identities != NULL ? identities->len : 0;
  const VrfIdentity *begin = n > 0 ? identities->pdata[0] : NULL;
  const VrfIdentity *end = n > 0 ? identities->pdata[n - 1] : NULL;
  JsonObject *pagination = NULL;
  JsonObject *object = NULL;
  JsonArray *data = NULL;

  if (identities != NULL)
    pagination =
        new_cursors (store, filter, reversed ? end : begin, reversed ? begin : end, &error);
  if (pagination == NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  object = json_object_new ();
  json_object_set_object_member (object, "pagination", pagination);
  data = new_data (request, reply, identities, reversed);
  if (data == NULL)
    {
      json_object_unref (object);
      return;
    }
  json_object_set_array_member (object, "data", data);
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

/* One of the page[…] parameters makes it a list by cursor; `limit` and `offset` then say nothing.
 */
static void
list (VrfRequest *request, VrfReply *reply)
{
  static const char *const names[] = { "page[after]", "page[before]", "page[size]" };
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;
  VrfIdentityFilter filter = { 0 };
  gboolean by_cursor = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    by_cursor |= vrf_request_get_query (request, names[i]) != NULL;
  read_filter (request, errors, &filter);
  if (by_cursor && !read_cursors (request, errors, &filter, &error))
    vrf_error_reply_set_error (reply, error);
  else if (!vrf_field_errors_reply (errors, reply))
    (by_cursor ? reply_cursors : reply_page) (request, reply, &filter);
}

/* Unlike `q` of the list, `q` here is also the beginning of an id, or a person's name, address or
 * number: it is not written to anybody's log of addresses. */
static void
search (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "q", .type = VRF_FIELD_STRING, .max = 255 },
    { .name = "status", .type = VRF_FIELD_STRING, .check = check_status, .code = "enum" },
    { VRF_TAGS_FIELD },
    { .name = "include_archived", .type = VRF_FIELD_BOOL },
    { .name = "limit", .type = VRF_FIELD_INT, .min = 1, .max = 100 },
    { .name = "offset", .type = VRF_FIELD_INT, .max = G_MAXINT32 },
    { NULL },
  };
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_auto (GStrv) tags = NULL;
  const char *q = NULL;
  VrfIdentityFilter filter = { 0 };

  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  tags = vrf_fields_dup_strings (body, "tags");
  q = vrf_fields_get_string (body, "q");
  filter.is_sandbox = vrf_request_is_sandbox (request);
  filter.status = vrf_fields_get_string (body, "status");
  filter.q = q != NULL && *q != '\0' ? q : NULL;
  filter.person = filter.q;
  filter.tags = (const char *const *) tags;
  filter.include_archived = vrf_fields_get_bool (body, "include_archived");
  filter.limit = (guint) vrf_fields_get_int (body, "limit", DEFAULT_LIMIT);
  filter.offset = (guint) vrf_fields_get_int (body, "offset", 0);
  reply_page (request, reply, &filter);
}

static void
list_sessions (VrfRequest *request, VrfReply *reply)
{
  VrfService *service = vrf_request_get_service (request);
  g_autoptr (VrfIdentity) identity = vrf_handlers_identities_find (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GPtrArray) sessions = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *data = NULL;
  guint limit = 0;
  guint offset = 0;

  if (identity == NULL)
    return;
  vrf_handlers_read_page (request, errors, 50, &limit, &offset);
  if (vrf_field_errors_reply (errors, reply))
    return;
  sessions = vrf_store_identities_list_sessions (
      vrf_request_get_store (request), identity->n, limit, offset, &error);
  if (sessions == NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  data = json_array_sized_new (sessions->len);
  for (guint i = 0; i < sessions->len; i++)
    json_array_add_element (data, vrf_session_json_new_item (service, sessions->pdata[i]));
  vrf_reply_set_json (reply, 200, vrf_body_new_list (data));
}

static void
export_all (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfIdentity) identity = vrf_handlers_identities_find (request, reply);
  g_autoptr (GBytes) document = NULL;
  g_autoptr (GError) error = NULL;

  if (identity == NULL)
    return;
  document = vrf_identity_export_new (
      vrf_request_get_service (request), identity, vrf_request_get_inflection (request), &error);
  if (document != NULL)
    vrf_reply_set_bytes (reply, 200, "application/json", document);
  else
    vrf_error_reply_set_error (reply, error);
}

#define READ "identities:read"

const VrfRoute vrf_handlers_identity_lists[] = {
  { "GET", "/api/v1/identities", READ, list, VRF_ROUTE_PLAIN },
  { "POST", "/api/v1/identities/search", READ, search, VRF_ROUTE_PLAIN },
  { "GET", "/api/v1/identities/{identity_id}/sessions", READ, list_sessions, VRF_ROUTE_PLAIN },
  { "GET",
    "/api/v1/identities/{identity_id}/export",
    READ,
    export_all,
    VRF_ROUTE_PLAIN,
    .audit = "api.identity.export" },
  { NULL },
};
