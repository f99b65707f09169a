/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/vrf-random.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-dispatcher.h"
#include "sandbox/vrf-events.h"
#include "sandbox/vrf-store-deliveries.h"
#include "sandbox/vrf-store-webhooks.h"
#include "webhook-receiver.h"

/* The dispatcher on a clock that stands still: when it tries again, and when it gives up. */

#define START ((gint64) 1769947200 * G_USEC_PER_SEC) /* 2026-02-01T12:00:00Z */
#define PATIENCE_S 30

typedef struct
{
  WebhookReceiver *receiver;
  VrfSandboxStore *store;
  VrfSandboxClock *clock;
  VrfService *service;
  VrfDispatcher *dispatcher;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->receiver = webhook_receiver_start ();
  fixture->store = vrf_sandbox_store_open (":memory:", &error);
  g_assert_no_error (error);
  fixture->clock = vrf_sandbox_clock_new (0, 1.0);
  vrf_sandbox_clock_hold (fixture->clock, START);
  fixture->service = vrf_service_new (fixture->store, fixture->clock);
  fixture->dispatcher = vrf_dispatcher_new (fixture->service);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  vrf_dispatcher_abandon (fixture->dispatcher);
  while (!vrf_dispatcher_is_idle (fixture->dispatcher))
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (fixture->dispatcher);
  g_assert_finalize_object (fixture->service);
  g_assert_finalize_object (fixture->store);
  g_assert_finalize_object (fixture->clock);
  webhook_receiver_stop (fixture->receiver);
}

static gint64
add_webhook (Fixture *fixture, const char *path)
{
  g_autofree char *url = webhook_receiver_dup_url (fixture->receiver, path);
  g_autofree char *id = vrf_random_id ("webhook_");
  g_autoptr (GError) error = NULL;
  VrfStoredWebhook webhook = {
    .id = id,
    .is_sandbox = TRUE,
    .url = url,
    .enabled = TRUE,
    .enabled_events = (char *) "[]",
    .blocklist = (char *) "[]",
    .conditions = (char *) "{}",
    .inflection = (char *) "snake",
    .secret = (char *) "whsec_x",
  };

  vrf_store_webhooks_insert (fixture->store, &webhook, &error);
  g_assert_no_error (error);
  return webhook.n;
}

static void
tell (Fixture *fixture, const char *session_id)
{
  JsonObject *payload = json_object_new ();
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (payload, "session_id", session_id);
  vrf_events_tell (fixture->service, "session.created", TRUE, payload, &error);
  g_assert_no_error (error);
}

/* The newest delivery, once it was tried so often. */
static VrfStoredDelivery *
wait_for (Fixture *fixture, gint64 webhook_n, int attempts)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_S * G_TIME_SPAN_SECOND;
  VrfDeliveryFilter filter = {
    .webhook_n = webhook_n,
    .date_from = VRF_TIME_NONE,
    .date_to = VRF_TIME_NONE,
    .limit = 1,
  };

  while (g_get_monotonic_time () < end)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) list = vrf_store_deliveries_list (fixture->store, &filter, &error);
      VrfStoredDelivery *newest = NULL;

      g_assert_no_error (error);
      newest = list->pdata[0];
      if (newest->attempts >= attempts)
        {
          g_ptr_array_set_free_func (list, NULL);
          return newest;
        }
      g_main_context_iteration (NULL, TRUE);
    }
  g_error ("Attempt %d was not made", attempts);
}

/* verifa-api.md 5.3: 30 s, 2 min, 8 min, 30 min, 2 h; then it has failed. */
static void
test_schedule (Fixture *fixture, gconstpointer unused)
{
  static const int delays_s[] = { 30, 120, 480, 1800, 7200 };
  gint64 webhook = add_webhook (fixture, "/500");
  g_autoptr (VrfStoredDelivery) last = NULL;

  tell (fixture, "session_a");
  for (guint i = 0; i < G_N_ELEMENTS (delays_s); i++)
    {
      gint64 now = vrf_sandbox_clock_get_now_us (fixture->clock);
      g_autoptr (VrfStoredDelivery) delivery = wait_for (fixture, webhook, (int) i + 1);

      g_assert_cmpint (delivery->attempts, ==, (int) i + 1);
      g_assert_cmpstr (delivery->status, ==, "pending");
      g_assert_cmpint (delivery->http_status, ==, 500);
      g_assert_cmpint (delivery->last_attempt_at, ==, now);
      g_assert_cmpint (delivery->due_at - now, ==, VRF_SECONDS (delays_s[i]));
      vrf_sandbox_clock_move (fixture->clock, VRF_SECONDS (delays_s[i]));
    }
  last = wait_for (fixture, webhook, 6);
  g_assert_cmpstr (last->status, ==, "failed");
  g_assert_cmpint (last->due_at, ==, VRF_TIME_NONE);
  g_assert_cmpuint (webhook_receiver_count (fixture->receiver), ==, 6);
}

