/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/activity/vrf-activity-action.h"

#include "desk/activity/vrf-activity-drawer.h"

/* What was focused before goes on from there when the drawer is gone. */
static void
show_cb (AdwBin *bin, GVariant *state, GSimpleAction *action)
{
  gboolean is_shown = g_variant_get_boolean (state);
  GtkWidget *drawer = adw_bin_get_child (bin);

  g_simple_action_set_state (action, state);
  if (is_shown && drawer == NULL)
    {
      drawer = vrf_activity_drawer_new (g_object_get_data (G_OBJECT (bin), "vrf-backend"));
      adw_bin_set_child (bin, drawer);
    }
  gtk_widget_set_visible (GTK_WIDGET (bin), is_shown);
  if (is_shown)
    gtk_widget_child_focus (drawer, GTK_DIR_TAB_FORWARD);
}

void
vrf_activity_install (GtkApplicationWindow *window, AdwBin *bin, VrfBackend *backend)
{
  g_autoptr (GSimpleAction) action =
      g_simple_action_new_stateful ("activity", NULL, g_variant_new_boolean (FALSE));

  g_object_set_data_full (G_OBJECT (bin), "vrf-backend", g_object_ref (backend), g_object_unref);
  g_signal_connect_object (action, "change-state", G_CALLBACK (show_cb), bin, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (action));
}
