/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-cases.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-blocklist.h"
#include "sandbox/vrf-error-reply.h"

/*
 * What a reviewer's decision does. Where the organization wants two reviewers the first one's is a
 * recommendation, and the second one's counts, whichever way it goes.
 */

#define DEFAULT_CODE "manual_rejection"

static gboolean
refuse (GError **error, guint status, const char *code, const char *detail)
{
  vrf_error_reply_refuse (error, status, code, detail);
  return FALSE;
}

static gboolean
check (const VrfStoredCase *self, const VrfCaseDecision *decision, GError **error)
{
  if (vrf_cases_is_final (self))
    return refuse (error, 409, "conflict", "The case has already been decided.");
  if (self->status == VRF_CASE_PENDING_SECOND_REVIEW
      && g_strcmp0 (self->recommended_by, decision->reviewer_id) == 0)
    return refuse (error, 409, "conflict", "The second review must be another reviewer's.");
  if (self->assigned_to != NULL && !g_str_equal (self->assigned_to, decision->reviewer_id))
    return refuse (error, 409, "conflict", "The case is another reviewer's.");
  return TRUE;
}

static gboolean
recommend (VrfService *service,
           VrfStoredCase *self,
           const VrfCaseDecision *decision,
           GError **error)
{
  self->status = VRF_CASE_PENDING_SECOND_REVIEW;
  vrf_stored_set (&self->recommendation, decision->is_approval ? "approved" : "rejected");
  vrf_stored_set (&self->recommended_by, decision->reviewer_id);
  vrf_stored_set (&self->recommended_reason, decision->reason);
  vrf_stored_set (&self->recommended_code, decision->reason_code);
  self->recommended_block = decision->block;
  vrf_stored_set (&self->assigned_to, NULL);
  self->claimed_at = VRF_TIME_NONE;
  self->touched_at = VRF_TIME_NONE;
  return vrf_store_cases_update (
      vrf_service_get_store (service), self, vrf_service_get_now (service), error);
}

/* What the second reviewer leaves unsaid is as the first one said it, if they agree. */
static VrfCaseDecision
complete (const VrfStoredCase *self, const VrfCaseDecision *decision)
{
  VrfCaseDecision whole = *decision;

  if (!whole.is_approval && g_strcmp0 (self->recommendation, "rejected") == 0)
    {
      if (whole.reason == NULL)
        whole.reason = self->recommended_reason;
      if (whole.reason_code == NULL)
        whole.reason_code = self->recommended_code;
      whole.block = whole.block || self->recommended_block;
    }
  if (!whole.is_approval && whole.reason_code == NULL)
    whole.reason_code = DEFAULT_CODE;
  return whole;
}

/* The decided case is the reviewer's; the engine moves session and case. */
static gboolean
finish (VrfService *service,
        VrfStoredCase *self,
        VrfStoredSession *session,
        const VrfCaseDecision *decision,
        GError **error)
{
  gint64 now = vrf_service_get_now (service);
  VrfPreset preset = {
    .to = VRF_STATE_COMPLETED,
    .result = decision->is_approval ? "approved" : "rejected",
    .reason = decision->is_approval ? NULL : decision->reason,
    .reason_code = decision->is_approval ? NULL : decision->reason_code,
  };

  vrf_stored_set (&self->assigned_to, decision->reviewer_id);
  if (self->claimed_at == VRF_TIME_NONE)
    self->claimed_at = now;
  self->touched_at = now;
  if (!vrf_store_cases_update (vrf_service_get_store (service), self, now, error)
      || !vrf_service_apply (service, session, VRF_EVENT_DECIDE, &preset, error))
    return FALSE;
  if (!decision->is_approval && decision->block && !vrf_blocklist_add (service, session, error))
    return FALSE;
  self->status = decision->is_approval ? VRF_CASE_APPROVED : VRF_CASE_REJECTED;
  self->decided_at = now;
  return TRUE;
}

static gboolean
note (VrfService *service,
      const VrfStoredCase *self,
      const VrfCaseDecision *decision,
      GError **error)
{
  g_autoptr (VrfStoredCaseNote) written = NULL;

  if (decision->notes == NULL)
    return TRUE;
  written = vrf_cases_note (service, self, "org", decision->reviewer_id, decision->notes, error);
  return written != NULL;
}

/**
 * vrf_cases_decide:
 * @service: a service, in a transaction
 * @self: as it was read; as it is afterwards
 * @decision: what its reviewer says
 * @error: a refusal, which writes nothing, or from the database
 */
gboolean
vrf_cases_decide (VrfService *service,
                  VrfStoredCase *self,
                  const VrfCaseDecision *decision,
                  GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (service);
  g_autoptr (VrfStoredSession) session = NULL;
  VrfCaseDecision whole = { 0 };

  if (!check (self, decision, error))
    return FALSE;
  session = vrf_sandbox_store_get_session_by_number (store, self->session_n, error);
  if (session == NULL)
    return FALSE;
  if (g_str_equal (session->retention, "redacted"))
    return refuse (error, 400, "bad_request", "The session has been redacted.");

  if (!note (service, self, decision, error))
    return FALSE;
  if (vrf_service_get_organization (service)->dual_review
      && self->status != VRF_CASE_PENDING_SECOND_REVIEW)
    return recommend (service, self, decision, error);
  whole = complete (self, decision);
  return finish (service, self, session, &whole, error);
}
