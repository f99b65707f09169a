/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VRF_TYPE_SKELETON_ROWS (vrf_skeleton_rows_get_type ())
G_DECLARE_FINAL_TYPE (VrfSkeletonRows, vrf_skeleton_rows, VRF, SKELETON_ROWS, GtkWidget)

GtkWidget *
vrf_skeleton_rows_new (void);

void
vrf_skeleton_rows_set_count (VrfSkeletonRows *self, guint count);

G_END_DECLS
