/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/new/vrf-new-dialog.h"

#include "base/vrf-error.h"
#include "desk/new/vrf-fault.h"
#include "desk/new/vrf-new-entries.h"
#include "desk/new/vrf-reference.h"
#include "desk/widgets/vrf-env-tag.h"

/*
 * VrfNewDialog: the form in front of a VrfDraft.
 *
 * One button is blue: Create Verification, or, when the reference is taken by a verification that
 * is going on, the way to that one. Enter in any entry presses the blue button. While a request is
 * on its way the form is off; whatever comes of it, what was typed stays until there is a session.
 */

#define WIDTH_PX 520
#define NARROW_PX 440
/* So long a spinner is enough; then a person wants to know what goes on, and a way out. */
#define PATIENCE_MS 2000
/* A pattern with little to choose from may have nothing left that is free. */
#define MOST_REFERENCES 20

G_DEFINE_FINAL_TYPE (VrfNewDialog, vrf_new_dialog, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_CREATED,
  SIGNAL_SHOW_EXISTING,
  SIGNAL_VIEW_SESSION,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The blue button and what the keys do */

static gboolean
is_taken (VrfNewDialog *self)
{
  return vrf_guard_get_state (self->guard) == VRF_GUARD_ACTIVE;
}

static GtkWidget *
find_primary (VrfNewDialog *self)
{
  if (!is_taken (self))
    return vrf_new_foot_get_button (VRF_NEW_FOOT (self->foot));

  return gtk_widget_get_visible (self->guard_qr_button) ? self->guard_qr_button
                                                        : self->guard_view_button;
}

static void
update_keys (VrfNewDialog *self, GtkWidget *primary)
{
  const char *enter = self->retry ? _ ("tries again") : _ ("creates");

  if (primary == self->guard_qr_button)
    enter = _ ("shows the existing QR code");
  else if (primary == self->guard_view_button)
    enter = _ ("shows the session");

  vrf_new_foot_set_keys (VRF_NEW_FOOT (self->foot),
                         enter,
                         is_taken (self)
                         ? C_ ("keyboard key", "Ctrl+Enter")
                               : C_ ("keyboard key", "Esc"),
                                     is_taken (self)
                                     ? _ ("creates a second one")
                                     : _ ("closes, keeps the draft"));
}

static void
update_primary (VrfNewDialog *self)
{
  GtkWidget *buttons[] = { vrf_new_foot_get_button (VRF_NEW_FOOT (self->foot)),
                           self->guard_qr_button,
                           self->guard_view_button };
  GtkWidget *primary = find_primary (self);
  guint i = 0;

  for (i = 0; i < G_N_ELEMENTS (buttons); i++)
    if (buttons[i] == primary)
      gtk_widget_add_css_class (buttons[i], "suggested-action");
    else
      gtk_widget_remove_css_class (buttons[i], "suggested-action");

  gtk_window_set_default_widget (GTK_WINDOW (self), primary);
  update_keys (self, primary);
}

/* The window takes the height its content has now. */
static void
refit (VrfNewDialog *self)
{
  int width = 0;
  int height = 0;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, -1);
}

static void
update_guard (VrfNewDialog *self)
{
  VrfRow *row = vrf_guard_get_row (self->guard);
  gboolean shown = vrf_guard_get_state (self->guard) >= VRF_GUARD_EXPIRED;
  g_autofree char *title = vrf_guard_dup_title (self->guard);
  g_autofree char *detail = vrf_guard_dup_detail (self->guard);

  if (shown != gtk_widget_get_visible (self->guard_row))
    refit (self);
  gtk_widget_set_visible (self->guard_row, shown);
  gtk_label_set_text (GTK_LABEL (self->guard_title), shown ? title : "");
  gtk_label_set_text (GTK_LABEL (self->guard_detail), detail != NULL ? detail : "");
  gtk_widget_set_visible (self->guard_qr_button, row != NULL && vrf_row_can_show_qr (row));

  vrf_new_entries_update_reference_note (self);
  update_primary (self);
}

