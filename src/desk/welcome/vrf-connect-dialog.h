/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/app/vrf-application.h"

G_BEGIN_DECLS

/*
 * Connect to Verifa with an API key: asks the server whether it accepts the key, keeps the key in
 * the keyring, and opens the window of its profile. Without a keyring the key is offered for this
 * run only.
 */
#define VRF_TYPE_CONNECT_DIALOG (vrf_connect_dialog_get_type ())
G_DECLARE_FINAL_TYPE (VrfConnectDialog, vrf_connect_dialog, VRF, CONNECT_DIALOG, AdwWindow)

/* @profile: nullable; one whose key is replaced, so that address and environment are settled */
VrfConnectDialog *
vrf_connect_dialog_new (VrfApplication *application, VrfProfile *profile);

G_END_DECLS
