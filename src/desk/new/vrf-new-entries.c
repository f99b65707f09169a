/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/new/vrf-new-entries.h"

/* What is wrong with the entries */

static const char *
get_problem (VrfNewDialog *self, VrfDraftField field)
{
  if (self->refusals[field] != NULL)
    return self->refusals[field];

  return self->touched[field] ? vrf_draft_get_problem (self->draft, field) : NULL;
}

/* Marks the fields from @first to @last. Gives the first problem among them. */
static const char *
mark_fields (VrfNewDialog *self, VrfDraftField first, VrfDraftField last)
{
  const char *first_problem = NULL;
  guint i = 0;

  for (i = first; i <= last; i++)
    {
      const char *problem = get_problem (self, i);

      if (first_problem == NULL)
        first_problem = problem;
      if (self->rows[i] == NULL)
        continue;
      if (problem != NULL)
        gtk_widget_add_css_class (self->rows[i], "error");
      else
        gtk_widget_remove_css_class (self->rows[i], "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->rows[i]),
                                   GTK_ACCESSIBLE_STATE_INVALID,
                                   problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                                   : GTK_ACCESSIBLE_INVALID_FALSE,
                                   -1);
    }

  return first_problem;
}

/* The window takes the height its content has now. */
static void
refit (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  int width = 0;
  int height = 0;

  if (!GTK_IS_WINDOW (root))
    return;
  gtk_window_get_default_size (GTK_WINDOW (root), &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (root), width, -1);
}

static void
set_note (GtkWidget *label, const char *text)
{
  if (gtk_widget_get_visible (label) != (text != NULL))
    refit (label);
  gtk_widget_set_visible (label, text != NULL);
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
}

/* Under the reference: its problem, else what the guard has to say in one line. */
void
vrf_new_entries_update_reference_note (VrfNewDialog *self)
{
  const char *problem = mark_fields (self, VRF_DRAFT_REFERENCE, VRF_DRAFT_REFERENCE);
  VrfGuardState state = vrf_guard_get_state (self->guard);
  g_autofree char *title = vrf_guard_dup_title (self->guard);
  const char *icon = NULL;

  if (problem == NULL && state == VRF_GUARD_FREE)
    icon = "emblem-default-symbolic";
  else if (problem == NULL && state == VRF_GUARD_UNCHECKED)
    icon = "dialog-information-symbolic";

  gtk_widget_set_visible (self->reference_note_icon, icon != NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->reference_note_icon), icon);
  if (state == VRF_GUARD_FREE)
    gtk_widget_add_css_class (self->reference_note_icon, "vrf-good-text");
  else
    gtk_widget_remove_css_class (self->reference_note_icon, "vrf-good-text");

  if (problem != NULL)
    gtk_widget_add_css_class (self->reference_note_label, "error");
  else
    gtk_widget_remove_css_class (self->reference_note_label, "error");

  /* Its line is kept free while there is nothing to say, so that nothing below it moves. */
  gtk_label_set_text (GTK_LABEL (self->reference_note_label),
                      problem != NULL                              ? problem
                      : title != NULL && state < VRF_GUARD_EXPIRED ? title
                                                                   : "");
  gtk_widget_set_visible (self->reference_note, problem != NULL || state < VRF_GUARD_EXPIRED);
}

/* Marks the fields that cannot be sent, and says under each list what to do. */
void
vrf_new_entries_update_problems (VrfNewDialog *self)
{
  vrf_new_entries_update_reference_note (self);
  set_note (self->applicant_note, mark_fields (self, VRF_DRAFT_NAME, VRF_DRAFT_EMAIL));
  set_note (self->options_note, mark_fields (self, VRF_DRAFT_WORKFLOW, VRF_DRAFT_SUPPORT_URL));
}

/* Puts the focus into the field, unfolding More options when it is there. */
void
vrf_new_entries_focus (VrfNewDialog *self, VrfDraftField field)
{
  if (field >= VRF_DRAFT_COUNTRY)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->more_row), TRUE);

  gtk_widget_grab_focus (self->rows[field] != NULL ? self->rows[field] : self->workflow_row);
}

