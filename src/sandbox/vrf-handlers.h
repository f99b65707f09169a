/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-router.h"

G_BEGIN_DECLS

/* The tables of routes, one a file of handlers. */
extern const VrfRoute vrf_handlers_sessions[];
extern const VrfRoute vrf_handlers_session_actions[];
extern const VrfRoute vrf_handlers_results[];
extern const VrfRoute vrf_handlers_workflows[];
extern const VrfRoute vrf_handlers_account[];

/* What many handlers need. */
VrfStoredSession *
vrf_handlers_find_session (VrfRequest *request, VrfReply *reply) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_handlers_read_page (VrfRequest *request,
                        VrfFieldErrors *errors,
                        guint default_limit,
                        guint *ret_limit,
                        guint *ret_offset);

G_END_DECLS
