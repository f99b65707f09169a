/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "api/vrf-session.h"

G_BEGIN_DECLS

/* How two replies about one session relate. */

/* Whether nobody could tell the two apart. */
gboolean
vrf_merge_is_same (const VrfSession *a, const VrfSession *b);
/* How far a session has come: 0 waiting, 1 opened, 2 submitted, 3 over; -1 unknown status. */
int
vrf_merge_get_stage (VrfSessionStatus status);
/* pending or capturing */
gboolean
vrf_merge_may_be_opened (VrfSessionStatus status);

G_END_DECLS
