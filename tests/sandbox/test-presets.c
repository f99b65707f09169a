/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox/vrf-presets.h"

/* The table of verifa-api.md 8.6, typed from there: p passed, f failed, s skipped. */
static const struct
{
  const char *nick;
  const char *checks; /* ocr, expiration, face, age, watchlist, duplicate, risk */
  double face_score;
  int risk_score;
  const char *risk_level;
  const char *result;
  const char *reason_code;
  int face_passed;
  int age_passed;
  VrfState to;
} wanted[] = {
  { "approve", "ppppppp", 0.95, 8, "low", "approved", NULL, 1, 1, VRF_STATE_COMPLETED },
  { "reject", "ppfpppp", 0.21, 64, "high", "rejected", "face_mismatch", 0, 1, VRF_STATE_COMPLETED },
  { "needs_review",
    "ppppppp",
    0.62,
    47,
    "medium",
    "needs_review",
    NULL,
    1,
    1,
    VRF_STATE_UNDER_REVIEW },
  { "reject_document_expired",
    "pfppppp",
    0.93,
    12,
    "low",
    "rejected",
    "document_expired",
    1,
    1,
    VRF_STATE_COMPLETED },
  { "reject_underage",
    "pppfppp",
    0.94,
    10,
    "low",
    "rejected",
    "underage",
    1,
    0,
    VRF_STATE_COMPLETED },
  { "reject_unreadable",
    "fsssppp",
    -1,
    18,
    "low",
    "rejected",
    "document_unreadable",
    -1,
    -1,
    VRF_STATE_COMPLETED },
  { "reject_high_risk",
    "ppppppp",
    0.91,
    92,
    "critical",
    "rejected",
    "high_risk",
    1,
    1,
    VRF_STATE_COMPLETED },
  { "review_watchlist",
    "ppppfpp",
    0.95,
    55,
    "high",
    "needs_review",
    NULL,
    1,
    1,
    VRF_STATE_UNDER_REVIEW },
  { "review_duplicate",
    "pppppfp",
    0.95,
    49,
    "medium",
    "needs_review",
    NULL,
    1,
    1,
    VRF_STATE_UNDER_REVIEW },
};

static const char *const policies[] = {
  "document_ocr",        "document_expiration", "face_match",      "age_verification",
  "watchlist_screening", "duplicate_detection", "risk_assessment",
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      const VrfPreset *preset = vrf_presets_find (wanted[i].nick);

      g_assert_nonnull (preset);
      g_assert_cmpint (preset->to, ==, wanted[i].to);
      g_assert_cmpstr (preset->result, ==, wanted[i].result);
      g_assert_cmpstr (preset->reason_code, ==, wanted[i].reason_code);
      g_assert_cmpint (preset->reason != NULL, ==, wanted[i].reason_code != NULL);
      g_assert_cmpint (preset->face_passed, ==, wanted[i].face_passed);
      g_assert_cmpfloat (preset->face_score, ==, wanted[i].face_score);
      g_assert_cmpint (preset->age_passed, ==, wanted[i].age_passed);
      g_assert_cmpint (preset->risk_score, ==, wanted[i].risk_score);
      g_assert_cmpstr (vrf_presets_risk_level (preset->risk_score), ==, wanted[i].risk_level);
      for (guint check = 0; check < G_N_ELEMENTS (policies); check++)
        {
          g_assert_cmpstr (preset->checks[check].policy, ==, policies[check]);
          g_assert_cmpint (preset->checks[check].status[0], ==, wanted[i].checks[check]);
        }
      g_assert_cmpfloat (preset->checks[2].score, ==, wanted[i].face_score);
    }
}

static void
test_list (void)
{
  guint n = 0;
  const VrfPreset *presets = vrf_presets_list (&n);
  guint groups[3] = { 0 };

  for (guint i = 0; i < n; i++)
    {
      groups[presets[i].group]++;
      g_assert_nonnull (presets[i].label);
      g_assert_true (vrf_presets_find (presets[i].nick) == &presets[i]);
      g_assert_cmpint (presets[i].result == NULL, ==, presets[i].group == VRF_PRESET_DEVELOPER);
    }
  g_assert_cmpuint (groups[VRF_PRESET_SERVICE], ==, 3);
  g_assert_cmpuint (groups[VRF_PRESET_EXTENSION], ==, 6);
  g_assert_cmpuint (groups[VRF_PRESET_DEVELOPER], ==, 3);
  g_assert_null (vrf_presets_find ("nonsense"));
  g_assert_null (vrf_presets_find (NULL));
}

/* simulate and sandbox-outcome have words of their own; neither takes the other's. */
static void
test_actions (void)
{
  g_assert_cmpstr (vrf_presets_find_action ("approve")->nick, ==, "approve");
  g_assert_cmpstr (vrf_presets_find_action ("decline")->nick, ==, "reject");
  g_assert_cmpstr (vrf_presets_find_action ("require-review")->nick, ==, "needs_review");
  g_assert_cmpstr (vrf_presets_find_action ("expire")->nick, ==, "expire");
  g_assert_null (vrf_presets_find_action ("reject"));
  g_assert_null (vrf_presets_find_action ("needs_review"));
  g_assert_null (vrf_presets_find ("decline"));
}

static void
test_levels (void)
{
  g_assert_cmpstr (vrf_presets_risk_level (0), ==, "low");
  g_assert_cmpstr (vrf_presets_risk_level (20), ==, "low");
  g_assert_cmpstr (vrf_presets_risk_level (21), ==, "medium");
  g_assert_cmpstr (vrf_presets_risk_level (50), ==, "medium");
  g_assert_cmpstr (vrf_presets_risk_level (51), ==, "high");
  g_assert_cmpstr (vrf_presets_risk_level (80), ==, "high");
  g_assert_cmpstr (vrf_presets_risk_level (81), ==, "critical");
  g_assert_cmpstr (vrf_presets_risk_level (100), ==, "critical");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/presets/table", test_table);
  g_test_add_func ("/sandbox/presets/list", test_list);
  g_test_add_func ("/sandbox/presets/actions", test_actions);
  g_test_add_func ("/sandbox/presets/levels", test_levels);
  return g_test_run ();
}
