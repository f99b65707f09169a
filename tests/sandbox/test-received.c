/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "sandbox-client.h"

#include "webhook/vrf-webhook-receiver.h"

/* The sandbox's dispatcher and the desk's receiver: two codes that share the contract only. What
 * happens to a session arrives once, in order and verified, the sandbox started anew in between. */

typedef struct
{
  VrfWebhookReceiver *receiver;
  GPtrArray *events; /* owned: VrfWebhookEvent */
  SandboxClient client;
  VrfSandboxOptions options;
  char *directory;
  char *database;
  char *deliveries; /* path */
} Fixture;

static void
event_cb (VrfWebhookReceiver *receiver, const VrfWebhookEvent *event, gpointer user_data)
{
  g_ptr_array_add (user_data, vrf_webhook_event_copy (event));
}

static gboolean
too_late_cb (gpointer user_data)
{
  g_error ("The events did not come in 20 s");
  return G_SOURCE_REMOVE;
}

static void
wait_for (Fixture *fixture, guint n)
{
  guint timer = g_timeout_add_seconds (20, too_late_cb, NULL);

  while (fixture->events->len < n)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *body = NULL;
  g_autofree char *url = NULL;
  g_autoptr (SandboxReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  fixture->directory = g_dir_make_tmp ("verifa-received-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->database = g_build_filename (fixture->directory, "sandbox.db", NULL);
  /* The first retry comes after 0.6 s, and links still live for 24 s. */
  fixture->options.time_scale = 50.0;
  fixture->options.sandbox_key = SANDBOX_KEY;
  fixture->options.live_key = LIVE_KEY;
  fixture->options.database_path = fixture->database;
  fixture->events = g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_webhook_event_free);
  fixture->receiver = vrf_webhook_receiver_new (VRF_WEBHOOK_FORMS_TIMED);
  g_signal_connect (fixture->receiver, "event", G_CALLBACK (event_cb), fixture->events);
  vrf_webhook_receiver_listen (fixture->receiver, 0, &error);
  g_assert_no_error (error);

  sandbox_client_start (&fixture->client, &fixture->options);
  url = vrf_webhook_receiver_dup_url (fixture->receiver);
  body = g_strdup_printf ("{\"url\":\"%s\",\"key_inflection\":\"camel\"}", url);
  reply = sandbox_client_call (&fixture->client, "POST", "/api/v1/webhooks/endpoints", body);
  g_assert_cmpuint (reply->status, ==, 201);
  vrf_webhook_receiver_set_secret (fixture->receiver, sandbox_reply_string (reply, "secret"));
  fixture->deliveries = g_strdup_printf ("/api/v1/webhooks/endpoints/%s/deliveries",
                                         sandbox_reply_string (reply, "id"));
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GDir) dir = NULL;
  const char *name = NULL;

  sandbox_client_stop (&fixture->client);
  g_assert_finalize_object (fixture->receiver);
  g_ptr_array_unref (fixture->events);
  dir = g_dir_open (fixture->directory, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->directory), ==, 0);
  g_free (fixture->directory);
  g_free (fixture->database);
  g_free (fixture->deliveries);
}

static void
post (Fixture *fixture, const char *id, const char *rest, const char *body)
{
  g_autofree char *path = sandbox_client_path (id, rest);
  g_autoptr (SandboxReply) reply = sandbox_client_call (&fixture->client, "POST", path, body);

  g_assert_cmpuint (reply->status, <, 300);
}

/* The events of the session, in the order they came. */
static void
assert_told (Fixture *fixture, const char *id, const char *const *names)
{
  guint n = 0;

  for (guint i = 0; i < fixture->events->len; i++)
    {
      const VrfWebhookEvent *event = fixture->events->pdata[i];

      if (!g_str_has_prefix (event->name, "session."))
        continue;
      g_assert_cmpstr (event->session_id, ==, id);
      g_assert_cmpstr (event->external_ref, ==, "guest-1042");
      g_assert_cmpint (event->is_sandbox, ==, TRUE);
      g_assert_nonnull (names[n]);
      g_assert_cmpstr (event->name, ==, names[n++]);
    }
  g_assert_null (names[n]);
}

