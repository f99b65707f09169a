/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "base/vrf-json.h"

G_BEGIN_DECLS

/* verifa-api.md 7.3. UNKNOWN: a newer API; status_text has its word. */
typedef enum
{
  VRF_CASE_STATUS_UNKNOWN,
  VRF_CASE_STATUS_OPEN,
  VRF_CASE_STATUS_IN_REVIEW,
  VRF_CASE_STATUS_ESCALATED,
  VRF_CASE_STATUS_PENDING_SECOND_REVIEW,
  VRF_CASE_STATUS_APPROVED,
  VRF_CASE_STATUS_REJECTED,
} VrfCaseStatus;

VrfCaseStatus
vrf_case_status_from_text (const char *text);

/** VrfCase: a review case. Texts may be NULL but for id and status, times VRF_TIME_NONE. */
typedef struct
{
  char *id;
  char *session_id;
  VrfCaseStatus status;
  char *status_text;
  char *decision; /* approved, rejected; NULL before */
  char *assigned_to;
  char *priority;
  gint64 created_at;
  gint64 claimed_at;
  gint64 entered_review_at;
  gint64 decided_at;
} VrfCase;

VrfCase *
vrf_case_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_case_free (VrfCase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfCase, vrf_case_free)

/** VrfCaseNote: what somebody wrote about a case. */
typedef struct
{
  char *id;
  char *author_name;
  char *author_type; /* api, org */
  char *content;
  gint64 created_at;
} VrfCaseNote;

VrfCaseNote *
vrf_case_note_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_case_note_free (VrfCaseNote *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfCaseNote, vrf_case_note_free)

/**
 * VrfCaseDecision:
 * @reviewer_id: an organization user, `orguser_…` or a UUID
 * @notes: (nullable)
 * @reason: (nullable): rejections only
 * @reason_code: (nullable): rejections only (verifa-api.md 2.4)
 *
 * What a reviewer decides. All members are borrowed.
 */
typedef struct
{
  const char *reviewer_id;
  const char *notes;
  const char *reason;
  const char *reason_code;
} VrfCaseDecision;

G_END_DECLS
