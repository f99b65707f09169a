/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-session-json.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-document-url.h"
#include "sandbox/vrf-outcome.h"
#include "sandbox/vrf-qr-data-url.h"
#include "sandbox/vrf-retention.h"

static const char *
state_nick (const VrfStoredSession *session)
{
  return vrf_enum_to_nick (vrf_engine_states, (int) session->state);
}

static void
add_capture_url (VrfService *service, const VrfStoredSession *session, JsonObject *object)
{
  g_autofree char *url = session->token != NULL && vrf_engine_is_capturable (session->state)
                             ? vrf_service_dup_capture_url (service, session, session->token)
                             : NULL;

  vrf_body_add_string (object, "capture_url", url);
}

static void
add_qr (VrfService *service, const VrfStoredSession *session, const char *token, JsonObject *object)
{
  g_autofree char *url = vrf_service_dup_capture_url (service, session, token);
  g_autofree char *data_url = vrf_qr_data_url_dup (url);

  vrf_body_add_string (object, "qr_code_data_url", data_url);
}

static JsonObject *
new_session (VrfService *service, const VrfStoredSession *session)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", session->id);
  json_object_set_string_member (object, "status", state_nick (session));
  json_object_set_boolean_member (object, "is_sandbox", session->is_sandbox);
  json_object_set_string_member (object, "environment", session->is_sandbox ? "sandbox" : "live");
  vrf_body_add_time (object, "created_at", session->created_at);
  vrf_body_add_time (object, "updated_at", session->updated_at);
  vrf_body_add_string (object, "external_ref", session->external_ref);
  vrf_body_add_text (object, "metadata", session->metadata);
  vrf_body_add_string (object, "country", session->country);
  vrf_body_add_text (object, "checks", session->checks);
  vrf_body_add_string (object, "workflow_id", session->workflow_id);
  vrf_body_add_string (object, "document_type", session->document_type);
  vrf_body_add_string (object,
                       "retention_status",
                       vrf_retention_get_status (vrf_service_get_organization (service),
                                                 session,
                                                 vrf_service_get_now (service)));
  json_object_set_int_member (object, "processing_attempts", session->processing_attempts);
  vrf_body_add_string (object, "consent_ip", session->consent_ip);
  add_capture_url (service, session, object);
  vrf_body_add_time (object, "token_expires_at", session->token_expires_at);
  vrf_body_add_string (object, "case_id", session->case_id);
  vrf_body_add_string (object, "case_status", session->case_status);
  vrf_body_add_text (object, "tags", session->tags);
  return object;
}

/** vrf_session_json_new: the session of 3.3 */
JsonNode *
vrf_session_json_new (VrfService *service, const VrfStoredSession *session)
{
  return vrf_body_take (new_session (service, session));
}

/** vrf_session_json_new_item: the session of a list, 3.2 */
JsonNode *
vrf_session_json_new_item (VrfService *service, const VrfStoredSession *session)
{
  JsonObject *object = new_session (service, session);

  vrf_body_add_string (object, "result_status", session->result_status);
  vrf_body_add_string (object, "risk_level", session->risk_level);
  return vrf_body_take (object);
}

/** vrf_session_json_new_created: the answer of 3.1 */
JsonNode *
vrf_session_json_new_created (VrfService *service, const VrfStoredSession *session)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", session->id);
  json_object_set_string_member (object, "status", state_nick (session));
  vrf_body_add_string (object, "external_ref", session->external_ref);
  add_capture_url (service, session, object);
  add_qr (service, session, session->token, object);
  json_object_set_boolean_member (object, "is_sandbox", session->is_sandbox);
  vrf_body_add_time (object, "created_at", session->created_at);
  vrf_body_add_time (object, "expires_at", session->token_expires_at);
  vrf_body_add_text (object, "tags", session->tags);
  return vrf_body_take (object);
}

/** vrf_session_json_new_resumed: the answer of 3.6 */
JsonNode *
vrf_session_json_new_resumed (VrfService *service, const VrfStoredSession *session)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", session->id);
  json_object_set_string_member (object, "status", state_nick (session));
  add_capture_url (service, session, object);
  vrf_body_add_time (object, "expires_at", session->token_expires_at);
  add_qr (service, session, session->token, object);
  return vrf_body_take (object);
}

