/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-service.h"

G_BEGIN_DECLS

/** VRF_DISPATCHER_MAX_ATTEMPTS: the first, and five retries (verifa-api.md 5.3). */
#define VRF_DISPATCHER_MAX_ATTEMPTS 6
/** VRF_DISPATCHER_MAX_FAILURES: deliveries that fail in a row before an endpoint is disabled. */
#define VRF_DISPATCHER_MAX_FAILURES 10

#define VRF_TYPE_DISPATCHER (vrf_dispatcher_get_type ())
G_DECLARE_FINAL_TYPE (VrfDispatcher, vrf_dispatcher, VRF, DISPATCHER, GObject)

VrfDispatcher *
vrf_dispatcher_new (VrfService *service) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_dispatcher_close (VrfDispatcher *self);
void
vrf_dispatcher_abandon (VrfDispatcher *self);
gboolean
vrf_dispatcher_is_idle (VrfDispatcher *self);

G_END_DECLS