/* Entries to draft */

static void
field_changed (VrfNewDialog *self, VrfDraftField field)
{
  g_clear_pointer (&self->refusals[field], g_free);
  if (field == VRF_DRAFT_REFERENCE)
    vrf_guard_set_reference (self->guard, vrf_draft_get_text (self->draft, field));
  vrf_new_entries_update_problems (self);
}

static void
entry_changed_cb (VrfNewDialog *self, GtkEditable *row)
{
  guint field = 0;

  if (self->loading)
    return;

  while (field < VRF_DRAFT_N_FIELDS && self->rows[field] != GTK_WIDGET (row))
    field++;
  g_return_if_fail (field < VRF_DRAFT_N_FIELDS);

  vrf_draft_set_text (self->draft, field, gtk_editable_get_text (row));
  field_changed (self, field);
}

static void
metadata_changed_cb (VrfNewDialog *self)
{
  g_autofree char *text = vrf_metadata_rows_dup_text (self->metadata);

  if (self->loading)
    return;

  vrf_draft_set_text (self->draft, VRF_DRAFT_METADATA, text);
  field_changed (self, VRF_DRAFT_METADATA);
}

static void
invite_changed_cb (VrfNewDialog *self)
{
  if (self->loading)
    return;

  vrf_draft_set_invite (self->draft, gtk_switch_get_active (GTK_SWITCH (self->invite_switch)));
  field_changed (self, VRF_DRAFT_EMAIL);
}

static void
update_workflow_subtitle (VrfNewDialog *self)
{
  VrfWorkflowItem *item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self->workflow_row));
  const VrfWorkflow *workflow = item != NULL ? vrf_workflow_item_get_workflow (item) : NULL;
  const char *subtitle = _ ("Default of your organization");

  if (workflow != NULL && !workflow->is_default)
    subtitle = workflow->description != NULL ? workflow->description : "";

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->workflow_row), subtitle);
}

static void
workflow_selected_cb (VrfNewDialog *self)
{
  VrfWorkflowItem *item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self->workflow_row));

  update_workflow_subtitle (self);
  if (self->loading || item == NULL)
    return;

  vrf_draft_set_text (self->draft, VRF_DRAFT_WORKFLOW, vrf_workflow_item_get_workflow (item)->id);
  field_changed (self, VRF_DRAFT_WORKFLOW);
}

/* The draft's choice, else the profile's, else the organization's default, which stands first. */
void
vrf_new_entries_select_workflow (VrfNewDialog *self)
{
  GListModel *workflows = vrf_backend_get_workflows (self->backend);
  const char *wanted = vrf_draft_get_text (self->draft, VRF_DRAFT_WORKFLOW);
  VrfProfile *profile = vrf_backend_get_profile (self->backend);
  gboolean loading = self->loading;
  guint i = 0;

  if (*wanted == '\0' && profile != NULL && profile->workflow_id != NULL)
    wanted = profile->workflow_id;

  self->loading = TRUE;
  for (i = 0; i < g_list_model_get_n_items (workflows); i++)
    {
      g_autoptr (VrfWorkflowItem) item = g_list_model_get_item (workflows, i);

      if (g_strcmp0 (vrf_workflow_item_get_workflow (item)->id, wanted) == 0)
        adw_combo_row_set_selected (ADW_COMBO_ROW (self->workflow_row), i);
    }
  update_workflow_subtitle (self);
  self->loading = loading;
}

/* Not by way of the default widget: a button that is activated waits a quarter of a second. */
static void
activated_cb (VrfNewDialog *self)
{
  GtkWidget *primary = gtk_window_get_default_widget (GTK_WINDOW (self));

  if (primary != NULL)
    gtk_widget_activate_action (
        GTK_WIDGET (self), gtk_actionable_get_action_name (GTK_ACTIONABLE (primary)), NULL);
}

