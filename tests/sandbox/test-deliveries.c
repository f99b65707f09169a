/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sandbox-golden.h"
#include "webhook-receiver.h"

/* What is sent to webhook endpoints, over real connections (verifa-api.md 5.3 to 5.5). */

#define ENDPOINTS "/api/v1/webhooks/endpoints"
#define DELIVERIES "/api/v1/webhooks/deliveries"
#define PATIENCE_S 30

typedef struct
{
  WebhookReceiver *receiver;
  SandboxClient client;
} Fixture;

static void
start_sandbox (Fixture *fixture, double time_scale, const char *database)
{
  VrfSandboxOptions options = {
    .sandbox_key = SANDBOX_KEY,
    .live_key = LIVE_KEY,
    .plan = "enterprise",
    .time_scale = time_scale,
    .database_path = database,
  };

  sandbox_client_start (&fixture->client, &options);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->receiver = webhook_receiver_start ();
  start_sandbox (fixture, 1.0, NULL);
}

/* So fast that a delivery fails for good in half a second. */
static void
set_up_fast (Fixture *fixture, gconstpointer unused)
{
  fixture->receiver = webhook_receiver_start ();
  start_sandbox (fixture, 20000.0, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  sandbox_client_stop (&fixture->client);
  webhook_receiver_stop (fixture->receiver);
}

/* @more: more members, with a comma before them. Returns: the endpoint. */
static SandboxReply *
add_endpoint (Fixture *fixture, const char *path, const char *more)
{
  g_autofree char *url = webhook_receiver_dup_url (fixture->receiver, path);
  g_autofree char *body = g_strdup_printf ("{\"url\":\"%s\"%s}", url, more);
  SandboxReply *reply = sandbox_client_call (&fixture->client, "POST", ENDPOINTS, body);

  g_assert_cmpuint (reply->status, ==, 201);
  return reply;
}

static SandboxReply *
act (Fixture *fixture, const char *method, const char *id, const char *rest, const char *body)
{
  g_autofree char *path = sandbox_client_path (id, rest);
  SandboxReply *reply = sandbox_client_call (&fixture->client, method, path, body);

  g_assert_cmpuint (reply->status / 100, ==, 2);
  return reply;
}

static void
simulate (Fixture *fixture, const char *id, const char *action)
{
  g_autofree char *body = g_strdup_printf ("{\"action\":\"%s\"}", action);
  g_autoptr (SandboxReply) reply = act (fixture, "POST", id, "/simulate", body);
}

static SandboxReply *
list (Fixture *fixture, SandboxReply *endpoint, const char *query)
{
  g_autofree char *path = g_strconcat (
      ENDPOINTS "/", sandbox_reply_string (endpoint, "id"), "/deliveries", query, NULL);

  return sandbox_client_call (&fixture->client, "GET", path, NULL);
}

static JsonArray *
data_of (SandboxReply *reply)
{
  g_assert_cmpuint (reply->status, ==, 200);
  return json_object_get_array_member (sandbox_reply_object (reply), "data");
}

static gint64
total_of (SandboxReply *reply)
{
  return json_object_get_int_member (
      json_object_get_object_member (sandbox_reply_object (reply), "pagination"), "total");
}

/* The list of deliveries, once the newest has this status and so many attempts. */
static SandboxReply *
wait_for (Fixture *fixture, SandboxReply *endpoint, const char *status, int attempts)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_S * G_TIME_SPAN_SECOND;

  while (g_get_monotonic_time () < end)
    {
      g_autoptr (SandboxReply) reply = list (fixture, endpoint, "");
      JsonArray *data = data_of (reply);
      JsonObject *newest =
          json_array_get_length (data) > 0 ? json_array_get_object_element (data, 0) : NULL;

      if (newest != NULL && g_str_equal (json_object_get_string_member (newest, "status"), status)
          && json_object_get_int_member (newest, "attempts") >= attempts)
        return g_steal_pointer (&reply);
    }
  g_error ("No delivery became %s", status);
}

