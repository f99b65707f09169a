/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "base/vrf-time.h"
#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-router.h"

/*
 * The order of the checks of verifa-api.md 8.2. Each request here is wrong in one way and in every
 * way that is looked at later; the answer must name the one that comes first.
 */

static guint runs;

static void
answer (VrfRequest *request, VrfReply *reply)
{
  runs++;
  vrf_reply_set_empty (reply, 204);
}

static void
answer_nothing (VrfRequest *request, VrfReply *reply)
{
}

static void
answer_param (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GBytes) bytes = NULL;
  const char *value = vrf_request_get_param (request, "name");

  bytes = g_bytes_new (value, strlen (value));
  vrf_reply_set_bytes (reply, 200, "text/plain", bytes);
}

static gboolean
want_good (VrfRequest *request, VrfReply *reply)
{
  if (g_str_equal (vrf_request_get_param (request, "name"), "good"))
    return TRUE;
  vrf_reply_set_empty (reply, 410);
  return FALSE;
}

#define LEFT "left behind"

static void
write_and_refuse (VrfRequest *request, VrfReply *reply)
{
  runs++;
  g_assert_true (
      vrf_sandbox_store_set_meta (vrf_request_get_store (request), LEFT, "something", NULL));
  vrf_error_reply_set (reply, 409, "conflict", "On second thoughts, no.");
}

static const VrfRoute routes[] = {
  { "POST", "/thoughts", NULL, write_and_refuse, VRF_ROUTE_PLAIN },
  { "POST", "/checked/{name}", NULL, answer, VRF_ROUTE_NO_KEY | VRF_ROUTE_MULTIPART, want_good },
  { "POST", "/a/{id}", "x:write", answer, VRF_ROUTE_SANDBOX_ONLY },
  { "PUT", "/a/{id}", NULL, answer, VRF_ROUTE_PLAIN },
  { "POST", "/open", NULL, answer, VRF_ROUTE_NO_KEY },
  { "POST", "/upload", NULL, answer, VRF_ROUTE_NO_KEY | VRF_ROUTE_MULTIPART },
  { "POST", "/form", NULL, answer, VRF_ROUTE_MULTIPART },
  { "GET", "/nothing", NULL, answer_nothing, VRF_ROUTE_NO_KEY },
  { "GET", "/one/{name}", NULL, answer_param, VRF_ROUTE_NO_KEY },
  { "GET", "/rest/{name*}", NULL, answer_param, VRF_ROUTE_NO_KEY },
  { "GET", "/things/{name}", NULL, answer_param, VRF_ROUTE_NO_KEY },
  { "DELETE", "/things/{other}", NULL, answer, VRF_ROUTE_NO_KEY },
  { "GET", "/things/fixed", NULL, answer, VRF_ROUTE_NO_KEY },
  { "POST", "/things/action", NULL, answer, VRF_ROUTE_NO_KEY },
  { "GET", "/things/fixed/deep/er", NULL, answer, VRF_ROUTE_NO_KEY },
  { "GET", "/things/{a}/deep/{name}", NULL, answer_param, VRF_ROUTE_NO_KEY },
  { NULL },
};

