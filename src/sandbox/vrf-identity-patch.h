/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-store-identities.h"

G_BEGIN_DECLS

void
vrf_identity_patch_check (JsonObject *body, VrfFieldErrors *errors);
void
vrf_identity_patch_apply (JsonObject *body, VrfIdentity *identity);

G_END_DECLS