static JsonObject *
newest_of (SandboxReply *reply)
{
  return json_array_get_object_element (data_of (reply), 0);
}

/* Every event of a session's life, in order, each signed. */
static void
test_life (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *event;
    const char *status;
  } rows[] = {
    { "session.created", "pending" },
    { "session.link_generated", "pending" },
    { "session.started", "capturing" },
    { "session.expired", "expired" },
    { "session.requires-review", "under_review" },
    { "case.created", NULL },
  };
  g_autoptr (SandboxReply) endpoint = add_endpoint (
      fixture,
      "/ok",
      ",\"enabled_events\":[\"session.created\",\"session.link_generated\",\"session.started\","
      "\"session.expired\",\"session.requires-review\",\"case.created\"]");
  g_autofree char *id = sandbox_client_create (&fixture->client, "{\"external_ref\":\"guest\"}");
  g_autoptr (SandboxReply) link = act (fixture, "POST", id, "/generate-one-time-link", NULL);
  const char *token = strrchr (sandbox_reply_string (link, "capture_url"), '/');
  g_autofree char *consent = g_strconcat ("/verify", token, "/consent", NULL);
  g_autoptr (SandboxReply) visited = sandbox_client_send (
      &fixture->client, "POST", consent, NULL, "{\"consent\":true,\"consent_version\":\"1\"}");
  g_autoptr (SandboxReply) expired = act (fixture, "POST", id, "/expire", NULL);
  g_autoptr (SandboxReply) resumed = act (fixture, "POST", id, "/resume", NULL);
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (visited->status, ==, 200);
  simulate (fixture, id, "require-review");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Received *received = webhook_receiver_wait (fixture->receiver, i);

      g_test_message ("%s", rows[i].event);
      g_assert_cmpstr (received_string (received, "event"), ==, rows[i].event);
      g_assert_cmpstr (received->event, ==, rows[i].event);
      if (rows[i].status != NULL)
        {
          g_assert_cmpstr (received_string (received, "status"), ==, rows[i].status);
          g_assert_cmpstr (received_string (received, "session_id"), ==, id);
          g_assert_cmpstr (received_string (received, "external_ref"), ==, "guest");
        }
      g_assert_true (
          g_hash_table_add (keys, (gpointer) received_string (received, "idempotency_key")));
      g_assert_cmpstr (received->content_type, ==, "application/json");
      g_assert_cmpstr (received->user_agent, ==, "Verifa-Webhooks/1.0");
      g_assert_true (g_str_has_prefix (received->delivery_id, "whdel_"));
      received_assert_signed (received, sandbox_reply_string (endpoint, "secret"));
    }
}

