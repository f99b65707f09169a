/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-hints.h"

#include "base/vrf-json.h"
#include "base/vrf-random.h"
#include "base/vrf-time.h"

/**
 * VrfHints:
 *
 * Tells the desk that runs this sandbox which session has just changed, so that it need not wait
 * for its next poll: a webhook of our own, signed like one, to an address that nobody registered.
 * It is in no list, counts nowhere and is not tried again, and says no more than the session's id.
 * Changes that come faster than they are sent become one hint a session; of very many it says only
 * that there are some. Lives in the main context it was made in.
 */
struct _VrfHints
{
  GObject parent_instance;

  VrfService *service;    /* owned */
  char *url;              /* owned */
  char *secret;           /* owned */
  GHashTable *waiting;    /* owned: numbers of sessions nobody has been told of */
  GCancellable *stopping; /* owned */
  GSource *source;        /* owned, nullable: sends what waits */
  gulong changed_id;      /* on the store */
  guint n_flights;
};

#define MAX_FLIGHTS 4
/* More than so many at once are told as one, which names none. */
#define MANY 16

G_DEFINE_FINAL_TYPE (VrfHints, vrf_hints, G_TYPE_OBJECT)

static void
vrf_hints_finalize (GObject *object)
{
  VrfHints *self = VRF_HINTS (object);

  vrf_hints_close (self);
  g_clear_object (&self->service);
  g_clear_object (&self->stopping);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->secret, g_free);

  G_OBJECT_CLASS (vrf_hints_parent_class)->finalize (object);
}

static void
vrf_hints_class_init (VrfHintsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_hints_finalize;
}

static void
vrf_hints_init (VrfHints *self)
{
  self->waiting = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->stopping = g_cancellable_new ();
}

static void
send_waiting (VrfHints *self);

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfHints) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfPostOutcome) outcome = vrf_poster_send_finish (VRF_POSTER (object), result, &error);

  self->n_flights--;
  if (outcome != NULL && !outcome->succeeded)
    g_debug ("A hint was not taken: %d %s", outcome->http_status, outcome->problem);
  if (!g_cancellable_is_cancelled (self->stopping))
    send_waiting (self);
}

static void
send_one (VrfHints *self, const VrfStoredSession *session)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *id = vrf_random_id ("hint_");
  g_autofree char *now = vrf_time_format (g_get_real_time ());
  g_autoptr (GBytes) body = NULL;
  char *text = NULL;
  VrfPost post = { .url = self->url, .secret = self->secret, .delivery_id = id };

  json_object_set_string_member (object, "event", VRF_HINTS_EVENT);
  json_object_set_string_member (object, "idempotency_key", id);
  json_object_set_string_member (object, "created_at", now);
  if (session != NULL)
    {
      json_object_set_string_member (object, "session_id", session->id);
      json_object_set_boolean_member (object, "is_sandbox", session->is_sandbox);
    }
  json_node_take_object (root, object);
  text = vrf_json_to_text (root);
  body = g_bytes_new_take (text, strlen (text));
  post.event = VRF_HINTS_EVENT;
  post.body = body;
  self->n_flights++;
  vrf_poster_send_async (
      vrf_service_get_poster (self->service), &post, self->stopping, sent_cb, g_object_ref (self));
}

static void
send_waiting (VrfHints *self)
{
  VrfSandboxStore *store = vrf_service_get_store (self->service);
  GHashTableIter iter;
  gpointer n = NULL;

  if (g_hash_table_size (self->waiting) > MANY && self->n_flights < MAX_FLIGHTS)
    {
      g_hash_table_remove_all (self->waiting);
      send_one (self, NULL);
    }
  g_hash_table_iter_init (&iter, self->waiting);
  while (self->n_flights < MAX_FLIGHTS && g_hash_table_iter_next (&iter, &n, NULL))
    {
      g_autoptr (VrfStoredSession) session =
          vrf_sandbox_store_get_session_by_number (store, *(gint64 *) n, NULL);

      g_hash_table_iter_remove (&iter);
      if (session != NULL)
        send_one (self, session);
    }
}

static gboolean
source_cb (gpointer user_data)
{
  VrfHints *self = user_data;

  g_clear_pointer (&self->source, g_source_unref);
  send_waiting (self);
  return G_SOURCE_REMOVE;
}

/* Not from here: who changed the session is still at work, and its answer comes first. */
static void
session_changed_cb (VrfHints *self, gint64 n, VrfSandboxStore *store)
{
  g_hash_table_add (self->waiting, g_memdup2 (&n, sizeof n));
  if (self->source != NULL || self->n_flights >= MAX_FLIGHTS)
    return;
  self->source = g_idle_source_new ();
  g_source_set_static_name (self->source, "vrf hints");
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->source, source_cb, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

/**
 * vrf_hints_new:
 * @service: whose sessions
 * @url: where the desk listens, on this computer
 * @secret: what hints are signed with
 *
 * Returns: (transfer full): what tells from now on, until vrf_hints_close()
 */
VrfHints *
vrf_hints_new (VrfService *service, const char *url, const char *secret)
{
  VrfHints *self = g_object_new (VRF_TYPE_HINTS, NULL);

  self->service = g_object_ref (service);
  self->url = g_strdup (url);
  self->secret = g_strdup (secret);
  self->changed_id = g_signal_connect_swapped (
      vrf_service_get_store (service), "session-changed", G_CALLBACK (session_changed_cb), self);
  return self;
}

/** vrf_hints_close: tells nothing more; what is on its way is given up */
void
vrf_hints_close (VrfHints *self)
{
  if (self->service != NULL)
    g_clear_signal_handler (&self->changed_id, vrf_service_get_store (self->service));
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_cancellable_cancel (self->stopping);
}

/** vrf_hints_is_idle: whether nothing is on its way */
gboolean
vrf_hints_is_idle (VrfHints *self)
{
  return self->n_flights == 0;
}
