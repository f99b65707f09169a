/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "identity-client.h"
#include "sandbox-golden.h"
#include "sandbox/vrf-organization.h"

/* What holds for identities whoever asks (verifa-api.md 1.2, 1.4, 1.5, 5.5, 7.2): custom fields,
 * scopes, what is told of them, and what deletion leaves of answers that were kept. */

#define ENDPOINTS "/api/v1/webhooks/endpoints"

static void
set_organization (IdentityFixture *fixture, const char *settings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSandboxStore) store = identity_fixture_open (fixture);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (JsonNode) changes = json_from_string (settings, NULL);

  g_assert_true (vrf_organization_change (store, json_node_get_object (changes), errors, &error));
}

static SandboxReply *
put_fields (SandboxClient *client, const char *fields)
{
  g_autofree char *body = g_strdup_printf ("{\"custom_fields\":%s}", fields);

  return identity_client_call (client, "PUT", "guest-1", "/custom-fields", body);
}

typedef struct
{
  const char *fields;
  const char *field; /* what the error names; NULL when it is good */
  const char *code;
} Fields;

static const Fields defined[] = {
  { "{\"tier\":\"gold\"}", NULL, NULL },
  { "{\"tier\":null}", NULL, NULL },
  { "{\"nights\":2,\"is_vip\":true,\"since\":\"2026-02-01\",\"note\":\"früh\"}", NULL, NULL },
  { "{\"nights\":2.5}", NULL, NULL },
  { "{}", NULL, NULL },
  { "{\"tier\":\"none\"}", "custom_fields.tier", "enum" },
  { "{\"tier\":7}", "custom_fields.tier", "type" },
  { "{\"nights\":\"2\"}", "custom_fields.nights", "type" },
  { "{\"nights\":true}", "custom_fields.nights", "type" },
  { "{\"is_vip\":1}", "custom_fields.is_vip", "type" },
  { "{\"since\":\"1.2.2026\"}", "custom_fields.since", "type" },
  { "{\"since\":\"2026-02-30\"}", "custom_fields.since", "type" },
  { "{\"note\":[]}", "custom_fields.note", "type" },
  { "{\"room\":7}", "custom_fields.room", "unknown" },
  { "{\"room\":null}", "custom_fields.room", "unknown" },
  { "{\"tier\":\"gold\",\"room\":7}", "custom_fields.room", "unknown" },
};

static void
check_fields (SandboxClient *client, const Fields *fields)
{
  g_autoptr (SandboxReply) before = identity_client_get (client, "guest-1");
  g_autoptr (SandboxReply) reply = put_fields (client, fields->fields);
  g_autoptr (SandboxReply) after = identity_client_get (client, "guest-1");
  g_autoptr (JsonNode) given = json_from_string (fields->fields, NULL);
  JsonArray *errors = NULL;
  JsonObject *only = NULL;

  g_test_message ("%s", fields->fields);
  if (fields->field == NULL)
    {
      g_assert_cmpuint (reply->status, ==, 200);
      g_assert_true (json_object_equal (identity_reply_object (reply, "custom_fields"),
                                        json_node_get_object (given)));
      g_assert_true (json_object_equal (identity_reply_object (after, "custom_fields"),
                                        json_node_get_object (given)));
      return;
    }
  sandbox_reply_assert_error (reply, 422, "validation_error");
  errors = json_object_get_array_member (sandbox_reply_object (reply), "errors");
  g_assert_cmpuint (json_array_get_length (errors), ==, 1);
  only = json_array_get_object_element (errors, 0);
  g_assert_cmpstr (json_object_get_string_member (only, "field"), ==, fields->field);
  g_assert_cmpstr (json_object_get_string_member (only, "code"), ==, fields->code);
  g_assert_cmpstr (after->text, ==, before->text);
}

/* Where the organization says which fields there are, there are no others. */
static void
test_definitions (IdentityFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = NULL;

  set_organization (fixture,
                    "{\"identity_custom_fields\":{"
                    "\"tier\":{\"type\":\"string\",\"options\":[\"gold\",\"silver\"]},"
                    "\"nights\":{\"type\":\"number\"},\"is_vip\":{\"type\":\"boolean\"},"
                    "\"since\":{\"type\":\"date\"},\"note\":{\"type\":\"string\"}}}");
  identity_fixture_start (fixture);
  id = identity_client_create (&fixture->client, "guest-1");
  for (guint i = 0; i < G_N_ELEMENTS (defined); i++)
    check_fields (&fixture->client, &defined[i]);
  sandbox_client_stop (&fixture->client);
}

