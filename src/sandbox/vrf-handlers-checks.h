/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-handlers.h"
#include "sandbox/vrf-store-screenings.h"

G_BEGIN_DECLS

VrfScreening *
vrf_handlers_checks_find (VrfRequest *request, VrfReply *reply) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
