/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "base/vrf-time.h"
#include "desk/session/vrf-sections.h"

#include "desk/session/vrf-case-dialog.h"
#include "desk/session/vrf-moment.h"
#include "desk/widgets/vrf-chip.h"
#include "desk/widgets/vrf-kv-row.h"

/* The Case section: how the review stands, what was noted, and what a reviewer can do now. */

#define HOUR_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define CLAIM_US (HOUR_US / 2) /* verifa-api.md 7.3 */
#define YELLOW_FROM_US (4 * HOUR_US)
#define RED_FROM_US (24 * HOUR_US)
#define BUTTONS_KEY "case buttons"

static const struct
{
  const char *word;
  VrfTint tint;
} status_words[] = {
  [VRF_CASE_STATUS_OPEN] = { N_ ("Open"), VRF_TINT_WARNING },
                             [VRF_CASE_STATUS_IN_REVIEW] = {
                                 N_ ("In Review"), VRF_TINT_ACCENT },
                                 [VRF_CASE_STATUS_ESCALATED] = {
                                     N_ ("Escalated"), VRF_TINT_WARNING },
                                     [VRF_CASE_STATUS_PENDING_SECOND_REVIEW] = {
                                         N_ ("Pending Second Review"), VRF_TINT_WARNING },
                                         [VRF_CASE_STATUS_APPROVED] = {
                                             N_ ("Approved"), VRF_TINT_SUCCESS },
                                             [VRF_CASE_STATUS_REJECTED] = { N_ ("Rejected"),
                                                                                VRF_TINT_ERROR },
                                             };

const char *
vrf_sections_get_case_word (const char *status)
{
  VrfCaseStatus known = vrf_case_status_from_text (status);

  return known != VRF_CASE_STATUS_UNKNOWN ? _ (status_words[known].word) : status;
}

/* Which right each verb needs. */
static VrfRight
get_right (VrfCaseVerb verb)
{
  if (verb == VRF_CASE_APPROVE)
    return VRF_RIGHT_APPROVE_CASE;
  if (verb == VRF_CASE_REJECT)
    return VRF_RIGHT_REJECT_CASE;
  return VRF_RIGHT_WORK_ON_CASE;
}

static gboolean
is_final (VrfCaseStatus status)
{
  return status == VRF_CASE_STATUS_APPROVED || status == VRF_CASE_STATUS_REJECTED;
}

static gboolean
is_legal (const VrfCase *found, VrfCaseVerb verb)
{
  if (verb == VRF_CASE_NOTE)
    return TRUE;
  if (is_final (found->status) || found->status == VRF_CASE_STATUS_UNKNOWN)
    return FALSE;

  switch (verb)
    {
    case VRF_CASE_CLAIM:
      return found->assigned_to == NULL;
    case VRF_CASE_RELEASE:
      return found->assigned_to != NULL;
    case VRF_CASE_ESCALATE:
      return found->status == VRF_CASE_STATUS_OPEN || found->status == VRF_CASE_STATUS_IN_REVIEW;
    case VRF_CASE_APPROVE:
    case VRF_CASE_REJECT:
    case VRF_CASE_NOTE:
    case VRF_N_CASE_VERBS:
    default:
      return TRUE;
    }
}

/* Rows */

static void
add_chip (VrfSection *section, const char *key, const char *word, VrfTint tint)
{
  GtkWidget *kv = vrf_kv_row_new (key, NULL);
  GtkWidget *chip = vrf_chip_new ();

  vrf_chip_set_label (VRF_CHIP (chip), word);
  vrf_chip_set_tint (VRF_CHIP (chip), tint);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  vrf_kv_row_set_suffix (VRF_KV_ROW (kv), chip);
  vrf_section_add_row (section, kv);
}

static void
add_status (VrfSection *section, const VrfCase *found)
{
  gboolean known = found->status != VRF_CASE_STATUS_UNKNOWN;

  add_chip (section,
            _ ("Status"),
               known
               ? _ (status_words[found->status].word) : found->status_text,
                    known ? status_words[found->status].tint : VRF_TINT_NEUTRAL);
}

/* Green below 4 hours, yellow below 24, red from then on; the word says the same. */
static void
add_age (VrfSection *section, const VrfCase *found, gint64 now)
{
  gint64 since =
      found->entered_review_at != VRF_TIME_NONE ? found->entered_review_at : found->created_at;
  gint64 age = now - since;
  g_autofree char *span = NULL;
  g_autofree char *word = NULL;

  if (since == VRF_TIME_NONE || now == VRF_TIME_NONE || is_final (found->status))
    return;

  span = vrf_moment_dup_span (age);
  if (age >= RED_FROM_US)
    /* Translators: how long a case has been waiting for a reviewer, here and in the next two */
    word = g_strdup_printf (_ ("%s, overdue"), span);
  else if (age >= YELLOW_FROM_US)
    word = g_strdup_printf (_ ("%s, late"), span);
  else
    word = g_strdup_printf (_ ("%s, on time"), span);
  add_chip (section,
            _ ("In the queue"),
               word,
               age >= RED_FROM_US      ? VRF_TINT_ERROR
               : age >= YELLOW_FROM_US ? VRF_TINT_WARNING
                                       : VRF_TINT_SUCCESS);
}

