/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-router.h"

G_BEGIN_DECLS

/** vrf_capture_routes: the applicant's side: /verify/{token}… (verifa-api.md 4 and 8.6b) */
extern const VrfRoute vrf_capture_routes[];

G_END_DECLS
