/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-retention.h"

#include "base/vrf-time.h"

/* How long data is kept and given out, counted from a session's end (verifa-api.md 2.9, 8.3). */

static gint64
days_to_us (int days)
{
  return VRF_SECONDS ((gint64) days * 24 * 60 * 60);
}

static gboolean
is_over (const VrfStoredSession *session, int days, gint64 now)
{
  return days != VRF_ORGANIZATION_FOREVER && session->ended_at != VRF_TIME_NONE
         && session->ended_at <= now - days_to_us (days);
}

/** vrf_retention_get_status: Returns: `active`, `sensitive_redacted` or `redacted`: what the
 * settings make of @session by @now */
const char *
vrf_retention_get_status (const VrfOrganization *organization,
                          const VrfStoredSession *session,
                          gint64 now)
{
  if (g_str_equal (session->retention, "redacted"))
    return "redacted";
  if (is_over (session, organization->sensitive_data_retention_days, now)
      || is_over (session, organization->data_retention_days, now))
    return "sensitive_redacted";
  return "active";
}

/** vrf_retention_is_open: Returns: whether personal data and pictures are given out still */
gboolean
vrf_retention_is_open (const VrfOrganization *organization,
                       const VrfStoredSession *session,
                       gint64 now)
{
  return g_str_equal (vrf_retention_get_status (organization, session, now), "active");
}

/** vrf_retention_get_cutoff: Returns: sessions that ended then or before are to be deleted;
 * %VRF_TIME_NONE when none are */
gint64
vrf_retention_get_cutoff (const VrfOrganization *organization, gint64 now)
{
  if (organization->data_retention_days == VRF_ORGANIZATION_FOREVER || !organization->auto_redact)
    return VRF_TIME_NONE;
  return now - days_to_us (organization->data_retention_days);
}

/** vrf_retention_get_end: Returns: when an ended session is to be deleted, for settings that delete
 */
gint64
vrf_retention_get_end (const VrfOrganization *organization, const VrfStoredSession *session)
{
  return session->ended_at + days_to_us (organization->data_retention_days);
}
