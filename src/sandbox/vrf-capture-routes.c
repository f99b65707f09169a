/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-capture-routes.h"

#include "base/vrf-enum.h"
#include "base/vrf-error.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-capture-assets.h"
#include "sandbox/vrf-capture-place.h"
#include "sandbox/vrf-capture-private.h"

/* The applicant's side. The token in the path is the credential; fetching the page changes nothing,
 * loading its state is the visit. Neither the token nor anything the applicant gives is logged. */

#define COOKIE "vrf_visitor"
#define MAX_COOKIE 128
#define MAX_VERSION 32

/* Our cookie's value out of a `Cookie` header, if it looks like one of ours. */
static char *
dup_visitor (VrfRequest *request)
{
  const char *header = vrf_request_get_header (request, "Cookie");
  g_auto (GStrv) pairs = header != NULL ? g_strsplit (header, ";", 64) : NULL;

  for (guint i = 0; pairs != NULL && pairs[i] != NULL; i++)
    {
      const char *pair = g_strstrip (pairs[i]);

      if (g_str_has_prefix (pair, COOKIE "=") && strlen (pair) < MAX_COOKIE)
        return g_strdup (pair + strlen (COOKIE "="));
    }

  return NULL;
}

/* The browser gets the cookie back for this token only. The token is one of ours: it was found. */
static void
set_visitor (VrfReply *reply, const char *token, const char *visitor)
{
  g_autofree char *cookie = g_strdup_printf (
      COOKIE "=%s; Path=/verify/%s; HttpOnly; SameSite=Strict; Max-Age=86400", visitor, token);

  vrf_reply_set_header (reply, "Set-Cookie", cookie);
}

gboolean
vrf_capture_refuse_order (GError **error, const char *detail)
{
  vrf_error_reply_refuse (error, 400, "bad_request", detail);

  return FALSE;
}

gboolean
vrf_capture_need_consent (VrfCaptureCall *call, GError **error)
{
  if (call->session->consent_at != VRF_TIME_NONE)
    return TRUE;

  return vrf_capture_refuse_order (error, "Consent is needed first.");
}

VrfCapturePlan *
vrf_capture_call_plan (VrfCaptureCall *call, GError **error)
{
  return vrf_capture_plan_new (vrf_service_get_store (call->service), call->session, error);
}

/* Consent is there, and the workflow has @step; @detail says that it has not. */
gboolean
vrf_capture_need_step (VrfCaptureCall *call,
                       VrfCaptureStep step,
                       const char *detail,
                       GError **error)
{
  g_autoptr (VrfCapturePlan) plan = vrf_capture_call_plan (call, error);

  if (plan == NULL || !vrf_capture_need_consent (call, error))
    return FALSE;

  return vrf_capture_plan_get (plan, step) != VRF_CAPTURE_ABSENT
         || vrf_capture_refuse_order (error, detail);
}

/* What most steps answer: the session's id and status, and one more member. */
void
vrf_capture_reply_status (VrfCaptureCall *call,
                          VrfReply *reply,
                          const char *name,
                          const char *value)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "session_id", call->session->id);
  json_object_set_string_member (
      object, "status", vrf_enum_to_nick (vrf_engine_states, call->session->state));
  if (name != NULL)
    json_object_set_string_member (object, name, value);
  json_node_take_object (node, object);
  vrf_reply_set_json (reply, 200, node);
}

/* A link that worked once tells where to get another; the others tell nothing. */
static void
refuse (VrfRequest *request, VrfReply *reply, const GError *error)
{
  const char *code = vrf_error_get_api_code (error);

  vrf_error_reply_set_error (reply, error);
  if (g_strcmp0 (code, "token_expired") == 0 || g_strcmp0 (code, "token_revoked") == 0)
    vrf_capture_place_add_to_refusal (vrf_request_get_service (request),
                                      vrf_request_get_param (request, "token"),
                                      json_node_get_object (reply->json));
}

