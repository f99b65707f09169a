/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-error-reply.h"

G_BEGIN_DECLS

void
vrf_identity_fields_check_definitions (JsonObject *body, const char *name, VrfFieldErrors *errors);
void
vrf_identity_fields_check (const char *definitions, JsonObject *body, VrfFieldErrors *errors);

G_END_DECLS