/* The sorted names of the members of what came. */
static char *
dup_members (const Received *received)
{
  g_autoptr (GList) names = json_object_get_members (json_node_get_object (received->json));
  g_autoptr (GString) text = g_string_new (NULL);

  names = g_list_sort (g_steal_pointer (&names), (GCompareFunc) g_strcmp0);
  for (GList *l = names; l != NULL; l = l->next)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", (const char *) l->data);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_members (const Received *received, const char *wanted)
{
  g_autofree char *members = dup_members (received);

  g_assert_cmpstr (members, ==, wanted);
  /* Neither what was looked at nor what was read from it. */
  g_assert_null (g_strstr_len (
      g_bytes_get_data (received->body, NULL), (gssize) g_bytes_get_size (received->body), "Jane"));
}

/* A check of somebody's own: what came out, and whose it is. */
static void
test_check (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SandboxReply) endpoint = add_endpoint (fixture, "/ok", "");
  g_autoptr (SandboxReply) clear =
      sandbox_client_call (&fixture->client,
                           "POST",
                           "/api/v1/checks",
                           "{\"check_type\":\"sanction\",\"external_ref\":\"guest\","
                           "\"name_first\":\"Jane\",\"name_last\":\"Doe\"}");
  g_autoptr (SandboxReply) hit =
      sandbox_client_call (&fixture->client,
                           "POST",
                           "/api/v1/checks",
                           "{\"check_type\":\"phone_risk\",\"external_ref\":\"guest\","
                           "\"phone\":\"+19005550100\"}");
  SandboxReply *const checks[] = { clear, hit };

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      /* They are about different things, and may overtake each other. */
      const Received *one = webhook_receiver_wait (fixture->receiver, 0);
      const Received *other = webhook_receiver_wait (fixture->receiver, 1);
      const char *id = sandbox_reply_string (checks[i], "id");
      const Received *received = g_str_equal (received_string (one, "check_id"), id) ? one : other;
      JsonObject *payload = json_node_get_object (received->json);

      g_assert_cmpuint (checks[i]->status, ==, 201);
      assert_members (received,
                      "check_id check_type event external_ref has_match hit_count idempotency_key"
                      " is_sandbox status");
      g_assert_cmpstr (received->event, ==, "check.completed");
      g_assert_cmpstr (received_string (received, "check_id"), ==, id);
      g_assert_cmpstr (
          received_string (received, "check_type"), ==, i == 0 ? "sanction" : "phone_risk");
      g_assert_cmpstr (received_string (received, "status"), ==, i == 0 ? "clear" : "hit");
      g_assert_cmpstr (received_string (received, "external_ref"), ==, "guest");
      g_assert_cmpint (json_object_get_boolean_member (payload, "has_match"), ==, i);
      g_assert_cmpint (json_object_get_int_member (payload, "hit_count"), ==, i);
      g_assert_true (json_object_get_boolean_member (payload, "is_sandbox"));
      received_assert_signed (received, sandbox_reply_string (endpoint, "secret"));
    }
}

/* A passport of that session. Returns: its path. */
static char *
keep_document (Fixture *fixture, const char *session_id)
{
  static const char *const headers[] = {
    "X-API-Key", SANDBOX_KEY, "Content-Type", "multipart/form-data; boundary=edge", NULL,
  };
  g_autofree char *body = g_strdup_printf (
      "--edge\r\nContent-Disposition: form-data; name=\"document_type\"\r\n\r\npassport\r\n"
      "--edge\r\nContent-Disposition: form-data; name=\"session_id\"\r\n\r\n%s\r\n"
      "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"Jane.pdf\"\r\n\r\n"
      "%%PDF-1.4 nothing\r\n--edge--\r\n",
      session_id);
  g_autoptr (SandboxReply) reply =
      sandbox_client_send (&fixture->client, "POST", "/api/v1/documents", headers, body);

  g_assert_cmpuint (reply->status, ==, 201);
  return g_strconcat ("/api/v1/documents/", sandbox_reply_string (reply, "id"), NULL);
}

static void
test_document (Fixture *fixture, gconstpointer unused)
{
  static const char *const events[] = { "document.verified", "document.extracted" };
  static const char *const actions[] = { "/classify", "/extract" };
  g_autoptr (SandboxReply) endpoint = add_endpoint (
      fixture, "/ok", ",\"enabled_events\":[\"document.verified\",\"document.extracted\"]");
  g_autofree char *session_id = sandbox_client_create (&fixture->client, "{}");
  g_autofree char *path = keep_document (fixture, session_id);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *action = g_strconcat (path, actions[i], NULL);
      g_autoptr (SandboxReply) reply = sandbox_client_call (&fixture->client, "POST", action, NULL);
      const Received *received = webhook_receiver_wait (fixture->receiver, i);
      JsonObject *payload = json_node_get_object (received->json);

      g_assert_cmpuint (reply->status, ==, 200);
      assert_members (received,
                      "document_id document_type event idempotency_key identity_id is_sandbox"
                      " session_id status");
      g_assert_cmpstr (received->event, ==, events[i]);
      g_assert_cmpstr (received_string (received, "event"), ==, events[i]);
      g_assert_true (g_str_has_suffix (path, received_string (received, "document_id")));
      g_assert_cmpstr (received_string (received, "document_type"), ==, "passport");
      g_assert_cmpstr (received_string (received, "status"), ==, "verified");
      g_assert_cmpstr (received_string (received, "session_id"), ==, session_id);
      g_assert_true (json_object_get_null_member (payload, "identity_id"));
      received_assert_signed (received, sandbox_reply_string (endpoint, "secret"));
    }
}

