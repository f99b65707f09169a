/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "desk/app/vrf-application.h"

#include "desk/app/vrf-about.h"
#include "desk/app/vrf-shortcuts.h"
#include "desk/preferences/vrf-preferences.h"
#include "desk/welcome/vrf-welcome.h"
#include "desk/window/vrf-window.h"

struct _VrfApplication
{
  AdwApplication parent_instance;

  VrfBackend *early; /* owned; started ahead of its window, until that takes it */
  gboolean sandbox;  /* as the command line of this process says */
};

G_DEFINE_FINAL_TYPE (VrfApplication, vrf_application, ADW_TYPE_APPLICATION)

/* Windows */

static VrfWindow *
find_window (VrfApplication *self, const char *profile_id)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    if (VRF_IS_WINDOW (l->data)
        && g_strcmp0 (vrf_backend_get_profile (vrf_window_get_backend (l->data))->id, profile_id)
               == 0)
      return l->data;

  return NULL;
}

/* Where one works already, when nothing says where. */
static GtkWindow *
find_any_window (VrfApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    if (VRF_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

/* Closes every window but @keep; only those that belong to the application itself. */
static void
close_others (VrfApplication *self, GtkWindow *keep, gboolean welcome_only)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != keep && (VRF_IS_WELCOME (l->data) || (!welcome_only && VRF_IS_WINDOW (l->data))))
      gtk_window_close (l->data);
}

/* The built-in sandbox opens its database on a thread of its own: that need not wait for GTK. */
static void
start_early (VrfApplication *self)
{
  g_autoptr (VrfProfile) profile = NULL;

  if (self->sandbox)
    profile = vrf_profile_new_builtin ();
  else if (g_getenv ("VERIFA_API_KEY") == NULL)
    profile = vrf_profile_load_active ();
  if (profile == NULL || !profile->builtin)
    return;

  self->early = vrf_backend_new (profile, NULL);
  vrf_backend_start (self->early);
}

/* Returns: (transfer full) (nullable): the backend started early, if it is the one wanted */
static VrfBackend *
take_early (VrfApplication *self, VrfProfile *profile, const char *api_key)
{
  g_autoptr (VrfBackend) early = g_steal_pointer (&self->early);

  if (early == NULL)
    return NULL;
  if (api_key == NULL && profile->builtin
      && strcmp (vrf_backend_get_profile (early)->id, profile->id) == 0)
    return g_steal_pointer (&early);
  vrf_backend_stop (early);
  return NULL;
}

static VrfWindow *
ensure_window (VrfApplication *self, VrfProfile *profile, const char *api_key)
{
  VrfWindow *window = find_window (self, profile->id);
  g_autoptr (VrfBackend) backend = NULL;

  if (window == NULL)
    {
      backend = take_early (self, profile, api_key);
      if (backend == NULL)
        backend = vrf_backend_new (profile, api_key);
      vrf_backend_start (backend); /* works while the window is made */
      window = vrf_window_new (GTK_APPLICATION (self), backend);
    }
  vrf_window_present (window);

  return window;
}

static void
show_welcome (VrfApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    window = GTK_WINDOW (vrf_welcome_new (self));
  gtk_window_present (window);
}

/* Command line */

/* The profile of the environment, else the one chosen last; %NULL without an error when there is
 * none. */
static VrfProfile *
dup_profile (GError **error)
{
  g_autoptr (GError) failure = NULL;
  VrfProfile *profile;

  profile = vrf_profile_new_from_environ (&failure);
  if (profile != NULL)
    return profile;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return vrf_profile_load_active ();
}

/* The window to work in, or %NULL: then the welcome page is up and asks where to connect. */
static VrfWindow *
open_window (VrfApplication *self, gboolean sandbox, GError **error)
{
  g_autoptr (VrfProfile) profile = NULL;
  g_autoptr (GError) failure = NULL;
  GtkWindow *active = NULL;

  profile = sandbox ? vrf_profile_new_builtin () : dup_profile (&failure);
  if (profile != NULL)
    return ensure_window (self, profile, NULL);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  active = find_any_window (self);
  if (active == NULL)
    show_welcome (self);
  else
    gtk_window_present (active);

  return active != NULL ? VRF_WINDOW (active) : NULL;
}

