/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-service.h"

G_BEGIN_DECLS

/** VRF_LAN_MINUTES: how long the network is served unless told. */
#define VRF_LAN_MINUTES 60
/** VRF_LAN_MAX_MINUTES: how long it can be served. */
#define VRF_LAN_MAX_MINUTES (24 * 60)

#define VRF_TYPE_LAN (vrf_lan_get_type ())
G_DECLARE_FINAL_TYPE (VrfLan, vrf_lan, VRF, LAN, GObject)

VrfLan *
vrf_lan_new (VrfService *service, guint16 port, gboolean gives_urls) G_GNUC_WARN_UNUSED_RESULT;

gboolean
vrf_lan_open (VrfLan *self, guint minutes, GError **error);
void
vrf_lan_close (VrfLan *self);
const char *
vrf_lan_get_url (VrfLan *self);
gint64
vrf_lan_get_ends_at (VrfLan *self);

G_END_DECLS
