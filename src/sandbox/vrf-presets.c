/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-presets.h"

#define NONE (-1)

/* One check of a preset; the durations are invented, and the same each time. */
#define CHECK(policy_, status_, score_, duration_)                                                 \
  {                                                                                                \
    .policy = policy_, .status = status_, .score = score_, .duration_ms = duration_                \
  }

/* clang-format off */
#define CHECKS(ocr, expiry, face, face_score_, age, watchlist, duplicate)                          \
  {                                                                                                \
    CHECK ("document_ocr", ocr, NONE, 620),                                                        \
    CHECK ("document_expiration", expiry, NONE, 40),                                               \
    CHECK ("face_match", face, face_score_, 840),                                                  \
    CHECK ("age_verification", age, NONE, 30),                                                     \
    CHECK ("watchlist_screening", watchlist, NONE, 410),                                           \
    CHECK ("duplicate_detection", duplicate, NONE, 230),                                           \
    CHECK ("risk_assessment", "passed", NONE, 120),                                                \
  }
/* clang-format on */

static const VrfPreset presets[] = {
  {
      .nick = "approve",
      .label = "Approved",
      .group = VRF_PRESET_SERVICE,
      .to = VRF_STATE_COMPLETED,
      .result = "approved",
      .face_passed = 1,
      .face_score = 0.95,
      .age_passed = 1,
      .risk_score = 8,
      .checks = CHECKS ("passed", "passed", "passed", 0.95, "passed", "passed", "passed"),
  },
  {
      .nick = "reject",
      .label = "Rejected",
      .group = VRF_PRESET_SERVICE,
      .to = VRF_STATE_COMPLETED,
      .result = "rejected",
      .reason_code = "face_mismatch",
      .reason = "The selfie does not match the photo on the document.",
      .face_passed = 0,
      .face_score = 0.21,
      .age_passed = 1,
      .risk_score = 64,
      .checks = CHECKS ("passed", "passed", "failed", 0.21, "passed", "passed", "passed"),
  },
  {
      .nick = "needs_review",
      .label = "Needs Review",
      .group = VRF_PRESET_SERVICE,
      .to = VRF_STATE_UNDER_REVIEW,
      .result = "needs_review",
      .face_passed = 1,
      .face_score = 0.62,
      .age_passed = 1,
      .risk_score = 47,
      .checks = CHECKS ("passed", "passed", "passed", 0.62, "passed", "passed", "passed"),
  },
  {
      .nick = "reject_document_expired",
      .label = "Rejected: document expired",
      .group = VRF_PRESET_EXTENSION,
      .to = VRF_STATE_COMPLETED,
      .result = "rejected",
      .reason_code = "document_expired",
      .reason = "The document has expired.",
      .face_passed = 1,
      .face_score = 0.93,
      .age_passed = 1,
      .risk_score = 12,
      .checks = CHECKS ("passed", "failed", "passed", 0.93, "passed", "passed", "passed"),
  },
  {
      .nick = "reject_underage",
      .label = "Rejected: under the minimum age",
      .group = VRF_PRESET_EXTENSION,
      .to = VRF_STATE_COMPLETED,
      .result = "rejected",
      .reason_code = "underage",
      .reason = "The applicant is younger than the minimum age.",
      .face_passed = 1,
      .face_score = 0.94,
      .age_passed = 0,
      .risk_score = 10,
      .is_underage = TRUE,
      .checks = CHECKS ("passed", "passed", "passed", 0.94, "failed", "passed", "passed"),
  },
  {
      .nick = "reject_unreadable",
      .label = "Rejected: document unreadable",
      .group = VRF_PRESET_EXTENSION,
      .to = VRF_STATE_COMPLETED,
      .result = "rejected",
      .reason_code = "document_unreadable",
      .reason = "The document could not be read.",
      .face_passed = NONE,
      .face_score = NONE,
      .age_passed = NONE,
      .risk_score = 18,
      .checks = CHECKS ("failed", "skipped", "skipped", NONE, "skipped", "passed", "passed"),
  },
  {
      .nick = "reject_high_risk",
      .label = "Rejected: high risk",
      .group = VRF_PRESET_EXTENSION,
      .to = VRF_STATE_COMPLETED,
      .result = "rejected",
      .reason_code = "high_risk",
      .reason = "The risk score is above what the workflow accepts.",
      .face_passed = 1,
      .face_score = 0.91,
      .age_passed = 1,
      .risk_score = 92,
      .checks = CHECKS ("passed", "passed", "passed", 0.91, "passed", "passed", "passed"),
  },
  {
      .nick = "review_watchlist",
      .label = "Needs review: watchlist match",
      .group = VRF_PRESET_EXTENSION,
      .to = VRF_STATE_UNDER_REVIEW,
      .result = "needs_review",
      .face_passed = 1,
      .face_score = 0.95,
      .age_passed = 1,
      .risk_score = 55,
      .checks = CHECKS ("passed", "passed", "passed", 0.95, "passed", "failed", "passed"),
  },
  {
      .nick = "review_duplicate",
      .label = "Needs review: possible duplicate",
      .group = VRF_PRESET_EXTENSION,
      .to = VRF_STATE_UNDER_REVIEW,
      .result = "needs_review",
      .face_passed = 1,
      .face_score = 0.95,
      .age_passed = 1,
      .risk_score = 49,
      .checks = CHECKS ("passed", "passed", "passed", 0.95, "passed", "passed", "failed"),
  },
  {
      .nick = "expire",
      .label = "Expired",
      .group = VRF_PRESET_DEVELOPER,
      .to = VRF_STATE_EXPIRED,
  },
  {
      .nick = "fail",
      .label = "Technical failure",
      .group = VRF_PRESET_DEVELOPER,
      .to = VRF_STATE_FAILED,
  },
  {
      .nick = "await_external",
      .label = "Waiting for another system",
      .group = VRF_PRESET_DEVELOPER,
      .to = VRF_STATE_AWAITING_EXTERNAL,
  },
};

