/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/vrf-random.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-events.h"
#include "sandbox/vrf-store-deliveries.h"
#include "sandbox/vrf-store-webhooks.h"
#include "sandbox/vrf-webhook-rules.h"

/* Which deliveries are written for what happens, on a clock that stands still. */

#define START ((gint64) 1769947200 * G_USEC_PER_SEC) /* 2026-02-01T12:00:00Z */

typedef struct
{
  VrfSandboxStore *store;
  VrfService *service;
  guint noted;
} Fixture;

static void
noted_cb (VrfService *service, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->noted++;
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfSandboxClock) clock = vrf_sandbox_clock_new (0, 1.0);
  g_autoptr (GError) error = NULL;

  fixture->store = vrf_sandbox_store_open (":memory:", &error);
  g_assert_no_error (error);
  vrf_sandbox_clock_hold (clock, START);
  fixture->service = vrf_service_new (fixture->store, clock);
  g_signal_connect (fixture->service, "deliveries-noted", G_CALLBACK (noted_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->service);
  g_assert_finalize_object (fixture->store);
}

/* Texts that are NULL get what an endpoint without settings has. */
static gint64
add_webhook (Fixture *fixture, const VrfStoredWebhook *settings)
{
  VrfStoredWebhook webhook = *settings;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = vrf_random_id ("webhook_");

  webhook.id = id;
  webhook.url = (char *) "http://127.0.0.1:9/";
  webhook.inflection = (char *) "snake";
  webhook.secret = (char *) "whsec_x";
  if (webhook.enabled_events == NULL)
    webhook.enabled_events = (char *) "[]";
  if (webhook.blocklist == NULL)
    webhook.blocklist = (char *) "[]";
  if (webhook.conditions == NULL)
    webhook.conditions = (char *) "{}";
  vrf_store_webhooks_insert (fixture->store, &webhook, &error);
  g_assert_no_error (error);
  return webhook.n;
}

static VrfStoredSession *
create (Fixture *fixture, gboolean is_sandbox)
{
  VrfStoredSession *session = vrf_stored_session_new ();
  g_autoptr (GError) error = NULL;

  session->is_sandbox = is_sandbox;
  session->external_ref = g_strdup ("guest-1042");
  vrf_service_create (fixture->service, session, &error);
  g_assert_no_error (error);
  return session;
}

static void
apply (Fixture *fixture, VrfStoredSession *session, VrfEvent event, const char *preset)
{
  g_autoptr (GError) error = NULL;

  vrf_service_apply (
      fixture->service, session, event, preset != NULL ? vrf_presets_find (preset) : NULL, &error);
  g_assert_no_error (error);
}

/* What was written for an endpoint, oldest first. */
static GPtrArray *
list (Fixture *fixture, gint64 webhook_n)
{
  VrfDeliveryFilter filter = {
    .webhook_n = webhook_n,
    .date_from = VRF_TIME_NONE,
    .date_to = VRF_TIME_NONE,
    .limit = 100,
  };
  g_autoptr (GError) error = NULL;
  GPtrArray *deliveries = vrf_store_deliveries_list (fixture->store, &filter, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < deliveries->len / 2; i++)
    {
      gpointer other = deliveries->pdata[i];

      deliveries->pdata[i] = deliveries->pdata[deliveries->len - 1 - i];
      deliveries->pdata[deliveries->len - 1 - i] = other;
    }
  return deliveries;
}

