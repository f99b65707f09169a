/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Modules of white that the standard asks for on each side. */
#define VRF_QR_CODE_QUIET 4

/* Largest picture asked for in pixels: 64 px a module of the largest code is 11,840 px a side. */
#define VRF_QR_CODE_MAX_MODULE_PX 64

/**
 * VrfQrCode:
 *
 * The modules of one QR code: a square of dark and light, without quiet zone. Immutable.
 * 8-bit mode, error correction M (15 %), the smallest version that holds the text.
 */
typedef struct _VrfQrCode VrfQrCode;

VrfQrCode *
vrf_qr_code_new (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_qr_code_free (VrfQrCode *self);

guint
vrf_qr_code_get_side (const VrfQrCode *self);
gboolean
vrf_qr_code_get_module (const VrfQrCode *self, guint x, guint y);
guint
vrf_qr_code_get_run (const VrfQrCode *self, guint x, guint y);

char *
vrf_qr_code_to_svg (const VrfQrCode *self) G_GNUC_WARN_UNUSED_RESULT;
GBytes *
vrf_qr_code_to_rgb (const VrfQrCode *self,
                    guint module_px,
                    guint *ret_side_px) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfQrCode, vrf_qr_code_free)

G_END_DECLS