/* Finds the session and does one step of it. */
static void
run_step (VrfRequest *request, VrfReply *reply, VrfCaptureStepFunc step)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *visitor = dup_visitor (request);
  VrfService *service = vrf_request_get_service (request);
  g_autoptr (VrfStoredSession) session =
      vrf_service_find_capture (service, vrf_request_get_param (request, "token"), visitor, &error);
  VrfCaptureCall call = { .request = request, .service = service, .session = session };

  if (session == NULL || !step (&call, reply, &error))
    refuse (request, reply, error);
  vrf_capture_assets_set_headers (reply);
}

static VrfStoredSession *
visit (VrfRequest *request, VrfReply *reply, GError **error)
{
  VrfService *service = vrf_request_get_service (request);
  const char *token = vrf_request_get_param (request, "token");
  g_autofree char *visitor = dup_visitor (request);
  g_autofree char *now_known_as = NULL;
  VrfStoredSession *session = vrf_service_visit (service, token, visitor, &now_known_as, error);

  if (session != NULL)
    set_visitor (reply, token, now_known_as);

  return session;
}

/* A visit writes, and a GET has no transaction around it. */
static VrfStoredSession *
visit_in_transaction (VrfRequest *request, VrfReply *reply, GError **error)
{
  VrfSandboxStore *store = vrf_request_get_store (request);
  g_autoptr (VrfStoredSession) session = NULL;

  if (!vrf_sandbox_store_begin (store, error))
    return NULL;
  session = visit (request, reply, error);
  if (session == NULL || !vrf_sandbox_store_commit (store, error))
    {
      vrf_sandbox_store_rollback (store);
      return NULL;
    }

  return g_steal_pointer (&session);
}

static gboolean
reply_state (VrfRequest *request, VrfReply *reply, VrfStoredSession *session, GError **error)
{
  VrfSandboxStore *store = vrf_request_get_store (request);
  g_autoptr (VrfCapturePlan) plan = vrf_capture_plan_new (store, session, error);

  if (plan == NULL)
    return FALSE;
  vrf_reply_set_json (
      reply, 200, vrf_capture_plan_to_json (plan, vrf_request_get_service (request)));

  return TRUE;
}

static gboolean
wants_json (VrfRequest *request)
{
  const char *accept = vrf_request_get_header (request, "Accept");

  return accept != NULL && strstr (accept, "application/json") != NULL
         && strstr (accept, "text/html") == NULL;
}

/* GET /verify/{token}: the page, or the visit */
static void
handle_open (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfStoredSession) session = NULL;

  if (!wants_json (request))
    {
      vrf_capture_assets_reply_page (request, reply);
      return;
    }
  session = visit_in_transaction (request, reply, &error);
  if (session == NULL || !reply_state (request, reply, session, &error))
    refuse (request, reply, error);
  vrf_capture_assets_set_headers (reply);
}