/* The names of the events, separated by spaces. */
static char *
dup_events (GPtrArray *deliveries)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < deliveries->len; i++)
    {
      const VrfStoredDelivery *delivery = deliveries->pdata[i];

      g_ptr_array_add (names, delivery->event);
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

static void
assert_events (Fixture *fixture, gint64 webhook_n, const char *wanted)
{
  g_autoptr (GPtrArray) deliveries = list (fixture, webhook_n);
  g_autofree char *events = dup_events (deliveries);

  g_assert_cmpstr (events, ==, wanted);
}

/* The payload of the delivery at @index. */
static JsonObject *
payload_of (GPtrArray *deliveries, guint index, JsonNode **ret_root)
{
  const VrfStoredDelivery *delivery = deliveries->pdata[index];

  *ret_root = json_from_string (delivery->payload, NULL);
  g_assert_nonnull (*ret_root);
  return json_node_get_object (*ret_root);
}

/* An identity comes when the case is decided, behind all that was told of its session. */
static void
test_life (Fixture *fixture, gconstpointer unused)
{
  gint64 webhook = add_webhook (fixture, &(VrfStoredWebhook){ .is_sandbox = 1, .enabled = 1 });
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE);
  g_autoptr (GPtrArray) deliveries = NULL;

  apply (fixture, session, VRF_EVENT_LINK, NULL);
  apply (fixture, session, VRF_EVENT_VISIT, NULL);
  apply (fixture, session, VRF_EVENT_COMPLETE, NULL);
  apply (fixture, session, VRF_EVENT_OUTCOME, "needs_review");
  apply (fixture, session, VRF_EVENT_DECIDE, "approve");
  apply (fixture, session, VRF_EVENT_REDACT, NULL);
  assert_events (fixture,
                 webhook,
                 "session.created session.link_generated session.started session.requires-review"
                 " case.created session.approved case.approved identity.created session.redacted");
  g_assert_cmpuint (fixture->noted, ==, 9);
  deliveries = list (fixture, webhook);
  for (guint i = 0; i < deliveries->len; i++)
    g_assert_cmpstr (((VrfStoredDelivery *) deliveries->pdata[i])->subject, ==, session->id);
}

/* Every member of verifa-api.md 5.4, with its value. */
static void
test_payload (Fixture *fixture, gconstpointer unused)
{
  gint64 webhook = add_webhook (fixture, &(VrfStoredWebhook){ .is_sandbox = 1, .enabled = 1 });
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE);
  g_autoptr (GPtrArray) deliveries = NULL;
  g_autoptr (JsonNode) created = NULL;
  g_autoptr (JsonNode) declined = NULL;
  const VrfStoredDelivery *delivery = NULL;
  JsonObject *payload = NULL;
  JsonObject *result = NULL;

  apply (fixture, session, VRF_EVENT_SIMULATE, "reject");
  deliveries = list (fixture, webhook);
  g_assert_cmpuint (deliveries->len, ==, 3);
  payload = payload_of (deliveries, 0, &created);
  g_assert_cmpstr (json_object_get_string_member (payload, "event"), ==, "session.created");
  g_assert_cmpstr (json_object_get_string_member (payload, "session_id"), ==, session->id);
  g_assert_cmpstr (json_object_get_string_member (payload, "external_ref"), ==, "guest-1042");
  g_assert_cmpstr (json_object_get_string_member (payload, "status"), ==, "pending");
  g_assert_true (json_object_get_boolean_member (payload, "is_sandbox"));
  g_assert_false (json_object_has_member (payload, "result"));
  g_assert_true (g_regex_match_simple (
      "^idk_[0-9a-f]{32}$", json_object_get_string_member (payload, "idempotency_key"), 0, 0));

  payload = payload_of (deliveries, 1, &declined);
  g_assert_cmpstr (json_object_get_string_member (payload, "status"), ==, "rejected");
  g_assert_true (
      g_str_has_prefix (json_object_get_string_member (payload, "identity_id"), "identity_"));
  result = json_object_get_object_member (payload, "result");
  g_assert_false (json_object_get_boolean_member (result, "face_match_passed"));
  g_assert_cmpfloat (json_object_get_double_member (result, "face_match_score"), ==, 0.21);
  g_assert_true (json_object_get_boolean_member (result, "age_check_passed"));
  g_assert_cmpstr (
      json_object_get_string_member (result, "rejection_reason_code"), ==, "face_mismatch");
  g_assert_true (json_object_has_member (result, "rejection_reason"));
  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (result, "extracted_data"), "first_name"),
                   ==,
                   "Jane");

  delivery = deliveries->pdata[1];
  g_assert_true (g_str_has_prefix (delivery->id, "whdel_"));
  g_assert_cmpstr (delivery->subject, ==, session->id);
  g_assert_cmpstr (delivery->status, ==, "pending");
  g_assert_cmpint (delivery->due_at, ==, START);
}

