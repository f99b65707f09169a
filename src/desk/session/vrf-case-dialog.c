/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "desk/session/vrf-case-dialog.h"

#include "desk/session/vrf-reasons.h"

#define USER_PREFIX "orguser_"

typedef struct
{
  const char *label;
  const char *question;
  const char *go;
  gboolean asks_reviewer;
  gboolean asks_text;
} VerbText;

static const VerbText verbs[VRF_N_CASE_VERBS] = {
  [VRF_CASE_CLAIM] = { N_ ("Claim"),
      N_ ("Claim This Case?"), N_ ("_Claim"), TRUE, FALSE },
      [VRF_CASE_RELEASE] = {
          N_ ("Give Back"), NULL, NULL, FALSE, FALSE },
          [VRF_CASE_APPROVE] = { N_ ("Approve…"),
              N_ ("Approve This Case?"), N_ ("_Approve"), TRUE, TRUE },
              [VRF_CASE_REJECT] = { N_ ("Reject…"),
                                        N_ ("Reject This Case?"), N_ ("_Reject"), TRUE, TRUE },
                                        [VRF_CASE_ESCALATE] = { N_ ("Escalate…"),
                                            N_ ("Escalate This Case?"),
                                                N_ ("_Escalate"), FALSE, TRUE },
                                            [VRF_CASE_NOTE] = { N_ ("Add Note…"),
                                                                    N_ ("Add a Note"),
                                                                        N_ ("_Add"), FALSE, TRUE },
                                            };

typedef struct
{
  GObject *target; /* owned */
  VrfCaseVerb verb;
  VrfCaseDone done;

  /* in the dialog, nullable */
  GtkWidget *dialog;
  GtkWidget *reviewer_row;
  GtkWidget *reason_row;
  GtkWidget *to_row;
  GtkWidget *text_row;
} Ask;

const char *
vrf_case_verb_get_label (VrfCaseVerb verb)
{
  return _ (verbs[verb].label);
}

gboolean
vrf_case_is_reviewer (const char *text)
{
  const char *rest = text;

  if (g_uuid_string_is_valid (text))
    return TRUE;
  if (!g_str_has_prefix (text, USER_PREFIX) || text[strlen (USER_PREFIX)] == '\0')
    return FALSE;
  for (; *rest != '\0'; rest++)
    if (!g_ascii_isalnum (*rest) && *rest != '_' && *rest != '-')
      return FALSE;
  return TRUE;
}

static const char *
get_text (GtkWidget *row)
{
  const char *text = row != NULL ? gtk_editable_get_text (GTK_EDITABLE (row)) : "";

  return *text != '\0' ? text : NULL;
}

/* A note without words, and a decision of nobody's, cannot be sent. */
static gboolean
is_complete (const Ask *ask)
{
  const char *reviewer = get_text (ask->reviewer_row);
  const char *to = get_text (ask->to_row);

  if (ask->reviewer_row != NULL && (reviewer == NULL || !vrf_case_is_reviewer (reviewer)))
    return FALSE;
  if (to != NULL && !vrf_case_is_reviewer (to))
    return FALSE;
  return ask->verb != VRF_CASE_NOTE || get_text (ask->text_row) != NULL;
}

static void
mark (GtkWidget *row)
{
  const char *text = get_text (row);

  if (row == NULL)
    return;
  if (text != NULL && !vrf_case_is_reviewer (text))
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
}

static void
changed_cb (Ask *ask)
{
  mark (ask->reviewer_row);
  mark (ask->to_row);
  adw_message_dialog_set_response_enabled (
      ADW_MESSAGE_DIALOG (ask->dialog), "go", is_complete (ask));
}

static void
responded_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Ask *ask = user_data;
  VrfCaseWork work = { .reviewer_id = get_text (ask->reviewer_row),
                       .text = get_text (ask->text_row),
                       .to = get_text (ask->to_row) };

  if (ask->reason_row != NULL)
    work.reason_code =
        vrf_reasons_get_code (adw_combo_row_get_selected (ADW_COMBO_ROW (ask->reason_row)));
  if (g_strcmp0 (response, "go") == 0)
    ask->done (ask->target, ask->verb, &work);
}

