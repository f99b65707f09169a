/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk/outbox/vrf-mail-view.h"

#include "desk/created/vrf-link-copy.h"
#include "desk/session/vrf-moment.h"
#include "desk/widgets/vrf-widget-util.h"

struct _VrfMailView
{
  GtkWidget parent_instance;

  /* owned */
  VrfBackend *backend;
  char *mail_id;             /* of what is shown or asked for, nullable */
  VrfMail *mail;             /* once it came, nullable */
  GCancellable *cancellable; /* of the call under way */

  /* template */
  GtkStack *stack;
  GtkLabel *subject;
  GtkLabel *to;
  GtkLabel *about;
  GtkLabel *text;
  AdwStatusPage *message;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (VrfMailView, vrf_mail_view, GTK_TYPE_WIDGET)

/** vrf_mail_kind_to_text: Returns: (transfer none): what kind of mail it is, translated */
const char *
vrf_mail_kind_to_text (const char *kind)
{
  if (g_strcmp0 (kind, "invite") == 0)
    return _ ("Invitation");
  if (g_strcmp0 (kind, "resend") == 0)
    return _ ("Sent again");
  if (g_strcmp0 (kind, "webhook_disabled") == 0)
    return _ ("Webhook disabled");
  return kind != NULL ? kind : "";
}

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
}

static void
take_mail (VrfMailView *self, VrfMail *mail)
{
  g_clear_pointer (&self->mail, vrf_mail_free);
  self->mail = mail;
  g_signal_emit (self, changed_signal, 0);
}

static void
show_mail (VrfMailView *self)
{
  const VrfMail *mail = self->mail;
  g_autofree char *when = vrf_moment_dup_full (mail->created_at);
  /* Translators: to whom a mail goes */
  g_autofree char *to = g_strdup_printf (_ ("To %s"), mail->to != NULL ? mail->to : "");
  g_autofree char *about = g_strdup_printf ("%s · %s", when, vrf_mail_kind_to_text (mail->kind));

  set_text (self->subject, mail->subject);
  set_text (self->to, to);
  set_text (self->about, about);
  set_text (self->text, mail->text);
  gtk_stack_set_visible_child_name (self->stack, "mail");
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfMailView) self = user_data;
  g_autoptr (GError) error = NULL;
  VrfMail *mail = vrf_api_client_get_mail_finish (VRF_API_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (mail != NULL)
    {
      take_mail (self, mail);
      show_mail (self);
    }
  else
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->message, escaped);
      gtk_stack_set_visible_child_name (self->stack, "message");
    }
}

static void
cancel (VrfMailView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
load (VrfMailView *self)
{
  cancel (self);
  take_mail (self, NULL);
  if (self->mail_id == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "none");
      return;
    }
  self->cancellable = g_cancellable_new ();
  gtk_stack_set_visible_child_name (self->stack, "loading");
  vrf_api_client_get_mail_async (vrf_backend_get_client (self->backend),
                                 self->mail_id,
                                 self->cancellable,
                                 loaded_cb,
                                 g_object_ref (self));
}

/** vrf_mail_view_set_mail_id: what is shown already, or under way, stays; mails never change */
void
vrf_mail_view_set_mail_id (VrfMailView *self, const char *mail_id)
{
  gboolean other = vrf_str_set (&self->mail_id, mail_id);

  if (other || (self->mail == NULL && self->cancellable == NULL))
    load (self);
}

const char *
vrf_mail_view_get_mail_id (VrfMailView *self)
{
  return self->mail_id;
}

gboolean
vrf_mail_view_has_link (VrfMailView *self)
{
  return self->mail != NULL && self->mail->capture_url != NULL;
}

void
vrf_mail_view_copy_link (VrfMailView *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  VrfRow *row = NULL;

  g_return_if_fail (vrf_mail_view_has_link (self));

  if (self->mail->session_id != NULL)
    row = vrf_row_store_lookup (vrf_backend_get_rows (self->backend), self->mail->session_id);
  if (row != NULL && g_strcmp0 (vrf_row_get_capture_url (row), self->mail->capture_url) == 0)
    vrf_link_copy (clipboard, row);
  else
    gdk_clipboard_set_text (clipboard, self->mail->capture_url);
}

/* Object */

static void
vrf_mail_view_dispose (GObject *object)
{
  VrfMailView *self = VRF_MAIL_VIEW (object);
  GtkWidget *child = NULL;

  cancel (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->backend);

  G_OBJECT_CLASS (vrf_mail_view_parent_class)->dispose (object);
}

static void
vrf_mail_view_finalize (GObject *object)
{
  VrfMailView *self = VRF_MAIL_VIEW (object);

  g_free (self->mail_id);
  g_clear_pointer (&self->mail, vrf_mail_free);

  G_OBJECT_CLASS (vrf_mail_view_parent_class)->finalize (object);
}

static void
vrf_mail_view_class_init (VrfMailViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_mail_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = vrf_mail_view_finalize;

  changed_signal = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/withverifa/Desk/outbox/vrf-mail-view.ui");
  gtk_widget_class_bind_template_child (widget_class, VrfMailView, stack);
  gtk_widget_class_bind_template_child (widget_class, VrfMailView, subject);
  gtk_widget_class_bind_template_child (widget_class, VrfMailView, to);
  gtk_widget_class_bind_template_child (widget_class, VrfMailView, about);
  gtk_widget_class_bind_template_child (widget_class, VrfMailView, text);
  gtk_widget_class_bind_template_child (widget_class, VrfMailView, message);
}

static void
vrf_mail_view_init (VrfMailView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** vrf_mail_view_setup: once, before anything else; @backend is READY */
void
vrf_mail_view_setup (VrfMailView *self, VrfBackend *backend)
{
  g_set_object (&self->backend, backend);
}
