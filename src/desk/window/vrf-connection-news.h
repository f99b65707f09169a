/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-connection.h"

G_BEGIN_DECLS

/* Announces at @status when the connection is lost and when it is back, for as long as @status
 * lives. */
void
vrf_connection_news_follow (VrfConnection *connection, GtkWidget *status);

G_END_DECLS
