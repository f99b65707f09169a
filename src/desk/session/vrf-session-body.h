/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-row.h"
#include "desk/session/vrf-reveal.h"
#include "desk/session/vrf-session-editor.h"

G_BEGIN_DECLS

/* The sections of the session page, in one column or two, with ring and steps above them while the
 * session goes on. */
#define VRF_TYPE_SESSION_BODY (vrf_session_body_get_type ())
G_DECLARE_FINAL_TYPE (VrfSessionBody, vrf_session_body, VRF, SESSION_BODY, GtkWidget)

GtkWidget *
vrf_session_body_new (void);

/* Paints all sections. @reveal: its button goes to the result; @busy: an action is on its way. */
void
vrf_session_body_show (VrfSessionBody *self,
                       VrfSessionEditor *editor,
                       VrfReveal *reveal,
                       gboolean busy);
/* Paints ring and steps; also to be called once a second while the link runs. @clock: the server's
 */
void
vrf_session_body_show_live (VrfSessionBody *self, VrfRow *row, VrfClock *clock);
/* Shows personal data, or hides it. */
void
vrf_session_body_reveal (VrfSessionBody *self, gboolean on);

G_END_DECLS
