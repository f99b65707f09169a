/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-request.h"

G_BEGIN_DECLS

void
vrf_capture_assets_set_headers (VrfReply *reply);
void
vrf_capture_assets_reply_page (VrfRequest *request, VrfReply *reply);
void
vrf_capture_assets_handle (VrfRequest *request, VrfReply *reply);

G_END_DECLS