/* What follows --new, if anything does. */
static const char *
reference_of (GVariantDict *options, const char ***ret_rest)
{
  g_autofree const char **rest = NULL;

  if (!g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&s", &rest))
    return NULL;

  *ret_rest = g_steal_pointer (&rest);

  return (*ret_rest)[0];
}

static int
vrf_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  VrfApplication *self = VRF_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autoptr (GError) error = NULL;
  g_autofree const char **rest = NULL;
  const char *reference = reference_of (options, &rest);
  const char *session_id = NULL;
  VrfWindow *window = open_window (self, g_variant_dict_contains (options, "sandbox"), &error);

  if (error != NULL)
    {
      g_application_command_line_printerr (command_line, "verifa-desk: %s\n", error->message);
      return 1;
    }
  if (window == NULL)
    return 0;

  if (g_variant_dict_lookup (options, "show", "&s", &session_id))
    vrf_window_show_session (window, session_id);
  if (g_variant_dict_contains (options, "new"))
    vrf_window_start_new (window, reference);

  return 0;
}

/* Started by the session bus, or asked by a launcher to show itself. */
static void
vrf_application_activate (GApplication *application)
{
  g_autoptr (GError) error = NULL;

  open_window (VRF_APPLICATION (application), FALSE, &error);
  if (error != NULL)
    {
      g_message ("%s", error->message);
      show_welcome (VRF_APPLICATION (application));
    }
}

/* Runs in the process that was started, before it looks for a display or for another desk. */
static int
vrf_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  VrfApplication *self = VRF_APPLICATION (application);
  g_autofree const char **rest = NULL;
  gboolean create = g_variant_dict_contains (options, "new");

  self->sandbox = g_variant_dict_contains (options, "sandbox");
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("verifa-desk %s\n", PACKAGE_VERSION); /* check: allow print: the program's answer */
      return 0;
    }
  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&s", &rest)
      && (!create || rest[1] != NULL))
    {
      /* check: allow print: the program's answer */
      g_printerr (_ ("verifa-desk: unexpected argument “%s”\n"), rest[create ? 1 : 0]);
      return 2;
    }

  return -1;
}

/* Actions */

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  vrf_about_show (gtk_application_get_active_window (user_data));
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  vrf_shortcuts_show (gtk_application_get_active_window (user_data));
}

/* The launcher's own actions (desktop file) */

static void
new_verification_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  VrfWindow *window = open_window (user_data, FALSE, &error);

  if (window != NULL)
    vrf_window_start_new (window, NULL);
  else if (error != NULL)
    g_message ("%s", error->message);
}

static void
sandbox_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_window (user_data, TRUE, NULL);
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  VrfApplication *self = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  VrfPreferences *preferences = NULL;
  VrfBackend *backend = NULL;

  /* From a dialog too it is about what its window is connected to. */
  while (window != NULL && !VRF_IS_WINDOW (window) && gtk_window_get_transient_for (window) != NULL)
    window = gtk_window_get_transient_for (window);
  backend = VRF_IS_WINDOW (window) ? vrf_window_get_backend (VRF_WINDOW (window)) : NULL;
  preferences = vrf_preferences_new (self, backend);
  gtk_window_set_transient_for (GTK_WINDOW (preferences), window);
  gtk_window_present (GTK_WINDOW (preferences));
}

static const GActionEntry actions[] = {
  { .name = "quit", .activate = quit_action },
  { .name = "about", .activate = about_action },
  { .name = "shortcuts", .activate = shortcuts_action },
  { .name = "preferences", .activate = preferences_action },
  { .name = "new-verification", .activate = new_verification_action },
  { .name = "sandbox", .activate = sandbox_action },
};

static const GOptionEntry options[] = {
  { "sandbox", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Run on the built-in sandbox"), NULL },
    { "new",
      0,
      0,
      G_OPTION_ARG_NONE,
      NULL,
      N_ ("Open New Verification, with REF filled in"), NULL },
      { "show",
        0,
        0,
        G_OPTION_ARG_STRING,
        NULL,
        N_ ("Show a session"), N_ ("SESSION_ID") },
        { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
          { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, NULL, N_ ("[REF]") },
            { NULL },
        };

/* GSettings would abort the program without a word that helps. */
static gboolean
has_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, "com.withverifa.Desk", TRUE);

  return schema != NULL;
}