/* The listing of what was sent, its filters and its pages. */
static void
test_listing (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SandboxReply) endpoint = add_endpoint (fixture, "/ok", "");
  g_autofree char *id = sandbox_client_create (&fixture->client, "{}");
  g_autoptr (SandboxReply) all = NULL;
  g_autoptr (SandboxReply) page = NULL;
  g_autoptr (SandboxReply) typed = NULL;
  g_autoptr (SandboxReply) past = NULL;
  g_autoptr (SandboxReply) future = NULL;
  g_autoptr (SandboxReply) bad = NULL;
  const Received *received = webhook_receiver_wait (fixture->receiver, 0);
  JsonObject *delivery = NULL;

  simulate (fixture, id, "approve");
  all = wait_for (fixture, endpoint, "succeeded", 1);
  sandbox_reply_assert_golden (all, "list_deliveries");
  g_assert_cmpint (total_of (all), ==, 2);
  delivery = json_array_get_object_element (data_of (all), 1);
  g_assert_cmpstr (json_object_get_string_member (delivery, "id"), ==, received->delivery_id);
  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (delivery, "payload"), "idempotency_key"),
                   ==,
                   received_string (received, "idempotency_key"));
  g_assert_cmpint (json_object_get_int_member (delivery, "http_status"), ==, 200);
  g_assert_true (json_object_get_null_member (delivery, "next_retry_at"));

  page = list (fixture, endpoint, "?limit=1&offset=1");
  g_assert_cmpuint (json_array_get_length (data_of (page)), ==, 1);
  g_assert_cmpint (total_of (page), ==, 2);
  typed = list (fixture, endpoint, "?event_type=session.approved");
  g_assert_cmpint (total_of (typed), ==, 1);
  past = list (fixture, endpoint, "?date_to=2020-01-01T00:00:00Z");
  g_assert_cmpint (total_of (past), ==, 0);
  future = list (fixture, endpoint, "?date_from=2020-01-01T00:00:00Z");
  g_assert_cmpint (total_of (future), ==, 2);
  bad = list (fixture, endpoint, "?date_from=yesterday&event_type=x&limit=0");
  sandbox_reply_assert_error (bad, 422, "validation_error");
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (sandbox_reply_object (bad), "errors")),
      ==,
      3);
}

/* Member names as the endpoint wants them; and what it does not want is not sent. */
static void
test_settings (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SandboxReply) camel =
      add_endpoint (fixture,
                    "/ok",
                    ",\"key_inflection\":\"camel\",\"enabled_events\":[\"session.approved\"],"
                    "\"attribute_blocklist\":[\"last_name\",\"result.face_match_score\"]");
  g_autoptr (SandboxReply) filtered =
      add_endpoint (fixture, "/ok2", ",\"event_filter_conditions\":{\"status\":[\"rejected\"]}");
  g_autofree char *one = sandbox_client_create (&fixture->client, "{}");
  g_autofree char *two = sandbox_client_create (&fixture->client, "{}");
  const Received *received = NULL;
  JsonObject *result = NULL;
  JsonObject *extracted = NULL;

  simulate (fixture, one, "approve");
  simulate (fixture, two, "decline");
  received = webhook_receiver_wait_at (fixture->receiver, "/ok", 0);
  g_assert_cmpstr (received_string (received, "event"), ==, "session.approved");
  g_assert_cmpstr (received_string (received, "sessionId"), ==, one);
  g_assert_nonnull (received_string (received, "idempotencyKey"));
  result = json_object_get_object_member (json_node_get_object (received->json), "result");
  g_assert_true (json_object_get_boolean_member (result, "faceMatchPassed"));
  g_assert_false (json_object_has_member (result, "faceMatchScore"));
  extracted = json_object_get_object_member (result, "extractedData");
  g_assert_cmpstr (json_object_get_string_member (extracted, "firstName"), ==, "Jane");
  g_assert_false (json_object_has_member (extracted, "lastName"));
  received_assert_signed (received, sandbox_reply_string (camel, "secret"));

  received = webhook_receiver_wait_at (fixture->receiver, "/ok2", 0);
  g_assert_cmpstr (received_string (received, "event"), ==, "session.declined");
  g_assert_cmpstr (received_string (received, "session_id"), ==, two);
}

