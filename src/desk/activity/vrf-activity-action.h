/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/* Adds the action "win.activity" (boolean state), which shows and hides the drawer in @bin. The
 * drawer is made when it is first wanted. */
void
vrf_activity_install (GtkApplicationWindow *window, AdwBin *bin, VrfBackend *backend);

G_END_DECLS