typedef struct
{
  const char *inflection;
  const char *fields;
} Spelling;

/* 1.4 spells the names of every object but `metadata`: who sends them as it reads them gets its
 * own names back. */
static const Spelling spellings[] = {
  { "snake", "{\"loyalty_tier\":\"gold\",\"room_7\":1,\"a\":true,\"_x\":null,\"a__b\":0.5}" },
  { "camel", "{\"loyaltyTier\":\"gold\",\"room_7\":1,\"a\":true}" },
  { "kebab", "{\"loyalty-tier\":\"gold\",\"room-7\":1,\"a\":true}" },
};

static void
test_names (IdentityFixture *fixture, gconstpointer unused)
{
  SandboxClient *client = &fixture->client;
  g_autofree char *id = NULL;
  static const char *const members[] = { "custom_fields", "customFields", "custom-fields" };

  identity_fixture_start (fixture);
  id = identity_client_create (client, "guest-1");
  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      const char *headers[] = {
        "X-API-Key", SANDBOX_KEY, "Key-Inflection", spellings[i].inflection, NULL
      };
      g_autoptr (SandboxReply) put = put_fields (client, spellings[i].fields);
      g_autoptr (SandboxReply) got =
          sandbox_client_send (client, "GET", IDENTITIES "/guest-1", headers, NULL);
      g_autoptr (JsonNode) wanted = json_from_string (spellings[i].fields, NULL);

      g_test_message ("%s", spellings[i].inflection);
      g_assert_cmpuint (put->status, ==, 200);
      g_assert_true (json_object_equal (identity_reply_object (got, members[i]),
                                        json_node_get_object (wanted)));
    }
  sandbox_client_stop (client);
}

typedef struct
{
  const char *method;
  const char *path;
  const char *scopes; /* each is enough */
} Scoped;

#define NOBODY IDENTITIES "/nobody"

static const Scoped scoped[] = {
  { "GET", IDENTITIES, "identities:read" },
  { "POST", IDENTITIES, "identities:write" },
  { "POST", IDENTITIES "/search", "identities:read" },
  { "POST", IDENTITIES "/merge", "identities:write" },
  { "POST", IDENTITIES "/merge/preview", "identities:write" },
  { "GET", NOBODY, "identities:read" },
  { "PATCH", NOBODY, "identities:write" },
  { "DELETE", NOBODY, "redact:write identities:write" },
  { "GET", NOBODY "/sessions", "identities:read" },
  { "PUT", NOBODY "/custom-fields", "identities:write" },
  { "POST", NOBODY "/tags/add", "identities:write" },
  { "POST", NOBODY "/tags/remove", "identities:write" },
  { "POST", NOBODY "/tags/set", "identities:write" },
  { "POST", NOBODY "/archive", "identities:write" },
  { "POST", NOBODY "/restore", "identities:write" },
  { "GET", "/api/v1/identity-types", "identities:read" },
  { "POST", "/api/v1/identity-types", "settings:write identities:write" },
  { "GET", "/api/v1/identity-types/idtype_0", "identities:read" },
  { "PATCH", "/api/v1/identity-types/idtype_0", "settings:write identities:write" },
};

static const char *const scopes[] = {
  "identities:read", "identities:write", "redact:write", "settings:write", "sessions:write"
};

static void
check_scope (SandboxClient *client, const char *scope, const char *key)
{
  const char *headers[] = { "X-API-Key", key, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (scoped); i++)
    {
      const char *method = scoped[i].method;
      g_auto (GStrv) enough = g_strsplit (scoped[i].scopes, " ", -1);
      const char *body =
          g_str_equal (method, "GET") || g_str_equal (method, "DELETE") ? NULL : "{}";
      g_autoptr (SandboxReply) reply =
          sandbox_client_send (client, method, scoped[i].path, headers, body);

      g_test_message ("%s: %s %s", scope, method, scoped[i].path);
      if (!g_strv_contains ((const char *const *) enough, scope))
        sandbox_reply_assert_error (reply, 403, "forbidden");
      else
        g_assert_cmpuint (reply->status, !=, 403);
    }
}

static void
test_scopes (IdentityFixture *fixture, gconstpointer unused)
{
  identity_fixture_start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", scopes[i]);
      g_autofree char *key = identity_client_make_key (&fixture->client, quoted);

      check_scope (&fixture->client, scopes[i], key);
    }
  sandbox_client_stop (&fixture->client);
}

