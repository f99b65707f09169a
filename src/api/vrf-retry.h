/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * VrfRetryOutcome:
 * @http_status: 0 when no answer came (network error or deadline)
 * @retry_after_s: from the answer, or -1
 * @may_repeat: the request changes nothing, or carries an idempotency key
 *
 * What came of one attempt.
 */
typedef struct
{
  guint http_status;
  int retry_after_s;
  gboolean may_repeat;
} VrfRetryOutcome;

/** VRF_RETRY_STOP: do not try again. */
#define VRF_RETRY_STOP (-1)

/** VRF_RETRY_MAX_ATTEMPTS: sends altogether (verifa-api.md 1.8). */
#define VRF_RETRY_MAX_ATTEMPTS 4

int
vrf_retry_delay_ms (guint attempt, const VrfRetryOutcome *outcome, double jitter);

G_END_DECLS
