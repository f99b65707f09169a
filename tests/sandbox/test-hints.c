/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/vrf-sandbox.h"

#include <string.h>

#include "sandbox-client.h"
#include "webhook-receiver.h"

/* The sandbox tells the desk that runs it which session has just changed. */

#define SECRET "whsec_of_this_run"

typedef struct
{
  WebhookReceiver *receiver;
  SandboxClient client;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  VrfSandboxOptions options = { .sandbox_key = SANDBOX_KEY, .hint_secret = SECRET };
  g_autofree char *url = NULL;

  fixture->receiver = webhook_receiver_start ();
  url = webhook_receiver_dup_url (fixture->receiver, "/ok");
  options.hint_url = url;
  sandbox_client_start (&fixture->client, &options);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  sandbox_client_stop (&fixture->client);
  webhook_receiver_stop (fixture->receiver);
}

static void
act (Fixture *fixture, const char *id, const char *rest, const char *body)
{
  g_autofree char *path = sandbox_client_path (id, rest);
  g_autoptr (SandboxReply) reply = sandbox_client_call (&fixture->client, "POST", path, body);

  g_assert_cmpuint (reply->status, ==, 200);
}

/* What a hint says: which session, rightly signed, and nothing else of it. */
static void
test_change (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id =
      sandbox_client_create (&fixture->client, "{\"applicant_name\":\"Ada Example\"}");
  const Received *created = webhook_receiver_wait (fixture->receiver, 0);
  const Received *expired = NULL;
  g_autofree char *text =
      g_strndup (g_bytes_get_data (created->body, NULL), g_bytes_get_size (created->body));

  g_assert_cmpstr (created->event, ==, "session.changed");
  g_assert_cmpstr (received_string (created, "session_id"), ==, id);
  received_assert_signed (created, SECRET);
  g_assert_null (strstr (text, "Ada"));

  act (fixture, id, "/expire", "{}");
  expired = webhook_receiver_wait (fixture->receiver, 1);
  g_assert_cmpstr (received_string (expired, "session_id"), ==, id);
  g_assert_cmpstr (received_string (expired, "idempotency_key"),
                   !=,
                   received_string (created, "idempotency_key"));
}

/* Nobody registered it: no list has it, and no failure disables anything. */
static void
test_nowhere (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autoptr (SandboxReply) list = NULL;

  webhook_receiver_fail_next (fixture->receiver, 1);
  id = sandbox_client_create (&fixture->client, "{\"applicant_name\":\"Ada Example\"}");
  webhook_receiver_wait (fixture->receiver, 0);
  act (fixture, id, "/expire", "{}");
  webhook_receiver_wait (fixture->receiver, 1);
  list = sandbox_client_call (&fixture->client, "GET", "/api/v1/webhooks/endpoints", NULL);
  g_assert_cmpuint (list->status, ==, 200);
  g_assert_null (strstr (list->text, "127.0.0.1"));
}

/* What was refused changed nothing, and what only reads neither. */
static void
test_nothing (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id =
      sandbox_client_create (&fixture->client, "{\"applicant_name\":\"Ada Example\"}");
  g_autofree char *path = sandbox_client_path (id, "");
  g_autofree char *bad = sandbox_client_path (id, "/simulate");
  g_autoptr (SandboxReply) got = NULL;
  g_autoptr (SandboxReply) refused = NULL;

  webhook_receiver_wait (fixture->receiver, 0);
  got = sandbox_client_call (&fixture->client, "GET", path, NULL);
  refused = sandbox_client_call (&fixture->client, "POST", bad, "{\"action\":\"dance\"}");
  g_assert_cmpuint (got->status, ==, 200);
  g_assert_cmpuint (refused->status, ==, 422);
  /* The next hint is that of the next change. */
  act (fixture, id, "/expire", "{}");
  webhook_receiver_wait (fixture->receiver, 1);
  g_assert_cmpuint (webhook_receiver_count (fixture->receiver), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sandbox/hints/change", Fixture, NULL, set_up, test_change, tear_down);
  g_test_add ("/sandbox/hints/nowhere", Fixture, NULL, set_up, test_nowhere, tear_down);
  g_test_add ("/sandbox/hints/nothing", Fixture, NULL, set_up, test_nothing, tear_down);
  return g_test_run ();
}
