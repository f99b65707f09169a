/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "webhook-data.h"

#include "webhook/vrf-webhook-receiver.h"

/* The receiver over a real connection, with requests written by hand. */

#define SECRET "whsec_3q2tR8vYw1Zc7Lk0"
#define MAX_BODY (1024 * 1024) /* verifa-api.md and hardening: at most 1 MiB */

typedef struct
{
  VrfWebhookReceiver *receiver;
  char *url;
  guint16 port;
  GPtrArray *events; /* owned: VrfWebhookEvent */
} Fixture;

static void
event_cb (VrfWebhookReceiver *receiver, const VrfWebhookEvent *event, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_ptr_array_add (fixture->events, vrf_webhook_event_copy (event));
}

static void
set_up (Fixture *fixture, gconstpointer forms)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) error = NULL;

  fixture->events = g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_webhook_event_free);
  fixture->receiver = vrf_webhook_receiver_new (GPOINTER_TO_INT (forms));
  g_assert_null (vrf_webhook_receiver_dup_url (fixture->receiver));
  vrf_webhook_receiver_set_secret (fixture->receiver, SECRET);
  g_signal_connect (fixture->receiver, "event", G_CALLBACK (event_cb), fixture);
  vrf_webhook_receiver_listen (fixture->receiver, 0, &error);
  g_assert_no_error (error);

  fixture->url = vrf_webhook_receiver_dup_url (fixture->receiver);
  uri = g_uri_parse (fixture->url, G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_uri_get_host (uri), ==, "127.0.0.1");
  g_assert_cmpstr (g_uri_get_path (uri), ==, "/webhooks");
  fixture->port = (guint16) g_uri_get_port (uri);
}

static void
tear_down (Fixture *fixture, gconstpointer forms)
{
  g_assert_finalize_object (fixture->receiver);
  g_ptr_array_unref (fixture->events);
  g_free (fixture->url);
}

/* An exchange, in a thread: all is written, then read until the other side ends it. */
typedef struct
{
  guint16 port;
  GBytes *request;
} Exchange;

static void
exchange_free (Exchange *exchange)
{
  g_bytes_unref (exchange->request);
  g_free (exchange);
}

static void
exchange_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Exchange *exchange = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) reply = g_string_new (NULL);
  GError *error = NULL;
  gsize length = 0;
  const void *request = g_bytes_get_data (exchange->request, &length);
  char buffer[4096];
  gssize got = 0;

  g_socket_client_set_timeout (client, 20);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", exchange->port, NULL, &error);
  if (connection == NULL
      || !g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                     request,
                                     length,
                                     NULL,
                                     NULL,
                                     &error))
    {
      g_task_return_error (task, error);
      return;
    }
  while ((got = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                     buffer,
                                     sizeof buffer,
                                     NULL,
                                     &error))
         > 0)
    g_string_append_len (reply, buffer, got);
  if (got < 0)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_string_free (g_steal_pointer (&reply), FALSE), g_free);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **ret_result = user_data;

  *ret_result = g_object_ref (result);
}

