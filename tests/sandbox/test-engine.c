/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/vrf-error.h"
#include "sandbox/vrf-engine.h"

/* Every event in every status, against the transitions of verifa-api.md 2.2. */

#define P VRF_STATE_PENDING
#define C VRF_STATE_CAPTURING
#define R VRF_STATE_PROCESSING
#define S VRF_STATE_SANDBOX_PENDING
#define A VRF_STATE_AWAITING_EXTERNAL
#define U VRF_STATE_UNDER_REVIEW
#define D VRF_STATE_COMPLETED
#define X VRF_STATE_EXPIRED
#define F VRF_STATE_FAILED
/* Refusals, told apart by their HTTP status. */
#define R400 -400
#define R409 -409
#define R410 -410

typedef struct
{
  VrfEvent event;
  const char *preset;
  int to[VRF_N_STATES - 1];
} Row;

static const Row rows[] = {
  /*                                       pending capt. proc. s_pend. await. review compl. expired
     failed */
  { VRF_EVENT_VISIT, NULL, { C, C, R, S, R410, R410, R410, R410, R410 } },
  { VRF_EVENT_STEP, NULL, { R400, C, R400, R400, R400, R400, R400, R400, R400 } },
  { VRF_EVENT_UPLOAD, NULL, { C, C, R400, R400, R400, R400, R400, R400, R400 } },
  { VRF_EVENT_COMPLETE, NULL, { R400, S, R400, R400, R400, R400, R400, R400, R400 } },
  { VRF_EVENT_OUTCOME, "approve", { R400, R400, R400, D, R400, R400, R400, R400, R400 } },
  { VRF_EVENT_OUTCOME, "needs_review", { R400, R400, R400, U, R400, R400, R400, R400, R400 } },
  { VRF_EVENT_OUTCOME, "fail", { R400, R400, R400, F, R400, R400, R400, R400, R400 } },
  { VRF_EVENT_OUTCOME, "await_external", { R400, R400, R400, A, R400, R400, R400, R400, R400 } },
  { VRF_EVENT_SIMULATE, "approve", { D, D, D, D, D, D, R400, R400, R400 } },
  { VRF_EVENT_SIMULATE, "reject", { D, D, D, D, D, D, R400, R400, R400 } },
  { VRF_EVENT_SIMULATE, "needs_review", { U, U, U, U, U, U, R400, R400, R400 } },
  { VRF_EVENT_SIMULATE, "expire", { X, X, X, X, X, X, R400, R400, R400 } },
  { VRF_EVENT_PROCESSED, "approve", { R400, R400, D, R400, R400, R400, R400, R400, R400 } },
  { VRF_EVENT_REVIEW, "needs_review", { R409, R409, U, U, U, R409, R409, R409, R409 } },
  { VRF_EVENT_DECIDE, "reject", { R409, R409, R409, R409, R409, D, R409, R409, R409 } },
  { VRF_EVENT_CONTINUE, NULL, { R409, R409, R409, R409, S, R409, R409, R409, R409 } },
  { VRF_EVENT_REJECT, "reject", { R409, R409, R409, R409, D, R409, R409, R409, R409 } },
  { VRF_EVENT_REPROCESS, NULL, { R400, R400, R409, R409, R400, R400, S, R400, S } },
  { VRF_EVENT_TIMEOUT, NULL, { X, X, R400, R400, R400, R400, R400, R400, R400 } },
  { VRF_EVENT_EXPIRE, NULL, { X, X, X, X, X, X, R400, R400, R400 } },
  { VRF_EVENT_RESUME, NULL, { P, P, R400, R400, R400, R400, R400, P, R400 } },
  { VRF_EVENT_LINK, NULL, { P, C, R, S, A, U, R400, P, R400 } },
  { VRF_EVENT_INVITE, NULL, { P, C, R400, R400, R400, R400, R400, R400, R400 } },
  { VRF_EVENT_UPDATE, NULL, { P, C, R, S, A, U, D, X, F } },
  { VRF_EVENT_RETRIED, "approve", { R400, R400, R400, R400, R400, D, D, R400, D } },
  { VRF_EVENT_RETENTION, NULL, { R400, R400, R400, R400, R400, R400, D, X, F } },
  { VRF_EVENT_REDACT, NULL, { P, C, R, S, A, U, D, X, F } },
};

