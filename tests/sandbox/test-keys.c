/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sandbox-golden.h"

/* API keys: what they may be told, where they end, and what they are held to (verifa-api.md 1.2 to
 * 1.5, 1.7, 7.8). */

#define KEYS "/api/v1/api-keys"
#define SESSIONS "/api/v1/sessions"
#define LIMITS "/api/v1/rate-limits"

static void
set_up (SandboxClient *client, gconstpointer unused)
{
  sandbox_client_start (client, NULL);
}

static void
tear_down (SandboxClient *client, gconstpointer unused)
{
  sandbox_client_stop (client);
}

/* With any key, and one header more if there is one. */
static SandboxReply *
call_as (SandboxClient *client,
         const char *key,
         const char *const *header,
         const char *method,
         const char *path,
         const char *body)
{
  const char *headers[] = {
    "X-API-Key", key, header != NULL ? header[0] : NULL, header != NULL ? header[1] : NULL, NULL
  };

  return sandbox_client_send (client, method, path, headers, body);
}

static SandboxReply *
call (SandboxClient *client, const char *method, const char *id, const char *rest, const char *body)
{
  g_autofree char *path = g_strconcat (KEYS "/", id, rest, NULL);

  return sandbox_client_call (client, method, path, body);
}

/* Returns: the secret; @ret_id: (nullable): the id. */
static char *
create (SandboxClient *client, const char *body, char **ret_id)
{
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "POST", KEYS, body);

  g_assert_cmpuint (reply->status, ==, 201);
  if (ret_id != NULL)
    *ret_id = g_strdup (sandbox_reply_string (reply, "id"));
  return g_strdup (sandbox_reply_string (reply, "secret"));
}

static JsonArray *
get_data (SandboxReply *reply)
{
  g_assert_cmpuint (reply->status, ==, 200);
  return json_object_get_array_member (sandbox_reply_object (reply), "data");
}

static guint
count_keys (SandboxClient *client)
{
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "GET", KEYS, NULL);

  return json_array_get_length (get_data (reply));
}

