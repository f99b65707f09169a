/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-handlers.h"
#include "sandbox/vrf-store-identities.h"

G_BEGIN_DECLS

VrfIdentity *
vrf_handlers_identities_find (VrfRequest *request, VrfReply *reply) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_handlers_identities_is_open (const VrfIdentity *identity, VrfReply *reply);
void
vrf_handlers_identities_reply (VrfRequest *request, VrfReply *reply, const VrfIdentity *identity);

G_END_DECLS
