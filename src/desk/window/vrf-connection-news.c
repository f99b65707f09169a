/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/window/vrf-connection-news.h"

#include "desk/vrf-announce.h"

typedef struct
{
  GtkWidget *status;       /* borrowed: the signal goes with it */
  VrfConnectionState lost; /* how it was lost; ONLINE: it is not */
} News;

static void
state_cb (VrfConnection *connection, GParamSpec *pspec, gpointer user_data)
{
  News *news = user_data;
  VrfConnectionState state = vrf_connection_get_state (connection);
  const char *message = vrf_connection_get_message (connection);

  if (state == VRF_CONNECTION_ONLINE)
    {
      if (news->lost != VRF_CONNECTION_ONLINE)
        vrf_announce (news->status, _ ("Connected again"), VRF_ANNOUNCE_POLITE);
      news->lost = VRF_CONNECTION_ONLINE;
      return;
    }
  /* On the way back, or waiting as asked: neither is a loss. */
  if ((state != VRF_CONNECTION_OFFLINE && state != VRF_CONNECTION_REFUSED) || state == news->lost)
    return;

  news->lost = state;
  if (message == NULL)
    message = state == VRF_CONNECTION_OFFLINE ? _ ("The server cannot be reached.")
                                              : _ ("Verifa refused the key.");
  vrf_announce (news->status, message, VRF_ANNOUNCE_AT_ONCE);
}

static void
free_news (gpointer data, GClosure *closure)
{
  g_free (data);
}

void
vrf_connection_news_follow (VrfConnection *connection, GtkWidget *status)
{
  News *news = g_new0 (News, 1);
  GClosure *closure = g_cclosure_new (G_CALLBACK (state_cb), news, free_news);

  news->status = status;
  news->lost = VRF_CONNECTION_ONLINE;
  g_object_watch_closure (G_OBJECT (status), closure);
  g_signal_connect_closure (connection, "notify::state", closure, FALSE);
}
