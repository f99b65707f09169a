/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/session/vrf-session-editor.h"

G_BEGIN_DECLS

/*
 * The session page: everything the desk knows of one session, with its own header bar.
 *
 * Property "row" (VrfRow, nullable): the session that is shown and, while the page is mapped,
 * polled. Signals: "close" (back to the list), "next-guest", "show-created" (VrfRow: its QR code).
 */
#define VRF_TYPE_SESSION_VIEW (vrf_session_view_get_type ())
G_DECLARE_FINAL_TYPE (VrfSessionView, vrf_session_view, VRF, SESSION_VIEW, GtkWidget)

GtkWidget *
vrf_session_view_new (VrfBackend *backend);

VrfRow *
vrf_session_view_get_row (VrfSessionView *self);
void
vrf_session_view_set_row (VrfSessionView *self, VrfRow *row);
/* What reads and changes the session that is shown; nullable without one. */
VrfSessionEditor *
vrf_session_view_get_editor (VrfSessionView *self);
void
vrf_session_view_say (VrfSessionView *self, const char *text);
void
vrf_session_view_focus_next_step (VrfSessionView *self);

G_END_DECLS
