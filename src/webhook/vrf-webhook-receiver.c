/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-webhook"

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "webhook/vrf-webhook-receiver.h"

#include "base/vrf-listener.h"
#include "webhook/vrf-webhook-seen.h"

/**
 * VrfWebhookReceiver:
 *
 * Takes deliveries on this computer's loopback address: `POST /webhooks`, signed. What is rightly
 * signed and well formed is answered at once with 200; #VrfWebhookReceiver::event follows when it
 * has not come before. It listens first and gets its secret afterwards, since a server makes the
 * secret for an address that must be known by then; until then it answers 503, and deliveries come
 * again.
 *
 * Its signal comes in the order of the deliveries, from the main context that was the thread's
 * default when it was made. A connection carries one request (see VrfServer for the reason).
 */
struct _VrfWebhookReceiver
{
  GObject parent_instance;

  VrfListener *listener; /* owned, nullable */
  SoupServer *soup;      /* owned */
  GHashTable *bodies;    /* owned: SoupServerMessage → GByteArray, those under way */
  VrfWebhookSeen *seen;  /* owned */
  GMainContext *context; /* owned */
  GQueue events;         /* owned: VrfWebhookEvent that nobody has been told of */
  GSource *source;       /* owned, nullable: tells of them */
  char *secret;          /* owned, nullable */
  VrfWebhookForms forms;
};

#define MAX_CONNECTIONS 16
#define TIMEOUT_S 10
#define LIFE_MS (30 * 1000)
/* Verifa's last retry comes less than three hours after the first attempt (verifa-api.md 5.3). */
#define SEEN_LIFE_US (24 * 3600 * (gint64) G_USEC_PER_SEC)
#define SEEN_MAX 4096

enum
{
  SIGNAL_EVENT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VrfWebhookReceiver, vrf_webhook_receiver, G_TYPE_OBJECT)

/* An answer: a status, and for a refusal a word that says why. */
typedef struct
{
  guint status;
  const char *problem; /* nullable */
} Answer;

static gboolean
tell_cb (gpointer user_data)
{
  g_autoptr (VrfWebhookReceiver) self = g_object_ref (user_data);

  g_clear_pointer (&self->source, g_source_unref);
  while (!g_queue_is_empty (&self->events))
    {
      g_autoptr (VrfWebhookEvent) event = g_queue_pop_head (&self->events);

      g_signal_emit (self, signals[SIGNAL_EVENT], 0, event);
    }
  return G_SOURCE_REMOVE;
}

/* Later, so that no handler keeps the sender from its answer. */
static void
tell_of (VrfWebhookReceiver *self, VrfWebhookEvent *event)
{
  g_queue_push_tail (&self->events, event);
  if (self->source != NULL)
    return;
  self->source = g_idle_source_new ();
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->source, tell_cb, self, NULL);
  g_source_attach (self->source, self->context);
}

/* A page in a browser could reach us by a name of its own. */
static gboolean
is_for_us (SoupServerMessage *message)
{
  const char *host = g_uri_get_host (soup_server_message_get_uri (message));
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return (address != NULL && g_inet_address_get_is_loopback (address))
         || (host != NULL && g_ascii_strcasecmp (host, "localhost") == 0);
}

static Answer
check_head (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  if (!is_for_us (message))
    return (Answer){ 421, "misdirected_request" };
  if (!g_str_equal (path, VRF_WEBHOOK_RECEIVER_PATH))
    return (Answer){ 404, "not_found" };
  if (!g_str_equal (soup_server_message_get_method (message), "POST"))
    return (Answer){ 405, "method_not_allowed" };
  if (soup_message_headers_get_content_length (headers) > VRF_WEBHOOK_MAX_BODY)
    return (Answer){ 413, "payload_too_large" };
  if (type == NULL || g_ascii_strcasecmp (type, "application/json") != 0)
    return (Answer){ 415, "unsupported_media_type" };
  return (Answer){ 200, NULL };
}

static Answer
check_signature (VrfWebhookReceiver *self, SoupServerMessage *message, GBytes *body)
{
  static const char *const problems[] = {
    [VRF_WEBHOOK_VERDICT_GOOD] = NULL,
    [VRF_WEBHOOK_VERDICT_MISSING] = "signature_missing",
    [VRF_WEBHOOK_VERDICT_MALFORMED] = "signature_malformed",
    [VRF_WEBHOOK_VERDICT_DIFFERENT] = "signature_differs",
    [VRF_WEBHOOK_VERDICT_TOO_OLD] = "signature_too_old",
    [VRF_WEBHOOK_VERDICT_TOO_NEW] = "signature_too_new",
  };
  const char *header = soup_message_headers_get_list (
      soup_server_message_get_request_headers (message), "X-Verifa-Signature");
  VrfWebhookVerdict verdict = VRF_WEBHOOK_VERDICT_MISSING;

  if (self->secret == NULL)
    return (Answer){ 503, "no_secret_yet" };
  verdict = vrf_webhook_verify (header, body, self->secret, self->forms, g_get_real_time ());
  return (Answer){ verdict == VRF_WEBHOOK_VERDICT_GOOD ? 200 : 401, problems[verdict] };
}

