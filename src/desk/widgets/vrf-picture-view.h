/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * A picture to look at closely: wheel, pinch and double click zoom, dragging moves, quarter turns
 * rotate. Property "zoom" (d, with notify): 1 fits the whole picture into the widget.
 */
#define VRF_TYPE_PICTURE_VIEW (vrf_picture_view_get_type ())
G_DECLARE_FINAL_TYPE (VrfPictureView, vrf_picture_view, VRF, PICTURE_VIEW, GtkWidget)

#define VRF_PICTURE_VIEW_MAX_ZOOM 16.0

GtkWidget *
vrf_picture_view_new (void);

/* @texture: (nullable). Begins at the whole picture, upright. @name: what it is, for screen
 * readers. */
void
vrf_picture_view_set_texture (VrfPictureView *self, GdkTexture *texture, const char *name);

double
vrf_picture_view_get_zoom (VrfPictureView *self);
/* @x, @y: (in the widget, px): what stays where it is. */
void
vrf_picture_view_zoom_at (VrfPictureView *self, double zoom, double x, double y);
/* Around the middle. */
void
vrf_picture_view_zoom_by (VrfPictureView *self, double factor);
void
vrf_picture_view_fit (VrfPictureView *self);
void
vrf_picture_view_pan (VrfPictureView *self, double dx, double dy);
/* @turns: quarter turns clockwise, may be negative */
void
vrf_picture_view_rotate (VrfPictureView *self, int turns);
int
vrf_picture_view_get_rotation (VrfPictureView *self);
/* The point of the picture, as it is turned, in the middle: 0 to 1 each. */
void
vrf_picture_view_get_center (VrfPictureView *self, double *ret_x, double *ret_y);

/* From now on the two show the same place of their pictures at the same zoom. NULL ends it. */
void
vrf_picture_view_link (VrfPictureView *self, VrfPictureView *other);

G_END_DECLS