static char *
dup_scopes (SandboxReply *reply)
{
  JsonArray *array = json_object_get_array_member (sandbox_reply_object (reply), "scopes");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (text, "%s ", json_array_get_string_element (array, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
get_header (SandboxReply *reply, const char *name)
{
  return soup_message_headers_get_one (reply->headers, name);
}

static void
test_create (SandboxClient *client, gconstpointer unused)
{
  g_autoptr (SandboxReply) made =
      sandbox_client_call (client,
                           "POST",
                           KEYS,
                           "{\"label\":\"Desk 3\",\"note\":\"n\",\"environment\":\"sandbox\","
                           "\"allowed_ips\":[\"127.0.0.1\"],\"expires_at\":"
                           "\"2099-01-01T00:00:00Z\"}");
  const char *secret = sandbox_reply_string (made, "secret");
  g_autofree char *scopes = dup_scopes (made);
  g_autofree char *id = g_strdup (sandbox_reply_string (made, "id"));
  g_autoptr (SandboxReply) unused_yet = call (client, "GET", id, "", NULL);
  g_autoptr (SandboxReply) works = call_as (client, secret, NULL, "GET", SESSIONS, NULL);
  g_autoptr (SandboxReply) refused = call_as (client, secret, NULL, "GET", KEYS, NULL);
  g_autoptr (SandboxReply) got = call (client, "GET", id, "", NULL);
  g_autoptr (SandboxReply) list = sandbox_client_call (client, "GET", KEYS, NULL);
  g_autoptr (SandboxReply) none = call (client, "GET", "key_0", "", NULL);

  sandbox_reply_assert_golden (made, "create_api_key");
  g_assert_true (g_str_has_prefix (id, "key_"));
  g_assert_cmpuint (strlen (secret), ==, strlen ("vk_sandbox_") + 32);
  g_assert_true (g_str_has_prefix (secret, sandbox_reply_string (made, "key_prefix")));
  g_assert_cmpstr (scopes,
                   ==,
                   "sessions:read sessions:create sessions:write verifications:read"
                   " identities:read ");
  g_assert_cmpstr (sandbox_reply_string (made, "api_version"), ==, "2026-01-01");
  g_assert_null (sandbox_reply_string (unused_yet, "last_used_at"));
  g_assert_cmpuint (works->status, ==, 200);
  sandbox_reply_assert_error (refused, 403, "forbidden");

  sandbox_reply_assert_golden (got, "get_api_key");
  g_assert_nonnull (sandbox_reply_string (got, "last_used_at"));
  sandbox_reply_assert_golden (list, "list_api_keys");
  g_assert_cmpuint (json_array_get_length (get_data (list)), ==, 2);
  g_assert_null (strstr (got->text, secret));
  g_assert_null (strstr (list->text, secret));
  sandbox_reply_assert_error (none, 404, "not_found");
}

/* verifa-api.md 7.8: a key that does not say is a live one; objects of the other environment are
 * not there. */
static void
test_environments (SandboxClient *client, gconstpointer unused)
{
  static const char *const rests[] = { "", "/expire", "/clone" };
  g_autofree char *id = NULL;
  g_autofree char *secret = create (client, "{}", &id);
  g_autoptr (SandboxReply) works = call_as (client, secret, NULL, "GET", LIMITS, NULL);
  g_autofree char *path = g_strconcat (KEYS "/", id, NULL);
  g_autoptr (SandboxReply) theirs = call_as (client, LIVE_KEY, NULL, "GET", path, NULL);

  g_assert_true (g_str_has_prefix (secret, "vk_live_"));
  g_assert_cmpstr (sandbox_reply_string (works, "environment"), ==, "live");
  g_assert_cmpuint (theirs->status, ==, 200);
  g_assert_cmpuint (count_keys (client), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (rests); i++)
    {
      g_autoptr (SandboxReply) ours = call (client, i == 0 ? "GET" : "POST", id, rests[i], NULL);

      sandbox_reply_assert_error (ours, 404, "not_found");
    }
}

static void
test_refused (SandboxClient *client, gconstpointer unused)
{
  static const struct
  {
    const char *body;
    const char *field;
  } cases[] = {
    { "{\"label\":7}", "label" },
    { "{\"note\":[]}", "note" },
    { "{\"environment\":\"test\"}", "environment" },
    { "{\"scopes\":\"sessions:read\"}", "scopes" },
    { "{\"scopes\":[\"sessions:read\",\"sessions:fly\"]}", "scopes.1" },
    { "{\"scopes\":[7]}", "scopes.0" },
    { "{\"api_version\":\"2025-01-01\"}", "api_version" },
    { "{\"api_version\":\"new\"}", "api_version" },
    { "{\"default_key_inflection\":\"train\"}", "default_key_inflection" },
    { "{\"allowed_ips\":[]}", "allowed_ips" },
    { "{\"allowed_ips\":\"10.0.0.1\"}", "allowed_ips" },
    { "{\"allowed_ips\":[\"10.0.0.0/8\",\"desk.example\"]}", "allowed_ips.1" },
    { "{\"allowed_ips\":[\"10.0.0.1/8\"]}", "allowed_ips.0" },
    { "{\"allowed_ips\":[\"10.0.0.0/33\"]}", "allowed_ips.0" },
    { "{\"expires_at\":\"tomorrow\"}", "expires_at" },
    { "{\"expires_at\":\"2001-01-01T00:00:00Z\"}", "expires_at" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxReply) reply = sandbox_client_call (client, "POST", KEYS, cases[i].body);
      JsonArray *errors = NULL;

      g_test_message ("%s", cases[i].body);
      sandbox_reply_assert_error (reply, 422, "validation_error");
      errors = json_object_get_array_member (sandbox_reply_object (reply), "errors");
      g_assert_cmpstr (
          json_object_get_string_member (json_array_get_object_element (errors, 0), "field"),
          ==,
          cases[i].field);
    }
  g_assert_cmpuint (count_keys (client), ==, 1);
}

static void
test_update (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autofree char *secret =
      create (client,
              "{\"environment\":\"sandbox\",\"label\":\"a\",\"allowed_ips\":[\"10.0.0.0/8\"]}",
              &id);
  g_autoptr (SandboxReply) outside = call_as (client, secret, NULL, "GET", SESSIONS, NULL);
  g_autoptr (SandboxReply) changed = call (client,
                                           "PATCH",
                                           id,
                                           "",
                                           "{\"label\":null,\"allowed_ips\":null,\"scopes\":"
                                           "[\"cases:read\",\"cases:read\"],\"expires_at\":"
                                           "\"2099-01-01T00:00:00Z\"}");
  g_autofree char *scopes = dup_scopes (changed);
  g_autoptr (SandboxReply) inside = call_as (client, secret, NULL, "GET", LIMITS, NULL);
  g_autoptr (SandboxReply) narrowed = call_as (client, secret, NULL, "GET", SESSIONS, NULL);
  g_autoptr (SandboxReply) wrong = call (client, "PATCH", id, "", "{\"label\":7,\"note\":\"x\"}");
  g_autoptr (SandboxReply) got = call (client, "GET", id, "", NULL);

  g_assert_cmpuint (outside->status, ==, 403);
  sandbox_reply_assert_golden (changed, "update_api_key");
  g_assert_null (sandbox_reply_string (changed, "label"));
  g_assert_cmpstr (sandbox_reply_string (changed, "expires_at"), ==, "2099-01-01T00:00:00Z");
  g_assert_cmpstr (scopes, ==, "cases:read ");
  g_assert_cmpuint (inside->status, ==, 200);
  g_assert_cmpuint (narrowed->status, ==, 403);
  g_assert_cmpuint (wrong->status, ==, 422);
  g_assert_null (sandbox_reply_string (got, "note"));
}

static void
test_expire (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autofree char *secret =
      create (client, "{\"environment\":\"sandbox\",\"scopes\":[\"api_keys:write\"]}", &id);
  g_autofree char *path = g_strconcat (KEYS "/", id, "/expire", NULL);
  g_autoptr (SandboxReply) itself = call_as (client, secret, NULL, "POST", path, NULL);
  g_autoptr (SandboxReply) still = call_as (client, secret, NULL, "GET", LIMITS, NULL);
  g_autoptr (SandboxReply) done = call (client, "POST", id, "/expire", NULL);
  g_autoptr (SandboxReply) over = call_as (client, secret, NULL, "GET", LIMITS, NULL);
  g_autoptr (SandboxReply) late =
      call (client, "PATCH", id, "", "{\"expires_at\":\"2099-01-01T00:00:00Z\"}");
  g_autoptr (SandboxReply) got = call (client, "GET", id, "", NULL);

  sandbox_reply_assert_error (itself, 422, "validation_error");
  g_assert_cmpuint (still->status, ==, 200);
  sandbox_reply_assert_golden (done, "expire_api_key");
  sandbox_reply_assert_error (over, 401, "unauthorized");
  sandbox_reply_assert_error (late, 400, "bad_request");
  g_assert_false (json_object_get_boolean_member (sandbox_reply_object (got), "is_active"));
}

static void
test_clone (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autofree char *secret =
      create (client,
              "{\"environment\":\"sandbox\",\"label\":\"a\",\"scopes\":[\"cases:read\"],"
              "\"allowed_ips\":[\"127.0.0.0/8\"],\"default_key_inflection\":\"kebab\"}",
              &id);
  g_autoptr (SandboxReply) made = call (client, "POST", id, "/clone", NULL);
  g_autofree char *scopes = dup_scopes (made);
  g_autoptr (SandboxReply) got = call (client, "GET", sandbox_reply_string (made, "id"), "", NULL);
  g_autoptr (SandboxReply) works =
      call_as (client, sandbox_reply_string (made, "secret"), NULL, "GET", LIMITS, NULL);

  sandbox_reply_assert_golden (made, "clone_api_key");
  g_assert_cmpstr (sandbox_reply_string (made, "cloned_from"), ==, id);
  g_assert_cmpstr (sandbox_reply_string (made, "secret"), !=, secret);
  g_assert_cmpstr (sandbox_reply_string (made, "label"), ==, "a");
  g_assert_cmpstr (scopes, ==, "cases:read ");
  g_assert_cmpstr (sandbox_reply_string (got, "default_key_inflection"), ==, "kebab");
  g_assert_cmpuint (works->status, ==, 200);
  g_assert_nonnull (strstr (works->text, "rate-limit"));
}

static void
test_addresses (SandboxClient *client, gconstpointer unused)
{
  static const struct
  {
    const char *ips;
    guint status;
  } cases[] = {
    { "\"127.0.0.1\"", 200 },
    { "\"127.0.0.0/8\"", 200 },
    { "\"10.0.0.0/8\",\"127.0.0.1/32\"", 200 },
    { "\"0.0.0.0/0\"", 200 },
    { "\"127.0.0.2\"", 403 },
    { "\"10.0.0.0/8\",\"192.168.1.7\"", 403 },
    { "\"::/0\"", 403 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body =
          g_strdup_printf ("{\"environment\":\"sandbox\",\"allowed_ips\":[%s]}", cases[i].ips);
      g_autofree char *secret = create (client, body, NULL);
      g_autoptr (SandboxReply) reply = call_as (client, secret, NULL, "GET", LIMITS, NULL);

      g_test_message ("%s", cases[i].ips);
      g_assert_cmpuint (reply->status, ==, cases[i].status);
      if (cases[i].status == 200)
        continue;
      sandbox_reply_assert_error (reply, 403, "forbidden");
      g_assert_cmpstr (sandbox_reply_string (reply, "detail"), ==, "IP not allowed");
    }
}

/* verifa-api.md 1.4: the header, else the key's own, for refusals too. */
static void
test_inflection (SandboxClient *client, gconstpointer unused)
{
  static const char *const kebab[] = { "Key-Inflection", "kebab" };
  static const char *const unknown[] = { "Key-Inflection", "train" };
  g_autofree char *secret =
      create (client, "{\"environment\":\"sandbox\",\"default_key_inflection\":\"camel\"}", NULL);
  g_autoptr (SandboxReply) own = call_as (client, secret, NULL, "GET", LIMITS, NULL);
  g_autoptr (SandboxReply) asked = call_as (client, secret, kebab, "GET", LIMITS, NULL);
  g_autoptr (SandboxReply) missing =
      call_as (client, secret, NULL, "GET", SESSIONS "/session_0", NULL);
  g_autoptr (SandboxReply) wrong = call_as (client, secret, unknown, "GET", LIMITS, NULL);
  g_autoptr (SandboxReply) nowhere = call_as (client, secret, kebab, "GET", "/nowhere", NULL);
  const struct
  {
    SandboxReply *reply;
    guint status;
    const char *member;
  } cases[] = {
    { own, 200, "rateLimit" },    { asked, 200, "rate-limit" },    { missing, 404, "statusCode" },
    { wrong, 400, "statusCode" }, { nowhere, 404, "status-code" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpuint (cases[i].reply->status, ==, cases[i].status);
      g_assert_true (
          json_object_has_member (sandbox_reply_object (cases[i].reply), cases[i].member));
    }
}

/* verifa-api.md 1.7: 10 key creations a minute on the free plan; what made nothing does not count.
 */
static void
test_key_quota (void)
{
  static const VrfSandboxOptions options = { .sandbox_key = SANDBOX_KEY,
                                             .live_key = LIVE_KEY,
                                             .plan = "free" };
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) wrong = NULL;
  g_autoptr (SandboxReply) refused = NULL;

  sandbox_client_start (&client, &options);
  wrong = sandbox_client_call (&client, "POST", KEYS, "{\"label\":7}");
  g_assert_cmpstr (get_header (wrong, "X-Quota-Remaining"), ==, "10");
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (SandboxReply) made = sandbox_client_call (&client, "POST", KEYS, "{}");
      g_autofree char *left = g_strdup_printf ("%u", 9 - i);

      g_assert_cmpuint (made->status, ==, 201);
      g_assert_cmpstr (get_header (made, "X-Quota-Limit"), ==, "10");
      g_assert_cmpstr (get_header (made, "X-Quota-Remaining"), ==, left);
      g_assert_nonnull (get_header (made, "X-Quota-Reset"));
    }
  refused = sandbox_client_call (&client, "POST", KEYS, "{}");
  sandbox_reply_assert_error (refused, 429, "rate_limited");
  g_assert_nonnull (get_header (refused, "Retry-After"));
  g_assert_cmpstr (get_header (refused, "X-Quota-Remaining"), ==, "0");
  g_assert_cmpstr (get_header (refused, "X-RateLimit-Limit"), ==, "300");
  sandbox_client_stop (&client);
}

/* 50 verifications a day on the free plan, whatever the minute; an answer that is given again made
 * none. */
static void
test_session_quota (void)
{
  static const char *const same[] = { "Idempotency-Key", "same" };
  static const VrfSandboxOptions options = { .sandbox_key = SANDBOX_KEY,
                                             .live_key = LIVE_KEY,
                                             .plan = "free" };
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) last = NULL;
  g_autoptr (SandboxReply) refused = NULL;
  g_autoptr (SandboxReply) limits = NULL;
  JsonObject *quota = NULL;

  sandbox_client_start (&client, &options);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SandboxReply) reply = call_as (&client, SANDBOX_KEY, same, "POST", SESSIONS, "{}");

      g_assert_cmpuint (reply->status, ==, 201);
      g_assert_cmpstr (get_header (reply, "X-Quota-Remaining"), ==, "49");
      g_assert_cmpstr (get_header (reply, "Idempotency-Replayed"), ==, i > 0 ? "true" : NULL);
    }
  for (guint i = 0; i < 49; i++)
    {
      g_clear_pointer (&last, sandbox_reply_free);
      last = sandbox_client_call (&client, "POST", SESSIONS, "{}");
      g_assert_cmpuint (last->status, ==, 201);
    }
  g_assert_cmpstr (get_header (last, "X-Quota-Remaining"), ==, "0");
  refused = sandbox_client_call (&client, "POST", SESSIONS, "{}");
  sandbox_reply_assert_error (refused, 429, "rate_limited");
  g_assert_cmpint (g_ascii_strtoll (get_header (refused, "Retry-After"), NULL, 10), >, 60);

  limits = sandbox_client_call (&client, "GET", LIMITS, NULL);
  quota = json_object_get_object_member (
      json_object_get_object_member (sandbox_reply_object (limits), "quotas"),
      "verification_creation");
  g_assert_cmpint (json_object_get_int_member (quota, "remaining"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (quota, "window_seconds"), ==, 86400);
  sandbox_client_stop (&client);
}

static char *
dup_in_a_minute (SandboxClient *client)
{
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "GET", LIMITS, NULL);
  g_auto (GStrv) parts = g_strsplit (get_header (reply, "X-Sandbox-Time"), ";", 2);
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (parts[0], NULL);
  g_autoptr (GDateTime) then = g_date_time_add_minutes (now, 1);

  return g_date_time_format (then, "%Y-%m-%dT%H:%M:%SZ");
}

