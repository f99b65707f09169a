/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-scenarios.h"

/*
 * References that decide how a sandbox session ends. The applicant goes through the whole capture,
 * as at a real desk; then the outcome comes by itself, and nobody is asked to choose one. Expiry
 * alone cannot wait for the capture: that link lives one minute.
 */

#define AFTER "Takes the outcome by itself once the capture is complete."

static const VrfScenario scenarios[] = {
  { "sandbox-approve", "Approved", AFTER, "approve" },
  { "sandbox-decline", "Rejected", AFTER, "reject" },
  { "sandbox-review", "Needs Review", AFTER, "needs_review" },
  { "sandbox-expired-document", "Document Expired", AFTER, "reject_document_expired" },
  { "sandbox-underage", "Under Age", AFTER, "reject_underage" },
  { "sandbox-unreadable", "Document Unreadable", AFTER, "reject_unreadable" },
  { "sandbox-high-risk", "High Risk", AFTER, "reject_high_risk" },
  { "sandbox-watchlist", "Watchlist Match", AFTER, "review_watchlist" },
  { "sandbox-duplicate", "Duplicate", AFTER, "review_duplicate" },
  { "sandbox-fail", "Failed", AFTER, "fail" },
  { "sandbox-await-external", "Awaiting External Decision", AFTER, "await_external" },
  { "sandbox-expire", "Expired", "Its link lives one minute.", "expire" },
};

/** vrf_scenarios_list: Returns: (transfer none): all there are, @ret_n many */
const VrfScenario *
vrf_scenarios_list (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (scenarios);
  return scenarios;
}

static gboolean
names (const char *reference, const char *id)
{
  gsize length = strlen (id);

  return strncmp (reference, id, length) == 0
         && (reference[length] == '\0' || reference[length] == '-');
}

/** vrf_scenarios_find_preset: Returns: (nullable): what becomes of @session after its capture;
 * %NULL unless its reference says so and it is a sandbox one */
const VrfPreset *
vrf_scenarios_find_preset (const VrfStoredSession *session)
{
  if (!session->is_sandbox || session->external_ref == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    if (names (session->external_ref, scenarios[i].id))
      return vrf_presets_find (scenarios[i].outcome);
  return NULL;
}

/** vrf_scenarios_expires: Returns: whether @session is to expire before anybody completes it */
gboolean
vrf_scenarios_expires (const VrfStoredSession *session)
{
  const VrfPreset *preset = vrf_scenarios_find_preset (session);

  return preset != NULL && preset->to == VRF_STATE_EXPIRED;
}
