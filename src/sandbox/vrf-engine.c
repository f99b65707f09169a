/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-engine.h"
#include "sandbox/vrf-error-reply.h"

/*
 * The state machine of verifa-api.md 2.2 as a table. Nothing here reads a clock, a database or a
 * request: what happened and where the session is go in, where it goes and what has to be done come
 * out.
 */

const VrfEnumNick vrf_engine_states[] = {
  { VRF_STATE_PENDING, "pending" },
  { VRF_STATE_CAPTURING, "capturing" },
  { VRF_STATE_PROCESSING, "processing" },
  { VRF_STATE_SANDBOX_PENDING, "sandbox_pending" },
  { VRF_STATE_AWAITING_EXTERNAL, "awaiting_external" },
  { VRF_STATE_UNDER_REVIEW, "under_review" },
  { VRF_STATE_COMPLETED, "completed" },
  { VRF_STATE_EXPIRED, "expired" },
  { VRF_STATE_FAILED, "failed" },
  { 0, NULL },
};

#define IN(name) (1u << VRF_STATE_##name)
#define CAPTURABLE (IN (PENDING) | IN (CAPTURING))
#define ACTIVE                                                                                     \
  (CAPTURABLE | IN (PROCESSING) | IN (SANDBOX_PENDING) | IN (AWAITING_EXTERNAL) | IN (UNDER_REVIEW))
#define ANY (ACTIVE | IN (COMPLETED) | IN (EXPIRED) | IN (FAILED))

/* Where a rule leads when the state does not stand in it. */
enum
{
  TO_SAME = -1,
  TO_PRESET = -2,
  TO_RUN = -3, /* the live engine, or the sandbox's chooser */
};

typedef struct
{
  VrfEvent event;
  guint from;
  int to;
  VrfEffects effects;
  const char *webhook;
} Rule;

/* The first rule that fits counts. */
static const Rule rules[] = {
  { VRF_EVENT_VISIT, IN (PENDING), VRF_STATE_CAPTURING, 0, "session.started" },
  { VRF_EVENT_VISIT, IN (CAPTURING) | IN (PROCESSING) | IN (SANDBOX_PENDING), TO_SAME },
  { VRF_EVENT_STEP, IN (CAPTURING), TO_SAME },
  { VRF_EVENT_UPLOAD, IN (PENDING), VRF_STATE_CAPTURING, 0, "session.started" },
  { VRF_EVENT_UPLOAD, IN (CAPTURING), TO_SAME },
  { VRF_EVENT_COMPLETE, IN (CAPTURING), TO_RUN },

  { VRF_EVENT_OUTCOME, IN (SANDBOX_PENDING), TO_PRESET },
  { VRF_EVENT_SIMULATE, ACTIVE, TO_PRESET },
  { VRF_EVENT_PROCESSED, IN (PROCESSING), TO_PRESET },
  { VRF_EVENT_REVIEW, IN (PROCESSING) | IN (SANDBOX_PENDING) | IN (AWAITING_EXTERNAL), TO_PRESET },
  { VRF_EVENT_DECIDE, IN (UNDER_REVIEW), TO_PRESET },
  { VRF_EVENT_CONTINUE, IN (AWAITING_EXTERNAL), TO_RUN },
  { VRF_EVENT_REJECT, IN (AWAITING_EXTERNAL), TO_PRESET },
  { VRF_EVENT_REPROCESS, IN (COMPLETED) | IN (FAILED), TO_RUN, VRF_EFFECT_DROP_RESULT },

  { VRF_EVENT_TIMEOUT, CAPTURABLE, VRF_STATE_EXPIRED, VRF_EFFECT_KILL_TOKEN, "session.expired" },
  { VRF_EVENT_EXPIRE,
    ACTIVE,
    VRF_STATE_EXPIRED,
    VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_DROP_RESULT,
    "session.expired" },
  { VRF_EVENT_RESUME,
    CAPTURABLE | IN (EXPIRED),
    VRF_STATE_PENDING,
    VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_NEW_TOKEN },
  /* A link to an expired session would open nothing, so the session waits for the applicant again.
   */
  { VRF_EVENT_LINK,
    IN (EXPIRED),
    VRF_STATE_PENDING,
    VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_NEW_TOKEN,
    "session.link_generated" },
  { VRF_EVENT_LINK, ACTIVE, TO_SAME, 0, "session.link_generated" },
  { VRF_EVENT_INVITE, CAPTURABLE, TO_SAME },
  { VRF_EVENT_UPDATE, ANY, TO_SAME },
  { VRF_EVENT_RETRIED, IN (UNDER_REVIEW) | IN (COMPLETED) | IN (FAILED), TO_PRESET },
  { VRF_EVENT_RETENTION,
    IN (COMPLETED) | IN (EXPIRED) | IN (FAILED),
    TO_SAME,
    VRF_EFFECT_REDACT,
    "session.retention-expired" },
  { VRF_EVENT_REDACT, ANY, TO_SAME, VRF_EFFECT_REDACT, "session.redacted" },
};

