/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "api/vrf-transport.h"
#include "api/vrf-base-url.h"
#include "api/vrf-network-error.h"
#include "base/vrf-error.h"

/**
 * VrfTransport:
 *
 * Sends one request to the one server it was made for and reads the answer, bounded in size and
 * time. HTTP/1.1 only; no redirects, cookies, cache, sniffer, decoder or authentication of
 * libsoup's; certificates must be right. Each send makes a SoupMessage of its own. For the thread
 * that made it.
 */
struct _VrfTransport
{
  GObject parent_instance;

  /* owned */
  SoupSession *session;
  char *base_url;
  char *api_key;

  VrfTimings timings;
};

const VrfTimings VRF_TIMINGS_DEFAULT = {
  .connect_ms = 10 * 1000,
  .headers_ms = 20 * 1000,
  .body_ms = 60 * 1000,
  .retry_unit_ms = 1000,
};

#define API_VERSION "2026-01-01" /* verifa-api.md 1.3 */
#define MAX_CONNECTIONS 8
#define IDLE_TIMEOUT_S 30
#define CHUNK_BYTES (64 * 1024)
#define KEY_MAX_BYTES 512
#define IDEMPOTENCY_KEY_MAX_BYTES 255

/* The state of one send. Its sources point at the task, so they go before the task answers. */
typedef struct
{
  SoupMessage *message;
  GCancellable *inner; /* ends the work in libsoup: the caller's, or a deadline */
  GSource *watch;      /* on the caller's cancellable */
  GSource *deadline;
  GInputStream *stream;
  GByteArray *body;
  gsize max_bytes;
  gint64 began_us;
  VrfPhase phase;
  gboolean timed_out;
} Send;

G_DEFINE_FINAL_TYPE (VrfTransport, vrf_transport, G_TYPE_OBJECT)

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
send_free (Send *send)
{
  clear_source (&send->watch);
  clear_source (&send->deadline);
  g_clear_object (&send->message);
  g_clear_object (&send->inner);
  g_clear_object (&send->stream);
  g_clear_pointer (&send->body, g_byte_array_unref);
  g_free (send);
}

static void
vrf_transport_finalize (GObject *object)
{
  VrfTransport *self = VRF_TRANSPORT (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->base_url, g_free);
  g_clear_pointer (&self->api_key, g_free);

  G_OBJECT_CLASS (vrf_transport_parent_class)->finalize (object);
}

static void
vrf_transport_class_init (VrfTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_transport_finalize;

  /* Read by libsoup when a connection is made. Programs set it before they start threads; this is
   * for those that forgot. */
  if (g_getenv ("SOUP_FORCE_HTTP1") == NULL)
    g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
}

static void
vrf_transport_init (VrfTransport *self)
{
  self->timings = VRF_TIMINGS_DEFAULT;
}

static SoupSession *
make_session (gboolean loopback)
{
  SoupSession *session = soup_session_new_with_options ("max-conns",
                                                        MAX_CONNECTIONS,
                                                        "max-conns-per-host",
                                                        MAX_CONNECTIONS,
                                                        "idle-timeout",
                                                        IDLE_TIMEOUT_S,
                                                        "timeout",
                                                        0,
                                                        "user-agent",
                                                        "verifa-desk/" PACKAGE_VERSION,
                                                        NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_SNIFFER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_COOKIE_JAR);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CACHE);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  if (loopback)
    soup_session_set_proxy_resolver (session, NULL);
  return session;
}

/* What goes into a header must not be able to end it. */
static gboolean
is_header_text (const char *text, gsize max_bytes)
{
  if (*text == '\0' || strlen (text) > max_bytes)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c))
      return FALSE;
  return TRUE;
}

/**
 * vrf_transport_new:
 * @base_url: the server, as vrf_base_url_normalize() takes it
 * @api_key: the key
 * @error: %VRF_ERROR_ARGUMENT
 *
 * Returns: (nullable) (transfer full): a transport for this server and key
 */
VrfTransport *
vrf_transport_new (const char *base_url, const char *api_key, GError **error)
{
  g_autoptr (VrfTransport) self = NULL;
  g_autofree char *normal = vrf_base_url_normalize (base_url, error);

  if (normal == NULL)
    return NULL;
  if (!is_header_text (api_key, KEY_MAX_BYTES))
    {
      g_set_error_literal (error,
                           VRF_ERROR,
                           VRF_ERROR_ARGUMENT,
                           _ ("This is not an API key: it is empty or has characters that no key "
                              "has. Copy it again."));
      return NULL;
    }

  self = g_object_new (VRF_TYPE_TRANSPORT, NULL);
  self->session = make_session (vrf_base_url_is_loopback (normal));
  self->base_url = g_steal_pointer (&normal);
  self->api_key = g_strdup (api_key);
  return g_steal_pointer (&self);
}

