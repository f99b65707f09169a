/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/*
 * Verification Created: the QR, the link, the time left, the live steps; later what came of it. It
 * never changes size. The session is polled each second while it is open.
 *
 * Signals: "view-session" (VrfRow), "create-another". The dialog closes itself after each of them.
 */
#define VRF_TYPE_CREATED_DIALOG (vrf_created_dialog_get_type ())
G_DECLARE_FINAL_TYPE (VrfCreatedDialog, vrf_created_dialog, VRF, CREATED_DIALOG, AdwWindow)

VrfCreatedDialog *
vrf_created_dialog_new (VrfBackend *backend, VrfRow *row);

G_END_DECLS