static gboolean
has_display (void)
{
  const char *x11 = g_getenv ("DISPLAY");
  const char *wayland = g_getenv ("WAYLAND_DISPLAY");

  return (x11 != NULL && *x11 != '\0') || (wayland != NULL && *wayland != '\0');
}

static void
vrf_application_startup (GApplication *application)
{
  VrfApplication *self = VRF_APPLICATION (application);

  if (has_display () && has_settings ())
    start_early (self);
  if (!gtk_init_check ())
    {
      /* check: allow print: without a display there is nowhere else to say it */
      g_printerr (_ ("verifa-desk: there is no display to open a window on\n"));
      exit (1);
    }
  if (!has_settings ())
    {
      /* check: allow print: a program has to say why it does not start */
      g_printerr (_ ("verifa-desk: the settings schema com.withverifa.Desk is not installed\n"));
      exit (1);
    }

  G_APPLICATION_CLASS (vrf_application_parent_class)->startup (application);

  /* Text that can be copied is not shown as selected only because the focus came by. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  vrf_shortcuts_install (GTK_APPLICATION (application));
}

static void
vrf_application_shutdown (GApplication *application)
{
  VrfApplication *self = VRF_APPLICATION (application);

  if (self->early != NULL)
    vrf_backend_stop (self->early);
  g_clear_object (&self->early);

  G_APPLICATION_CLASS (vrf_application_parent_class)->shutdown (application);
}

static void
vrf_application_class_init (VrfApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = vrf_application_startup;
  application_class->activate = vrf_application_activate;
  application_class->shutdown = vrf_application_shutdown;
  application_class->command_line = vrf_application_command_line;
  application_class->handle_local_options = vrf_application_handle_local_options;
}

static void
vrf_application_init (VrfApplication *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

VrfApplication *
vrf_application_new (void)
{
  GApplicationFlags flags = G_APPLICATION_HANDLES_COMMAND_LINE;
  const char *api_key = g_getenv ("VERIFA_API_KEY");

  if (api_key != NULL && *api_key != '\0')
    flags |= G_APPLICATION_NON_UNIQUE;

  return g_object_new (VRF_TYPE_APPLICATION,
                       "application-id",
                       APPLICATION_ID,
                       "flags",
                       flags,
                       "resource-base-path",
                       "/com/withverifa/Desk",
                       NULL);
}

void
vrf_application_open_profile (VrfApplication *self, VrfProfile *profile, const char *api_key)
{
  VrfWindow *window = ensure_window (self, profile, api_key);

  close_others (self, GTK_WINDOW (window), TRUE);
}

/* A profile that is open but not kept, as the one before is after another was chosen, cannot be
 * come back to: what was remembered of it goes. The sandbox can. */
static void
forget_replaced (VrfApplication *self, const VrfProfile *profile)
{
  g_autoptr (VrfProfile) active = vrf_profile_load_active ();
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      VrfBackend *backend = VRF_IS_WINDOW (l->data) ? vrf_window_get_backend (l->data) : NULL;
      const VrfProfile *other = backend != NULL ? vrf_backend_get_profile (backend) : NULL;

      if (other != NULL && !other->builtin && !g_str_has_prefix (other->id, "env-")
          && strcmp (other->id, profile->id) != 0
          && (active == NULL || strcmp (other->id, active->id) != 0))
        vrf_memory_forget (vrf_backend_get_memory (backend));
    }
}

void
vrf_application_switch_profile (VrfApplication *self, VrfProfile *profile, const char *api_key)
{
  VrfWindow *old = find_window (self, profile->id);
  GtkWindow *window;

  /* A new key: the window that uses the old one starts again. */
  if (old != NULL)
    gtk_window_destroy (GTK_WINDOW (old));
  forget_replaced (self, profile);
  window = GTK_WINDOW (ensure_window (self, profile, api_key));
  close_others (self, window, FALSE);
}
