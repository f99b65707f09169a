/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/*
 * New Verification: the dashboard's fields, the duplicate guard, Create Verification. The draft
 * behind it belongs to the backend, so closing loses nothing.
 *
 * Signals: "created" (VrfRow), "show-existing" (VrfRow), "view-session" (VrfRow). The dialog closes
 * itself after each of them.
 */
#define VRF_TYPE_NEW_DIALOG (vrf_new_dialog_get_type ())
G_DECLARE_FINAL_TYPE (VrfNewDialog, vrf_new_dialog, VRF, NEW_DIALOG, AdwWindow)

VrfNewDialog *
vrf_new_dialog_new (VrfBackend *backend, const char *reference);

G_END_DECLS
