/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/*
 * The gate for an applicant's pictures, which are hostile input: the kind comes from the first
 * bytes alone, the size from the header before anything is decoded, and decoding is done on one of
 * two threads of its own. Nothing is written to disk.
 */

/** VRF_IMAGE_MAX_PIXELS: the largest picture that is decoded. */
#define VRF_IMAGE_MAX_PIXELS (40 * 1000 * 1000)
/** VRF_IMAGE_MAX_BYTES: the largest file that is looked at. */
#define VRF_IMAGE_MAX_BYTES (15 * 1024 * 1024)
/** VRF_IMAGE_MAX_SIDE_PX: a larger picture is made smaller by a whole number, as textures have a
 * limit. */
#define VRF_IMAGE_MAX_SIDE_PX 4096
/** VRF_IMAGE_THUMBNAIL_PX: the longer side of a thumbnail, at most. */
#define VRF_IMAGE_THUMBNAIL_PX 480

typedef enum
{
  VRF_IMAGE_UNKNOWN,
  VRF_IMAGE_JPEG,
  VRF_IMAGE_PNG,
  VRF_IMAGE_WEBP,
  VRF_IMAGE_PDF,
} VrfImageKind;

VrfImageKind
vrf_image_sniff (GBytes *file);
gboolean
vrf_image_read_size (GBytes *file, int *ret_width, int *ret_height);

/** VrfImage: a picture ready to be painted. Immutable, reference counted. */
typedef struct
{
  GdkTexture *texture;
  GdkTexture *thumbnail;
} VrfImage;

VrfImage *
vrf_image_ref (VrfImage *self);
void
vrf_image_unref (VrfImage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfImage, vrf_image_unref)

/* Only JPEG and PNG are decoded; everything else is VRF_ERROR_REPLY, as is what is too large or
 * broken. */
void
vrf_image_decode_async (GBytes *file,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
VrfImage *
vrf_image_decode_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
