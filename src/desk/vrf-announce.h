/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How much it may interrupt. */
typedef enum
{
  VRF_ANNOUNCE_POLITE, /* when what is being said is over */
  VRF_ANNOUNCE_AT_ONCE,
} VrfAnnounceUrgency;

void
vrf_announce (GtkWidget *status, const char *text, VrfAnnounceUrgency urgency);

G_END_DECLS
