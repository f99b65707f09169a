/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * VrfListenerFunc:
 * @connection: a new one; whoever serves it keeps a reference
 * @user_data: as given to vrf_listener_new()
 */
typedef void (*VrfListenerFunc) (GSocketConnection *connection, gpointer user_data);

#define VRF_TYPE_LISTENER (vrf_listener_get_type ())
G_DECLARE_FINAL_TYPE (VrfListener, vrf_listener, VRF, LISTENER, GObject)

VrfListener *
vrf_listener_new (guint max_connections, guint life_ms, VrfListenerFunc func, gpointer user_data)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_listener_listen (VrfListener *self, const char *address, guint16 port, GError **error);
guint16
vrf_listener_get_port (VrfListener *self);
void
vrf_listener_close (VrfListener *self);

G_END_DECLS
