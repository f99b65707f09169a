/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "base/vrf-time.h"
#include "sandbox/vrf-fixtures.h"
#include "sandbox/vrf-handlers.h"
#include "sandbox/vrf-scopes.h"

/*
 * Every route of every table, with a key that has all scopes but those it asks for, and with keys
 * that have one of those and nothing else (verifa-api.md 1.2).
 */

typedef struct
{
  VrfSandboxStore *store;
  VrfSandboxClock *clock;
  VrfService *service;
  VrfRate *rate;
  VrfRouter *router;
  guint n_keys;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->store = vrf_sandbox_store_open (":memory:", NULL);
  fixture->clock = vrf_sandbox_clock_new (0, 1.0);
  fixture->service = vrf_service_new (fixture->store, fixture->clock);
  fixture->rate = vrf_rate_new ("enterprise");
  fixture->router = vrf_router_new (fixture->service, fixture->rate);
  for (guint i = 0; vrf_handlers_tables[i] != NULL; i++)
    vrf_router_add_routes (fixture->router, vrf_handlers_tables[i]);
  g_assert_true (vrf_fixtures_ensure (fixture->store, 0, NULL));
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

/* Returns: the key's text. */
static char *
add_key (Fixture *fixture, const char *const *scopes)
{
  char *text = g_strdup_printf ("vk_sandbox_%08u", fixture->n_keys++);
  g_autofree char *id = g_strconcat ("key_", text, NULL);
  g_auto (GStrv) copy = g_strdupv ((GStrv) scopes);
  VrfStoredKey key = {
    .id = id,
    .is_sandbox = TRUE,
    .is_active = TRUE,
    .scopes = copy,
    .inflection = (char *) "snake",
    .expires_at = VRF_TIME_NONE,
    .last_used_at = VRF_TIME_NONE,
  };

  g_assert_true (vrf_store_keys_insert (fixture->store, &key, text, NULL));
  g_free (key.prefix);
  return text;
}

/* Every scope but @without. */
static char *
add_other_key (Fixture *fixture, GStrv without)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) scopes = NULL;

  for (guint i = 0; vrf_scopes_all[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) without, vrf_scopes_all[i]))
      g_strv_builder_add (builder, vrf_scopes_all[i]);
  scopes = g_strv_builder_end (builder);
  return add_key (fixture, (const char *const *) scopes);
}

/* "/api/v1/sessions/x/result" */
static char *
dup_path (const VrfRoute *route)
{
  g_auto (GStrv) parts = g_strsplit (route->path, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] == '{')
      {
        g_free (parts[i]);
        parts[i] = g_strdup ("x");
      }
  return g_strjoinv ("/", parts);
}

static guint
ask (Fixture *fixture, const VrfRoute *route, const char *key)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  g_autofree char *path = dup_path (route);
  g_autoptr (VrfRequest) request = NULL;

  soup_message_headers_append (headers, "Host", "localhost");
  soup_message_headers_append (headers, "X-API-Key", key);
  request = vrf_request_new (fixture->service, route->method, path, headers, "127.0.0.1");
  if (vrf_router_accept (fixture->router, request))
    vrf_router_dispatch (fixture->router, request, NULL);
  return vrf_request_get_reply (request)->status;
}

static void
check_route (Fixture *fixture, const VrfRoute *route)
{
  g_auto (GStrv) scopes = g_strsplit (route->scopes, " ", -1);
  g_autofree char *other = add_other_key (fixture, scopes);

  g_test_message ("%s %s: %s", route->method, route->path, route->scopes);
  g_assert_cmpuint (ask (fixture, route, other), ==, 403);
  for (guint i = 0; scopes[i] != NULL; i++)
    {
      const char *const one[] = { scopes[i], NULL };
      g_autofree char *key = add_key (fixture, one);
      guint status = ask (fixture, route, key);

      g_assert_true (g_strv_contains (vrf_scopes_all, scopes[i]));
      g_assert_cmpuint (status, !=, 401);
      g_assert_cmpuint (status, !=, 403);
      g_assert_cmpuint (status, !=, 405);
      g_assert_true (status != 500);
    }
}

static void
test_routes (Fixture *fixture, gconstpointer unused)
{
  guint n = 0;

  for (guint i = 0; vrf_handlers_tables[i] != NULL; i++)
    for (const VrfRoute *route = vrf_handlers_tables[i]; route->method != NULL; route++)
      {
        /* Signed or admin addresses, limits and the sandbox's own need none. */
        if ((route->flags & VRF_ROUTE_NO_KEY) != 0 || route->scopes == NULL)
          continue;
        check_route (fixture, route);
        n++;
      }
  g_assert_cmpuint (n, >, 30);
}

/* Nobody can forget a scope: what has none is named here. */
static void
test_open_routes (Fixture *fixture, gconstpointer unused)
{
  static const char *const open[] = { "/api/v1/rate-limits", NULL };

  for (guint i = 0; vrf_handlers_tables[i] != NULL; i++)
    for (const VrfRoute *route = vrf_handlers_tables[i]; route->method != NULL; route++)
      {
        if ((route->flags & VRF_ROUTE_NO_KEY) != 0 || route->scopes != NULL
            || !g_str_has_prefix (route->path, "/api/v1/"))
          continue;
        g_test_message ("%s %s", route->method, route->path);
        g_assert_true (g_strv_contains (open, route->path));
      }
}

/* verifa-api.md 1.2: the five of a key that names none are among those there are. */
static void
test_defaults (void)
{
  g_assert_cmpuint (g_strv_length ((GStrv) vrf_scopes_default), ==, 5);
  for (guint i = 0; vrf_scopes_default[i] != NULL; i++)
    g_assert_true (g_strv_contains (vrf_scopes_all, vrf_scopes_default[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sandbox/scopes/routes", Fixture, NULL, set_up, test_routes, tear_down);
  g_test_add ("/sandbox/scopes/open", Fixture, NULL, set_up, test_open_routes, tear_down);
  g_test_add_func ("/sandbox/scopes/defaults", test_defaults);
  return g_test_run ();
}
