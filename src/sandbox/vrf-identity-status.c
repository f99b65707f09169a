/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-identity-status.h"

/* The last two come with redaction and merging only. */
static const char *const statuses[] = { "pending", "verified", "rejected", "failed", NULL };
static const char *const ends[] = { "redacted", "merged", NULL };

/** vrf_identity_status_is_settable: Returns: whether a caller may say so */
gboolean
vrf_identity_status_is_settable (const char *status)
{
  return g_strv_contains (statuses, status);
}

/** vrf_identity_status_is_known: Returns: whether an identity may be so (verifa-api.md 7.2) */
gboolean
vrf_identity_status_is_known (const char *status)
{
  return g_strv_contains (statuses, status) || g_strv_contains (ends, status);
}
