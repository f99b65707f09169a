/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox-client.h"

#include "sandbox/vrf-capture-routes.h"
#include "sandbox/vrf-handlers.h"
#include "sandbox/vrf-sandbox-resources.h"

/*
 * The router beside src/sandbox/openapi.json: every route is described there, with its scopes and
 * all that its flags say, and every operation that is described has a route.
 */

typedef struct
{
  JsonNode *root;
  JsonObject *paths;
  guint n_wrong;
} Description;

static void
description_load (Description *self)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (vrf_sandbox_get_resource (),
                                                     "/com/withverifa/Sandbox/openapi.json",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                     NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (
      parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  self->root = json_parser_steal_root (parser);
  self->paths = json_object_get_object_member (json_node_get_object (self->root), "paths");
}

static void
description_clear (Description *self)
{
  g_clear_pointer (&self->root, json_node_unref);
}

static void
complain (Description *self, const VrfRoute *route, const char *what)
{
  g_test_message ("%s %s: %s", route->method, route->path, what);
  self->n_wrong++;
}

/* The path as the description has it: "{rest*}" is "{rest}" there. */
static char *
dup_path (const VrfRoute *route)
{
  GString *path = g_string_new (route->path);

  g_string_replace (path, "*}", "}", 0);
  return g_string_free (path, FALSE);
}

static JsonObject *
find_operation (Description *self, const VrfRoute *route)
{
  g_autofree char *path = dup_path (route);
  g_autofree char *method = g_ascii_strdown (route->method, -1);
  JsonObject *item = json_object_has_member (self->paths, path)
                         ? json_object_get_object_member (self->paths, path)
                         : NULL;

  return item != NULL && json_object_has_member (item, method)
             ? json_object_get_object_member (item, method)
             : NULL;
}

/* One of them is enough, so their order says nothing. */
static gboolean
has_scopes (JsonObject *operation, const char *scopes)
{
  g_auto (GStrv) wanted = g_strsplit (scopes != NULL ? scopes : "", " ", -1);
  JsonArray *array = json_object_has_member (operation, "x-scopes")
                         ? json_object_get_array_member (operation, "x-scopes")
                         : NULL;
  guint length = array != NULL ? json_array_get_length (array) : 0;
  gboolean same = length == g_strv_length (wanted);

  for (guint i = 0; same && i < length; i++)
    same = g_strv_contains ((const char *const *) wanted, json_array_get_string_element (array, i));
  return same;
}

static gboolean
has_no_security (JsonObject *operation)
{
  return json_object_has_member (operation, "security")
         && json_array_get_length (json_object_get_array_member (operation, "security")) == 0;
}

static gboolean
takes_multipart (JsonObject *operation)
{
  JsonObject *body = json_object_has_member (operation, "requestBody")
                         ? json_object_get_object_member (operation, "requestBody")
                         : NULL;

  return body != NULL
         && json_object_has_member (json_object_get_object_member (body, "content"),
                                    "multipart/form-data");
}

static gboolean
has_quota (JsonObject *operation, const char *name)
{
  return g_strcmp0 (json_object_get_string_member_with_default (operation, "x-quota", NULL), name)
         == 0;
}

static void
check_flags (Description *self, const VrfRoute *route, JsonObject *operation)
{
  const struct
  {
    VrfRouteFlags flag;
    gboolean wanted;
    const char *what;
  } flags[] = {
    { VRF_ROUTE_NO_KEY, has_no_security (operation), "security" },
    { VRF_ROUTE_MULTIPART, takes_multipart (operation), "multipart/form-data" },
    { VRF_ROUTE_SANDBOX_ONLY,
      json_object_get_boolean_member_with_default (operation, "x-sandbox-only", FALSE),
      "x-sandbox-only" },
    { VRF_ROUTE_CREATES, has_quota (operation, "verification_creation"), "x-quota" },
    { VRF_ROUTE_CREATES_KEY, has_quota (operation, "key_creation"), "x-quota" },
    { VRF_ROUTE_FREE,
      json_object_get_boolean_member_with_default (operation, "x-free", FALSE),
      "x-free" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (((route->flags & flags[i].flag) != 0) != flags[i].wanted)
      complain (self, route, flags[i].what);
}

static void
check_route (Description *self, const VrfRoute *route)
{
  JsonObject *operation = find_operation (self, route);

  if (operation == NULL)
    {
      complain (self, route, "is not described");
      return;
    }
  if (!has_scopes (operation, route->scopes))
    complain (self, route, "x-scopes");
  check_flags (self, route, operation);
}

static gboolean
is_route (const VrfRoute *routes, const char *method, const char *path)
{
  for (; routes->method != NULL; routes++)
    {
      g_autofree char *own = dup_path (routes);

      if (g_ascii_strcasecmp (routes->method, method) == 0 && g_str_equal (own, path))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_route (const char *method, const char *path)
{
  gboolean found = is_route (vrf_capture_routes, method, path);

  for (const VrfRoute *const *table = vrf_handlers_tables; !found && *table != NULL; table++)
    found = is_route (*table, method, path);
  return found;
}

/* Returns: how many operations of @item are wrong. */
static guint
check_path (const char *path, JsonObject *item)
{
  JsonObjectIter iter;
  const char *method = NULL;
  JsonNode *node = NULL;
  guint n_wrong = 0;

  json_object_iter_init (&iter, item);
  while (json_object_iter_next (&iter, &method, &node))
    {
      if (g_str_equal (method, "parameters") || has_route (method, path))
        continue;
      g_test_message ("%s %s is described and has no route", method, path);
      n_wrong++;
    }
  return n_wrong;
}

static void
test_paths (void)
{
  Description description = { NULL };
  JsonObjectIter iter;
  const char *path = NULL;
  JsonNode *item = NULL;
  guint n_wrong = 0;

  description_load (&description);
  json_object_iter_init (&iter, description.paths);
  while (json_object_iter_next (&iter, &path, &item))
    n_wrong += check_path (path, json_node_get_object (item));
  g_assert_cmpuint (n_wrong, ==, 0);
  description_clear (&description);
}

static void
test_routes (void)
{
  Description description = { NULL };

  description_load (&description);
  for (const VrfRoute *const *table = vrf_handlers_tables; *table != NULL; table++)
    for (const VrfRoute *route = *table; route->method != NULL; route++)
      check_route (&description, route);
  for (const VrfRoute *route = vrf_capture_routes; route->method != NULL; route++)
    check_route (&description, route);
  g_assert_cmpuint (description.n_wrong, ==, 0);
  description_clear (&description);
}

/* Without a key, as it is in the sources, and never re-cased. */
static void
test_served (void)
{
  static const char *const kebab[] = { "Key-Inflection", "kebab", NULL };
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) reply = NULL;
  g_autoptr (GBytes) bytes = g_resource_lookup_data (vrf_sandbox_get_resource (),
                                                     "/com/withverifa/Sandbox/openapi.json",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                     NULL);

  sandbox_client_start (&client, NULL);
  reply = sandbox_client_send (&client, "GET", "/openapi.json", kebab, NULL);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (
      soup_message_headers_get_one (reply->headers, "Content-Type"), ==, "application/json");
  g_assert_cmpmem (
      reply->text, strlen (reply->text), g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  sandbox_client_stop (&client);
}

static void
test_page (void)
{
  static const struct
  {
    const char *path;
    guint status;
    const char *type;
  } rows[] = {
    { "/docs", 200, "text/html; charset=utf-8" },
    { "/docs/docs.css", 200, "text/css; charset=utf-8" },
    { "/docs/docs.js", 200, "text/javascript; charset=utf-8" },
    { "/docs/example.js", 200, "text/javascript; charset=utf-8" },
    { "/docs/operation.js", 200, "text/javascript; charset=utf-8" },
    { "/docs/docs.html", 404, "application/json" },
    { "/docs/..%2Fopenapi.json", 404, "application/json" },
  };
  SandboxClient client = { NULL };

  sandbox_client_start (&client, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SandboxReply) reply =
          sandbox_client_send (&client, "GET", rows[i].path, NULL, NULL);
      const char *policy = soup_message_headers_get_one (reply->headers, "Content-Security-Policy");

      g_test_message ("%s", rows[i].path);
      g_assert_cmpuint (reply->status, ==, rows[i].status);
      g_assert_cmpstr (
          soup_message_headers_get_one (reply->headers, "Content-Type"), ==, rows[i].type);
      g_assert_true (g_str_has_prefix (policy, "default-src 'none'"));
    }
  sandbox_client_stop (&client);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/openapi/routes", test_routes);
  g_test_add_func ("/sandbox/openapi/paths", test_paths);
  g_test_add_func ("/sandbox/openapi/served", test_served);
  g_test_add_func ("/sandbox/openapi/page", test_page);
  return g_test_run ();
}
