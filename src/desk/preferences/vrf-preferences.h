/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/app/vrf-application.h"

G_BEGIN_DECLS

/* Preferences: what the window is connected to and how to change that; the desk's own names. */
#define VRF_TYPE_PREFERENCES (vrf_preferences_get_type ())
G_DECLARE_FINAL_TYPE (VrfPreferences, vrf_preferences, VRF, PREFERENCES, AdwPreferencesWindow)

/* @backend: of the window this is about; nullable (welcome page) */
VrfPreferences *
vrf_preferences_new (VrfApplication *application, VrfBackend *backend);

G_END_DECLS
