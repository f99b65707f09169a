/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <libsoup/soup.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "sandbox/vrf-server.h"

#include "base/vrf-listener.h"
#include "sandbox/vrf-drain.h"
#include "sandbox/vrf-request-private.h"

/**
 * VrfServer:
 *
 * Takes connections, bounds what they may send, and carries requests to the router. Bodies are
 * counted as they come: one that is too large is refused and its connection taken from libsoup, so
 * that the rest is never collected. Lives in the main context it was made in.
 *
 * A connection carries one request: soup_server_accept_iostream() closes it behind the reply as
 * long as the SoupServer listens nowhere itself. libsoup 3.2.3 does keep connections open when it
 * listens, but never gives back one that the client closes while it is idle, so that a few dozen
 * clients would use up all there are.
 */
struct _VrfServer
{
  GObject parent_instance;

  VrfRouter *router;     /* owned */
  VrfService *service;   /* owned */
  VrfListener *listener; /* owned, nullable */
  SoupServer *soup;      /* owned */
  GHashTable *exchanges; /* owned: SoupServerMessage → Exchange */
  guint16 port;
};

/* A request while it is being read. */
typedef struct
{
  VrfRequest *request; /* owned */
  GByteArray *body;    /* owned */
  gsize received;
  gboolean refused;
  GSource *late; /* owned, nullable: until the answer may go */
} Exchange;

G_DEFINE_FINAL_TYPE (VrfServer, vrf_server, G_TYPE_OBJECT)

static void
exchange_free (Exchange *exchange)
{
  vrf_request_free (exchange->request);
  g_byte_array_unref (exchange->body);
  if (exchange->late != NULL)
    g_source_destroy (exchange->late);
  g_clear_pointer (&exchange->late, g_source_unref);
  g_free (exchange);
}

static void
vrf_server_dispose (GObject *object)
{
  VrfServer *self = VRF_SERVER (object);

  vrf_server_close (self);
  if (self->soup != NULL)
    vrf_server_disconnect (self);
  g_clear_object (&self->listener);
  g_clear_object (&self->soup);
  g_clear_object (&self->router);
  g_clear_object (&self->service);
  g_clear_pointer (&self->exchanges, g_hash_table_unref);

  G_OBJECT_CLASS (vrf_server_parent_class)->dispose (object);
}

static void
vrf_server_class_init (VrfServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vrf_server_dispose;
}

static void
vrf_server_init (VrfServer *self)
{
  self->exchanges =
      g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify) exchange_free);
}

static void
copy_header_cb (const char *name, const char *value, gpointer user_data)
{
  soup_message_headers_replace (user_data, name, value);
}

static GBytes *
dup_body (VrfRequest *request)
{
  return vrf_reply_dup_body (request->reply, vrf_request_get_inflection (request));
}

