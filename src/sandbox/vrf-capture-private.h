/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-capture-plan.h"
#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-request.h"

G_BEGIN_DECLS

/**
 * VrfCaptureCall:
 * @request: the request
 * @service: what does the work
 * @session: (owned): the session its token opens
 *
 * A call of the applicant's side whose token was found good.
 */
typedef struct
{
  VrfRequest *request;
  VrfService *service;
  VrfStoredSession *session;
} VrfCaptureCall;

/* One step: answers on @reply, or gives an error that is answered for it. */
typedef gboolean (*VrfCaptureStepFunc) (VrfCaptureCall *call, VrfReply *reply, GError **error);

gboolean
vrf_capture_refuse_order (GError **error, const char *detail);
gboolean
vrf_capture_need_step (VrfCaptureCall *call,
                       VrfCaptureStep step,
                       const char *detail,
                       GError **error);
gboolean
vrf_capture_is_country (const char *text);
gboolean
vrf_capture_need_consent (VrfCaptureCall *call, GError **error);
VrfCapturePlan *
vrf_capture_call_plan (VrfCaptureCall *call, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_capture_reply_status (VrfCaptureCall *call,
                          VrfReply *reply,
                          const char *name,
                          const char *value);

gboolean
vrf_capture_step_documents (VrfCaptureCall *call, VrfReply *reply, GError **error);
gboolean
vrf_capture_step_selfie (VrfCaptureCall *call, VrfReply *reply, GError **error);
gboolean
vrf_capture_step_address (VrfCaptureCall *call, VrfReply *reply, GError **error);
gboolean
vrf_capture_step_fields (VrfCaptureCall *call, VrfReply *reply, GError **error);
gboolean
vrf_capture_step_ask_liveness (VrfCaptureCall *call, VrfReply *reply, GError **error);
gboolean
vrf_capture_step_liveness (VrfCaptureCall *call, VrfReply *reply, GError **error);
gboolean
vrf_capture_step_signals (VrfCaptureCall *call, VrfReply *reply, GError **error);

G_END_DECLS
