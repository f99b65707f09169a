/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "desk/core/vrf-profile.h"

#include "base/vrf-error.h"
#include "base/vrf-random.h"

#define DESK_SCHEMA "com.withverifa.Desk"
#define PROFILE_SCHEMA "com.withverifa.Desk.Profile"
#define BUILTIN_ID "builtin"
#define ID_BYTES 4

G_DEFINE_BOXED_TYPE (VrfProfile, vrf_profile, vrf_profile_ref, vrf_profile_unref)

static void
clear (gpointer data)
{
  VrfProfile *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->base_url);
  g_free (self->workflow_id);
}

VrfProfile *
vrf_profile_ref (VrfProfile *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
vrf_profile_unref (VrfProfile *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* NULL where the application is not installed: then nothing is remembered. */
static GSettings *
open_settings (const char *schema_id, const char *path)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, schema_id, TRUE);
  if (schema == NULL)
    return NULL;
  return g_settings_new_full (schema, NULL, path);
}

static GSettings *
open_profile_settings (const char *id)
{
  g_autofree char *path = g_strdup_printf ("/com/withverifa/Desk/profiles/%s/", id);

  return open_settings (PROFILE_SCHEMA, path);
}

/* "/" at the end says nothing; without it equal servers have equal texts. */
static char *
dup_base_url (const char *base_url)
{
  char *text = g_strstrip (g_strdup (base_url));
  gsize length = strlen (text);

  while (length > 0 && text[length - 1] == '/')
    text[--length] = '\0';
  return text;
}

/** vrf_profile_new_builtin: Returns: (transfer full): the built-in sandbox's profile */
VrfProfile *
vrf_profile_new_builtin (void)
{
  VrfProfile *self = g_atomic_rc_box_new0 (VrfProfile);

  self->id = g_strdup (BUILTIN_ID);
  self->environment = VRF_ENVIRONMENT_SANDBOX;
  self->builtin = TRUE;
  return self;
}

static char *
make_environ_id (const char *base_url, VrfEnvironment environment)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (checksum, (const guchar *) base_url, -1);
  g_checksum_update (checksum, (const guchar *) "\n", 1);
  g_checksum_update (checksum, (const guchar *) vrf_environment_to_text (environment), -1);
  return g_strdup_printf ("env-%.12s", g_checksum_get_string (checksum));
}

/**
 * vrf_profile_new_from_environ:
 * @error: %VRF_ERROR_ARGUMENT when the key is of no environment
 *
 * The profile of VERIFA_API_KEY and VERIFA_API_URL, for kiosks and tests. The key's prefix tells
 * the environment (verifa-api.md 1.2).
 *
 * Returns: (transfer full) (nullable): %NULL without an error when there is no VERIFA_API_KEY
 */
VrfProfile *
vrf_profile_new_from_environ (GError **error)
{
  const char *api_key = g_getenv ("VERIFA_API_KEY");
  const char *base_url = g_getenv ("VERIFA_API_URL");
  VrfProfile *self = NULL;
  VrfEnvironment environment = VRF_ENVIRONMENT_UNKNOWN;

  if (api_key == NULL || api_key[0] == '\0')
    return NULL;
  environment = vrf_environment_from_key (api_key);
  if (environment == VRF_ENVIRONMENT_UNKNOWN)
    {
      g_set_error_literal (error,
                           VRF_ERROR,
                           VRF_ERROR_ARGUMENT,
                           _ ("VERIFA_API_KEY is not a secret key of Verifa: those begin with "
                              "vk_sandbox_ or vk_live_."));
      return NULL;
    }

  self = g_atomic_rc_box_new0 (VrfProfile);
  self->base_url =
      dup_base_url (base_url != NULL && base_url[0] != '\0' ? base_url : VRF_PROFILE_DEFAULT_URL);
  self->environment = environment;
  self->id = make_environ_id (self->base_url, environment);
  return self;
}

static gboolean
is_profile_id (const char *id)
{
  return strlen (id) == 2 * ID_BYTES && strspn (id, "0123456789abcdef") == 2 * ID_BYTES;
}

static char *
dup_setting (GSettings *settings, const char *key)
{
  g_autofree char *text = g_settings_get_string (settings, key);

  return text[0] != '\0' ? g_steal_pointer (&text) : NULL;
}

/** vrf_profile_load_active: Returns: (transfer full) (nullable): %NULL when none was chosen yet */
VrfProfile *
vrf_profile_load_active (void)
{
  g_autoptr (GSettings) desk = open_settings (DESK_SCHEMA, NULL);
  g_autoptr (GSettings) settings = NULL;
  g_autofree char *id = NULL;
  g_autofree char *environment = NULL;
  VrfProfile *self = NULL;

  if (desk == NULL)
    return NULL;
  id = g_settings_get_string (desk, "active-profile");
  if (strcmp (id, BUILTIN_ID) == 0)
    return vrf_profile_new_builtin ();
  if (!is_profile_id (id))
    return NULL;

  settings = open_profile_settings (id);
  if (settings == NULL)
    return NULL;
  environment = g_settings_get_string (settings, "environment");
  self = g_atomic_rc_box_new0 (VrfProfile);
  self->id = g_steal_pointer (&id);
  self->name = dup_setting (settings, "name");
  self->base_url = dup_setting (settings, "base-url");
  if (self->base_url == NULL)
    self->base_url = g_strdup (VRF_PROFILE_DEFAULT_URL);
  self->environment = vrf_environment_from_text (environment);
  self->workflow_id = dup_setting (settings, "workflow");
  return self;
}

/**
 * vrf_profile_new:
 * @name: (nullable): what the person calls it
 * @base_url: (nullable): the server, %NULL for Verifa's own
 * @environment: which keys it takes
 *
 * Returns: (transfer full): a profile with an id of its own, not yet kept
 */
VrfProfile *
vrf_profile_new (const char *name, const char *base_url, VrfEnvironment environment)
{
  VrfProfile *self = g_atomic_rc_box_new0 (VrfProfile);

  self->id = vrf_random_hex (ID_BYTES);
  self->name = g_strdup (name);
  self->base_url = dup_base_url (base_url != NULL ? base_url : VRF_PROFILE_DEFAULT_URL);
  self->environment = environment;
  return self;
}

/**
 * vrf_profile_save_as_active:
 * @self: a profile; one from the environment is never kept
 *
 * Keeps it and opens it at the next start.
 */
void
vrf_profile_save_as_active (const VrfProfile *self)
{
  g_autoptr (GSettings) desk = open_settings (DESK_SCHEMA, NULL);
  g_autoptr (GSettings) settings = NULL;

  if (desk == NULL)
    return;
  if (!self->builtin && (!is_profile_id (self->id) || self->environment == VRF_ENVIRONMENT_UNKNOWN))
    return;
  if (!self->builtin)
    {
      settings = open_profile_settings (self->id);
      if (settings == NULL)
        return;
      g_settings_set_string (settings, "name", self->name != NULL ? self->name : "");
      g_settings_set_string (settings, "base-url", self->base_url);
      g_settings_set_string (settings, "environment", vrf_environment_to_text (self->environment));
      g_settings_set_string (
          settings, "workflow", self->workflow_id != NULL ? self->workflow_id : "");
    }
  g_settings_set_string (desk, "active-profile", self->id);
}
