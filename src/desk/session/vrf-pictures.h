/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-backend.h"
#include "desk/core/vrf-image.h"

G_BEGIN_DECLS

/*
 * The files of one session, fetched when somebody wants to see them and kept in memory until they
 * are hidden again. Each showing asks for fresh signed links, which are used at once and not kept.
 * Signal: "changed".
 */
typedef enum
{
  VRF_PICTURE_HIDDEN,
  VRF_PICTURE_LOADING,
  VRF_PICTURE_READY,
  VRF_PICTURE_UNSAFE, /* it came, and was not decoded */
  VRF_PICTURE_FAILED, /* it did not come */
} VrfPictureState;

#define VRF_TYPE_PICTURES (vrf_pictures_get_type ())
G_DECLARE_FINAL_TYPE (VrfPictures, vrf_pictures, VRF, PICTURES, GObject)

VrfPictures *
vrf_pictures_new (VrfBackend *backend, const char *session_id) G_GNUC_WARN_UNUSED_RESULT;

void
vrf_pictures_show (VrfPictures *self);
void
vrf_pictures_hide (VrfPictures *self);
gboolean
vrf_pictures_is_shown (VrfPictures *self);
/* Of the last showing; nullable. */
const GError *
vrf_pictures_get_error (VrfPictures *self);

VrfPictureState
vrf_pictures_get_state (VrfPictures *self, const char *doc_type);
/* Nullable unless READY; borrowed. */
VrfImage *
vrf_pictures_get_image (VrfPictures *self, const char *doc_type);

/* One file as it was uploaded, to be saved and not to be opened. */
void
vrf_pictures_fetch_file_async (VrfPictures *self,
                               const char *doc_type,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GBytes *
vrf_pictures_fetch_file_finish (VrfPictures *self,
                                GAsyncResult *result,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "ID front", "Selfie", …; the API's word when it is a newer one. */
const char *
vrf_pictures_get_label (const char *doc_type);
/* "JPEG", "PDF", …; nullable. */
const char *
vrf_pictures_get_format (const char *mime_type);
gboolean
vrf_pictures_is_picture (const char *mime_type);

G_END_DECLS
