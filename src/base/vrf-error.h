/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * VrfError:
 * @VRF_ERROR_ARGUMENT: what the person or the caller gave cannot be used
 * @VRF_ERROR_OFFLINE: the server could not be reached; nothing was answered
 * @VRF_ERROR_TIMEOUT: a deadline of ours passed before the answer was whole
 * @VRF_ERROR_TLS: the server's identity could not be proved
 * @VRF_ERROR_REDIRECT: the server answered with a redirect, which is never followed
 * @VRF_ERROR_TOO_LARGE: the answer is larger than we read
 * @VRF_ERROR_REPLY: the answer is not what the contract says (not JSON, wrong type, truncated)
 * @VRF_ERROR_BAD_REQUEST: 400, not possible in this state
 * @VRF_ERROR_UNAUTHORIZED: 401, key missing, unknown, expired or revoked
 * @VRF_ERROR_FORBIDDEN: 403, the key may not do this
 * @VRF_ERROR_NOT_FOUND: 404, no such object in this environment
 * @VRF_ERROR_CONFLICT: 409
 * @VRF_ERROR_GONE: 410
 * @VRF_ERROR_INVALID: 422, a field is not acceptable
 * @VRF_ERROR_IDEMPOTENCY: 422, the idempotency key was used with other parameters
 * @VRF_ERROR_RATE_LIMITED: 429
 * @VRF_ERROR_SERVER: 5xx
 * @VRF_ERROR_NOT_IMPLEMENTED: 501
 * @VRF_ERROR_SIGNATURE: a signature does not match or is too old
 * @VRF_ERROR_STORE: the database could not be read or written
 * @VRF_ERROR_STORE_BUSY: another process uses the database
 * @VRF_ERROR_STORE_NEWER: the database was made by a newer version of the program
 * @VRF_ERROR_SECRET: the Secret Service is missing, locked or refused
 *
 * The one error domain of this project. Cancellation stays %G_IO_ERROR_CANCELLED.
 */
typedef enum
{
  VRF_ERROR_ARGUMENT,
  VRF_ERROR_OFFLINE,
  VRF_ERROR_TIMEOUT,
  VRF_ERROR_TLS,
  VRF_ERROR_REDIRECT,
  VRF_ERROR_TOO_LARGE,
  VRF_ERROR_REPLY,
  VRF_ERROR_BAD_REQUEST,
  VRF_ERROR_UNAUTHORIZED,
  VRF_ERROR_FORBIDDEN,
  VRF_ERROR_NOT_FOUND,
  VRF_ERROR_CONFLICT,
  VRF_ERROR_GONE,
  VRF_ERROR_INVALID,
  VRF_ERROR_IDEMPOTENCY,
  VRF_ERROR_RATE_LIMITED,
  VRF_ERROR_SERVER,
  VRF_ERROR_NOT_IMPLEMENTED,
  VRF_ERROR_SIGNATURE,
  VRF_ERROR_STORE,
  VRF_ERROR_STORE_BUSY,
  VRF_ERROR_STORE_NEWER,
  VRF_ERROR_SECRET,
} VrfError;

#define VRF_ERROR (vrf_error_quark ())
GQuark
vrf_error_quark (void);

/**
 * VrfErrorHttp:
 * @status: the HTTP status, or 0 when there was no answer
 * @api_code: (nullable): the `error` member of the answer, such as `not_found`
 * @retry_after_s: seconds from `Retry-After`, or -1
 * @request_id: (nullable): the server's name for the request, for support
 * @field: (nullable): on 422, the first field that was refused
 *
 * What travels on an error beside its message (verifa-api.md 1.8). Borrowed strings.
 */
typedef struct
{
  guint status;
  const char *api_code;
  int retry_after_s;
  const char *request_id;
  const char *field;
} VrfErrorHttp;

#define VRF_ERROR_HTTP_INIT                                                                        \
  {                                                                                                \
    .retry_after_s = -1                                                                            \
  }

GError *
vrf_error_new_http (VrfError code,
                    const VrfErrorHttp *http,
                    const char *message) G_GNUC_WARN_UNUSED_RESULT;

VrfError
vrf_error_from_http_status (guint status, const char *api_code);

guint
vrf_error_get_http_status (const GError *error);
const char *
vrf_error_get_api_code (const GError *error);
int
vrf_error_get_retry_after_s (const GError *error);
const char *
vrf_error_get_request_id (const GError *error);
const char *
vrf_error_get_field (const GError *error);

G_END_DECLS
