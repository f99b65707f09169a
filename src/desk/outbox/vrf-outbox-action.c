/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/outbox/vrf-outbox-action.h"

#include "desk/outbox/vrf-outbox-window.h"

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* The window owns the backend; an action that outlives both must not hold it. */
static void
set_backend (GSimpleAction *action, VrfBackend *backend)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, backend);
  g_object_set_data_full (G_OBJECT (action), "vrf-backend", weak, weak_free);
}

static VrfBackend *
dup_backend (GSimpleAction *action)
{
  return g_weak_ref_get (g_object_get_data (G_OBJECT (action), "vrf-backend"));
}

static void
update_cb (GSimpleAction *action, GParamSpec *pspec, GObject *source)
{
  g_autoptr (VrfBackend) backend = dup_backend (action);

  g_simple_action_set_enabled (action, backend != NULL && vrf_backend_has_tools (backend));
}

/* A backend gets its client once, and keeps it. */
static void
state_cb (GSimpleAction *action, GParamSpec *pspec, VrfBackend *backend)
{
  VrfApiClient *client = vrf_backend_get_client (backend);

  if (client != NULL)
    {
      g_signal_handlers_disconnect_by_func (client, update_cb, action);
      g_signal_connect_object (
          client, "notify::our-sandbox", G_CALLBACK (update_cb), action, G_CONNECT_SWAPPED);
    }
  update_cb (action, NULL, G_OBJECT (backend));
}

static void
activate_cb (GtkApplicationWindow *window, GVariant *parameter, GSimpleAction *action)
{
  g_autoptr (VrfBackend) backend = dup_backend (action);

  if (backend != NULL)
    gtk_window_present (GTK_WINDOW (vrf_outbox_window_new (GTK_WINDOW (window), backend)));
}

void
vrf_outbox_install (GtkApplicationWindow *window, VrfBackend *backend)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new ("outbox", NULL);

  set_backend (action, backend);
  g_signal_connect_object (action, "activate", G_CALLBACK (activate_cb), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      backend, "notify::state", G_CALLBACK (state_cb), action, G_CONNECT_SWAPPED);
  state_cb (action, NULL, backend);
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (action));
}
