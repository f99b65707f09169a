/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fuzz.h"

#include "base/vrf-signature.h"
#include "webhook/vrf-webhook-event.h"
#include "webhook/vrf-webhook-verifier.h"

/* A delivery: the first line is the signature's header, the rest the body. Nobody who does not know
 * the secret gets a good verdict; what was rightly signed always does. */

#define SECRET "whsec_fuzz"
#define NOW_S 1700000000

static void
judge (const char *header, GBytes *body)
{
  gint64 now_us = NOW_S * (gint64) G_USEC_PER_SEC;
  g_autofree char *real = vrf_signature_sign (SECRET, NOW_S, body);

  g_assert_cmpint (vrf_webhook_verify (real, body, SECRET, VRF_WEBHOOK_FORMS_TIMED, now_us),
                   ==,
                   VRF_WEBHOOK_VERDICT_GOOD);
  g_assert_cmpint (vrf_webhook_verify (header, body, SECRET, VRF_WEBHOOK_FORMS_TIMED, now_us),
                   !=,
                   VRF_WEBHOOK_VERDICT_GOOD);
  g_assert_cmpint (vrf_webhook_verify (header, body, SECRET, VRF_WEBHOOK_FORMS_LEGACY_TOO, now_us),
                   !=,
                   VRF_WEBHOOK_VERDICT_GOOD);
  vrf_webhook_header_get_time (header);
}

static void
read_event (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfWebhookEvent) event = vrf_webhook_event_new_from_body (body, &error);
  g_autoptr (VrfWebhookEvent) copy = NULL;

  g_assert_true ((event == NULL) == (error != NULL));
  if (event == NULL)
    return;
  g_assert_nonnull (event->key);
  copy = vrf_webhook_event_copy (event);
  g_assert_cmpint (vrf_webhook_kind_from_name (copy->name), ==, event->kind);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *end = size > 0 ? memchr (data, '\n', size) : NULL;
  gsize head = end != NULL ? (gsize) (end - data) : 0;
  gsize start = end != NULL ? head + 1 : 0;
  g_autofree char *header = g_strndup ((const char *) data, head);
  g_autoptr (GBytes) body = g_bytes_new (data + start, size - start);

  judge (header, body);
  read_event (body);
  return 0;
}
