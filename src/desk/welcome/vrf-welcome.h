/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/app/vrf-application.h"

G_BEGIN_DECLS

/* First run: the built-in sandbox, or an API key. */
#define VRF_TYPE_WELCOME (vrf_welcome_get_type ())
G_DECLARE_FINAL_TYPE (VrfWelcome, vrf_welcome, VRF, WELCOME, AdwApplicationWindow)

VrfWelcome *
vrf_welcome_new (VrfApplication *application);

G_END_DECLS
