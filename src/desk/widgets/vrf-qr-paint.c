/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <math.h>

#include "desk/widgets/vrf-qr-paint.h"

/*
 * Where the modules of a QR code go. Everything is counted in whole device pixels and divided by
 * the scale only at the end, so that no edge falls between two pixels and nothing is antialiased.
 */

#define CARD_RADIUS 16

/* The logical offset nearest to @offset that falls on a device pixel when the place is at @origin.
 */
static double
on_grid (double origin, double offset, double scale)
{
  return round ((origin + offset) * scale) / scale - origin;
}

/**
 * vrf_qr_geometry_fit:
 * @self: (out): the geometry; untouched on %FALSE
 * @side: modules a side, quiet zone not counted
 *
 * Finds the largest whole module that fits @place with its quiet zone, and centres the card.
 *
 * Returns: %FALSE when there is not one device pixel a module
 */
gboolean
vrf_qr_geometry_fit (VrfQrGeometry *self, guint side, const VrfQrPlace *place)
{
  int whole = (int) side + 2 * VRF_QR_CODE_QUIET;
  /* half a thousandth against 343 * 1.25 being 428.74999 */
  int room = (int) floor (MIN (place->width, place->height) * place->scale + 0.0005);
  int module = room / whole;
  double card;

  if (module < 1)
    return FALSE;

  self->side = side;
  self->module = module;
  self->card = place->fill ? room : module * whole;
  self->scale = place->scale;

  card = self->card / self->scale;
  self->x = on_grid (place->origin.x, (place->width - card) / 2, self->scale);
  self->y = on_grid (place->origin.y, (place->height - card) / 2, self->scale);

  return TRUE;
}

/** vrf_qr_geometry_equal: whether both draw the same pixels */
gboolean
vrf_qr_geometry_equal (const VrfQrGeometry *self, const VrfQrGeometry *other)
{
  return self->side == other->side && self->module == other->module && self->card == other->card
         && G_APPROX_VALUE (self->scale, other->scale, 1e-6)
         && G_APPROX_VALUE (self->x, other->x, 1e-6) && G_APPROX_VALUE (self->y, other->y, 1e-6);
}

/**
 * vrf_qr_paint_card:
 *
 * The white card with its hairline and shadow. Its round corners cut quiet zone only: even at one
 * pixel a module they take less than five pixels of the diagonal.
 */
void
vrf_qr_paint_card (GtkSnapshot *snapshot, const VrfQrGeometry *geometry)
{
  const GdkRGBA white = { 1, 1, 1, 1 };
  const GdkRGBA edge = { 0, 0, 0, 0.07f };
  const GdkRGBA shadow = { 0, 0, 0, 0.10f };
  float side = (float) (geometry->card / geometry->scale);
  float radius = MIN (CARD_RADIUS, VRF_QR_CODE_QUIET * geometry->module / (float) geometry->scale);
  graphene_rect_t rect = GRAPHENE_RECT_INIT ((float) geometry->x, (float) geometry->y, side, side);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &rect, radius);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &shadow, 0, 2, 0, 10);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &edge, 0, 0, 1, 0);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &white, &rect);
  gtk_snapshot_pop (snapshot);
}

static graphene_rect_t
run_rect (const VrfQrGeometry *geometry, guint x, guint y, guint run)
{
  /* whole device pixels, so that centring never moves a module off the grid */
  int margin = (geometry->card - geometry->module * (int) geometry->side) / 2;
  int left = margin + (int) x * geometry->module;
  int top = margin + (int) y * geometry->module;

  return GRAPHENE_RECT_INIT ((float) (geometry->x + left / geometry->scale),
                             (float) (geometry->y + top / geometry->scale),
                             (float) ((int) run * geometry->module / geometry->scale),
                             (float) (geometry->module / geometry->scale));
}

/**
 * vrf_qr_paint_modules:
 *
 * Returns: (transfer full): the dark modules, one rectangle a horizontal run
 */
GskRenderNode *
vrf_qr_paint_modules (const VrfQrCode *code, const VrfQrGeometry *geometry)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  for (guint y = 0; y < geometry->side; y++)
    for (guint x = 0, run; x < geometry->side; x += run)
      {
        graphene_rect_t rect;

        run = vrf_qr_code_get_run (code, x, y);
        if (!vrf_qr_code_get_module (code, x, y))
          continue;
        rect = run_rect (geometry, x, y, run);
        gtk_snapshot_append_color (snapshot, &black, &rect);
      }

  return gtk_snapshot_free_to_node (snapshot);
}