/* Takes a delivery whose head and size are good. */
static Answer
take (VrfWebhookReceiver *self, SoupServerMessage *message, GBytes *body)
{
  Answer answer = check_signature (self, message, body);
  g_autoptr (VrfWebhookEvent) event = NULL;

  if (answer.problem != NULL)
    return answer;
  event = vrf_webhook_event_new_from_body (body, NULL);
  if (event == NULL)
    return (Answer){ 400, "bad_request" };
  if (vrf_webhook_seen_add (self->seen, event->key, g_get_monotonic_time ()))
    tell_of (self, g_steal_pointer (&event));
  return answer;
}

static void
got_headers_cb (SoupServerMessage *message, gpointer user_data)
{
  VrfWebhookReceiver *self = user_data;

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_hash_table_insert (self->bodies, g_object_ref (message), g_byte_array_new ());
}

/*
 * What is over the limit is thrown away, but read: who is cut off while it writes may never read
 * why. How long that may go on is the connection's life.
 */
static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  VrfWebhookReceiver *self = user_data;
  GByteArray *body = g_hash_table_lookup (self->bodies, message);
  gsize size = g_bytes_get_size (chunk);
  gsize room = 0;

  if (body == NULL)
    return;
  /* One byte more than there may be tells answer_cb(). */
  room = VRF_WEBHOOK_MAX_BODY + 1 - body->len;
  g_byte_array_append (body, g_bytes_get_data (chunk, NULL), (guint) MIN (size, room));
}

static void
write_answer (SoupServerMessage *message, const Answer *answer)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *body = NULL;

  /* libsoup has no phrase for 421. */
  soup_server_message_set_status (
      message, answer->status, answer->status == 421 ? "Misdirected Request" : NULL);
  soup_message_headers_replace (headers, "Connection", "close");
  if (answer->status == 405)
    soup_message_headers_replace (headers, "Allow", "POST");
  if (answer->problem == NULL)
    return;
  body = g_strdup_printf ("{\"error\":\"%s\"}", answer->problem);
  soup_server_message_set_response (
      message, "application/json", SOUP_MEMORY_COPY, body, strlen (body));
}

static void
answer_cb (SoupServer *soup,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  VrfWebhookReceiver *self = user_data;
  GByteArray *body = g_hash_table_lookup (self->bodies, message);
  Answer answer = check_head (message);

  if (answer.problem == NULL && body != NULL)
    {
      g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (g_byte_array_ref (body));

      if (g_bytes_get_size (bytes) > VRF_WEBHOOK_MAX_BODY)
        answer = (Answer){ 413, "payload_too_large" };
      else
        answer = take (self, message, bytes);
    }
  write_answer (message, &answer);
}

static void
started_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  g_signal_connect_object (message, "got-headers", G_CALLBACK (got_headers_cb), user_data, 0);
  g_signal_connect_object (message, "got-chunk", G_CALLBACK (got_chunk_cb), user_data, 0);
}

static void
ended_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  VrfWebhookReceiver *self = user_data;

  g_hash_table_remove (self->bodies, message);
}

static void
incoming_cb (GSocketConnection *connection, gpointer user_data)
{
  VrfWebhookReceiver *self = user_data;
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GError) error = NULL;

  g_socket_set_timeout (g_socket_connection_get_socket (connection), TIMEOUT_S);
  if (!soup_server_accept_iostream (self->soup, G_IO_STREAM (connection), local, remote, &error))
    g_debug ("A connection could not be served: %s", error->message);
}

static void
vrf_webhook_receiver_dispose (GObject *object)
{
  VrfWebhookReceiver *self = VRF_WEBHOOK_RECEIVER (object);

  if (self->soup != NULL)
    vrf_webhook_receiver_close (self);
  g_clear_object (&self->soup);

  G_OBJECT_CLASS (vrf_webhook_receiver_parent_class)->dispose (object);
}

