/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VRF_TYPE_RING (vrf_ring_get_type ())
G_DECLARE_FINAL_TYPE (VrfRing, vrf_ring, VRF, RING, GtkWidget)

/* Diameters in use: the pane, Verification Created, the guest screen. */
#define VRF_RING_SMALL 92
#define VRF_RING_MEDIUM 128
#define VRF_RING_LARGE 204

GtkWidget *
vrf_ring_new (void);

/* One call a second is enough for a countdown. */
void
vrf_ring_set_time (VrfRing *self, gint64 left_s, gint64 whole_s, const char *until);

void
vrf_ring_set_fraction (VrfRing *self, double fraction);
void
vrf_ring_set_text (VrfRing *self, const char *text);
void
vrf_ring_set_caption (VrfRing *self, const char *caption);
void
vrf_ring_set_value_text (VrfRing *self, const char *value_text);
void
vrf_ring_set_size (VrfRing *self, int size);

G_END_DECLS