typedef struct
{
  VrfSandboxStore *store;
  VrfSandboxClock *clock;
  VrfService *service;
  VrfRate *rate;
  VrfRouter *router;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  runs = 0;
  fixture->store = vrf_sandbox_store_open (":memory:", NULL);
  fixture->clock = vrf_sandbox_clock_new (0, 1.0);
  fixture->service = vrf_service_new (fixture->store, fixture->clock);
  fixture->rate = vrf_rate_new ("free");
  fixture->router = vrf_router_new (fixture->service, fixture->rate);
  vrf_router_add_routes (fixture->router, routes);
  vrf_router_add_host (fixture->router, "Desk.Example");
  g_assert_true (vrf_sandbox_store_set_root_key (fixture->store, TRUE, "vk_sandbox_good", 0, NULL));
  g_assert_true (vrf_sandbox_store_set_root_key (fixture->store, FALSE, "vk_live_good", 0, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->router);
  g_assert_finalize_object (fixture->rate);
  g_assert_finalize_object (fixture->service);
  g_assert_finalize_object (fixture->store);
  g_assert_finalize_object (fixture->clock);
}

typedef struct
{
  const char *host;
  const char *method;
  const char *target;
  const char *key;
  const char *type;
  const char *name; /* Idempotency-Key */
  const char *body;
  gsize length; /* said, when not that of body */
  const char *version;
  const char *inflection;
} Asked;

static VrfRequest *
run (Fixture *fixture, const Asked *asked)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  g_autoptr (GBytes) body = NULL;
  VrfRequest *request = NULL;
  gsize length = asked->body != NULL ? strlen (asked->body) : 0;

  soup_message_headers_append (headers, "Host", asked->host != NULL ? asked->host : "localhost:1");
  if (asked->key != NULL)
    soup_message_headers_append (headers, "X-API-Key", asked->key);
  if (asked->type != NULL)
    soup_message_headers_append (headers, "Content-Type", asked->type);
  if (asked->name != NULL)
    soup_message_headers_append (headers, "Idempotency-Key", asked->name);
  if (asked->version != NULL)
    soup_message_headers_append (headers, "Verifa-Version", asked->version);
  if (asked->inflection != NULL)
    soup_message_headers_append (headers, "Key-Inflection", asked->inflection);
  if (length > 0 || asked->length > 0)
    soup_message_headers_set_content_length (
        headers, (goffset) (asked->length > 0 ? asked->length : length));

  request = vrf_request_new (fixture->service, asked->method, asked->target, headers, "127.0.0.1");
  body = g_bytes_new (asked->body, length);
  if (vrf_router_accept (fixture->router, request))
    vrf_router_dispatch (fixture->router, request, body);
  return request;
}

static guint
run_status (Fixture *fixture, const Asked *asked)
{
  g_autoptr (VrfRequest) request = run (fixture, asked);

  return vrf_request_get_reply (request)->status;
}