/* The old secret is dead at once. */
static void
test_rotation (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SandboxReply) endpoint = add_endpoint (fixture, "/ok", "");
  g_autofree char *path =
      g_strconcat (ENDPOINTS "/", sandbox_reply_string (endpoint, "id"), "/rotate-secret", NULL);
  g_autofree char *before = sandbox_client_create (&fixture->client, "{}");
  const Received *first = webhook_receiver_wait (fixture->receiver, 0);
  g_autoptr (SandboxReply) rotated = sandbox_client_call (&fixture->client, "POST", path, NULL);
  g_autofree char *after = sandbox_client_create (&fixture->client, "{}");
  const Received *second = webhook_receiver_wait (fixture->receiver, 1);

  received_assert_signed (first, sandbox_reply_string (endpoint, "secret"));
  received_assert_signed (second, sandbox_reply_string (rotated, "secret"));
  g_assert_cmpstr (
      sandbox_reply_string (rotated, "secret"), !=, sandbox_reply_string (endpoint, "secret"));
}

static void
test_environment (Fixture *fixture, gconstpointer unused)
{
  static const char *const live[] = { "X-API-Key", LIVE_KEY, NULL };
  g_autoptr (SandboxReply) endpoint = add_endpoint (fixture, "/ok", "");
  g_autoptr (SandboxReply) other =
      sandbox_client_send (&fixture->client, "POST", "/api/v1/sessions", live, "{}");
  g_autofree char *id = sandbox_client_create (&fixture->client, "{}");
  g_autoptr (SandboxReply) listed = wait_for (fixture, endpoint, "succeeded", 1);
  g_autofree char *path = g_strconcat (
      DELIVERIES "/", json_object_get_string_member (newest_of (listed), "id"), "/retry", NULL);
  g_autoptr (SandboxReply) refused =
      sandbox_client_send (&fixture->client, "POST", path, live, NULL);

  g_assert_cmpuint (other->status, ==, 201);
  g_assert_cmpint (total_of (listed), ==, 1);
  g_assert_cmpstr (
      received_string (webhook_receiver_wait (fixture->receiver, 0), "session_id"), ==, id);
  sandbox_reply_assert_error (refused, 404, "not_found");
}

/* A receiver that hangs keeps nobody else waiting. */
static void
test_hanging (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SandboxReply) hanging = add_endpoint (fixture, "/hang", "");
  g_autoptr (SandboxReply) good = add_endpoint (fixture, "/ok", "");

  for (guint i = 0; i < 10; i++)
    g_free (sandbox_client_create (&fixture->client, "{}"));
  webhook_receiver_wait_at (fixture->receiver, "/ok", 9);
  webhook_receiver_wait_at (fixture->receiver, "/hang", 3);
}

/* What comes later about a session waits for what did not arrive. */
static void
test_order (Fixture *fixture, gconstpointer unused)
{
  static const char *const events[] = { "session.created", "session.created", "session.expired" };
  g_autoptr (SandboxReply) endpoint = add_endpoint (fixture, "/ok", "");
  g_autofree char *id = NULL;
  const Received *received[G_N_ELEMENTS (events)];

  webhook_receiver_fail_next (fixture->receiver, 1);
  id = sandbox_client_create (&fixture->client, "{}");
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      received[i] = webhook_receiver_wait (fixture->receiver, i);
      g_assert_cmpstr (received[i]->event, ==, events[i]);
    }
  g_assert_cmpstr (received[0]->delivery_id, ==, received[1]->delivery_id);
  g_assert_true (g_bytes_equal (received[0]->body, received[1]->body));
}

