/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk/window/vrf-columns.h"

#include "base/vrf-time.h"

/* The risk's four bars without the word. */
#define RISK_BARS_WIDTH 44
/* Where it gets narrow a name is cut rather than lost. */
#define APPLICANT_LEAST_WIDTH 72
/* What is enough for most names; beyond it the workflow's name grows too, up to its own limit. */
#define APPLICANT_GOOD_WIDTH 170
#define WORKFLOW_MOST_WIDTH 230

static const struct
{
  const char *id;
  const char *title;
  int width;
} columns[VRF_N_COLUMNS] = {
  [VRF_COLUMN_STATUS] = {
      "status", N_ ("Status"), 157 },
      [VRF_COLUMN_RESULT] = {
          "result", N_ ("Result"), 127 },
          [VRF_COLUMN_RISK] = {
              "risk", N_ ("Risk"), 99 },
              [VRF_COLUMN_REFERENCE] = {
                  "reference", N_ ("Reference"), 124 },
                  [VRF_COLUMN_APPLICANT] = {
                      "applicant", N_ ("Applicant"), 110 },
                      [VRF_COLUMN_WORKFLOW] = {
                          "workflow", N_ ("Workflow"), 116 },
                          [VRF_COLUMN_CREATED] = { "created", N_ ("Created"), 72 },
                                                   [VRF_COLUMN_EXPIRES] = { "expires",
                                                                            N_ ("Expires"), 76 },
                                                   };

const char *
vrf_column_get_id (VrfColumn column)
{
  return columns[column].id;
}

VrfColumn
vrf_column_from_id (const char *id, VrfColumn fallback)
{
  for (guint i = 0; i < VRF_N_COLUMNS; i++)
    if (g_strcmp0 (columns[i].id, id) == 0)
      return (VrfColumn) i;

  return fallback;
}

const char *
vrf_column_get_title (VrfColumn column)
{
  return _ (columns[column].title);
}

int
vrf_column_get_width (VrfColumn column)
{
  return columns[column].width;
}

guint
vrf_columns_from_ids (const char *const *ids)
{
  guint set = 1u << VRF_COLUMN_REFERENCE;

  for (; ids != NULL && *ids != NULL; ids++)
    for (guint i = 0; i < VRF_N_COLUMNS; i++)
      if (strcmp (columns[i].id, *ids) == 0)
        set |= 1u << i;

  return set;
}

GStrv
vrf_columns_to_ids (guint set)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < VRF_N_COLUMNS; i++)
    if (set & (1u << i))
      g_strv_builder_add (builder, columns[i].id);

  return g_strv_builder_end (builder);
}

/* Folding */

static int
folding_width (const VrfFolding *folding)
{
  int width = 0;

  for (guint i = 0; i < VRF_N_COLUMNS; i++)
    if (folding->columns & (1u << i))
      width += columns[i].width;
  if ((folding->columns & (1u << VRF_COLUMN_RISK)) && !folding->risk_word)
    width -= columns[VRF_COLUMN_RISK].width - RISK_BARS_WIDTH;

  return width;
}

VrfFolding
vrf_columns_fold (guint wanted, int width)
{
  VrfFolding folding = { wanted | 1u << VRF_COLUMN_REFERENCE, TRUE, 0, 0 };
  int others, spare;

  if (folding_width (&folding) > width)
    folding.columns &= ~(1u << VRF_COLUMN_WORKFLOW);
  if (folding_width (&folding) > width)
    folding.risk_word = FALSE;
  if (folding_width (&folding) > width)
    folding.columns &= ~(1u << VRF_COLUMN_CREATED);

  others = folding_width (&folding) - columns[VRF_COLUMN_APPLICANT].width;
  folding.applicant_width = MAX (APPLICANT_LEAST_WIDTH, width - others);
  folding.workflow_width = columns[VRF_COLUMN_WORKFLOW].width;
  spare = folding.applicant_width - APPLICANT_GOOD_WIDTH;
  if (spare > 0 && (folding.columns & (1u << VRF_COLUMN_WORKFLOW)))
    {
      spare = MIN (spare / 2, WORKFLOW_MOST_WIDTH - folding.workflow_width);
      folding.workflow_width += spare;
      folding.applicant_width -= spare;
    }

  return folding;
}

