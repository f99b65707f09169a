/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-cases.h"

#include "base/vrf-random.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-case-json.h"
#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-events.h"

/*
 * The rules of review (verifa-api.md 7.3). A case belongs to whoever claimed it, or to whom it was
 * handed; one that nobody has may be decided without a claim, which is one in the same breath.
 * `in_review` is a claimed open case; a claim on an escalated case, or on one that waits for its
 * second reviewer, leaves the status alone. A refusal writes nothing.
 */

#define LAPSE_BATCH 100
#define REVIEWER_PREFIX "orguser_"

static gboolean
refuse (GError **error, const char *detail)
{
  vrf_error_reply_refuse (error, 409, "conflict", detail);
  return FALSE;
}

/** vrf_cases_is_final: Returns: whether it was decided */
gboolean
vrf_cases_is_final (const VrfStoredCase *self)
{
  return self->status == VRF_CASE_APPROVED || self->status == VRF_CASE_REJECTED;
}

/** vrf_cases_get_decision: Returns: (nullable): `approved` or `rejected` */
const char *
vrf_cases_get_decision (const VrfStoredCase *self)
{
  return vrf_cases_is_final (self) ? vrf_enum_to_nick (vrf_store_cases_statuses, (int) self->status)
                                   : NULL;
}

/**
 * vrf_cases_check_reviewer:
 * @text: a `reviewer_id`
 *
 * The organization's people are not the sandbox's to know: whoever is named as one of them is one.
 *
 * Returns: (nullable): what is wrong with it
 */
const char *
vrf_cases_check_reviewer (const char *text)
{
  const char *rest = text;

  if (g_uuid_string_is_valid (text))
    return NULL;
  if (!g_str_has_prefix (text, REVIEWER_PREFIX) || text[strlen (REVIEWER_PREFIX)] == '\0')
    return "must be an organization user like orguser_frontdesk, or a UUID";
  for (; *rest != '\0'; rest++)
    if (!g_ascii_isalnum (*rest) && *rest != '_' && *rest != '-')
      return "must be an organization user like orguser_frontdesk, or a UUID";
  return NULL;
}

static gboolean
check_open (const VrfStoredCase *self, GError **error)
{
  return !vrf_cases_is_final (self) || refuse (error, "The case has already been decided.");
}

/* Of two reviewers the second must be another one. */
static gboolean
check_reviewer (const VrfStoredCase *self, const char *reviewer, GError **error)
{
  if (self->status != VRF_CASE_PENDING_SECOND_REVIEW
      || g_strcmp0 (self->recommended_by, reviewer) != 0)
    return TRUE;
  return refuse (error, "The second review must be another reviewer's.");
}

static gboolean
check_owner (const VrfStoredCase *self, const char *reviewer, GError **error)
{
  return self->assigned_to == NULL || g_str_equal (self->assigned_to, reviewer)
         || refuse (error, "The case is another reviewer's.");
}

static void
hand_over (VrfStoredCase *self, const char *reviewer)
{
  vrf_stored_set (&self->assigned_to, reviewer);
  self->claimed_at = VRF_TIME_NONE;
  self->touched_at = VRF_TIME_NONE;
  if (self->status == VRF_CASE_IN_REVIEW)
    self->status = VRF_CASE_OPEN;
}

static void
take (VrfStoredCase *self, const char *reviewer, gint64 at)
{
  vrf_stored_set (&self->assigned_to, reviewer);
  if (self->claimed_at == VRF_TIME_NONE)
    self->claimed_at = at;
  self->touched_at = at;
  if (self->status == VRF_CASE_OPEN)
    self->status = VRF_CASE_IN_REVIEW;
}

static gboolean
write_now (VrfService *service, const VrfStoredCase *self, GError **error)
{
  return vrf_store_cases_update (
      vrf_service_get_store (service), self, vrf_service_get_now (service), error);
}

static gboolean
tell (VrfService *service, const VrfStoredCase *self, const char *event, GError **error)
{
  return vrf_events_tell (service, event, self->is_sandbox, vrf_case_json_new_event (self), error);
}

/** vrf_cases_tell_of: tells what has become of @session's case, as it is now */
gboolean
vrf_cases_tell_of (VrfService *service,
                   const VrfStoredSession *session,
                   const char *event,
                   GError **error)
{
  g_autoptr (VrfStoredCase) self =
      vrf_store_cases_get_of_session (vrf_service_get_store (service), session->n, error);

  return self != NULL && tell (service, self, event, error);
}

/**
 * vrf_cases_claim:
 * @service: a service, in a transaction
 * @self: as it was read
 * @reviewer: who takes it
 * @error: a refusal, or from the database
 *
 * Takes a case for @reviewer. Claiming one's own again keeps it for longer.
 */
