/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "api/vrf-session-list.h"

G_BEGIN_DECLS

VrfSessionItem *
vrf_session_item_new (VrfSession *session) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_session_item_set_session (VrfSessionItem *self, VrfSession *session);

G_END_DECLS