static const char *
get_button_text (VrfNewDialog *self)
{
  if (self->busy)
    return _ ("Creating…");

  return self->retry ? _ ("_Try Again") : _ ("_Create Verification");
}

/* While it takes long */

static void
update_progress (VrfNewDialog *self)
{
  g_autofree char *text = NULL;

  if (self->busy && self->patience_id == 0)
    text = self->attempt > 1
        /* Translators: the number of this attempt, and of all there will be at most */
        ? g_strdup_printf (_ ("Trying again… (%1$u of %2$u)"), self->attempt, self->most_attempts)
        : g_strdup (_ ("Waiting for the server…"));

  vrf_new_foot_set_progress (VRF_NEW_FOOT (self->foot), text);
}

static gboolean
waited_cb (gpointer user_data)
{
  VrfNewDialog *self = user_data;

  self->patience_id = 0;
  update_progress (self);

  return G_SOURCE_REMOVE;
}

static void
retrying_cb (VrfNewDialog *self, const char *idempotency_key, guint attempt, guint most)
{
  if (g_strcmp0 (idempotency_key, vrf_draft_get_key (self->draft)) != 0)
    return;

  self->attempt = attempt;
  self->most_attempts = most;
  update_progress (self);
}

static void
follow_client (VrfNewDialog *self, VrfApiClient *client)
{
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_set_object (&self->client, client);
  self->attempt = 1;
  if (client != NULL)
    g_signal_connect_object (client, "retrying", G_CALLBACK (retrying_cb), self, G_CONNECT_SWAPPED);
}

static void
set_busy (VrfNewDialog *self, gboolean busy)
{
  /* What is switched off with the cursor in it would not notice that it lost it. */
  if (busy || self->busy)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  if (busy && !self->busy)
    self->patience_id = g_timeout_add (PATIENCE_MS, waited_cb, self);
  else if (!busy)
    g_clear_handle_id (&self->patience_id, g_source_remove);
  self->busy = busy;
  vrf_new_foot_set_button (VRF_NEW_FOOT (self->foot), get_button_text (self), busy);
  update_progress (self);

  gtk_widget_set_sensitive (self->reference_group, !busy);
  gtk_widget_set_sensitive (self->applicant_group, !busy);
  gtk_widget_set_sensitive (self->options_group, !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "new.create", !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "new.create-anyway", !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "new.cancel", busy);
  update_keys (self, find_primary (self));
}

/* Creating */

static void
show_fault (VrfNewDialog *self, const GError *error)
{
  g_autofree char *advice = vrf_fault_dup_advice (error);
  VrfDraftField field = vrf_draft_field_from_api (vrf_error_get_field (error));

  self->retry = vrf_fault_is_worth_retrying (error);
  if (field < VRF_DRAFT_N_FIELDS)
    {
      self->refusals[field] = g_strdup (error->message);
      vrf_new_entries_update_problems (self);
    }

  vrf_new_foot_set_fault (VRF_NEW_FOOT (self->foot), vrf_fault_get_title (error), advice);
  refit (self);
  set_busy (self, FALSE);

  if (field < VRF_DRAFT_N_FIELDS)
    vrf_new_entries_focus (self, field);
  else
    gtk_widget_grab_focus (vrf_new_foot_get_button (VRF_NEW_FOOT (self->foot)));
}

static void
finish (VrfNewDialog *self, guint signal, VrfRow *row)
{
  g_autoptr (VrfNewDialog) alive = g_object_ref (self);
  g_autoptr (VrfRow) shown = g_object_ref (row);

  g_signal_emit (self, signals[signal], 0, shown);
  if (!self->closed)
    gtk_window_close (GTK_WINDOW (self));
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfNewDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfRow) row = vrf_backend_create_finish (VRF_BACKEND (source), result, &error);

  follow_client (self, NULL);
  g_clear_object (&self->cancellable);
  vrf_draft_settle (self->draft, error);

  if (row != NULL)
    finish (self, SIGNAL_CREATED, row);
  else if (!self->closed)
    show_fault (self, error);
}