static void
test_environment (Fixture *fixture, gconstpointer unused)
{
  gint64 sandbox = add_webhook (fixture, &(VrfStoredWebhook){ .is_sandbox = 1, .enabled = 1 });
  gint64 live = add_webhook (fixture, &(VrfStoredWebhook){ .enabled = 1 });
  gint64 off = add_webhook (fixture, &(VrfStoredWebhook){ .is_sandbox = 1 });
  g_autoptr (VrfStoredSession) one = create (fixture, TRUE);
  g_autoptr (VrfStoredSession) two = create (fixture, FALSE);
  g_autoptr (GPtrArray) first = list (fixture, sandbox);
  g_autoptr (GPtrArray) second = list (fixture, live);

  g_assert_cmpuint (first->len, ==, 1);
  g_assert_cmpuint (second->len, ==, 1);
  g_assert_cmpstr (((VrfStoredDelivery *) first->pdata[0])->subject, ==, one->id);
  g_assert_cmpstr (((VrfStoredDelivery *) second->pdata[0])->subject, ==, two->id);
  assert_events (fixture, off, "");
}

typedef struct
{
  const char *what;
  VrfStoredWebhook settings;
  const char *events;
} FilterCase;

static const FilterCase filter_cases[] = {
  { "none",
    { .is_sandbox = 1, .enabled = 1 },
    "session.created session.declined identity.created" },
  { "event",
    { .is_sandbox = 1, .enabled = 1, .enabled_events = (char *) "[\"session.declined\"]" },
    "session.declined" },
  { "value",
    { .is_sandbox = 1, .enabled = 1, .conditions = (char *) "{\"status\":\"pending\"}" },
    "session.created" },
  { "one-of",
    { .is_sandbox = 1,
      .enabled = 1,
      .conditions = (char *) "{\"status\":[\"x\",\"rejected\",\"pending\"]}" },
    "session.created session.declined identity.created" },
  { "inside",
    { .is_sandbox = 1, .enabled = 1, .conditions = (char *) "{\"result.face_match_passed\":true}" },
    "session.created identity.created" },
  { "number",
    { .is_sandbox = 1, .enabled = 1, .conditions = (char *) "{\"result.face_match_score\":0.21}" },
    "session.created session.declined identity.created" },
  { "null",
    { .is_sandbox = 1, .enabled = 1, .conditions = (char *) "{\"external_ref\":null}" },
    "" },
  { "object",
    { .is_sandbox = 1, .enabled = 1, .conditions = (char *) "{\"result\":\"x\"}" },
    "session.created identity.created" },
  { "all-must-hold",
    { .is_sandbox = 1,
      .enabled = 1,
      .conditions = (char *) "{\"is_sandbox\":true,\"status\":\"rejected\"}" },
    "session.declined identity.created" },
};

static void
test_filters (Fixture *fixture, gconstpointer unused)
{
  gint64 webhooks[G_N_ELEMENTS (filter_cases)];
  g_autoptr (VrfStoredSession) session = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (filter_cases); i++)
    webhooks[i] = add_webhook (fixture, &filter_cases[i].settings);
  session = create (fixture, TRUE);
  apply (fixture, session, VRF_EVENT_SIMULATE, "reject");
  for (guint i = 0; i < G_N_ELEMENTS (filter_cases); i++)
    {
      g_test_message ("%s", filter_cases[i].what);
      assert_events (fixture, webhooks[i], filter_cases[i].events);
    }
}

