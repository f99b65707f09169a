/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * VrfState:
 *
 * The status of a session (verifa-api.md 2.1). Spelled by vrf_engine_states.
 */
typedef enum
{
  VRF_STATE_UNKNOWN,
  VRF_STATE_PENDING,
  VRF_STATE_CAPTURING,
  VRF_STATE_PROCESSING,
  VRF_STATE_SANDBOX_PENDING,
  VRF_STATE_AWAITING_EXTERNAL,
  VRF_STATE_UNDER_REVIEW,
  VRF_STATE_COMPLETED,
  VRF_STATE_EXPIRED,
  VRF_STATE_FAILED,
} VrfState;

/** VRF_N_STATES: how many states there are, the unknown one included. */
#define VRF_N_STATES (VRF_STATE_FAILED + 1)

/**
 * VrfPresetGroup:
 * @VRF_PRESET_SERVICE: documented by the service
 * @VRF_PRESET_EXTENSION: ours, and shown as such
 * @VRF_PRESET_DEVELOPER: ours, and shown under "Developer"; leaves no result
 */
typedef enum
{
  VRF_PRESET_SERVICE,
  VRF_PRESET_EXTENSION,
  VRF_PRESET_DEVELOPER,
} VrfPresetGroup;

/**
 * VrfPresetCheck:
 * @policy: `face_match`
 * @status: `passed`, `failed` or `skipped`
 * @score: 0 to 1, or -1 for none
 * @duration_ms: how long it is said to have taken
 */
typedef struct
{
  const char *policy;
  const char *status;
  double score;
  int duration_ms;
} VrfPresetCheck;

/** VRF_PRESET_N_CHECKS: how many checks a result of ours has. */
#define VRF_PRESET_N_CHECKS 7

/**
 * VrfPreset:
 * @nick: what `sandbox-outcome` calls it
 * @label: what the chooser calls it, in English
 * @group: whose it is
 * @to: the status it ends in
 * @result: (nullable): `approved`, `rejected`, `needs_review`; %NULL leaves no result
 * @reason_code: (nullable): `rejection_reason_code`
 * @reason: (nullable): `rejection_reason`
 * @face_passed: 1, 0, or -1 for null
 * @face_score: 0 to 1, or -1 for null
 * @age_passed: 1, 0, or -1 for null
 * @risk_score: 0 to 100
 * @is_underage: the applicant is 16
 * @checks: in the order they ran; all %NULL without a result
 *
 * An outcome that can be chosen in the sandbox (verifa-api.md 4.1 and 8.6).
 */
typedef struct
{
  const char *nick;
  const char *label;
  VrfPresetGroup group;
  VrfState to;
  const char *result;
  const char *reason_code;
  const char *reason;
  int face_passed;
  double face_score;
  int age_passed;
  int risk_score;
  gboolean is_underage;
  VrfPresetCheck checks[VRF_PRESET_N_CHECKS];
} VrfPreset;

const VrfPreset *
vrf_presets_list (guint *ret_n);
const VrfPreset *
vrf_presets_find (const char *nick);
const VrfPreset *
vrf_presets_find_action (const char *action);
const VrfPreset *
vrf_presets_get_gate_rejected (void);
const VrfPreset *
vrf_presets_get_retried (void);
const char *
vrf_presets_risk_level (int score);

G_END_DECLS
