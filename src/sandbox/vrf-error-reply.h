/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-reply.h"

G_BEGIN_DECLS

/* Refusals are GErrors of VRF_ERROR that carry the HTTP status and the API's code. */
void
vrf_error_reply_refuse (GError **error, guint status, const char *code, const char *detail);

void
vrf_error_reply_set (VrfReply *reply, guint status, const char *code, const char *detail);
void
vrf_error_reply_set_error (VrfReply *reply, const GError *error);

/**
 * VrfFieldErrors:
 *
 * The fields of a request that are not acceptable, for one 422 (verifa-api.md 1.8).
 */
typedef struct _VrfFieldErrors VrfFieldErrors;

VrfFieldErrors *
vrf_field_errors_new (void) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_field_errors_free (VrfFieldErrors *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfFieldErrors, vrf_field_errors_free)
void
vrf_field_errors_add (VrfFieldErrors *self,
                      const char *field,
                      const char *code,
                      const char *message);
gboolean
vrf_field_errors_is_empty (VrfFieldErrors *self);
gboolean
vrf_field_errors_reply (VrfFieldErrors *self, VrfReply *reply);

G_END_DECLS
