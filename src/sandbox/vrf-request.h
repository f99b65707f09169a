/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-rate.h"
#include "sandbox/vrf-reply.h"
#include "sandbox/vrf-service.h"
#include "sandbox/vrf-store-keys.h"

G_BEGIN_DECLS

/**
 * VrfRequest:
 *
 * One request on its way through the router, and its reply. For the sandbox's thread.
 */
typedef struct _VrfRequest VrfRequest;

VrfRequest *
vrf_request_new (VrfService *service,
                 const char *method,
                 const char *target,
                 SoupMessageHeaders *headers,
                 const char *peer) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_request_free (VrfRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfRequest, vrf_request_free)

/* What was asked */
VrfService *
vrf_request_get_service (VrfRequest *self);
VrfSandboxStore *
vrf_request_get_store (VrfRequest *self);
const char *
vrf_request_get_method (VrfRequest *self);
const char *
vrf_request_get_path (VrfRequest *self);
const char *
vrf_request_get_param (VrfRequest *self, const char *name);
const char *
vrf_request_get_query (VrfRequest *self, const char *name);
const char *
vrf_request_get_header (VrfRequest *self, const char *name);
const char *
vrf_request_get_content_type (VrfRequest *self, GHashTable **ret_parameters);
const char *
vrf_request_get_peer (VrfRequest *self);
const VrfStoredKey *
vrf_request_get_key (VrfRequest *self);
VrfRate *
vrf_request_get_rate (VrfRequest *self);
gboolean
vrf_request_is_sandbox (VrfRequest *self);
const char *
vrf_request_get_inflection (VrfRequest *self);
GBytes *
vrf_request_get_bytes (VrfRequest *self);
JsonObject *
vrf_request_get_body (VrfRequest *self);

/* What the audit trail is told */
void
vrf_request_set_resource (VrfRequest *self, const char *id);
void
vrf_request_set_metadata (VrfRequest *self, JsonObject *metadata);

/* What is answered */
VrfReply *
vrf_request_get_reply (VrfRequest *self);

/**
 * VrfAnswer:
 * @request: that waited
 * @reply: to be filled
 * @data: given to vrf_request_answer()
 *
 * The second half of a handler that had to wait. Runs inside a transaction, as the handler did.
 */
typedef void (*VrfAnswer) (VrfRequest *request, VrfReply *reply, gpointer data);

GCancellable *
vrf_request_wait (VrfRequest *self);
void
vrf_request_answer (VrfRequest *self, VrfAnswer answer, gpointer data);

G_END_DECLS
