/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "webhook-receiver.h"

#define PATIENCE_S 30

struct _WebhookReceiver
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  SoupServer *server;
  GMutex mutex;
  GCond cond;
  GPtrArray *received;
  guint fail_next;
  guint port;
};

static void
received_free (gpointer data)
{
  Received *received = data;

  g_free (received->path);
  g_free (received->signature);
  g_free (received->delivery_id);
  g_free (received->event);
  g_free (received->user_agent);
  g_free (received->content_type);
  g_bytes_unref (received->body);
  json_node_unref (received->json);
  g_free (received);
}

static Received *
new_received (SoupServerMessage *message, const char *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  Received *received = g_new0 (Received, 1);
  g_autofree char *text = NULL;

  received->path = g_strdup (path);
  received->signature = g_strdup (soup_message_headers_get_one (headers, "X-Verifa-Signature"));
  received->delivery_id = g_strdup (soup_message_headers_get_one (headers, "X-Verifa-Delivery-Id"));
  received->event = g_strdup (soup_message_headers_get_one (headers, "X-Verifa-Event"));
  received->user_agent = g_strdup (soup_message_headers_get_one (headers, "User-Agent"));
  received->content_type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  received->body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  text = g_strndup (g_bytes_get_data (received->body, NULL), g_bytes_get_size (received->body));
  received->json = json_from_string (text, NULL);
  g_assert_nonnull (received->json);
  return received;
}

static void
received_cb (SoupServer *server,
             SoupServerMessage *message,
             const char *path,
             GHashTable *query,
             gpointer user_data)
{
  WebhookReceiver *self = user_data;
  guint status = 200;

  g_assert_cmpstr (soup_server_message_get_method (message), ==, "POST");
  if (g_str_equal (path, "/redirect"))
    soup_server_message_set_redirect (message, 302, "/ok");
  else if (g_ascii_isdigit (path[1]))
    status = (guint) g_ascii_strtoull (path + 1, NULL, 10);

  g_mutex_lock (&self->mutex);
  if (self->fail_next > 0)
    {
      self->fail_next--;
      status = 503;
    }
  if (!g_str_equal (path, "/redirect"))
    soup_server_message_set_status (message, status, NULL);
  if (g_str_equal (path, "/hang"))
    soup_server_message_pause (message);
  g_ptr_array_add (self->received, new_received (message, path));
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static gpointer
thread_func (gpointer user_data)
{
  WebhookReceiver *self = user_data;
  g_autoptr (GError) error = NULL;
  GSList *uris = NULL;

  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, received_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  g_mutex_lock (&self->mutex);
  self->port = (guint) g_uri_get_port (uris->data);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_main_loop_run (self->loop);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

WebhookReceiver *
webhook_receiver_start (void)
{
  WebhookReceiver *self = g_new0 (WebhookReceiver, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->received = g_ptr_array_new_with_free_func (received_free);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("receiver", thread_func, self);
  g_mutex_lock (&self->mutex);
  while (self->port == 0)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return self;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

void
webhook_receiver_stop (WebhookReceiver *self)
{
  g_autoptr (GSource) quit = g_idle_source_new ();

  g_source_set_callback (quit, quit_cb, self->loop, NULL);
  g_source_attach (quit, self->context);
  g_thread_join (self->thread);
  g_ptr_array_unref (self->received);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

char *
webhook_receiver_dup_url (WebhookReceiver *self, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", self->port, path);
}

/* The next @n are answered 503, whatever their path. */
void
webhook_receiver_fail_next (WebhookReceiver *self, guint n)
{
  g_mutex_lock (&self->mutex);
  self->fail_next = n;
  g_mutex_unlock (&self->mutex);
}

static const Received *
find (WebhookReceiver *self, const char *path, guint index)
{
  for (guint i = 0; i < self->received->len; i++)
    {
      const Received *received = self->received->pdata[i];

      if ((path == NULL || g_str_equal (received->path, path)) && index-- == 0)
        return received;
    }
  return NULL;
}

/* The delivery at @index of those that came to @path, once it has come. */
const Received *
webhook_receiver_wait_at (WebhookReceiver *self, const char *path, guint index)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_S * G_TIME_SPAN_SECOND;
  const Received *received = NULL;

  g_mutex_lock (&self->mutex);
  while ((received = find (self, path, index)) == NULL)
    if (!g_cond_wait_until (&self->cond, &self->mutex, end))
      g_error ("Delivery %u did not come", index);
  g_mutex_unlock (&self->mutex);
  return received;
}

/* The same, wherever it came to. */
const Received *
webhook_receiver_wait (WebhookReceiver *self, guint index)
{
  return webhook_receiver_wait_at (self, NULL, index);
}

guint
webhook_receiver_count (WebhookReceiver *self)
{
  guint n = 0;

  g_mutex_lock (&self->mutex);
  n = self->received->len;
  g_mutex_unlock (&self->mutex);
  return n;
}

const char *
received_string (const Received *received, const char *name)
{
  return json_object_get_string_member_with_default (
      json_node_get_object (received->json), name, NULL);
}

/* verifa-api.md 5.3, with the openssl program's arithmetic and not ours. */
void
received_assert_signed (const Received *received, const char *secret)
{
  g_autofree char *macopt = g_strconcat ("key:", secret, NULL);
  const char *const argv[] = {
    "openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", macopt, "-r", NULL,
  };
  g_autoptr (GSubprocess) openssl = NULL;
  g_auto (GStrv) parts = g_strsplit (received->signature, ",v1=", 2);
  g_autoptr (GByteArray) signed_bytes = g_byte_array_new ();
  g_autoptr (GBytes) input = NULL;
  g_autoptr (GBytes) output = NULL;
  g_autofree char *hex = NULL;
  g_autoptr (GError) error = NULL;
  gint64 age_s = 0;

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  g_assert_true (g_str_has_prefix (parts[0], "t="));
  age_s = g_get_real_time () / G_USEC_PER_SEC - g_ascii_strtoll (parts[0] + 2, NULL, 10);
  g_assert_cmpint (ABS (age_s), <, 300);
  g_byte_array_append (signed_bytes, (const guint8 *) parts[0] + 2, strlen (parts[0]) - 2);
  g_byte_array_append (signed_bytes, (const guint8 *) ".", 1);
  g_byte_array_append (signed_bytes,
                       g_bytes_get_data (received->body, NULL),
                       (guint) g_bytes_get_size (received->body));
  input = g_bytes_new (signed_bytes->data, signed_bytes->len);

  openssl = g_subprocess_newv (
      argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate (openssl, input, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (output), >, 64);
  hex = g_strndup (g_bytes_get_data (output, NULL), 64);
  g_assert_cmpstr (parts[1], ==, hex);
}