static void
advance (Fixture *fixture, int seconds)
{
  g_autofree char *body = g_strdup_printf ("{\"advance_seconds\":%d}", seconds);
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (&fixture->client, "POST", "/_sandbox/clock", body);

  g_assert_cmpuint (reply->status, ==, 200);
}

static void
approve_case (Fixture *fixture, const char *session_id)
{
  g_autoptr (SandboxReply) session = act (fixture, "GET", session_id, "", NULL);
  g_autofree char *path =
      g_strconcat ("/api/v1/cases/", sandbox_reply_string (session, "case_id"), "/approve", NULL);
  g_autoptr (SandboxReply) reply = sandbox_client_call (
      &fixture->client, "POST", path, "{\"reviewer_id\":\"orguser_frontdesk\"}");

  g_assert_cmpuint (reply->status, ==, 200);
}

/* verifa-api.md 8.4: of one cause session.*, case.*, identity.*, although each is about something
 * else; what waits for its retry holds back its own session's, and no other's. */
static void
test_order_of_cause (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *event;
    const char *ref;
  } rows[] = {
    { "session.requires-review", "guest-1" }, { "case.created", NULL },
    { "session.approved", "guest-1" }, /* refused, and due again in 30 s */
    { "session.approved", "guest-2" },        { "identity.created", "guest-2" },
    { "session.approved", "guest-1" },        { "case.approved", NULL },
    { "identity.created", "guest-1" },
  };
  g_autoptr (SandboxReply) endpoint = add_endpoint (
      fixture,
      "/ok",
      ",\"enabled_events\":[\"session.requires-review\",\"case.created\",\"case.approved\","
      "\"session.approved\",\"identity.created\",\"identity.updated\"]");
  g_autofree char *first =
      sandbox_client_create (&fixture->client, "{\"external_ref\":\"guest-1\"}");
  g_autofree char *second =
      sandbox_client_create (&fixture->client, "{\"external_ref\":\"guest-2\"}");

  simulate (fixture, first, "require-review");
  webhook_receiver_wait (fixture->receiver, 1);
  webhook_receiver_fail_next (fixture->receiver, 1);
  approve_case (fixture, first);
  webhook_receiver_wait (fixture->receiver, 2);
  simulate (fixture, second, "approve");
  webhook_receiver_wait (fixture->receiver, 4);
  advance (fixture, 30);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Received *received = webhook_receiver_wait (fixture->receiver, i);

      g_assert_cmpstr (received->event, ==, rows[i].event);
      if (rows[i].ref != NULL)
        g_assert_cmpstr (received_string (received, "external_ref"), ==, rows[i].ref);
    }
}

/* verifa-api.md 5.3: the organization's admins are told, once; what others wrote is text to them.
 */
static void
assert_admins_told (Fixture *fixture, SandboxReply *endpoint)
{
  g_autoptr (SandboxReply) mails =
      sandbox_client_call (&fixture->client, "GET", "/_sandbox/outbox", NULL);
  JsonObject *item = newest_of (mails);
  g_autofree char *path =
      g_strconcat ("/_sandbox/outbox/", json_object_get_string_member (item, "id"), NULL);
  g_autoptr (SandboxReply) mail = sandbox_client_call (&fixture->client, "GET", path, NULL);
  const char *text = sandbox_reply_string (mail, "text");
  const char *html = sandbox_reply_string (mail, "html");

  g_assert_cmpint (total_of (mails), ==, 1);
  g_assert_cmpstr (sandbox_reply_string (mail, "kind"), ==, "webhook_disabled");
  g_assert_true (json_object_get_null_member (sandbox_reply_object (mail), "session_id"));
  g_assert_null (strpbrk (sandbox_reply_string (mail, "subject"), "\r\n"));
  g_assert_nonnull (strstr (text, "Endpoint: <b>Till</b> & Co\n"));
  g_assert_nonnull (strstr (html, "Endpoint: &lt;b&gt;Till&lt;/b&gt; &amp; Co<br>"));
  for (guint i = 0; i < 2; i++)
    {
      const char *body = i == 0 ? text : html;

      g_assert_nonnull (strstr (body, sandbox_reply_string (endpoint, "id")));
      g_assert_nonnull (strstr (body, sandbox_reply_string (endpoint, "url")));
      g_assert_nonnull (strstr (body, "10 deliveries in a row"));
      g_assert_nonnull (strstr (body, "The answer was HTTP 500."));
      g_assert_null (strstr (body, sandbox_reply_string (endpoint, "secret")));
    }
}

