/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/preferences/vrf-preferences.h"

#include "desk/core/vrf-connection-test.h"
#include "desk/preferences/vrf-test-rows.h"
#include "desk/session/vrf-moment.h"
#include "desk/welcome/vrf-connect-dialog.h"

struct _VrfPreferences
{
  AdwPreferencesWindow parent_instance;

  /* owned */
  VrfBackend *backend;     /* nullable */
  VrfConnectionTest *test; /* nullable: while there is a backend */
  GSettings *settings;

  /* borrowed */
  VrfApplication *application;

  /* template */
  GtkWidget *current_group;
  AdwActionRow *server_row;
  AdwActionRow *environment_row;
  AdwActionRow *state_row;
  GtkWidget *key_row;
  AdwPreferencesGroup *test_group;
  GtkWidget *test_button;
  AdwPreferencesGroup *rights_group;
  GtkWidget *sandbox_row;
  AdwPreferencesPage *sandbox_page;
  AdwActionRow *phones_row;
  GtkSwitch *phones_switch;
  GtkWidget *desk_row;
  GtkWidget *house_row;
  GtkWidget *pattern_row;
};

G_DEFINE_FINAL_TYPE (VrfPreferences, vrf_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* What the window is connected to */

static const char *
state_word (VrfConnectionState state)
{
  switch (state)
    {
    case VRF_CONNECTION_ONLINE:
      return _ ("Connected");
    case VRF_CONNECTION_OFFLINE:
      return _ ("Offline");
    case VRF_CONNECTION_REFUSED:
      return _ ("The key is not accepted");
    case VRF_CONNECTION_THROTTLED:
      return _ ("Waiting: Verifa asks for fewer requests");
    case VRF_CONNECTION_CONNECTING:
    default:
      return _ ("Connecting…");
    }
}

static void
update_state (VrfPreferences *self)
{
  VrfConnection *connection = vrf_backend_get_connection (self->backend);
  const GError *error = vrf_backend_get_error (self->backend);
  const char *message = vrf_connection_get_message (connection);
  g_autofree char *text = NULL;

  if (vrf_backend_get_state (self->backend) == VRF_BACKEND_FAILED && error != NULL)
    text = g_markup_escape_text (error->message, -1);
  else if (message != NULL)
    text = g_markup_escape_text (message, -1);
  else
    text = g_strdup (state_word (vrf_connection_get_state (connection)));
  adw_action_row_set_subtitle (self->state_row, text);
}

static void
show_backend (VrfPreferences *self)
{
  VrfProfile *profile = vrf_backend_get_profile (self->backend);
  g_autofree char *url =
      profile->base_url != NULL ? g_markup_escape_text (profile->base_url, -1) : NULL;
  gboolean live = vrf_backend_get_environment (self->backend) == VRF_ENVIRONMENT_LIVE;

  adw_action_row_set_subtitle (self->server_row, profile->builtin ? _ ("Built-in sandbox") : url);
  adw_action_row_set_subtitle (self->environment_row,
                               live
                               ? _ ("Live: real people, real verifications")
                               : _ ("Sandbox: nobody is really verified"));
  gtk_widget_set_visible (self->key_row,
                          !profile->builtin && !g_str_has_prefix (profile->id, "env-"));
  gtk_widget_set_visible (self->sandbox_row, !profile->builtin);
  g_signal_connect_object (vrf_backend_get_connection (self->backend),
                           "notify",
                           G_CALLBACK (update_state),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->backend, "notify::state", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  update_state (self);
}

/* The test */

static void
update_test (VrfPreferences *self)
{
  gboolean running = vrf_connection_test_is_running (self->test);

  vrf_test_rows_show (self->test, self->test_group, self->rights_group);
  gtk_widget_set_sensitive (self->test_button, !running);
  gtk_button_set_label (
      GTK_BUTTON (self->test_button), running ? _ ("Testing…") : _ ("Test Connection"));
}

static void
test_cb (VrfPreferences *self)
{
  vrf_connection_test_run (self->test);
}

static void
show_test (VrfPreferences *self)
{
  self->test = vrf_connection_test_new (self->backend);
  g_signal_connect_object (
      self->test, "changed", G_CALLBACK (update_test), self, G_CONNECT_SWAPPED);
}

/* Phones on the network */

static char *
dup_phones_text (VrfPhones *phones)
{
  const char *problem = vrf_phones_get_problem (phones);
  g_autofree char *clock = NULL;
  g_autofree char *text = NULL;

  if (vrf_phones_is_busy (phones))
    return g_strdup (_ ("One moment…"));
  if (problem != NULL)
    return g_markup_escape_text (problem, -1);
  if (!vrf_phones_are_in (phones))
    return g_strdup (_ ("Only this computer can open capture pages"));
  clock = vrf_moment_dup_clock (vrf_phones_get_ends_at (phones));
  /* Translators: an address like http://192.168.1.7:41234, and a time of day */
  text = g_strdup_printf (_ ("%s, until %s"), vrf_phones_get_url (phones), clock);
  return g_markup_escape_text (text, -1);
}

/* The switch stands where the server is, not where it was asked to go. */
static gboolean
phones_set_cb (GtkSwitch *widget, gboolean on, VrfPreferences *self)
{
  vrf_phones_let_in (vrf_backend_get_phones (self->backend), on);
  return TRUE;
}

static void
update_phones (VrfPreferences *self)
{
  VrfPhones *phones = vrf_backend_get_phones (self->backend);
  gboolean are_in = vrf_phones_are_in (phones);
  g_autofree char *text = dup_phones_text (phones);

  gtk_widget_set_visible (GTK_WIDGET (self->sandbox_page), vrf_backend_has_tools (self->backend));
  adw_action_row_set_subtitle (self->phones_row, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->phones_switch), !vrf_phones_is_busy (phones));
  g_signal_handlers_block_by_func (self->phones_switch, phones_set_cb, self);
  gtk_switch_set_active (self->phones_switch, are_in);
  gtk_switch_set_state (self->phones_switch, are_in);
  g_signal_handlers_unblock_by_func (self->phones_switch, phones_set_cb, self);
}

static void
show_phones (VrfPreferences *self)
{
  VrfPhones *phones = vrf_backend_get_phones (self->backend);

  g_signal_connect_object (phones, "changed", G_CALLBACK (update_phones), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->backend, "notify::state", G_CALLBACK (update_phones), self, G_CONNECT_SWAPPED);
  update_phones (self);
  if (vrf_backend_has_tools (self->backend))
    vrf_phones_refresh (phones);
}

/* Buttons */

static void
try_cb (VrfPreferences *self)
{
  VrfTracker *tracker = vrf_backend_get_tracker (self->backend);

  if (vrf_backend_get_state (self->backend) == VRF_BACKEND_FAILED)
    vrf_backend_start (self->backend);
  else if (tracker != NULL)
    vrf_tracker_poke (tracker);
}

static void
open_connect (VrfPreferences *self, VrfProfile *profile)
{
  VrfConnectDialog *dialog = vrf_connect_dialog_new (self->application, profile);

  gtk_window_set_transient_for (GTK_WINDOW (dialog),
                                gtk_window_get_transient_for (GTK_WINDOW (self)));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_window_close (GTK_WINDOW (self));
}

static void
new_key_cb (VrfPreferences *self)
{
  open_connect (self, vrf_backend_get_profile (self->backend));
}

static void
connect_cb (VrfPreferences *self)
{
  open_connect (self, NULL);
}

static void
sandbox_cb (VrfPreferences *self)
{
  g_autoptr (VrfProfile) profile = vrf_profile_new_builtin ();
  VrfApplication *application = self->application;

  vrf_profile_save_as_active (profile);
  /* The window it belongs to goes with the profile, while the press of the button still holds us.
   */
  gtk_window_set_transient_for (GTK_WINDOW (self), NULL);
  gtk_window_close (GTK_WINDOW (self));
  vrf_application_switch_profile (application, profile, NULL);
}

/* Object */

static void
vrf_preferences_dispose (GObject *object)
{
  VrfPreferences *self = VRF_PREFERENCES (object);

  if (self->test != NULL)
    vrf_connection_test_stop (self->test);
  g_clear_object (&self->test);
  g_clear_object (&self->backend);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (vrf_preferences_parent_class)->dispose (object);
}

static void
vrf_preferences_class_init (VrfPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_preferences_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/withverifa/Desk/vrf-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, VrfPreferences, current_group);
  gtk_widget_class_bind_template_child (widget_class, VrfPreferences, server_row);
  gtk_widget_class_bind_template_child (widget_class, VrfPreferences, environment_row);
  gtk_widget_class_bind_template_child (widget_class, VrfPreferences, state_row);
  gtk_widget_class_bind_template_child (widget_class, VrfPreferences, key_row);
  gtk_widget_class_bind_template_child (widget_class, VrfPreferences, test_group);
  gtk_widget_class_bind_template_child (widget_class, VrfPreferences, test_button);
  gtk_widget_class_bind_template_child (widget_class, VrfPreferences, rights_group);
  gtk_widget_class_bind_template_child (widget_class, VrfPreferences, sandbox_row);
  gtk_widget_class_bind_template_child (widget_class, VrfPreferences, sandbox_page);
  gtk_widget_class_bind_template_child (widget_class, VrfPreferences, phones_row);
  gtk_widget_class_bind_template_child (widget_class, VrfPreferences, phones_switch);
  gtk_widget_class_bind_template_child (widget_class, VrfPreferences, desk_row);
  gtk_widget_class_bind_template_child (widget_class, VrfPreferences, house_row);
  gtk_widget_class_bind_template_child (widget_class, VrfPreferences, pattern_row);
  gtk_widget_class_bind_template_callback (widget_class, phones_set_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
  gtk_widget_class_bind_template_callback (widget_class, sandbox_cb);
}

static void
vrf_preferences_init (VrfPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new ("com.withverifa.Desk");
  g_settings_bind (self->settings, "desk-name", self->desk_row, "text", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "house-name", self->house_row, "text", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (
      self->settings, "reference-pattern", self->pattern_row, "text", G_SETTINGS_BIND_DEFAULT);
}

VrfPreferences *
vrf_preferences_new (VrfApplication *application, VrfBackend *backend)
{
  VrfPreferences *self = g_object_new (VRF_TYPE_PREFERENCES, NULL);

  self->application = application;
  gtk_widget_set_visible (self->current_group, backend != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->test_group), backend != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->sandbox_page), FALSE);
  if (backend != NULL)
    {
      self->backend = g_object_ref (backend);
      show_backend (self);
      show_test (self);
      show_phones (self);
    }

  return self;
}
