/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/widgets/vrf-tint.h"

G_BEGIN_DECLS

#define VRF_TYPE_TILE (vrf_tile_get_type ())
G_DECLARE_FINAL_TYPE (VrfTile, vrf_tile, VRF, TILE, GtkWidget)

GtkWidget *
vrf_tile_new (void);

void
vrf_tile_set_icon_name (VrfTile *self, const char *icon_name);
void
vrf_tile_set_title (VrfTile *self, const char *title);
void
vrf_tile_set_subtitle (VrfTile *self, const char *subtitle);
void
vrf_tile_set_tint (VrfTile *self, VrfTint tint);
void
vrf_tile_set_busy (VrfTile *self, gboolean busy);
void
vrf_tile_set_compact (VrfTile *self, gboolean compact);
void
vrf_tile_set_child (VrfTile *self, GtkWidget *child);

G_END_DECLS