static void
write_reply (SoupServerMessage *message, VrfRequest *request)
{
  g_autoptr (GBytes) body = dup_body (request);
  guint status = request->reply->status;

  soup_message_body_truncate (soup_server_message_get_response_body (message));
  soup_message_headers_remove (soup_server_message_get_response_headers (message), "Content-Type");
  soup_server_message_set_status (message, status, vrf_reply_get_phrase (status));
  soup_message_headers_foreach (
      request->reply->headers, copy_header_cb, soup_server_message_get_response_headers (message));
  /* Said, so that no client sends another request into a connection that is about to close. */
  soup_message_headers_replace (
      soup_server_message_get_response_headers (message), "Connection", "close");
  if (g_bytes_get_size (body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
}

/*
 * The body is too large: writes the refusal ourselves and lets the connection run dry. A check that
 * comes before the size may have refused already; that answer stands.
 */
static void
cut_off (VrfServer *self, SoupServerMessage *message, Exchange *exchange)
{
  g_autoptr (GIOStream) stream = NULL;
  g_autoptr (GBytes) body = NULL;

  if (!exchange->refused || exchange->request->reply->status == 415)
    vrf_router_refuse_size (self->router, exchange->request);
  exchange->refused = TRUE;
  body = dup_body (exchange->request);
  stream = soup_server_message_steal_connection (message);
  vrf_drain_reply (stream, exchange->request->reply, body);
  /* libsoup does not say that a message ended whose connection was taken. */
  g_hash_table_remove (self->exchanges, message);
}

/* Half an answer, or none of it, and the connection's end. */
static void
break_off (VrfServer *self, SoupServerMessage *message, Exchange *exchange)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  g_autoptr (GBytes) body = NULL;

  if (exchange->request->fault.kind == VRF_FAULT_TRUNCATE)
    {
      body = dup_body (exchange->request);
      vrf_drain_half (stream, exchange->request->reply, body);
    }
  else
    g_io_stream_close (stream, NULL, NULL);
  g_hash_table_remove (self->exchanges, message);
}

static gboolean
late_cb (gpointer user_data)
{
  soup_server_message_unpause (user_data);
  return G_SOURCE_REMOVE;
}

/* The answer is there; it goes later. */
static void
hold_back (SoupServerMessage *message, Exchange *exchange)
{
  soup_server_message_pause (message);
  exchange->late = g_timeout_source_new (exchange->request->fault.latency_ms);
  g_source_set_callback (exchange->late, late_cb, message, NULL);
  g_source_attach (exchange->late, g_main_context_get_thread_default ());
}

static gboolean
breaks_off (const VrfFault *fault)
{
  return fault->kind == VRF_FAULT_DROP_BEFORE || fault->kind == VRF_FAULT_DROP_AFTER
         || fault->kind == VRF_FAULT_TRUNCATE;
}

static void
got_headers_cb (SoupServerMessage *message, gpointer user_data)
{
  VrfServer *self = user_data;
  GUri *uri = soup_server_message_get_uri (message);
  const char *query = g_uri_get_query (uri);
  g_autofree char *target = query != NULL ? g_strconcat (g_uri_get_path (uri), "?", query, NULL)
                                          : g_strdup (g_uri_get_path (uri));
  Exchange *exchange = g_new0 (Exchange, 1);

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  exchange->body = g_byte_array_new ();
  exchange->request = vrf_request_new (self->service,
                                       soup_server_message_get_method (message),
                                       target,
                                       soup_server_message_get_request_headers (message),
                                       soup_server_message_get_remote_host (message));
  g_hash_table_insert (self->exchanges, g_object_ref (message), exchange);

  exchange->refused = !vrf_router_accept (self->router, exchange->request);
  if (exchange->refused && exchange->request->reply->status == 413)
    cut_off (self, message, exchange);
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  VrfServer *self = user_data;
  Exchange *exchange = g_hash_table_lookup (self->exchanges, message);
  gsize size = g_bytes_get_size (chunk);

  if (exchange == NULL)
    return;
  exchange->received += size;
  if (exchange->received > vrf_router_get_max_body (self->router, exchange->request))
    cut_off (self, message, exchange);
  else if (!exchange->refused)
    g_byte_array_append (exchange->body, g_bytes_get_data (chunk, NULL), (guint) size);
}

/* The message is there as long as its request is. */
static void
resume_cb (VrfRequest *request, VrfAnswer answer, gpointer data, gpointer user_data)
{
  SoupServerMessage *message = user_data;

  vrf_router_answer (request, answer, data);
  write_reply (message, request);
  soup_server_message_unpause (message);
}

static void
answer_cb (SoupServer *soup,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  VrfServer *self = user_data;
  Exchange *exchange = g_hash_table_lookup (self->exchanges, message);
  g_autoptr (GBytes) body = NULL;
  const VrfFault *fault = NULL;

  if (exchange == NULL)
    {
      soup_server_message_set_status (message, SOUP_STATUS_BAD_REQUEST, NULL);
      return;
    }
  fault = &exchange->request->fault;
  if (!exchange->refused && fault->kind != VRF_FAULT_DROP_BEFORE)
    {
      body = g_byte_array_free_to_bytes (exchange->body);
      exchange->body = g_byte_array_new ();
      exchange->request->resume = resume_cb;
      exchange->request->resume_data = message;
      if (!vrf_router_dispatch (self->router, exchange->request, body))
        {
          soup_server_message_pause (message);
          return;
        }
    }
  if (breaks_off (fault))
    {
      break_off (self, message, exchange);
      return;
    }
  write_reply (message, exchange->request);
  if (fault->latency_ms > 0)
    hold_back (message, exchange);
}

/* What libsoup cannot read it refuses by itself, with a status and whatever the message holds. */
static void
prepare_refusal (VrfServer *self, SoupServerMessage *message)
{
  static const char body[] = "{\"error\":\"bad_request\","
                             "\"detail\":\"The request cannot be read.\",\"status_code\":400}";

  g_autofree char *time = vrf_sandbox_clock_dup_header (vrf_service_get_clock (self->service));

  soup_message_headers_replace (
      soup_server_message_get_response_headers (message), "X-Sandbox-Time", time);
  soup_server_message_set_response (
      message, "application/json", SOUP_MEMORY_STATIC, body, sizeof body - 1);
}

static void
started_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  prepare_refusal (user_data, message);
  g_signal_connect_object (message, "got-headers", G_CALLBACK (got_headers_cb), user_data, 0);
  g_signal_connect_object (message, "got-chunk", G_CALLBACK (got_chunk_cb), user_data, 0);
}