static void
test_end_of_life (void)
{
  static const VrfSandboxOptions options = {
    .sandbox_key = SANDBOX_KEY, .live_key = LIVE_KEY, .plan = "enterprise", .time_scale = 600.0
  };
  SandboxClient client = { NULL };
  g_autofree char *when = NULL;
  g_autofree char *body = NULL;
  g_autofree char *id = NULL;
  g_autofree char *secret = NULL;
  g_autoptr (SandboxReply) got = NULL;
  guint status = 200;

  sandbox_client_start (&client, &options);
  when = dup_in_a_minute (&client);
  body = g_strdup_printf ("{\"environment\":\"sandbox\",\"expires_at\":\"%s\"}", when);
  secret = create (&client, body, &id);
  while (status == 200)
    {
      g_autoptr (SandboxReply) reply = call_as (&client, secret, NULL, "GET", LIMITS, NULL);

      status = reply->status;
    }
  g_assert_cmpuint (status, ==, 401);
  got = call (&client, "GET", id, "", NULL);
  g_assert_false (json_object_get_boolean_member (sandbox_reply_object (got), "is_active"));
  sandbox_client_stop (&client);
}

static gboolean
file_has (const char *path, const char *text)
{
  g_autofree char *contents = NULL;
  gsize length = 0;

  return g_file_get_contents (path, &contents, &length, NULL)
         && memmem (contents, length, text, strlen (text)) != NULL;
}

