/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <libsoup/soup.h>

#include "sandbox/vrf-poster.h"

#include "base/vrf-signature.h"
#include "sandbox/vrf-webhook-address.h"

/**
 * VrfPoster:
 *
 * Sends one webhook at a time asked for, signed (verifa-api.md 5.3). Distrusts the receiver: no
 * redirect is followed, no proxy, cookie or password used, no more than a little of its answer read
 * and none of that kept; whatever it takes longer than the deadline is a failure. Connections go to
 * this computer and to private networks only, unless it may go anywhere; that is looked at on the
 * address a connection is made to, after the name was resolved. Each goes over a connection of its
 * own. Lives in the main context it was made in.
 */
struct _VrfPoster
{
  GObject parent_instance;

  SoupSession *session; /* owned */
  guint deadline_ms;
  gboolean anywhere;
};

/* More than the dispatcher sends at a time: the limit is its business. */
#define MAX_CONNECTIONS 256
#define CHUNK_BYTES 4096
#define MAX_ANSWER_BYTES (64 * 1024)

/* One webhook on its way; the data of its task. */
typedef struct
{
  SoupMessage *message; /* owned */
  GInputStream *stream; /* owned, nullable */
  GCancellable *inner;  /* owned: the caller's, the deadline, an address out of reach */
  GSource *deadline;    /* owned, nullable */
  gulong watch;         /* on the caller's cancellable */
  VrfReach reach;
  gint64 began_us;
  int answered_ms;
  gsize n_read;
  gboolean timed_out;
  gboolean out_of_reach;
} Flight;

G_DEFINE_FINAL_TYPE (VrfPoster, vrf_poster, G_TYPE_OBJECT)

/** vrf_post_outcome_free: frees @self (nullable) */
void
vrf_post_outcome_free (VrfPostOutcome *self)
{
  if (self == NULL)
    return;
  g_free (self->problem);
  g_free (self);
}

static void
flight_free (Flight *flight)
{
  if (flight->deadline != NULL)
    {
      g_source_destroy (flight->deadline);
      g_source_unref (flight->deadline);
    }
  g_clear_object (&flight->stream);
  g_clear_object (&flight->message);
  g_clear_object (&flight->inner);
  g_free (flight);
}

static void
vrf_poster_finalize (GObject *object)
{
  VrfPoster *self = VRF_POSTER (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (vrf_poster_parent_class)->finalize (object);
}

static void
vrf_poster_class_init (VrfPosterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_poster_finalize;
}

static void
vrf_poster_init (VrfPoster *self)
{
  self->session = soup_session_new_with_options ("max-conns",
                                                 MAX_CONNECTIONS,
                                                 "max-conns-per-host",
                                                 MAX_CONNECTIONS,
                                                 "timeout",
                                                 0,
                                                 "user-agent",
                                                 "Verifa-Webhooks/1.0",
                                                 NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_SNIFFER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_COOKIE_JAR);
  soup_session_set_proxy_resolver (self->session, NULL);
}

/**
 * vrf_poster_new:
 * @anywhere: whether it may send beyond private networks
 * @deadline_ms: how long a receiver may take
 *
 * Returns: (transfer full): a poster
 */
VrfPoster *
vrf_poster_new (gboolean anywhere, guint deadline_ms)
{
  VrfPoster *self = g_object_new (VRF_TYPE_POSTER, NULL);

  self->anywhere = anywhere;
  self->deadline_ms = deadline_ms;
  return self;
}

static int
get_ms (const Flight *flight)
{
  return (int) ((g_get_monotonic_time () - flight->began_us) / 1000);
}

/* What a person who set up the endpoint can do something with. */
static char *
dup_network_problem (const GError *error)
{
  if (error->domain == G_TLS_ERROR)
    return g_strdup ("The server’s certificate was not accepted.");
  if (error->domain == G_RESOLVER_ERROR)
    return g_strdup ("The host name was not found.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_strdup ("The connection was refused.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    return g_strdup ("The host cannot be reached.");
  return g_strdup ("The connection ended before there was an answer.");
}

static char *
dup_status_problem (guint status)
{
  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    return NULL;
  if (SOUP_STATUS_IS_REDIRECTION (status))
    return g_strdup_printf ("The answer was HTTP %u; redirects are not followed.", status);
  return g_strdup_printf ("The answer was HTTP %u.", status);
}

static char *
dup_problem (VrfPoster *self, const Flight *flight, const GError *error)
{
  if (flight->out_of_reach)
    return g_strdup (
        "The address is outside private networks, and the sandbox may not send there.");
  if (flight->timed_out)
    return g_strdup_printf ("There was no answer within %g seconds.", self->deadline_ms / 1000.0);
  return dup_network_problem (error);
}

/* Nothing of ours may run any more once the task has answered. */
static void
settle (GTask *task)
{
  Flight *flight = g_task_get_task_data (task);

  g_source_destroy (flight->deadline);
  g_cancellable_disconnect (g_task_get_cancellable (task), flight->watch);
  g_signal_handlers_disconnect_by_data (flight->message, task);
}

static void
finish (GTask *task, const GError *error)
{
  VrfPoster *self = g_task_get_source_object (task);
  Flight *flight = g_task_get_task_data (task);
  guint status = flight->stream != NULL ? soup_message_get_status (flight->message) : 0;
  VrfPostOutcome *outcome = NULL;

  settle (task);
  if (g_task_return_error_if_cancelled (task))
    return;
  outcome = g_new0 (VrfPostOutcome, 1);
  outcome->http_status = (int) status;
  outcome->succeeded = SOUP_STATUS_IS_SUCCESSFUL (status);
  outcome->problem = status != 0 ? dup_status_problem (status) : dup_problem (self, flight, error);
  outcome->took_ms = status != 0 ? flight->answered_ms : get_ms (flight);
  g_task_return_pointer (task, outcome, (GDestroyNotify) vrf_post_outcome_free);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Flight *flight = g_task_get_task_data (user_data);

  flight->timed_out = TRUE;
  g_cancellable_cancel (flight->inner);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Flight *flight = g_task_get_task_data (user_data);

  g_cancellable_cancel (flight->inner);
}

/* The address is known before the connection is, and again when it is. */
static void
network_event_cb (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  gpointer user_data)
{
  Flight *flight = g_task_get_task_data (user_data);
  g_autoptr (GSocketAddress) address = NULL;

  if ((event != G_SOCKET_CLIENT_CONNECTING && event != G_SOCKET_CLIENT_CONNECTED)
      || !G_IS_SOCKET_CONNECTION (connection))
    return;
  address = g_socket_connection_get_remote_address (G_SOCKET_CONNECTION (connection), NULL);
  if (G_IS_INET_SOCKET_ADDRESS (address)
      && vrf_webhook_address_is_within (
          g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)), flight->reach))
    return;
  flight->out_of_reach = TRUE;
  g_cancellable_cancel (flight->inner);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data);

