/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/*
 * The main window of one profile: views, Verifications, the selected session beside them, the
 * session page over them. Owns its backend: it starts with the window and stops with it.
 */
#define VRF_TYPE_WINDOW (vrf_window_get_type ())
G_DECLARE_FINAL_TYPE (VrfWindow, vrf_window, VRF, WINDOW, AdwApplicationWindow)

/* @application: nullable (tests) */
VrfWindow *
vrf_window_new (GtkApplication *application, VrfBackend *backend);

void
vrf_window_present (VrfWindow *self);
VrfBackend *
vrf_window_get_backend (VrfWindow *self);
/* The New Verification dialog; @reference nullable. */
void
vrf_window_start_new (VrfWindow *self, const char *reference);
/* The session's page, once it is known; a toast when it cannot be found. */
void
vrf_window_show_session (VrfWindow *self, const char *session_id);
/* A short message at the window's foot. */
void
vrf_window_add_toast (VrfWindow *self, const char *text);

G_END_DECLS
