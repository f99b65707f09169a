/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include <string.h>

#include "desk/core/vrf-lifecycle.h"
#include "base/vrf-time.h"
#include "desk/session/vrf-live.h"

#include "scene.h"

/* verifa-product.md 1.3 as a table: which action is legal in which status of a sandbox session. */
typedef struct
{
  const char *status;
  const char *legal; /* a letter an action, in the order of the enum; '-' where it is refused */
} LegalLine;

/* R resume, L new link, X expire, I resend invite, a d r e outcomes, P reprocess, D redact */
static const LegalLine legal_lines[] = {
  { "pending", "RLXIadre-D" },
  { "capturing", "RLXIadre-D" },
  { "processing", "--X-adre-D" },
  { "sandbox_pending", "--X-adre-D" },
  { "awaiting_external", "--X-adre-D" },
  { "under_review", "--X-adre-D" },
  { "completed", "--------PD" },
  { "expired", "RL-------D" },
  { "failed", "--------PD" },
  { "a_newer_status", "RLXIadrePD" },
};

static void
test_legal (void)
{
  g_autoptr (VrfBackend) backend = scene_backend_new ();
  guint i = 0;

  for (i = 0; i < G_N_ELEMENTS (legal_lines); i++)
    {
      VrfRow *row = scene_other_row (backend, legal_lines[i].status, legal_lines[i].status, TRUE);
      guint action = 0;

      g_assert_cmpuint (strlen (legal_lines[i].legal), ==, VRF_N_ACTIONS);
      for (action = 0; action < VRF_N_ACTIONS; action++)
        {
          const char *refusal = vrf_lifecycle_refusal (row, action);

          g_test_message ("%s, %s: %s",
                          legal_lines[i].status,
                          vrf_action_get_label (action),
                          refusal != NULL ? refusal : "legal");
          if (legal_lines[i].legal[action] == '-'
              && strcmp (legal_lines[i].status, "a_newer_status"))
            g_assert_nonnull (refusal);
          else
            g_assert_null (refusal);
        }
    }
}

static void
test_live (void)
{
  g_autoptr (VrfBackend) backend = scene_backend_new ();
  VrfRow *row = scene_other_row (backend, "s1", "pending", FALSE);
  guint action = 0;

  for (action = 0; action < VRF_N_ACTIONS; action++)
    if (vrf_action_is_sandbox_only (action))
      g_assert_cmpstr (vrf_lifecycle_refusal (row, action), ==, "Only for sandbox verifications");
  g_assert_null (vrf_lifecycle_refusal (row, VRF_ACTION_EXPIRE));
}

/* Every status has a sentence for the guest and one for staff, and they never give a reason. */
static void
test_words (void)
{
  static const char *const reasons[] = { "face", "reject", "age", "document", "risk", "match" };
  g_autoptr (VrfBackend) backend = scene_backend_new ();
  guint i = 0;

  for (i = 0; i < G_N_ELEMENTS (legal_lines); i++)
    {
      VrfRow *row = scene_other_row (backend, legal_lines[i].status, legal_lines[i].status, TRUE);

      g_assert_cmpstr (vrf_lifecycle_say (row), !=, "");
      g_assert_cmpstr (vrf_lifecycle_hint (row), !=, "");
    }

  {
    VrfRow *row = scene_row (backend, "completed", 0);
    g_autofree char *said = NULL;

    scene_set_result (row, "rejected", 0.21);
    said = g_utf8_strdown (vrf_lifecycle_say (row), -1);
    for (i = 0; i < G_N_ELEMENTS (reasons); i++)
      g_assert_null (strstr (said, reasons[i]));
  }
}

/* Of a link that nobody remembers nothing is said before the server has told: it may be good. */
static void
test_remembered (void)
{
  g_autoptr (VrfBackend) backend = scene_backend_new ();
  VrfRow *told = scene_row (backend, "pending", 0);
  g_autoptr (VrfRow) row =
      vrf_row_new_remembered (vrf_row_get_session (told), -1, VRF_TIME_NONE, FALSE);
  g_autofree char *old_title = vrf_live_dup_title (told, vrf_backend_get_clock (backend));
  g_autofree char *title = vrf_live_dup_title (row, vrf_backend_get_clock (backend));

  g_assert_false (vrf_row_is_remembered (told));
  g_assert_cmpstr (old_title, ==, "Link expired");
  g_assert_true (vrf_row_is_remembered (row));
  g_assert_cmpstr (title, ==, "Link not checked yet");
  g_assert_nonnull (strstr (vrf_lifecycle_hint (row), "has not told yet"));
  g_assert_null (strstr (vrf_lifecycle_hint (told), "has not told yet"));
}

