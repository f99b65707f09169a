/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** VRF_POSTER_DEADLINE_MS: how long a receiver may take (verifa-api.md 5.3). */
#define VRF_POSTER_DEADLINE_MS (30 * 1000)

/**
 * VrfPost:
 * @url: where to
 * @secret: what it is signed with
 * @delivery_id: `X-Verifa-Delivery-Id`
 * @event: `X-Verifa-Event`
 * @body: JSON
 *
 * A webhook to be sent. Borrowed.
 */
typedef struct
{
  const char *url;
  const char *secret;
  const char *delivery_id;
  const char *event;
  GBytes *body;
} VrfPost;

/**
 * VrfPostOutcome:
 * @succeeded: whether the receiver took it: 2xx in time
 * @http_status: what it answered; 0 for no answer
 * @problem: (nullable): what went wrong, in English
 * @took_ms: how long it took, up to the answer or the failure
 */
typedef struct
{
  gboolean succeeded;
  int http_status;
  char *problem;
  int took_ms;
} VrfPostOutcome;

void
vrf_post_outcome_free (VrfPostOutcome *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfPostOutcome, vrf_post_outcome_free)

#define VRF_TYPE_POSTER (vrf_poster_get_type ())
G_DECLARE_FINAL_TYPE (VrfPoster, vrf_poster, VRF, POSTER, GObject)

VrfPoster *
vrf_poster_new (gboolean anywhere, guint deadline_ms) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_poster_send_async (VrfPoster *self,
                       const VrfPost *post,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
VrfPostOutcome *
vrf_poster_send_finish (VrfPoster *self,
                        GAsyncResult *result,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
