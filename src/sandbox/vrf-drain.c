/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <libsoup/soup.h>

#include "sandbox/vrf-drain.h"

/*
 * The end of a connection whose sender says too much. Closing it at once would reset it, and the
 * sender might never read why; so it is answered, and what still comes is thrown away, within
 * limits.
 */

#define CHUNK_BYTES (64 * 1024)
#define MAX_DRAIN_BYTES (32 * 1024 * 1024)
#define MAX_HALF_BYTES ((gsize) (16 * 1024))

typedef struct
{
  GIOStream *stream; /* owned */
  gsize drained;
} Drain;

static void
drain_free (Drain *drain)
{
  g_io_stream_close_async (drain->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_object_unref (drain->stream);
  g_free (drain);
}

static void
drain_more (Drain *drain);

static void
skipped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Drain *drain = user_data;
  gssize got = g_input_stream_skip_finish (G_INPUT_STREAM (source), result, NULL);

  if (got > 0)
    drain->drained += (gsize) got;
  if (got <= 0 || drain->drained > MAX_DRAIN_BYTES)
    drain_free (drain);
  else
    drain_more (drain);
}

static void
drain_more (Drain *drain)
{
  g_input_stream_skip_async (g_io_stream_get_input_stream (drain->stream),
                             CHUNK_BYTES,
                             G_PRIORITY_LOW,
                             NULL,
                             skipped_cb,
                             drain);
}

static void
append_header_cb (const char *name, const char *value, gpointer user_data)
{
  g_string_append_printf (user_data, "%s: %s\r\n", name, value);
}

static GString *
new_head (VrfReply *reply, gsize size)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (
      text, "HTTP/1.1 %u %s\r\n", reply->status, vrf_reply_get_phrase (reply->status));
  soup_message_headers_foreach (reply->headers, append_header_cb, text);
  g_string_append_printf (
      text, "Connection: close\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", size);
  return text;
}

/**
 * vrf_drain_half:
 * @stream: a connection taken from its server
 * @reply: what to say
 * @body: of which half is sent, and never more than 16 KiB
 *
 * Announces the whole answer and closes @stream within it.
 */
void
vrf_drain_half (GIOStream *stream, VrfReply *reply, GBytes *body)
{
  gsize size = g_bytes_get_size (body);
  g_autoptr (GString) text = new_head (reply, size);

  g_string_append_len (
      text, g_bytes_get_data (body, NULL), (gssize) MIN (size / 2, MAX_HALF_BYTES));
  g_output_stream_write_all (
      g_io_stream_get_output_stream (stream), text->str, text->len, NULL, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

/* libsoup hands a connection out in a wrapper of its own. */
static void
shut_writing (GIOStream *stream)
{
  g_autoptr (GIOStream) inner = NULL;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (stream), "base-iostream") != NULL)
    g_object_get (stream, "base-iostream", &inner, NULL);
  else
    inner = g_object_ref (stream);
  if (G_IS_SOCKET_CONNECTION (inner))
    g_socket_shutdown (
        g_socket_connection_get_socket (G_SOCKET_CONNECTION (inner)), FALSE, TRUE, NULL);
}

/**
 * vrf_drain_reply:
 * @stream: a connection taken from its server
 * @reply: what to say
 * @body: with what body
 *
 * Answers and says that this was all, then reads @stream to its end and closes it.
 */
void
vrf_drain_reply (GIOStream *stream, VrfReply *reply, GBytes *body)
{
  g_autoptr (GString) text = new_head (reply, g_bytes_get_size (body));
  Drain *drain = g_new0 (Drain, 1);

  g_string_append_len (text, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body));

  /* A few hundred bytes always fit the socket's buffer. */
  g_output_stream_write_all (
      g_io_stream_get_output_stream (stream), text->str, text->len, NULL, NULL, NULL);
  shut_writing (stream);

  drain->stream = g_object_ref (stream);
  drain_more (drain);
}