static void
remove_database (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_remove (file);
    }
}

/* An answer with a secret is given again whole, and the database holds the secret nowhere. */
static void
test_kept_secret (void)
{
  static const char *const again[] = { "Idempotency-Key", "k-1" };
  g_autofree char *directory = g_dir_make_tmp ("verifa-keys-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "a.db", NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  const VrfSandboxOptions options = {
    .sandbox_key = SANDBOX_KEY, .live_key = LIVE_KEY, .plan = "enterprise", .database_path = path
  };
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) first = NULL;
  g_autoptr (SandboxReply) second = NULL;
  g_autofree char *secret = NULL;

  sandbox_client_start (&client, &options);
  first = call_as (&client, SANDBOX_KEY, again, "POST", KEYS, "{\"label\":\"planted\"}");
  second = call_as (&client, SANDBOX_KEY, again, "POST", KEYS, "{\"label\":\"planted\"}");
  secret = g_strdup (sandbox_reply_string (first, "secret"));
  g_assert_cmpuint (second->status, ==, 201);
  g_assert_cmpstr (get_header (second, "Idempotency-Replayed"), ==, "true");
  g_assert_cmpstr (sandbox_reply_string (second, "secret"), ==, secret);
  g_assert_cmpstr (sandbox_reply_string (second, "id"), ==, sandbox_reply_string (first, "id"));
  g_assert_true (file_has (wal, "planted"));
  g_assert_false (file_has (wal, secret + strlen ("vk_live_") + 4));
  sandbox_client_stop (&client);
  g_assert_true (file_has (path, "planted"));
  g_assert_false (file_has (path, secret + strlen ("vk_live_") + 4));
  remove_database (path);
  g_rmdir (directory);
}