static void
test_order (Fixture *fixture, gconstpointer unused)
{
  const gsize big = 2 * 1024 * 1024;
  const struct
  {
    guint status;
    Asked asked;
  } cases[] = {
    { 421, { "evil.example", "GET", "/zzz", NULL, NULL, NULL, NULL, big } },
    { 404, { NULL, "GET", "/zzz", NULL, NULL, NULL, NULL, big } },
    { 405, { NULL, "GET", "/a/1", NULL, NULL, NULL, NULL, big } },
    { 401, { NULL, "POST", "/a/1", NULL, "text/plain", NULL, "{", big } },
    { 401, { NULL, "POST", "/a/1", "vk_sandbox_bad", "text/plain", NULL, "{", big } },
    { 403, { NULL, "POST", "/a/1", "vk_live_good", "text/plain", NULL, "{", big } },
    { 413, { NULL, "POST", "/a/1", "vk_sandbox_good", "text/plain", NULL, "{", big } },
    { 415, { NULL, "POST", "/a/1", "vk_sandbox_good", "text/plain", NULL, "{" } },
    { 415, { NULL, "POST", "/upload", NULL, "application/json", NULL, "{}" } },
    { 400, { NULL, "POST", "/a/1", "vk_sandbox_good", "application/json", "", "{" } },
    { 400, { NULL, "POST", "/a/1", "vk_sandbox_good", "application/json", NULL, "[]" } },
    { 422, { NULL, "POST", "/a/1", "vk_sandbox_good", "application/json", "", "{}" } },
    { 204, { NULL, "POST", "/a/1", "vk_sandbox_good", "application/json", NULL, "{}" } },
    { 204,
      { NULL, "POST", "/a/1", "vk_sandbox_good", "application/json; charset=utf-8", NULL, "{}" } },
    { 204, { NULL, "POST", "/a/1", "vk_sandbox_good", "Application/JSON", NULL, "{}" } },
    { 204, { NULL, "POST", "/a/1", "vk_sandbox_good" } },
    { 204, { NULL, "POST", "/open" } },
    { 204, { NULL, "POST", "/upload", NULL, "multipart/form-data; boundary=x", NULL, "x" } },
    { 415, { NULL, "POST", "/checked/bad", NULL, "text/plain", NULL, "x" } },
    { 410, { NULL, "POST", "/checked/bad", NULL, "multipart/form-data; boundary=x", NULL, "x" } },
    { 204, { NULL, "POST", "/checked/good", NULL, "multipart/form-data; boundary=x", NULL, "x" } },
    { 500, { NULL, "GET", "/nothing" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpuint (run_status (fixture, &cases[i].asked), ==, cases[i].status);
    }
}

static void
test_hosts (Fixture *fixture, gconstpointer unused)
{
  const struct
  {
    const char *host;
    guint status;
  } cases[] = {
    { "localhost", 204 },
    { "LOCALHOST:80", 204 },
    { "127.0.0.1:8080", 204 },
    { "127.9.9.9", 204 },
    { "[::1]:8080", 204 },
    { "desk.example:443", 204 },
    { "desk.example.evil", 421 },
    { "10.0.0.1", 421 },
    { "", 421 },
    { "localhost, localhost", 421 },
    { "localhost@evil", 421 },
    { "localhost/evil", 421 },
    { "evil localhost", 421 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Asked asked = { cases[i].host, "POST", "/open" };

      g_test_message ("%s", cases[i].host);
      g_assert_cmpuint (run_status (fixture, &asked), ==, cases[i].status);
    }
}

static void
test_allow (Fixture *fixture, gconstpointer unused)
{
  Asked asked = { NULL, "DELETE", "/a/1" };
  g_autoptr (VrfRequest) request = run (fixture, &asked);
  VrfReply *reply = vrf_request_get_reply (request);

  g_assert_cmpuint (reply->status, ==, 405);
  g_assert_cmpstr (soup_message_headers_get_one (reply->headers, "Allow"), ==, "POST, PUT");
  g_assert_nonnull (soup_message_headers_get_one (reply->headers, "X-Sandbox-Time"));
}

static char *
dup_detail (VrfRequest *request)
{
  JsonNode *json = vrf_request_get_reply (request)->json;

  return g_strdup (json_object_get_string_member (json_node_get_object (json), "detail"));
}

/* What is spelled out goes before what is left open, whatever the tables' order. */
static void
test_precedence (Fixture *fixture, gconstpointer unused)
{
  const struct
  {
    guint status;
    const char *method;
    const char *target;
    const char *allow;
  } cases[] = {
    { 204, "GET", "/things/fixed", NULL },
    { 200, "GET", "/things/other", NULL },
    { 200, "GET", "/things/action", NULL },
    { 204, "POST", "/things/action", NULL },
    { 204, "DELETE", "/things/fixed", NULL },
    { 204, "GET", "/things/fixed/deep/er", NULL },
    { 200, "GET", "/things/fixed/deep/other", NULL },
    { 200, "GET", "/things/x/deep/er", NULL },
    { 405, "PUT", "/things/fixed", "GET, DELETE" },
    { 405, "PUT", "/things/action", "POST, GET, DELETE" },
    { 405, "POST", "/things/x", "GET, DELETE" },
    { 405, "HEAD", "/things/x", "GET, DELETE" },
    { 405, "OPTIONS", "/things/x", "GET, DELETE" },
    { 405, "get", "/things/x", "GET, DELETE" },
    { 404, "GET", "/things", NULL },
    { 404, "GET", "/things/", NULL },
    { 404, "GET", "/things/x/deep", NULL },
    { 404, "GET", "/", NULL },
    { 404, "OPTIONS", "*", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Asked asked = { NULL, cases[i].method, cases[i].target };
      g_autoptr (VrfRequest) request = run (fixture, &asked);
      VrfReply *reply = vrf_request_get_reply (request);

      g_test_message ("%s %s", cases[i].method, cases[i].target);
      g_assert_cmpuint (reply->status, ==, cases[i].status);
      g_assert_cmpstr (soup_message_headers_get_one (reply->headers, "Allow"), ==, cases[i].allow);
    }
}

/* verifa-api.md 1.3, 1.4: what the head says is held before the body is read. */
static void
test_head (Fixture *fixture, gconstpointer unused)
{
  const struct
  {
    const char *version;
    const char *inflection;
    const char *detail; /* NULL is fine */
  } cases[] = {
    { "2026-01-01", NULL, NULL },
    { "2026-02-01", "camel", NULL },
    { NULL, "kebab", NULL },
    { NULL, "snake", NULL },
    { "2025-06-30", NULL, "Verifa-Version: 2025-06-30 is retired; upgrade to 2026-01-01" },
    { "2026-01-02", NULL, "Verifa-Version: there is no such version" },
    { "2026-02-30", NULL, "Verifa-Version: must be a date like 2026-01-01" },
    { "2026-1-1", NULL, "Verifa-Version: must be a date like 2026-01-01" },
    { "latest", NULL, "Verifa-Version: must be a date like 2026-01-01" },
    { "", NULL, "Verifa-Version: must be a date like 2026-01-01" },
    { NULL, "Camel", "Key-Inflection: must be snake, camel or kebab." },
    { NULL, "", "Key-Inflection: must be snake, camel or kebab." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Asked asked = { NULL, "PUT", "/a/1", "vk_live_good" };
      g_autoptr (VrfRequest) request = NULL;
      g_autofree char *detail = NULL;

      asked.version = cases[i].version;
      asked.inflection = cases[i].inflection;
      request = run (fixture, &asked);
      g_test_message ("case %u", i);
      g_assert_cmpuint (
          vrf_request_get_reply (request)->status, ==, cases[i].detail != NULL ? 400 : 204);
      if (cases[i].detail == NULL)
        continue;
      detail = dup_detail (request);
      g_assert_cmpstr (detail, ==, cases[i].detail);
    }
}

/* Without the header, what the key is pinned to counts; the header goes before it. */
static void
test_pinned (Fixture *fixture, gconstpointer unused)
{
  VrfStoredKey key = {
    .id = (char *) "key_old",
    .is_active = TRUE,
    .api_version = (char *) "2025-06-30",
    .inflection = (char *) "snake",
    .expires_at = VRF_TIME_NONE,
    .last_used_at = VRF_TIME_NONE,
  };
  Asked asked = { NULL, "PUT", "/a/1", "vk_live_old1" };
  g_autoptr (VrfRequest) retired = NULL;
  g_autofree char *detail = NULL;

  g_assert_true (vrf_store_keys_insert (fixture->store, &key, "vk_live_old1", NULL));
  g_free (key.prefix);
  retired = run (fixture, &asked);
  detail = dup_detail (retired);
  g_assert_cmpuint (vrf_request_get_reply (retired)->status, ==, 400);
  g_assert_nonnull (strstr (detail, "upgrade to 2026-01-01"));
  asked.version = "2026-01-01";
  g_assert_cmpuint (run_status (fixture, &asked), ==, 204);
}

/* Keys of the older generation are told what is wanted (verifa-api.md 1.2). */
static void
test_publishable (Fixture *fixture, gconstpointer unused)
{
  Asked asked = { NULL, "PUT", "/a/1", "vk_pub_sandbox_0123456789" };
  g_autoptr (VrfRequest) request = run (fixture, &asked);
  g_autofree char *detail = dup_detail (request);

  g_assert_cmpuint (vrf_request_get_reply (request)->status, ==, 401);
  g_assert_nonnull (strstr (detail, "vk_sandbox_"));
  g_assert_null (strstr (detail, "0123456789"));
}

static void
test_rate (Fixture *fixture, gconstpointer unused)
{
  Asked asked = { NULL, "PUT", "/a/1", "vk_live_good" };
  Asked scope = { NULL, "POST", "/a/1", "vk_live_good" };
  Asked other = { NULL, "PUT", "/a/1", "vk_sandbox_good" };
  g_autoptr (VrfRequest) refused = NULL;

  for (guint i = 0; i < 300; i++)
    g_assert_cmpuint (run_status (fixture, &asked), ==, 204);
  refused = run (fixture, &scope);
  g_assert_cmpuint (vrf_request_get_reply (refused)->status, ==, 429);
  g_assert_nonnull (
      soup_message_headers_get_one (vrf_request_get_reply (refused)->headers, "Retry-After"));
  g_assert_cmpstr (soup_message_headers_get_one (vrf_request_get_reply (refused)->headers,
                                                 "X-RateLimit-Remaining"),
                   ==,
                   "0");
  g_assert_cmpuint (run_status (fixture, &other), ==, 204);
}

static void
test_paths (Fixture *fixture, gconstpointer unused)
{
  const struct
  {
    const char *target;
    const char *value; /* NULL is 404 */
  } cases[] = {
    { "/one/x", "x" },      { "/one/a%20b", "a b" },
    { "/one/x?y=/z", "x" }, { "/one/a%2Fb", "a/b" },
    { "/one/", NULL },      { "/one/x/", NULL },
    { "/one/%ff", NULL },   { "/one/%00", NULL },
    { "//one/x", NULL },    { "/rest/a/b.js", "a/b.js" },
    { "/rest/x", "x" },     { "/rest", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Asked asked = { NULL, "GET", cases[i].target };
      g_autoptr (VrfRequest) request = run (fixture, &asked);
      VrfReply *reply = vrf_request_get_reply (request);
      g_autofree char *got = NULL;

      g_test_message ("%s", cases[i].target);
      g_assert_cmpuint (reply->status, ==, cases[i].value != NULL ? 200 : 404);
      if (cases[i].value == NULL)
        continue;
      got = g_strndup (g_bytes_get_data (reply->bytes, NULL), g_bytes_get_size (reply->bytes));
      g_assert_cmpstr (got, ==, cases[i].value);
    }
}

static void
test_replay (Fixture *fixture, gconstpointer unused)
{
  Asked first = {
    NULL, "POST", "/a/1", "vk_sandbox_good", "application/json", "k", "{\"a\":1,\"b\":2}"
  };
  Asked reordered = {
    NULL, "POST", "/a/1", "vk_sandbox_good", "application/json", "k", "{\"b\": 2, \"a\": 1}"
  };
  Asked changed = { NULL, "POST", "/a/1", "vk_sandbox_good", "application/json", "k", "{\"a\":1}" };
  Asked elsewhere = {
    NULL, "POST", "/a/2", "vk_sandbox_good", "application/json", "k", "{\"a\":1}"
  };
  g_autoptr (VrfRequest) replay = NULL;

  g_assert_cmpuint (run_status (fixture, &first), ==, 204);
  replay = run (fixture, &reordered);
  g_assert_cmpuint (vrf_request_get_reply (replay)->status, ==, 204);
  g_assert_cmpstr (soup_message_headers_get_one (vrf_request_get_reply (replay)->headers,
                                                 "Idempotency-Replayed"),
                   ==,
                   "true");
  g_assert_cmpuint (runs, ==, 1);
  g_assert_cmpuint (run_status (fixture, &changed), ==, 422);
  g_assert_cmpuint (run_status (fixture, &elsewhere), ==, 204);
  g_assert_cmpuint (runs, ==, 2);

  /* Free again after a day. */
  vrf_sandbox_clock_move (fixture->clock, VRF_SECONDS (24 * 60 * 60 + 1));
  g_assert_cmpuint (run_status (fixture, &changed), ==, 204);
  g_assert_cmpuint (runs, ==, 3);
}

/* What was written before the refusal is gone; that it was refused is kept for the key. */
static void
test_refusal (Fixture *fixture, gconstpointer unused)
{
  const Asked plain = { NULL, "POST", "/thoughts", "vk_sandbox_good" };
  const Asked named = { NULL, "POST", "/thoughts", "vk_sandbox_good", NULL, "k" };
  g_autofree char *left = NULL;

  g_assert_cmpuint (run_status (fixture, &plain), ==, 409);
  g_assert_cmpuint (run_status (fixture, &named), ==, 409);
  g_assert_cmpuint (run_status (fixture, &named), ==, 409);
  g_assert_cmpuint (runs, ==, 2);
  g_assert_true (vrf_sandbox_store_get_meta (fixture->store, LEFT, &left, NULL));
  g_assert_null (left);
}

#define FORM(boundary, text)                                                                       \
  "--" boundary "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" text "\r\n--" boundary    \
  "--\r\n"

/* The boundary is no part of what was asked. */
static void
test_replay_form (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *type;
    const char *body;
    guint status;
    guint runs;
  } cases[] = {
    { "multipart/form-data; boundary=one", FORM ("one", "text"), 204, 1 },
    { "multipart/form-data; boundary=one", FORM ("one", "text"), 204, 1 },
    { "multipart/form-data; boundary=another", FORM ("another", "text"), 204, 1 },
    { "multipart/form-data; boundary=one", FORM ("one", "other"), 422, 1 },
    { "multipart/form-data; boundary=one", FORM ("one", "text") "x", 422, 1 },
    { "multipart/form-data", FORM ("one", "text"), 422, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Asked asked = { NULL, "POST", "/form", "vk_sandbox_good", cases[i].type, "k", cases[i].body };

      g_test_message ("case %u", i);
      g_assert_cmpuint (run_status (fixture, &asked), ==, cases[i].status);
      g_assert_cmpuint (runs, ==, cases[i].runs);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/sandbox/router/order", test_order },   { "/sandbox/router/hosts", test_hosts },
    { "/sandbox/router/allow", test_allow },   { "/sandbox/router/precedence", test_precedence },
    { "/sandbox/router/head", test_head },     { "/sandbox/router/publishable", test_publishable },
    { "/sandbox/router/rate", test_rate },     { "/sandbox/router/paths", test_paths },
    { "/sandbox/router/replay", test_replay }, { "/sandbox/router/replay-form", test_replay_form },
    { "/sandbox/router/pinned", test_pinned }, { "/sandbox/router/refusal", test_refusal },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
