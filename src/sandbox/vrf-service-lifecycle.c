/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-service-private.h"

#include "base/vrf-random.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-audit.h"
#include "sandbox/vrf-cases.h"
#include "sandbox/vrf-events.h"
#include "sandbox/vrf-identities.h"
#include "sandbox/vrf-lists.h"
#include "sandbox/vrf-outbox.h"
#include "sandbox/vrf-outcome.h"
#include "sandbox/vrf-redaction.h"
#include "sandbox/vrf-scenarios.h"
#include "sandbox/vrf-screening.h"
#include "sandbox/vrf-workflow-run.h"

/*
 * A session's life (verifa-api.md 2, 8.4): it is made, and whatever happens to it goes by the
 * engine: what that says is carried out and written down in one transaction.
 */

static char *
dup_token (void)
{
  g_autofree char *random = vrf_random_base64url (32);

  return g_strconcat ("tok_", random, NULL);
}

static gboolean
give_token (VrfService *self, VrfStoredSession *session, gint64 at, GError **error)
{
  VrfStoredToken token = { .session_n = session->n };

  g_free (session->token);
  session->token = dup_token ();
  session->token_expires_at = at + VRF_SECONDS (VRF_SERVICE_TOKEN_LIFE_S);
  if (vrf_scenarios_expires (session))
    session->token_expires_at = at + VRF_SECONDS (VRF_SCENARIOS_EXPIRE_S);
  token.token = session->token;
  token.expires_at = session->token_expires_at;
  return vrf_sandbox_store_insert_token (self->store, &token, error);
}

static gboolean
insert (VrfService *self, VrfStoredSession *session, GError **error)
{
  /* The token's row needs the session's number, the session's row the token. */
  return vrf_sandbox_store_insert_session (self->store, session, error)
         && give_token (self, session, session->created_at, error)
         && vrf_sandbox_store_update_session (self->store, session, error)
         && (!session->send_email || vrf_outbox_invite (self, session, error))
         && vrf_events_tell_session (self, session, "session.created", error);
}

/**
 * vrf_service_create:
 * @self: a service
 * @session: with what the caller asked for; id, times, token and status are filled in
 * @error: from the database
 *
 * verifa-api.md 3.1.
 */
gboolean
vrf_service_create (VrfService *self, VrfStoredSession *session, GError **error)
{
  g_free (session->id);
  session->id = vrf_random_id ("session_");
  session->state = VRF_STATE_PENDING;
  session->created_at = vrf_service_get_now (self);
  session->updated_at = session->created_at;
  session->invite_count = session->send_email ? 1 : 0;

  return vrf_sandbox_store_begin (self->store, error)
         && vrf_service_end (self, insert (self, session, error), error);
}

static gboolean
drop_result (VrfService *self, VrfStoredSession *session, GError **error)
{
  vrf_stored_set (&session->result_status, NULL);
  vrf_stored_set (&session->risk_level, NULL);
  return vrf_sandbox_store_drop_result (self->store, session->n, error);
}

static gboolean
kill_token (VrfService *self, VrfStoredSession *session, gboolean replaced, GError **error)
{
  if (replaced && session->token != NULL
      && !vrf_sandbox_store_revoke_token (self->store, session->token, error))
    return FALSE;
  /* An expired session keeps its token, so that a later one can revoke it. */
  session->token_expires_at = VRF_TIME_NONE;
  return vrf_sandbox_store_revoke_links (self->store, session->n, error);
}

static gboolean
open_case (VrfService *self, VrfStoredSession *session, gint64 at, GError **error)
{
  if (session->case_id == NULL)
    session->case_id = vrf_random_id ("case_");
  vrf_stored_set (&session->case_status, "open");
  return vrf_store_cases_open (self->store, session, at, error);
}

static gboolean
close_case (
    VrfService *self, VrfStoredSession *session, const char *status, gint64 at, GError **error)
{
  vrf_stored_set (&session->case_status, status);
  return vrf_store_cases_close (self->store, session, at, error);
}

static gboolean
drop_case (VrfService *self, VrfStoredSession *session, GError **error)
{
  vrf_stored_set (&session->case_id, NULL);
  vrf_stored_set (&session->case_status, NULL);
  return vrf_store_cases_drop (self->store, session->n, error);
}

static gboolean
redact (VrfService *self, VrfStoredSession *session, GError **error)
{
  vrf_service_want_purge (self);
  return vrf_redaction_run (self->store, session, error);
}

/* Retention counts from here (verifa-api.md 2.9). What leaves an ended session ended does not move
 * it. */
