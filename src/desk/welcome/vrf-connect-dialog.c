/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/welcome/vrf-connect-dialog.h"

#include "base/vrf-error.h"
#include "desk/core/vrf-secrets.h"
#include "desk/widgets/vrf-widget-util.h"

struct _VrfConnectDialog
{
  AdwWindow parent_instance;

  /* owned */
  VrfProfile *replaced; /* the profile whose key is new, nullable */
  VrfProfile *profile;  /* what is being connected to */
  VrfApiClient *client; /* while it is asked */
  char *api_key;        /* what the client was made with */
  GCancellable *cancellable;

  /* borrowed */
  VrfApplication *application;

  /* template */
  AdwEntryRow *key_row;
  AdwEntryRow *url_row;
  GtkLabel *hint;
  GtkWidget *advanced;
  GtkWidget *message_box;
  GtkLabel *message;
  GtkWidget *once_button;
  GtkWidget *connect_button;
  GtkSpinner *spinner;
  GtkLabel *connect_label;
};

G_DEFINE_FINAL_TYPE (VrfConnectDialog, vrf_connect_dialog, ADW_TYPE_WINDOW)

/* What is seen */

static void
set_busy (VrfConnectDialog *self, gboolean busy)
{
  /* What is made insensitive must not have the focus. */
  if (busy)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (self->connect_button, !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->key_row), !busy);
  gtk_widget_set_sensitive (self->advanced, !busy);
}

static void
set_message (VrfConnectDialog *self, const char *text)
{
  gtk_label_set_text (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (self->message_box, text != NULL);
  vrf_widget_set_class (GTK_WIDGET (self->key_row), "error", FALSE);
}

/* The key stays as it was typed. */
static void
fail (VrfConnectDialog *self, const char *text)
{
  set_busy (self, FALSE);
  set_message (self, text);
  gtk_widget_grab_focus (self->connect_button);
}

static void
fail_key (VrfConnectDialog *self, const char *text)
{
  fail (self, text);
  vrf_widget_set_class (GTK_WIDGET (self->key_row), "error", TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->key_row));
}

/* What a key that is not accepted comes from: the person can only look at these. */
static const char *
explain (const GError *error)
{
  if (g_error_matches (error, VRF_ERROR, VRF_ERROR_UNAUTHORIZED))
    return _ ("Verifa does not accept this key. Copy it again from the dashboard, and look whether "
              "it has expired or is limited to other addresses.");

  return _ ("This key may not be used from here. Ask whoever made it which scopes and addresses "
            "it is limited to.");
}

/* Connecting */

static char *
dup_key (VrfConnectDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->key_row))));
}

static char *
dup_url (VrfConnectDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->url_row))));
}

static void
open_window (VrfConnectDialog *self, const char *api_key)
{
  g_autoptr (VrfProfile) profile = vrf_profile_ref (self->profile);
  g_autofree char *key = g_strdup (api_key);
  VrfApplication *application = self->application;

  gtk_window_destroy (GTK_WINDOW (self));
  vrf_application_switch_profile (application, profile, key);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfConnectDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (vrf_secrets_store_finish (result, &error))
    {
      vrf_profile_save_as_active (self->profile);
      open_window (self, self->api_key);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  fail (self, error->message);
  gtk_widget_set_visible (self->once_button, TRUE);
  gtk_widget_grab_focus (self->once_button);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfConnectDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfRateLimits) limits =
      vrf_api_client_get_rate_limits_finish (VRF_API_CLIENT (source), result, &error);

  if (limits == NULL)
    {
      if (g_error_matches (error, VRF_ERROR, VRF_ERROR_UNAUTHORIZED)
          || g_error_matches (error, VRF_ERROR, VRF_ERROR_FORBIDDEN))
        fail_key (self, explain (error));
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        fail (self, error->message);
      return;
    }

  vrf_secrets_store_async (self->profile->id,
                           self->profile->name,
                           self->api_key,
                           self->cancellable,
                           stored_cb,
                           g_object_ref (self));
}

static void
ask (VrfConnectDialog *self, const char *url)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->client);
  self->client = vrf_api_client_new (url, self->api_key, &error);
  if (self->client == NULL)
    {
      fail (self, error->message);
      return;
    }

  vrf_api_client_set_max_attempts (self->client, 1);
  set_busy (self, TRUE);
  vrf_api_client_get_rate_limits_async (
      self->client, self->cancellable, asked_cb, g_object_ref (self));
}