/** vrf_transport_get_base_url: Returns: (transfer none): normalized */
const char *
vrf_transport_get_base_url (VrfTransport *self)
{
  return self->base_url;
}

const VrfTimings *
vrf_transport_get_timings (VrfTransport *self)
{
  return &self->timings;
}

/** vrf_transport_set_timings: @timings is copied; it counts from the next send */
void
vrf_transport_set_timings (VrfTransport *self, const VrfTimings *timings)
{
  self->timings = *timings;
}

/** vrf_request_may_repeat: Returns: whether sending twice does the same as sending once */
gboolean
vrf_request_may_repeat (const VrfRequest *request)
{
  return g_str_equal (request->method, "GET") || request->idempotency_key != NULL;
}

static gboolean
deadline_cb (gpointer user_data)
{
  Send *send = g_task_get_task_data (user_data);

  send->timed_out = TRUE;
  clear_source (&send->deadline);
  g_cancellable_cancel (send->inner);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Send *send = g_task_get_task_data (user_data);

  g_cancellable_cancel (send->inner);
  return G_SOURCE_REMOVE;
}

/* Deadlines count from the start of the attempt. */
static void
enter_phase (GTask *task, VrfPhase phase)
{
  VrfTransport *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);
  guint ends_ms = self->timings.connect_ms;
  gint64 spent_ms = (g_get_monotonic_time () - send->began_us) / 1000;

  if (phase == VRF_PHASE_HEADERS)
    ends_ms = self->timings.headers_ms;
  else if (phase == VRF_PHASE_BODY)
    ends_ms = self->timings.body_ms;

  send->phase = phase;
  clear_source (&send->deadline);
  send->deadline = g_timeout_source_new ((guint) MAX (ends_ms - spent_ms, 0));
  g_source_set_static_name (send->deadline, "vrf deadline");
  g_source_set_callback (send->deadline, deadline_cb, task, NULL);
  g_source_attach (send->deadline, g_task_get_context (task));
}

/* Emitted when the connection is there, its handshake done and verified. */
static void
starting_cb (SoupMessage *message, gpointer user_data)
{
  enter_phase (user_data, VRF_PHASE_HEADERS);
}

/* Nothing of ours may run any more once the task has answered. */
static void
settle (GTask *task)
{
  Send *send = g_task_get_task_data (task);

  clear_source (&send->watch);
  clear_source (&send->deadline);
  g_signal_handlers_disconnect_by_data (send->message, task);
}

static void
close_stream (GTask *task)
{
  Send *send = g_task_get_task_data (task);

  if (send->stream != NULL && !g_input_stream_is_closed (send->stream))
    g_input_stream_close_async (send->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static void
finish_with_error (GTask *task, const GError *cause)
{
  Send *send = g_task_get_task_data (task);

  settle (task);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_error (task,
                         send->timed_out
                             ? vrf_network_error_new_timeout (send->phase)
                             : vrf_network_error_new (cause, send->message, send->phase));
}

static void
finish_with_reply (GTask *task)
{
  Send *send = g_task_get_task_data (task);
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&send->body));

  settle (task);
  close_stream (task);
  g_task_return_pointer (task,
                         vrf_http_reply_new (soup_message_get_status (send->message),
                                             soup_message_get_response_headers (send->message),
                                             body),
                         (GDestroyNotify) vrf_http_reply_free);
}

static gboolean
is_success (const Send *send)
{
  return SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (send->message));
}

