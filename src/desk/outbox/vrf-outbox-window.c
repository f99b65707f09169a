/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/outbox/vrf-outbox-window.h"

#include "base/vrf-error.h"
#include "desk/outbox/vrf-mail-view.h"
#include "desk/session/vrf-moment.h"

/* Two panes side by side, one after the other where they do not fit. With no mail there is a
 * message in place of both. */
struct _VrfOutboxWindow
{
  AdwWindow parent_instance;

  /* owned */
  VrfBackend *backend;
  VrfMailPage *page; /* what is listed; NULL before it came */
  GCancellable *cancellable;
  GCancellable *listing; /* of the list under way */

  /* template */
  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkStack *state_stack;
  AdwStatusPage *message;
  GtkButton *message_button;
  AdwLeaflet *leaflet;
  GtkWidget *list_pane;
  GtkWidget *mail_pane;
  GtkSpinner *spinner;
  GtkListBox *list;
  GtkLabel *more;
  GtkWidget *copy_bar;
  GtkWidget *copy_button;
  VrfMailView *view;
};

G_DEFINE_FINAL_TYPE (VrfOutboxWindow, vrf_outbox_window, ADW_TYPE_WINDOW)

static void
say (VrfOutboxWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  /* In a narrow window it lies on the button. */
  adw_toast_set_timeout (toast, 3);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* States */

static void
show_state (VrfOutboxWindow *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->state_stack, name);
  gtk_stack_set_visible_child_name (self->stack, "state");
}

static void
show_message (VrfOutboxWindow *self,
              const char *icon,
              const char *title,
              const char *description,
              const char *label,
              const char *action)
{
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  adw_status_page_set_icon_name (self->message, icon);
  adw_status_page_set_title (self->message, title);
  adw_status_page_set_description (self->message, escaped);
  gtk_button_set_label (self->message_button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->message_button), action);
  show_state (self, "message");
  gtk_widget_grab_focus (GTK_WIDGET (self->message_button));
}

static void
show_empty (VrfOutboxWindow *self)
{
  show_message (
      self,
      "vrf-mail-symbolic",
      _ ("No Invitations Yet"),
         _ ("Turn on “Email invite to applicant” in New Verification. The sandbox sends no "
                   "mail; what it would have sent is kept here."),
            _ ("_New Verification"), "outbox.new");
}

static void
show_error (VrfOutboxWindow *self, const GError *error)
{
  gboolean older = g_error_matches (error, VRF_ERROR, VRF_ERROR_NOT_FOUND);

  if (self->page != NULL && self->page->mails->len > 0)
    say (self, error->message);
  else
    show_message (self,
                  "network-error-symbolic",
                  _ ("The Outbox Did Not Load"),
                     older
                     ? _ ("This sandbox keeps no outbox: it is older than this desk.")
                          : error->message,
                          _ ("_Try Again"), "outbox.refresh");
}

/* The list */

static const VrfMail *
get_mail (VrfOutboxWindow *self, guint index)
{
  return g_ptr_array_index (self->page->mails, index);
}

static GtkWidget *
new_row (const VrfMail *mail)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *when = vrf_moment_dup_full (mail->created_at);
  g_autofree char *subtitle = g_strdup_printf (
      "%s\n%s · %s", mail->to != NULL ? mail->to : "", when, vrf_mail_kind_to_text (mail->kind));

  /* A subject has a brand in it, and that may be anything. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 mail->subject != NULL ? mail->subject : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
show_more (VrfOutboxWindow *self)
{
  int shown = (int) self->page->mails->len;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->more), shown < self->page->total);
  if (shown >= self->page->total)
    return;
  /* Translators: two numbers, as in "The newest 100 of 240 mails" */
  text = g_strdup_printf (_ ("The newest %d of %d mails"), shown, self->page->total);
  gtk_label_set_text (self->more, text);
}

/* Where the mail with that id, nullable, is now; the newest if it is not there. */
static guint
find (VrfOutboxWindow *self, const char *mail_id)
{
  for (guint i = 0; mail_id != NULL && i < self->page->mails->len; i++)
    if (g_str_equal (get_mail (self, i)->id, mail_id))
      return i;
  return 0;
}

static void
clear_list (VrfOutboxWindow *self)
{
  GtkListBoxRow *row = NULL;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
show_list (VrfOutboxWindow *self)
{
  g_autofree char *mail_id = g_strdup (vrf_mail_view_get_mail_id (self->view));
  gboolean first = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "mails") != 0;
  GtkListBoxRow *chosen = NULL;

  clear_list (self);
  for (guint i = 0; i < self->page->mails->len; i++)
    gtk_list_box_append (self->list, new_row (get_mail (self, i)));
  show_more (self);
  gtk_stack_set_visible_child_name (self->stack, "mails");
  chosen = gtk_list_box_get_row_at_index (self->list, (int) find (self, mail_id));
  gtk_list_box_select_row (self->list, chosen);
  if (first)
    gtk_widget_grab_focus (GTK_WIDGET (chosen));
}

