/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <string.h>

#include "raw-server.h"

typedef struct
{
  char *bytes;
  gsize filler; /* spaces written after them */
  RawThen then;
  gboolean mute; /* does not wait for a request */
} Script;

struct _RawServer
{
  GSocketService *service;
  guint16 port;

  GMutex mutex;
  GQueue scripts;    /* Script */
  GPtrArray *heads;  /* what came, as text */
  guint n_connected; /* handlers at work */
};

static void
script_free (Script *script)
{
  g_free (script->bytes);
  g_free (script);
}

/* How many bytes a whole request has; %G_MAXSIZE before its head is there. */
static gsize
measure_request (const char *text)
{
  const char *end = strstr (text, "\r\n\r\n");
  const char *length = strstr (text, "Content-Length: ");

  if (end == NULL)
    return G_MAXSIZE;
  return (gsize) (end + strlen ("\r\n\r\n") - text)
         + (length != NULL && length < end
                ? g_ascii_strtoull (length + strlen ("Content-Length: "), NULL, 10)
                : 0);
}

/* All of it: closing with something unread resets the connection, and the answer may be lost. */
static char *
read_request (GInputStream *stream)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];

  while (text->len < measure_request (text->str))
    {
      gssize n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL);

      if (n <= 0)
        break;
      g_string_append_len (text, buffer, n);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
note (RawServer *self, char *head)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->heads, head);
  g_mutex_unlock (&self->mutex);
  g_main_context_wakeup (NULL);
}

static void
write_script (GIOStream *connection, const Script *script)
{
  GOutputStream *out = g_io_stream_get_output_stream (connection);
  char spaces[4096];

  memset (spaces, ' ', sizeof spaces);
  g_output_stream_write_all (out, script->bytes, strlen (script->bytes), NULL, NULL, NULL);
  for (gsize left = script->filler; left > 0;)
    {
      gsize n = MIN (left, sizeof spaces);

      if (!g_output_stream_write_all (out, spaces, n, NULL, NULL, NULL))
        return;
      left -= n;
    }
}

/* Takes what comes until the client goes. */
static void
stall (GIOStream *connection)
{
  GInputStream *in = g_io_stream_get_input_stream (connection);
  char buffer[256];

  while (g_input_stream_read (in, buffer, sizeof buffer, NULL, NULL) > 0)
    continue;
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source_object,
        gpointer user_data)
{
  RawServer *self = user_data;
  GIOStream *stream = G_IO_STREAM (connection);
  Script *script = NULL;

  g_mutex_lock (&self->mutex);
  script = g_queue_pop_head (&self->scripts);
  g_mutex_unlock (&self->mutex);
  if (script == NULL)
    g_error ("unexpected connection");

  if (script->mute)
    note (self, g_strdup (""));
  else
    note (self, read_request (g_io_stream_get_input_stream (stream)));
  write_script (stream, script);
  if (script->then == RAW_THEN_STALL)
    stall (stream);
  g_io_stream_close (stream, NULL, NULL);
  script_free (script);

  g_mutex_lock (&self->mutex);
  self->n_connected--;
  g_mutex_unlock (&self->mutex);
  g_main_context_wakeup (NULL);
  return TRUE;
}

/* Counted here, in the thread that frees the server, and not when the handler gets to run. */
static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source_object,
             gpointer user_data)
{
  RawServer *self = user_data;

  g_mutex_lock (&self->mutex);
  self->n_connected++;
  g_mutex_unlock (&self->mutex);
  return FALSE;
}

RawServer *
raw_server_new (void)
{
  RawServer *self = g_new0 (RawServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  g_queue_init (&self->scripts);
  self->heads = g_ptr_array_new_with_free_func (g_free);
  self->service = g_threaded_socket_service_new (16);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service),
                                 address,
                                 G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP,
                                 NULL,
                                 &bound,
                                 &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  return self;
}

static gboolean
is_busy (RawServer *self)
{
  gboolean busy = FALSE;

  g_mutex_lock (&self->mutex);
  busy = self->n_connected > 0;
  g_mutex_unlock (&self->mutex);
  return busy;
}

void
raw_server_free (RawServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  while (is_busy (self)) /* the client closes its connections in this context */
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_clear_object (&self->service);

  g_queue_clear_full (&self->scripts, (GDestroyNotify) script_free);
  g_ptr_array_unref (self->heads);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

char *
raw_server_dup_url (RawServer *self, const char *scheme)
{
  return g_strdup_printf ("%s://127.0.0.1:%u", scheme, self->port);
}

static void
push (RawServer *self, const char *bytes, gsize filler, RawThen then, gboolean mute)
{
  Script *script = g_new0 (Script, 1);

  script->bytes = g_strdup (bytes);
  script->filler = filler;
  script->then = then;
  script->mute = mute;
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->scripts, script);
  g_mutex_unlock (&self->mutex);
}

void
raw_server_script (RawServer *self, const char *bytes, RawThen then)
{
  push (self, bytes, 0, then, FALSE);
}

/* @bytes, then @filler spaces */
void
raw_server_script_filler (RawServer *self, const char *bytes, gsize filler)
{
  push (self, bytes, filler, RAW_THEN_CLOSE, FALSE);
}

/* @bytes, without waiting for a request */
void
raw_server_script_unasked (RawServer *self, const char *bytes, RawThen then)
{
  push (self, bytes, 0, then, TRUE);
}

guint
raw_server_count (RawServer *self)
{
  guint count = 0;

  g_mutex_lock (&self->mutex);
  count = self->heads->len;
  g_mutex_unlock (&self->mutex);
  return count;
}

/* Until so many requests have come. */
void
raw_server_await (RawServer *self, guint count)
{
  while (raw_server_count (self) < count)
    g_main_context_iteration (NULL, TRUE);
}

const char *
raw_server_peek (RawServer *self, guint index)
{
  const char *head = NULL;

  g_mutex_lock (&self->mutex);
  head = g_ptr_array_index (self->heads, index);
  g_mutex_unlock (&self->mutex);
  return head;
}