/* Ten deliveries that fail for good, each after six attempts, disable the endpoint. */
static void
test_breaker (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SandboxReply) endpoint = add_endpoint (fixture,
                                                    "/500",
                                                    ",\"enabled_events\":[\"session.created\"],"
                                                    "\"label\":\"<b>Till</b>\\u0007& Co\"");
  g_autofree char *path = g_strconcat (ENDPOINTS "/", sandbox_reply_string (endpoint, "id"), NULL);
  gint64 end = g_get_monotonic_time () + PATIENCE_S * G_TIME_SPAN_SECOND;
  gboolean enabled = TRUE;
  g_autoptr (SandboxReply) failed = NULL;
  g_autoptr (SandboxReply) after = NULL;
  g_autoptr (SandboxReply) again = NULL;
  g_autofree char *ignored = NULL;

  for (guint i = 0; i < 10; i++)
    g_free (sandbox_client_create (&fixture->client, "{}"));
  while (enabled && g_get_monotonic_time () < end)
    {
      g_autoptr (SandboxReply) reply = sandbox_client_call (&fixture->client, "GET", path, NULL);

      enabled = json_object_get_boolean_member (sandbox_reply_object (reply), "enabled");
    }
  g_assert_false (enabled);
  failed = list (fixture, endpoint, "");
  g_assert_cmpint (total_of (failed), ==, 10);
  g_assert_cmpuint (webhook_receiver_count (fixture->receiver), ==, 60);
  for (guint i = 0; i < 10; i++)
    {
      JsonObject *delivery = json_array_get_object_element (data_of (failed), i);

      g_assert_cmpstr (json_object_get_string_member (delivery, "status"), ==, "failed");
      g_assert_cmpint (json_object_get_int_member (delivery, "attempts"), ==, 6);
      g_assert_cmpstr (
          json_object_get_string_member (delivery, "error"), ==, "The answer was HTTP 500.");
    }

  assert_admins_told (fixture, endpoint);

  /* Nothing is told to it any more, until a person says so. */
  ignored = sandbox_client_create (&fixture->client, "{}");
  after = list (fixture, endpoint, "");
  g_assert_cmpint (total_of (after), ==, 10);
  again = sandbox_client_call (&fixture->client, "PATCH", path, "{\"enabled\":true}");
  g_assert_true (json_object_get_boolean_member (sandbox_reply_object (again), "enabled"));
}

