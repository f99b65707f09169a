/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/* Shown while phones on the network are let in: until when, and a button that ends it. */
GtkWidget *
vrf_phones_bar_new (VrfBackend *backend);

G_END_DECLS