static void
test_life (Fixture *fixture, gconstpointer unused)
{
  static const char *const names[] = {
    "session.created", "session.link_generated", "session.approved", NULL
  };
  g_autofree char *id =
      sandbox_client_create (&fixture->client, "{\"external_ref\":\"guest-1042\"}");

  post (fixture, id, "/generate-one-time-link", "{}");
  wait_for (fixture, 2);
  sandbox_client_stop (&fixture->client);
  sandbox_client_start (&fixture->client, &fixture->options);
  post (fixture, id, "/simulate", "{\"action\":\"approve\"}");
  wait_for (fixture, 4);
  assert_told (fixture, id, names);
}

/* What the receiver was not there for comes when it is, after a restart of the sandbox too. */
static void
test_late (Fixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "session.created", "session.declined", NULL };
  g_autofree char *url = vrf_webhook_receiver_dup_url (fixture->receiver);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  vrf_webhook_receiver_close (fixture->receiver);
  id = sandbox_client_create (&fixture->client, "{\"external_ref\":\"guest-1042\"}");
  post (fixture, id, "/simulate", "{\"action\":\"decline\"}");
  sandbox_client_stop (&fixture->client);
  g_assert_cmpuint (fixture->events->len, ==, 0);
  vrf_webhook_receiver_listen (fixture->receiver, (guint16) g_uri_get_port (uri), &error);
  g_assert_no_error (error);
  sandbox_client_start (&fixture->client, &fixture->options);
  wait_for (fixture, 3);
  assert_told (fixture, id, names);
}

/* How many deliveries have succeeded at the second attempt or later. */
static guint
count_repeated (Fixture *fixture)
{
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (&fixture->client, "GET", fixture->deliveries, NULL);
  JsonArray *data = json_object_get_array_member (sandbox_reply_object (reply), "data");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      JsonObject *delivery = json_array_get_object_element (data, i);

      if (json_object_get_int_member (delivery, "attempts") > 1
          && g_str_equal (json_object_get_string_member (delivery, "status"), "succeeded"))
        n++;
    }
  return n;
}

/* Sent once more, all of it: acknowledged, and nobody is told. */
static void
test_again (Fixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "session.created", "session.approved", NULL };
  g_autofree char *id =
      sandbox_client_create (&fixture->client, "{\"external_ref\":\"guest-1042\"}");
  g_autoptr (SandboxReply) reply = NULL;
  JsonArray *data = NULL;
  guint timer = 0;

  post (fixture, id, "/simulate", "{\"action\":\"approve\"}");
  wait_for (fixture, 3);
  reply = sandbox_client_call (&fixture->client, "GET", fixture->deliveries, NULL);
  data = json_object_get_array_member (sandbox_reply_object (reply), "data");
  g_assert_cmpuint (json_array_get_length (data), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const char *delivery =
          json_object_get_string_member (json_array_get_object_element (data, i), "id");
      g_autofree char *path = g_strdup_printf ("/api/v1/webhooks/deliveries/%s/retry", delivery);
      g_autoptr (SandboxReply) retried = sandbox_client_call (&fixture->client, "POST", path, NULL);

      g_assert_cmpuint (retried->status, <, 300);
    }
  timer = g_timeout_add_seconds (20, too_late_cb, NULL);
  while (count_repeated (fixture) < 3)
    g_main_context_iteration (NULL, FALSE);
  g_source_remove (timer);
  g_assert_cmpuint (fixture->events->len, ==, 3);
  assert_told (fixture, id, names);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sandbox/received/life", Fixture, NULL, set_up, test_life, tear_down);
  g_test_add ("/sandbox/received/late", Fixture, NULL, set_up, test_late, tear_down);
  g_test_add ("/sandbox/received/again", Fixture, NULL, set_up, test_again, tear_down);

  return g_test_run ();
}
