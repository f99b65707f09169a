/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "base/vrf-time.h"
#include "desk/session/vrf-sections.h"

#include "desk/session/vrf-moment.h"
#include "desk/widgets/vrf-chip-kinds.h"
#include "desk/widgets/vrf-chip.h"

/* The Workflow section: which version went through the session, and the path it took. */

static void
add (GtkWidget *flow, GtkWidget *chip)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *child = gtk_flow_box_child_new ();

  if (gtk_widget_get_first_child (flow) != NULL)
    {
      GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

      gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      gtk_widget_add_css_class (arrow, "vrf-secondary");
      gtk_box_append (GTK_BOX (box), arrow);
    }
  gtk_box_append (GTK_BOX (box), chip);
  gtk_widget_set_halign (box, GTK_ALIGN_START);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_append (GTK_FLOW_BOX (flow), child);
}

/* The words of a check, which is what most nodes are. */
static const char *
get_check_status (const VrfRunNode *node)
{
  if (g_strcmp0 (node->status, "completed") != 0)
    return node->status;
  if (node->passed < 0)
    return "skipped";
  return node->passed == 1 ? "passed" : "failed";
}

static void
add_node (GtkWidget *flow, const VrfRunNode *node)
{
  GtkWidget *chip = vrf_chip_new ();
  VrfChipKind kind = vrf_chip_kind_for_check (get_check_status (node));
  const char *name = vrf_lifecycle_check_label (node->policy != NULL ? node->policy : node->id);
  g_autofree char *took =
      node->duration_ms > 0 ? vrf_moment_dup_duration (node->duration_ms) : NULL;
  g_autofree char *label = took != NULL ? g_strdup_printf ("%s · %s", name, took) : g_strdup (name);
  /* Translators: a step of a workflow, then what came of it */
  g_autofree char *spoken = g_strdup_printf (_ ("%1$s: %2$s"), label, kind.word);

  vrf_chip_set_icon_name (VRF_CHIP (chip), kind.icon_name);
  vrf_chip_set_label (VRF_CHIP (chip), label);
  vrf_chip_set_tint (VRF_CHIP (chip), kind.tint);
  vrf_chip_set_accessible_label (VRF_CHIP (chip), spoken);
  gtk_widget_set_tooltip_text (chip, spoken);
  add (flow, chip);
}

static void
add_current (GtkWidget *flow, const VrfWorkflowRun *run)
{
  GtkWidget *chip = vrf_chip_new ();
  gboolean paused = run->paused_at_node != NULL;
  const char *node = paused ? run->paused_at_node : run->current_node;
  const char *name = vrf_lifecycle_check_label (node);
  g_autofree char *label = paused
      /* Translators: %s is the step at which a workflow waits */
      ? g_strdup_printf (_ ("%s: waits for another system"), name)
      : g_strdup (name);

  vrf_chip_set_icon_name (VRF_CHIP (chip),
                          paused ? "network-server-symbolic" : "content-loading-symbolic");
  vrf_chip_set_label (VRF_CHIP (chip), label);
  vrf_chip_set_tint (VRF_CHIP (chip), VRF_TINT_ACCENT);
  add (flow, chip);
}

static void
add_end (GtkWidget *flow, const VrfWorkflowRun *run)
{
  GtkWidget *chip = vrf_chip_new ();

  if (run->final_status != NULL)
    vrf_chip_set_result (VRF_CHIP (chip), run->final_status);
  else
    vrf_chip_set_status (VRF_CHIP (chip), "failed");
  add (flow, chip);
}

static GtkWidget *
new_path (const VrfWorkflowRun *run)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 20);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 6);
  gtk_widget_add_css_class (flow, "vrf-row-box");
  for (guint i = 0; i < run->nodes->len; i++)
    add_node (flow, g_ptr_array_index (run->nodes, i));
  if (run->completed_at != VRF_TIME_NONE || run->final_status != NULL)
    add_end (flow, run);
  else if (run->paused_at_node != NULL || run->current_node != NULL)
    add_current (flow, run);

  return flow;
}

/* The version that was current when the run began (verifa-api.md 7.1). */
static const VrfWorkflowVersion *
find_version (GPtrArray *versions, const VrfWorkflowRun *run)
{
  gint64 began = run->created_at != VRF_TIME_NONE ? run->created_at : run->started_at;
  const VrfWorkflowVersion *found = NULL;

  for (guint i = 0; versions != NULL && i < versions->len; i++)
    {
      const VrfWorkflowVersion *version = g_ptr_array_index (versions, i);

      if (version->created_at != VRF_TIME_NONE && version->created_at <= began
          && (found == NULL || version->version > found->version))
        found = version;
    }
  return found;
}

static void
append (GString *note, const char *text)
{
  g_string_append_printf (note, "%s%s", note->len > 0 ? " · " : "", text);
}

static char *
dup_note (VrfRow *row, VrfSessionDetail *detail, const VrfWorkflowRun *run)
{
  GString *note = g_string_new (NULL);
  const VrfWorkflowVersion *version = find_version (vrf_session_detail_get_versions (detail), run);
  const char *name =
      version != NULL && version->name != NULL ? version->name : vrf_row_get_workflow_name (row);

  if (name != NULL)
    append (note, name);
  if (version != NULL)
    {
      /* Translators: of a workflow */
      g_autofree char *text = g_strdup_printf (_ ("version %d"), version->version);

      append (note, text);
    }
  if (run->duration_ms > 0)
    {
      g_autofree char *took = vrf_moment_dup_duration (run->duration_ms);

      append (note, took);
    }
  return g_string_free (note, FALSE);
}

void
vrf_sections_show_workflow (VrfSection *section, VrfSessionEditor *editor)
{
  VrfSessionDetail *detail = vrf_session_editor_get_detail (editor);
  const VrfWorkflowRun *run = vrf_session_detail_get_run (detail);
  g_autofree char *note = NULL;

  vrf_section_begin (section);
  if (run != NULL)
    {
      note = dup_note (vrf_session_editor_get_row (editor), detail, run);
      vrf_section_add_plain (section, new_path (run));
    }
  vrf_section_set_note (section, note);
  vrf_section_end (section);
}