/* By hand: at once, with the same id and key, and only where it can go. */
static void
test_retry (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SandboxReply) endpoint =
      add_endpoint (fixture, "/ok", ",\"enabled_events\":[\"session.approved\"]");
  g_autofree char *endpoint_path =
      g_strconcat (ENDPOINTS "/", sandbox_reply_string (endpoint, "id"), NULL);
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;
  g_autoptr (SandboxReply) waiting = NULL;
  g_autoptr (SandboxReply) retried = NULL;
  g_autoptr (SandboxReply) done = NULL;
  g_autoptr (SandboxReply) off = NULL;
  g_autoptr (SandboxReply) refused = NULL;
  g_autoptr (SandboxReply) unknown = NULL;
  const Received *first = NULL;
  const Received *second = NULL;

  webhook_receiver_fail_next (fixture->receiver, 1);
  id = sandbox_client_create (&fixture->client, "{}");
  simulate (fixture, id, "approve");
  waiting = wait_for (fixture, endpoint, "pending", 1);
  g_assert_cmpint (json_object_get_int_member (newest_of (waiting), "http_status"), ==, 503);
  path = g_strconcat (
      DELIVERIES "/", json_object_get_string_member (newest_of (waiting), "id"), "/retry", NULL);
  retried = sandbox_client_call (&fixture->client, "POST", path, NULL);
  sandbox_reply_assert_golden (retried, "retry_delivery");
  done = wait_for (fixture, endpoint, "succeeded", 2);
  g_assert_cmpint (json_object_get_int_member (newest_of (done), "attempts"), ==, 2);
  first = webhook_receiver_wait (fixture->receiver, 0);
  second = webhook_receiver_wait (fixture->receiver, 1);
  g_assert_cmpstr (first->delivery_id, ==, second->delivery_id);
  g_assert_true (g_bytes_equal (first->body, second->body));

  off = sandbox_client_call (&fixture->client, "PATCH", endpoint_path, "{\"enabled\":false}");
  g_assert_cmpuint (off->status, ==, 200);
  refused = sandbox_client_call (&fixture->client, "POST", path, NULL);
  sandbox_reply_assert_error (refused, 400, "bad_request");
  unknown = sandbox_client_call (&fixture->client, "POST", DELIVERIES "/whdel_x/retry", NULL);
  sandbox_reply_assert_error (unknown, 404, "not_found");
}

/* What waits for a retry when the sandbox ends goes out from the next one. */
static void
test_restart (void)
{
  Fixture fixture = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("vrf-deliveries-XXXXXX", &error);
  g_autofree char *database = g_build_filename (directory, "sandbox.db", NULL);
  g_autoptr (SandboxReply) endpoint = NULL;
  g_autoptr (SandboxReply) waiting = NULL;
  g_autoptr (SandboxReply) done = NULL;
  g_autofree char *id = NULL;
  const Received *first = NULL;
  const Received *second = NULL;

  g_assert_no_error (error);
  fixture.receiver = webhook_receiver_start ();
  start_sandbox (&fixture, 1.0, database);
  webhook_receiver_fail_next (fixture.receiver, 1);
  endpoint = add_endpoint (&fixture, "/ok", ",\"enabled_events\":[\"session.created\"]");
  id = sandbox_client_create (&fixture.client, "{}");
  waiting = wait_for (&fixture, endpoint, "pending", 1);
  sandbox_client_stop (&fixture.client);

  start_sandbox (&fixture, 1000.0, database);
  done = wait_for (&fixture, endpoint, "succeeded", 2);
  first = webhook_receiver_wait (fixture.receiver, 0);
  second = webhook_receiver_wait (fixture.receiver, 1);
  g_assert_cmpstr (first->delivery_id, ==, second->delivery_id);
  g_assert_true (g_bytes_equal (first->body, second->body));
  g_assert_cmpstr (received_string (second, "session_id"), ==, id);
  g_assert_cmpuint (webhook_receiver_count (fixture.receiver), ==, 2);
  tear_down (&fixture, NULL);

  g_assert_cmpint (g_remove (database), ==, 0);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

#define ADD(name, up, func)                                                                        \
  g_test_add ("/sandbox/deliveries/" name, Fixture, NULL, up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("life", set_up, test_life);
  ADD ("listing", set_up, test_listing);
  ADD ("settings", set_up, test_settings);
  ADD ("rotation", set_up, test_rotation);
  ADD ("environment", set_up, test_environment);
  ADD ("hanging", set_up, test_hanging);
  ADD ("check", set_up, test_check);
  ADD ("document", set_up, test_document);
  ADD ("order", set_up_fast, test_order);
  ADD ("order-of-cause", set_up, test_order_of_cause);
  ADD ("breaker", set_up_fast, test_breaker);
  ADD ("retry", set_up, test_retry);
  g_test_add_func ("/sandbox/deliveries/restart", test_restart);
  return g_test_run ();
}