static const char *
get_text (JsonObject *body, const char *name)
{
  JsonNode *node = json_object_get_member (body, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static gboolean
is_true (JsonObject *body, const char *name)
{
  JsonNode *node = json_object_get_member (body, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

/* POST …/consent: the first step, and with an API client the visit; what is refused is none. */
static gboolean
step_consent (VrfCaptureCall *call, VrfReply *reply, GError **error)
{
  JsonObject *body = vrf_request_get_body (call->request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfStoredSession) session = NULL;
  VrfCaptureCall visited = *call;
  const char *version =
      json_object_has_member (body, "consent_version") ? get_text (body, "consent_version") : "1.0";

  if (!is_true (body, "consent"))
    vrf_field_errors_add (errors, "consent", "required", "must be true");
  if (version == NULL || *version == '\0' || g_utf8_strlen (version, -1) > MAX_VERSION)
    vrf_field_errors_add (
        errors, "consent_version", "string_length", "must have 1 to 32 characters");
  if (vrf_field_errors_reply (errors, reply))
    return TRUE;

  session = visit (call->request, reply, error);
  if (session == NULL
      || !vrf_service_consent (
          call->service, session, version, vrf_request_get_peer (call->request), error))
    return FALSE;
  visited.session = session;
  vrf_capture_reply_status (&visited, reply, NULL, NULL);

  return TRUE;
}

/** vrf_capture_is_country: Returns: whether @text has the form of ISO 3166-1 alpha-2, and no more
 * is asked of it (verifa-api.md 8.2) */
gboolean
vrf_capture_is_country (const char *text)
{
  return strlen (text) == 2 && g_ascii_isalpha (text[0]) && g_ascii_isalpha (text[1]);
}

static gboolean
is_state (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > 8)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '-')
      return FALSE;

  return TRUE;
}

/* Another type means other pictures: those of the type before go. */
static gboolean
choose_type (VrfCaptureCall *call, const char *type, const char *country, GError **error)
{
  const char *state = get_text (vrf_request_get_body (call->request), "state");
  g_autofree char *upper = country != NULL ? g_ascii_strup (country, -1) : NULL;
  gboolean is_other =
      call->session->document_type != NULL && !g_str_equal (call->session->document_type, type);
  gint64 n_dropped = 0;

  if (!vrf_service_choose_document (call->service, call->session, type, upper, state, error))
    return FALSE;

  return !is_other
         || vrf_sandbox_store_drop_documents (
             vrf_service_get_store (call->service), call->session->n, &n_dropped, error);
}

static gboolean
step_document_type (VrfCaptureCall *call, VrfReply *reply, GError **error)
{
  JsonObject *body = vrf_request_get_body (call->request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfCapturePlan) plan = vrf_capture_call_plan (call, error);
  const char *type = get_text (body, "document_type");
  const char *country = get_text (body, "country");
  const char *state = get_text (body, "state");

  if (plan == NULL)
    return FALSE;
  if (type == NULL || !vrf_capture_plan_accepts_type (plan, type))
    vrf_field_errors_add (errors,
                          "document_type",
                          type == NULL ? "required" : "enum",
                          "must be one of the document types of this verification");
  if (json_object_has_member (body, "country")
      && (country == NULL || !vrf_capture_is_country (country)))
    vrf_field_errors_add (errors, "country", "string_length", "must be exactly 2 letters");
  if (json_object_has_member (body, "state") && (state == NULL || !is_state (state)))
    vrf_field_errors_add (errors, "state", "string_pattern", "must be the short form of a state");
  if (vrf_field_errors_reply (errors, reply))
    return TRUE;
  if (!vrf_capture_need_consent (call, error) || !choose_type (call, type, country, error))
    return FALSE;
  vrf_capture_reply_status (call, reply, "document_type", type);

  return TRUE;
}

static gboolean
step_complete (VrfCaptureCall *call, VrfReply *reply, GError **error)
{
  g_autoptr (VrfCapturePlan) plan = vrf_capture_call_plan (call, error);
  const char *missing = NULL;

  if (plan == NULL)
    return FALSE;
  missing =
      vrf_engine_is_capturable (call->session->state) ? vrf_capture_plan_find_missing (plan) : NULL;
  if (missing != NULL)
    {
      g_autofree char *detail = g_strdup_printf ("Not everything is here yet: %s.", missing);
      return vrf_capture_refuse_order (error, detail);
    }
  if (!vrf_service_apply (call->service, call->session, VRF_EVENT_COMPLETE, NULL, error))
    return FALSE;
  vrf_capture_reply_status (call, reply, NULL, NULL);

  return TRUE;
}

static void
reply_outcome (VrfCaptureCall *call, VrfReply *reply, const char *destination)
{
  JsonObject *object = NULL;

  vrf_capture_reply_status (call, reply, NULL, NULL);
  object = json_node_get_object (reply->json);
  if (call->session->result_status != NULL)
    json_object_set_string_member (object, "result_status", call->session->result_status);
  else
    json_object_set_null_member (object, "result_status");
  if (destination != NULL)
    json_object_set_string_member (object, "redirect_url", destination);
  else
    json_object_set_null_member (object, "redirect_url");
}

/* verifa-api.md 4.1; nothing but the sandbox has it. */
static gboolean
step_outcome (VrfCaptureCall *call, VrfReply *reply, GError **error)
{
  const char *nick = get_text (vrf_request_get_body (call->request), "outcome");
  const VrfPreset *preset = vrf_presets_find (nick);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfCapturePlan) plan = vrf_capture_call_plan (call, error);
  g_autofree char *destination = NULL;

  if (plan == NULL)
    return FALSE;
  if (preset == NULL && call->session->is_sandbox)
    {
      vrf_field_errors_add (
          errors, "outcome", nick == NULL ? "required" : "enum", "must be one of the outcomes");
      vrf_field_errors_reply (errors, reply);
      return TRUE;
    }
  if (preset == NULL) /* a live session refuses whatever was asked */
    preset = vrf_presets_find ("approve");
  if (!vrf_service_apply (call->service, call->session, VRF_EVENT_OUTCOME, preset, error))
    return FALSE;
  destination = vrf_capture_plan_dup_destination (plan);
  reply_outcome (call, reply, destination);

  return TRUE;
}

#define HANDLER(name, step)                                                                        \
  static void name (VrfRequest *request, VrfReply *reply)                                          \
  {                                                                                                \
    run_step (request, reply, step);                                                               \
  }

HANDLER (handle_consent, step_consent)
HANDLER (handle_document_type, step_document_type)
HANDLER (handle_documents, vrf_capture_step_documents)
HANDLER (handle_selfie, vrf_capture_step_selfie)
HANDLER (handle_address, vrf_capture_step_address)
HANDLER (handle_liveness, vrf_capture_step_liveness)
HANDLER (handle_signals, vrf_capture_step_signals)
HANDLER (handle_fields, vrf_capture_step_fields)
HANDLER (handle_complete, step_complete)
HANDLER (handle_outcome, step_outcome)

/* Asking writes: challenges are good until others are asked for. */
static gboolean
step_ask_liveness (VrfCaptureCall *call, VrfReply *reply, GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (call->service);

  if (!vrf_sandbox_store_begin (store, error))
    return FALSE;
  if (vrf_capture_step_ask_liveness (call, reply, error) && vrf_sandbox_store_commit (store, error))
    return TRUE;
  vrf_sandbox_store_rollback (store);

  return FALSE;
}

HANDLER (handle_ask_liveness, step_ask_liveness)

/* Pictures are large: they are read for those only who have a link that opens something. */
static gboolean
check_token (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *visitor = dup_visitor (request);
  g_autoptr (VrfStoredSession) session = vrf_service_find_capture (
      vrf_request_get_service (request), vrf_request_get_param (request, "token"), visitor, &error);

  if (session != NULL)
    return TRUE;
  refuse (request, reply, error);
  vrf_capture_assets_set_headers (reply);

  return FALSE;
}

#define PLAIN VRF_ROUTE_NO_KEY
#define UPLOAD (VRF_ROUTE_NO_KEY | VRF_ROUTE_MULTIPART)

const VrfRoute vrf_capture_routes[] = {
  { "GET", "/verify/assets/{name}", NULL, vrf_capture_assets_handle, PLAIN },
  { "GET", "/verify/{token}", NULL, handle_open, PLAIN },
  { "POST", "/verify/{token}/consent", NULL, handle_consent, PLAIN },
  { "POST", "/verify/{token}/document-type", NULL, handle_document_type, PLAIN },
  { "POST", "/verify/{token}/documents", NULL, handle_documents, UPLOAD, check_token },
  { "POST", "/verify/{token}/selfie", NULL, handle_selfie, UPLOAD, check_token },
  { "GET", "/verify/{token}/liveness", NULL, handle_ask_liveness, PLAIN },
  { "POST", "/verify/{token}/liveness", NULL, handle_liveness, PLAIN },
  { "POST", "/verify/{token}/signals", NULL, handle_signals, PLAIN },
  { "POST", "/verify/{token}/fields", NULL, handle_fields, PLAIN },
  { "POST", "/verify/{token}/proof-of-address", NULL, handle_address, UPLOAD, check_token },
  { "POST", "/verify/{token}/complete", NULL, handle_complete, PLAIN },
  { "POST", "/verify/{token}/sandbox-outcome", NULL, handle_outcome, PLAIN },
  { NULL },
};
