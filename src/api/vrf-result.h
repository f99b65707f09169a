/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "api/vrf-session.h"

G_BEGIN_DECLS

/**
 * VrfResult:
 *
 * What a verification came to (verifa-api.md 3.4). Every member is looked up at the top level, then
 * inside `result`. Immutable, reference counted. Personal data is in @extracted_data: memory only,
 * never in a log.
 */
typedef struct
{
  char *session_id;
  VrfResultStatus status;
  char *status_text;
  gboolean is_sandbox;
  gint64 created_at;
  int face_match_passed;      /* 1, 0, -1 unknown */
  double face_match_score;    /* 0 to 1, -1 unknown */
  int age_check_passed;       /* 1, 0, -1 unknown */
  int extracted_age;          /* years, -1 unknown */
  JsonObject *extracted_data; /* never NULL, may be empty */
  char *rejection_reason;
  char *rejection_reason_code;
  char *processing_mode;
  char *country_used;
  gboolean sensitive_data_expired;
  GPtrArray *checks; /* VrfCheck, from check_results, in the reply's order */
} VrfResult;

#define VRF_TYPE_RESULT (vrf_result_get_type ())
GType
vrf_result_get_type (void);

VrfResult *
vrf_result_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
VrfResult *
vrf_result_ref (VrfResult *self);
void
vrf_result_unref (VrfResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfResult, vrf_result_unref)

G_END_DECLS