static void
note_end (VrfStoredSession *session, VrfState to, gint64 at)
{
  if (vrf_engine_is_active (to))
    session->ended_at = VRF_TIME_NONE;
  else if (session->ended_at == VRF_TIME_NONE)
    session->ended_at = at;
}

#define RESULT (VRF_EFFECT_WRITE_RESULT | VRF_EFFECT_REVISE_RESULT)

/* What follows from a result: the person's record, and the trail. */
static gboolean
note_outcome (VrfService *self,
              const VrfStoredSession *session,
              const char *event,
              const char **ret_identity_event,
              GError **error)
{
  return vrf_identities_note_outcome (self, session, ret_identity_event, error)
         && vrf_audit_note (self, event, "session", session->id, session->is_sandbox, NULL, error);
}

static gboolean
tell_case (VrfService *self,
           const VrfStoredSession *session,
           const VrfEngineStep *step,
           GError **error)
{
  if ((step->effects & VRF_EFFECT_OPEN_CASE) != 0)
    return vrf_cases_tell_of (self, session, "case.created", error);
  if ((step->effects & VRF_EFFECT_CLOSE_CASE) != 0)
    return vrf_cases_tell_of (self,
                              session,
                              g_str_equal (session->case_status, "approved") ? "case.approved"
                                                                             : "case.rejected",
                              error);
  return TRUE;
}

/* The last three points of verifa-api.md 8.4. */
static gboolean
note_and_tell (VrfService *self,
               const VrfStoredSession *session,
               const VrfEngineStep *step,
               GError **error)
{
  const char *identity_event = NULL;

  if ((step->effects & RESULT) != 0
      && !note_outcome (self, session, step->webhook, &identity_event, error))
    return FALSE;
  if (step->webhook != NULL && !vrf_events_tell_session (self, session, step->webhook, error))
    return FALSE;
  return tell_case (self, session, step, error)
         && vrf_identities_tell_outcome (self, session, identity_event, error);
}

static gboolean
has_watchlist_hit (const VrfPreset *preset)
{
  for (guint i = 0; i < VRF_PRESET_N_CHECKS && preset->checks[i].policy != NULL; i++)
    if (g_str_equal (preset->checks[i].policy, "watchlist_screening"))
      return g_str_equal (preset->checks[i].status, "failed");
  return FALSE;
}

static gboolean
write_result (
    VrfService *self, VrfStoredSession *session, const VrfPreset *preset, gint64 at, GError **error)
{
  return vrf_outcome_write (self->store, session, preset, at, error)
         && vrf_lists_note_outcome (self->store, session, at, error)
         && vrf_screening_note_outcome (
             self->store, session, has_watchlist_hit (preset), at, error);
}

/* One effect after the other, in the order of verifa-api.md 8.4. */
static gboolean
carry_out (VrfService *self,
           VrfStoredSession *session,
           const VrfEngineStep *step,
           const VrfPreset *preset,
           gint64 at,
           GError **error)
{
  VrfEffects effects = step->effects;
  gboolean replaced = (effects & VRF_EFFECT_NEW_TOKEN) != 0;

  if (!vrf_workflow_run_follow (self->store, session, step->to, preset, at, error))
    return FALSE;
  if ((effects & VRF_EFFECT_WRITE_RESULT) != 0 && !write_result (self, session, preset, at, error))
    return FALSE;
  if ((effects & VRF_EFFECT_REVISE_RESULT) != 0
      && !vrf_outcome_revise (self->store, session, preset, error))
    return FALSE;
  if ((effects & VRF_EFFECT_DROP_RESULT) != 0 && !drop_result (self, session, error))
    return FALSE;
  if ((effects & VRF_EFFECT_KILL_TOKEN) != 0 && !kill_token (self, session, replaced, error))
    return FALSE;
  if (replaced && !give_token (self, session, at, error))
    return FALSE;
  if ((effects & VRF_EFFECT_OPEN_CASE) != 0 && !open_case (self, session, at, error))
    return FALSE;
  if ((effects & VRF_EFFECT_CLOSE_CASE) != 0
      && !close_case (self, session, preset->result, at, error))
    return FALSE;
  if ((effects & VRF_EFFECT_DROP_CASE) != 0 && !drop_case (self, session, error))
    return FALSE;
  if ((effects & VRF_EFFECT_REDACT) != 0 && !redact (self, session, error))
    return FALSE;

  /* What changes a session without moving it leaves its run alone. */
  if ((effects & VRF_EFFECT_START_RUN) != 0)
    session->run_ends_at = at + VRF_SECONDS (VRF_SERVICE_RUN_S);
  else if (step->to != VRF_STATE_PROCESSING)
    session->run_ends_at = VRF_TIME_NONE;
  note_end (session, step->to, at);
  session->state = step->to;
  session->updated_at = at;
  return vrf_sandbox_store_update_session (self->store, session, error)
         && note_and_tell (self, session, step, error);
}