/* The answer is the status. The rest is read a little so that the receiver is not cut off. */
static void
read_on (GTask *task)
{
  Flight *flight = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (
      flight->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, flight->inner, read_cb, g_object_ref (task));
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Flight *flight = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, NULL);
  gsize length = bytes != NULL ? g_bytes_get_size (bytes) : 0;

  flight->n_read += length;
  if (length > 0 && flight->n_read < MAX_ANSWER_BYTES)
    {
      read_on (task);
      return;
    }
  finish (task, NULL);
  /* libsoup would read on to the end when the stream is closed. */
  g_cancellable_cancel (flight->inner);
}

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Flight *flight = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  flight->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (flight->stream == NULL)
    {
      finish (task, error);
      return;
    }
  flight->answered_ms = get_ms (flight);
  read_on (task);
}

static SoupMessage *
new_message (const VrfPost *post)
{
  SoupMessage *message = soup_message_new ("POST", post->url);
  SoupMessageHeaders *headers = NULL;
  g_autofree char *signature = NULL;

  if (message == NULL)
    return NULL;
  signature = vrf_signature_sign (post->secret, g_get_real_time () / G_USEC_PER_SEC, post->body);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "X-Verifa-Signature", signature);
  soup_message_headers_replace (headers, "X-Verifa-Delivery-Id", post->delivery_id);
  soup_message_headers_replace (headers, "X-Verifa-Event", post->event);
  soup_message_headers_replace (headers, "Connection", "close");
  soup_message_set_request_body_from_bytes (message, "application/json", post->body);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  return message;
}

static void
begin (GTask *task)
{
  VrfPoster *self = g_task_get_source_object (task);
  Flight *flight = g_task_get_task_data (task);
  GUri *uri = soup_message_get_uri (flight->message);

  flight->reach = self->anywhere ? VRF_REACH_ANYWHERE : VRF_REACH_PRIVATE;
  if (g_str_equal (g_uri_get_scheme (uri), "http"))
    flight->reach = VRF_REACH_LOOPBACK;
  flight->began_us = g_get_monotonic_time ();
  flight->deadline = g_timeout_source_new (self->deadline_ms);
  g_source_set_static_name (flight->deadline, "vrf webhook deadline");
  g_source_set_callback (flight->deadline, deadline_cb, task, NULL);
  g_source_attach (flight->deadline, g_task_get_context (task));
  g_signal_connect (flight->message, "network-event", G_CALLBACK (network_event_cb), task);
  if (g_task_get_cancellable (task) != NULL)
    flight->watch = g_cancellable_connect (
        g_task_get_cancellable (task), G_CALLBACK (cancelled_cb), task, NULL);
}

/**
 * vrf_poster_send_async:
 * @self: a poster
 * @post: copied as far as needed
 * @cancellable: (nullable): gives up; the receiver may have it all the same
 * @callback: called when there is an outcome
 * @user_data: for @callback
 */
void
vrf_poster_send_async (VrfPoster *self,
                       const VrfPost *post,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Flight *flight = NULL;
  SoupMessage *message = new_message (post);

  g_task_set_source_tag (task, vrf_poster_send_async);
  if (message == NULL)
    {
      VrfPostOutcome *outcome = g_new0 (VrfPostOutcome, 1);

      outcome->problem = g_strdup ("The URL cannot be used.");
      g_task_return_pointer (task, outcome, (GDestroyNotify) vrf_post_outcome_free);
      return;
    }
  flight = g_new0 (Flight, 1);
  flight->message = message;
  flight->inner = g_cancellable_new ();
  g_task_set_task_data (task, flight, (GDestroyNotify) flight_free);
  begin (task);
  soup_session_send_async (
      self->session, message, G_PRIORITY_DEFAULT, flight->inner, sent_cb, g_steal_pointer (&task));
}

/**
 * vrf_poster_send_finish:
 * @self: a poster
 * @result: given to the callback
 * @error: %G_IO_ERROR_CANCELLED only: all else is an outcome
 *
 * Returns: (nullable) (transfer full): how it went
 */
VrfPostOutcome *
vrf_poster_send_finish (VrfPoster *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