static void
check_cell (const Row *row, VrfState state, int to)
{
  VrfEngineFacts facts = { .state = state, .is_sandbox = TRUE };
  VrfEngineStep step = { .to = VRF_STATE_UNKNOWN };
  g_autoptr (GError) error = NULL;
  gboolean ok = vrf_engine_step (&facts, row->event, vrf_presets_find (row->preset), &step, &error);

  g_test_message (
      "event %d in %s", (int) row->event, vrf_enum_to_nick (vrf_engine_states, (int) state));
  if (to > 0)
    {
      g_assert_no_error (error);
      g_assert_true (ok);
      g_assert_cmpint ((int) step.to, ==, to);
    }
  else
    {
      g_assert_false (ok);
      g_assert_cmpint ((int) vrf_error_get_http_status (error), ==, -to);
      g_assert_nonnull (vrf_error_get_api_code (error));
      g_assert_cmpint ((int) step.to, ==, VRF_STATE_UNKNOWN);
    }
}

static void
test_table (void)
{
  gboolean seen[VRF_N_EVENTS] = { FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      seen[rows[i].event] = TRUE;
      for (guint state = 1; state < VRF_N_STATES; state++)
        check_cell (&rows[i], (VrfState) state, rows[i].to[state - 1]);
    }
  for (guint i = 0; i < VRF_N_EVENTS; i++)
    g_assert_true (seen[i]);
}

static VrfEngineStep
must_step (VrfState state, gboolean is_sandbox, VrfEvent event, const char *preset)
{
  VrfEngineFacts facts = { .state = state, .is_sandbox = is_sandbox };
  VrfEngineStep step = { 0 };
  g_autoptr (GError) error = NULL;

  vrf_engine_step (&facts, event, vrf_presets_find (preset), &step, &error);
  g_assert_no_error (error);
  return step;
}

