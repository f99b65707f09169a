/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-request.h"

G_BEGIN_DECLS

/** VRF_IDEMPOTENCY_LIFE_S: how long an answer is given again (verifa-api.md 1.5). */
#define VRF_IDEMPOTENCY_LIFE_S (24 * 60 * 60)
/** VRF_IDEMPOTENCY_MAX_LENGTH: of the key, in characters. */
#define VRF_IDEMPOTENCY_MAX_LENGTH 255

gboolean
vrf_idempotency_replay (VrfRequest *request, VrfReply *reply);
gboolean
vrf_idempotency_keep (VrfRequest *request, VrfReply *reply, GError **error);

G_END_DECLS
