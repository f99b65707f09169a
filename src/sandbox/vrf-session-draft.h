/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-stored.h"

G_BEGIN_DECLS

VrfStoredSession *
vrf_session_draft_read (JsonObject *body, VrfFieldErrors *errors) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_session_draft_check_metadata (JsonObject *body, const char *member, VrfFieldErrors *errors);
char *
vrf_session_draft_merge_metadata (const char *stored,
                                  JsonObject *changes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