static void
ask_free (gpointer data, GClosure *closure)
{
  Ask *ask = data;

  g_object_unref (ask->target);
  g_free (ask);
}

static GtkWidget *
add_entry (Ask *ask, GtkWidget *list, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  g_signal_connect_swapped (row, "changed", G_CALLBACK (changed_cb), ask);
  gtk_list_box_append (GTK_LIST_BOX (list), row);

  return row;
}

static GtkWidget *
add_reasons (GtkWidget *list)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; vrf_reasons_get_code (i) != NULL; i++)
    gtk_string_list_append (words, vrf_reasons_get_word (vrf_reasons_get_code (i)));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Reason"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (words));
  gtk_list_box_append (GTK_LIST_BOX (list), row);

  return row;
}

static const char *
get_text_title (VrfCaseVerb verb)
{
  if (verb == VRF_CASE_REJECT)
    return _ ("Reason in Words");
  if (verb == VRF_CASE_ESCALATE)
    return _ ("Reason");

  return _ ("Note");
}

static GtkWidget *
new_form (Ask *ask, const char *reviewer_id)
{
  const VerbText *text = &verbs[ask->verb];
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  if (text->asks_reviewer)
    ask->reviewer_row = add_entry (ask, list, _ ("Reviewer ID"), reviewer_id);
  if (ask->verb == VRF_CASE_ESCALATE)
    ask->to_row = add_entry (ask, list, _ ("To Reviewer ID (Optional)"), NULL);
  if (ask->verb == VRF_CASE_REJECT)
    ask->reason_row = add_reasons (list);
  if (text->asks_text)
    ask->text_row = add_entry (ask, list, get_text_title (ask->verb), NULL);

  return list;
}

static char *
dup_consequence (VrfCaseVerb verb, const char *name)
{
  switch (verb)
    {
    case VRF_CASE_APPROVE:
      /* Translators: %s is the external reference, here and in the next three */
      return g_strdup_printf (_ ("%s becomes approved. This is final."), name);
    case VRF_CASE_REJECT:
      return g_strdup_printf (_ ("%s becomes rejected. This is final. The reason is for staff, not for the guest."), name);
    case VRF_CASE_ESCALATE:
      return g_strdup_printf (_ ("%s goes to a senior reviewer."), name);
    case VRF_CASE_CLAIM:
      return g_strdup_printf (_ ("%s is yours for 30 minutes."), name);
    case VRF_CASE_RELEASE:
    case VRF_CASE_NOTE:
    case VRF_N_CASE_VERBS:
    default:
      return NULL;
    }
}

void
vrf_case_dialog_ask (GtkWidget *widget,
                     VrfCaseVerb verb,
                     const char *name,
                     const char *reviewer_id,
                     VrfCaseDone done,
                     GObject *target)
{
  const VerbText *text = &verbs[verb];
  g_autofree char *body = dup_consequence (verb, name);
  AdwMessageDialog *message = NULL;
  Ask *ask = NULL;

  if (text->question == NULL || (verb == VRF_CASE_CLAIM && reviewer_id != NULL))
    {
      done (target, verb, &(VrfCaseWork){ .reviewer_id = reviewer_id });
      return;
    }

  ask = g_new0 (Ask, 1);
  ask->target = g_object_ref (target);
  ask->verb = verb;
  ask->done = done;
  ask->dialog =
      adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), _ (text->question), body);
  message = ADW_MESSAGE_DIALOG (ask->dialog);
  adw_message_dialog_set_extra_child (message, new_form (ask, reviewer_id));
  adw_message_dialog_add_response (message, "cancel", _ ("_Cancel"));
  adw_message_dialog_add_response (message, "go", _ (text->go));
  adw_message_dialog_set_response_appearance (
      message, "go", verb == VRF_CASE_REJECT ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_data (
      message, "response", G_CALLBACK (responded_cb), ask, ask_free, (GConnectFlags) 0);
  changed_cb (ask);
  gtk_window_present (GTK_WINDOW (ask->dialog));
}
