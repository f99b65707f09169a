/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-service.h"

#include "base/vrf-error.h"
#include "base/vrf-random.h"
#include "base/vrf-signature.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-error-reply.h"

/* What the applicant's side may ask for (verifa-api.md 4, 8.6b). */

static gboolean
refuse_gone (GError **error, const char *code, const char *detail)
{
  vrf_error_reply_refuse (error, 410, code, detail);
  return FALSE;
}

static gboolean
check_replaced (const VrfStoredToken *token, GError **error)
{
  return !token->is_revoked || refuse_gone (error, "token_revoked", "This link was replaced.");
}

/* A link that was opened opens for the same browser only. */
static gboolean
check_link (VrfService *self, const VrfStoredToken *token, const char *visitor, GError **error)
{
  if (token->link_id == NULL)
    return TRUE;
  if (token->visitor == NULL)
    return token->expires_at > vrf_service_get_now (self)
           || refuse_gone (error, "token_expired", "This link has expired.");
  return (visitor != NULL && vrf_signature_equal (visitor, token->visitor))
         || refuse_gone (error, "token_consumed", "This link has already been used.");
}

static gboolean
check_state (const VrfStoredSession *session, GError **error)
{
  switch (session->state)
    {
    case VRF_STATE_PENDING:
    case VRF_STATE_CAPTURING:
    case VRF_STATE_PROCESSING:
    case VRF_STATE_SANDBOX_PENDING:
      return TRUE;
    case VRF_STATE_EXPIRED:
      return refuse_gone (error, "token_expired", "This link has expired.");
    case VRF_STATE_UNKNOWN:
    case VRF_STATE_AWAITING_EXTERNAL:
    case VRF_STATE_UNDER_REVIEW:
    case VRF_STATE_COMPLETED:
    case VRF_STATE_FAILED:
    default:
      return refuse_gone (error, "session_finished", "This verification is finished.");
    }
}

