/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/window/vrf-list-state.h"

G_BEGIN_DECLS

/* The bar above rows that stay: what is wrong, how old they are, and one button. */
#define VRF_TYPE_NOTICE_BAR (vrf_notice_bar_get_type ())
G_DECLARE_FINAL_TYPE (VrfNoticeBar, vrf_notice_bar, VRF, NOTICE_BAR, GtkWidget)

/* @clock: the server's */
void
vrf_notice_bar_show (VrfNoticeBar *self,
                     VrfListBar bar,
                     VrfConnection *connection,
                     VrfClock *clock);
gboolean
vrf_notice_bar_is_shown (VrfNoticeBar *self);

/* Gives a button another action: target first, or GTK complains about the old one. */
void
vrf_button_set_action (GtkButton *button, const char *detailed_name);

G_END_DECLS
