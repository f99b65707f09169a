/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox/vrf-handlers.h"

/* Which requests leave an entry in the audit trail (verifa-api.md 3.18, 7.2, 7.7). */

/* They ask with a body and change nothing, or note each session by itself. */
static const char *const others[] = {
  "/api/v1/cases/search", "/api/v1/identities/merge/preview", "/api/v1/identities/search",
  "/api/v1/lists/check",  "/api/v1/sessions/bulk-redact",     NULL,
};

static gboolean
needs_entry (const VrfRoute *route)
{
  /* The sandbox's own tools are not the organization's business. */
  if ((route->flags & VRF_ROUTE_NO_KEY) != 0 || g_str_has_prefix (route->path, "/_sandbox/"))
    return FALSE;
  if (g_str_equal (route->method, "GET"))
    return g_str_has_suffix (route->path, "/export");
  return !g_strv_contains (others, route->path);
}

/* What is not there (501) leaves none. */
static void
test_routes (void)
{
  guint n_entries = 0;

  for (guint i = 0; vrf_handlers_tables[i] != NULL; i++)
    for (const VrfRoute *route = vrf_handlers_tables[i];
         vrf_handlers_tables[i] != vrf_handlers_unavailable && route->method != NULL;
         route++)
      {
        g_test_message ("%s %s: %s", route->method, route->path, route->audit);
        g_assert_true ((route->audit != NULL) == needs_entry (route));
        n_entries += route->audit != NULL;
      }
  g_assert_cmpuint (n_entries, >, 50);
}

/* `api.RESOURCE.VERB`; the middle one is what `resource_type` says. */
static void
test_names (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GRegex) regex = g_regex_new ("^api\\.[a-z_]+\\.[a-z_]+$", 0, 0, NULL);

  for (guint i = 0; vrf_handlers_tables[i] != NULL; i++)
    for (const VrfRoute *route = vrf_handlers_tables[i]; route->method != NULL; route++)
      {
        if (route->audit == NULL)
          continue;
        g_test_message ("%s", route->audit);
        g_assert_true (g_regex_match (regex, route->audit, 0, NULL));
        g_assert_true (g_hash_table_add (seen, (gpointer) route->audit));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/audit/routes", test_routes);
  g_test_add_func ("/sandbox/audit/names", test_names);
  return g_test_run ();
}
