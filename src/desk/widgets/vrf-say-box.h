/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VRF_TYPE_SAY_BOX (vrf_say_box_get_type ())
G_DECLARE_FINAL_TYPE (VrfSayBox, vrf_say_box, VRF, SAY_BOX, GtkWidget)

GtkWidget *
vrf_say_box_new (void);

void
vrf_say_box_set_text (VrfSayBox *self, const char *text);
void
vrf_say_box_set_compact (VrfSayBox *self, gboolean compact);

G_END_DECLS
