/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox-golden.h"
#include "webhook-receiver.h"

#include "sandbox/vrf-webhook-address.h"

/* Webhook endpoints over HTTP (verifa-api.md 5.1, 5.2). */

#define ENDPOINTS "/api/v1/webhooks/endpoints"
#define DELIVERIES "/api/v1/webhooks/deliveries"

static const char *const live_key[] = { "X-API-Key", LIVE_KEY, NULL };

static char *
endpoint (const char *id, const char *rest)
{
  return g_strconcat (ENDPOINTS "/", id, rest, NULL);
}

/* Returns: the reply of a create. */
static SandboxReply *
create (SandboxClient *client, const char *const *headers, const char *body)
{
  SandboxReply *reply = headers != NULL
                            ? sandbox_client_send (client, "POST", ENDPOINTS, headers, body)
                            : sandbox_client_call (client, "POST", ENDPOINTS, body);

  g_assert_cmpuint (reply->status, ==, 201);
  return reply;
}

static SandboxReply *
call (SandboxClient *client, const char *method, const char *id, const char *rest, const char *body)
{
  g_autofree char *path = endpoint (id, rest);

  return sandbox_client_call (client, method, path, body);
}

static const char full[] =
    "{\"url\":\"https://hotel.example/hooks\",\"label\":\"Front desk\",\"description\":\"Door\","
    "\"enabled_events\":[\"session.approved\"],"
    "\"attribute_blocklist\":[\"result.extracted_data.document_number\"],"
    "\"event_filter_conditions\":{\"status\":[\"approved\",\"rejected\"]},"
    "\"api_version\":\"2026-01-01\",\"key_inflection\":\"snake\"}";

static void
test_golden (void)
{
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) created = NULL;
  g_autoptr (SandboxReply) minimal = NULL;
  g_autoptr (SandboxReply) live = NULL;
  const struct
  {
    const char *golden;
    const char *method;
    const char *rest;
    const char *body;
  } rows[] = {
    { "get_webhook", "GET", "", NULL },
    { "update_webhook", "PATCH", "", "{\"label\":\"Night desk\",\"enabled\":false}" },
    { "rotate_webhook_secret", "POST", "/rotate-secret", NULL },
    { "clone_webhook", "POST", "/clone", NULL },
  };
  g_autofree char *live_path = NULL;
  g_autoptr (SandboxReply) got_live = NULL;
  g_autoptr (SandboxReply) listed = NULL;
  g_autoptr (SandboxReply) types = NULL;

  sandbox_client_start (&client, NULL);
  created = create (&client, NULL, full);
  sandbox_reply_assert_golden (created, "create_webhook");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SandboxReply) reply = call (&client,
                                             rows[i].method,
                                             sandbox_reply_string (created, "id"),
                                             rows[i].rest,
                                             rows[i].body);

      sandbox_reply_assert_golden (reply, rows[i].golden);
    }
  listed = sandbox_client_call (&client, "GET", ENDPOINTS, NULL);
  sandbox_reply_assert_golden (listed, "list_webhooks");
  minimal = create (&client, NULL, "{\"url\":\"https://hotel.example/hooks\"}");
  sandbox_reply_assert_golden (minimal, "create_webhook_minimal");
  types = sandbox_client_call (&client, "GET", ENDPOINTS "/event-types", NULL);
  sandbox_reply_assert_golden (types, "list_webhook_event_types");
  live = create (&client, live_key, full);
  live_path = endpoint (sandbox_reply_string (live, "id"), "");
  got_live = sandbox_client_send (&client, "GET", live_path, live_key, NULL);
  sandbox_reply_assert_golden (got_live, "get_webhook_live");
  sandbox_client_stop (&client);
}

/* Every name of verifa-api.md 5.5, and no other. */
static void
test_event_types (void)
{
  SandboxClient client = { NULL };
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "data", "api", "list_webhook_event_types.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (SandboxReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *golden = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  golden = json_node_get_object (json_parser_get_root (parser));
  sandbox_client_start (&client, NULL);
  reply = sandbox_client_call (&client, "GET", ENDPOINTS "/event-types", NULL);
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (sandbox_reply_object (reply), "data")),
      ==,
      30);
  g_assert_true (json_node_equal (
      json_object_get_member (json_object_get_object_member (golden, "reply"), "data"),
      json_object_get_member (sandbox_reply_object (reply), "data")));
  sandbox_client_stop (&client);
}

