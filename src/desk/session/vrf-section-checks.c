/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/session/vrf-sections.h"

#include "desk/session/vrf-check-row.h"
#include "desk/widgets/vrf-chip-kinds.h"

/*
 * The checks by category, each with its latest attempt. A row belongs to its policy for as long as
 * the session is shown, so that what was opened in it stays open.
 */

static int
compare_checks_cb (gconstpointer a, gconstpointer b)
{
  const VrfCheck *first = *(VrfCheck *const *) a;
  const VrfCheck *second = *(VrfCheck *const *) b;
  guint first_order = vrf_lifecycle_check_order (first->policy);
  guint second_order = vrf_lifecycle_check_order (second->policy);

  if (first_order != second_order)
    return first_order < second_order ? -1 : 1;

  return g_strcmp0 (first->policy, second->policy);
}

static char *
dup_checks_note (GPtrArray *checks)
{
  const VrfCheckStatus order[] = { VRF_CHECK_STATUS_FAILED,         VRF_CHECK_STATUS_ERROR,
                                   VRF_CHECK_STATUS_REQUIRES_RETRY, VRF_CHECK_STATUS_PENDING,
                                   VRF_CHECK_STATUS_PASSED,         VRF_CHECK_STATUS_SKIPPED };
  GString *note = g_string_new (NULL);
  guint i = 0;

  for (i = 0; i < G_N_ELEMENTS (order); i++)
    {
      const char *word = NULL;
      guint n = 0;
      guint j = 0;

      for (j = 0; j < checks->len; j++)
        {
          const VrfCheck *check = g_ptr_array_index (checks, j);

          if (check->status != order[i])
            continue;
          n++;
          word = vrf_chip_kind_for_check (check->status_text).word;
        }
      if (n > 0)
        {
          g_autofree char *lower = g_utf8_strdown (word, -1);

          g_string_append_printf (note, "%s%u %s", note->len > 0 ? " · " : "", n, lower);
        }
    }

  return g_string_free (note, FALSE);
}

static GPtrArray *
dup_sorted (GPtrArray *checks)
{
  GPtrArray *sorted = g_ptr_array_new ();

  for (guint i = 0; checks != NULL && i < checks->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (checks, i));
  g_ptr_array_sort (sorted, compare_checks_cb);

  return sorted;
}

static const char *
category_at (GPtrArray *sorted, guint index)
{
  const VrfCheck *check = index < sorted->len ? g_ptr_array_index (sorted, index) : NULL;

  return check != NULL ? vrf_lifecycle_check_category (check->policy) : NULL;
}

static VrfCheckRow *
take_row (VrfSection *section, const VrfCheck *check)
{
  GtkWidget *row = vrf_section_take (section, check->policy);

  if (row == NULL)
    {
      row = vrf_check_row_new ();
      vrf_section_add_keyed (section, check->policy, row);
    }
  return VRF_CHECK_ROW (row);
}

static gboolean
any_may_retry (VrfRow *row, GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    {
      const VrfCheck *check = g_ptr_array_index (checks, i);

      if (vrf_lifecycle_may_retry (row, check->status))
        return TRUE;
    }
  return FALSE;
}

void
vrf_sections_show_checks (VrfSection *section, VrfSessionEditor *editor)
{
  VrfRow *row = vrf_session_editor_get_row (editor);
  VrfSessionDetail *detail = vrf_session_editor_get_detail (editor);
  g_autoptr (GPtrArray) sorted = dup_sorted (vrf_session_detail_get_checks (detail));
  gboolean may = vrf_session_editor_may (editor, VRF_RIGHT_RETRY_CHECK);
  gboolean busy = vrf_session_editor_is_busy (editor, VRF_RIGHT_RETRY_CHECK);
  g_autofree char *note = dup_checks_note (sorted);
  guint i = 0;

  vrf_section_begin (section);
  for (i = 0; i < sorted->len; i++)
    {
      const VrfCheck *check = g_ptr_array_index (sorted, i);
      VrfCheckRow *line = take_row (section, check);
      const char *category = category_at (sorted, i);
      gboolean first = i == 0 || !g_str_equal (category, category_at (sorted, i - 1));

      vrf_check_row_set_category (line, first ? category : NULL);
      vrf_check_row_set_joined (line, g_strcmp0 (category, category_at (sorted, i + 1)) == 0);
      vrf_check_row_set_check (
          line, check, vrf_session_detail_get_attempts (detail, check->policy));
      vrf_check_row_set_retry (line, may && vrf_lifecycle_may_retry (row, check->status), busy);
    }
  if (vrf_session_detail_is_forbidden (detail, VRF_DETAIL_CHECKS))
    vrf_section_add_note (section, _ ("The API key may not see all of the checks."));
  else if (!may && any_may_retry (row, sorted))
    vrf_section_add_note (section, _ ("The API key may not retry a check."));
  vrf_section_set_note (section, sorted->len > 0 ? note : NULL);
  vrf_section_end (section);
}
