/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-document-url.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-retention.h"
#include "sandbox/vrf-session-json.h"
#include "sandbox/vrf-upload.h"
#include "sandbox/vrf-workflow-run.h"

/* The documents of a session, and the end of a capture without a page (verifa-api.md 3.10, 3.11).
 */

static const char *const doc_types[] = {
  "id_front", "id_back", "selfie", "proof_of_address", NULL
};

/* Whether the session's pictures are given out; if not, it was answered. */
static gboolean
check_open (VrfRequest *request, const VrfStoredSession *session, VrfReply *reply)
{
  VrfService *service = vrf_request_get_service (request);

  if (vrf_retention_is_open (
          vrf_service_get_organization (service), session, vrf_service_get_now (service)))
    return TRUE;
  vrf_error_reply_set (reply, 410, "gone", "The documents are no longer available.");
  return FALSE;
}

static JsonArray *
new_items (VrfService *service, const VrfStoredSession *session, GError **error)
{
  g_autoptr (GPtrArray) documents =
      vrf_sandbox_store_list_documents (vrf_service_get_store (service), session->n, error);
  g_autoptr (JsonArray) data = json_array_new ();

  if (documents == NULL)
    return NULL;
  for (guint i = 0; i < documents->len; i++)
    {
      JsonNode *item = vrf_session_json_new_document (service, session, documents->pdata[i], error);

      if (item == NULL)
        return NULL;
      json_array_add_element (data, item);
    }
  return g_steal_pointer (&data);
}

static void
list (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (GError) error = NULL;
  JsonArray *data = NULL;

  if (session == NULL || !check_open (request, session, reply))
    return;
  data = new_items (vrf_request_get_service (request), session, &error);
  if (data != NULL)
    vrf_reply_set_json (reply, 200, vrf_body_new_list (data));
  else
    vrf_error_reply_set_error (reply, error);
}

/* The session of a signed address, of whichever environment; NULL when it was answered. */
static VrfStoredSession *
find_signed (VrfRequest *request, VrfReply *reply)
{
  VrfSandboxStore *store = vrf_request_get_store (request);
  const char *id = vrf_request_get_param (request, "session_id");
  g_autoptr (GError) error = NULL;
  VrfStoredSession *session = vrf_sandbox_store_get_session (store, id, TRUE, &error);

  if (session == NULL && error == NULL)
    session = vrf_sandbox_store_get_session (store, id, FALSE, &error);
  vrf_handlers_is_found (reply, session, error, "Session not found.");
  return session;
}

static void
answer_document (VrfRequest *request, VrfReply *reply, const VrfStoredSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfStoredDocument) document =
      vrf_sandbox_store_get_document (vrf_request_get_store (request),
                                      session->n,
                                      vrf_request_get_param (request, "doc_type"),
                                      &error);

  if (vrf_handlers_is_found (reply, document, error, "The session has no such document."))
    vrf_reply_set_bytes (reply, 200, document->mime_type, document->data);
}

/* The signature is looked at first: without one nothing is told, not even what there is. */
static void
download (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredSession) session = NULL;
  g_autoptr (GError) error = NULL;

  if (!vrf_document_url_check (vrf_request_get_service (request),
                               vrf_request_get_param (request, "session_id"),
                               vrf_request_get_param (request, "doc_type"),
                               vrf_request_get_query (request, "expires"),
                               vrf_request_get_query (request, "sig"),
                               &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  session = find_signed (request, reply);
  if (session != NULL && check_open (request, session, reply))
    answer_document (request, reply, session);
}

typedef struct
{
  char *doc_type;
  char *poa_type;
  char *poa_date;
} Texts;

static void
texts_clear (Texts *texts)
{
  g_free (texts->doc_type);
  g_free (texts->poa_type);
  g_free (texts->poa_date);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Texts, texts_clear)

static void
read_texts (VrfMultipart *form, Texts *texts, VrfFieldErrors *errors)
{
  texts->doc_type = vrf_multipart_dup_text (form, "document_type", 64);
  if (texts->doc_type == NULL || !g_strv_contains (doc_types, texts->doc_type))
    vrf_field_errors_add (errors,
                          "document_type",
                          texts->doc_type == NULL ? "required" : "enum",
                          "must be id_front, id_back, selfie or proof_of_address");
  else if (g_str_equal (texts->doc_type, "proof_of_address"))
    vrf_upload_read_address (form, errors, &texts->poa_type, &texts->poa_date);
}

/* What was uploaded; NULL when it was answered. */
static VrfStoredDocument *
read_document (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfMultipart) form = vrf_upload_read_form (request, &error);
  g_auto (Texts) texts = { NULL };
  VrfCaptureImage image = { NULL };
  VrfStoredDocument *document = NULL;
  GBytes *data = NULL;

  if (form == NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return NULL;
    }
  read_texts (form, &texts, errors);
  if (!vrf_upload_take_file (form, errors, reply, &image, &data)
      || (g_str_equal (texts.doc_type, "selfie") && !vrf_upload_is_good_selfie (&image, reply)))
    return NULL;
  document = vrf_upload_new_document (texts.doc_type, &image, data);
  document->poa_type = g_steal_pointer (&texts.poa_type);
  document->poa_date = g_steal_pointer (&texts.poa_date);
  return document;
}

