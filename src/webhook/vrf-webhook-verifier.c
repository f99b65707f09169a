/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-webhook"

#include "config.h"

#include <string.h>

#include "webhook/vrf-webhook-verifier.h"

#include "base/vrf-signature.h"
#include "base/vrf-time.h"

/* Whether a delivery comes from who knows the secret (verifa-api.md 5.3). */

#define MAX_HEADER_BYTES 4096
#define HEX_LENGTH 64
#define MAX_TIME_DIGITS 12
/* A sender that changes its secret signs with the old one and the new one, not with dozens. */
#define MAX_SIGNATURES 8

/* The header taken apart. */
typedef struct
{
  gint64 unix_s;
  char *v1[MAX_SIGNATURES]; /* owned: 64 hex digits each */
  guint n_v1;
} Timed;

static void
timed_clear (Timed *timed)
{
  for (guint i = 0; i < timed->n_v1; i++)
    g_free (timed->v1[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Timed, timed_clear)

static gboolean
is_signature (const char *text)
{
  return strlen (text) == HEX_LENGTH && strspn (text, "0123456789abcdef") == HEX_LENGTH;
}

static gboolean
read_time (const char *text, gint64 *ret_unix_s)
{
  gsize length = strlen (text);

  if (length < 1 || length > MAX_TIME_DIGITS || strspn (text, "0123456789") != length)
    return FALSE;
  *ret_unix_s = g_ascii_strtoll (text, NULL, 10);
  return TRUE;
}

static gboolean
take_item (Timed *timed, const char *item, gboolean *has_time)
{
  if (g_str_has_prefix (item, "t="))
    {
      /* Of two times nobody could say which one is signed. */
      if (*has_time)
        return FALSE;
      *has_time = TRUE;
      return read_time (item + 2, &timed->unix_s);
    }
  if (!g_str_has_prefix (item, "v1="))
    return TRUE; /* a form of later */
  if (timed->n_v1 == MAX_SIGNATURES || !is_signature (item + 3))
    return FALSE;
  timed->v1[timed->n_v1++] = g_strdup (item + 3);
  return TRUE;
}

static gboolean
read_timed (Timed *timed, const char *header)
{
  g_auto (GStrv) items = g_strsplit (header, ",", -1);
  gboolean has_time = FALSE;

  for (char **item = items; *item != NULL; item++)
    {
      if (!take_item (timed, g_strstrip (*item), &has_time))
        return FALSE;
    }
  return has_time && timed->n_v1 > 0;
}

static VrfWebhookVerdict
judge_time (gint64 unix_s, gint64 now_us)
{
  gint64 age_us = now_us - unix_s * G_USEC_PER_SEC;
  gint64 tolerance_us = (gint64) VRF_WEBHOOK_TOLERANCE_S * G_USEC_PER_SEC;

  if (age_us > tolerance_us)
    return VRF_WEBHOOK_VERDICT_TOO_OLD;
  if (age_us < -tolerance_us)
    return VRF_WEBHOOK_VERDICT_TOO_NEW;
  return VRF_WEBHOOK_VERDICT_GOOD;
}

/* All of them are compared, so that the time taken does not tell which one fitted. */
static gboolean
matches (const Timed *timed, GBytes *body, const char *secret)
{
  g_autofree char *right = vrf_signature_sign (secret, timed->unix_s, body);
  const char *hex = strrchr (right, '=') + 1;
  gboolean found = FALSE;

  for (guint i = 0; i < timed->n_v1; i++)
    found |= vrf_signature_equal (timed->v1[i], hex);
  return found;
}

static VrfWebhookVerdict
judge_legacy (const char *hex, GBytes *body, const char *secret)
{
  gsize length = 0;
  const void *data = g_bytes_get_data (body, &length);
  g_autofree char *right = vrf_signature_hmac_hex (secret, data != NULL ? data : "", length);

  return vrf_signature_equal (hex, right) ? VRF_WEBHOOK_VERDICT_GOOD
                                          : VRF_WEBHOOK_VERDICT_DIFFERENT;
}

/**
 * vrf_webhook_verify:
 * @header: (nullable): the value of `X-Verifa-Signature`; of several headers, all of them joined
 *   with commas
 * @body: the raw bytes, as they came
 * @secret: the endpoint's `whsec_…` secret, the whole of it
 * @forms: what is accepted; the form with a time is preferred wherever both could be meant
 * @now_us: what time it is, in microseconds of real time
 *
 * Judges a delivery. Several `v1` may stand in the header; one that fits is enough. A time exactly
 * %VRF_WEBHOOK_TOLERANCE_S away is still good. Signatures are compared in constant time.
 *
 * Returns: what is wrong with it, or %VRF_WEBHOOK_VERDICT_GOOD (verifa-api.md 5.3)
 */
VrfWebhookVerdict
vrf_webhook_verify (
    const char *header, GBytes *body, const char *secret, VrfWebhookForms forms, gint64 now_us)
{
  g_autofree char *text = NULL;
  g_auto (Timed) timed = { 0 };

  if (header == NULL)
    return VRF_WEBHOOK_VERDICT_MISSING;
  if (strlen (header) > MAX_HEADER_BYTES)
    return VRF_WEBHOOK_VERDICT_MALFORMED;
  text = g_strstrip (g_strdup (header));
  if (*text == '\0')
    return VRF_WEBHOOK_VERDICT_MISSING;
  if (forms == VRF_WEBHOOK_FORMS_LEGACY_TOO && is_signature (text))
    return judge_legacy (text, body, secret);
  if (!read_timed (&timed, text))
    return VRF_WEBHOOK_VERDICT_MALFORMED;
  if (!matches (&timed, body, secret))
    return VRF_WEBHOOK_VERDICT_DIFFERENT;
  return judge_time (timed.unix_s, now_us);
}

/**
 * vrf_webhook_header_get_time:
 * @header: the value of `X-Verifa-Signature`
 *
 * For saying how old a delivery is that was refused for it.
 *
 * Returns: when it says it was signed, in microseconds of real time; %VRF_TIME_NONE when it does
 *   not say so in a form that vrf_webhook_verify() reads
 */
gint64
vrf_webhook_header_get_time (const char *header)
{
  g_auto (Timed) timed = { 0 };

  if (strlen (header) > MAX_HEADER_BYTES || !read_timed (&timed, header))
    return VRF_TIME_NONE;
  return timed.unix_s * G_USEC_PER_SEC;
}