static void
ended_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  VrfServer *self = user_data;

  g_hash_table_remove (self->exchanges, message);
}

/** vrf_server_new: Returns: (transfer full): a server that does not listen yet */
VrfServer *
vrf_server_new (VrfService *service, VrfRouter *router)
{
  VrfServer *self = g_object_new (VRF_TYPE_SERVER, NULL);

  self->service = g_object_ref (service);
  self->router = g_object_ref (router);
  self->soup = soup_server_new ("server-header", "verifa-sandbox", "raw-paths", TRUE, NULL);
  soup_server_add_handler (self->soup, NULL, answer_cb, self, NULL);
  /* `OPTIONS *` is about no path; libsoup asks for a handler of its own. */
  soup_server_add_handler (self->soup, "*", answer_cb, self, NULL);
  g_signal_connect_object (self->soup, "request-started", G_CALLBACK (started_cb), self, 0);
  g_signal_connect_object (self->soup, "request-finished", G_CALLBACK (ended_cb), self, 0);
  g_signal_connect_object (self->soup, "request-aborted", G_CALLBACK (ended_cb), self, 0);
  return self;
}

static void
incoming_cb (GSocketConnection *connection, gpointer user_data)
{
  VrfServer *self = user_data;
  GSocket *socket = g_socket_connection_get_socket (connection);
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GError) error = NULL;

  g_socket_set_timeout (socket, VRF_SERVER_TIMEOUT_S);
  /* Head and body are written apart; the body must not wait for the head's acknowledgement. */
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  if (!soup_server_accept_iostream (self->soup, G_IO_STREAM (connection), local, remote, &error))
    g_debug ("A connection could not be served: %s", error->message);
}

/**
 * vrf_server_listen:
 * @self: a server
 * @address: where: "127.0.0.1"
 * @port: 0 picks a free one
 * @error: %G_IO_ERROR_ADDRESS_IN_USE and its like
 */
gboolean
vrf_server_listen (VrfServer *self, const char *address, guint16 port, GError **error)
{
  g_clear_object (&self->listener);
  self->listener =
      vrf_listener_new (VRF_SERVER_MAX_CONNECTIONS, VRF_SERVER_LIFE_S * 1000, incoming_cb, self);
  if (!vrf_listener_listen (self->listener, address, port, error))
    return FALSE;
  self->port = vrf_listener_get_port (self->listener);
  return TRUE;
}

/** vrf_server_get_port: Returns: where it listens */
guint16
vrf_server_get_port (VrfServer *self)
{
  return self->port;
}

/** vrf_server_is_idle: Returns: whether no request is being read or answered */
gboolean
vrf_server_is_idle (VrfServer *self)
{
  return g_hash_table_size (self->exchanges) == 0;
}

/** vrf_server_close: takes no new connections */
void
vrf_server_close (VrfServer *self)
{
  if (self->listener != NULL)
    vrf_listener_close (self->listener);
}

/** vrf_server_disconnect: drops the connections there are, with what is under way on them */
void
vrf_server_disconnect (VrfServer *self)
{
  soup_server_disconnect (self->soup);
}