static void
test_blocklist (Fixture *fixture, gconstpointer unused)
{
  gint64 webhook = add_webhook (
      fixture,
      &(VrfStoredWebhook){ .is_sandbox = 1,
                           .enabled = 1,
                           .blocklist = (char *) "[\"external_ref\",\"face_match_score\","
                                                 "\"last_name\",\"address.city\","
                                                 "\"result.extracted_data.gender\"]" });
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE);
  g_autoptr (GPtrArray) deliveries = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *payload = NULL;
  JsonObject *data = NULL;

  apply (fixture, session, VRF_EVENT_SIMULATE, "approve");
  deliveries = list (fixture, webhook);
  payload = payload_of (deliveries, 1, &root);
  g_assert_false (json_object_has_member (payload, "external_ref"));
  g_assert_true (json_object_has_member (payload, "session_id"));
  payload = json_object_get_object_member (payload, "result");
  g_assert_false (json_object_has_member (payload, "face_match_score"));
  g_assert_true (json_object_has_member (payload, "face_match_passed"));
  data = json_object_get_object_member (payload, "extracted_data");
  g_assert_true (json_object_has_member (data, "first_name"));
  g_assert_false (json_object_has_member (data, "last_name"));
  g_assert_false (json_object_has_member (data, "gender"));
  data = json_object_get_object_member (data, "address");
  g_assert_true (json_object_has_member (data, "zip"));
  g_assert_false (json_object_has_member (data, "city"));
}

static void
test_one_key (Fixture *fixture, gconstpointer unused)
{
  gint64 one = add_webhook (fixture, &(VrfStoredWebhook){ .is_sandbox = 1, .enabled = 1 });
  gint64 two = add_webhook (fixture, &(VrfStoredWebhook){ .is_sandbox = 1, .enabled = 1 });
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE);
  g_autoptr (GPtrArray) first = list (fixture, one);
  g_autoptr (GPtrArray) second = list (fixture, two);
  g_autoptr (JsonNode) a = NULL;
  g_autoptr (JsonNode) b = NULL;

  g_assert_cmpstr (((VrfStoredDelivery *) first->pdata[0])->id,
                   !=,
                   ((VrfStoredDelivery *) second->pdata[0])->id);
  g_assert_cmpstr (json_object_get_string_member (payload_of (first, 0, &a), "idempotency_key"),
                   ==,
                   json_object_get_string_member (payload_of (second, 0, &b), "idempotency_key"));
}

/* What was read from the documents does not outlive them in what was told. */
static void
test_redaction (Fixture *fixture, gconstpointer unused)
{
  gint64 webhook = add_webhook (fixture, &(VrfStoredWebhook){ .is_sandbox = 1, .enabled = 1 });
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  apply (fixture, session, VRF_EVENT_SIMULATE, "approve");
  before = list (fixture, webhook);
  g_assert_nonnull (strstr (((VrfStoredDelivery *) before->pdata[1])->payload, "Jane"));
  apply (fixture, session, VRF_EVENT_REDACT, NULL);
  after = list (fixture, webhook);
  g_assert_cmpuint (after->len, ==, 4);
  for (guint i = 0; i < after->len; i++)
    g_assert_null (strstr (((VrfStoredDelivery *) after->pdata[i])->payload, "Jane"));
}

/* What fails leaves nothing behind. */
static void
test_rollback (Fixture *fixture, gconstpointer unused)
{
  gint64 webhook = add_webhook (fixture, &(VrfStoredWebhook){ .is_sandbox = 1, .enabled = 1 });
  g_autoptr (VrfStoredSession) session = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (vrf_sandbox_store_begin (fixture->store, &error));
  session = create (fixture, TRUE);
  vrf_sandbox_store_rollback (fixture->store);
  assert_events (fixture, webhook, "");
}

#define ADD(name, func) g_test_add ("/sandbox/told/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("life", test_life);
  ADD ("payload", test_payload);
  ADD ("environment", test_environment);
  ADD ("filters", test_filters);
  ADD ("blocklist", test_blocklist);
  ADD ("one-key", test_one_key);
  ADD ("redaction", test_redaction);
  ADD ("rollback", test_rollback);
  return g_test_run ();
}
