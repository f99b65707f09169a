/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "api/vrf-api-client.h"
#include "api/vrf-http-reply.h"
#include "api/vrf-transport.h"

G_BEGIN_DECLS

VrfTransport *
vrf_api_client_get_transport (VrfApiClient *self);
guint
vrf_api_client_get_max_attempts (VrfApiClient *self);
void
vrf_api_client_note_reply (VrfApiClient *self, const VrfHttpReply *reply);
void
vrf_api_client_note_retry (VrfApiClient *self, const char *idempotency_key, guint attempt);

/* nullable: nobody wants to know */
VrfActivityItem *
vrf_api_client_begin_activity (VrfApiClient *self,
                               const char *method,
                               const char *path,
                               gboolean has_body) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