static void
answer_uploaded (const VrfStoredSession *session,
                 const VrfStoredDocument *document,
                 VrfReply *reply)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", document->id);
  json_object_set_string_member (object, "session_id", session->id);
  json_object_set_string_member (object, "document_type", document->doc_type);
  json_object_set_string_member (object, "mime_type", document->mime_type);
  json_object_set_int_member (object, "file_size_bytes", document->size);
  vrf_body_add_time (object, "created_at", document->created_at);
  vrf_reply_set_json (reply, 201, vrf_body_take (object));
}

static void
upload (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (VrfStoredDocument) document = NULL;
  g_autoptr (GError) error = NULL;

  if (session != NULL)
    document = read_document (request, reply);
  if (document == NULL)
    return;
  if (vrf_service_upload_document (vrf_request_get_service (request), session, document, &error))
    answer_uploaded (session, document, reply);
  else
    vrf_error_reply_set_error (reply, error);
}

static gboolean
has_document (GPtrArray *documents, const char *doc_type)
{
  for (guint i = 0; i < documents->len; i++)
    {
      const VrfStoredDocument *document = documents->pdata[i];

      if (g_str_equal (document->doc_type, doc_type))
        return TRUE;
    }
  return FALSE;
}

static void
need (GPtrArray *documents, const char *doc_type, VrfFieldErrors *errors)
{
  if (!has_document (documents, doc_type))
    vrf_field_errors_add (errors, doc_type, "required", "must be uploaded first");
}

/* What a workflow cannot do without. */
static gboolean
check_documents (VrfSandboxStore *store,
                 const VrfStoredSession *session,
                 VrfFieldErrors *errors,
                 GError **error)
{
  g_autoptr (GPtrArray) documents = vrf_sandbox_store_list_documents (store, session->n, error);
  g_auto (GStrv) policies = NULL;

  if (documents != NULL)
    policies = vrf_workflow_run_dup_policies (store, session, error);
  if (policies == NULL)
    return FALSE;
  need (documents, "id_front", errors);
  if (g_strcmp0 (session->document_type, "drivers_license") == 0)
    need (documents, "id_back", errors);
  if (g_strv_contains ((const char *const *) policies, "face_match"))
    need (documents, "selfie", errors);
  return TRUE;
}

static void
answer_submitted (const VrfStoredSession *session, VrfReply *reply)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", session->id);
  json_object_set_string_member (
      object, "status", vrf_enum_to_nick (vrf_engine_states, (int) session->state));
  json_object_set_boolean_member (object, "is_sandbox", session->is_sandbox);
  json_object_set_string_member (object,
                                 "message",
                                 session->is_sandbox ? "Choose an outcome with simulate."
                                                     : "The verification is being processed.");
  vrf_reply_set_json (reply, 202, vrf_body_take (object));
}

/* A session that was resumed has its documents, and is being captured with them. */
static gboolean
complete (VrfService *service, VrfStoredSession *session, GError **error)
{
  return (session->state != VRF_STATE_PENDING
          || vrf_service_apply (service, session, VRF_EVENT_UPLOAD, NULL, error))
         && vrf_service_apply (service, session, VRF_EVENT_COMPLETE, NULL, error);
}

static void
submit (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;

  if (session == NULL)
    return;
  /* A session that has gone on or ended needs no documents any more. */
  if (vrf_engine_is_capturable (session->state) && g_str_equal (session->retention, "active")
      && !check_documents (vrf_request_get_store (request), session, errors, &error))
    vrf_error_reply_set_error (reply, error);
  else if (vrf_field_errors_reply (errors, reply))
    return;
  else if (complete (vrf_request_get_service (request), session, &error))
    answer_submitted (session, reply);
  else
    vrf_error_reply_set_error (reply, error);
}

#define SESSION "/api/v1/sessions/{session_id}"

const VrfRoute vrf_handlers_session_documents[] = {
  { "GET", SESSION "/documents", "verifications:read", list, VRF_ROUTE_PLAIN },
  { "POST",
    SESSION "/documents",
    "documents:write",
    upload,
    VRF_ROUTE_MULTIPART,
    .audit = "api.session.upload_document" },
  { "GET", SESSION "/documents/{doc_type}", NULL, download, VRF_ROUTE_NO_KEY },
  { "POST",
    SESSION "/submit",
    "sessions:write",
    submit,
    VRF_ROUTE_PLAIN,
    .audit = "api.session.submit" },
  { NULL },
};