static char *
exchange (Fixture *fixture, GString *request)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Exchange *exchange = g_new0 (Exchange, 1);
  char *reply = NULL;

  exchange->port = fixture->port;
  exchange->request = g_string_free_to_bytes (request);
  task = g_task_new (NULL, NULL, done_cb, &result);
  g_task_set_task_data (task, exchange, (GDestroyNotify) exchange_free);
  g_task_run_in_thread (task, exchange_cb);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  reply = g_task_propagate_pointer (G_TASK (result), &error);
  g_assert_no_error (error);
  /* Events are told behind the answer. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return reply;
}

/* @head is the request line and the headers but Content-Length. */
static char *
send (Fixture *fixture, const char *head, GBytes *body)
{
  GString *request = g_string_new (head);
  gsize length = 0;
  const char *data = g_bytes_get_data (body, &length);

  g_string_append_printf (request, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", length);
  g_string_append_len (request, data, (gssize) length);
  return exchange (fixture, request);
}

#define HOST "Host: 127.0.0.1\r\n"
#define POST "POST /webhooks HTTP/1.1\r\n" HOST
#define JSON "Content-Type: application/json\r\n"

static char *
deliver (Fixture *fixture, GBytes *body, const char *signature)
{
  g_autofree char *head = g_strconcat (POST JSON "X-Verifa-Signature: ", signature, "\r\n", NULL);

  return send (fixture, head, body);
}

static char *
deliver_signed (Fixture *fixture, GBytes *body)
{
  g_autofree char *signature = webhook_data_sign (SECRET, body, 0);

  return deliver (fixture, body, signature);
}

static void
assert_status (const char *reply, guint status)
{
  g_autofree char *start = g_strdup_printf ("HTTP/1.1 %u ", status);

  if (!g_str_has_prefix (reply, start))
    g_error ("not %u: %s", status, reply);
}

static void
assert_refused (const char *reply, guint status, const char *problem)
{
  g_autofree char *body = g_strdup_printf ("\r\n\r\n{\"error\":\"%s\"}", problem);

  assert_status (reply, status);
  if (!g_str_has_suffix (reply, body))
    g_error ("not %s: %s", problem, reply);
}

static void
test_event (Fixture *fixture, gconstpointer forms)
{
  g_autoptr (GBytes) body = webhook_data_load ("flat.json");
  g_autofree char *reply = deliver_signed (fixture, body);
  const VrfWebhookEvent *event = NULL;

  assert_status (reply, 200);
  g_assert_cmpuint (fixture->events->len, ==, 1);
  event = fixture->events->pdata[0];
  g_assert_cmpint (event->kind, ==, VRF_WEBHOOK_SESSION_APPROVED);
  g_assert_cmpstr (event->session_id, ==, "session_5f0c2a9be1d74c6f8a3b9d10");
}

/* A retry is acknowledged like the first, and nobody is told. */
static void
test_again (Fixture *fixture, gconstpointer forms)
{
  static const char *const files[] = { "flat.json", "camel.json", "unknown.json", "kebab.json" };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) body = webhook_data_load (files[i % G_N_ELEMENTS (files)]);
      g_autofree char *reply = deliver_signed (fixture, body);

      assert_status (reply, 200);
    }
  /* Three of the four are one event in three spellings. */
  g_assert_cmpuint (fixture->events->len, ==, 2);
  g_assert_cmpstr (((VrfWebhookEvent *) fixture->events->pdata[1])->name, ==, "session.teleported");
}

static void
test_signature (Fixture *fixture, gconstpointer forms)
{
  g_autoptr (GBytes) body = webhook_data_load ("flat.json");
  g_autoptr (GBytes) other = webhook_data_load ("camel.json");
  g_autofree char *bare = g_strdup (
      "d723240f036f043c6b4a3686e659d3f9004602841a7d395eeb28095dae6ff19a"); /* signatures.json */
  g_autofree char *not_ours = webhook_data_sign ("whsec_other", body, 0);
  g_autofree char *not_this = webhook_data_sign (SECRET, other, 0);
  g_autofree char *old = webhook_data_sign (SECRET, body, 400);
  g_autofree char *new = webhook_data_sign (SECRET, body, -400);
  const struct
  {
    const char *signature;
    const char *problem;
  } cases[] = {
    { "", "signature_missing" },       { "nonsense", "signature_malformed" },
    { bare, "signature_malformed" },   { not_ours, "signature_differs" },
    { not_this, "signature_differs" }, { old, "signature_too_old" },
    { new, "signature_too_new" },
  };
  g_autofree char *none = send (fixture, POST JSON, body);

  assert_refused (none, 401, "signature_missing");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *reply = deliver (fixture, body, cases[i].signature);

      assert_refused (reply, 401, cases[i].problem);
    }
  g_assert_cmpuint (fixture->events->len, ==, 0);
}

/* A refused delivery is not remembered: it may still come rightly signed. */
static void
test_refused_first (Fixture *fixture, gconstpointer forms)
{
  g_autoptr (GBytes) body = webhook_data_load ("flat.json");
  g_autofree char *old = webhook_data_sign (SECRET, body, 400);
  g_autofree char *refused = deliver (fixture, body, old);
  g_autofree char *taken = deliver_signed (fixture, body);

  assert_status (refused, 401);
  assert_status (taken, 200);
  g_assert_cmpuint (fixture->events->len, ==, 1);
}

static void
test_legacy (Fixture *fixture, gconstpointer forms)
{
  g_autoptr (GBytes) body = webhook_data_load ("flat.json");
  g_autofree char *reply =
      deliver (fixture, body, "d723240f036f043c6b4a3686e659d3f9004602841a7d395eeb28095dae6ff19a");

  assert_status (reply, 200);
  g_assert_cmpuint (fixture->events->len, ==, 1);
}

/* What is not signed is not even looked at; what is signed must be an event. */
static void
test_not_an_event (Fixture *fixture, gconstpointer forms)
{
  g_autoptr (GBytes) bytes = webhook_data_load ("bytes.bin");
  g_autoptr (GBytes) empty = webhook_data_load ("empty.bin");
  g_autoptr (GBytes) nothing = g_bytes_new_static ("{}", 2);
  GBytes *bodies[] = { bytes, empty, nothing };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *is_signed = deliver_signed (fixture, bodies[i]);
      g_autofree char *is_not = send (fixture, POST JSON, bodies[i]);

      assert_refused (is_signed, 400, "bad_request");
      assert_refused (is_not, 401, "signature_missing");
    }
  g_assert_cmpuint (fixture->events->len, ==, 0);
}