/** vrf_session_json_new_link: the link of 3.12; without its QR code in a list (3.13) */
JsonNode *
vrf_session_json_new_link (VrfService *service,
                           const VrfStoredSession *session,
                           const VrfStoredLink *link,
                           gboolean with_qr)
{
  JsonObject *object = json_object_new ();
  g_autofree char *url = vrf_service_dup_capture_url (service, session, link->token);

  json_object_set_string_member (object, "id", link->id);
  json_object_set_string_member (object, "session_id", session->id);
  json_object_set_string_member (object, "capture_url", url);
  json_object_set_string_member (object, "status", link->status);
  vrf_body_add_time (object, "expires_at", link->expires_at);
  vrf_body_add_time (object, "created_at", link->created_at);
  if (with_qr)
    add_qr (service, session, link->token, object);
  return vrf_body_take (object);
}

/* The three-valued and the half-open ones: below 0 is null. */
static void
add_tristate (JsonObject *object, const char *name, int value)
{
  if (value >= 0)
    json_object_set_boolean_member (object, name, value > 0);
  else
    json_object_set_null_member (object, name);
}

static void
add_score (JsonObject *object, const char *name, double value)
{
  if (value >= 0.0)
    json_object_set_double_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

static int
get_age (VrfService *service, const VrfStoredResult *result)
{
  g_autoptr (JsonNode) extracted = vrf_stored_parse (result->extracted);

  return vrf_outcome_get_age (json_object_get_string_member_with_default (
                                  json_node_get_object (extracted), "date_of_birth", NULL),
                              vrf_service_get_now (service));
}

/* What was read off the document, as far as it may be given out (verifa-api.md 2.8, 2.9). */
static void
add_extracted (VrfService *service,
               const VrfStoredSession *session,
               const VrfStoredResult *result,
               JsonObject *object)
{
  const VrfOrganization *organization = vrf_service_get_organization (service);
  gboolean open = vrf_retention_is_open (organization, session, vrf_service_get_now (service));
  int age = open ? get_age (service, result) : -1;

  json_object_set_boolean_member (object, "sensitive_data_expired", !open);
  json_object_set_member (
      object,
      "extracted_data",
      vrf_organization_filter_extracted (organization, open ? result->extracted : "{}"));
  if (age >= 0 && result->age_passed >= 0)
    json_object_set_int_member (object, "extracted_age", age);
  else
    json_object_set_null_member (object, "extracted_age");
}

/* Then its end and what it took are not known yet. */
static gboolean
is_pending (const VrfStoredCheck *check)
{
  return g_str_equal (check->status, "pending");
}

static JsonObject *
new_check_result (const VrfStoredCheck *check, const VrfStoredResult *result)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "status", check->status);
  if (is_pending (check))
    json_object_set_null_member (object, "passed");
  else
    json_object_set_boolean_member (object, "passed", g_str_equal (check->status, "passed"));
  if (check->score >= 0.0)
    json_object_set_double_member (object, "score", check->score);
  if (g_str_equal (check->policy, "risk_assessment"))
    {
      json_object_set_int_member (object, "risk_score", result->risk_score);
      json_object_set_string_member (
          object, "risk_level", vrf_presets_risk_level (result->risk_score));
    }
  json_object_set_int_member (object, "attempt", check->attempt);
  json_object_set_int_member (object, "duration_ms", check->duration_ms);
  json_object_set_object_member (object, "details", json_object_new ());
  return object;
}

