/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-document-url.h"

#include "base/vrf-random.h"
#include "base/vrf-signature.h"
#include "sandbox/vrf-error-reply.h"

/* The signed address of a document (verifa-api.md 3.11): whoever has it may read that document, and
 * no other, until it expires. */

#define META_NAME "document_secret"

/* Made when it is needed first. */
static char *
dup_secret (VrfService *service, GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (service);
  g_autofree char *secret = NULL;

  if (!vrf_sandbox_store_get_meta (store, META_NAME, &secret, error))
    return NULL;
  if (secret != NULL)
    return g_steal_pointer (&secret);
  secret = vrf_random_base64url (32);
  if (!vrf_sandbox_store_set_meta (store, META_NAME, secret, error))
    return NULL;
  return g_steal_pointer (&secret);
}

static char *
dup_signature (VrfService *service,
               const char *session_id,
               const char *doc_type,
               const char *expires,
               GError **error)
{
  g_autofree char *secret = dup_secret (service, error);
  g_autofree char *text = g_strdup_printf ("%s.%s.%s", session_id, doc_type, expires);

  return secret != NULL ? vrf_signature_hmac_hex (secret, text, strlen (text)) : NULL;
}

/**
 * vrf_document_url_dup:
 * @service: whose clock counts
 * @session_id: whose document
 * @doc_type: `id_front`
 * @life_s: how long the address is good
 * @error: from the database
 *
 * Returns: (nullable) (transfer full): the address
 */
char *
vrf_document_url_dup (
    VrfService *service, const char *session_id, const char *doc_type, int life_s, GError **error)
{
  gint64 at = vrf_service_get_now (service) / G_USEC_PER_SEC + life_s;
  g_autofree char *expires = g_strdup_printf ("%" G_GINT64_FORMAT, at);
  g_autofree char *signature = dup_signature (service, session_id, doc_type, expires, error);

  if (signature == NULL)
    return NULL;
  return g_strdup_printf ("%s/api/v1/sessions/%s/documents/%s?expires=%s&sig=%s",
                          vrf_service_get_base_url (service),
                          session_id,
                          doc_type,
                          expires,
                          signature);
}

static gboolean
refuse (GError **error, const char *detail)
{
  vrf_error_reply_refuse (error, 403, "forbidden", detail);
  return FALSE;
}

/**
 * vrf_document_url_check:
 * @service: whose clock counts
 * @session_id: from the path
 * @doc_type: from the path
 * @expires: (nullable): from the query
 * @signature: (nullable): from the query
 * @error: 403 with what is the matter, or from the database
 *
 * Returns: whether the address was made by vrf_document_url_dup() and is good still
 */
gboolean
vrf_document_url_check (VrfService *service,
                        const char *session_id,
                        const char *doc_type,
                        const char *expires,
                        const char *signature,
                        GError **error)
{
  g_autofree char *wanted = NULL;
  gint64 at = 0;

  if (expires == NULL || signature == NULL)
    return refuse (error, "The address is not signed.");
  wanted = dup_signature (service, session_id, doc_type, expires, error);
  if (wanted == NULL)
    return FALSE;
  /* What has been signed is a number. */
  if (!vrf_signature_equal (signature, wanted)
      || !g_ascii_string_to_signed (expires, 10, 0, G_MAXINT64 / G_USEC_PER_SEC, &at, NULL))
    return refuse (error, "The address's signature is not valid.");
  if (vrf_service_get_now (service) >= at * G_USEC_PER_SEC)
    return refuse (error, "The address has expired.");
  return TRUE;
}
