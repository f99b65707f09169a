/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/widgets/vrf-qr-code.h"

G_BEGIN_DECLS

/**
 * VrfQrPlace:
 * @width: logical pixels there are
 * @height: logical pixels there are
 * @origin: the place's top left corner on the surface, logical pixels
 * @scale: device pixels a logical pixel, fractions allowed
 * @fill: the card takes all the room; otherwise just what the modules need
 */
typedef struct
{
  int width;
  int height;
  graphene_point_t origin;
  double scale;
  gboolean fill;
} VrfQrPlace;

/**
 * VrfQrGeometry:
 * @side: modules a side, quiet zone not counted
 * @module: device pixels a module
 * @card: device pixels a side of the white card
 * @scale: device pixels a logical pixel
 * @x: logical, left edge of the card in the place
 * @y: logical, top edge of the card in the place
 */
typedef struct
{
  guint side;
  int module;
  int card;
  double scale;
  double x, y;
} VrfQrGeometry;

gboolean
vrf_qr_geometry_fit (VrfQrGeometry *self, guint side, const VrfQrPlace *place);
gboolean
vrf_qr_geometry_equal (const VrfQrGeometry *self, const VrfQrGeometry *other);

void
vrf_qr_paint_card (GtkSnapshot *snapshot, const VrfQrGeometry *geometry);
GskRenderNode *
vrf_qr_paint_modules (const VrfQrCode *code,
                      const VrfQrGeometry *geometry) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