static void
add_times (VrfSection *section, const VrfCase *found)
{
  g_autofree char *until = NULL;
  g_autofree char *decided = vrf_moment_dup_full (found->decided_at);

  vrf_section_add_kv (section, _ ("Reviewer"), found->assigned_to);
  if (found->claimed_at != VRF_TIME_NONE && !is_final (found->status))
    {
      until = vrf_moment_dup_clock (found->claimed_at + CLAIM_US);
      vrf_section_add_kv (section, _ ("Claimed until"), until);
    }
  vrf_section_add_kv (section, _ ("Decided"), decided);
}

static void
add_note (VrfSection *section, const VrfCaseNote *note)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *content = gtk_label_new (note->content);
  g_autofree char *at = vrf_moment_dup_full (note->created_at);
  g_autofree char *text =
      g_strdup_printf ("%s · %s", note->author_name != NULL ? note->author_name : "", at);
  GtkWidget *author = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (content), 0);
  gtk_label_set_wrap (GTK_LABEL (content), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (content), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (content), TRUE);
  gtk_label_set_xalign (GTK_LABEL (author), 0);
  gtk_label_set_ellipsize (GTK_LABEL (author), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (author, "caption");
  gtk_widget_add_css_class (author, "vrf-secondary");
  gtk_box_append (GTK_BOX (box), content);
  gtk_box_append (GTK_BOX (box), author);
  gtk_widget_add_css_class (box, "vrf-row-box");
  vrf_section_add_plain (section, box);
}

/* Buttons */

static GtkWidget *
new_buttons (void)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), VRF_N_CASE_VERBS);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 8);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 8);
  gtk_widget_add_css_class (flow, "vrf-row-box");
  for (int verb = 0; verb < VRF_N_CASE_VERBS; verb++)
    {
      GtkWidget *button = gtk_button_new_with_label (vrf_case_verb_get_label (verb));
      GtkWidget *child = gtk_flow_box_child_new ();

      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", verb);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "session.case");
      if (verb == VRF_CASE_REJECT)
        gtk_widget_add_css_class (button, "vrf-destructive");
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_append (GTK_FLOW_BOX (flow), child);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), flow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (row, "vrf-plain-row");

  return row;
}

static void
show_buttons (VrfSection *section, const VrfCase *found, VrfSessionEditor *editor)
{
  GtkWidget *row = vrf_section_take (section, BUTTONS_KEY);
  GtkWidget *child = NULL;

  if (row == NULL)
    {
      row = new_buttons ();
      vrf_section_add_keyed (section, BUTTONS_KEY, row);
    }
  child = gtk_widget_get_first_child (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)));
  for (int verb = 0; verb < VRF_N_CASE_VERBS; verb++)
    {
      VrfRight right = get_right (verb);

      gtk_widget_set_visible (child,
                              is_legal (found, verb) && vrf_session_editor_may (editor, right));
      gtk_widget_set_sensitive (gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child)),
                                !vrf_session_editor_is_busy (editor, right));
      child = gtk_widget_get_next_sibling (child);
    }
}

static const char *
get_refusal (const VrfCase *found, VrfSessionEditor *editor)
{
  if (is_final (found->status))
    return NULL;
  if (!vrf_session_editor_may (editor, VRF_RIGHT_APPROVE_CASE)
      || !vrf_session_editor_may (editor, VRF_RIGHT_REJECT_CASE))
    return _ ("The API key may not decide about cases.");
  if (!vrf_session_editor_may (editor, VRF_RIGHT_WORK_ON_CASE))
    return _ ("The API key may not work on cases.");
  return NULL;
}

/* What the session itself tells of a case that the key may not see. */
static void
show_bare (VrfSection *section, VrfSession *session)
{
  vrf_section_add_kv (section, _ ("Status"), vrf_sections_get_case_word (session->case_status));
  vrf_section_add_note (section, _ ("The API key may not see the case."));
}

void
vrf_sections_show_case (VrfSection *section, VrfSessionEditor *editor)
{
  VrfRow *row = vrf_session_editor_get_row (editor);
  VrfSessionDetail *detail = vrf_session_editor_get_detail (editor);
  const VrfCase *found = vrf_session_detail_get_case (detail);
  GPtrArray *notes = vrf_session_detail_get_notes (detail);

  vrf_section_begin (section);
  if (vrf_session_detail_is_forbidden (detail, VRF_DETAIL_CASE))
    {
      show_bare (section, vrf_row_get_session (row));
    }
  else if (found != NULL)
    {
      add_status (section, found);
      add_age (section, found, vrf_session_editor_get_now_us (editor));
      add_times (section, found);
      for (guint i = 0; notes != NULL && i < notes->len; i++)
        add_note (section, g_ptr_array_index (notes, i));
      show_buttons (section, found, editor);
      if (get_refusal (found, editor) != NULL)
        vrf_section_add_note (section, get_refusal (found, editor));
    }
  vrf_section_end (section);
}
