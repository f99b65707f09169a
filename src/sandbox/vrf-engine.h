/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/vrf-enum.h"
#include "sandbox/vrf-presets.h"

G_BEGIN_DECLS

extern const VrfEnumNick vrf_engine_states[];

/**
 * VrfEvent:
 * @VRF_EVENT_VISIT: the applicant's page was loaded, or the first call of an API client came
 * @VRF_EVENT_STEP: the applicant gave consent, a choice, data or a picture
 * @VRF_EVENT_UPLOAD: a document was uploaded with an API key
 * @VRF_EVENT_COMPLETE: capture was finished, by the applicant or by `submit`
 * @VRF_EVENT_OUTCOME: the applicant's page chose a preset
 * @VRF_EVENT_SIMULATE: an API key chose a preset
 * @VRF_EVENT_PROCESSED: the live engine is done
 * @VRF_EVENT_REVIEW: an API key asked for a person's review
 * @VRF_EVENT_DECIDE: a person decided the case
 * @VRF_EVENT_CONTINUE: the external gate said `continue` or `fail`
 * @VRF_EVENT_REJECT: the external gate said `reject`
 * @VRF_EVENT_REPROCESS: the workflow runs again
 * @VRF_EVENT_TIMEOUT: the token's life is over
 * @VRF_EVENT_EXPIRE: expired by an API key
 * @VRF_EVENT_RESUME: a new token was asked for
 * @VRF_EVENT_LINK: a one-time link was asked for
 * @VRF_EVENT_INVITE: the invitation is to be sent again
 * @VRF_EVENT_UPDATE: reference, metadata or tags are changed
 * @VRF_EVENT_RETRIED: a check was tried again, and all have passed now
 * @VRF_EVENT_RETENTION: the time for which data is kept is over
 * @VRF_EVENT_REDACT: personal data is to be deleted
 *
 * What can happen to a session once it exists (verifa-api.md 2.2).
 */
typedef enum
{
  VRF_EVENT_VISIT,
  VRF_EVENT_STEP,
  VRF_EVENT_UPLOAD,
  VRF_EVENT_COMPLETE,
  VRF_EVENT_OUTCOME,
  VRF_EVENT_SIMULATE,
  VRF_EVENT_PROCESSED,
  VRF_EVENT_REVIEW,
  VRF_EVENT_DECIDE,
  VRF_EVENT_CONTINUE,
  VRF_EVENT_REJECT,
  VRF_EVENT_REPROCESS,
  VRF_EVENT_TIMEOUT,
  VRF_EVENT_EXPIRE,
  VRF_EVENT_RESUME,
  VRF_EVENT_LINK,
  VRF_EVENT_INVITE,
  VRF_EVENT_UPDATE,
  VRF_EVENT_RETRIED,
  VRF_EVENT_RETENTION,
  VRF_EVENT_REDACT,
} VrfEvent;

/** VRF_N_EVENTS: how many events there are. */
#define VRF_N_EVENTS (VRF_EVENT_REDACT + 1)

/**
 * VrfEffects:
 * @VRF_EFFECT_NEW_TOKEN: make a new capture token with a new life; the old one is revoked
 * @VRF_EFFECT_KILL_TOKEN: the capture token and every link end
 * @VRF_EFFECT_START_RUN: set the time at which the live engine will be done
 * @VRF_EFFECT_WRITE_RESULT: write the preset's result, checks and risk, count the attempt
 * @VRF_EFFECT_REVISE_RESULT: the result becomes the preset's with its reason, and keeps the rest
 * @VRF_EFFECT_DROP_RESULT: no result any more
 * @VRF_EFFECT_OPEN_CASE: a person must decide: open a case
 * @VRF_EFFECT_CLOSE_CASE: the case is decided as the result says
 * @VRF_EFFECT_DROP_CASE: the case is withdrawn
 * @VRF_EFFECT_REDACT: delete what is personal
 *
 * What has to be done beside the change of status, as a value.
 */
typedef enum
{
  VRF_EFFECT_NONE = 0,
  VRF_EFFECT_NEW_TOKEN = 1 << 0,
  VRF_EFFECT_KILL_TOKEN = 1 << 1,
  VRF_EFFECT_START_RUN = 1 << 2,
  VRF_EFFECT_WRITE_RESULT = 1 << 3,
  VRF_EFFECT_DROP_RESULT = 1 << 4,
  VRF_EFFECT_OPEN_CASE = 1 << 5,
  VRF_EFFECT_CLOSE_CASE = 1 << 6,
  VRF_EFFECT_DROP_CASE = 1 << 7,
  VRF_EFFECT_REDACT = 1 << 8,
  VRF_EFFECT_REVISE_RESULT = 1 << 9,
} VrfEffects;

/**
 * VrfEngineFacts:
 * @state: where the session is
 * @is_sandbox: its environment
 * @is_redacted: its personal data is gone for good
 */
typedef struct
{
  VrfState state;
  gboolean is_sandbox;
  gboolean is_redacted;
} VrfEngineFacts;

/**
 * VrfEngineStep:
 * @to: where the session goes; the state it has when nothing moves
 * @effects: what has to be done
 * @webhook: (nullable): the `session.*` event to tell
 */
typedef struct
{
  VrfState to;
  VrfEffects effects;
  const char *webhook;
} VrfEngineStep;

gboolean
vrf_engine_step (const VrfEngineFacts *facts,
                 VrfEvent event,
                 const VrfPreset *preset,
                 VrfEngineStep *ret_step,
                 GError **error);
gboolean
vrf_engine_is_active (VrfState state);
gboolean
vrf_engine_is_capturable (VrfState state);

G_END_DECLS
