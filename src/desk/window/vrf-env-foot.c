/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/window/vrf-env-foot.h"

#include "desk/widgets/vrf-env-card.h"
#include "desk/window/vrf-phones-bar.h"

static VrfLinkState
link_state (VrfConnectionState state)
{
  switch (state)
    {
    case VRF_CONNECTION_ONLINE:
      return VRF_LINK_CONNECTED;
    case VRF_CONNECTION_THROTTLED:
      return VRF_LINK_WAITING;
    case VRF_CONNECTION_OFFLINE:
      return VRF_LINK_OFFLINE;
    case VRF_CONNECTION_REFUSED:
      return VRF_LINK_REFUSED;
    case VRF_CONNECTION_CONNECTING:
    default:
      return VRF_LINK_CONNECTING;
    }
}

static void
connection_cb (VrfEnvCard *card, gpointer unused, VrfConnection *connection)
{
  vrf_env_card_set_state (card, link_state (vrf_connection_get_state (connection)));
  vrf_env_card_set_wait (card, vrf_connection_get_wait_s (connection));
  vrf_env_card_set_age (card, vrf_connection_get_age_s (connection));
}

static void
tick_cb (VrfEnvCard *card, VrfConnection *connection)
{
  connection_cb (card, NULL, connection);
}

/* Where the data comes from, short: built-in, or the server's host. */
static char *
dup_origin (VrfBackend *backend)
{
  const char *url = vrf_backend_get_profile (backend)->base_url;
  g_autoptr (GUri) uri = NULL;

  if (vrf_backend_is_builtin (backend))
    return g_strdup (_ ("Built-in"));
  if (url != NULL)
    uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  return g_strdup (uri != NULL ? g_uri_get_host (uri) : NULL);
}

GtkWidget *
vrf_env_foot_new (VrfBackend *backend, gboolean compact)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *card = vrf_env_card_new ();
  VrfConnection *connection = vrf_backend_get_connection (backend);
  g_autofree char *origin = dup_origin (backend);

  vrf_env_card_set_environment (VRF_ENV_CARD (card),
                                vrf_environment_to_text (vrf_backend_get_environment (backend)));
  vrf_env_card_set_origin (VRF_ENV_CARD (card), origin);
  vrf_env_card_set_compact (VRF_ENV_CARD (card), compact);
  g_signal_connect_object (
      connection, "notify::state", G_CALLBACK (connection_cb), card, G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "tick", G_CALLBACK (tick_cb), card, G_CONNECT_SWAPPED);
  connection_cb (VRF_ENV_CARD (card), NULL, connection);

  gtk_box_append (GTK_BOX (foot), vrf_phones_bar_new (backend));
  gtk_box_append (GTK_BOX (foot), card);
  return foot;
}