static void
set_busy (VrfOutboxWindow *self, gboolean busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfOutboxWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  VrfMailPage *page = vrf_api_client_list_mails_finish (VRF_API_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (page == NULL)
    {
      show_error (self, error);
      return;
    }
  g_clear_pointer (&self->page, vrf_mail_page_free);
  self->page = page;
  if (page->mails->len > 0)
    show_list (self);
  else
    {
      vrf_mail_view_set_mail_id (self->view, NULL);
      show_empty (self);
    }
}

static void
refresh (VrfOutboxWindow *self)
{
  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  self->listing = g_cancellable_new ();
  if (self->page == NULL || self->page->mails->len == 0)
    show_state (self, "loading");
  set_busy (self, TRUE);
  vrf_api_client_list_mails_async (
      vrf_backend_get_client (self->backend), self->listing, listed_cb, g_object_ref (self));
}

/* What is of no session is to the admins, and has no link to hand on. */
static void
selected_cb (VrfOutboxWindow *self, GtkListBoxRow *row)
{
  const VrfMail *mail = NULL;

  if (row == NULL)
    return;
  mail = get_mail (self, (guint) gtk_list_box_row_get_index (row));
  gtk_widget_set_visible (self->copy_bar, mail->session_id != NULL);
  vrf_mail_view_set_mail_id (self->view, mail->id);
}

/* On the link, or on whatever there is before the mail has come. */
static void
activated_cb (VrfOutboxWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->mail_pane);
  if (!gtk_widget_grab_focus (self->copy_button))
    gtk_widget_child_focus (self->mail_pane, GTK_DIR_TAB_FORWARD);
}

/* Whether a mail stands in place of the list. */
static gboolean
is_inside (VrfOutboxWindow *self)
{
  return adw_leaflet_get_folded (self->leaflet)
         && adw_leaflet_get_visible_child (self->leaflet) == self->mail_pane;
}

static void
update_actions (VrfOutboxWindow *self)
{
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "outbox.copy-link", vrf_mail_view_has_link (self->view));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "outbox.back", is_inside (self));
}

/* Actions */

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  refresh (VRF_OUTBOX_WINDOW (widget));
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VrfOutboxWindow *self = VRF_OUTBOX_WINDOW (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  adw_leaflet_set_visible_child (self->leaflet, self->list_pane);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
leave_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VrfOutboxWindow *self = VRF_OUTBOX_WINDOW (widget);

  if (is_inside (self))
    back_action (widget, name, parameter);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
copy_link_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VrfOutboxWindow *self = VRF_OUTBOX_WINDOW (widget);

  vrf_mail_view_copy_link (self->view);
  say (self, _ ("Link copied"));
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  gtk_window_close (GTK_WINDOW (widget));
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.new", NULL);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfOutboxWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (vrf_api_client_clear_mails_finish (VRF_API_CLIENT (source), result, &error))
    refresh (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, error->message);
}

static void
asked_cb (VrfOutboxWindow *self, const char *response)
{
  if (g_str_equal (response, "clear"))
    vrf_api_client_clear_mails_async (
        vrf_backend_get_client (self->backend), self->cancellable, cleared_cb, g_object_ref (self));
}

/* Focus is on Cancel: Enter never destroys. */
static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (widget),
      _ ("Clear the Outbox?"),
         _ ("The mails are deleted for good. The links in them go on working."));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_response (message, "cancel", _ ("_Cancel"));
  adw_message_dialog_add_response (message, "clear", _ ("C_lear"));
  adw_message_dialog_set_response_appearance (message, "clear", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_object (message, "response", G_CALLBACK (asked_cb), widget, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Object */

static void
vrf_outbox_window_dispose (GObject *object)
{
  VrfOutboxWindow *self = VRF_OUTBOX_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  g_clear_object (&self->backend);

  G_OBJECT_CLASS (vrf_outbox_window_parent_class)->dispose (object);
}

static void
vrf_outbox_window_finalize (GObject *object)
{
  VrfOutboxWindow *self = VRF_OUTBOX_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->page, vrf_mail_page_free);

  G_OBJECT_CLASS (vrf_outbox_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "outbox.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "outbox.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "outbox.leave", NULL, leave_action);
  gtk_widget_class_install_action (widget_class, "outbox.copy-link", NULL, copy_link_action);
  gtk_widget_class_install_action (widget_class, "outbox.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "outbox.clear", NULL, clear_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "outbox.refresh", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "outbox.leave", NULL);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "outbox.copy-link", NULL);
}

#define BIND(member) gtk_widget_class_bind_template_child (widget_class, VrfOutboxWindow, member)

static void
vrf_outbox_window_class_init (VrfOutboxWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_outbox_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = vrf_outbox_window_finalize;

  install_actions (widget_class);
  g_type_ensure (VRF_TYPE_MAIL_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/withverifa/Desk/outbox/vrf-outbox-window.ui");
  BIND (toasts);
  BIND (stack);
  BIND (state_stack);
  BIND (message);
  BIND (message_button);
  BIND (leaflet);
  BIND (list_pane);
  BIND (mail_pane);
  BIND (spinner);
  BIND (list);
  BIND (more);
  BIND (copy_bar);
  BIND (copy_button);
  BIND (view);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_actions);
}

#undef BIND

static void
vrf_outbox_window_init (VrfOutboxWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  update_actions (self);
}

VrfOutboxWindow *
vrf_outbox_window_new (GtkWindow *parent, VrfBackend *backend)
{
  VrfOutboxWindow *self = g_object_new (VRF_TYPE_OUTBOX_WINDOW, "transient-for", parent, NULL);

  self->backend = g_object_ref (backend);
  vrf_mail_view_setup (self->view, backend);
  refresh (self);
  return self;
}