static void
send (VrfNewDialog *self)
{
  g_autoptr (GSettings) settings = g_settings_new ("com.withverifa.Desk");
  g_autofree char *desk = g_settings_get_string (settings, "desk-name");
  g_autoptr (VrfSessionRequest) request = vrf_draft_dup_request (self->draft, desk);
  VrfWorkflowItem *item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self->workflow_row));

  /* What is seen is what is sent, even if the organization's default changes meanwhile. */
  if (item != NULL && request->workflow_id == NULL)
    request->workflow_id = g_strdup (vrf_workflow_item_get_workflow (item)->id);

  vrf_new_foot_set_fault (VRF_NEW_FOOT (self->foot), NULL, NULL);
  set_busy (self, TRUE);
  follow_client (self, vrf_backend_get_client (self->backend));
  self->cancellable = g_cancellable_new ();
  vrf_backend_create_async (self->backend,
                            request,
                            vrf_draft_get_key (self->draft),
                            self->cancellable,
                            created_cb,
                            g_object_ref (self));
}

/* Whether everything can be sent; shows what cannot. */
static gboolean
check (VrfNewDialog *self)
{
  VrfDraftField field = 0;

  for (field = 0; field < VRF_DRAFT_N_FIELDS; field++)
    {
      self->touched[field] = TRUE;
      g_clear_pointer (&self->refusals[field], g_free);
    }
  vrf_new_entries_update_problems (self);

  field = vrf_draft_first_problem (self->draft);
  if (field < VRF_DRAFT_N_FIELDS)
    vrf_new_entries_focus (self, field);

  return field == VRF_DRAFT_N_FIELDS;
}

static void
create_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfNewDialog *self = VRF_NEW_DIALOG (widget);

  if (self->busy || !check (self))
    return;

  if (vrf_guard_get_state (self->guard) == VRF_GUARD_CHECKING)
    {
      self->waiting = TRUE;
      set_busy (self, TRUE);
      vrf_guard_hurry (self->guard);
      return;
    }

  send (self);
}

static void
create_anyway_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfNewDialog *self = VRF_NEW_DIALOG (widget);

  if (!self->busy && check (self))
    send (self);
}

/* Control comes back at once. What the server makes of it is not known then; entries and key stay,
 * so that another press can never make a second session. */
static void
cancel_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfNewDialog *self = VRF_NEW_DIALOG (widget);

  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      return;
    }

  self->waiting = FALSE;
  set_busy (self, FALSE);
  gtk_widget_grab_focus (find_primary (self));
}

static void
guard_changed_cb (VrfNewDialog *self)
{
  update_guard (self);

  if (!self->waiting || vrf_guard_get_state (self->guard) == VRF_GUARD_CHECKING)
    return;

  self->waiting = FALSE;
  if (vrf_guard_get_state (self->guard) < VRF_GUARD_EXPIRED)
    {
      send (self);
      return;
    }

  set_busy (self, FALSE);
  gtk_widget_grab_focus (find_primary (self));
}

static void
show_existing_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfNewDialog *self = VRF_NEW_DIALOG (widget);

  if (vrf_guard_get_row (self->guard) != NULL)
    finish (self, SIGNAL_SHOW_EXISTING, vrf_guard_get_row (self->guard));
}

static void
view_session_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfNewDialog *self = VRF_NEW_DIALOG (widget);

  if (vrf_guard_get_row (self->guard) != NULL)
    finish (self, SIGNAL_VIEW_SESSION, vrf_guard_get_row (self->guard));
}

static void
generate_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfNewDialog *self = VRF_NEW_DIALOG (widget);
  g_autoptr (GSettings) settings = g_settings_new ("com.withverifa.Desk");
  g_autofree char *pattern = g_settings_get_string (settings, "reference-pattern");
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *reference = NULL;
  gboolean taken = TRUE;

  for (guint i = 0; taken && i < MOST_REFERENCES; i++)
    {
      g_autoptr (GPtrArray) rows = NULL;

      g_free (reference);
      reference = vrf_reference_make (pattern, now);
      rows = vrf_row_store_find_by_ref (vrf_backend_get_rows (self->backend), reference);
      taken = rows->len > 0;
    }

  gtk_editable_set_text (GTK_EDITABLE (self->reference_row), reference);
  gtk_widget_grab_focus (self->reference_row);
  gtk_editable_set_position (GTK_EDITABLE (self->reference_row), -1);
}

