/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-service.h"

G_BEGIN_DECLS

gboolean
vrf_outbox_invite (VrfService *service, const VrfStoredSession *session, GError **error);

G_END_DECLS
