/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "api/vrf-http-reply.h"

G_BEGIN_DECLS

/* One HTTP attempt. Inside api/ only: everybody else uses VrfApiClient. */
#define VRF_TYPE_TRANSPORT (vrf_transport_get_type ())
G_DECLARE_FINAL_TYPE (VrfTransport, vrf_transport, VRF, TRANSPORT, GObject)

/**
 * VrfTimings:
 * @connect_ms: from the start of an attempt until connected, handshake included
 * @headers_ms: from the start until the answer's headers
 * @body_ms: from the start until the answer is whole
 * @retry_unit_ms: how long a second of a retry delay lasts
 *
 * How long things may take.
 */
typedef struct
{
  guint connect_ms;
  guint headers_ms;
  guint body_ms;
  guint retry_unit_ms;
} VrfTimings;

/** VRF_TIMINGS_DEFAULT: what every client starts with. */
extern const VrfTimings VRF_TIMINGS_DEFAULT;

/**
 * VrfRequest:
 * @method: an HTTP method, static
 * @path: what follows the base URL, `/api/v1/…` with its query, escaped
 * @body: (nullable): JSON
 * @idempotency_key: (nullable): 1 to 255 printable ASCII characters
 * @accept: (nullable): the media types wanted, `application/json` when %NULL
 * @max_bytes: the largest answer that is read, %VRF_HTTP_REPLY_MAX_BYTES when 0
 *
 * What is sent. All members are borrowed.
 */
typedef struct
{
  const char *method;
  const char *path;
  GBytes *body;
  const char *idempotency_key;
  const char *accept;
  gsize max_bytes;
} VrfRequest;

VrfTransport *
vrf_transport_new (const char *base_url,
                   const char *api_key,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

const char *
vrf_transport_get_base_url (VrfTransport *self);
const VrfTimings *
vrf_transport_get_timings (VrfTransport *self);
void
vrf_transport_set_timings (VrfTransport *self, const VrfTimings *timings);

gboolean
vrf_request_may_repeat (const VrfRequest *request);
void
vrf_transport_send_async (VrfTransport *self,
                          const VrfRequest *request,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
VrfHttpReply *
vrf_transport_send_finish (VrfTransport *self,
                           GAsyncResult *result,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
