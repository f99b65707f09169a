/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** VRF_CAPTURE_IMAGE_MAX_BYTES: bytes of one uploaded file (verifa-api.md 1.8, 4). */
#define VRF_CAPTURE_IMAGE_MAX_BYTES (10 * 1048576)
/** VRF_CAPTURE_IMAGE_MAX_PIXELS: width times height of a picture we pass on. */
#define VRF_CAPTURE_IMAGE_MAX_PIXELS 40000000
/** VRF_CAPTURE_IMAGE_MIN_SELFIE: shorter side of a selfie in pixels (verifa-api.md 2.7). */
#define VRF_CAPTURE_IMAGE_MIN_SELFIE 480

/**
 * VrfCaptureImage:
 * @mime_type: what the bytes are: image/jpeg, image/png, image/webp or application/pdf
 * @width: pixels, 0 for a PDF
 * @height: pixels, 0 for a PDF
 *
 * What an uploaded file is, by its own first bytes.
 */
typedef struct
{
  const char *mime_type;
  guint width;
  guint height;
} VrfCaptureImage;

gboolean
vrf_capture_image_inspect (GBytes *bytes, VrfCaptureImage *ret_image, GError **error);
gboolean
vrf_capture_image_is_pdf (const VrfCaptureImage *image);
double
vrf_capture_image_get_score (const VrfCaptureImage *image);
gboolean
vrf_capture_image_is_low_quality (const VrfCaptureImage *image);

G_END_DECLS