/* Whoever expired the environment's own key gets another one with the next start. */
static void
test_own_key (void)
{
  g_autofree char *directory = g_dir_make_tmp ("verifa-keys-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "a.db", NULL);
  const VrfSandboxOptions options = { .plan = "enterprise", .database_path = path };
  SandboxClient client = { NULL };
  g_autofree char *before = NULL;
  g_autoptr (SandboxReply) made = NULL;
  g_autoptr (SandboxReply) list = NULL;
  g_autoptr (SandboxReply) ended = NULL;
  g_autoptr (SandboxReply) works = NULL;
  g_autofree char *end = NULL;

  sandbox_client_start (&client, &options);
  before = g_strdup (vrf_sandbox_get_sandbox_key (client.sandbox));
  made = call_as (&client,
                  before,
                  NULL,
                  "POST",
                  KEYS,
                  "{\"environment\":\"sandbox\",\"scopes\":[\"api_keys:write\"]}");
  list = call_as (&client, before, NULL, "GET", KEYS, NULL);
  end = g_strconcat (
      KEYS "/",
      json_object_get_string_member (json_array_get_object_element (get_data (list), 1), "id"),
      "/expire",
      NULL);
  ended = call_as (&client, sandbox_reply_string (made, "secret"), NULL, "POST", end, NULL);
  g_assert_cmpuint (ended->status, ==, 200);
  sandbox_client_stop (&client);

  sandbox_client_start (&client, &options);
  g_assert_cmpstr (vrf_sandbox_get_sandbox_key (client.sandbox), !=, before);
  works =
      call_as (&client, vrf_sandbox_get_sandbox_key (client.sandbox), NULL, "GET", SESSIONS, NULL);
  g_assert_cmpuint (works->status, ==, 200);
  sandbox_client_stop (&client);
  remove_database (path);
  g_rmdir (directory);
}

/* Two requests with one key at the same time: one is carried out, the other is told the same. */
static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GBytes **bytes = user_data;

  *bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
}

