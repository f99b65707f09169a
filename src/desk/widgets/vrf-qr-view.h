/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VRF_TYPE_QR_VIEW (vrf_qr_view_get_type ())
G_DECLARE_FINAL_TYPE (VrfQrView, vrf_qr_view, VRF, QR_VIEW, GtkWidget)

GtkWidget *
vrf_qr_view_new (void);

const char *
vrf_qr_view_get_text (VrfQrView *self);
void
vrf_qr_view_set_text (VrfQrView *self, const char *text);

const char *
vrf_qr_view_get_label (VrfQrView *self);
void
vrf_qr_view_set_label (VrfQrView *self, const char *label);

guint
vrf_qr_view_get_module_px (VrfQrView *self);
void
vrf_qr_view_set_module_px (VrfQrView *self, guint module_px);

guint
vrf_qr_view_get_side_px (VrfQrView *self);
void
vrf_qr_view_set_side_px (VrfQrView *self, guint side_px);

void
vrf_qr_view_copy_text (VrfQrView *self);
void
vrf_qr_view_copy_image (VrfQrView *self);

G_END_DECLS
