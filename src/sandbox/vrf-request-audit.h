/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-request.h"

G_BEGIN_DECLS

void
vrf_request_audit_begin (VrfRequest *request);
void
vrf_request_audit_end (VrfRequest *request);
gboolean
vrf_request_audit_note (VrfRequest *request, GError **error);

G_END_DECLS
