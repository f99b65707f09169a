/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/*
 * The desk's process (DESIGN 4): its command line, its actions, one window a profile. One process a
 * user; with VERIFA_API_KEY set one a start, so that kiosks and tests do not share.
 */
#define VRF_TYPE_APPLICATION (vrf_application_get_type ())
G_DECLARE_FINAL_TYPE (VrfApplication, vrf_application, VRF, APPLICATION, AdwApplication)

VrfApplication *
vrf_application_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* The profile's window, raised if it is open, else opened. @api_key: a key for this run only;
 * nullable. The welcome window goes. */
void
vrf_application_open_profile (VrfApplication *self, VrfProfile *profile, const char *api_key);
/* As above, and every other window closes: the person has switched. */
void
vrf_application_switch_profile (VrfApplication *self, VrfProfile *profile, const char *api_key);

G_END_DECLS