/**
 * vrf_presets_list:
 * @ret_n: (out): how many
 *
 * Returns: (array length=ret_n) (transfer none): every preset, in the order of verifa-api.md 4.1
 */
const VrfPreset *
vrf_presets_list (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (presets);
  return presets;
}

/**
 * vrf_presets_find:
 * @nick: (nullable): an `outcome` of the applicant's side
 *
 * Returns: (nullable) (transfer none): the preset of that name
 */
const VrfPreset *
vrf_presets_find (const char *nick)
{
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (g_strcmp0 (presets[i].nick, nick) == 0)
      return &presets[i];
  return NULL;
}

/**
 * vrf_presets_find_action:
 * @action: (nullable): an `action` of `simulate`, which has words of its own (verifa-api.md 3.9)
 *
 * Returns: (nullable) (transfer none): the preset it stands for
 */
const VrfPreset *
vrf_presets_find_action (const char *action)
{
  static const struct
  {
    const char *action;
    const char *nick;
  } actions[] = {
    { "approve", "approve" },
    { "decline", "reject" },
    { "require-review", "needs_review" },
    { "expire", "expire" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strcmp0 (actions[i].action, action) == 0)
      return vrf_presets_find (actions[i].nick);
  return NULL;
}

/** vrf_presets_get_gate_rejected: Returns: (transfer none): the outcome of a workflow that another
 * system rejected; nobody can choose it (verifa-api.md 3.19) */
const VrfPreset *
vrf_presets_get_gate_rejected (void)
{
  static const VrfPreset preset = {
    .nick = "gate_rejected",
    .label = "Rejected by another system",
    .group = VRF_PRESET_DEVELOPER,
    .to = VRF_STATE_COMPLETED,
    .result = "rejected",
    .reason_code = "other",
    .reason = "Another system rejected the verification.",
    .face_passed = 1,
    .face_score = 0.95,
    .age_passed = 1,
    .risk_score = 8,
    .checks = CHECKS ("passed", "passed", "passed", 0.95, "passed", "passed", "passed"),
  };

  return &preset;
}

/** vrf_presets_get_retried: Returns: (transfer none): the outcome of checks of which the last one
 * that had failed has passed; it has no checks of its own (verifa-api.md 3.16) */
const VrfPreset *
vrf_presets_get_retried (void)
{
  static const VrfPreset preset = {
    .nick = "retried",
    .label = "Approved when tried again",
    .group = VRF_PRESET_DEVELOPER,
    .to = VRF_STATE_COMPLETED,
    .result = "approved",
    .face_passed = 1,
    .face_score = 0.95,
    .age_passed = 1,
    .risk_score = 8,
  };

  return &preset;
}

/** vrf_presets_risk_level: Returns: the level of a score from 0 to 100 (verifa-api.md 2.6) */
const char *
vrf_presets_risk_level (int score)
{
  if (score <= 20)
    return "low";
  if (score <= 50)
    return "medium";
  if (score <= 80)
    return "high";
  return "critical";
}
