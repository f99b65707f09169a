/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "../core/core-test.h"
#include "desk/window/vrf-columns.h"

#define SET(column) (1u << VRF_COLUMN_##column)

static VrfRow *
new_row (const char *members)
{
  g_autofree char *json = g_strdup_printf (
      "{'id':'session_1',%s%s%s,'tags':[]}",
      strstr (members, "'status'") == NULL ? "'status':'pending'," : "",
      strstr (members, "'created_at'") == NULL ? "'created_at':'2026-02-01T12:00:00Z'," : "",
      members);
  g_autoptr (VrfSession) session = core_test_session (json);

  return vrf_row_new (session);
}

static void
test_fold (void)
{
  static const struct
  {
    int width;
    guint gone;
    gboolean risk_word;
    int applicant;
    int workflow;
  } cases[] = {
    { 1200, 0, TRUE, 315, 230 },
    { 961, 0, TRUE, 180, 126 },
    { 881, 0, TRUE, 110, 116 },
    { 880, SET (WORKFLOW), TRUE, 225, 116 },
    { 765, SET (WORKFLOW), TRUE, 110, 116 },
    { 764, SET (WORKFLOW), FALSE, 164, 116 },
    { 710, SET (WORKFLOW), FALSE, 110, 116 },
    { 709, SET (WORKFLOW) | SET (CREATED), FALSE, 181, 116 },
    { 600, SET (WORKFLOW) | SET (CREATED), FALSE, 72, 116 },
    { 0, SET (WORKFLOW) | SET (CREATED), FALSE, 72, 116 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      VrfFolding folding = vrf_columns_fold (VRF_COLUMNS_ALL, cases[i].width);

      g_assert_cmphex (folding.columns, ==, VRF_COLUMNS_ALL & ~cases[i].gone);
      g_assert_cmpint (folding.risk_word, ==, cases[i].risk_word);
      g_assert_cmpint (folding.applicant_width, ==, cases[i].applicant);
      g_assert_cmpint (folding.workflow_width, ==, cases[i].workflow);
    }
}

/* What the person hid makes room for the rest. */
static void
test_fold_hidden (void)
{
  VrfFolding folding = vrf_columns_fold (VRF_COLUMNS_ALL & ~SET (RESULT), 754);

  g_assert_cmphex (folding.columns, ==, VRF_COLUMNS_ALL & ~SET (RESULT));
  g_assert_true (folding.risk_word);

  /* The reference cannot be hidden. */
  g_assert_cmphex (vrf_columns_fold (0, 2000).columns, ==, SET (REFERENCE));
}

static void
test_ids (void)
{
  static const char *const some[] = { "created", "status", "no-such-column", NULL };
  g_auto (GStrv) all = vrf_columns_to_ids (VRF_COLUMNS_ALL);
  g_auto (GStrv) ids = vrf_columns_to_ids (SET (CREATED) | SET (STATUS));
  g_autofree char *joined = g_strjoinv (" ", ids);

  g_assert_cmphex (vrf_columns_from_ids (some), ==, SET (STATUS) | SET (CREATED) | SET (REFERENCE));
  g_assert_cmphex (vrf_columns_from_ids (NULL), ==, SET (REFERENCE));
  g_assert_cmphex (vrf_columns_from_ids ((const char *const *) all), ==, VRF_COLUMNS_ALL);
  g_assert_cmpuint (g_strv_length (all), ==, VRF_N_COLUMNS);
  g_assert_cmpstr (joined, ==, "status created");

  for (guint i = 0; i < VRF_N_COLUMNS; i++)
    g_assert_cmpint (
        vrf_column_from_id (vrf_column_get_id ((VrfColumn) i), VRF_N_COLUMNS), ==, (int) i);
  g_assert_cmpint (vrf_column_from_id ("", VRF_COLUMN_CREATED), ==, VRF_COLUMN_CREATED);
}

static void
test_compare (void)
{
  static const struct
  {
    VrfColumn column;
    const char *less;
    const char *more;
  } cases[] = {
    { VRF_COLUMN_STATUS, "'status':'pending'", "'status':'completed'" },
    { VRF_COLUMN_RESULT, "'result_status':'approved'", "'result_status':'rejected'" },
    { VRF_COLUMN_RISK, "'risk_level':'medium'", "'risk_level':'high'" },
    { VRF_COLUMN_REFERENCE, "'external_ref':'BK-9'", "'external_ref':'BK-10'" },
    { VRF_COLUMN_APPLICANT,
      "'metadata':{'applicant_name':'Ana'}",
      "'metadata':{'applicant_name':'Noah'}" },
    { VRF_COLUMN_CREATED,
      "'created_at':'2026-02-01T11:00:00Z'",
      "'created_at':'2026-02-01T12:30:00Z'" },
    { VRF_COLUMN_EXPIRES,
      "'token_expires_at':'2026-02-01T12:20:00Z'",
      "'token_expires_at':'2026-02-01T12:21:00Z'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (VrfRow) less = new_row (cases[i].less);
      g_autoptr (VrfRow) more = new_row (cases[i].more);

      g_assert_cmpint (vrf_column_compare (cases[i].column, less, more, FALSE), <, 0);
      g_assert_cmpint (vrf_column_compare (cases[i].column, more, less, FALSE), >, 0);
      g_assert_cmpint (vrf_column_compare (cases[i].column, less, more, TRUE), >, 0);
      g_assert_cmpint (vrf_column_compare (cases[i].column, less, less, TRUE), ==, 0);
    }
}

/* What is not known is last in both directions, and among equals the newer is first. */
static void
test_compare_unknown (void)
{
  g_autoptr (VrfRow) known = new_row ("'external_ref':'BK-9'");
  g_autoptr (VrfRow) unknown = new_row ("'external_ref':null");
  g_autoptr (VrfRow) newer = new_row ("'external_ref':'BK-9','created_at':'2026-02-01T13:00:00Z'");

  g_assert_cmpint (vrf_column_compare (VRF_COLUMN_REFERENCE, known, unknown, FALSE), <, 0);
  g_assert_cmpint (vrf_column_compare (VRF_COLUMN_REFERENCE, known, unknown, TRUE), <, 0);
  g_assert_cmpint (vrf_column_compare (VRF_COLUMN_REFERENCE, newer, known, FALSE), <, 0);
  g_assert_cmpint (vrf_column_compare (VRF_COLUMN_REFERENCE, newer, known, TRUE), <, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/desk/window/columns/fold", test_fold);
  g_test_add_func ("/desk/window/columns/fold-hidden", test_fold_hidden);
  g_test_add_func ("/desk/window/columns/ids", test_ids);
  g_test_add_func ("/desk/window/columns/compare", test_compare);
  g_test_add_func ("/desk/window/columns/compare-unknown", test_compare_unknown);

  return g_test_run ();
}