static void
test_bad_input (void)
{
  static const struct
  {
    const char *body;
    const char *field;
    const char *code;
  } rows[] = {
    { "{}", "url", "required" },
    { "{\"url\":null}", "url", "required" },
    { "{\"url\":5}", "url", "type" },
    { "{\"url\":\"\"}", "url", "string_length" },
    { "{\"url\":\"hooks\"}", "url", "format" },
    { "{\"url\":\"ftp://hotel.example/\"}", "url", "format" },
    { "{\"url\":\"http://hotel.example/\"}", "url", "format" },
    { "{\"url\":\"http://10.0.0.1/\"}", "url", "format" },
    { "{\"url\":\"https://me:you@hotel.example/\"}", "url", "format" },
    { "{\"url\":\"https://hotel.example/#a\"}", "url", "format" },
    { "{\"url\":\"https://hotel.example/a b\"}", "url", "format" },
    { "{\"url\":\"https://a.example\",\"label\":1}", "label", "type" },
    { "{\"url\":\"https://a.example\",\"enabled_events\":\"*\"}", "enabled_events", "type" },
    { "{\"url\":\"https://a.example\",\"enabled_events\":[1]}", "enabled_events.0", "type" },
    { "{\"url\":\"https://a.example\",\"enabled_events\":[\"session.closed\"]}",
      "enabled_events.0",
      "enum" },
    { "{\"url\":\"https://a.example\",\"attribute_blocklist\":[\"a..b\"]}",
      "attribute_blocklist.0",
      "format" },
    { "{\"url\":\"https://a.example\",\"attribute_blocklist\":[\"idempotency_key\"]}",
      "attribute_blocklist.0",
      "format" },
    { "{\"url\":\"https://a.example\",\"event_filter_conditions\":[]}",
      "event_filter_conditions",
      "type" },
    { "{\"url\":\"https://a.example\",\"event_filter_conditions\":{\"status\":{}}}",
      "event_filter_conditions.status",
      "type" },
    { "{\"url\":\"https://a.example\",\"event_filter_conditions\":{\"status\":[]}}",
      "event_filter_conditions.status",
      "type" },
    { "{\"url\":\"https://a.example\",\"event_filter_conditions\":{\"\":1}}",
      "event_filter_conditions",
      "format" },
    { "{\"url\":\"https://a.example\",\"api_version\":\"2020-01-01\"}", "api_version", "enum" },
    { "{\"url\":\"https://a.example\",\"key_inflection\":\"pascal\"}", "key_inflection", "enum" },
  };
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) left = NULL;

  sandbox_client_start (&client, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SandboxReply) reply =
          sandbox_client_call (&client, "POST", ENDPOINTS, rows[i].body);
      JsonObject *error = NULL;

      g_test_message ("%s", rows[i].body);
      sandbox_reply_assert_error (reply, 422, "validation_error");
      error = json_array_get_object_element (
          json_object_get_array_member (sandbox_reply_object (reply), "errors"), 0);
      g_assert_cmpstr (json_object_get_string_member (error, "field"), ==, rows[i].field);
      g_assert_cmpstr (json_object_get_string_member (error, "code"), ==, rows[i].code);
    }
  left = sandbox_client_call (&client, "GET", ENDPOINTS, NULL);
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (sandbox_reply_object (left), "data")),
      ==,
      0);
  sandbox_client_stop (&client);
}

