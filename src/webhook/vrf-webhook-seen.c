/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-webhook"

#include "config.h"

#include "webhook/vrf-webhook-seen.h"

/* A key and when it is forgotten. */
typedef struct
{
  char *key; /* owned */
  gint64 ends_at;
} Entry;

/**
 * VrfWebhookSeen:
 *
 * The keys of what has come, so that what comes again is known. It holds so many at most, each for
 * so long; the oldest go first. For one thread.
 */
struct _VrfWebhookSeen
{
  GHashTable *keys; /* owned: key of an entry, borrowed */
  GQueue entries;   /* owned: Entry, oldest first */
  guint max_keys;
  gint64 life_us;
};

static void
entry_free (Entry *entry)
{
  g_free (entry->key);
  g_free (entry);
}

/**
 * vrf_webhook_seen_new:
 * @max_keys: how many it holds, at least one
 * @life_us: how long it holds each
 *
 * Returns: (transfer full): one that has seen nothing
 */
VrfWebhookSeen *
vrf_webhook_seen_new (guint max_keys, gint64 life_us)
{
  VrfWebhookSeen *self = NULL;

  g_return_val_if_fail (max_keys > 0, NULL);

  self = g_new0 (VrfWebhookSeen, 1);
  self->keys = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->entries);
  self->max_keys = max_keys;
  self->life_us = life_us;
  return self;
}

/** vrf_webhook_seen_free: @self is nullable */
void
vrf_webhook_seen_free (VrfWebhookSeen *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->keys);
  g_queue_clear_full (&self->entries, (GDestroyNotify) entry_free);
  g_free (self);
}

static void
forget_oldest (VrfWebhookSeen *self)
{
  Entry *entry = g_queue_pop_head (&self->entries);

  g_hash_table_remove (self->keys, entry->key);
  entry_free (entry);
}

static void
forget_ended (VrfWebhookSeen *self, gint64 now_us)
{
  const Entry *oldest = NULL;

  while ((oldest = g_queue_peek_head (&self->entries)) != NULL && oldest->ends_at <= now_us)
    forget_oldest (self);
}

/**
 * vrf_webhook_seen_add:
 * @self: what has come
 * @key: of what comes now
 * @now_us: what time it is, by a clock that never goes back
 *
 * Returns: whether @key is new; what comes again does not live longer for it
 */
gboolean
vrf_webhook_seen_add (VrfWebhookSeen *self, const char *key, gint64 now_us)
{
  Entry *entry = NULL;

  forget_ended (self, now_us);
  if (g_hash_table_contains (self->keys, key))
    return FALSE;
  if (g_queue_get_length (&self->entries) == self->max_keys)
    forget_oldest (self);
  entry = g_new0 (Entry, 1);
  entry->key = g_strdup (key);
  entry->ends_at = now_us + self->life_us;
  g_queue_push_tail (&self->entries, entry);
  g_hash_table_add (self->keys, entry->key);
  return TRUE;
}