/* A receiver that is too slow has failed. */
static void
test_deadline (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfPoster) poster = vrf_poster_new (FALSE, 200);
  gint64 webhook = add_webhook (fixture, "/hang");
  g_autoptr (VrfStoredDelivery) delivery = NULL;

  vrf_service_set_poster (fixture->service, poster);
  tell (fixture, "session_a");
  delivery = wait_for (fixture, webhook, 1);
  g_assert_cmpstr (delivery->status, ==, "pending");
  g_assert_cmpint (delivery->http_status, ==, 0);
  g_assert_cmpint (delivery->response_ms, >=, 200);
  g_assert_cmpstr (delivery->problem, ==, "There was no answer within 0.2 seconds.");
}

/* One that arrives makes the endpoint's failures forgotten. */
static void
test_recovery (Fixture *fixture, gconstpointer unused)
{
  gint64 n = add_webhook (fixture, "/ok");
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfStoredWebhook) webhook =
      vrf_store_webhooks_get_by_number (fixture->store, n, &error);
  g_autoptr (VrfStoredDelivery) delivery = NULL;
  g_autoptr (VrfStoredWebhook) after = NULL;

  webhook->failures = 9;
  vrf_store_webhooks_update (fixture->store, webhook, &error);
  g_assert_no_error (error);
  tell (fixture, "session_a");
  delivery = wait_for (fixture, n, 1);
  g_assert_cmpstr (delivery->status, ==, "succeeded");
  after = vrf_store_webhooks_get_by_number (fixture->store, n, &error);
  g_assert_cmpint (after->failures, ==, 0);
}

/* An endpoint can go while something is on its way to it. */
static void
test_deleted (Fixture *fixture, gconstpointer unused)
{
  gint64 gone = add_webhook (fixture, "/ok");
  gint64 stays = 0;
  g_autoptr (VrfStoredDelivery) delivery = NULL;
  g_autoptr (GError) error = NULL;

  tell (fixture, "session_a");
  while (vrf_dispatcher_is_idle (fixture->dispatcher))
    g_main_context_iteration (NULL, TRUE);
  vrf_store_webhooks_delete (fixture->store, gone, &error);
  g_assert_no_error (error);
  while (!vrf_dispatcher_is_idle (fixture->dispatcher))
    g_main_context_iteration (NULL, TRUE);

  stays = add_webhook (fixture, "/ok");
  tell (fixture, "session_b");
  delivery = wait_for (fixture, stays, 1);
  g_assert_cmpstr (delivery->status, ==, "succeeded");
}

/* What was given up counts as not sent: the next dispatcher sends it. */
static void
test_abandoned (Fixture *fixture, gconstpointer unused)
{
  gint64 webhook = add_webhook (fixture, "/hang");
  const Received *received = NULL;
  g_autoptr (VrfStoredDelivery) delivery = NULL;

  tell (fixture, "session_a");
  while (webhook_receiver_count (fixture->receiver) == 0)
    g_main_context_iteration (NULL, FALSE);
  vrf_dispatcher_abandon (fixture->dispatcher);
  while (!vrf_dispatcher_is_idle (fixture->dispatcher))
    g_main_context_iteration (NULL, TRUE);
  delivery = wait_for (fixture, webhook, 0);
  g_assert_cmpstr (delivery->status, ==, "pending");
  g_assert_cmpint (delivery->attempts, ==, 0);

  g_assert_finalize_object (fixture->dispatcher);
  fixture->dispatcher = vrf_dispatcher_new (fixture->service);
  while (webhook_receiver_count (fixture->receiver) == 1)
    g_main_context_iteration (NULL, FALSE);
  received = webhook_receiver_wait (fixture->receiver, 1);
  g_assert_cmpstr (received->delivery_id, ==, delivery->id);
}

static gboolean
note_cb (gpointer user_data)
{
  g_signal_emit_by_name (user_data, "deliveries-noted");
  return G_SOURCE_CONTINUE;
}

/* However closely events follow each other, what is due is sent. */
static void
test_pressed (Fixture *fixture, gconstpointer unused)
{
  guint pressing = g_idle_add_full (G_PRIORITY_DEFAULT, note_cb, fixture->service, NULL);
  gint64 webhook = add_webhook (fixture, "/ok");
  g_autoptr (VrfStoredDelivery) delivery = NULL;

  tell (fixture, "session_a");
  delivery = wait_for (fixture, webhook, 1);
  g_assert_cmpstr (delivery->status, ==, "succeeded");
  g_source_remove (pressing);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/sandbox/dispatcher/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("schedule", test_schedule);
  ADD ("deadline", test_deadline);
  ADD ("recovery", test_recovery);
  ADD ("deleted", test_deleted);
  ADD ("abandoned", test_abandoned);
  ADD ("pressed", test_pressed);
  return g_test_run ();
}