/* Null takes a text back, what is not named stays, and `*` is all. */
static void
test_update (void)
{
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) created = NULL;
  g_autoptr (SandboxReply) updated = NULL;
  g_autoptr (SandboxReply) refused = NULL;
  JsonObject *object = NULL;
  const char *id = NULL;

  sandbox_client_start (&client, NULL);
  created = create (&client, NULL, full);
  id = sandbox_reply_string (created, "id");
  updated = call (&client,
                  "PATCH",
                  id,
                  "",
                  "{\"label\":null,\"enabled_events\":[\"*\"],\"key_inflection\":\"camel\"}");
  object = sandbox_reply_object (updated);
  g_assert_cmpuint (updated->status, ==, 200);
  g_assert_true (json_object_get_null_member (object, "label"));
  g_assert_cmpstr (sandbox_reply_string (updated, "description"), ==, "Door");
  g_assert_cmpstr (sandbox_reply_string (updated, "key_inflection"), ==, "camel");
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (object, "enabled_events")), ==, 0);
  g_assert_true (json_object_get_boolean_member (object, "enabled"));
  refused = call (&client, "PATCH", id, "", "{\"url\":null}");
  sandbox_reply_assert_error (refused, 422, "validation_error");
  sandbox_client_stop (&client);
}

static void
test_delete (void)
{
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) created = NULL;
  g_autoptr (SandboxReply) gone = NULL;
  g_autoptr (SandboxReply) again = NULL;

  sandbox_client_start (&client, NULL);
  created = create (&client, NULL, full);
  gone = call (&client, "DELETE", sandbox_reply_string (created, "id"), "", NULL);
  g_assert_cmpuint (gone->status, ==, 204);
  g_assert_cmpstr (gone->text, ==, "");
  again = call (&client, "DELETE", sandbox_reply_string (created, "id"), "", NULL);
  sandbox_reply_assert_error (again, 404, "not_found");
  sandbox_client_stop (&client);
}

static void
test_list (void)
{
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) first = NULL;
  g_autoptr (SandboxReply) second = NULL;
  g_autoptr (SandboxReply) page = NULL;
  g_autoptr (SandboxReply) bad = NULL;
  JsonArray *data = NULL;

  sandbox_client_start (&client, NULL);
  first = create (&client, NULL, full);
  second = create (&client, NULL, full);
  page = sandbox_client_call (&client, "GET", ENDPOINTS "?limit=1&offset=1", NULL);
  data = json_object_get_array_member (sandbox_reply_object (page), "data");
  g_assert_cmpuint (json_array_get_length (data), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (data, 0), "id"),
                   ==,
                   sandbox_reply_string (first, "id"));
  bad = sandbox_client_call (&client, "GET", ENDPOINTS "?limit=101", NULL);
  sandbox_reply_assert_error (bad, 422, "validation_error");
  g_assert_cmpstr (
      sandbox_reply_string (first, "secret"), !=, sandbox_reply_string (second, "secret"));
  sandbox_client_stop (&client);
}

/* What belongs to the other environment is not there. */
static void
test_environment (void)
{
  static const struct
  {
    const char *method;
    const char *rest;
    const char *body;
  } rows[] = {
    { "GET", "", NULL },
    { "PATCH", "", "{\"label\":\"x\"}" },
    { "POST", "/rotate-secret", NULL },
    { "POST", "/clone", NULL },
    { "POST", "/test", NULL },
    { "GET", "/deliveries", NULL },
    { "DELETE", "", NULL },
  };
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) created = NULL;
  g_autoptr (SandboxReply) list = NULL;
  g_autoptr (SandboxReply) still = NULL;

  sandbox_client_start (&client, NULL);
  created = create (&client, NULL, full);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = endpoint (sandbox_reply_string (created, "id"), rows[i].rest);
      g_autoptr (SandboxReply) reply =
          sandbox_client_send (&client, rows[i].method, path, live_key, rows[i].body);

      g_test_message ("%s %s", rows[i].method, rows[i].rest);
      sandbox_reply_assert_error (reply, 404, "not_found");
    }
  list = sandbox_client_send (&client, "GET", ENDPOINTS, live_key, NULL);
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (sandbox_reply_object (list), "data")),
      ==,
      0);
  still = call (&client, "GET", sandbox_reply_string (created, "id"), "", NULL);
  g_assert_cmpuint (still->status, ==, 200);
  sandbox_client_stop (&client);
}

