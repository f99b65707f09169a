/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-service.h"

G_BEGIN_DECLS

/** VRF_HINTS_EVENT: what a hint calls itself; no event of the contract has this name */
#define VRF_HINTS_EVENT "session.changed"

#define VRF_TYPE_HINTS (vrf_hints_get_type ())
G_DECLARE_FINAL_TYPE (VrfHints, vrf_hints, VRF, HINTS, GObject)

VrfHints *
vrf_hints_new (VrfService *service, const char *url, const char *secret) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_hints_close (VrfHints *self);
gboolean
vrf_hints_is_idle (VrfHints *self);

G_END_DECLS
