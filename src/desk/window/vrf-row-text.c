/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/window/vrf-row-text.h"

#include "desk/widgets/vrf-chip-kinds.h"
#include "desk/widgets/vrf-risk-meter.h"
#include "desk/window/vrf-ages.h"

char *
vrf_row_text_reference (VrfRow *row)
{
  const char *reference = vrf_row_get_external_ref (row);

  return g_strdup (reference != NULL && *reference != '\0' ? reference : _ ("No reference"));
}

const char *
vrf_row_text_risk (VrfRow *row)
{
  const char *level = vrf_row_get_risk_level (row);

  return level != NULL ? vrf_risk_level_word (level) : NULL;
}

char *
vrf_row_text_countdown (VrfRow *row, gint64 now_us)
{
  switch (vrf_row_get_status (row))
    {
    case VRF_SESSION_STATUS_PENDING:
    case VRF_SESSION_STATUS_CAPTURING:
      return vrf_countdown_dup (vrf_row_get_expires_at (row), now_us);
    case VRF_SESSION_STATUS_UNKNOWN:
    case VRF_SESSION_STATUS_PROCESSING:
    case VRF_SESSION_STATUS_SANDBOX_PENDING:
    case VRF_SESSION_STATUS_AWAITING_EXTERNAL:
    case VRF_SESSION_STATUS_UNDER_REVIEW:
    case VRF_SESSION_STATUS_COMPLETED:
    case VRF_SESSION_STATUS_EXPIRED:
    case VRF_SESSION_STATUS_FAILED:
    default:
      return NULL;
    }
}

char *
vrf_row_text_second_line (VrfRow *row, gint64 now_us)
{
  g_autofree char *age = vrf_age_dup_short (vrf_row_get_created_at (row), now_us);
  const char *applicant = vrf_row_get_applicant (row);

  if (applicant == NULL || *applicant == '\0')
    return g_steal_pointer (&age);

  /* Translators: applicant and age, as in "Noah Lindqvist · 3 min" */
  return g_strdup_printf (_ ("%s · %s"), applicant, age);
}

char *
vrf_row_text_sentence (VrfRow *row, gint64 now_us)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *age = vrf_age_dup_short (vrf_row_get_created_at (row), now_us);
  g_autofree char *left = NULL;
  g_autofree char *countdown = vrf_row_text_countdown (row, now_us);
  const char *result = vrf_row_get_result_text (row);
  const char *risk = vrf_row_text_risk (row);
  const char *applicant = vrf_row_get_applicant (row);
  const char *workflow = vrf_row_get_workflow_name (row);

  g_ptr_array_add (parts, vrf_row_text_reference (row));
  g_ptr_array_add (parts, g_strdup (vrf_chip_kind_for_status (vrf_row_get_status_text (row)).word));
  g_ptr_array_add (
      parts,
      g_strdup (result != NULL ? vrf_chip_kind_for_result (result).word : _ ("no result yet")));
  if (risk != NULL)
    /* Translators: a level of risk, as in “risk High”, read aloud */
    g_ptr_array_add (parts, g_strdup_printf (_ ("risk %s"), risk));
  g_ptr_array_add (parts, g_strdup (applicant != NULL ? applicant : _ ("no name")));
  if (workflow != NULL)
    g_ptr_array_add (parts, g_strdup (workflow));
  /* Translators: how long ago, as in “created 4 min”, read aloud */
  g_ptr_array_add (parts, g_strdup_printf (_ ("created %s"), age));
  if (countdown != NULL)
    left = vrf_countdown_dup_spoken (vrf_row_get_expires_at (row), now_us);
  if (left != NULL)
    g_ptr_array_add (parts, g_steal_pointer (&left));
  g_ptr_array_add (parts, NULL);

  /* Translators: what separates the parts of a row that is read aloud */
  return g_strjoinv (_ (", "), (char **) parts->pdata);
}