/* What is said when no rule fits. */
typedef struct
{
  guint status;
  const char *code;
  const char *detail;
} Refusal;

static const Refusal refusals[VRF_N_EVENTS] = {
  [VRF_EVENT_VISIT] = { 410, "session_finished", "This verification is finished." },
  [VRF_EVENT_STEP] = { 400, "bad_request", "The verification is not at this step." },
  [VRF_EVENT_UPLOAD] = { 400, "bad_request", "Documents can no longer be added." },
  [VRF_EVENT_COMPLETE] = { 400, "bad_request", "The verification is not being captured." },
  [VRF_EVENT_OUTCOME] = { 400, "bad_request", "The session does not wait for an outcome." },
  [VRF_EVENT_SIMULATE] = { 400, "bad_request", "The session has already ended." },
  [VRF_EVENT_PROCESSED] = { 400, "bad_request", "The session is not being processed." },
  [VRF_EVENT_REVIEW] = { 409,
                         "conflict",
                         "Only a session that waits for its result can be reviewed." },
  [VRF_EVENT_DECIDE] = { 409, "conflict", "The session is not under review." },
  [VRF_EVENT_CONTINUE] = { 409, "conflict", "The session does not wait for another system." },
  [VRF_EVENT_REJECT] = { 409, "conflict", "The session does not wait for another system." },
  [VRF_EVENT_REPROCESS] = { 400, "bad_request", "Only a finished session can run again." },
  [VRF_EVENT_TIMEOUT] = { 400, "bad_request", "The session has no live token." },
  [VRF_EVENT_EXPIRE] = { 400, "bad_request", "The session has already ended." },
  [VRF_EVENT_RESUME] = { 400, "bad_request", "Only an expired or unfinished session can resume." },
  [VRF_EVENT_LINK] = { 400, "bad_request", "The session has ended; it can have no link." },
  [VRF_EVENT_INVITE] = { 400, "bad_request", "The applicant is no longer waited for." },
  [VRF_EVENT_UPDATE] = { 400, "bad_request", "The session cannot be changed." },
  [VRF_EVENT_RETRIED] = { 400, "bad_request", "The session's checks cannot be tried again now." },
  [VRF_EVENT_RETENTION] = { 400, "bad_request", "The session has not ended." },
  [VRF_EVENT_REDACT] = { 400, "bad_request", "The session cannot be redacted." },
};

static gboolean
refuse (const Refusal *refusal, GError **error)
{
  vrf_error_reply_refuse (error, refusal->status, refusal->code, refusal->detail);
  return FALSE;
}

static const Rule *
find_rule (VrfEvent event, VrfState state)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].event == event && (rules[i].from & (1u << state)) != 0)
      return &rules[i];
  return NULL;
}

static const char *
outcome_webhook (const VrfPreset *preset)
{
  switch (preset->to)
    {
    case VRF_STATE_COMPLETED:
      return g_strcmp0 (preset->result, "approved") == 0 ? "session.approved" : "session.declined";
    case VRF_STATE_UNDER_REVIEW:
      return "session.requires-review";
    case VRF_STATE_EXPIRED:
      return "session.expired";
    case VRF_STATE_AWAITING_EXTERNAL:
      return "session.awaiting_external";
    case VRF_STATE_UNKNOWN:
    case VRF_STATE_PENDING:
    case VRF_STATE_CAPTURING:
    case VRF_STATE_PROCESSING:
    case VRF_STATE_SANDBOX_PENDING:
    case VRF_STATE_FAILED:
    default:
      return NULL;
    }
}