static void
test_head (Fixture *fixture, gconstpointer forms)
{
  static const struct
  {
    const char *head;
    guint status;
    const char *problem;
  } cases[] = {
    { "GET /webhooks HTTP/1.1\r\n" HOST, 405, "method_not_allowed" },
    { "PUT /webhooks HTTP/1.1\r\n" HOST JSON, 405, "method_not_allowed" },
    { "OPTIONS /webhooks HTTP/1.1\r\n" HOST, 405, "method_not_allowed" },
    { "POST / HTTP/1.1\r\n" HOST JSON, 404, "not_found" },
    { "POST /webhooks/ HTTP/1.1\r\n" HOST JSON, 404, "not_found" },
    { "POST /webhooks/../x HTTP/1.1\r\n" HOST JSON, 404, "not_found" },
    { POST, 415, "unsupported_media_type" },
    { POST "Content-Type: text/plain\r\n", 415, "unsupported_media_type" },
    { POST "Content-Type: application/x-www-form-urlencoded\r\n", 415, "unsupported_media_type" },
    { "POST /webhooks HTTP/1.1\r\nHost: desk.example.com\r\n" JSON, 421, "misdirected_request" },
    { "POST /webhooks HTTP/1.1\r\nHost: 192.0.2.1\r\n" JSON, 421, "misdirected_request" },
    { "POST /webhooks HTTP/1.1\r\nHost: LOCALHOST:1\r\n" JSON, 401, "signature_missing" },
    { POST "Content-Type: Application/JSON; charset=utf-8\r\n", 401, "signature_missing" },
  };
  g_autoptr (GBytes) body = webhook_data_load ("flat.json");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *reply = send (fixture, cases[i].head, body);

      assert_refused (reply, cases[i].status, cases[i].problem);
      g_assert_true ((strstr (reply, "\r\nAllow: POST\r\n") != NULL) == (cases[i].status == 405));
    }
  g_assert_cmpuint (fixture->events->len, ==, 0);
}

/* @length bytes that are an event. */
static GBytes *
new_event_of (gsize length)
{
  GString *text = g_string_new ("{\"event\":\"webhook.test\"}");

  while (text->len < length)
    g_string_append_c (text, ' ');
  return g_string_free_to_bytes (text);
}

static void
test_size (Fixture *fixture, gconstpointer forms)
{
  g_autoptr (GBytes) most = new_event_of (MAX_BODY);
  g_autoptr (GBytes) over = new_event_of (MAX_BODY + 1);
  g_autofree char *taken = deliver_signed (fixture, most);
  g_autofree char *refused = deliver_signed (fixture, over);

  assert_status (taken, 200);
  assert_refused (refused, 413, "payload_too_large");
  g_assert_cmpuint (fixture->events->len, ==, 1);
}

static char *
deliver_chunked (Fixture *fixture, GBytes *body)
{
  g_autofree char *signature = webhook_data_sign (SECRET, body, 0);
  GString *request = g_string_new (POST JSON "Transfer-Encoding: chunked\r\n");
  gsize length = 0;
  const char *data = g_bytes_get_data (body, &length);

  g_string_append_printf (request, "X-Verifa-Signature: %s\r\n\r\n", signature);
  for (gsize at = 0; at < length; at += 1000)
    {
      gsize size = MIN (1000, length - at);

      g_string_append_printf (request, "%" G_GSIZE_MODIFIER "x\r\n", size);
      g_string_append_len (request, data + at, (gssize) size);
      g_string_append (request, "\r\n");
    }
  g_string_append (request, "0\r\n\r\n");
  return exchange (fixture, request);
}

/* Nobody says how much it will be; it is counted as it comes. */
static void
test_chunked (Fixture *fixture, gconstpointer forms)
{
  g_autoptr (GBytes) most = new_event_of (MAX_BODY);
  g_autoptr (GBytes) over = new_event_of (MAX_BODY + 1);
  g_autoptr (GBytes) far_over = new_event_of (5 * MAX_BODY);
  g_autofree char *taken = deliver_chunked (fixture, most);
  g_autofree char *refused = deliver_chunked (fixture, over);
  g_autofree char *refused_too = deliver_chunked (fixture, far_over);

  assert_status (taken, 200);
  assert_refused (refused, 413, "payload_too_large");
  assert_refused (refused_too, 413, "payload_too_large");
  g_assert_cmpuint (fixture->events->len, ==, 1);
}

