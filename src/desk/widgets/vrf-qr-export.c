/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <string.h>

#include "desk/widgets/vrf-qr-export.h"

/* Pictures of a QR code for the clipboard and for files. */

/**
 * vrf_qr_export_texture:
 * @module_px: pixels a module, 1 to #VRF_QR_CODE_MAX_MODULE_PX
 *
 * Returns: (transfer full): @code in black on white with its quiet zone
 */
GdkTexture *
vrf_qr_export_texture (const VrfQrCode *code, guint module_px)
{
  g_autoptr (GBytes) pixels = NULL;
  guint side = 0;

  g_return_val_if_fail (code != NULL, NULL);

  pixels = vrf_qr_code_to_rgb (code, module_px, &side);

  return gdk_memory_texture_new (
      (int) side, (int) side, GDK_MEMORY_R8G8B8, pixels, (gsize) side * 3);
}

/**
 * vrf_qr_export_bytes:
 *
 * Returns: (transfer full): a whole PNG or SVG file, #VRF_QR_EXPORT_MODULE_PX px a module
 */
GBytes *
vrf_qr_export_bytes (const VrfQrCode *code, VrfQrFormat format)
{
  g_autoptr (GdkTexture) texture = NULL;
  char *svg = NULL;

  g_return_val_if_fail (code != NULL, NULL);

  if (format == VRF_QR_FORMAT_PNG)
    {
      texture = vrf_qr_export_texture (code, VRF_QR_EXPORT_MODULE_PX);
      return gdk_texture_save_to_png_bytes (texture);
    }

  svg = vrf_qr_code_to_svg (code);

  return g_bytes_new_take (svg, strlen (svg));
}

/**
 * vrf_qr_export_file_name:
 * @label: (nullable): what the code stands for, such as "QR code for BK-20417"
 *
 * A reference may hold anything; what file systems take for something else becomes "-", and a name
 * never starts with a dot.
 *
 * Returns: (transfer full): a file name without directory, at most 120 characters of @label
 */
char *
vrf_qr_export_file_name (const char *label, VrfQrFormat format)
{
  const char *name = label != NULL && *label != '\0' ? label : "QR";
  g_autofree char *stem = g_utf8_substring (name, 0, MIN (120, g_utf8_strlen (name, -1)));

  for (char *c = stem; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c) || strchr ("/\\:*?\"<>|", *c) != NULL || (*c == '.' && c == stem))
      *c = '-';

  return g_strconcat (stem, format == VRF_QR_FORMAT_PNG ? ".png" : ".svg", NULL);
}
