/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/* What the desk asks of its server, as it happens: for whoever finds out why something does not
 * work. At the lower edge of the window, which has the action "win.activity". */
#define VRF_TYPE_ACTIVITY_DRAWER (vrf_activity_drawer_get_type ())
G_DECLARE_FINAL_TYPE (VrfActivityDrawer, vrf_activity_drawer, VRF, ACTIVITY_DRAWER, GtkWidget)

GtkWidget *
vrf_activity_drawer_new (VrfBackend *backend);

G_END_DECLS