gboolean
vrf_cases_claim (VrfService *service, VrfStoredCase *self, const char *reviewer, GError **error)
{
  if (!check_open (self, error) || !check_reviewer (self, reviewer, error)
      || !check_owner (self, reviewer, error))
    return FALSE;
  take (self, reviewer, vrf_service_get_now (service));
  return write_now (service, self, error);
}

/** vrf_cases_release: gives a case back to the queue, whoever has it */
gboolean
vrf_cases_release (VrfService *service, VrfStoredCase *self, GError **error)
{
  if (!check_open (self, error))
    return FALSE;
  if (self->assigned_to == NULL)
    return refuse (error, "Nobody has the case.");
  hand_over (self, NULL);
  return write_now (service, self, error);
}

/** vrf_cases_assign: hands a case to @reviewer, who is yet to claim it, whoever has it now */
gboolean
vrf_cases_assign (VrfService *service, VrfStoredCase *self, const char *reviewer, GError **error)
{
  if (!check_open (self, error) || !check_reviewer (self, reviewer, error))
    return FALSE;
  if (g_strcmp0 (self->assigned_to, reviewer) == 0)
    return TRUE;
  hand_over (self, reviewer);
  return write_now (service, self, error);
}

/**
 * vrf_cases_escalate:
 * @service: a service, in a transaction
 * @self: as it was read
 * @to: (nullable): the reviewer it goes to; %NULL leaves it to anybody
 * @error: a refusal, or from the database
 */
gboolean
vrf_cases_escalate (VrfService *service, VrfStoredCase *self, const char *to, GError **error)
{
  if (!check_open (self, error))
    return FALSE;
  if (self->status == VRF_CASE_ESCALATED)
    return refuse (error, "The case has already been escalated.");
  if (self->status == VRF_CASE_PENDING_SECOND_REVIEW)
    return refuse (error, "The case waits for its second reviewer.");
  hand_over (self, to);
  self->status = VRF_CASE_ESCALATED;
  return write_now (service, self, error) && tell (service, self, "case.escalated", error);
}

/** vrf_cases_touch: writes @self, which was worked with: its claim, if it has one, lives on */
gboolean
vrf_cases_touch (VrfService *service, VrfStoredCase *self, GError **error)
{
  if (self->claimed_at != VRF_TIME_NONE && !vrf_cases_is_final (self))
    self->touched_at = vrf_service_get_now (service);
  return write_now (service, self, error);
}

static gboolean
lapse_batch (VrfSandboxStore *store, GPtrArray *cases, GError **error)
{
  for (guint i = 0; i < cases->len; i++)
    {
      VrfStoredCase *self = cases->pdata[i];
      gint64 at = self->touched_at + VRF_SECONDS (VRF_CASES_CLAIM_LIFE_S);

      hand_over (self, NULL);
      if (!vrf_store_cases_update (store, self, at, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * vrf_cases_settle:
 * @service: a service
 * @now: the sandbox's time
 * @error: from the database
 *
 * Gives claims back that nobody worked with for 30 minutes (verifa-api.md 8.3).
 */
gboolean
vrf_cases_settle (VrfService *service, gint64 now, GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (service);
  guint n = 0;

  do
    {
      g_autoptr (GPtrArray) lapsed = vrf_store_cases_list_lapsed (
          store, now - VRF_SECONDS (VRF_CASES_CLAIM_LIFE_S), LAPSE_BATCH, error);

      if (lapsed == NULL)
        return FALSE;
      n = lapsed->len;
      if (n == 0)
        return TRUE;
      if (!vrf_sandbox_store_begin (store, error))
        return FALSE;
      if (!lapse_batch (store, lapsed, error) || !vrf_sandbox_store_commit (store, error))
        {
          vrf_sandbox_store_rollback (store);
          return FALSE;
        }
    }
  while (n == LAPSE_BATCH);
  return TRUE;
}

/**
 * vrf_cases_note:
 * @service: a service, in a transaction
 * @self: what it is about
 * @author_type: `api` or `org`
 * @author_name: who says it
 * @content: what
 * @error: from the database
 *
 * Returns: (nullable) (transfer full): the note that was written
 */
VrfStoredCaseNote *
vrf_cases_note (VrfService *service,
                const VrfStoredCase *self,
                const char *author_type,
                const char *author_name,
                const char *content,
                GError **error)
{
  g_autoptr (VrfStoredCaseNote) note = g_new0 (VrfStoredCaseNote, 1);

  note->id = vrf_random_id ("note_");
  note->author_name = g_strdup (author_name);
  note->author_type = g_strdup (author_type);
  note->content = g_strdup (content);
  note->created_at = vrf_service_get_now (service);
  return vrf_store_case_notes_add (vrf_service_get_store (service), self->n, note, error)
             ? g_steal_pointer (&note)
             : NULL;
}