static void
test_steps (void)
{
  g_autoptr (VrfBackend) backend = scene_backend_new ();
  VrfRow *row = scene_row (backend, "pending", 600);

  g_assert_cmpint (vrf_lifecycle_step (row), ==, 0);
  g_assert_cmpint (vrf_lifecycle_step (scene_row (backend, "capturing", 600)), ==, 1);
  g_assert_cmpint (vrf_lifecycle_step (scene_row (backend, "sandbox_pending", 0)), ==, 2);
  g_assert_cmpint (vrf_lifecycle_step (scene_row (backend, "under_review", 0)), ==, 3);
  g_assert_cmpint (vrf_lifecycle_step (scene_row (backend, "completed", 0)), ==, 4);
}

typedef struct
{
  const char *told; /* of the applicant */
  int step;
} StopCase;

/* What ended early stopped where it is known to have been, and no further. */
static void
test_stopped (void)
{
  static const StopCase cases[] = {
    { "'processing_attempts':0", 0 },
    { "'tags':[]", 0 },
    { "'consent_ip':'203.0.113.7','processing_attempts':0", 1 },
    { "'document_type':'passport'", 1 },
    { "'processing_attempts':1", 2 },
  };
  static const char *const ends[] = { "failed", "expired" };
  g_autoptr (VrfBackend) backend = scene_backend_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases) * G_N_ELEMENTS (ends); i++)
    {
      const StopCase *stop = &cases[i / 2];
      g_autofree char *id = g_strdup_printf ("stopped_%u", i);
      VrfRow *row = scene_told_row (backend, id, ends[i % 2], stop->told);

      g_test_message ("%s: %s", ends[i % 2], stop->told);
      g_assert_cmpint (vrf_lifecycle_step (row), ==, stop->step);
    }
}

/* Seen to be opened, then to fail. */
static void
test_stopped_seen (void)
{
  static const char *const opened[] = { "pending", "capturing", "failed" };
  static const char *const unopened[] = { "pending", "failed" };
  g_autoptr (VrfBackend) backend = scene_backend_new ();
  VrfRow *row = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (opened); i++)
    row = scene_other_row (backend, "opened", opened[i], TRUE);
  g_assert_cmpint (vrf_lifecycle_step (row), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (unopened); i++)
    row = scene_other_row (backend, "unopened", unopened[i], TRUE);
  g_assert_cmpint (vrf_lifecycle_step (row), ==, 0);
}

static void
test_checks (void)
{
  g_assert_cmpstr (vrf_lifecycle_check_label ("document_ocr"), ==, "Document Scan");
  g_assert_cmpstr (vrf_lifecycle_check_label ("face_match"), ==, "Facial Recognition");
  g_assert_cmpstr (vrf_lifecycle_check_label ("age_verification"), ==, "Age Verification");
  g_assert_cmpstr (vrf_lifecycle_check_category ("face_match"), ==, "Biometric");
  g_assert_cmpstr (vrf_lifecycle_check_label ("a_newer_check"), ==, "a_newer_check");
  g_assert_cmpstr (vrf_lifecycle_check_category ("a_newer_check"), ==, "Other");
  g_assert_cmpuint (
      vrf_lifecycle_check_order ("document_ocr"), <, vrf_lifecycle_check_order ("a_newer_check"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/lifecycle/legal", test_legal);
  g_test_add_func ("/desk/lifecycle/live", test_live);
  g_test_add_func ("/desk/lifecycle/words", test_words);
  g_test_add_func ("/desk/lifecycle/remembered", test_remembered);
  g_test_add_func ("/desk/lifecycle/steps", test_steps);
  g_test_add_func ("/desk/lifecycle/stopped", test_stopped);
  g_test_add_func ("/desk/lifecycle/stopped-seen", test_stopped_seen);
  g_test_add_func ("/desk/lifecycle/checks", test_checks);

  return g_test_run ();
}
