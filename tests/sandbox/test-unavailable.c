/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox-golden.h"

#include "sandbox/vrf-handlers.h"
#include "sandbox/vrf-sandbox-resources.h"

/* What the description says is not implemented answers 501, to whoever may ask (verifa-api.md 1.8,
 * 8.2). */

typedef struct
{
  SandboxClient client;
  char *narrow; /* a key that may do nothing here */
  JsonNode *root;
} Fixture;

static JsonNode *
load_description (void)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (vrf_sandbox_get_resource (),
                                                     "/com/withverifa/Sandbox/openapi.json",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                     NULL);
  JsonNode *root = json_from_string (g_bytes_get_data (bytes, NULL), NULL);

  g_assert_nonnull (root);
  return root;
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SandboxReply) reply = NULL;

  sandbox_client_start (&fixture->client, NULL);
  fixture->root = load_description ();
  reply = sandbox_client_call (&fixture->client,
                               "POST",
                               "/api/v1/api-keys",
                               "{\"environment\":\"sandbox\",\"scopes\":[\"webhooks:read\"]}");
  g_assert_cmpuint (reply->status, ==, 201);
  fixture->narrow = g_strdup (sandbox_reply_string (reply, "secret"));
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_free (fixture->narrow);
  json_node_unref (fixture->root);
  sandbox_client_stop (&fixture->client);
}

static char *
dup_address (const char *path)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\{[a-z_]+\\}", 0, 0, NULL);

  return g_regex_replace_literal (regex, path, -1, 0, "some_1", 0, NULL);
}

static void
check_operation (Fixture *fixture, const char *method, const char *path)
{
  const char *narrow[] = { "X-API-Key", fixture->narrow, NULL };
  g_autofree char *address = dup_address (path);
  g_autofree char *verb = g_ascii_strup (method, -1);
  const char *body = g_str_equal (verb, "GET") || g_str_equal (verb, "DELETE") ? NULL : "{}";
  g_autoptr (SandboxReply) reply = sandbox_client_call (&fixture->client, verb, address, body);
  g_autoptr (SandboxReply) refused =
      sandbox_client_send (&fixture->client, verb, address, narrow, body);
  g_autoptr (SandboxReply) unknown =
      sandbox_client_send (&fixture->client, verb, address, NULL, body);

  g_test_message ("%s %s", verb, address);
  sandbox_reply_assert_golden (reply, "error_not_implemented");
  sandbox_reply_assert_error (reply, 501, "not_implemented");
  sandbox_reply_assert_error (refused, 403, "forbidden");
  sandbox_reply_assert_error (unknown, 401, "unauthorized");
}

static gboolean
is_unavailable (JsonNode *operation)
{
  return JSON_NODE_HOLDS_OBJECT (operation)
         && json_object_has_member (
             json_object_get_object_member (json_node_get_object (operation), "responses"), "501");
}

static void
test_answers (Fixture *fixture, gconstpointer unused)
{
  JsonObject *paths = json_object_get_object_member (json_node_get_object (fixture->root), "paths");
  JsonObjectIter iter;
  const char *path = NULL;
  JsonNode *item = NULL;
  guint n = 0;

  json_object_iter_init (&iter, paths);
  while (json_object_iter_next (&iter, &path, &item))
    {
      JsonObjectIter inner;
      const char *method = NULL;
      JsonNode *operation = NULL;

      json_object_iter_init (&inner, json_node_get_object (item));
      while (json_object_iter_next (&inner, &method, &operation))
        if (is_unavailable (operation))
          {
            check_operation (fixture, method, path);
            n++;
          }
    }
  g_assert_cmpuint (n, ==, 38);
}

static void
test_method (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (&fixture->client, "DELETE", "/api/v1/watchlists", NULL);

  sandbox_reply_assert_error (reply, 405, "method_not_allowed");
  g_assert_nonnull (soup_message_headers_get_one (reply->headers, "Allow"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sandbox/unavailable/answers", Fixture, NULL, set_up, test_answers, tear_down);
  g_test_add ("/sandbox/unavailable/method", Fixture, NULL, set_up, test_method, tear_down);
  return g_test_run ();
}
