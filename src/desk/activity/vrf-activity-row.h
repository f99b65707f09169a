/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "api/vrf-activity.h"

G_BEGIN_DECLS

/* One call of the API: when, what, how it ended, and a button that copies it as a command. */
#define VRF_TYPE_ACTIVITY_ROW (vrf_activity_row_get_type ())
G_DECLARE_FINAL_TYPE (VrfActivityRow, vrf_activity_row, VRF, ACTIVITY_ROW, GtkWidget)

/* @base_url: (nullable): of the server, for the command */
void
vrf_activity_row_show (VrfActivityRow *self, VrfActivityItem *item, const char *base_url);

G_END_DECLS
