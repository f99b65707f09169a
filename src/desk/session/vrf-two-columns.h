/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From this width on there are two columns, below it the second stands under the first. */
#define VRF_TWO_COLUMNS_FROM_PX 860

#define VRF_TYPE_TWO_COLUMNS (vrf_two_columns_get_type ())
G_DECLARE_FINAL_TYPE (VrfTwoColumns, vrf_two_columns, VRF, TWO_COLUMNS, GtkWidget)

GtkWidget *
vrf_two_columns_new (GtkWidget *first, GtkWidget *second);

G_END_DECLS
