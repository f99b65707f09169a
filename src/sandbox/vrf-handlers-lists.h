/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-handlers.h"
#include "sandbox/vrf-store-lists.h"

G_BEGIN_DECLS

VrfList *
vrf_handlers_lists_find (VrfRequest *request, VrfReply *reply) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_handlers_lists_is_open (const VrfList *list, VrfReply *reply);

G_END_DECLS
