/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-backend.h"
#include "desk/window/vrf-view-counts.h"

G_BEGIN_DECLS

/*
 * The views with their counters, and at the foot where the window is connected to. Choosing a view
 * activates the action win.view.
 */
#define VRF_TYPE_SIDEBAR (vrf_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (VrfSidebar, vrf_sidebar, VRF, SIDEBAR, GtkWidget)

void
vrf_sidebar_setup (VrfSidebar *self, VrfBackend *backend, VrfViewCounts *counts);
void
vrf_sidebar_set_view (VrfSidebar *self, VrfView view);
/* The focus goes to the view that is shown. */
void
vrf_sidebar_focus_view (VrfSidebar *self);
/* The window's buttons: only while the sidebar is all there is to see. */
void
vrf_sidebar_set_show_end_buttons (VrfSidebar *self, gboolean show);

G_END_DECLS
