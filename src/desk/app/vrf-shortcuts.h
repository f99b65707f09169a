/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The application's keys for its actions. */
void
vrf_shortcuts_install (GtkApplication *application);
/* The list of all keys. */
void
vrf_shortcuts_show (GtkWindow *parent);

G_END_DECLS