/* Order */

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_texts (const char *a, const char *b)
{
  g_autofree char *key_a = g_utf8_collate_key_for_filename (a, -1);
  g_autofree char *key_b = g_utf8_collate_key_for_filename (b, -1);

  return strcmp (key_a, key_b);
}

/* Whether there is anything to sort @row by. */
static gboolean
is_known (VrfColumn column, VrfRow *row)
{
  switch (column)
    {
    case VRF_COLUMN_RESULT:
      return vrf_row_get_result_text (row) != NULL;
    case VRF_COLUMN_RISK:
      return vrf_row_get_risk_level (row) != NULL;
    case VRF_COLUMN_REFERENCE:
      return vrf_row_get_external_ref (row) != NULL;
    case VRF_COLUMN_APPLICANT:
      return vrf_row_get_applicant (row) != NULL;
    case VRF_COLUMN_WORKFLOW:
      return vrf_row_get_workflow_name (row) != NULL;
    case VRF_COLUMN_CREATED:
      return vrf_row_get_created_at (row) != VRF_TIME_NONE;
    case VRF_COLUMN_EXPIRES:
      return vrf_row_is_active (row) && vrf_row_get_expires_at (row) != VRF_TIME_NONE;
    case VRF_COLUMN_STATUS:
    case VRF_N_COLUMNS:
    default:
      return TRUE;
    }
}

static int
risk_rank (VrfRow *row)
{
  static const char *const levels[] = { "low", "medium", "high", "critical", NULL };
  const char *level = vrf_row_get_risk_level (row);

  for (int i = 0; levels[i] != NULL; i++)
    if (strcmp (levels[i], level) == 0)
      return i * 1000 + MAX (vrf_row_get_risk_score (row), 0);

  return -1;
}

static int
compare_known (VrfColumn column, VrfRow *a, VrfRow *b)
{
  switch (column)
    {
    case VRF_COLUMN_RESULT:
      return compare_texts (vrf_row_get_result_text (a), vrf_row_get_result_text (b));
    case VRF_COLUMN_RISK:
      return compare_numbers (risk_rank (a), risk_rank (b));
    case VRF_COLUMN_REFERENCE:
      return compare_texts (vrf_row_get_external_ref (a), vrf_row_get_external_ref (b));
    case VRF_COLUMN_APPLICANT:
      return compare_texts (vrf_row_get_applicant (a), vrf_row_get_applicant (b));
    case VRF_COLUMN_WORKFLOW:
      return compare_texts (vrf_row_get_workflow_name (a), vrf_row_get_workflow_name (b));
    case VRF_COLUMN_CREATED:
      return compare_numbers (vrf_row_get_created_at (a), vrf_row_get_created_at (b));
    case VRF_COLUMN_EXPIRES:
      return compare_numbers (vrf_row_get_expires_at (a), vrf_row_get_expires_at (b));
    case VRF_COLUMN_STATUS:
      return compare_numbers (vrf_row_get_status (a), vrf_row_get_status (b));
    case VRF_N_COLUMNS:
    default:
      return 0;
    }
}

int
vrf_column_compare (VrfColumn column, VrfRow *a, VrfRow *b, gboolean descending)
{
  gboolean a_known = is_known (column, a);
  gboolean b_known = is_known (column, b);
  int order = 0;

  if (a_known != b_known)
    return a_known ? -1 : 1;

  if (a_known)
    order = compare_known (column, a, b);
  if (order != 0)
    return descending ? -order : order;

  order = compare_numbers (vrf_row_get_created_at (b), vrf_row_get_created_at (a));

  return order != 0 ? order : strcmp (vrf_row_get_id (b), vrf_row_get_id (a));
}
