/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-service.h"

G_BEGIN_DECLS

void
vrf_capture_place_describe (VrfService *service,
                            const VrfStoredSession *session,
                            JsonObject *object);
void
vrf_capture_place_add_to_refusal (VrfService *service, const char *token, JsonObject *object);

G_END_DECLS
