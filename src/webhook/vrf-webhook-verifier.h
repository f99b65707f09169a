/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** VRF_WEBHOOK_TOLERANCE_S: how far a delivery's time may be from ours (verifa-api.md 5.3). */
#define VRF_WEBHOOK_TOLERANCE_S 300

/**
 * VrfWebhookVerdict:
 * @VRF_WEBHOOK_VERDICT_GOOD: it comes from who knows the secret, unchanged, and is fresh
 * @VRF_WEBHOOK_VERDICT_MISSING: there is no signature
 * @VRF_WEBHOOK_VERDICT_MALFORMED: the header is neither `t=…,v1=…` nor, where that is allowed, 64
 *   hex digits
 * @VRF_WEBHOOK_VERDICT_DIFFERENT: another secret, another body or another time was signed
 * @VRF_WEBHOOK_VERDICT_TOO_OLD: rightly signed, but longer ago than the tolerance
 * @VRF_WEBHOOK_VERDICT_TOO_NEW: rightly signed, but further ahead of our clock than the tolerance
 *
 * The time is part of what is signed, so it is judged last: before, it is anybody's word.
 */
typedef enum
{
  VRF_WEBHOOK_VERDICT_GOOD,
  VRF_WEBHOOK_VERDICT_MISSING,
  VRF_WEBHOOK_VERDICT_MALFORMED,
  VRF_WEBHOOK_VERDICT_DIFFERENT,
  VRF_WEBHOOK_VERDICT_TOO_OLD,
  VRF_WEBHOOK_VERDICT_TOO_NEW,
} VrfWebhookVerdict;

/**
 * VrfWebhookForms:
 * @VRF_WEBHOOK_FORMS_TIMED: `t=…,v1=…` only
 * @VRF_WEBHOOK_FORMS_LEGACY_TOO: bare hex as well, which has no time and so can be replayed
 */
typedef enum
{
  VRF_WEBHOOK_FORMS_TIMED,
  VRF_WEBHOOK_FORMS_LEGACY_TOO,
} VrfWebhookForms;

VrfWebhookVerdict
vrf_webhook_verify (
    const char *header, GBytes *body, const char *secret, VrfWebhookForms forms, gint64 now_us);
gint64
vrf_webhook_header_get_time (const char *header);

G_END_DECLS