/* A live secret is shown when it is made, and never again. */
static void
test_secrets (void)
{
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) created = NULL;
  const struct
  {
    const char *method;
    const char *rest;
    const char *body;
    gboolean shown;
  } rows[] = {
    { "GET", "", NULL, FALSE },
    { "PATCH", "", "{\"label\":\"x\"}", FALSE },
    { "POST", "/rotate-secret", NULL, TRUE },
    { "POST", "/clone", NULL, TRUE },
  };

  sandbox_client_start (&client, NULL);
  created = create (&client, live_key, full);
  g_assert_true (g_regex_match_simple (
      "^whsec_[A-Za-z0-9_-]{43}$", sandbox_reply_string (created, "secret"), 0, 0));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = endpoint (sandbox_reply_string (created, "id"), rows[i].rest);
      g_autoptr (SandboxReply) reply =
          sandbox_client_send (&client, rows[i].method, path, live_key, rows[i].body);
      const char *secret = sandbox_reply_string (reply, "secret");

      g_test_message ("%s %s", rows[i].method, rows[i].rest);
      g_assert_true ((secret != NULL) == rows[i].shown);
      g_assert_cmpstr (secret, !=, sandbox_reply_string (created, "secret"));
    }
  sandbox_client_stop (&client);
}

static void
test_test (void)
{
  WebhookReceiver *receiver = webhook_receiver_start ();
  static const char *const key[] = { "X-API-Key", SANDBOX_KEY, "Idempotency-Key", "one", NULL };
  SandboxClient client = { NULL };
  g_autofree char *url = webhook_receiver_dup_url (receiver, "/ok");
  g_autofree char *body = g_strdup_printf ("{\"url\":\"%s\",\"key_inflection\":\"kebab\"}", url);
  g_autofree char *path = NULL;
  g_autoptr (SandboxReply) created = NULL;
  g_autoptr (SandboxReply) tested = NULL;
  g_autoptr (SandboxReply) again = NULL;
  g_autoptr (SandboxReply) listed = NULL;
  const Received *received = NULL;

  sandbox_client_start (&client, NULL);
  created = create (&client, NULL, body);
  path = endpoint (sandbox_reply_string (created, "id"), "/test");
  tested = sandbox_client_send (&client, "POST", path, key, NULL);
  sandbox_reply_assert_golden (tested, "test_webhook");
  g_assert_true (json_object_get_boolean_member (sandbox_reply_object (tested), "success"));
  g_assert_cmpint (
      json_object_get_int_member (sandbox_reply_object (tested), "http_status"), ==, 200);
  g_assert_cmpstr (sandbox_reply_string (tested, "url"), ==, url);

  received = webhook_receiver_wait (receiver, 0);
  g_assert_cmpstr (received_string (received, "event"), ==, "webhook.test");
  g_assert_cmpstr (
      received_string (received, "endpoint-id"), ==, sandbox_reply_string (created, "id"));
  g_assert_cmpstr (received_string (received, "message"), ==, "Test event");
  received_assert_signed (received, sandbox_reply_string (created, "secret"));

  /* Asked for again with the same key, it is not sent again. */
  again = sandbox_client_send (&client, "POST", path, key, NULL);
  g_assert_cmpstr (again->text, ==, tested->text);
  g_assert_cmpuint (webhook_receiver_count (receiver), ==, 1);
  listed = call (&client, "GET", sandbox_reply_string (created, "id"), "/deliveries", NULL);
  g_assert_cmpint (
      json_object_get_int_member (
          json_object_get_object_member (sandbox_reply_object (listed), "pagination"), "total"),
      ==,
      1);
  sandbox_client_stop (&client);
  webhook_receiver_stop (receiver);
}

