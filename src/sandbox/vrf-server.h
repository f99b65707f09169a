/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sandbox/vrf-router.h"

G_BEGIN_DECLS

/** VRF_SERVER_MAX_CONNECTIONS: how many are served at a time; others wait to be accepted. */
#define VRF_SERVER_MAX_CONNECTIONS 64
/** VRF_SERVER_TIMEOUT_S: how long a connection may stay silent. */
#define VRF_SERVER_TIMEOUT_S 30
/** VRF_SERVER_LIFE_S: how long a connection may last, with its one request and reply. */
#define VRF_SERVER_LIFE_S 60

#define VRF_TYPE_SERVER (vrf_server_get_type ())
G_DECLARE_FINAL_TYPE (VrfServer, vrf_server, VRF, SERVER, GObject)

VrfServer *
vrf_server_new (VrfService *service, VrfRouter *router) G_GNUC_WARN_UNUSED_RESULT;

gboolean
vrf_server_listen (VrfServer *self, const char *address, guint16 port, GError **error);
guint16
vrf_server_get_port (VrfServer *self);
gboolean
vrf_server_is_idle (VrfServer *self);
void
vrf_server_close (VrfServer *self);
void
vrf_server_disconnect (VrfServer *self);

G_END_DECLS
