/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-service.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-service-private.h"

/* Checks that are tried again, and data that is deleted (verifa-api.md 3.16, 3.17). */

static const VrfStoredCheck *
find_check (GPtrArray *checks, const char *policy)
{
  for (guint i = 0; i < checks->len; i++)
    {
      const VrfStoredCheck *check = checks->pdata[i];

      if (g_str_equal (check->policy, policy))
        return check;
    }
  return NULL;
}

static gboolean
refuse (GError **error, guint status, const char *code, const char *detail)
{
  vrf_error_reply_refuse (error, status, code, detail);
  return FALSE;
}

static gboolean
may_retry (const VrfStoredSession *session, const VrfStoredCheck *check, GError **error)
{
  static const char *const retriable[] = { "failed", "error", "requires_retry", NULL };

  if (check == NULL)
    return refuse (error, 404, "not_found", "The session has no such check.");
  if (g_str_equal (session->retention, "redacted"))
    return refuse (error, 400, "bad_request", "The session has been redacted.");
  if (!g_strv_contains (retriable, check->status))
    return refuse (error, 400, "bad_request", "Only a check that failed can be tried again.");
  if (session->state != VRF_STATE_COMPLETED && session->state != VRF_STATE_UNDER_REVIEW
      && session->state != VRF_STATE_FAILED)
    return refuse (error, 400, "bad_request", "The session's checks cannot be tried again now.");
  return TRUE;
}

/**
 * vrf_service_retry_check:
 * @self: a service
 * @session: as it was read
 * @policy: a check of it
 * @error: a refusal, or from the database
 *
 * Begins another attempt, which is done when the live engine would be. To be called in a
 * transaction, or alone.
 */
gboolean
vrf_service_retry_check (VrfService *self,
                         VrfStoredSession *session,
                         const char *policy,
                         GError **error)
{
  g_autoptr (GPtrArray) checks =
      vrf_sandbox_store_list_checks (self->store, session->n, NULL, error);
  VrfStoredCheck attempt = { .policy = (char *) policy, .status = (char *) "pending", .score = -1 };

  if (checks == NULL || !may_retry (session, find_check (checks, policy), error))
    return FALSE;
  attempt.started_at = vrf_service_get_now (self);
  attempt.completed_at = attempt.started_at + VRF_SECONDS (VRF_SERVICE_RUN_S);
  attempt.duration_ms = VRF_SERVICE_RUN_S * 1000;
  return vrf_sandbox_store_add_check (self->store, session->n, &attempt, error);
}

/* In the sandbox whatever is tried again passes. */
static double
get_passing_score (const char *policy)
{
  const VrfPreset *preset = vrf_presets_find ("approve");

  for (guint i = 0; i < VRF_PRESET_N_CHECKS; i++)
    if (g_strcmp0 (preset->checks[i].policy, policy) == 0)
      return preset->checks[i].score;
  return -1;
}

static gboolean
pass_pending (VrfService *self, gint64 n, gint64 *ret_at, GError **error)
{
  g_autoptr (GPtrArray) checks = vrf_sandbox_store_list_checks (self->store, n, NULL, error);
  gint64 now = vrf_service_get_now (self);

  for (guint i = 0; checks != NULL && i < checks->len; i++)
    {
      VrfStoredCheck *check = checks->pdata[i];

      if (!g_str_equal (check->status, "pending") || check->completed_at > now)
        continue;
      *ret_at = MAX (*ret_at, check->completed_at);
      vrf_stored_set (&check->status, "passed");
      check->score = get_passing_score (check->policy);
      if (!vrf_sandbox_store_finish_check (self->store, n, check, error))
        return FALSE;
    }
  return checks != NULL;
}

/* What was skipped because another check had failed has its turn now. */
static gboolean
pass_skipped (VrfService *self, gint64 n, GPtrArray *checks, gint64 at, GError **error)
{
  for (guint i = 0; i < checks->len; i++)
    {
      const VrfStoredCheck *skipped = checks->pdata[i];
      VrfStoredCheck attempt = { .policy = skipped->policy, .status = (char *) "passed" };

      if (!g_str_equal (skipped->status, "skipped"))
        continue;
      attempt.score = get_passing_score (skipped->policy);
      attempt.started_at = at;
      attempt.completed_at = at;
      if (!vrf_sandbox_store_add_check (self->store, n, &attempt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_all_good (GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    {
      const VrfStoredCheck *check = checks->pdata[i];

      if (!g_str_equal (check->status, "passed") && !g_str_equal (check->status, "skipped"))
        return FALSE;
    }
  return TRUE;
}

static gboolean
waits_for_retry (const VrfStoredSession *session)
{
  return (session->state == VRF_STATE_COMPLETED || session->state == VRF_STATE_UNDER_REVIEW
          || session->state == VRF_STATE_FAILED)
         && !g_str_equal (session->retention, "redacted");
}

/* Ends the attempts of session @n whose time has come. If every check has passed then, so has the
 * session. For the sweep, in its transaction. */
gboolean
vrf_service_finish_retries (VrfService *self, gint64 n, GError **error)
{
  g_autoptr (VrfStoredSession) session = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  gint64 at = VRF_TIME_NONE;

  if (!pass_pending (self, n, &at, error))
    return FALSE;
  checks = vrf_sandbox_store_list_checks (self->store, n, NULL, error);
  if (checks == NULL)
    return FALSE;
  session = vrf_sandbox_store_get_session_by_number (self->store, n, error);
  if (session == NULL)
    return FALSE;
  if (!is_all_good (checks) || !waits_for_retry (session))
    return TRUE;
  return pass_skipped (self, n, checks, at, error)
         && vrf_service_apply_at (
             self, session, VRF_EVENT_RETRIED, vrf_presets_get_retried (), at, error);
}

/**
 * vrf_service_redact:
 * @self: a service
 * @session: as it was read
 * @ret_documents: (out): how many documents went
 * @error: from the database
 *
 * Deletes what is personal. A session that has not ended is expired first, so that nobody goes on
 * with it. To be called in a transaction, which vrf_service_purge() follows; a redacted session
 * stays as it is.
 */
gboolean
vrf_service_redact (VrfService *self,
                    VrfStoredSession *session,
                    guint *ret_documents,
                    GError **error)
{
  g_autoptr (GPtrArray) documents = NULL;

  *ret_documents = 0;
  if (g_str_equal (session->retention, "redacted"))
    return TRUE;
  documents = vrf_sandbox_store_list_documents (self->store, session->n, error);
  if (documents == NULL)
    return FALSE;
  *ret_documents = documents->len;
  return (!vrf_engine_is_active (session->state)
          || vrf_service_apply (self, session, VRF_EVENT_EXPIRE, NULL, error))
         && vrf_service_apply (self, session, VRF_EVENT_REDACT, NULL, error);
}