static void
test_live (void)
{
  VrfEngineFacts facts = { .state = S };
  VrfEngineStep step = must_step (C, FALSE, VRF_EVENT_COMPLETE, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (step.to, ==, R);
  g_assert_cmpint (step.effects, ==, VRF_EFFECT_START_RUN);
  g_assert_cmpint (must_step (A, FALSE, VRF_EVENT_CONTINUE, NULL).to, ==, R);
  g_assert_cmpint (must_step (D, FALSE, VRF_EVENT_REPROCESS, NULL).to, ==, R);

  g_assert_false (
      vrf_engine_step (&facts, VRF_EVENT_SIMULATE, vrf_presets_find ("approve"), &step, &error));
  g_assert_cmpint (vrf_error_get_http_status (error), ==, 403);
  g_clear_error (&error);
  g_assert_false (
      vrf_engine_step (&facts, VRF_EVENT_OUTCOME, vrf_presets_find ("approve"), &step, &error));
  g_assert_cmpint (vrf_error_get_http_status (error), ==, 403);
}

const struct
{
  VrfState state;
  VrfEvent event;
  const char *preset;
  VrfEffects effects;
  const char *webhook;
} effects[] = {
  { P, VRF_EVENT_VISIT, NULL, 0, "session.started" },
  { C, VRF_EVENT_VISIT, NULL, 0, NULL },
  { P, VRF_EVENT_UPLOAD, NULL, 0, "session.started" },
  { S,
    VRF_EVENT_OUTCOME,
    "approve",
    VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_WRITE_RESULT,
    "session.approved" },
  { S,
    VRF_EVENT_OUTCOME,
    "reject",
    VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_WRITE_RESULT,
    "session.declined" },
  { P,
    VRF_EVENT_SIMULATE,
    "needs_review",
    VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_WRITE_RESULT | VRF_EFFECT_OPEN_CASE,
    "session.requires-review" },
  { U,
    VRF_EVENT_SIMULATE,
    "approve",
    VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_WRITE_RESULT | VRF_EFFECT_CLOSE_CASE,
    "session.approved" },
  { U,
    VRF_EVENT_SIMULATE,
    "needs_review",
    VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_WRITE_RESULT,
    "session.requires-review" },
  { S,
    VRF_EVENT_REVIEW,
    "needs_review",
    VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_WRITE_RESULT | VRF_EFFECT_OPEN_CASE,
    "session.requires-review" },
  { U,
    VRF_EVENT_DECIDE,
    "reject",
    VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_REVISE_RESULT | VRF_EFFECT_CLOSE_CASE,
    "session.declined" },
  { U,
    VRF_EVENT_EXPIRE,
    NULL,
    VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_DROP_RESULT | VRF_EFFECT_DROP_CASE,
    "session.expired" },
  { U,
    VRF_EVENT_SIMULATE,
    "expire",
    VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_DROP_RESULT | VRF_EFFECT_DROP_CASE,
    "session.expired" },
  { P, VRF_EVENT_TIMEOUT, NULL, VRF_EFFECT_KILL_TOKEN, "session.expired" },
  { X, VRF_EVENT_RESUME, NULL, VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_NEW_TOKEN, NULL },
  { X,
    VRF_EVENT_LINK,
    NULL,
    VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_NEW_TOKEN,
    "session.link_generated" },
  { P, VRF_EVENT_LINK, NULL, 0, "session.link_generated" },
  { S, VRF_EVENT_OUTCOME, "fail", VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_DROP_RESULT, NULL },
  { S,
    VRF_EVENT_OUTCOME,
    "await_external",
    VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_DROP_RESULT,
    "session.awaiting_external" },
  { D, VRF_EVENT_REDACT, NULL, VRF_EFFECT_REDACT, "session.redacted" },
  { X, VRF_EVENT_RETENTION, NULL, VRF_EFFECT_REDACT, "session.retention-expired" },
  { D,
    VRF_EVENT_RETRIED,
    "approve",
    VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_WRITE_RESULT,
    "session.approved" },
  { U,
    VRF_EVENT_RETRIED,
    "approve",
    VRF_EFFECT_KILL_TOKEN | VRF_EFFECT_WRITE_RESULT | VRF_EFFECT_CLOSE_CASE,
    "session.approved" },
};

static void
test_effects (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (effects); i++)
    {
      VrfEngineStep step = must_step (effects[i].state, TRUE, effects[i].event, effects[i].preset);

      g_assert_cmpint (step.effects, ==, effects[i].effects);
      g_assert_cmpstr (step.webhook, ==, effects[i].webhook);
    }
}

static void
test_redacted (void)
{
  for (guint event = 0; event < VRF_EVENT_REDACT; event++)
    {
      VrfEngineFacts facts = { .state = X, .is_sandbox = TRUE, .is_redacted = TRUE };
      VrfEngineStep step = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_false (
          vrf_engine_step (&facts, (VrfEvent) event, vrf_presets_find ("approve"), &step, &error));
      g_assert_cmpint (vrf_error_get_http_status (error), ==, 400);
    }
}

static void
test_classes (void)
{
  for (guint state = 1; state < VRF_N_STATES; state++)
    {
      const char *nick = vrf_enum_to_nick (vrf_engine_states, (int) state);
      gboolean terminal = strstr ("completed expired failed", nick) != NULL;

      g_assert_cmpint (vrf_engine_is_active ((VrfState) state), ==, !terminal);
      g_assert_cmpint (vrf_engine_is_capturable ((VrfState) state), ==, state == P || state == C);
      g_assert_cmpint (vrf_enum_from_nick (vrf_engine_states, nick), ==, (int) state);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/engine/table", test_table);
  g_test_add_func ("/sandbox/engine/live", test_live);
  g_test_add_func ("/sandbox/engine/effects", test_effects);
  g_test_add_func ("/sandbox/engine/redacted", test_redacted);
  g_test_add_func ("/sandbox/engine/classes", test_classes);
  return g_test_run ();
}
