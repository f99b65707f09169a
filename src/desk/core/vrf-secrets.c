/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

#include "desk/core/vrf-secrets.h"

#include "base/vrf-error.h"

static const SecretSchema key_schema = {
  .name = "com.withverifa.Desk.Key",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

/* What libsecret says is for programmers; the person has to know what is missing. */
static GError *
explain (const GError *error)
{
  const char *message = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);

  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED)
      || g_error_matches (error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT))
    message =
        _ ("The keyring is locked or has no place for the key. Unlock it, or use a key for this "
                 "run only.");
  else if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
           || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
           || error->domain == G_SPAWN_ERROR || error->domain == G_IO_ERROR)
    message =
        _ ("No keyring runs on this computer: the Secret Service (org.freedesktop.secrets) is "
                 "missing. Start it, or use a key for this run only.");
  else
    message =
        _ ("The keyring (Secret Service) did not answer as it should. Try again, or use a key "
                 "for this run only.");
  return g_error_new_literal (VRF_ERROR, VRF_ERROR_SECRET, message);
}

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, explain (error));
  else
    g_task_return_pointer (task, g_strdup (secret), g_free);
  secret_password_free (secret);
}

void
vrf_secrets_lookup_async (const char *profile_id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, vrf_secrets_lookup_async);
  secret_password_lookup (&key_schema, cancellable, lookup_cb, task, "profile", profile_id, NULL);
}

char *
vrf_secrets_lookup_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, vrf_secrets_lookup_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
store_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, explain (error));
}

void
vrf_secrets_store_async (const char *profile_id,
                         const char *name,
                         const char *api_key,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *label = NULL;

  g_task_set_source_tag (task, vrf_secrets_store_async);
  if (name != NULL)
    /* Translators: the name of the entry in the keyring; %s is the name of a connection */
    label = g_strdup_printf (_ ("Verifa API key: %s"), name);
  else
    label = g_strdup (_ ("Verifa API key"));
  secret_password_store (&key_schema,
                         SECRET_COLLECTION_DEFAULT,
                         label,
                         api_key,
                         cancellable,
                         store_cb,
                         task,
                         "profile",
                         profile_id,
                         NULL);
}

gboolean
vrf_secrets_store_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, vrf_secrets_store_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
clear_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error); /* FALSE without an error: there was none */
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, explain (error));
}

void
vrf_secrets_clear_async (const char *profile_id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, vrf_secrets_clear_async);
  secret_password_clear (&key_schema, cancellable, clear_cb, task, "profile", profile_id, NULL);
}

gboolean
vrf_secrets_clear_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, vrf_secrets_clear_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
