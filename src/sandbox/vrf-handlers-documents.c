/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "base/vrf-random.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-document.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-identities.h"
#include "sandbox/vrf-redaction.h"
#include "sandbox/vrf-retention.h"
#include "sandbox/vrf-session-draft.h"
#include "sandbox/vrf-upload.h"

/* Stand-alone documents (verifa-api.md 7.6). What an applicant gave is among them. */

#define DEFAULT_LIMIT 50
#define MAX_TEXT 255

static gint64
get_now (VrfRequest *request)
{
  return vrf_service_get_now (vrf_request_get_service (request));
}

/* NULL when it was answered. */
static VrfFile *
find (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  VrfFile *file = vrf_store_files_get (vrf_request_get_store (request),
                                       vrf_request_get_param (request, "document_id"),
                                       vrf_request_is_sandbox (request),
                                       &error);

  vrf_handlers_is_found (reply, file, error, "Document not found.");
  return file;
}

/* One that is not redacted; @status is what is answered otherwise. */
static VrfFile *
find_open (VrfRequest *request, VrfReply *reply, guint status, const char *code)
{
  g_autoptr (VrfFile) file = find (request, reply);

  if (file == NULL || !g_str_equal (file->status, "redacted"))
    return g_steal_pointer (&file);
  vrf_error_reply_set (reply, status, code, "The document has been redacted.");
  return NULL;
}

static void
reply_file (VrfRequest *request, VrfReply *reply, guint status, const VrfFile *file)
{
  vrf_reply_set_json (
      reply,
      status,
      vrf_body_take (vrf_document_new_json (vrf_request_get_service (request), file)));
}

/* As it is read, whatever was written. */
static void
reply_again (VrfRequest *request, VrfReply *reply, guint status, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfFile) file = vrf_store_files_get (
      vrf_request_get_store (request), id, vrf_request_is_sandbox (request), &error);

  if (file != NULL)
    reply_file (request, reply, status, file);
  else
    vrf_error_reply_set_error (reply, error);
}

static const char *
check_status (const char *text)
{
  return vrf_document_is_status (text) ? NULL
                                       : "must be uploaded, processing, verified, rejected or "
                                         "redacted";
}

static void
list (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;
  VrfFileFilter filter = { .is_sandbox = vrf_request_is_sandbox (request) };
  JsonArray *data = NULL;
  gint64 total = 0;

  filter.status = vrf_request_get_query (request, "status");
  filter.classification = vrf_request_get_query (request, "classification");
  filter.session_id = vrf_request_get_query (request, "session_id");
  filter.identity_id = vrf_request_get_query (request, "identity_id");
  filter.document_type = vrf_request_get_query (request, "document_type");
  if (filter.status != NULL && check_status (filter.status) != NULL)
    vrf_field_errors_add (errors, "status", "enum", check_status (filter.status));
  vrf_handlers_read_page (request, errors, DEFAULT_LIMIT, &filter.limit, &filter.offset);
  if (vrf_field_errors_reply (errors, reply))
    return;
  files = vrf_store_files_list (vrf_request_get_store (request), &filter, &total, &error);
  if (files == NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  data = json_array_sized_new (files->len);
  for (guint i = 0; i < files->len; i++)
    json_array_add_object_element (
        data, vrf_document_new_json (vrf_request_get_service (request), files->pdata[i]));
  vrf_reply_set_json (reply, 200, vrf_body_new_page (data, total, filter.limit, filter.offset));
}

/* Makes @file one of a session; NULL is of none. FALSE when it was answered. */
static gboolean
give_session (VrfRequest *request, VrfReply *reply, VrfFile *file, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfStoredSession) session = NULL;

  file->session_n = 0;
  if (id == NULL)
    return TRUE;
  session = vrf_sandbox_store_get_session (
      vrf_request_get_store (request), id, vrf_request_is_sandbox (request), &error);
  if (vrf_handlers_is_found (reply, session, error, "Session not found."))
    file->session_n = session->n;
  return session != NULL;
}

/* The same for a person, by id or reference. */
static gboolean
give_identity (VrfRequest *request, VrfReply *reply, VrfFile *file, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfIdentity) identity = NULL;

  vrf_stored_set (&file->identity_id, NULL);
  if (name == NULL)
    return TRUE;
  identity = vrf_identities_find (
      vrf_request_get_service (request), name, vrf_request_is_sandbox (request), &error);
  if (vrf_handlers_is_found (reply, identity, error, "Identity not found."))
    vrf_stored_set (&file->identity_id, identity->id);
  return identity != NULL;
}

