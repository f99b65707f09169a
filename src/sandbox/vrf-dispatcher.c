/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-dispatcher.h"

#include "base/vrf-json.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-inflection.h"
#include "sandbox/vrf-outbox.h"
#include "sandbox/vrf-store-deliveries.h"
#include "sandbox/vrf-store-webhooks.h"
#include "sandbox/vrf-webhooks-json.h"

/**
 * VrfDispatcher:
 *
 * Sends what the deliveries' rows say is due (verifa-api.md 5.3). The rows are the queue: the
 * dispatcher itself remembers only what is on its way, so one that starts finds what another left.
 * A delivery is marked when its outcome is known; if the process ends before, it is sent again,
 * with the same id and the same `idempotency_key`.
 *
 * An endpoint gets a few at a time, one whose last attempt failed only one, so that a receiver that
 * hangs does not hold up the others; and of one session always the oldest first. Lives in the main
 * context it was made in.
 */
struct _VrfDispatcher
{
  GObject parent_instance;

  VrfService *service;    /* owned */
  GCancellable *stopping; /* owned: ends what is on its way */
  GHashTable *flights;    /* owned: number of a delivery → Flight */
  GHashTable *doubtful;   /* owned: numbers of endpoints whose last attempt failed */
  GSource *wake;          /* owned, nullable: looks again */
  guint first;            /* which endpoint is served first, in turns */
  gboolean is_closed;
};

#define MAX_FLIGHTS 64
#define MAX_FLIGHTS_PER_WEBHOOK 4
#define LOOK_AGAIN_MS 1000

/* A delivery on its way. */
typedef struct
{
  VrfDispatcher *dispatcher; /* owned */
  gint64 n;
  gint64 webhook_n;
  char *id;  /* owned */
  char *url; /* owned: where it goes */
} Flight;

static const int retry_delays_s[VRF_DISPATCHER_MAX_ATTEMPTS - 1] = {
  30, 2 * 60, 8 * 60, 30 * 60, 2 * 60 * 60,
};

G_DEFINE_FINAL_TYPE (VrfDispatcher, vrf_dispatcher, G_TYPE_OBJECT)

static void
flight_free (Flight *flight)
{
  g_object_unref (flight->dispatcher);
  g_free (flight->id);
  g_free (flight->url);
  g_free (flight);
}

static void
clear_wake (VrfDispatcher *self)
{
  if (self->wake == NULL)
    return;
  g_source_destroy (self->wake);
  g_clear_pointer (&self->wake, g_source_unref);
}

static void
vrf_dispatcher_finalize (GObject *object)
{
  VrfDispatcher *self = VRF_DISPATCHER (object);

  clear_wake (self);
  g_clear_object (&self->service);
  g_clear_object (&self->stopping);
  g_clear_pointer (&self->flights, g_hash_table_unref);
  g_clear_pointer (&self->doubtful, g_hash_table_unref);

  G_OBJECT_CLASS (vrf_dispatcher_parent_class)->finalize (object);
}

static void
vrf_dispatcher_class_init (VrfDispatcherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_dispatcher_finalize;
}

