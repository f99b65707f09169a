/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-session-export.h"

#include "sandbox/vrf-body.h"
#include "sandbox/vrf-case-json.h"
#include "sandbox/vrf-document-url.h"
#include "sandbox/vrf-retention.h"
#include "sandbox/vrf-screening.h"
#include "sandbox/vrf-session-json.h"
#include "sandbox/vrf-store-deliveries.h"

/*
 * Everything there is about the applicant of a session, for the applicant (verifa-api.md 3.18).
 * What the organization lets an API key see of a document does not matter here; what retention has
 * taken away does.
 */

typedef gboolean (*AddSection) (VrfService *service,
                                const VrfStoredSession *session,
                                JsonObject *object,
                                GError **error);

/* The session, and what its object does not show: what the applicant was, gave and agreed to. */
static gboolean
add_session (VrfService *service,
             const VrfStoredSession *session,
             JsonObject *object,
             GError **error)
{
  JsonNode *node = vrf_session_json_new (service, session);
  JsonObject *inner = json_node_get_object (node);

  vrf_body_add_string (inner, "applicant_name", session->applicant_name);
  vrf_body_add_string (inner, "applicant_email", session->applicant_email);
  vrf_body_add_text (inner, "fields", session->fields);
  vrf_body_add_string (inner, "redirect_url", session->redirect_url);
  vrf_body_add_string (inner, "document_country", session->document_country);
  vrf_body_add_string (inner, "document_state", session->document_state);
  vrf_body_add_time (inner, "consent_at", session->consent_at);
  vrf_body_add_string (inner, "consent_version", session->consent_version);
  json_object_set_member (object, "session", node);
  return TRUE;
}

static gboolean
is_open (VrfService *service, const VrfStoredSession *session)
{
  return vrf_retention_is_open (
      vrf_service_get_organization (service), session, vrf_service_get_now (service));
}

static gboolean
add_result (VrfService *service,
            const VrfStoredSession *session,
            JsonObject *object,
            GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (service);
  g_autoptr (GPtrArray) checks = vrf_sandbox_store_list_checks (store, session->n, NULL, error);
  g_autoptr (GError) local = NULL;
  g_autoptr (VrfStoredResult) result = NULL;
  JsonNode *node = NULL;

  if (checks == NULL)
    return FALSE;
  result = vrf_sandbox_store_get_result (store, session->n, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  json_object_set_array_member (object,
                                "fraud_signals",
                                result != NULL ? vrf_session_json_new_signals (result)
                                               : json_array_new ());
  if (result == NULL)
    {
      json_object_set_null_member (object, "result");
      return TRUE;
    }
  node = vrf_session_json_new_result (service, session, result, checks);
  if (is_open (service, session))
    json_object_set_member (
        json_node_get_object (node), "extracted_data", vrf_stored_parse (result->extracted));
  json_object_set_member (object, "result", node);
  return TRUE;
}

static JsonObject *
new_document (VrfService *service,
              const VrfStoredSession *session,
              const VrfStoredDocument *document,
              GError **error)
{
  g_autofree char *url = vrf_document_url_dup (
      service, session->id, document->doc_type, VRF_DOCUMENT_URL_EXPORT_S, error);
  JsonObject *object = NULL;

  if (url == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "doc_type", document->doc_type);
  json_object_set_string_member (object, "mime_type", document->mime_type);
  json_object_set_int_member (object, "file_size_bytes", document->size);
  vrf_body_add_time (object, "created_at", document->created_at);
  vrf_body_add_string (object, "poa_document_type", document->poa_type);
  vrf_body_add_string (object, "poa_document_date", document->poa_date);
  json_object_set_string_member (object, "download_url", url);
  return object;
}

static gboolean
add_documents (VrfService *service,
               const VrfStoredSession *session,
               JsonObject *object,
               GError **error)
{
  g_autoptr (GPtrArray) documents =
      vrf_sandbox_store_list_documents (vrf_service_get_store (service), session->n, error);
  g_autoptr (JsonArray) data = json_array_new ();

  if (documents == NULL)
    return FALSE;
  for (guint i = 0; is_open (service, session) && i < documents->len; i++)
    {
      JsonObject *item = new_document (service, session, documents->pdata[i], error);

      if (item == NULL)
        return FALSE;
      json_array_add_object_element (data, item);
    }
  json_object_set_array_member (object, "documents", g_steal_pointer (&data));
  return TRUE;
}

static JsonObject *
new_delivery (const VrfStoredDelivery *delivery)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "event", delivery->event);
  json_object_set_string_member (object, "url", delivery->url);
  json_object_set_string_member (object, "status", delivery->status);
  json_object_set_int_member (object, "attempts", delivery->attempts);
  return object;
}

static gboolean
add_deliveries (VrfService *service,
                const VrfStoredSession *session,
                JsonObject *object,
                GError **error)
{
  g_autoptr (GPtrArray) deliveries =
      vrf_store_deliveries_list_of_subject (vrf_service_get_store (service), session->id, error);
  JsonArray *data = NULL;

  if (deliveries == NULL)
    return FALSE;
  data = json_array_sized_new (deliveries->len);
  for (guint i = 0; i < deliveries->len; i++)
    json_array_add_object_element (data, new_delivery (deliveries->pdata[i]));
  json_object_set_array_member (object, "webhook_deliveries", data);
  return TRUE;
}

static gboolean
add_notes (VrfSandboxStore *store, const VrfStoredCase *review, JsonObject *object, GError **error)
{
  g_autoptr (GPtrArray) notes = vrf_store_case_notes_list (store, review->n, error);

  if (notes == NULL)
    return FALSE;
  json_object_set_array_member (object, "case_notes", vrf_case_json_new_notes (notes));
  return TRUE;
}

static gboolean
add_case (VrfService *service, const VrfStoredSession *session, JsonObject *object, GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (service);
  g_autoptr (GError) local = NULL;
  g_autoptr (VrfStoredCase) review = vrf_store_cases_get_of_session (store, session->n, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (review != NULL)
    {
      json_object_set_member (object, "review_case", vrf_case_json_new (review));
      return add_notes (store, review, object, error);
    }
  json_object_set_null_member (object, "review_case");
  json_object_set_array_member (object, "case_notes", json_array_new ());
  return TRUE;
}

static gboolean
add_screening (VrfService *service,
               const VrfStoredSession *session,
               JsonObject *object,
               GError **error)
{
  JsonArray *checks = vrf_screening_new_export (vrf_service_get_store (service), session, error);

  if (checks == NULL)
    return FALSE;
  json_object_set_array_member (object, "screening", checks);
  return TRUE;
}

/**
 * vrf_session_export_new:
 * @service: a service
 * @session: as it was read
 * @error: from the database
 *
 * Returns: (nullable) (transfer full): the document of 3.18
 */
JsonNode *
vrf_session_export_new (VrfService *service, const VrfStoredSession *session, GError **error)
{
  static const AddSection sections[] = { add_session,   add_result, add_documents,
                                         add_screening, add_case,   add_deliveries };
  g_autoptr (JsonObject) object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (!sections[i](service, session, object, error))
      return NULL;
  return vrf_body_take (g_steal_pointer (&object));
}
