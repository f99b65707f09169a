/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "base/vrf-json.h"

G_BEGIN_DECLS

/* verifa-api.md 2.5 */
typedef enum
{
  VRF_CHECK_STATUS_UNKNOWN,
  VRF_CHECK_STATUS_PENDING,
  VRF_CHECK_STATUS_PASSED,
  VRF_CHECK_STATUS_FAILED,
  VRF_CHECK_STATUS_ERROR,
  VRF_CHECK_STATUS_SKIPPED,
  VRF_CHECK_STATUS_REQUIRES_RETRY,
} VrfCheckStatus;

/**
 * VrfCheck:
 *
 * One check of a session: an item of GET …/verifications (verifa-api.md 3.16) or an entry of
 * check_results (3.4), which may be a scalar, or an object with `status` or `passed`.
 */
typedef struct
{
  char *policy; /* document_ocr, face_match, … */
  VrfCheckStatus status;
  char *status_text;
  int attempt;  /* 1 the first; 0 unknown */
  double score; /* -1 none */
  char *reason; /* nullable */
  gint64 started_at;
  gint64 completed_at;
  int duration_ms; /* -1 unknown */
  int risk_score;  /* risk_assessment: 0 to 100, -1 none */
  char *risk_level;
} VrfCheck;

VrfCheck *
vrf_check_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
VrfCheck *
vrf_check_new_from_entry (const char *policy,
                          JsonNode *entry,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_check_free (VrfCheck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfCheck, vrf_check_free)

G_END_DECLS
