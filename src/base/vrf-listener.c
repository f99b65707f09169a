/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-base"

#include "config.h"

#include "base/vrf-listener.h"

/**
 * VrfListener:
 *
 * Takes connections, so many at a time and each for so long; the others wait in the kernel's
 * queue. Lives in the thread-default main context it was told to listen in.
 *
 * Not a GSocketService: stopping one drops the connection it is just taking, so that one client is
 * lost each time the number is reached.
 */
struct _VrfListener
{
  GObject parent_instance;

  GSocket *socket; /* owned, nullable: only while it listens */
  GSource *source; /* owned, nullable: waits for a client, or to try again */
  guint n_connections;
  guint max_connections;
  guint life_ms;
  VrfListenerFunc func;
  gpointer user_data;
};

#define BACKLOG 128
#define RETRY_MS 1000

G_DEFINE_FINAL_TYPE (VrfListener, vrf_listener, G_TYPE_OBJECT)

static void
stop_waiting (VrfListener *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static void
vrf_listener_dispose (GObject *object)
{
  vrf_listener_close (VRF_LISTENER (object));

  G_OBJECT_CLASS (vrf_listener_parent_class)->dispose (object);
}

static void
vrf_listener_class_init (VrfListenerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vrf_listener_dispose;
}

static void
vrf_listener_init (VrfListener *self)
{
}

/**
 * vrf_listener_new:
 * @max_connections: how many there may be at a time
 * @life_ms: after which a connection is ended, however busy it looks
 * @func: gets each of them
 * @user_data: for @func; must outlive the listener's last connection or vrf_listener_close()
 *
 * Returns: (transfer full): a listener that does not listen yet
 */
VrfListener *
vrf_listener_new (guint max_connections, guint life_ms, VrfListenerFunc func, gpointer user_data)
{
  VrfListener *self = g_object_new (VRF_TYPE_LISTENER, NULL);

  self->max_connections = max_connections;
  self->life_ms = life_ms;
  self->func = func;
  self->user_data = user_data;
  return self;
}

/* A connection, as long as it lives: perhaps longer than the listener. */
typedef struct
{
  GWeakRef listener;
  GSource *end; /* owned */
} Guest;

static void
wait_for_client (VrfListener *self);

static void
gone_cb (gpointer user_data, GObject *connection)
{
  Guest *guest = user_data;
  g_autoptr (VrfListener) self = g_weak_ref_get (&guest->listener);

  if (self != NULL)
    {
      self->n_connections--;
      wait_for_client (self);
    }
  g_source_destroy (guest->end);
  g_source_unref (guest->end);
  g_weak_ref_clear (&guest->listener);
  g_free (guest);
}

/* Whoever serves it reads its end, and lets go of it. */
static gboolean
end_cb (gpointer connection)
{
  g_socket_shutdown (g_socket_connection_get_socket (connection), TRUE, TRUE, NULL);
  return G_SOURCE_REMOVE;
}

static void
receive (VrfListener *self, GSocket *socket)
{
  g_autoptr (GSocketConnection) connection = g_socket_connection_factory_create_connection (socket);
  Guest *guest = g_new0 (Guest, 1);

  g_weak_ref_init (&guest->listener, self);
  guest->end = g_timeout_source_new (self->life_ms);
  g_source_set_callback (guest->end, end_cb, connection, NULL);
  g_source_attach (guest->end, g_main_context_get_thread_default ());
  g_object_weak_ref (G_OBJECT (connection), gone_cb, guest);
  self->n_connections++;

  self->func (connection, self->user_data);
}

static gboolean
again_cb (gpointer user_data)
{
  VrfListener *self = user_data;

  stop_waiting (self);
  wait_for_client (self);
  return G_SOURCE_REMOVE;
}

/* Out of files, or the like: to be asked again at once, and in vain. */
static void
pause_a_while (VrfListener *self)
{
  stop_waiting (self);
  self->source = g_timeout_source_new (RETRY_MS);
  g_source_set_callback (self->source, again_cb, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

static gboolean
ready_cb (GSocket *listening, GIOCondition condition, gpointer user_data)
{
  VrfListener *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_accept (listening, NULL, &error);

  if (socket != NULL)
    {
      receive (self, socket);
      if (self->n_connections >= self->max_connections)
        stop_waiting (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      g_debug ("A connection could not be taken: %s", error->message);
      pause_a_while (self);
    }
  return G_SOURCE_CONTINUE;
}

static void
wait_for_client (VrfListener *self)
{
  if (self->socket == NULL || self->source != NULL || self->n_connections >= self->max_connections)
    return;
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (ready_cb), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

/**
 * vrf_listener_listen:
 * @self: a listener that does not listen
 * @address: where: "127.0.0.1"
 * @port: 0 picks a free one
 * @error: %G_IO_ERROR_ADDRESS_IN_USE and its like
 */
gboolean
vrf_listener_listen (VrfListener *self, const char *address, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string (address, port);
  g_autoptr (GSocket) socket = NULL;

  if (wanted == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is no address", address);
      return FALSE;
    }
  socket = g_socket_new (
      g_socket_address_get_family (wanted), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (socket == NULL)
    return FALSE;
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, wanted, TRUE, error) || !g_socket_listen (socket, error))
    return FALSE;

  self->socket = g_steal_pointer (&socket);
  wait_for_client (self);
  return TRUE;
}

/** vrf_listener_get_port: Returns: where it listens, 0 if it does not */
guint16
vrf_listener_get_port (VrfListener *self)
{
  g_autoptr (GSocketAddress) address =
      self->socket != NULL ? g_socket_get_local_address (self->socket, NULL) : NULL;

  return address != NULL ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)) : 0;
}

/** vrf_listener_close: takes no new connections; those there are stay */
void
vrf_listener_close (VrfListener *self)
{
  stop_waiting (self);
  if (self->socket != NULL)
    g_socket_close (self->socket, NULL);
  g_clear_object (&self->socket);
}