static void
left_cb (GtkEventController *controller, VrfNewDialog *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (controller);
  guint field = 0;

  for (field = 0; field < VRF_DRAFT_N_FIELDS; field++)
    if (self->rows[field] == row && *vrf_draft_get_text (self->draft, field) != '\0')
      self->touched[field] = TRUE;

  if (!self->closed)
    vrf_new_entries_update_problems (self);
}

/* Fills the entries from the draft. */
void
vrf_new_entries_load (VrfNewDialog *self)
{
  guint field = 0;

  self->loading = TRUE;
  vrf_metadata_rows_set_text (self->metadata, vrf_draft_get_text (self->draft, VRF_DRAFT_METADATA));
  self->rows[VRF_DRAFT_METADATA] = vrf_metadata_rows_get_first (self->metadata);

  for (field = 0; field < VRF_DRAFT_N_FIELDS; field++)
    if (self->rows[field] != NULL && field != VRF_DRAFT_METADATA)
      gtk_editable_set_text (GTK_EDITABLE (self->rows[field]),
                             vrf_draft_get_text (self->draft, field));

  gtk_switch_set_active (GTK_SWITCH (self->invite_switch), vrf_draft_get_invite (self->draft));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->more_row),
                                 vrf_draft_has_options (self->draft));
  self->loading = FALSE;
}

/* Enter on a row that opens or switches something does that, and does not create. */
static void
claim_enter (GtkWidget *widget)
{
  GtkWidget *child = NULL;

  if (GTK_IS_LIST_BOX_ROW (widget) && !ADW_IS_ENTRY_ROW (widget))
    gtk_widget_set_receives_default (widget, TRUE);

  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    claim_enter (child);
}

/* Listens to the entries; called once, with the template in place. */
void
vrf_new_entries_setup (VrfNewDialog *self)
{
  guint field = 0;

  self->rows[VRF_DRAFT_REFERENCE] = self->reference_row;
  self->rows[VRF_DRAFT_NAME] = self->name_row;
  self->rows[VRF_DRAFT_EMAIL] = self->email_row;
  self->rows[VRF_DRAFT_COUNTRY] = self->country_row;
  self->rows[VRF_DRAFT_TAGS] = self->tags_row;
  self->rows[VRF_DRAFT_REDIRECT_URL] = self->redirect_row;
  self->rows[VRF_DRAFT_FIRST_NAME] = self->first_name_row;
  self->rows[VRF_DRAFT_LAST_NAME] = self->last_name_row;
  self->rows[VRF_DRAFT_BIRTH_DATE] = self->birth_date_row;
  self->rows[VRF_DRAFT_PHONE] = self->phone_row;
  self->rows[VRF_DRAFT_BRAND_NAME] = self->brand_row;
  self->rows[VRF_DRAFT_SUPPORT_URL] = self->support_row;

  for (field = 0; field < VRF_DRAFT_N_FIELDS; field++)
    if (self->rows[field] != NULL)
      {
        GtkEventController *focus = gtk_event_controller_focus_new ();

        g_signal_connect (focus, "leave", G_CALLBACK (left_cb), self);
        gtk_widget_add_controller (self->rows[field], focus);
        g_signal_connect_swapped (
            self->rows[field], "changed", G_CALLBACK (entry_changed_cb), self);
        g_signal_connect_swapped (
            self->rows[field], "entry-activated", G_CALLBACK (activated_cb), self);
      }

  claim_enter (self->applicant_group);
  claim_enter (self->options_group);
  g_signal_connect_swapped (
      self->invite_switch, "notify::active", G_CALLBACK (invite_changed_cb), self);
  g_signal_connect_swapped (
      self->workflow_row, "notify::selected", G_CALLBACK (workflow_selected_cb), self);

  self->metadata =
      vrf_metadata_rows_new (ADW_EXPANDER_ROW (self->more_row), VRF_DRAFT_MAX_METADATA);
  g_signal_connect_object (
      self->metadata, "changed", G_CALLBACK (metadata_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->metadata, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
}