/* What the form says; NULL when it was answered. */
static VrfFile *
read_form (VrfMultipart *form, VrfReply *reply, GBytes **ret_data)
{
  static const char *const optional[] = {
    "classification", "original_filename", "session_id", "identity_id", NULL,
  };
  g_autofree char *type = vrf_multipart_dup_text (form, "document_type", MAX_TEXT);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  VrfCaptureImage image = { NULL };
  VrfFile *file = NULL;

  if (type == NULL || !vrf_document_is_type (type))
    vrf_field_errors_add (
        errors, "document_type", type == NULL ? "required" : "enum", "must be a kind of document");
  for (guint i = 0; optional[i] != NULL; i++)
    vrf_upload_check_text (form, optional[i], MAX_TEXT, errors);
  if (!vrf_upload_take_file (form, errors, reply, &image, ret_data))
    return NULL;
  file = g_new0 (VrfFile, 1);
  file->document_type = g_steal_pointer (&type);
  file->status = g_strdup ("uploaded");
  file->classification = vrf_multipart_dup_text (form, "classification", MAX_TEXT);
  file->mime_type = g_strdup (image.mime_type);
  file->size = (gint64) g_bytes_get_size (*ret_data);
  file->filename = vrf_multipart_dup_text (form, "original_filename", MAX_TEXT);
  file->metadata = g_strdup ("{}");
  return file;
}

static void
upload (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfMultipart) form = vrf_upload_read_form (request, &error);
  g_autoptr (VrfFile) file = NULL;
  g_autofree char *session_id = NULL;
  g_autofree char *identity_id = NULL;
  GBytes *data = NULL;

  if (form == NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  file = read_form (form, reply, &data);
  if (file == NULL)
    return;
  session_id = vrf_multipart_dup_text (form, "session_id", MAX_TEXT);
  identity_id = vrf_multipart_dup_text (form, "identity_id", MAX_TEXT);
  if (!give_session (request, reply, file, session_id)
      || !give_identity (request, reply, file, identity_id))
    return;
  file->id = vrf_random_id ("doc_");
  file->is_sandbox = vrf_request_is_sandbox (request);
  file->created_at = get_now (request);
  file->updated_at = file->created_at;
  if (vrf_store_files_insert (vrf_request_get_store (request), file, data, &error))
    reply_again (request, reply, 201, file->id);
  else
    vrf_error_reply_set_error (reply, error);
}

static void
get (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfFile) file = find (request, reply);

  if (file != NULL)
    reply_file (request, reply, 200, file);
}

static const char *
check_settable (const char *text)
{
  return g_str_equal (text, "redacted") ? "is set by DELETE" : check_status (text);
}

static void
save (VrfRequest *request, VrfReply *reply, VrfFile *file, const char *event)
{
  g_autoptr (GError) error = NULL;

  file->updated_at = get_now (request);
  if (vrf_store_files_update (vrf_request_get_store (request), file, &error)
      && (event == NULL
          || vrf_document_tell (vrf_request_get_service (request), file, event, &error)))
    reply_again (request, reply, 200, file->id);
  else
    vrf_error_reply_set_error (reply, error);
}

/* The members that are there. FALSE when it was answered. */
static gboolean
take (VrfRequest *request, VrfReply *reply, VrfFile *file)
{
  JsonObject *body = vrf_request_get_body (request);

  if (json_object_has_member (body, "classification"))
    vrf_stored_set (&file->classification, vrf_fields_get_string (body, "classification"));
  if (vrf_fields_has (body, "status"))
    vrf_stored_set (&file->status, vrf_fields_get_string (body, "status"));
  if (vrf_fields_has (body, "metadata"))
    {
      g_free (file->metadata);
      file->metadata = vrf_fields_dup_json (body, "metadata");
    }
  if (json_object_has_member (body, "session_id")
      && !give_session (request, reply, file, vrf_fields_get_string (body, "session_id")))
    return FALSE;
  return !json_object_has_member (body, "identity_id")
         || give_identity (request, reply, file, vrf_fields_get_string (body, "identity_id"));
}

static void
update (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "classification",
      .type = VRF_FIELD_STRING,
      .nullable = TRUE,
      .min = 1,
      .max = MAX_TEXT },
    { .name = "session_id", .type = VRF_FIELD_STRING, .nullable = TRUE, .min = 1, .max = MAX_TEXT },
    { .name = "identity_id",
      .type = VRF_FIELD_STRING,
      .nullable = TRUE,
      .min = 1,
      .max = MAX_TEXT },
    { .name = "metadata", .type = VRF_FIELD_OBJECT },
    { .name = "status", .type = VRF_FIELD_STRING, .check = check_settable, .code = "enum" },
    { NULL },
  };
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfFile) file = find (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  const char *event = NULL;

  if (file == NULL)
    return;
  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_is_empty (errors) && vrf_fields_has (body, "metadata"))
    vrf_session_draft_check_metadata (body, "metadata", errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  if (g_str_equal (file->status, "redacted"))
    {
      vrf_error_reply_set (reply, 400, "bad_request", "The document has been redacted.");
      return;
    }
  if (!g_str_equal (file->status, "verified")
      && g_strcmp0 (vrf_fields_get_string (body, "status"), "verified") == 0)
    event = "document.verified";
  if (take (request, reply, file))
    save (request, reply, file, event);
}