static void
test_in_flight (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *uri = g_strconcat (vrf_sandbox_get_api_url (client->sandbox), SESSIONS, NULL);
  SoupMessage *messages[4] = { NULL };
  GBytes *bodies[4] = { NULL };
  g_autoptr (SandboxReply) list = NULL;
  guint replayed = 0;

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      SoupMessageHeaders *headers = NULL;

      messages[i] = soup_message_new ("POST", uri);
      headers = soup_message_get_request_headers (messages[i]);
      soup_message_headers_replace (headers, "X-API-Key", SANDBOX_KEY);
      soup_message_headers_replace (headers, "Idempotency-Key", "at-once");
      soup_session_send_and_read_async (
          client->session, messages[i], G_PRIORITY_DEFAULT, NULL, sent_cb, &bodies[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      while (bodies[i] == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (soup_message_get_status (messages[i]), ==, 201);
      g_assert_true (g_bytes_equal (bodies[i], bodies[0]));
      replayed += soup_message_headers_get_one (soup_message_get_response_headers (messages[i]),
                                                "Idempotency-Replayed")
                  != NULL;
      g_object_unref (messages[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    g_bytes_unref (bodies[i]);
  g_assert_cmpuint (replayed, ==, G_N_ELEMENTS (messages) - 1);
  list = sandbox_client_call (client, "GET", SESSIONS, NULL);
  g_assert_cmpuint (json_array_get_length (get_data (list)), ==, 1);
}

/* verifa-api.md 1.5: the length is told in characters, and 429 and 5xx are never kept. */
static void
test_idempotency_names (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *longest = g_strnfill (255, 'k');
  g_autofree char *longer = g_strnfill (256, 'k');
  const char *const good[] = { "Idempotency-Key", longest };
  const char *const bad[] = { "Idempotency-Key", longer };
  g_autoptr (SandboxReply) taken = call_as (client, SANDBOX_KEY, good, "POST", SESSIONS, "{}");
  g_autoptr (SandboxReply) refused = call_as (client, SANDBOX_KEY, bad, "POST", SESSIONS, "{}");
  g_autoptr (SandboxReply) got = call_as (client, SANDBOX_KEY, bad, "GET", SESSIONS, NULL);

  g_assert_cmpuint (taken->status, ==, 201);
  sandbox_reply_assert_error (refused, 422, "validation_error");
  g_assert_cmpuint (json_array_get_length (get_data (got)), ==, 1);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (SandboxClient *, gconstpointer);
  } tests[] = {
    { "/sandbox/keys/create", test_create },
    { "/sandbox/keys/environments", test_environments },
    { "/sandbox/keys/refused", test_refused },
    { "/sandbox/keys/update", test_update },
    { "/sandbox/keys/expire", test_expire },
    { "/sandbox/keys/clone", test_clone },
    { "/sandbox/keys/addresses", test_addresses },
    { "/sandbox/keys/inflection", test_inflection },
    { "/sandbox/keys/in-flight", test_in_flight },
    { "/sandbox/keys/idempotency-names", test_idempotency_names },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, SandboxClient, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/sandbox/keys/key-quota", test_key_quota);
  g_test_add_func ("/sandbox/keys/session-quota", test_session_quota);
  g_test_add_func ("/sandbox/keys/end-of-life", test_end_of_life);
  g_test_add_func ("/sandbox/keys/kept-secret", test_kept_secret);
  g_test_add_func ("/sandbox/keys/own-key", test_own_key);
  return g_test_run ();
}