static VrfEffects
outcome_effects (VrfState from, const VrfPreset *preset)
{
  VrfEffects effects = VRF_EFFECT_KILL_TOKEN;
  gboolean had_case = from == VRF_STATE_UNDER_REVIEW;

  effects |= preset->result != NULL ? VRF_EFFECT_WRITE_RESULT : VRF_EFFECT_DROP_RESULT;
  if (preset->to == VRF_STATE_UNDER_REVIEW && !had_case)
    effects |= VRF_EFFECT_OPEN_CASE;
  else if (preset->to == VRF_STATE_COMPLETED && had_case)
    effects |= VRF_EFFECT_CLOSE_CASE;
  else if (had_case && preset->to != VRF_STATE_UNDER_REVIEW)
    effects |= VRF_EFFECT_DROP_CASE;
  return effects;
}

static void
fill_step (const VrfEngineFacts *facts,
           const Rule *rule,
           const VrfPreset *preset,
           VrfEngineStep *step)
{
  *step = (VrfEngineStep){ .effects = rule->effects, .webhook = rule->webhook };

  switch (rule->to)
    {
    case TO_SAME:
      step->to = facts->state;
      break;
    case TO_RUN:
      step->to = facts->is_sandbox ? VRF_STATE_SANDBOX_PENDING : VRF_STATE_PROCESSING;
      if (!facts->is_sandbox)
        step->effects |= VRF_EFFECT_START_RUN;
      break;
    case TO_PRESET:
      step->to = preset->to;
      step->webhook = outcome_webhook (preset);
      step->effects |= outcome_effects (facts->state, preset);
      /* A person judges what the checks have found; they do not run again. */
      if (rule->event == VRF_EVENT_DECIDE)
        step->effects ^= VRF_EFFECT_WRITE_RESULT | VRF_EFFECT_REVISE_RESULT;
      break;
    default:
      step->to = (VrfState) rule->to;
      break;
    }

  if (rule->event == VRF_EVENT_EXPIRE && facts->state == VRF_STATE_UNDER_REVIEW)
    step->effects |= VRF_EFFECT_DROP_CASE;
}

/**
 * vrf_engine_step:
 * @facts: where the session is
 * @event: what happened
 * @preset: (nullable): which outcome, for events that have one
 * @ret_step: (out): where it goes and what has to be done; untouched on failure
 * @error: a refusal with the HTTP status and code to answer
 *
 * Decides verifa-api.md 2.2. A redacted session refuses all but another redaction.
 */
gboolean
vrf_engine_step (const VrfEngineFacts *facts,
                 VrfEvent event,
                 const VrfPreset *preset,
                 VrfEngineStep *ret_step,
                 GError **error)
{
  static const Refusal live = { 403, "forbidden", "Outcomes are chosen in the sandbox only." };
  static const Refusal redacted = { 400, "bad_request", "The session has been redacted." };
  static const Refusal running = { 409, "conflict", "The session's workflow is running already." };
  const Rule *rule = find_rule (event, facts->state);

  if ((event == VRF_EVENT_OUTCOME || event == VRF_EVENT_SIMULATE) && !facts->is_sandbox)
    return refuse (&live, error);
  if (facts->is_redacted && event != VRF_EVENT_REDACT)
    return refuse (&redacted, error);
  if (event == VRF_EVENT_REPROCESS
      && ((IN (PROCESSING) | IN (SANDBOX_PENDING)) & (1u << facts->state)) != 0)
    return refuse (&running, error);
  if (rule == NULL)
    return refuse (&refusals[event], error);
  g_return_val_if_fail (rule->to != TO_PRESET || preset != NULL, FALSE);

  fill_step (facts, rule, preset, ret_step);
  return TRUE;
}

/** vrf_engine_is_active: Returns: whether something may still move by itself (verifa-api.md 2.1) */
gboolean
vrf_engine_is_active (VrfState state)
{
  return ((ACTIVE) & (1u << state)) != 0;
}

/** vrf_engine_is_capturable: Returns: whether the capture URL can be opened: pending or capturing
 */
gboolean
vrf_engine_is_capturable (VrfState state)
{
  return ((CAPTURABLE) & (1u << state)) != 0;
}
