/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "desk/widgets/vrf-qr-code.h"

G_BEGIN_DECLS

typedef enum
{
  VRF_QR_FORMAT_PNG,
  VRF_QR_FORMAT_SVG,
} VrfQrFormat;

/* Pixels a module of pictures that leave the desk: about 15 cm at 96 dpi, good for print. */
#define VRF_QR_EXPORT_MODULE_PX 12

GdkTexture *
vrf_qr_export_texture (const VrfQrCode *code, guint module_px) G_GNUC_WARN_UNUSED_RESULT;
GBytes *
vrf_qr_export_bytes (const VrfQrCode *code, VrfQrFormat format) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_qr_export_file_name (const char *label, VrfQrFormat format) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
