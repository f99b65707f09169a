/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-service.h"
#include "sandbox/vrf-store-case-notes.h"
#include "sandbox/vrf-store-cases.h"

G_BEGIN_DECLS

/** VRF_CASES_CLAIM_LIFE_S: how long a claim lives without being worked with (verifa-api.md 7.3). */
#define VRF_CASES_CLAIM_LIFE_S (30 * 60)
/** VRF_CASES_REVIEWER: the one person the organization is known to have (verifa-api.md 8.5). */
#define VRF_CASES_REVIEWER "orguser_frontdesk"

/**
 * VrfCaseDecision:
 * @reviewer_id: who decides
 * @is_approval: approve or reject
 * @notes: (nullable): to be noted with it
 * @reason: (nullable): `rejection_reason`
 * @reason_code: (nullable): `rejection_reason_code`
 * @block: whether the applicant's identifiers go to the blocklist
 *
 * What a reviewer says about a case. Borrowed texts.
 */
typedef struct
{
  const char *reviewer_id;
  gboolean is_approval;
  const char *notes;
  const char *reason;
  const char *reason_code;
  gboolean block;
} VrfCaseDecision;

gboolean
vrf_cases_is_final (const VrfStoredCase *self);
const char *
vrf_cases_get_decision (const VrfStoredCase *self);

const char *
vrf_cases_check_reviewer (const char *text);

/* Whose case it is */
gboolean
vrf_cases_claim (VrfService *service, VrfStoredCase *self, const char *reviewer, GError **error);
gboolean
vrf_cases_release (VrfService *service, VrfStoredCase *self, GError **error);
gboolean
vrf_cases_assign (VrfService *service, VrfStoredCase *self, const char *reviewer, GError **error);
gboolean
vrf_cases_escalate (VrfService *service, VrfStoredCase *self, const char *to, GError **error);
gboolean
vrf_cases_touch (VrfService *service, VrfStoredCase *self, GError **error);
gboolean
vrf_cases_tell_of (VrfService *service,
                   const VrfStoredSession *session,
                   const char *event,
                   GError **error);
gboolean
vrf_cases_settle (VrfService *service, gint64 now, GError **error);

/* What comes of it */
gboolean
vrf_cases_decide (VrfService *service,
                  VrfStoredCase *self,
                  const VrfCaseDecision *decision,
                  GError **error);
VrfStoredCaseNote *
vrf_cases_note (VrfService *service,
                const VrfStoredCase *self,
                const char *author_type,
                const char *author_name,
                const char *content,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
