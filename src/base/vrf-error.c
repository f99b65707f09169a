/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-base"

#include "config.h"

#include "base/vrf-error.h"

typedef struct
{
  guint status;
  int retry_after_s;
  char *api_code;
  char *request_id;
  char *field;
} VrfErrorPrivate;

static void
vrf_error_private_init (VrfErrorPrivate *priv)
{
  priv->retry_after_s = -1;
}

static void
vrf_error_private_copy (const VrfErrorPrivate *from, VrfErrorPrivate *to)
{
  to->status = from->status;
  to->retry_after_s = from->retry_after_s;
  to->api_code = g_strdup (from->api_code);
  to->request_id = g_strdup (from->request_id);
  to->field = g_strdup (from->field);
}

static void
vrf_error_private_clear (VrfErrorPrivate *priv)
{
  g_clear_pointer (&priv->api_code, g_free);
  g_clear_pointer (&priv->request_id, g_free);
  g_clear_pointer (&priv->field, g_free);
}

G_DEFINE_EXTENDED_ERROR (VrfError, vrf_error)

static const VrfErrorPrivate *
http_of (const GError *error)
{
  if (error == NULL || error->domain != VRF_ERROR)
    return NULL;
  return vrf_error_get_private (error);
}

/**
 * vrf_error_new_http:
 * @code: a code of the domain
 * @http: what the answer said
 * @message: a sentence for a person
 *
 * Returns: (transfer full): an error that carries @http beside its message
 */
GError *
vrf_error_new_http (VrfError code, const VrfErrorHttp *http, const char *message)
{
  GError *error = g_error_new_literal (VRF_ERROR, code, message);
  VrfErrorPrivate *priv = vrf_error_get_private (error);

  priv->status = http->status;
  priv->retry_after_s = http->retry_after_s;
  priv->api_code = g_strdup (http->api_code);
  priv->request_id = g_strdup (http->request_id);
  priv->field = g_strdup (http->field);
  return error;
}

/**
 * vrf_error_from_http_status:
 * @status: an HTTP status outside 2xx
 * @api_code: (nullable): the `error` member of the body
 *
 * Maps a status to the domain's code (verifa-api.md 1.8).
 */
VrfError
vrf_error_from_http_status (guint status, const char *api_code)
{
  switch (status)
    {
    case 401:
      return VRF_ERROR_UNAUTHORIZED;
    case 403:
      return VRF_ERROR_FORBIDDEN;
    case 404:
      return VRF_ERROR_NOT_FOUND;
    case 409:
      return VRF_ERROR_CONFLICT;
    case 410:
      return VRF_ERROR_GONE;
    case 413:
      return VRF_ERROR_TOO_LARGE;
    case 422:
      return g_strcmp0 (api_code, "idempotency_mismatch") == 0 ? VRF_ERROR_IDEMPOTENCY
                                                               : VRF_ERROR_INVALID;
    case 429:
      return VRF_ERROR_RATE_LIMITED;
    case 501:
      return VRF_ERROR_NOT_IMPLEMENTED;
    default:
      break;
    }

  if (status >= 500)
    return VRF_ERROR_SERVER;
  if (status >= 400)
    return VRF_ERROR_BAD_REQUEST;
  if (status >= 300)
    return VRF_ERROR_REDIRECT;
  return VRF_ERROR_REPLY;
}

/**
 * vrf_error_get_http_status:
 * @error: (nullable): any error
 *
 * Returns: the HTTP status, or 0 when @error has none
 */
guint
vrf_error_get_http_status (const GError *error)
{
  const VrfErrorPrivate *priv = http_of (error);

  return priv != NULL ? priv->status : 0;
}

/**
 * vrf_error_get_api_code:
 * @error: (nullable): any error
 *
 * Returns: (nullable) (transfer none): the API's own code, such as `not_found`
 */
const char *
vrf_error_get_api_code (const GError *error)
{
  const VrfErrorPrivate *priv = http_of (error);

  return priv != NULL ? priv->api_code : NULL;
}

/**
 * vrf_error_get_retry_after_s:
 * @error: (nullable): any error
 *
 * Returns: the seconds the server asked to wait, or -1
 */
int
vrf_error_get_retry_after_s (const GError *error)
{
  const VrfErrorPrivate *priv = http_of (error);

  return priv != NULL ? priv->retry_after_s : -1;
}

/**
 * vrf_error_get_request_id:
 * @error: (nullable): any error
 *
 * Returns: (nullable) (transfer none): the server's name for the request
 */
const char *
vrf_error_get_request_id (const GError *error)
{
  const VrfErrorPrivate *priv = http_of (error);

  return priv != NULL ? priv->request_id : NULL;
}

/**
 * vrf_error_get_field:
 * @error: (nullable): any error
 *
 * Returns: (nullable) (transfer none): the first refused field of a 422
 */
const char *
vrf_error_get_field (const GError *error)
{
  const VrfErrorPrivate *priv = http_of (error);

  return priv != NULL ? priv->field : NULL;
}