/* An endpoint that nobody listens on: what it would be told is on its list. Returns: its list. */
static char *
make_endpoint (SandboxClient *client, const char *key)
{
  const char *headers[] = { "X-API-Key", key, NULL };
  g_autoptr (SandboxReply) reply =
      sandbox_client_send (client, "POST", ENDPOINTS, headers, "{\"url\":\"http://127.0.0.1:9/\"}");

  g_assert_cmpuint (reply->status, ==, 201);
  return g_strconcat (
      ENDPOINTS "/", sandbox_reply_string (reply, "id"), "/deliveries?limit=100", NULL);
}

/* In turn; what is told of each, the latest first. */
static const struct
{
  const char *method;
  const char *rest;
  const char *body;
  const char *told;
} steps[] = {
  { "POST", "/tags/set", "{\"tags\":[\"a\",\"b\"]}", "identity.tag-added:b identity.tag-added:a" },
  { "POST",
    "/tags/set",
    "{\"tags\":[\"b\",\"c\"]}",
    "identity.tag-removed:a identity.tag-added:c" },
  { "POST", "/tags/add", "{\"tag\":\"c\"}", "" },
  { "POST", "/tags/add", "{\"tag\":\"d\"}", "identity.tag-added:d" },
  { "POST", "/tags/remove", "{\"tag\":\"x\"}", "" },
  { "POST", "/tags/remove", "{\"tag\":\"d\"}", "identity.tag-removed:d" },
  { "POST", "/restore", NULL, "" },
  { "POST", "/archive", NULL, "identity.archived:" },
  { "POST", "/archive", NULL, "" },
  { "POST", "/restore", NULL, "identity.restored:" },
  { "PATCH", "", "{\"first_name\":\"Petronella\"}", "identity.updated:" },
  { "PUT", "/custom-fields", "{\"custom_fields\":{\"tier\":\"gold\"}}", "identity.updated:" },
  { "DELETE", "", NULL, "identity.updated:" },
  { "DELETE", "", NULL, "" },
};

static guint
count_told (SandboxReply *list)
{
  g_assert_cmpuint (list->status, ==, 200);
  return json_array_get_length (json_object_get_array_member (sandbox_reply_object (list), "data"));
}

/* "EVENT:TAG" of the first @n deliveries, which are about @id. */
static char *
dup_told (SandboxReply *list, guint n, const char *id)
{
  JsonArray *data = json_object_get_array_member (sandbox_reply_object (list), "data");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *delivery = json_array_get_object_element (data, i);
      JsonObject *payload = json_object_get_object_member (delivery, "payload");
      const char *event = json_object_get_string_member (delivery, "event_type");

      g_assert_cmpstr (json_object_get_string_member (payload, "event"), ==, event);
      g_assert_cmpstr (json_object_get_string_member (payload, "identity_id"), ==, id);
      g_string_append_printf (text,
                              "%s%s:%s",
                              i > 0 ? " " : "",
                              event,
                              json_object_get_string_member_with_default (payload, "tag", ""));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_told (IdentityFixture *fixture, gconstpointer unused)
{
  static const char *const live_key[] = { "X-API-Key", LIVE_KEY, NULL };
  SandboxClient *client = &fixture->client;
  g_autofree char *path = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *id = NULL;
  g_autoptr (SandboxReply) other = NULL;
  guint before = 1;

  identity_fixture_start (fixture);
  path = make_endpoint (client, SANDBOX_KEY);
  theirs = make_endpoint (client, LIVE_KEY);
  id = identity_client_create (client, "guest-1");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (SandboxReply) list = NULL;
      g_autofree char *told = NULL;

      identity_client_do (client, steps[i].method, id, steps[i].rest, steps[i].body);
      list = sandbox_client_call (client, "GET", path, NULL);
      g_test_message ("%s %s", steps[i].method, steps[i].rest);
      told = dup_told (list, count_told (list) - before, id);
      g_assert_cmpstr (told, ==, steps[i].told);
      /* Receivers fetch the person. */
      g_assert_null (strstr (list->text, "Petronella"));
      before = count_told (list);
    }
  other = sandbox_client_send (client, "GET", theirs, live_key, NULL);
  g_assert_cmpuint (count_told (other), ==, 0);
  sandbox_client_stop (client);
}

