/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-fields.h"

G_BEGIN_DECLS

/**
 * VrfFaultKind:
 * @VRF_FAULT_NONE: nothing goes wrong
 * @VRF_FAULT_LATENCY: the work is done at once, the answer comes late
 * @VRF_FAULT_DROP_BEFORE: the connection ends, nothing was done
 * @VRF_FAULT_DROP_AFTER: the connection ends, and it was done
 * @VRF_FAULT_TRUNCATE: it was done, and half of the answer's body comes
 * @VRF_FAULT_HTML_502: a proxy answers instead, nothing was done
 * @VRF_FAULT_STATUS: an error answers, nothing was done
 */
typedef enum
{
  VRF_FAULT_NONE,
  VRF_FAULT_LATENCY,
  VRF_FAULT_DROP_BEFORE,
  VRF_FAULT_DROP_AFTER,
  VRF_FAULT_TRUNCATE,
  VRF_FAULT_HTML_502,
  VRF_FAULT_STATUS,
} VrfFaultKind;

/**
 * VrfFault:
 * @kind: what goes wrong
 * @status: with %VRF_FAULT_STATUS: what is answered
 * @retry_after_s: what `Retry-After` says; 0 for none
 * @latency_ms: by how much the answer is late, whatever it is
 *
 * What happens to one request.
 */
typedef struct
{
  VrfFaultKind kind;
  guint status;
  guint retry_after_s;
  guint latency_ms;
} VrfFault;

/**
 * VrfFaults:
 *
 * The rules by which requests go wrong, in memory. The same requests in the same order meet the
 * same faults. For the sandbox's thread.
 */
typedef struct _VrfFaults VrfFaults;

VrfFaults *
vrf_faults_new (void) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_faults_free (VrfFaults *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfFaults, vrf_faults_free)

JsonObject *
vrf_faults_add (VrfFaults *self,
                JsonObject *draft,
                VrfFieldErrors *errors) G_GNUC_WARN_UNUSED_RESULT;
JsonArray *
vrf_faults_list (VrfFaults *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_faults_remove (VrfFaults *self, const char *id);
void
vrf_faults_clear (VrfFaults *self);
VrfFault
vrf_faults_take (VrfFaults *self, const char *method, const char *path, const char *route);

gboolean
vrf_faults_answer (const VrfFault *fault, VrfReply *reply);

G_END_DECLS