static void
vrf_dispatcher_init (VrfDispatcher *self)
{
  self->stopping = g_cancellable_new ();
  self->flights = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->doubtful = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static VrfSandboxStore *
get_store (VrfDispatcher *self)
{
  return vrf_service_get_store (self->service);
}

static void
look (VrfDispatcher *self);

static gboolean
wake_cb (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_REMOVE;
}

/* Looks in @ms, or when somebody asked for it before that. What is set for earlier stays as it is:
 * made anew by every event, it would never come while they follow each other closely. */
static void
look_in (VrfDispatcher *self, guint ms)
{
  gint64 ready_at = g_get_monotonic_time () + (gint64) ms * G_TIME_SPAN_MILLISECOND;

  if (self->is_closed || (self->wake != NULL && g_source_get_ready_time (self->wake) <= ready_at))
    return;
  clear_wake (self);
  self->wake = g_timeout_source_new (ms);
  g_source_set_static_name (self->wake, "vrf dispatcher");
  g_source_set_callback (self->wake, wake_cb, self, NULL);
  g_source_attach (self->wake, g_main_context_get_thread_default ());
}

/* The rows are there once the transaction has ended, which it has when the context is back. */
static void
deliveries_noted_cb (VrfService *service, gpointer user_data)
{
  look_in (user_data, 0);
}

/** vrf_dispatcher_new: Returns: (transfer full): a dispatcher that looks at once, and whenever
 * @service has noted deliveries */
VrfDispatcher *
vrf_dispatcher_new (VrfService *service)
{
  VrfDispatcher *self = g_object_new (VRF_TYPE_DISPATCHER, NULL);

  self->service = g_object_ref (service);
  g_signal_connect_object (service, "deliveries-noted", G_CALLBACK (deliveries_noted_cb), self, 0);
  look_in (self, 0);
  return self;
}

static void
set_doubtful (VrfDispatcher *self, gint64 webhook_n, gboolean doubtful)
{
  if (doubtful)
    g_hash_table_add (self->doubtful, g_memdup2 (&webhook_n, sizeof webhook_n));
  else
    g_hash_table_remove (self->doubtful, &webhook_n);
}

/* The delivery's next state, after an attempt. */
static void
note_attempt (VrfStoredDelivery *delivery, const VrfPostOutcome *outcome, gint64 now)
{
  delivery->attempts++;
  delivery->http_status = outcome->http_status;
  vrf_stored_set (&delivery->problem, outcome->problem);
  delivery->response_ms = outcome->took_ms;
  delivery->last_attempt_at = now;
  delivery->due_at = VRF_TIME_NONE;
  if (outcome->succeeded)
    vrf_stored_set (&delivery->status, "succeeded");
  else if (delivery->attempts >= VRF_DISPATCHER_MAX_ATTEMPTS)
    vrf_stored_set (&delivery->status, "failed");
  else
    delivery->due_at = now + VRF_SECONDS (retry_delays_s[delivery->attempts - 1]);
}

/* The circuit breaker. What a person tries again by hand and fails does not count twice. */
static gboolean
note_endpoint (VrfDispatcher *self,
               const VrfStoredDelivery *delivery,
               const VrfPostOutcome *outcome,
               gint64 now,
               GError **error)
{
  g_autoptr (VrfStoredWebhook) webhook =
      vrf_store_webhooks_get_by_number (get_store (self), delivery->webhook_n, error);
  gboolean failed_for_good = delivery->attempts == VRF_DISPATCHER_MAX_ATTEMPTS;
  int failures = 0;

  if (webhook == NULL)
    return FALSE;
  if (!outcome->succeeded)
    failures = webhook->failures + (failed_for_good ? 1 : 0);
  if (failures == webhook->failures)
    return TRUE;
  webhook->failures = failures;
  if (failures >= VRF_DISPATCHER_MAX_FAILURES && webhook->enabled)
    {
      webhook->enabled = FALSE;
      webhook->updated_at = now;
      if (!vrf_outbox_warn_of_webhook (self->service, webhook, delivery, error))
        return FALSE;
    }
  return vrf_store_webhooks_update (get_store (self), webhook, error);
}

/* There is no row any more when the endpoint was deleted meanwhile. */
static gboolean
write_outcome (VrfDispatcher *self,
               const Flight *flight,
               const VrfPostOutcome *outcome,
               GError **error)
{
  gint64 now = vrf_service_get_now (self->service);
  g_autoptr (GError) local = NULL;
  g_autoptr (VrfStoredDelivery) delivery =
      vrf_store_deliveries_get_by_number (get_store (self), flight->n, &local);

  if (delivery == NULL && local == NULL)
    return TRUE;
  if (delivery == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  note_attempt (delivery, outcome, now);
  vrf_stored_set (&delivery->url, flight->url);
  return vrf_store_deliveries_update (get_store (self), delivery, error)
         && note_endpoint (self, delivery, outcome, now, error);
}

static gboolean
keep_outcome (VrfDispatcher *self, const Flight *flight, const VrfPostOutcome *outcome)
{
  VrfSandboxStore *store = get_store (self);
  g_autoptr (GError) error = NULL;

  if (vrf_sandbox_store_begin (store, &error))
    {
      if (write_outcome (self, flight, outcome, &error) && vrf_sandbox_store_commit (store, &error))
        return TRUE;
      vrf_sandbox_store_rollback (store);
    }
  g_debug ("The outcome of %s was not written: %s", flight->id, error->message);
  return FALSE;
}

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  VrfDispatcher *self = flight->dispatcher;
  g_autoptr (VrfPostOutcome) outcome = vrf_poster_send_finish (VRF_POSTER (object), result, NULL);

  g_hash_table_remove (self->flights, &flight->n);
  if (outcome != NULL)
    {
      set_doubtful (self, flight->webhook_n, !outcome->succeeded);
      look_in (self, keep_outcome (self, flight, outcome) ? 0 : LOOK_AGAIN_MS);
    }
  flight_free (flight);
}

/* The settings are those of the moment: of the member names, too. */
static GBytes *
dup_body (VrfDispatcher *self,
          const VrfStoredWebhook *webhook,
          const VrfStoredDelivery *delivery,
          GError **error)
{
  g_autoptr (JsonNode) payload = vrf_webhooks_json_new_payload (self->service, delivery, error);
  g_autoptr (JsonNode) inflected = NULL;
  char *text = NULL;

  if (payload == NULL)
    return NULL;
  inflected = vrf_inflection_apply (payload, webhook->inflection);
  text = vrf_json_to_text (inflected);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
send_one (VrfDispatcher *self,
          const VrfStoredWebhook *webhook,
          const VrfStoredDelivery *delivery,
          GError **error)
{
  g_autoptr (GBytes) body = dup_body (self, webhook, delivery, error);
  VrfPost post = {
    .url = webhook->url,
    .secret = webhook->secret,
    .delivery_id = delivery->id,
    .event = delivery->event,
    .body = body,
  };
  Flight *flight = NULL;

  if (body == NULL)
    return FALSE;
  flight = g_new0 (Flight, 1);
  flight->dispatcher = g_object_ref (self);
  flight->n = delivery->n;
  flight->webhook_n = webhook->n;
  flight->id = g_strdup (delivery->id);
  flight->url = g_strdup (webhook->url);
  g_hash_table_insert (self->flights, &flight->n, flight);
  vrf_poster_send_async (
      vrf_service_get_poster (self->service), &post, self->stopping, sent_cb, flight);
  return TRUE;
}

static guint
count_flights (VrfDispatcher *self, gint64 webhook_n)
{
  GHashTableIter iter;
  gpointer flight = NULL;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->flights);
  while (g_hash_table_iter_next (&iter, NULL, &flight))
    n += ((Flight *) flight)->webhook_n == webhook_n;
  return n;
}

/* Fills what an endpoint may have on its way. */
static gboolean
serve (VrfDispatcher *self, gint64 webhook_n, gint64 now, GError **error)
{
  guint most = g_hash_table_contains (self->doubtful, &webhook_n) ? 1 : MAX_FLIGHTS_PER_WEBHOOK;
  guint busy = count_flights (self, webhook_n);
  g_autoptr (VrfStoredWebhook) webhook = NULL;
  g_autoptr (GPtrArray) due = NULL;

  if (busy >= most)
    return TRUE;
  webhook = vrf_store_webhooks_get_by_number (get_store (self), webhook_n, error);
  if (webhook == NULL)
    return FALSE;
  /* What is on its way is still due, and stands among them. */
  due = vrf_store_deliveries_list_due (get_store (self), webhook_n, now, busy + most, error);
  if (due == NULL)
    return FALSE;
  for (guint i = 0; i < due->len && busy < most; i++)
    {
      const VrfStoredDelivery *delivery = due->pdata[i];

      if (g_hash_table_size (self->flights) >= MAX_FLIGHTS)
        return TRUE;
      if (g_hash_table_contains (self->flights, &delivery->n))
        continue;
      if (!send_one (self, webhook, delivery, error))
        return FALSE;
      busy++;
    }
  return TRUE;
}

/* In turns, so that the first does not always come first when there is room for few. */
static gboolean
serve_all (VrfDispatcher *self, gint64 now, GError **error)
{
  g_autoptr (GArray) waiting = vrf_store_deliveries_list_waiting (get_store (self), now, error);

  if (waiting == NULL)
    return FALSE;
  for (guint i = 0; i < waiting->len; i++)
    if (!serve (
            self, g_array_index (waiting, gint64, (self->first + i) % waiting->len), now, error))
      return FALSE;
  self->first++;
  return TRUE;
}

/* Looks again when the next retry is due, or a little later, for the clock can be moved. What has
 * no retry waits for an outcome, an event or a person, and all of them make us look. */
static void
look_later (VrfDispatcher *self, gint64 now)
{
  double scale = vrf_sandbox_clock_get_scale (vrf_service_get_clock (self->service));
  gint64 due_at = VRF_TIME_NONE;

  if (!vrf_store_deliveries_get_next_due (get_store (self), now, &due_at, NULL))
    look_in (self, LOOK_AGAIN_MS);
  else if (due_at != VRF_TIME_NONE)
    look_in (self,
             (guint) CLAMP ((double) (due_at - now) / 1000.0 / scale + 1.0, 1.0, LOOK_AGAIN_MS));
}

/* Sends what is due and has room. */
static void
look (VrfDispatcher *self)
{
  gint64 now = vrf_service_get_now (self->service);
  g_autoptr (GError) error = NULL;

  clear_wake (self);
  if (serve_all (self, now, &error))
    {
      look_later (self, now);
      return;
    }
  g_debug ("Webhooks could not be sent: %s", error->message);
  look_in (self, LOOK_AGAIN_MS);
}

/** vrf_dispatcher_close: sends nothing more; what is on its way may arrive */
void
vrf_dispatcher_close (VrfDispatcher *self)
{
  self->is_closed = TRUE;
  clear_wake (self);
}

/** vrf_dispatcher_abandon: gives up what is on its way; the next dispatcher sends it again */
void
vrf_dispatcher_abandon (VrfDispatcher *self)
{
  vrf_dispatcher_close (self);
  g_cancellable_cancel (self->stopping);
}

/** vrf_dispatcher_is_idle: Returns: whether nothing is on its way */
gboolean
vrf_dispatcher_is_idle (VrfDispatcher *self)
{
  return g_hash_table_size (self->flights) == 0;
}
