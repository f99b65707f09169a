/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-row.h"

G_BEGIN_DECLS

/* The card with the ring: what is left of the link's time and what to do. */
#define VRF_TYPE_LIVE_CARD (vrf_live_card_get_type ())
G_DECLARE_FINAL_TYPE (VrfLiveCard, vrf_live_card, VRF, LIVE_CARD, GtkWidget)

GtkWidget *
vrf_live_card_new (void);
void
vrf_live_card_show (VrfLiveCard *self, VrfRow *row, VrfClock *clock);

G_END_DECLS
