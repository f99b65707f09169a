/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-base"

#include "config.h"

#include <string.h>

#include "base/vrf-signature.h"

/**
 * vrf_signature_hmac_hex:
 * @secret: the whole secret with its prefix, as UTF-8 bytes
 * @data: the message
 * @length: its length in bytes
 *
 * Returns: (transfer full): HMAC-SHA256 in 64 lowercase hex digits
 */
char *
vrf_signature_hmac_hex (const char *secret, const void *data, gsize length)
{
  return g_compute_hmac_for_data (
      G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret), data, length);
}

/**
 * vrf_signature_sign:
 * @secret: a `whsec_…` secret
 * @unix_s: when, in Unix seconds of real time
 * @body: the raw bytes that are sent
 *
 * Returns: (transfer full): the value of `X-Verifa-Signature`, `t=…,v1=…` (verifa-api.md 5.3)
 */
char *
vrf_signature_sign (const char *secret, gint64 unix_s, GBytes *body)
{
  g_autoptr (GHmac) hmac = NULL;
  g_autofree char *stamp = g_strdup_printf ("%" G_GINT64_FORMAT ".", unix_s);
  gsize length = 0;
  const guchar *bytes = g_bytes_get_data (body, &length);

  hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));
  g_hmac_update (hmac, (const guchar *) stamp, (gssize) strlen (stamp));
  if (length > 0)
    g_hmac_update (hmac, bytes, (gssize) length);
  return g_strdup_printf ("t=%" G_GINT64_FORMAT ",v1=%s", unix_s, g_hmac_get_string (hmac));
}

/**
 * vrf_signature_equal:
 * @a: a text from outside
 * @b: the text it must be
 *
 * Compares in a time that depends on the lengths alone, so that a wrong guess does not tell how
 * far it was right.
 */
gboolean
vrf_signature_equal (const char *a, const char *b)
{
  gsize length_a = strlen (a);
  gsize length_b = strlen (b);
  volatile guint8 difference = length_a != length_b;

  for (gsize i = 0; i < length_a; i++)
    difference |= (guint8) a[i] ^ (guint8) b[length_b > 0 ? i % length_b : 0];
  return difference == 0;
}
