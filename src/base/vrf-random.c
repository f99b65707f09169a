/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-base"

#include "config.h"

#include <errno.h>
#include <sys/random.h>

#include "base/vrf-random.h"

/**
 * vrf_random_bytes:
 * @bytes: (out caller-allocates): @length bytes
 * @length: how many
 *
 * Fills @bytes from the kernel's generator. Tokens and keys come from here; g_random_*() can be
 * predicted and must not make them. Aborts if the kernel has no generator.
 */
void
vrf_random_bytes (guint8 *bytes, gsize length)
{
  while (length > 0)
    {
      ssize_t got = getrandom (bytes, length, 0);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        g_error ("The kernel gave no random bytes: %s", g_strerror (errno));
      bytes += got;
      length -= (gsize) got;
    }
}

/**
 * vrf_random_hex:
 * @n_bytes: how many random bytes, 1 to 64
 *
 * Returns: (transfer full): 2 × @n_bytes lowercase hex digits
 */
char *
vrf_random_hex (gsize n_bytes)
{
  static const char digits[] = "0123456789abcdef";
  guint8 bytes[64];
  char *text = NULL;

  g_return_val_if_fail (n_bytes >= 1 && n_bytes <= sizeof bytes, NULL);

  vrf_random_bytes (bytes, n_bytes);
  text = g_malloc (2 * n_bytes + 1);
  for (gsize i = 0; i < n_bytes; i++)
    {
      text[2 * i] = digits[bytes[i] >> 4];
      text[2 * i + 1] = digits[bytes[i] & 15];
    }
  text[2 * n_bytes] = '\0';
  return text;
}

/**
 * vrf_random_base64url:
 * @n_bytes: how many random bytes, 1 to 64
 *
 * Returns: (transfer full): the bytes in URL-safe base64 without padding (32 bytes give 43
 *   characters)
 */
char *
vrf_random_base64url (gsize n_bytes)
{
  guint8 bytes[64];
  char *text = NULL;

  g_return_val_if_fail (n_bytes >= 1 && n_bytes <= sizeof bytes, NULL);

  vrf_random_bytes (bytes, n_bytes);
  text = g_base64_encode (bytes, n_bytes);
  for (char *c = text; *c != '\0'; c++)
    {
      if (*c == '+')
        *c = '-';
      else if (*c == '/')
        *c = '_';
      else if (*c == '=')
        *c = '\0';
    }
  return text;
}

/**
 * vrf_random_id:
 * @prefix: what the id begins with: "session_"
 *
 * Returns: (transfer full): @prefix and 24 hex digits: no two alike (verifa-api.md 1.9)
 */
char *
vrf_random_id (const char *prefix)
{
  g_autofree char *hex = vrf_random_hex (12);

  return g_strconcat (prefix, hex, NULL);
}
