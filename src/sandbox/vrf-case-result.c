/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-case-result.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-retention.h"
#include "sandbox/vrf-session-draft.h"

/* What a reviewer puts right in a result: data that was misread, a check that failed wrongly. */

static VrfStoredSession *
find_session (VrfService *service, const VrfStoredCase *self, GError **error)
{
  g_autoptr (VrfStoredSession) session = vrf_sandbox_store_get_session_by_number (
      vrf_service_get_store (service), self->session_n, error);

  if (session == NULL || !g_str_equal (session->retention, "redacted"))
    return g_steal_pointer (&session);
  vrf_error_reply_refuse (error, 400, "bad_request", "The session has been redacted.");
  return NULL;
}

/* What is no longer given out cannot be looked over (2.9). */
static gboolean
check_kept (VrfService *service, const VrfStoredSession *session, GError **error)
{
  if (vrf_retention_is_open (
          vrf_service_get_organization (service), session, vrf_service_get_now (service)))
    return TRUE;
  vrf_error_reply_refuse (
      error, 400, "bad_request", "The applicant's data is no longer available.");
  return FALSE;
}

/**
 * vrf_case_result_correct:
 * @service: a service, in a transaction
 * @self: as it was read; its claim lives on
 * @changes: checked members of `extracted_data`; a null removes one, others stay as they are
 * @error: a refusal, or from the database
 *
 * Returns: (nullable) (transfer full): the result afterwards
 */
VrfStoredResult *
vrf_case_result_correct (VrfService *service,
                         VrfStoredCase *self,
                         JsonObject *changes,
                         GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (service);
  g_autoptr (VrfStoredSession) session = find_session (service, self, error);
  g_autoptr (VrfStoredResult) result = NULL;
  g_autoptr (GError) local = NULL;
  char *merged = NULL;

  if (session == NULL || !check_kept (service, session, error))
    return NULL;
  result = vrf_sandbox_store_get_result (store, session->n, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (result == NULL)
    {
      vrf_error_reply_refuse (error, 404, "not_found", "The session has no result.");
      return NULL;
    }

  merged = vrf_session_draft_merge_metadata (result->extracted, changes);
  g_free (result->extracted);
  result->extracted = merged;
  if (!vrf_sandbox_store_put_result (store, result, error)
      || !vrf_cases_touch (service, self, error))
    return NULL;
  return g_steal_pointer (&result);
}

static gboolean
is_failed (const VrfStoredCheck *check)
{
  return g_str_equal (check->status, "failed") || g_str_equal (check->status, "error")
         || g_str_equal (check->status, "requires_retry");
}

/* An attempt is never changed, so the reviewer's word is the next one. */
static gboolean
add_attempt (VrfService *service,
             const VrfStoredSession *session,
             const VrfStoredCheck *failed,
             const char *reason,
             GError **error)
{
  gint64 now = vrf_service_get_now (service);
  g_autofree char *text = g_strconcat ("Overridden by a reviewer: ", reason, NULL);
  VrfStoredCheck check = {
    .policy = failed->policy,
    .status = (char *) "passed",
    .score = failed->score,
    .reason = text,
    .started_at = now,
    .completed_at = now,
  };

  return vrf_sandbox_store_add_check (vrf_service_get_store (service), session->n, &check, error);
}

static gboolean
check_override (const VrfStoredCase *self, GPtrArray *attempts, GError **error)
{
  if (attempts->len == 0)
    vrf_error_reply_refuse (error, 404, "not_found", "The session has no such check.");
  else if (vrf_cases_is_final (self))
    vrf_error_reply_refuse (error, 409, "conflict", "The case has already been decided.");
  else if (!is_failed (attempts->pdata[attempts->len - 1]))
    vrf_error_reply_refuse (error, 409, "conflict", "Only a failed check can be overridden.");
  else
    return TRUE;
  return FALSE;
}

/**
 * vrf_case_result_override:
 * @service: a service, in a transaction
 * @self: as it was read; its claim lives on
 * @policy: a check that has failed
 * @reason: why it is to pass
 * @error: a refusal, or from the database
 *
 * The check's latest attempt afterwards passed, and says why.
 */
gboolean
vrf_case_result_override (VrfService *service,
                          VrfStoredCase *self,
                          const char *policy,
                          const char *reason,
                          GError **error)
{
  g_autoptr (VrfStoredSession) session = find_session (service, self, error);
  g_autoptr (GPtrArray) attempts = NULL;
  const VrfStoredCheck *latest = NULL;

  if (session == NULL)
    return FALSE;
  attempts =
      vrf_sandbox_store_list_checks (vrf_service_get_store (service), session->n, policy, error);
  if (attempts == NULL || !check_override (self, attempts, error))
    return FALSE;
  latest = attempts->pdata[attempts->len - 1];
  return add_attempt (service, session, latest, reason, error)
         && vrf_cases_touch (service, self, error);
}
