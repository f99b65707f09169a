/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/*
 * The right pane beside the table: the selected session at a glance, with its own header bar.
 *
 * Property "row" (VrfRow, nullable): the session that is shown and, while the pane is mapped,
 * polled. Signals: "open-page" (the whole session page), "close".
 */
#define VRF_TYPE_SESSION_PEEK (vrf_session_peek_get_type ())
G_DECLARE_FINAL_TYPE (VrfSessionPeek, vrf_session_peek, VRF, SESSION_PEEK, GtkWidget)

GtkWidget *
vrf_session_peek_new (VrfBackend *backend);

VrfRow *
vrf_session_peek_get_row (VrfSessionPeek *self);
void
vrf_session_peek_set_row (VrfSessionPeek *self, VrfRow *row);

G_END_DECLS