/* Rotated, the old secret is worth nothing; without one, deliveries are to come again. */
static void
test_secret (Fixture *fixture, gconstpointer forms)
{
  g_autoptr (GBytes) body = webhook_data_load ("flat.json");
  g_autofree char *new_one = webhook_data_sign ("whsec_new", body, 0);
  g_autofree char *waiting = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *taken = NULL;

  vrf_webhook_receiver_set_secret (fixture->receiver, NULL);
  waiting = deliver_signed (fixture, body);
  assert_refused (waiting, 503, "no_secret_yet");
  vrf_webhook_receiver_set_secret (fixture->receiver, "whsec_new");
  refused = deliver_signed (fixture, body);
  assert_refused (refused, 401, "signature_differs");
  taken = deliver (fixture, body, new_one);
  assert_status (taken, 200);
  g_assert_cmpuint (fixture->events->len, ==, 1);
}

/* Bytes that are no request end with an answer or a closed connection, and leave nothing. */
static void
test_garbage (Fixture *fixture, gconstpointer forms)
{
  g_autoptr (GBytes) body = webhook_data_load ("flat.json");
  g_autofree char *reply = NULL;

  for (guint i = 0; i < 200; i++)
    {
      GString *request = g_string_new (i % 2 == 0 ? POST : NULL);
      g_autofree char *answer = NULL;

      for (gint32 n = g_test_rand_int_range (1, 200); n > 0; n--)
        g_string_append_c (request, (char) g_test_rand_int_range (0, 256));
      g_string_append (request, "\r\n\r\n\r\n\r\n");
      answer = exchange (fixture, request);
      g_assert_false (g_str_has_prefix (answer, "HTTP/1.1 2"));
    }
  reply = deliver_signed (fixture, body);
  assert_status (reply, 200);
  g_assert_cmpuint (fixture->events->len, ==, 1);
}

static void
close_cb (VrfWebhookReceiver *receiver, const VrfWebhookEvent *event, gpointer user_data)
{
  vrf_webhook_receiver_close (receiver);
}

/* Closed by who is told; listening again is possible, on the same port. */
static void
test_close (Fixture *fixture, gconstpointer forms)
{
  g_autoptr (GBytes) body = webhook_data_load ("flat.json");
  g_autoptr (GBytes) other = webhook_data_load ("unknown.json");
  gulong id = g_signal_connect (fixture->receiver, "event", G_CALLBACK (close_cb), NULL);
  g_autofree char *first = deliver_signed (fixture, body);
  g_autofree char *second = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  assert_status (first, 200);
  g_assert_null (vrf_webhook_receiver_dup_url (fixture->receiver));
  g_signal_handler_disconnect (fixture->receiver, id);
  vrf_webhook_receiver_listen (fixture->receiver, fixture->port, &error);
  g_assert_no_error (error);
  url = vrf_webhook_receiver_dup_url (fixture->receiver);
  g_assert_cmpstr (url, ==, fixture->url);
  second = deliver_signed (fixture, other);
  assert_status (second, 200);
  g_assert_cmpuint (fixture->events->len, ==, 2);
}

static void
test_port_taken (Fixture *fixture, gconstpointer forms)
{
  g_autoptr (VrfWebhookReceiver) second = vrf_webhook_receiver_new (VRF_WEBHOOK_FORMS_TIMED);
  g_autoptr (GError) error = NULL;

  g_assert_false (vrf_webhook_receiver_listen (second, fixture->port, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_assert_null (vrf_webhook_receiver_dup_url (second));
}

#define add(name, forms, function)                                                                 \
  g_test_add ("/webhook/receiver/" name,                                                           \
              Fixture,                                                                             \
              GINT_TO_POINTER (VRF_WEBHOOK_FORMS_##forms),                                         \
              set_up,                                                                              \
              function,                                                                            \
              tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("event", TIMED, test_event);
  add ("again", TIMED, test_again);
  add ("signature", TIMED, test_signature);
  add ("refused-first", TIMED, test_refused_first);
  add ("legacy", LEGACY_TOO, test_legacy);
  add ("not-an-event", TIMED, test_not_an_event);
  add ("head", TIMED, test_head);
  add ("size", TIMED, test_size);
  add ("chunked", TIMED, test_chunked);
  add ("secret", TIMED, test_secret);
  add ("garbage", TIMED, test_garbage);
  add ("close", TIMED, test_close);
  add ("port-taken", TIMED, test_port_taken);

  return g_test_run ();
}