static void
vrf_webhook_receiver_finalize (GObject *object)
{
  VrfWebhookReceiver *self = VRF_WEBHOOK_RECEIVER (object);

  g_hash_table_unref (self->bodies);
  vrf_webhook_seen_free (self->seen);
  g_main_context_unref (self->context);
  g_free (self->secret);

  G_OBJECT_CLASS (vrf_webhook_receiver_parent_class)->finalize (object);
}

static void
vrf_webhook_receiver_class_init (VrfWebhookReceiverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = vrf_webhook_receiver_dispose;
  object_class->finalize = vrf_webhook_receiver_finalize;

  /**
   * VrfWebhookReceiver::event:
   * @self: the receiver
   * @event: (type VrfWebhookEvent): what has come, verified, for the first time; borrowed
   *
   * Something happened. It has been acknowledged; nothing may be decided from it.
   */
  signals[SIGNAL_EVENT] = g_signal_new ("event",
                                        VRF_TYPE_WEBHOOK_RECEIVER,
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        1,
                                        VRF_TYPE_WEBHOOK_EVENT | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
vrf_webhook_receiver_init (VrfWebhookReceiver *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->seen = vrf_webhook_seen_new (SEEN_MAX, SEEN_LIFE_US);
  self->bodies =
      g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify) g_byte_array_unref);
  g_queue_init (&self->events);
  self->soup = soup_server_new ("server-header", "verifa-desk", "raw-paths", TRUE, NULL);
  soup_server_add_handler (self->soup, NULL, answer_cb, self, NULL);
  g_signal_connect_object (self->soup, "request-started", G_CALLBACK (started_cb), self, 0);
  g_signal_connect_object (self->soup, "request-finished", G_CALLBACK (ended_cb), self, 0);
  g_signal_connect_object (self->soup, "request-aborted", G_CALLBACK (ended_cb), self, 0);
}

/**
 * vrf_webhook_receiver_new:
 * @forms: which signatures it accepts
 *
 * Returns: (transfer full): a receiver that neither listens nor has a secret
 */
VrfWebhookReceiver *
vrf_webhook_receiver_new (VrfWebhookForms forms)
{
  VrfWebhookReceiver *self = g_object_new (VRF_TYPE_WEBHOOK_RECEIVER, NULL);

  self->forms = forms;
  return self;
}

/**
 * vrf_webhook_receiver_set_secret:
 * @self: a receiver
 * @secret: (nullable): the endpoint's `whsec_…` secret, as creating or rotating it answered;
 *   %NULL makes it wait for one
 *
 * From now on deliveries are held against @secret only.
 */
void
vrf_webhook_receiver_set_secret (VrfWebhookReceiver *self, const char *secret)
{
  g_return_if_fail (VRF_IS_WEBHOOK_RECEIVER (self));

  g_free (self->secret);
  self->secret = g_strdup (secret);
}

/**
 * vrf_webhook_receiver_listen:
 * @self: a receiver that does not listen
 * @port: of 127.0.0.1; 0 picks a free one
 * @error: %G_IO_ERROR_ADDRESS_IN_USE and its like
 */
gboolean
vrf_webhook_receiver_listen (VrfWebhookReceiver *self, guint16 port, GError **error)
{
  g_autoptr (VrfListener) listener = NULL;

  g_return_val_if_fail (VRF_IS_WEBHOOK_RECEIVER (self), FALSE);
  g_return_val_if_fail (self->listener == NULL, FALSE);

  listener = vrf_listener_new (MAX_CONNECTIONS, LIFE_MS, incoming_cb, self);
  if (!vrf_listener_listen (listener, "127.0.0.1", port, error))
    return FALSE;
  self->listener = g_steal_pointer (&listener);
  return TRUE;
}

/** vrf_webhook_receiver_close: listens no more, drops connections and what nobody was told of */
void
vrf_webhook_receiver_close (VrfWebhookReceiver *self)
{
  g_return_if_fail (VRF_IS_WEBHOOK_RECEIVER (self));

  if (self->listener != NULL)
    vrf_listener_close (self->listener);
  g_clear_object (&self->listener);
  soup_server_disconnect (self->soup);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_queue_clear_full (&self->events, (GDestroyNotify) vrf_webhook_event_free);
}

/** vrf_webhook_receiver_dup_url: Returns: (transfer full) (nullable): what to register with the
 * server; %NULL when it does not listen */
char *
vrf_webhook_receiver_dup_url (VrfWebhookReceiver *self)
{
  g_return_val_if_fail (VRF_IS_WEBHOOK_RECEIVER (self), NULL);

  if (self->listener == NULL)
    return NULL;
  return g_strdup_printf ("http://127.0.0.1:%u" VRF_WEBHOOK_RECEIVER_PATH,
                          vrf_listener_get_port (self->listener));
}
