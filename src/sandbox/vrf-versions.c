/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-versions.h"

/* The versions of the API (verifa-api.md 1.3). The newer one differs in nothing we do; whatever
 * came before the older one is retired. */

static const char *const served[] = { VRF_VERSIONS_CURRENT, "2026-02-01", NULL };

static gboolean
is_date (const char *text)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *noon = g_strconcat (text, "T12:00:00Z", NULL);

  if (strlen (text) != strlen ("YYYY-MM-DD") || text[4] != '-' || text[7] != '-')
    return FALSE;
  date = g_date_time_new_from_iso8601 (noon, NULL);
  return date != NULL;
}

/**
 * vrf_versions_dup_problem:
 * @version: as somebody wrote it
 *
 * Returns: (nullable) (transfer full): why it cannot be used; %NULL when it is served
 */
char *
vrf_versions_dup_problem (const char *version)
{
  if (g_strv_contains (served, version))
    return NULL;
  if (!is_date (version))
    return g_strdup ("must be a date like " VRF_VERSIONS_CURRENT);
  if (strcmp (version, VRF_VERSIONS_CURRENT) < 0)
    return g_strdup_printf ("%s is retired; upgrade to %s", version, VRF_VERSIONS_CURRENT);
  return g_strdup ("there is no such version");
}
