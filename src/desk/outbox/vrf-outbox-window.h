/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/* Outbox: the mails that the sandbox would have sent, and the link in each. */
#define VRF_TYPE_OUTBOX_WINDOW (vrf_outbox_window_get_type ())
G_DECLARE_FINAL_TYPE (VrfOutboxWindow, vrf_outbox_window, VRF, OUTBOX_WINDOW, AdwWindow)

/* @backend is READY; @parent has the action "win.new" */
VrfOutboxWindow *
vrf_outbox_window_new (GtkWindow *parent, VrfBackend *backend);

G_END_DECLS
