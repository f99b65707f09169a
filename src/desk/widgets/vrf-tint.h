/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a colour says; always beside a word. The nick is used in .ui files. */
typedef enum
{
  VRF_TINT_NEUTRAL,
  VRF_TINT_QUIET, /* no fill: over and done */
  VRF_TINT_ACCENT,
  VRF_TINT_SUCCESS,
  VRF_TINT_WARNING,
  VRF_TINT_ERROR,
} VrfTint;

#define VRF_TYPE_TINT (vrf_tint_get_type ())
GType
vrf_tint_get_type (void);

void
vrf_tint_apply (GtkWidget *widget, VrfTint tint);

G_END_DECLS
