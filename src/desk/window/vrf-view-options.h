/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The menu of the list: order and columns. Both are GSettings, so every window follows. */

/* Adds the actions "sort" (sb) and "column-ID" b. They follow @settings until @map goes. */
void
vrf_view_options_install (GActionMap *map, GSettings *settings);
/* For actions of the window: prefix "win". */
GMenuModel *
vrf_view_options_new_menu (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
