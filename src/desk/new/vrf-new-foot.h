/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The foot of New Verification, which stays where it is however long the form: what went wrong, the
 * button that creates ("new.create"), and under it what the keys do or, while a request takes long,
 * what goes on and a way out of it ("new.cancel").
 */
#define VRF_TYPE_NEW_FOOT (vrf_new_foot_get_type ())
G_DECLARE_FINAL_TYPE (VrfNewFoot, vrf_new_foot, VRF, NEW_FOOT, GtkWidget)

GtkWidget *
vrf_new_foot_get_button (VrfNewFoot *self);

void
vrf_new_foot_set_fault (VrfNewFoot *self, const char *title, const char *advice);
void
vrf_new_foot_set_button (VrfNewFoot *self, const char *label, gboolean busy);
void
vrf_new_foot_set_keys (VrfNewFoot *self, const char *enter, const char *key, const char *does);
void
vrf_new_foot_set_progress (VrfNewFoot *self, const char *text);
void
vrf_new_foot_set_narrow (VrfNewFoot *self, gboolean narrow);

G_END_DECLS
