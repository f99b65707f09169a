/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/welcome/vrf-welcome.h"

#include "desk/welcome/vrf-connect-dialog.h"

struct _VrfWelcome
{
  AdwApplicationWindow parent_instance;

  /* template */
  GtkImage *icon;
  GtkWidget *sandbox_button;
};

G_DEFINE_FINAL_TYPE (VrfWelcome, vrf_welcome, ADW_TYPE_APPLICATION_WINDOW)

static VrfApplication *
get_application (VrfWelcome *self)
{
  return VRF_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
}

static void
sandbox_cb (VrfWelcome *self)
{
  g_autoptr (VrfProfile) profile = vrf_profile_new_builtin ();

  vrf_profile_save_as_active (profile);
  vrf_application_open_profile (get_application (self), profile, NULL);
}

static void
connect_cb (VrfWelcome *self)
{
  VrfConnectDialog *dialog = vrf_connect_dialog_new (get_application (self), NULL);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
vrf_welcome_class_init (VrfWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/withverifa/Desk/vrf-welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, VrfWelcome, icon);
  gtk_widget_class_bind_template_child (widget_class, VrfWelcome, sandbox_button);
  gtk_widget_class_bind_template_callback (widget_class, sandbox_cb);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
}

static void
vrf_welcome_init (VrfWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_image_set_from_icon_name (self->icon, APPLICATION_ID);
  gtk_window_set_focus (GTK_WINDOW (self), self->sandbox_button);
}

VrfWelcome *
vrf_welcome_new (VrfApplication *application)
{
  return g_object_new (VRF_TYPE_WELCOME, "application", application, NULL);
}
