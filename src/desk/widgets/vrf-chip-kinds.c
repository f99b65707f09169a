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
  { "pending", N_ ("Pending"), "content-loading-symbolic", VRF_TINT_ACCENT },
    { "capturing", N_ ("Capturing"), "phone-symbolic", VRF_TINT_ACCENT },
      { "processing", N_ ("Processing"), "emblem-synchronizing-symbolic", VRF_TINT_ACCENT },
        { "sandbox_pending",
          N_ ("Choose Outcome"), "applications-science-symbolic", VRF_TINT_WARNING },
          { "awaiting_external",
            N_ ("Awaiting External"), "network-server-symbolic", VRF_TINT_NEUTRAL },
            { "under_review", N_ ("Under Review"), "avatar-default-symbolic", VRF_TINT_WARNING },
              { "completed", N_ ("Completed"), "vrf-flag-symbolic", VRF_TINT_QUIET },
                { "expired", N_ ("Expired"), "alarm-symbolic", VRF_TINT_NEUTRAL },
                  { "failed", N_ ("Failed"), "computer-fail-symbolic", VRF_TINT_WARNING },
                };

static const VrfChipKind results[] = {
  { "approved", N_ ("Approved"), "emblem-default-symbolic", VRF_TINT_SUCCESS },
    { "rejected", N_ ("Rejected"), "action-unavailable-symbolic", VRF_TINT_ERROR },
      { "needs_review", N_ ("Needs Review"), "dialog-question-symbolic", VRF_TINT_WARNING },
    };

static const VrfChipKind checks[] = {
  { "pending", N_ ("Pending"), "content-loading-symbolic", VRF_TINT_ACCENT },
    { "passed", N_ ("Passed"), "emblem-default-symbolic", VRF_TINT_SUCCESS },
      { "failed", N_ ("Failed"), "action-unavailable-symbolic", VRF_TINT_ERROR },
        { "error", N_ ("Error"), "computer-fail-symbolic", VRF_TINT_WARNING },
          { "skipped", N_ ("Skipped"), "list-remove-symbolic", VRF_TINT_NEUTRAL },
            { "requires_retry",
              N_ ("Retrying"), "emblem-synchronizing-symbolic", VRF_TINT_WARNING },
          };

/* A value from a newer API is shown as it came. */
static VrfChipKind
find (const VrfChipKind *kinds, gsize n_kinds, const char *nick)
{
  VrfChipKind kind = { nick, nick, "dialog-question-symbolic", VRF_TINT_NEUTRAL };

  for (gsize i = 0; i < n_kinds; i++)
    if (g_strcmp0 (kinds[i].nick, nick) == 0)
      {
        kind = kinds[i];
        kind.word = _ (kind.word);
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
  return find (statuses, G_N_ELEMENTS (statuses), status);
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
  return find (results, G_N_ELEMENTS (results), result);
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
  return find (checks, G_N_ELEMENTS (checks), status);
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