/** vrf_session_json_new_result: the result of 3.4; @checks are VrfStoredCheck */
JsonNode *
vrf_session_json_new_result (VrfService *service,
                             const VrfStoredSession *session,
                             const VrfStoredResult *result,
                             GPtrArray *checks)
{
  JsonObject *object = json_object_new ();
  JsonObject *results = json_object_new ();

  json_object_set_string_member (object, "session_id", session->id);
  json_object_set_string_member (object, "status", result->status);
  json_object_set_boolean_member (object, "is_sandbox", session->is_sandbox);
  vrf_body_add_time (object, "created_at", result->created_at);
  add_tristate (object, "face_match_passed", result->face_passed);
  add_score (object, "face_match_score", result->face_score);
  add_tristate (object, "age_check_passed", result->age_passed);
  add_extracted (service, session, result, object);
  vrf_body_add_string (object, "rejection_reason", result->reason);
  vrf_body_add_string (object, "rejection_reason_code", result->reason_code);
  json_object_set_string_member (object, "processing_mode", "workflow");
  vrf_body_add_string (object, "country_used", result->country);
  for (guint i = 0; i < checks->len; i++)
    {
      const VrfStoredCheck *check = checks->pdata[i];

      json_object_set_object_member (results, check->policy, new_check_result (check, result));
    }
  json_object_set_object_member (object, "check_results", results);
  return vrf_body_take (object);
}

/** vrf_session_json_new_signals: Returns: (transfer full): the signals of 3.15 */
JsonArray *
vrf_session_json_new_signals (const VrfStoredResult *result)
{
  g_autoptr (JsonNode) root = vrf_stored_parse (result->signals);
  JsonArray *stored = json_node_get_array (root);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < json_array_get_length (stored); i++)
    {
      JsonObject *from = json_array_get_object_element (stored, i);
      JsonObject *to = json_object_new ();

      vrf_body_add_string (
          to, "signal", json_object_get_string_member_with_default (from, "signal", ""));
      vrf_body_add_string (
          to, "category", json_object_get_string_member_with_default (from, "category", ""));
      json_object_set_int_member (
          to, "weight", json_object_get_int_member_with_default (from, "weight", 0));
      json_object_set_string_member (to, "action", "score");
      vrf_body_add_time (
          to,
          "detected_at",
          json_object_get_int_member_with_default (from, "detected_at", result->created_at));
      json_array_add_object_element (array, to);
    }
  return array;
}

/** vrf_session_json_new_risk: the risk of 3.15 */
JsonNode *
vrf_session_json_new_risk (const VrfStoredSession *session, const VrfStoredResult *result)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "session_id", session->id);
  json_object_set_int_member (object, "risk_score", result->risk_score);
  json_object_set_string_member (object, "risk_level", vrf_presets_risk_level (result->risk_score));
  json_object_set_array_member (object, "signals", vrf_session_json_new_signals (result));
  json_object_set_boolean_member (object, "hard_block", FALSE);
  vrf_body_add_time (object, "computed_at", result->created_at);
  return vrf_body_take (object);
}

/** vrf_session_json_new_document: one document of 3.11, with an address that is signed; %NULL on
 * error */
JsonNode *
vrf_session_json_new_document (VrfService *service,
                               const VrfStoredSession *session,
                               const VrfStoredDocument *document,
                               GError **error)
{
  int life_s = vrf_service_get_organization (service)->image_url_expiry_s;
  g_autofree char *url =
      vrf_document_url_dup (service, session->id, document->doc_type, life_s, error);
  JsonObject *object = NULL;

  if (url == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "doc_type", document->doc_type);
  json_object_set_string_member (object, "mime_type", document->mime_type);
  json_object_set_string_member (object, "url", url);
  json_object_set_int_member (object, "expires_in", life_s);
  return vrf_body_take (object);
}

/** vrf_session_json_new_check: one attempt of 3.16 */
JsonNode *
vrf_session_json_new_check (const VrfStoredCheck *check)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "policy", check->policy);
  json_object_set_string_member (object, "status", check->status);
  json_object_set_int_member (object, "attempt", check->attempt);
  add_score (object, "score", check->score);
  vrf_body_add_string (object, "reason", check->reason);
  vrf_body_add_time (object, "started_at", check->started_at);
  vrf_body_add_time (
      object, "completed_at", is_pending (check) ? VRF_TIME_NONE : check->completed_at);
  if (is_pending (check))
    json_object_set_null_member (object, "duration_ms");
  else
    json_object_set_int_member (object, "duration_ms", check->duration_ms);
  return vrf_body_take (object);
}
