/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-seal.h"

#include "base/vrf-random.h"

/*
 * A short text that only whoever knows a secret can read: a random nonce, the text under a
 * keystream of HMAC-SHA256 (secret, nonce and counter), and an HMAC-SHA256 over both. GLib has no
 * cipher, and this is the only place that would want a library for one.
 */

#define NONCE 16
#define BLOCK 32

static void
digest (const guint8 *key, const void *data, gsize length, guint8 block[BLOCK])
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, BLOCK);
  gsize size = BLOCK;

  g_hmac_update (hmac, data, (gssize) length);
  g_hmac_get_digest (hmac, block, &size);
}

/* One key for the stream, one for the mark at the end, none for any other purpose. */
static void
derive (const char *secret, const char *purpose, const char *use, guint8 key[BLOCK])
{
  g_autofree char *text = g_strconcat (use, "\n", purpose, NULL);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));
  gsize size = BLOCK;

  g_hmac_update (hmac, (const guchar *) text, -1);
  g_hmac_get_digest (hmac, key, &size);
}

static void
apply_stream (const guint8 *key, const guint8 *nonce, guint8 *data, gsize length)
{
  guint8 counter[NONCE + 1];
  guint8 block[BLOCK];

  memcpy (counter, nonce, NONCE);
  for (gsize i = 0; i < length; i++)
    {
      if (i % BLOCK == 0)
        {
          counter[NONCE] = (guint8) (i / BLOCK);
          digest (key, counter, sizeof counter, block);
        }
      data[i] ^= block[i % BLOCK];
    }
}

/**
 * vrf_seal_close:
 * @secret: what opens it again
 * @purpose: what it is for; another purpose does not open it
 * @text: at most 8 KB
 *
 * Returns: (transfer full): @text, readable with @secret only
 */
GBytes *
vrf_seal_close (const char *secret, const char *purpose, const char *text)
{
  gsize length = strlen (text);
  g_autofree guint8 *data = g_malloc (NONCE + length + BLOCK);
  guint8 key[BLOCK];

  g_return_val_if_fail (length <= G_MAXUINT8 * BLOCK, NULL);

  vrf_random_bytes (data, NONCE);
  memcpy (data + NONCE, text, length);
  derive (secret, purpose, "stream", key);
  apply_stream (key, data, data + NONCE, length);
  derive (secret, purpose, "mark", key);
  digest (key, data, NONCE + length, data + NONCE + length);
  return g_bytes_new_take (g_steal_pointer (&data), NONCE + length + BLOCK);
}

static gboolean
equals (const guint8 *a, const guint8 *b)
{
  guint8 difference = 0;

  for (guint i = 0; i < BLOCK; i++)
    difference |= a[i] ^ b[i];
  return difference == 0;
}

/** vrf_seal_open: Returns: (nullable) (transfer full): the text; %NULL when @secret or @purpose is
 * another one, or @sealed was changed */
char *
vrf_seal_open (const char *secret, const char *purpose, GBytes *sealed)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (sealed, &size);
  gsize length = 0;
  guint8 key[BLOCK];
  guint8 mark[BLOCK];
  char *text = NULL;

  if (size < NONCE + BLOCK)
    return NULL;
  length = size - NONCE - BLOCK;
  derive (secret, purpose, "mark", key);
  digest (key, data, NONCE + length, mark);
  if (!equals (mark, data + NONCE + length))
    return NULL;

  text = g_strndup ((const char *) data + NONCE, length);
  memcpy (text, data + NONCE, length);
  derive (secret, purpose, "stream", key);
  apply_stream (key, data, (guint8 *) text, length);
  return text;
}
