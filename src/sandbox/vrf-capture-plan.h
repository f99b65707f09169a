/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sandbox/vrf-service.h"

G_BEGIN_DECLS

/**
 * VrfCaptureStep:
 *
 * The steps of the applicant's side, in walking order (verifa-api.md 8.6b).
 */
typedef enum
{
  VRF_CAPTURE_CONSENT,
  VRF_CAPTURE_DOCUMENT_TYPE,
  VRF_CAPTURE_DOCUMENT_FRONT,
  VRF_CAPTURE_DOCUMENT_BACK,
  VRF_CAPTURE_SELFIE,
  VRF_CAPTURE_LIVENESS,
  VRF_CAPTURE_FIELDS,
  VRF_CAPTURE_PROOF_OF_ADDRESS,
  VRF_CAPTURE_COMPLETE,
  VRF_CAPTURE_OUTCOME,
} VrfCaptureStep;

/** VRF_N_CAPTURE_STEPS: how many steps there are. */
#define VRF_N_CAPTURE_STEPS (VRF_CAPTURE_OUTCOME + 1)

/**
 * VrfCaptureStepState:
 * @VRF_CAPTURE_ABSENT: the session does not have the step, or not yet
 * @VRF_CAPTURE_TODO: it must be done before `complete`
 * @VRF_CAPTURE_OPTIONAL: it may be done
 * @VRF_CAPTURE_DONE: it was done; doing it again replaces what was given
 */
typedef enum
{
  VRF_CAPTURE_ABSENT,
  VRF_CAPTURE_TODO,
  VRF_CAPTURE_OPTIONAL,
  VRF_CAPTURE_DONE,
} VrfCaptureStepState;

/** VRF_CAPTURE_COLLECTED: the member of a session's fields with what the applicant typed. */
#define VRF_CAPTURE_COLLECTED "collected"

/* What one session asks of its applicant, and how far it is. A value of the moment. */
typedef struct _VrfCapturePlan VrfCapturePlan;

VrfCapturePlan *
vrf_capture_plan_new (VrfSandboxStore *store,
                      const VrfStoredSession *session,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_capture_plan_free (VrfCapturePlan *self);

VrfCaptureStepState
vrf_capture_plan_get (VrfCapturePlan *self, VrfCaptureStep step);
const char *
vrf_capture_plan_find_missing (VrfCapturePlan *self);
gboolean
vrf_capture_plan_accepts_type (VrfCapturePlan *self, const char *document_type);
gboolean
vrf_capture_plan_accepts_back (VrfCapturePlan *self);
gboolean
vrf_capture_plan_asks_field (VrfCapturePlan *self, const char *name, gboolean *ret_required);

char *
vrf_capture_plan_dup_destination (VrfCapturePlan *self) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_capture_plan_to_json (VrfCapturePlan *self, VrfService *service) G_GNUC_WARN_UNUSED_RESULT;

/** vrf_capture_fields: every field a workflow may ask for, in the order they are asked. */
extern const char *const vrf_capture_fields[];

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfCapturePlan, vrf_capture_plan_free)

G_END_DECLS