static gboolean
ask_engine (const VrfStoredSession *session,
            VrfEvent event,
            const VrfPreset *preset,
            VrfEngineStep *ret_step,
            GError **error)
{
  VrfEngineFacts facts = {
    .state = session->state,
    .is_sandbox = session->is_sandbox,
    .is_redacted = g_str_equal (session->retention, "redacted"),
  };

  return vrf_engine_step (&facts, event, preset, ret_step, error);
}

/* What vrf_service_apply() does, at another time than now. */
gboolean
vrf_service_apply_at (VrfService *self,
                      VrfStoredSession *session,
                      VrfEvent event,
                      const VrfPreset *preset,
                      gint64 at,
                      GError **error)
{
  VrfEngineStep step = { 0 };

  /* A refusal comes before the transaction: it must not undo what the caller has begun. */
  if (!ask_engine (session, event, preset, &step, error)
      || !vrf_sandbox_store_begin (self->store, error))
    return FALSE;
  return vrf_service_end (self, carry_out (self, session, &step, preset, at, error), error);
}

/**
 * vrf_service_apply:
 * @self: a service
 * @session: as it was read; changes its caller made to it are written along
 * @event: what happened
 * @preset: (nullable): which outcome, for events that have one
 * @error: a refusal (nothing was written), or from the database
 */
gboolean
vrf_service_apply (VrfService *self,
                   VrfStoredSession *session,
                   VrfEvent event,
                   const VrfPreset *preset,
                   GError **error)
{
  gint64 at = vrf_service_get_now (self);
  const VrfPreset *fate = event == VRF_EVENT_COMPLETE ? vrf_scenarios_find_preset (session) : NULL;
  gboolean ok = FALSE;

  if (fate == NULL)
    return vrf_service_apply_at (self, session, event, preset, at, error);
  if (!vrf_sandbox_store_begin (self->store, error))
    return FALSE;
  ok = vrf_service_apply_at (self, session, event, preset, at, error)
       && vrf_service_apply_at (self, session, VRF_EVENT_OUTCOME, fate, at, error);
  return vrf_service_end (self, ok, error);
}

static gboolean
write_link (VrfService *self, VrfStoredSession *session, VrfStoredLink *link, GError **error)
{
  VrfStoredToken token = {
    .token = link->token,
    .session_n = link->session_n,
    .link_id = link->id,
    .expires_at = link->expires_at,
  };

  /* The session must not end before its link does. */
  if (vrf_engine_is_capturable (session->state))
    session->token_expires_at = MAX (session->token_expires_at, link->expires_at);
  return vrf_sandbox_store_insert_link (self->store, link, error)
         && vrf_sandbox_store_insert_token (self->store, &token, error)
         && vrf_sandbox_store_update_session (self->store, session, error);
}

/**
 * vrf_service_make_link:
 * @self: a service
 * @session: as it was read; its token's life is made as long as the link's
 * @life_min: how long it lives, in minutes
 * @error: a refusal, or from the database
 *
 * Returns: (nullable) (transfer full): a one-time link; the one before it is revoked
 *   (verifa-api.md 3.12)
 */
VrfStoredLink *
vrf_service_make_link (VrfService *self, VrfStoredSession *session, int life_min, GError **error)
{
  g_autoptr (VrfStoredLink) link = g_new0 (VrfStoredLink, 1);
  VrfEngineStep step = { 0 };
  gboolean ok = FALSE;

  if (!ask_engine (session, VRF_EVENT_LINK, NULL, &step, error))
    return NULL;

  link->session_n = session->n;
  link->id = vrf_random_id ("slink_");
  link->token = dup_token ();
  link->status = g_strdup ("active");
  link->created_at = vrf_service_get_now (self);
  link->expires_at = link->created_at + VRF_SECONDS (life_min * 60);

  if (!vrf_sandbox_store_begin (self->store, error))
    return NULL;
  ok = vrf_service_apply (self, session, VRF_EVENT_LINK, NULL, error)
       && vrf_sandbox_store_revoke_links (self->store, session->n, error)
       && write_link (self, session, link, error);
  return vrf_service_end (self, ok, error) ? g_steal_pointer (&link) : NULL;
}