/* Redacting again changes nothing and is no error. */
static void
redact (VrfRequest *request, VrfReply *reply)
{
  VrfSandboxStore *store = vrf_request_get_store (request);
  g_autoptr (VrfFile) file = find (request, reply);
  g_autoptr (GError) error = NULL;

  if (file == NULL)
    return;
  if (!g_str_equal (file->status, "redacted")
      && (!vrf_store_files_redact (store, file->id, get_now (request), &error)
          || !vrf_redaction_clear_replies (store, file->id, NULL, &error)))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  vrf_service_want_purge (vrf_request_get_service (request));
  reply_again (request, reply, 200, file->id);
}

/* Whether the session it belongs to still shows its documents (verifa-api.md 2.9). */
static gboolean
is_shown (VrfRequest *request, const VrfFile *file, VrfReply *reply)
{
  VrfService *service = vrf_request_get_service (request);
  g_autoptr (VrfStoredSession) session = NULL;
  g_autoptr (GError) error = NULL;

  if (file->session_n == 0)
    return TRUE;
  session = vrf_sandbox_store_get_session_by_number (
      vrf_request_get_store (request), file->session_n, &error);
  if (session == NULL)
    vrf_error_reply_set_error (reply, error);
  else if (vrf_retention_is_open (
               vrf_service_get_organization (service), session, get_now (request)))
    return TRUE;
  else
    vrf_error_reply_set (reply, 410, "gone", "The time to see the document is over.");
  return FALSE;
}

/* The document's bytes; NULL when it was answered. */
static GBytes *
find_data (VrfRequest *request, VrfReply *reply, VrfFile **ret_file)
{
  g_autoptr (VrfFile) file = find_open (request, reply, 410, "gone");
  g_autoptr (GError) error = NULL;
  GBytes *data = NULL;

  if (file == NULL || !is_shown (request, file, reply))
    return NULL;
  data = vrf_store_files_get_data (vrf_request_get_store (request), file->id, &error);
  if (error != NULL)
    vrf_error_reply_set_error (reply, error);
  else if (data == NULL)
    vrf_error_reply_set (reply, 410, "gone", "The document is gone.");
  *ret_file = g_steal_pointer (&file);
  return data;
}

static void
download (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfFile) file = NULL;
  g_autoptr (GBytes) data = find_data (request, reply, &file);

  if (data != NULL)
    vrf_reply_set_bytes (reply, 200, file->mime_type, data);
}

static void
preview (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfFile) file = NULL;
  g_autoptr (GBytes) data = find_data (request, reply, &file);
  g_autoptr (GBytes) shown = data != NULL ? vrf_document_dup_preview (file, data) : NULL;

  if (shown != NULL)
    vrf_reply_set_bytes (reply, 200, "image/jpeg", shown);
}

static void
list_extractions (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfFile) file = find (request, reply);

  if (file != NULL)
    vrf_reply_set_json (reply, 200, vrf_body_new_list (vrf_document_new_extractions (file)));
}

static void
list_checks (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfFile) file = find (request, reply);

  if (file != NULL)
    vrf_reply_set_json (reply, 200, vrf_body_new_list (vrf_document_new_checks (file)));
}

static void
classify (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfFile) file = find_open (request, reply, 409, "conflict");

  if (file == NULL)
    return;
  vrf_document_classify (file);
  save (request, reply, file, "document.verified");
}

static void
extract (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfFile) file = find_open (request, reply, 409, "conflict");

  if (file == NULL)
    return;
  vrf_document_extract (file);
  save (request, reply, file, "document.extracted");
}

#define DOCUMENTS "/api/v1/documents"
#define DOCUMENT DOCUMENTS "/{document_id}"
#define READ "documents:read"
#define WRITE "documents:write"
#define PLAIN VRF_ROUTE_PLAIN

const VrfRoute vrf_handlers_documents[] = {
  { "GET", DOCUMENTS, READ, list, PLAIN },
  { "POST", DOCUMENTS, WRITE, upload, VRF_ROUTE_MULTIPART, .audit = "api.document.create" },
  { "GET", DOCUMENT, READ, get, PLAIN },
  { "PATCH", DOCUMENT, WRITE, update, PLAIN, .audit = "api.document.update" },
  { "DELETE", DOCUMENT, "redact:write " WRITE, redact, PLAIN, .audit = "api.document.redact" },
  { "GET", DOCUMENT "/download", READ, download, PLAIN },
  { "GET", DOCUMENT "/preview", READ, preview, PLAIN },
  { "GET", DOCUMENT "/extractions", READ, list_extractions, PLAIN },
  { "GET", DOCUMENT "/checks", READ, list_checks, PLAIN },
  { "POST", DOCUMENT "/classify", WRITE, classify, PLAIN, .audit = "api.document.classify" },
  { "POST", DOCUMENT "/extract", WRITE, extract, PLAIN, .audit = "api.document.extract" },
  { NULL },
};