/* A merge is told of both. */
static void
test_merge_told (IdentityFixture *fixture, gconstpointer unused)
{
  SandboxClient *client = &fixture->client;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *path = NULL;
  g_autofree char *ids = NULL;
  g_autofree char *wanted = NULL;
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (SandboxReply) list = NULL;
  JsonArray *data = NULL;

  identity_fixture_start (fixture);
  first = identity_client_create (client, "guest-1");
  second = identity_client_create (client, "guest-2");
  path = make_endpoint (client, SANDBOX_KEY);
  identity_client_do (
      client, "POST", "merge", "", "{\"primary_id\":\"guest-1\",\"secondary_id\":\"guest-2\"}");
  list = sandbox_client_call (client, "GET", path, NULL);
  g_assert_cmpuint (count_told (list), ==, 2);
  data = json_object_get_array_member (sandbox_reply_object (list), "data");
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *payload =
          json_object_get_object_member (json_array_get_object_element (data, i), "payload");

      g_string_append_printf (told,
                              "%s %s %s;",
                              json_object_get_string_member (payload, "event"),
                              json_object_get_string_member (payload, "identity_id"),
                              json_object_get_string_member (payload, "status"));
    }
  wanted =
      g_strdup_printf ("identity.updated %s merged;identity.updated %s pending;", second, first);
  g_assert_cmpstr (told->str, ==, wanted);
  sandbox_client_stop (client);
}

/* With their keys, before and after the deletion. */
static const struct
{
  const char *method;
  const char *path;
  const char *body;
  gboolean is_kept; /* or else it is answered anew */
} kept[] = {
  { "PATCH", IDENTITIES "/guest-1", "{\"first_name\":\"Petronella\"}", TRUE },
  { "POST", IDENTITIES "/guest-1/archive", NULL, TRUE },
  { "POST", IDENTITIES "/search", "{\"q\":\"petronella\",\"include_archived\":true}", FALSE },
  { "POST",
    IDENTITIES "/merge/preview",
    "{\"primary_id\":\"guest-2\",\"secondary_id\":\"guest-1\"}",
    FALSE },
  { "POST",
    IDENTITIES "/merge",
    "{\"primary_id\":\"guest-1\",\"secondary_id\":\"guest-3\"}",
    TRUE },
};

static SandboxReply *
send_with_key (SandboxClient *client, guint i)
{
  g_autofree char *name = g_strdup_printf ("key-%u", i);
  const char *headers[] = { "X-API-Key", SANDBOX_KEY, "Idempotency-Key", name, NULL };

  return sandbox_client_send (client, kept[i].method, kept[i].path, headers, kept[i].body);
}

static gboolean
was_kept (SandboxReply *reply)
{
  return soup_message_headers_get_one (reply->headers, "Idempotency-Replayed") != NULL;
}

static void
assert_gone (const char *directory)
{
  g_autoptr (GDir) files = g_dir_open (directory, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      g_assert_null (g_strstr_len (bytes, (gssize) length, "Petronella"));
    }
}

/* Answers that are given again know no more of a deleted person than the identity does; neither
 * does the file. */
static void
test_kept_replies (IdentityFixture *fixture, gconstpointer unused)
{
  SandboxClient *client = &fixture->client;

  identity_fixture_start (fixture);
  g_free (identity_client_simulate (client, "guest-1", "approve"));
  g_free (identity_client_create (client, "guest-2"));
  g_free (identity_client_create (client, "guest-3"));
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autoptr (SandboxReply) reply = send_with_key (client, i);
      g_autoptr (SandboxReply) again = send_with_key (client, i);

      g_test_message ("%s %s", kept[i].method, kept[i].path);
      g_assert_cmpuint (reply->status, ==, 200);
      g_assert_true (was_kept (again));
      g_assert_cmpstr (again->text, ==, reply->text);
      g_assert_true (kept[i].body == NULL || strstr (reply->text, "Petronella") != NULL);
    }
  {
    g_autoptr (SandboxReply) done = identity_client_call (client, "DELETE", "guest-1", "", NULL);

    g_assert_cmpuint (done->status, ==, 200);
  }
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autoptr (SandboxReply) reply = send_with_key (client, i);

      g_test_message ("%s %s", kept[i].method, kept[i].path);
      g_assert_null (strstr (reply->text, "Petronella"));
      g_assert_null (strstr (reply->text, "Doe"));
      g_assert_true (was_kept (reply) == kept[i].is_kept);
    }
  sandbox_client_stop (client);
  assert_gone (fixture->directory);
}

#define ADD(name, test)                                                                            \
  g_test_add ("/sandbox/identity-rules/" name,                                                     \
              IdentityFixture,                                                                     \
              NULL,                                                                                \
              identity_fixture_set_up,                                                             \
              test,                                                                                \
              identity_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("definitions", test_definitions);
  ADD ("names", test_names);
  ADD ("scopes", test_scopes);
  ADD ("told", test_told);
  ADD ("merge-told", test_merge_told);
  ADD ("kept-replies", test_kept_replies);
  return g_test_run ();
}
