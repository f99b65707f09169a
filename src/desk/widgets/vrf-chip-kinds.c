/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/widgets/vrf-chip-kinds.h"

/*
 * Icons are such that carry no colour of their own at 16 px. Technical trouble is yellow with a
 * broken computer, a rejection is red with a bar: the one must never look like the other.
 */

/* verifa-api.md 2.1 */
static const VrfChipKind statuses[] = {
  { "pending", NC_ ("session status", "Pending"), "content-loading-symbolic", VRF_TINT_ACCENT },
    { "capturing", NC_ ("session status", "Capturing"), "phone-symbolic", VRF_TINT_ACCENT },
      { "processing",
        NC_ ("session status", "Processing"), "emblem-synchronizing-symbolic", VRF_TINT_ACCENT },
        { "sandbox_pending",
          NC_ ("session status", "Choose Outcome"),
               "applications-science-symbolic",
               VRF_TINT_WARNING },
          { "awaiting_external",
            NC_ ("session status", "Awaiting External"),
                 "network-server-symbolic",
                 VRF_TINT_NEUTRAL },
            { "under_review",
              NC_ ("session status", "Under Review"), "avatar-default-symbolic", VRF_TINT_WARNING },
              { "completed",
                NC_ ("session status", "Completed"), "vrf-flag-symbolic", VRF_TINT_QUIET },
                { "expired",
                  NC_ ("session status", "Expired"), "alarm-symbolic", VRF_TINT_NEUTRAL },
                  { "failed",
                    NC_ ("session status", "Failed"), "computer-fail-symbolic", VRF_TINT_WARNING },
                };

static const VrfChipKind results[] = {
  { "approved", NC_ ("result", "Approved"), "emblem-default-symbolic", VRF_TINT_SUCCESS },
    { "rejected", NC_ ("result", "Rejected"), "action-unavailable-symbolic", VRF_TINT_ERROR },
      { "needs_review",
        NC_ ("result", "Needs Review"), "dialog-question-symbolic", VRF_TINT_WARNING },
    };

static const VrfChipKind checks[] = {
  { "pending", NC_ ("check", "Pending"), "content-loading-symbolic", VRF_TINT_ACCENT },
    { "passed", NC_ ("check", "Passed"), "emblem-default-symbolic", VRF_TINT_SUCCESS },
      { "failed", NC_ ("check", "Failed"), "action-unavailable-symbolic", VRF_TINT_ERROR },
        { "error", NC_ ("check", "Error"), "computer-fail-symbolic", VRF_TINT_WARNING },
          { "skipped", NC_ ("check", "Skipped"), "list-remove-symbolic", VRF_TINT_NEUTRAL },
            { "requires_retry",
              NC_ ("check", "Retrying"), "emblem-synchronizing-symbolic", VRF_TINT_WARNING },
          };

/* A value from a newer API is shown as it came. The words of the three kinds are translated apart:
 * a session that failed had technical trouble, a check that failed was not passed. */
static VrfChipKind
find (const VrfChipKind *kinds, gsize n_kinds, const char *context, const char *nick)
{
  VrfChipKind kind = { nick, nick, "dialog-question-symbolic", VRF_TINT_NEUTRAL };

  for (gsize i = 0; i < n_kinds; i++)
    if (g_strcmp0 (kinds[i].nick, nick) == 0)
      {
        kind = kinds[i];
        kind.word = g_dpgettext2 (NULL, context, kind.word);
      }

  return kind;
}

/**
 * vrf_chip_kind_for_status:
 * @status: (nullable): a session's `status` (verifa-api.md 2.1)
 *
 * Returns: its look; its strings are static, or @status itself when that is not known
 */
VrfChipKind
vrf_chip_kind_for_status (const char *status)
{
  return find (statuses, G_N_ELEMENTS (statuses), "session status", status);
}

/**
 * vrf_chip_kind_for_result:
 * @result: (nullable): a result's `status`
 *
 * Returns: its look; its strings are static, or @result itself when that is not known
 */
VrfChipKind
vrf_chip_kind_for_result (const char *result)
{
  return find (results, G_N_ELEMENTS (results), "result", result);
}

/**
 * vrf_chip_kind_for_check:
 * @status: (nullable): the `status` of one check
 *
 * Returns: its look; its strings are static, or @status itself when that is not known
 */
VrfChipKind
vrf_chip_kind_for_check (const char *status)
{
  return find (checks, G_N_ELEMENTS (checks), "check", status);
}

/** vrf_chip_kind_get_status: Returns: (nullable): a `status` of verifa-api.md 2.1, in its order */
const char *
vrf_chip_kind_get_status (guint position)
{
  return position < G_N_ELEMENTS (statuses) ? statuses[position].nick : NULL;
}

/** vrf_chip_kind_get_result: Returns: (nullable): a `status` a result can have */
const char *
vrf_chip_kind_get_result (guint position)
{
  return position < G_N_ELEMENTS (results) ? results[position].nick : NULL;
}
