/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n.h>
#include <qrencode.h>

#include "desk/widgets/vrf-qr-code.h"

#include "base/vrf-error.h"

struct _VrfQrCode
{
  guint side;
  guint8 modules[]; /* side * side, 1 is dark */
};

static VrfQrCode *
copy_modules (const QRcode *code)
{
  gsize count = (gsize) code->width * code->width;
  VrfQrCode *self = g_malloc (sizeof (VrfQrCode) + count);

  self->side = code->width;
  for (gsize i = 0; i < count; i++)
    self->modules[i] = code->data[i] & 1;

  return self;
}

/**
 * vrf_qr_code_new:
 * @text: UTF-8, at most 2,331 bytes (version 40 at error correction M)
 * @error: %VRF_ERROR_ARGUMENT when @text is empty or too long
 *
 * Returns: (transfer full) (nullable): the code, or %NULL with @error set
 */
VrfQrCode *
vrf_qr_code_new (const char *text, GError **error)
{
  QRcode *code = NULL;
  VrfQrCode *self = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  code = *text != '\0' ? QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M) : NULL;
  if (code == NULL)
    {
      g_set_error_literal (error,
                           VRF_ERROR,
                           VRF_ERROR_ARGUMENT,
                           *text == '\0'
                           ? _ ("There is nothing to show as a QR code.")
                           : _ ("The link is too long for a QR code."));
      return NULL;
    }

  self = copy_modules (code);
  QRcode_free (code);

  return self;
}

/** vrf_qr_code_free: */
void
vrf_qr_code_free (VrfQrCode *self)
{
  g_free (self);
}

/**
 * vrf_qr_code_get_side:
 *
 * Returns: modules a side without the quiet zone, 21 to 177
 */
guint
vrf_qr_code_get_side (const VrfQrCode *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->side;
}

/**
 * vrf_qr_code_get_module:
 * @x: column from the left, from 0
 * @y: row from the top, from 0
 *
 * Returns: %TRUE when the module is dark; outside the code everything is light
 */
gboolean
vrf_qr_code_get_module (const VrfQrCode *self, guint x, guint y)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return x < self->side && y < self->side && self->modules[(gsize) y * self->side + x];
}

/**
 * vrf_qr_code_get_run:
 *
 * How many modules from (@x, @y) to the right have the colour of that one, itself included. Drawing
 * runs instead of modules needs a quarter of the rectangles and leaves no seams.
 *
 * Returns: 1 to side - @x
 */
guint
vrf_qr_code_get_run (const VrfQrCode *self, guint x, guint y)
{
  gboolean dark = vrf_qr_code_get_module (self, x, y);
  guint run = 1;

  while (x + run < self->side && vrf_qr_code_get_module (self, x + run, y) == dark)
    run++;

  return run;
}

/**
 * vrf_qr_code_to_svg:
 *
 * The code as a picture of its own: one unit a module, quiet zone of #VRF_QR_CODE_QUIET modules,
 * black on white, 12 px a module by default.
 *
 * Returns: (transfer full): an SVG document
 */
char *
vrf_qr_code_to_svg (const VrfQrCode *self)
{
  GString *svg = NULL;
  guint whole;

  g_return_val_if_fail (self != NULL, NULL);

  whole = self->side + 2 * VRF_QR_CODE_QUIET;
  svg = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  g_string_append_printf (svg,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" "
                          "viewBox=\"0 0 %u %u\" shape-rendering=\"crispEdges\">\n"
                          "<path fill=\"#ffffff\" d=\"M0 0h%uv%uH0z\"/>\n"
                          "<path fill=\"#000000\" d=\"",
                          whole * 12,
                          whole * 12,
                          whole,
                          whole,
                          whole,
                          whole);

  for (guint y = 0; y < self->side; y++)
    for (guint x = 0, run; x < self->side; x += run)
      {
        run = vrf_qr_code_get_run (self, x, y);
        if (vrf_qr_code_get_module (self, x, y))
          g_string_append_printf (
              svg, "M%u %uh%uv1h-%uz", x + VRF_QR_CODE_QUIET, y + VRF_QR_CODE_QUIET, run, run);
      }

  g_string_append (svg, "\"/>\n</svg>\n");

  return g_string_free (svg, FALSE);
}

/**
 * vrf_qr_code_to_rgb:
 * @module_px: pixels a module, 1 to #VRF_QR_CODE_MAX_MODULE_PX
 * @ret_side_px: (out): pixels a side of the picture, quiet zone included
 *
 * Returns: (transfer full): 8-bit R, G, B, rows from the top, 3 * @ret_side_px bytes a row
 */
GBytes *
vrf_qr_code_to_rgb (const VrfQrCode *self, guint module_px, guint *ret_side_px)
{
  guint8 *pixels = NULL;
  gsize side, size;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (module_px >= 1 && module_px <= VRF_QR_CODE_MAX_MODULE_PX, NULL);
  g_return_val_if_fail (ret_side_px != NULL, NULL);

  side = (gsize) (self->side + 2 * VRF_QR_CODE_QUIET) * module_px;
  size = side * side * 3;
  pixels = g_malloc (size);
  memset (pixels, 0xff, size);

  for (gsize y = 0; y < (gsize) self->side * module_px; y++)
    for (guint x = 0, run; x < self->side; x += run)
      {
        gsize row = y + VRF_QR_CODE_QUIET * module_px;
        gsize column = (gsize) (x + VRF_QR_CODE_QUIET) * module_px;

        run = vrf_qr_code_get_run (self, x, y / module_px);
        if (vrf_qr_code_get_module (self, x, y / module_px))
          memset (pixels + (row * side + column) * 3, 0, (gsize) run * module_px * 3);
      }

  *ret_side_px = side;

  return g_bytes_new_take (pixels, size);
}
