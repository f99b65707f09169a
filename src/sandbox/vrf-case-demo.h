/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-service.h"

G_BEGIN_DECLS

/** VRF_CASE_DEMO_MAX: how many demo cases there may be (verifa-api.md 4.2). */
#define VRF_CASE_DEMO_MAX 3

VrfStoredSession *
vrf_case_demo_create (VrfService *service, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
