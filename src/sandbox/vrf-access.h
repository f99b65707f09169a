/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-request.h"

G_BEGIN_DECLS

/* Who asks, how often, and whether they may: all that hangs on the API key (verifa-api.md 1.2, 1.3,
 * 1.7). Those that return FALSE have answered. */

gboolean
vrf_access_check_key (VrfRequest *request);
gboolean
vrf_access_check_rate (VrfRequest *request, VrfRate *rate);
gboolean
vrf_access_check_rights (VrfRequest *request);
gboolean
vrf_access_check_version (VrfRequest *request);
void
vrf_access_finish (VrfRequest *request);

G_END_DECLS