/* Outside 2xx the status is the answer: a body that is too long or broken takes nothing from it. */
static void
finish_too_large (GTask *task)
{
  Send *send = g_task_get_task_data (task);

  if (!is_success (send))
    {
      finish_with_reply (task);
      return;
    }
  settle (task);
  close_stream (task);
  g_task_return_new_error (
      task,
      VRF_ERROR,
      VRF_ERROR_TOO_LARGE,
      /* Translators: the number is in MiB. */
      _ ("The server’s answer is larger than %d MiB and was not read. Check the address."),
         (int) (send->max_bytes / (1024 * 1024)));
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static void
read_on (GTask *task)
{
  Send *send = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (
      send->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, send->inner, read_cb, g_object_ref (task));
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Send *send = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);
  gsize length = 0;
  const void *data = NULL;

  if (bytes == NULL)
    {
      gboolean ours = send->timed_out || g_cancellable_is_cancelled (g_task_get_cancellable (task));

      if (is_success (send) || ours)
        {
          close_stream (task);
          finish_with_error (task, error);
        }
      else
        finish_with_reply (task);
      return;
    }
  data = g_bytes_get_data (bytes, &length);
  if (length == 0)
    finish_with_reply (task);
  else if (send->body->len + length
           > (is_success (send) ? send->max_bytes : VRF_HTTP_REPLY_MAX_PROBLEM_BYTES))
    finish_too_large (task);
  else
    {
      g_byte_array_append (send->body, data, (guint) length);
      read_on (task);
    }
}

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Send *send = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (send->message);
  g_autoptr (GError) error = NULL;

  send->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (send->stream == NULL)
    {
      finish_with_error (task, error);
      return;
    }
  enter_phase (task, VRF_PHASE_BODY);
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
      && soup_message_headers_get_content_length (headers) > (goffset) send->max_bytes)
    finish_too_large (task);
  else
    read_on (task);
}

static SoupMessage *
fail_to_make (GError **error, const char *problem)
{
  g_set_error_literal (error, VRF_ERROR, VRF_ERROR_ARGUMENT, problem);
  return NULL;
}

static SoupMessage *
make_message (VrfTransport *self, const VrfRequest *request, GError **error)
{
  g_autofree char *url = g_strconcat (self->base_url, request->path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (request->method, url);
  SoupMessageHeaders *headers = NULL;

  if (message == NULL)
    return fail_to_make (error, "The address cannot be used");
  if (request->idempotency_key != NULL
      && !is_header_text (request->idempotency_key, IDEMPOTENCY_KEY_MAX_BYTES))
    return fail_to_make (error, "An idempotency key is 1 to 255 printable characters");
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "X-API-Key", self->api_key);
  soup_message_headers_replace (
      headers, "Accept", request->accept != NULL ? request->accept : "application/json");
  soup_message_headers_replace (headers, "Key-Inflection", "snake");
  soup_message_headers_replace (headers, "Verifa-Version", API_VERSION);
  if (request->idempotency_key != NULL)
    soup_message_headers_replace (headers, "Idempotency-Key", request->idempotency_key);
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", request->body);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  /* A kept connection may close under a request; what must not be sent twice gets its own. */
  if (!vrf_request_may_repeat (request))
    soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  return g_steal_pointer (&message);
}

/**
 * vrf_transport_send_async:
 * @self: a transport
 * @request: what to send; copied as far as it is needed
 * @cancellable: (nullable): ends it in any phase
 * @callback: called once
 * @user_data: for @callback
 *
 * One attempt. Every answer is a success here, whatever its status; errors are %VRF_ERROR_OFFLINE,
 * TIMEOUT, TLS, TOO_LARGE, REPLY, ARGUMENT and %G_IO_ERROR_CANCELLED.
 */
void
vrf_transport_send_async (VrfTransport *self,
                          const VrfRequest *request,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  Send *send = g_new0 (Send, 1);

  g_task_set_source_tag (task, vrf_transport_send_async);
  g_task_set_task_data (task, send, (GDestroyNotify) send_free);
  send->message = make_message (self, request, &error);
  send->inner = g_cancellable_new ();
  send->body = g_byte_array_new ();
  send->max_bytes = request->max_bytes > 0 ? request->max_bytes : VRF_HTTP_REPLY_MAX_BYTES;
  send->began_us = g_get_monotonic_time ();
  if (g_task_return_error_if_cancelled (task))
    return;
  if (send->message == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (cancellable != NULL)
    {
      send->watch = g_cancellable_source_new (cancellable);
      g_source_set_callback (send->watch, G_SOURCE_FUNC (cancelled_cb), task, NULL);
      g_source_attach (send->watch, g_task_get_context (task));
    }
  g_signal_connect (send->message, "starting", G_CALLBACK (starting_cb), task);
  enter_phase (task, VRF_PHASE_CONNECT);
  soup_session_send_async (
      self->session, send->message, G_PRIORITY_DEFAULT, send->inner, sent_cb, g_object_ref (task));
}

/** vrf_transport_send_finish: Returns: (nullable) (transfer full): the answer */
VrfHttpReply *
vrf_transport_send_finish (VrfTransport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
