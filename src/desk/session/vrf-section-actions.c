/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk/session/vrf-sections.h"

#include "desk/session/vrf-act.h"
#include "desk/widgets/vrf-widget-util.h"

/*
 * What can be done with the session. The rows are made once and then follow it, so that the focus
 * and an opened Choose Outcome outlive its changes.
 */

#define PARTS_DATA "vrf-actions"

typedef struct
{
  VrfAction action;
  GtkWidget *line;
  GtkWidget *button;
} ActionRow;

typedef struct
{
  ActionRow rows[VRF_N_ACTIONS];
  guint n_rows;
  GtkWidget *expander; /* nullable: outside the sandbox there is none */
  gboolean waits;      /* the sandbox waits for an outcome */
} Parts;

static const VrfAction actions[] = { VRF_ACTION_NEW_LINK,
                                     VRF_ACTION_RESUME,
                                     VRF_ACTION_RESEND_INVITE,
                                     VRF_ACTION_REPROCESS,
                                     VRF_ACTION_EXPIRE };

static const VrfAction outcomes[] = { VRF_ACTION_SIMULATE_APPROVE,
                                      VRF_ACTION_SIMULATE_DECLINE,
                                      VRF_ACTION_SIMULATE_REVIEW,
                                      VRF_ACTION_SIMULATE_EXPIRE };

static GtkWidget *
add_line (Parts *parts, VrfAction action)
{
  ActionRow *row = &parts->rows[parts->n_rows++];

  row->action = action;
  row->line = adw_action_row_new ();
  row->button = gtk_button_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->line), vrf_action_get_label (action));
  gtk_widget_set_focusable (row->line, FALSE);
  gtk_widget_set_valign (row->button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row->button), "i", (int) action);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->line), row->button);

  return row->line;
}

static Parts *
build (VrfSection *section, gboolean sandbox)
{
  Parts *parts = g_new0 (Parts, 1);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    vrf_section_add_row (section, add_line (parts, actions[i]));
  if (sandbox)
    {
      parts->expander = adw_expander_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (parts->expander), _ ("Choose Outcome"));
      for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
        adw_expander_row_add_row (ADW_EXPANDER_ROW (parts->expander),
                                  add_line (parts, outcomes[i]));
      vrf_section_add_row (section, parts->expander);
    }
  vrf_section_end (section);
  g_object_set_data_full (G_OBJECT (section), PARTS_DATA, parts, g_free);

  return parts;
}

/* What is switched off with the focus in it would not notice that it lost it. */
static void
set_sensitive (GtkWidget *widget, gboolean sensitive)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!sensitive && focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget)))
    gtk_root_set_focus (root, NULL);
  gtk_widget_set_sensitive (widget, sensitive);
}

static void
update_line (const ActionRow *line, VrfRow *row, gboolean busy)
{
  const char *refusal = vrf_lifecycle_refusal (row, line->action);
  const char *label = vrf_action_get_label (line->action);
  gboolean asks = refusal == NULL && vrf_act_asks (row, line->action);
  g_autofree char *asking = g_strconcat (label, "…", NULL);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (line->line),
                               refusal != NULL ? refusal
                                               : vrf_action_get_description (line->action));
  gtk_button_set_label (GTK_BUTTON (line->button), asks ? asking : label);
  vrf_widget_set_class (
      line->button, "vrf-destructive", refusal == NULL && vrf_action_is_destructive (line->action));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (line->button),
                                  refusal == NULL ? "session.act" : NULL);
  /* The one that was pressed keeps the focus; the page takes no second press while it is busy. */
  set_sensitive (line->button, refusal == NULL && (!busy || gtk_widget_has_focus (line->button)));
}

static void
update_outcomes (Parts *parts, VrfRow *row)
{
  const char *refusal = vrf_lifecycle_refusal (row, VRF_ACTION_SIMULATE_APPROVE);
  gboolean waits = vrf_row_get_status (row) == VRF_SESSION_STATUS_SANDBOX_PENDING;

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (parts->expander),
                                 refusal != NULL ? refusal
                                                 : _ ("Sandbox: finish it without a guest"));
  set_sensitive (parts->expander, refusal == NULL);
  /* Opened when it becomes the next step, closed when it cannot be used; between, as it was left.
   */
  if (refusal != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (parts->expander), FALSE);
  else if (waits && !parts->waits)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (parts->expander), TRUE);
  parts->waits = waits;
}

void
vrf_sections_show_actions (VrfSection *section, VrfRow *row, gboolean busy)
{
  gboolean sandbox = vrf_row_get_is_sandbox (row);
  Parts *parts = g_object_get_data (G_OBJECT (section), PARTS_DATA);

  if (parts == NULL || vrf_section_get_n_rows (section) == 0
      || (parts->expander != NULL) != sandbox)
    {
      vrf_section_clear (section);
      parts = build (section, sandbox);
    }
  if (parts->expander != NULL)
    update_outcomes (parts, row);
  for (guint i = 0; i < parts->n_rows; i++)
    update_line (&parts->rows[i], row, busy);
}
