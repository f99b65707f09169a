/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/vrf-listener.h"

/* Connections: how many at a time, how long, and that none is lost in between. */

typedef struct
{
  VrfListener *listener;
  GPtrArray *kept; /* owned: connections that nobody has answered yet */
  guint taken;
  guint most;
} Fixture;

static void
keep_cb (GSocketConnection *connection, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->taken++;
  g_ptr_array_add (fixture->kept, g_object_ref (connection));
  fixture->most = MAX (fixture->most, fixture->kept->len);
}

static void
start (Fixture *fixture, guint max_connections, guint life_ms)
{
  g_autoptr (GError) error = NULL;

  fixture->listener = vrf_listener_new (max_connections, life_ms, keep_cb, fixture);
  vrf_listener_listen (fixture->listener, "127.0.0.1", 0, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->kept = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_ptr_array_unref (fixture->kept);
  g_assert_finalize_object (fixture->listener);
}

static GSocketConnection *
connect_to (Fixture *fixture, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  return g_socket_client_connect_to_host (
      client, "127.0.0.1", vrf_listener_get_port (fixture->listener), NULL, error);
}

static void
test_queue (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func (g_object_unref);

  start (fixture, 4, 60000);
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (clients, connect_to (fixture, &error));
      g_assert_no_error (error);
    }
  while (fixture->taken < 40)
    {
      if (fixture->kept->len == 4)
        {
          GIOStream *oldest = fixture->kept->pdata[0];

          g_assert_cmpint (
              g_output_stream_write (g_io_stream_get_output_stream (oldest), "x", 1, NULL, NULL),
              ==,
              1);
          g_ptr_array_remove_index (fixture->kept, 0);
        }
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpuint (fixture->most, ==, 4);
  /* The last four are still there; the first 36 were answered. */
  for (guint i = 0; i < 36; i++)
    {
      char answer = '\0';

      g_input_stream_read (
          g_io_stream_get_input_stream (clients->pdata[i]), &answer, 1, NULL, NULL);
      g_assert_cmpint (answer, ==, 'x');
    }
}

static gboolean
ended_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* The end comes by itself, to a connection that says nothing as to one that never stops. */
static void
test_life (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GSocketConnection) client = NULL;
  g_autoptr (GSource) source = NULL;
  char byte = '\0';
  gboolean ended = FALSE;

  start (fixture, 1, 20);
  client = connect_to (fixture, NULL);
  source =
      g_socket_create_source (g_socket_connection_get_socket (client), G_IO_IN | G_IO_HUP, NULL);
  g_source_set_callback (source, G_SOURCE_FUNC (ended_cb), &ended, NULL);
  g_source_attach (source, NULL);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (fixture->taken, ==, 1);
  g_assert_cmpint (g_input_stream_read (
                       g_io_stream_get_input_stream (G_IO_STREAM (client)), &byte, 1, NULL, NULL),
                   ==,
                   0);
}

static void
test_close (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GSocketClient) socket_client = g_socket_client_new ();
  g_autoptr (GSocketConnection) none = NULL;
  g_autoptr (GError) error = NULL;
  guint16 port = 0;

  start (fixture, 1, 60000);
  port = vrf_listener_get_port (fixture->listener);
  g_assert_cmpuint (port, !=, 0);
  vrf_listener_close (fixture->listener);
  g_assert_cmpuint (vrf_listener_get_port (fixture->listener), ==, 0);
  none = g_socket_client_connect_to_host (socket_client, "127.0.0.1", port, NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static void
test_refused (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfListener) second = vrf_listener_new (1, 60000, keep_cb, fixture);
  g_autoptr (GError) taken = NULL;
  g_autoptr (GError) nowhere = NULL;

  start (fixture, 1, 60000);
  g_assert_false (
      vrf_listener_listen (second, "127.0.0.1", vrf_listener_get_port (fixture->listener), &taken));
  g_assert_error (taken, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_assert_false (vrf_listener_listen (second, "nowhere", 0, &nowhere));
  g_assert_error (nowhere, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/base/listener/queue", Fixture, NULL, set_up, test_queue, tear_down);
  g_test_add ("/base/listener/life", Fixture, NULL, set_up, test_life, tear_down);
  g_test_add ("/base/listener/close", Fixture, NULL, set_up, test_close, tear_down);
  g_test_add ("/base/listener/refused", Fixture, NULL, set_up, test_refused, tear_down);
  return g_test_run ();
}