static VrfStoredSession *
find (VrfService *self,
      const char *text,
      const char *visitor,
      VrfStoredToken **ret_token,
      GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (self);
  g_autoptr (GError) local = NULL;
  g_autoptr (VrfStoredToken) token = vrf_sandbox_store_get_token (store, text, &local);
  g_autoptr (VrfStoredSession) session = NULL;

  if (token != NULL)
    session = vrf_sandbox_store_get_session_by_number (store, token->session_n, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (session == NULL || (vrf_service_get_sandbox_only (self) && !session->is_sandbox))
    {
      vrf_error_reply_refuse (error, 404, "not_found", "This link is not valid.");
      return NULL;
    }
  if (!check_state (session, error) || !check_replaced (token, error)
      || !check_link (self, token, visitor, error))
    return NULL;

  if (ret_token != NULL)
    *ret_token = g_steal_pointer (&token);
  return g_steal_pointer (&session);
}

/**
 * vrf_service_find_capture:
 * @self: a service
 * @token: from the path
 * @visitor: (nullable): from the cookie
 * @error: a refusal with status and code of verifa-api.md 8.6b, or from the database
 *
 * Looks only: nothing changes, no link is consumed.
 *
 * Returns: (nullable) (transfer full): the session that @token opens for @visitor
 */
VrfStoredSession *
vrf_service_find_capture (VrfService *self, const char *token, const char *visitor, GError **error)
{
  return find (self, token, visitor, NULL, error);
}

static gboolean
consume (VrfService *self, const VrfStoredToken *token, const char *visitor, GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (self);

  return vrf_sandbox_store_set_visitor (store, token->token, visitor, error)
         && (token->link_id == NULL
             || vrf_sandbox_store_consume_link (store, token->link_id, error));
}

/**
 * vrf_service_visit:
 * @self: a service
 * @token: from the path
 * @visitor: (nullable): from the cookie
 * @ret_visitor: (out) (transfer full): what the cookie is to say from now on
 * @error: a refusal with status and code of verifa-api.md 8.6b, or from the database
 *
 * The visit: `pending` becomes `capturing`, a one-time link is consumed and belongs to this browser
 * from then on. Coming again changes nothing. To be called in a transaction, or alone.
 *
 * Returns: (nullable) (transfer full): the session, after the visit
 */
VrfStoredSession *
vrf_service_visit (
    VrfService *self, const char *token, const char *visitor, char **ret_visitor, GError **error)
{
  g_autoptr (VrfStoredToken) found = NULL;
  g_autoptr (VrfStoredSession) session = find (self, token, visitor, &found, error);
  g_autofree char *name = NULL;

  if (session == NULL)
    return NULL;
  if (session->state == VRF_STATE_PENDING
      && !vrf_service_apply (self, session, VRF_EVENT_VISIT, NULL, error))
    return NULL;

  if (visitor != NULL && found->visitor != NULL && vrf_signature_equal (visitor, found->visitor))
    name = g_strdup (visitor);
  else
    {
      name = vrf_random_base64url (32);
      if (!consume (self, found, name, error))
        return NULL;
    }
  *ret_visitor = g_steal_pointer (&name);
  return g_steal_pointer (&session);
}

/**
 * vrf_service_consent:
 * @self: a service
 * @session: as it was read
 * @version: of the text the applicant agreed to
 * @peer: (nullable): the applicant's address
 * @error: a refusal, or from the database
 */
gboolean
vrf_service_consent (VrfService *self,
                     VrfStoredSession *session,
                     const char *version,
                     const char *peer,
                     GError **error)
{
  session->consent_at = vrf_service_get_now (self);
  vrf_stored_set (&session->consent_version, version);
  vrf_stored_set (&session->consent_ip, peer);
  return vrf_service_apply (self, session, VRF_EVENT_STEP, NULL, error);
}

static gboolean
check_consent (const VrfStoredSession *session, GError **error)
{
  if (session->consent_at != VRF_TIME_NONE)
    return TRUE;
  vrf_error_reply_refuse (error, 400, "bad_request", "Consent is needed first.");
  return FALSE;
}

/**
 * vrf_service_choose_document:
 * @self: a service
 * @session: as it was read
 * @document_type: one of verifa-api.md 2.7
 * @country: (nullable): where it was issued, ISO 3166-1 alpha-2
 * @state: (nullable): where in the United States
 * @error: a refusal (no consent yet among them), or from the database
 */
gboolean
vrf_service_choose_document (VrfService *self,
                             VrfStoredSession *session,
                             const char *document_type,
                             const char *country,
                             const char *state,
                             GError **error)
{
  if (!check_consent (session, error))
    return FALSE;
  vrf_stored_set (&session->document_type, document_type);
  vrf_stored_set (&session->document_country, country);
  vrf_stored_set (&session->document_state, state);
  return vrf_service_apply (self, session, VRF_EVENT_STEP, NULL, error);
}

static gboolean
write_document (VrfService *self,
                VrfStoredSession *session,
                VrfStoredDocument *document,
                GError **error)
{
  g_free (document->id);
  document->id = vrf_random_id ("doc_");
  document->session_n = session->n;
  document->size = (gint64) g_bytes_get_size (document->data);
  document->created_at = vrf_service_get_now (self);
  return vrf_sandbox_store_put_document (vrf_service_get_store (self), document, error);
}

/**
 * vrf_service_put_document:
 * @self: a service
 * @session: as it was read
 * @document: doc_type, mime_type and data; the rest is filled in
 * @error: a refusal (no consent yet among them), or from the database
 *
 * The same type again replaces the picture.
 */
gboolean
vrf_service_put_document (VrfService *self,
                          VrfStoredSession *session,
                          VrfStoredDocument *document,
                          GError **error)
{
  return check_consent (session, error)
         && vrf_service_apply (self, session, VRF_EVENT_STEP, NULL, error)
         && write_document (self, session, document, error);
}

/**
 * vrf_service_upload_document:
 * @self: a service
 * @session: as it was read
 * @document: doc_type, mime_type and data; the rest is filled in
 * @error: a refusal, or from the database
 *
 * What an API key uploads (verifa-api.md 3.11): whoever holds it has asked the applicant. A pending
 * session is being captured from then on.
 */
gboolean
vrf_service_upload_document (VrfService *self,
                             VrfStoredSession *session,
                             VrfStoredDocument *document,
                             GError **error)
{
  return vrf_service_apply (self, session, VRF_EVENT_UPLOAD, NULL, error)
         && write_document (self, session, document, error);
}