/* The window */

/* What stands side by side, or, where that is too narrow, one below the other. */
static void
apply_shape (VrfNewDialog *self)
{
  GtkOrientation orientation = self->narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  vrf_new_foot_set_narrow (VRF_NEW_FOOT (self->foot), self->narrow);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->guard_buttons), orientation);
}

static void
fit_to_parent_cb (VrfNewDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  int width = parent != NULL ? gtk_widget_get_width (GTK_WIDGET (parent)) : 0;

  if (width <= 0 || width >= WIDTH_PX)
    width = WIDTH_PX;
  gtk_window_set_default_size (GTK_WINDOW (self), width, -1);
  self->narrow = width < NARROW_PX;
  apply_shape (self);
}

static gboolean
fold_cb (gpointer user_data)
{
  VrfNewDialog *self = user_data;

  self->fold_id = 0;
  apply_shape (self);

  return G_SOURCE_REMOVE;
}

/* A person may give the open dialog another width. The shape must not change while sizes are being
 * given out: later, but before the next frame. */
static void
vrf_new_dialog_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VrfNewDialog *self = VRF_NEW_DIALOG (widget);
  gboolean narrow = width < NARROW_PX;

  GTK_WIDGET_CLASS (vrf_new_dialog_parent_class)->size_allocate (widget, width, height, baseline);
  if (narrow == self->narrow)
    return;

  self->narrow = narrow;
  if (self->fold_id == 0)
    self->fold_id = g_idle_add_full (GDK_PRIORITY_REDRAW - 1, fold_cb, self, NULL);
}

static gboolean
vrf_new_dialog_close_request (GtkWindow *window)
{
  VrfNewDialog *self = VRF_NEW_DIALOG (window);

  self->closed = TRUE;
  g_clear_handle_id (&self->patience_id, g_source_remove);
  vrf_guard_set_reference (self->guard, NULL);

  return GTK_WINDOW_CLASS (vrf_new_dialog_parent_class)->close_request (window);
}

static void
vrf_new_dialog_dispose (GObject *object)
{
  VrfNewDialog *self = VRF_NEW_DIALOG (object);
  guint i = 0;

  self->closed = TRUE;
  g_clear_handle_id (&self->fold_id, g_source_remove);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  follow_client (self, NULL);
  g_clear_object (&self->cancellable);
  if (self->guard != NULL)
    vrf_guard_set_reference (self->guard, NULL);
  for (i = 0; i < VRF_DRAFT_N_FIELDS; i++)
    g_clear_pointer (&self->refusals[i], g_free);
  g_clear_object (&self->metadata);
  g_clear_object (&self->guard);
  g_clear_object (&self->backend);
  /* The draft stays until finalize: an answer may still come and has to be noted in it. */

  G_OBJECT_CLASS (vrf_new_dialog_parent_class)->dispose (object);
}

static void
vrf_new_dialog_finalize (GObject *object)
{
  VrfNewDialog *self = VRF_NEW_DIALOG (object);

  g_clear_object (&self->draft);

  G_OBJECT_CLASS (vrf_new_dialog_parent_class)->finalize (object);
}

static guint
add_signal (VrfNewDialogClass *klass, const char *name)
{
  return g_signal_new (name,
                       G_TYPE_FROM_CLASS (klass),
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       1,
                       VRF_TYPE_ROW);
}

#define BIND(member) gtk_widget_class_bind_template_child (widget_class, VrfNewDialog, member)

