/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Hold to Reveal: on while its button is held by pointer, touch or key, or Ctrl+R is held anywhere
 * on the page; off the moment it is let go or focus leaves the page. Signal: "changed".
 */
#define VRF_TYPE_REVEAL (vrf_reveal_get_type ())
G_DECLARE_FINAL_TYPE (VrfReveal, vrf_reveal, VRF, REVEAL, GObject)

VrfReveal *
vrf_reveal_new (GtkWidget *page) G_GNUC_WARN_UNUSED_RESULT;

GtkWidget *
vrf_reveal_get_button (VrfReveal *self);
gboolean
vrf_reveal_is_on (VrfReveal *self);
void
vrf_reveal_close (VrfReveal *self);

G_END_DECLS
