/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "desk/session/vrf-pictures.h"

G_BEGIN_DECLS

/*
 * A window to look at a session's pictures: zoom, move, rotate, fit, and the selfie beside the ID,
 * both at the same zoom. It closes when the pictures are hidden.
 */
#define VRF_TYPE_PICTURE_VIEWER (vrf_picture_viewer_get_type ())
G_DECLARE_FINAL_TYPE (VrfPictureViewer, vrf_picture_viewer, VRF, PICTURE_VIEWER, AdwWindow)

/* @doc_types: those that can be looked at, in their order; @title: the session's, never personal.
 */
GtkWidget *
vrf_picture_viewer_new (VrfPictures *pictures, const char *const *doc_types, const char *title);

void
vrf_picture_viewer_set_environment (VrfPictureViewer *self, const char *environment);
void
vrf_picture_viewer_show (VrfPictureViewer *self, const char *doc_type);
const char *
vrf_picture_viewer_get_shown (VrfPictureViewer *self);

G_END_DECLS