static void
vrf_new_dialog_class_init (VrfNewDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = vrf_new_dialog_dispose;
  object_class->finalize = vrf_new_dialog_finalize;
  widget_class->size_allocate = vrf_new_dialog_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = vrf_new_dialog_close_request;

  signals[SIGNAL_CREATED] = add_signal (klass, "created");
  signals[SIGNAL_SHOW_EXISTING] = add_signal (klass, "show-existing");
  signals[SIGNAL_VIEW_SESSION] = add_signal (klass, "view-session");

  g_type_ensure (VRF_TYPE_ENV_TAG);
  g_type_ensure (VRF_TYPE_NEW_FOOT);
  g_type_ensure (VRF_TYPE_WORKFLOW_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/withverifa/Desk/new/vrf-new-dialog.ui");
  BIND (env_tag);
  BIND (reference_row);
  BIND (guard_row);
  BIND (guard_title);
  BIND (guard_detail);
  BIND (guard_buttons);
  BIND (guard_qr_button);
  BIND (guard_view_button);
  BIND (reference_note);
  BIND (reference_note_icon);
  BIND (reference_note_label);
  BIND (reference_group);
  BIND (applicant_group);
  BIND (applicant_note);
  BIND (options_group);
  BIND (options_note);
  BIND (name_row);
  BIND (email_row);
  BIND (invite_switch);
  BIND (workflow_row);
  BIND (more_row);
  BIND (country_row);
  BIND (tags_row);
  BIND (first_name_row);
  BIND (last_name_row);
  BIND (birth_date_row);
  BIND (phone_row);
  BIND (redirect_row);
  BIND (brand_row);
  BIND (support_row);
  BIND (foot);

  gtk_widget_class_install_action (widget_class, "new.create", NULL, create_action);
  gtk_widget_class_install_action (widget_class, "new.create-anyway", NULL, create_anyway_action);
  gtk_widget_class_install_action (widget_class, "new.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "new.generate", NULL, generate_action);
  gtk_widget_class_install_action (widget_class, "new.show-existing", NULL, show_existing_action);
  gtk_widget_class_install_action (widget_class, "new.view-session", NULL, view_session_action);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "new.create-anyway", NULL);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "new.create-anyway", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

#undef BIND

static void
vrf_new_dialog_init (VrfNewDialog *self)
{
  self->loading = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));

  vrf_new_entries_setup (self);
  g_signal_connect (self, "notify::transient-for", G_CALLBACK (fit_to_parent_cb), NULL);
  fit_to_parent_cb (self);
}

/**
 * vrf_new_dialog_new:
 * @backend: where the verification is created; keeps the draft
 * @reference: (nullable): what External Reference is to hold; a draft with another reference is
 *   another guest's and is forgotten
 *
 * Returns: (transfer none): the dialog; set its parent and present it
 */
VrfNewDialog *
vrf_new_dialog_new (VrfBackend *backend, const char *reference)
{
  VrfNewDialog *self = NULL;

  g_return_val_if_fail (VRF_IS_BACKEND (backend), NULL);

  self = g_object_new (VRF_TYPE_NEW_DIALOG, NULL);
  self->backend = g_object_ref (backend);
  self->draft = g_object_ref (vrf_backend_get_draft (backend));
  self->guard = vrf_guard_new (backend);
  g_signal_connect_object (
      self->guard, "changed", G_CALLBACK (guard_changed_cb), self, G_CONNECT_SWAPPED);
  vrf_env_tag_set_environment (VRF_ENV_TAG (self->env_tag),
                               vrf_environment_to_text (vrf_backend_get_environment (backend)));

  if (reference != NULL
      && g_strcmp0 (reference, vrf_draft_get_text (self->draft, VRF_DRAFT_REFERENCE)) != 0)
    {
      vrf_draft_clear (self->draft);
      vrf_draft_set_text (self->draft, VRF_DRAFT_REFERENCE, reference);
    }

  vrf_new_entries_load (self);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->workflow_row), vrf_backend_get_workflows (backend));
  vrf_new_entries_select_workflow (self);
  g_signal_connect_object (vrf_backend_get_workflows (backend),
                           "items-changed",
                           G_CALLBACK (vrf_new_entries_select_workflow),
                           self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  vrf_guard_set_reference (self->guard, vrf_draft_get_text (self->draft, VRF_DRAFT_REFERENCE));
  update_guard (self);
  vrf_new_entries_update_problems (self);
  set_busy (self, FALSE);
  gtk_widget_grab_focus (self->reference_row);

  return self;
}