/* What a receiver should not do, and where nothing may go. */
static void
test_test_failures (void)
{
  WebhookReceiver *receiver = webhook_receiver_start ();
  SandboxClient client = { NULL };
  g_autofree char *failing = webhook_receiver_dup_url (receiver, "/500");
  g_autofree char *redirecting = webhook_receiver_dup_url (receiver, "/redirect");
  const struct
  {
    const char *url;
    int status;
    const char *error;
  } rows[] = {
    { failing, 500, "The answer was HTTP 500." },
    { redirecting, 302, "The answer was HTTP 302; redirects are not followed." },
    { "http://127.0.0.1:1/", 0, "The connection was refused." },
    { "https://192.0.2.1/",
      0,
      "The address is outside private networks, and the sandbox may not send there." },
    { "https://169.254.169.254/",
      0,
      "The address is outside private networks, and the sandbox may not send there." },
  };

  sandbox_client_start (&client, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"url\":\"%s\"}", rows[i].url);
      g_autoptr (SandboxReply) created = create (&client, NULL, body);
      g_autoptr (SandboxReply) reply =
          call (&client, "POST", sandbox_reply_string (created, "id"), "/test", NULL);
      JsonObject *object = sandbox_reply_object (reply);

      g_test_message ("%s", rows[i].url);
      sandbox_reply_assert_golden (reply, "test_webhook_failed");
      g_assert_false (json_object_get_boolean_member (object, "success"));
      g_assert_cmpstr (sandbox_reply_string (reply, "error"), ==, rows[i].error);
      if (rows[i].status == 0)
        g_assert_true (json_object_get_null_member (object, "http_status"));
      else
        g_assert_cmpint (json_object_get_int_member (object, "http_status"), ==, rows[i].status);
    }
  /* The redirect was not followed. */
  g_assert_cmpuint (webhook_receiver_count (receiver), ==, 2);
  sandbox_client_stop (&client);
  webhook_receiver_stop (receiver);
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *address;
    gboolean loopback;
    gboolean private;
    gboolean anywhere;
  } rows[] = {
    { "127.0.0.1", 1, 1, 1 },
    { "::1", 1, 1, 1 },
    { "::ffff:127.0.0.1", 1, 1, 1 },
    { "10.1.2.3", 0, 1, 1 },
    { "172.16.0.1", 0, 1, 1 },
    { "192.168.1.1", 0, 1, 1 },
    { "fd00::1", 0, 1, 1 },
    { "::ffff:10.0.0.1", 0, 1, 1 },
    { "8.8.8.8", 0, 0, 1 },
    { "172.32.0.1", 0, 0, 1 },
    { "2001:db8::1", 0, 0, 1 },
    { "::ffff:8.8.8.8", 0, 0, 1 },
    { "169.254.169.254", 0, 0, 0 },
    { "fe80::1", 0, 0, 0 },
    { "224.0.0.1", 0, 0, 0 },
    { "0.0.0.0", 0, 0, 0 },
    { "::", 0, 0, 0 },
    { "255.255.255.255", 0, 0, 0 },
    { "::ffff:169.254.1.1", 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (rows[i].address);

      g_test_message ("%s", rows[i].address);
      g_assert_cmpint (
          vrf_webhook_address_is_within (address, VRF_REACH_LOOPBACK), ==, rows[i].loopback);
      g_assert_cmpint (
          vrf_webhook_address_is_within (address, VRF_REACH_PRIVATE), ==, rows[i].private);
      g_assert_cmpint (
          vrf_webhook_address_is_within (address, VRF_REACH_ANYWHERE), ==, rows[i].anywhere);
    }
}

/* Those that can be registered; test_bad_input() has the others. */
static void
test_urls (void)
{
  static const char *const good[] = {
    "https://hotel.example", "https://hotel.example:8443/a?b=c",
    "http://127.0.0.1:9/",   "http://localhost/hooks/verifa",
    "http://[::1]:8080/",    "https://10.0.0.1/",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_null (vrf_webhook_address_check_url (good[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/webhooks/golden", test_golden);
  g_test_add_func ("/sandbox/webhooks/event-types", test_event_types);
  g_test_add_func ("/sandbox/webhooks/bad-input", test_bad_input);
  g_test_add_func ("/sandbox/webhooks/update", test_update);
  g_test_add_func ("/sandbox/webhooks/delete", test_delete);
  g_test_add_func ("/sandbox/webhooks/list", test_list);
  g_test_add_func ("/sandbox/webhooks/environment", test_environment);
  g_test_add_func ("/sandbox/webhooks/secrets", test_secrets);
  g_test_add_func ("/sandbox/webhooks/test", test_test);
  g_test_add_func ("/sandbox/webhooks/test-failures", test_test_failures);
  g_test_add_func ("/sandbox/webhooks/addresses", test_addresses);
  g_test_add_func ("/sandbox/webhooks/urls", test_urls);
  return g_test_run ();
}