static void
connect_cb (VrfConnectDialog *self)
{
  g_autofree char *url = dup_url (self);
  VrfEnvironment environment;

  if (!gtk_widget_get_sensitive (self->connect_button))
    return;

  g_free (self->api_key);
  self->api_key = dup_key (self);
  environment = vrf_environment_from_key (self->api_key);
  set_message (self, NULL);
  if (environment == VRF_ENVIRONMENT_UNKNOWN)
    {
      fail_key (self, _ ("That is not a secret key: those begin with vk_sandbox_ or vk_live_."));
      return;
    }
  if (self->replaced != NULL && self->replaced->environment != environment)
    {
      fail_key (
          self,
          self->replaced->environment == VRF_ENVIRONMENT_LIVE
          ? _ ("This is a sandbox key, and this profile is live. Connect it as another one.")
          : _ ("This is a live key, and this profile is a sandbox. Connect it as another one."));
      return;
    }

  g_clear_pointer (&self->profile, vrf_profile_unref);
  self->profile = self->replaced != NULL ? vrf_profile_ref (self->replaced)
                                         : vrf_profile_new (NULL, url, environment);
  ask (self, self->profile->base_url);
}

static void
once_cb (VrfConnectDialog *self)
{
  open_window (self, self->api_key);
}

/* Says which environment a key is of as soon as it can be told. */
static void
changed_cb (VrfConnectDialog *self)
{
  g_autofree char *key = dup_key (self);
  const char *hint = _ ("From the dashboard: Settings, API Keys. It begins with vk_sandbox_ or "
                        "vk_live_.");

  switch (vrf_environment_from_key (key))
    {
    case VRF_ENVIRONMENT_SANDBOX:
      hint = _ ("A sandbox key: nobody is really verified.");
      break;
    case VRF_ENVIRONMENT_LIVE:
      hint = _ ("A live key: real people, real verifications.");
      break;
    case VRF_ENVIRONMENT_UNKNOWN:
    default:
      break;
    }
  gtk_label_set_text (self->hint, hint);
  gtk_widget_set_sensitive (self->connect_button, *key != '\0');
  gtk_widget_set_visible (self->once_button, FALSE);
  set_message (self, NULL);
}

/* Object */

static void
vrf_connect_dialog_dispose (GObject *object)
{
  VrfConnectDialog *self = VRF_CONNECT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  g_clear_pointer (&self->replaced, vrf_profile_unref);
  g_clear_pointer (&self->profile, vrf_profile_unref);
  g_clear_pointer (&self->api_key, g_free);

  G_OBJECT_CLASS (vrf_connect_dialog_parent_class)->dispose (object);
}

static void
vrf_connect_dialog_class_init (VrfConnectDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_connect_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/withverifa/Desk/vrf-connect-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, VrfConnectDialog, key_row);
  gtk_widget_class_bind_template_child (widget_class, VrfConnectDialog, url_row);
  gtk_widget_class_bind_template_child (widget_class, VrfConnectDialog, hint);
  gtk_widget_class_bind_template_child (widget_class, VrfConnectDialog, advanced);
  gtk_widget_class_bind_template_child (widget_class, VrfConnectDialog, message_box);
  gtk_widget_class_bind_template_child (widget_class, VrfConnectDialog, message);
  gtk_widget_class_bind_template_child (widget_class, VrfConnectDialog, once_button);
  gtk_widget_class_bind_template_child (widget_class, VrfConnectDialog, connect_button);
  gtk_widget_class_bind_template_child (widget_class, VrfConnectDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, VrfConnectDialog, connect_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
  gtk_widget_class_bind_template_callback (widget_class, once_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
vrf_connect_dialog_init (VrfConnectDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_editable_set_text (GTK_EDITABLE (self->url_row), VRF_PROFILE_DEFAULT_URL);
}

VrfConnectDialog *
vrf_connect_dialog_new (VrfApplication *application, VrfProfile *profile)
{
  VrfConnectDialog *self = g_object_new (VRF_TYPE_CONNECT_DIALOG, NULL);

  self->application = application;
  if (profile != NULL)
    {
      self->replaced = vrf_profile_ref (profile);
      gtk_editable_set_text (GTK_EDITABLE (self->url_row), profile->base_url);
      gtk_widget_set_visible (self->advanced, FALSE);
      gtk_window_set_title (GTK_WINDOW (self), _ ("New API Key"));
    }

  return self;
}
