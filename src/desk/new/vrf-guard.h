/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/* What is known about a reference, from best to worst for a new verification. */
typedef enum
{
  VRF_GUARD_NONE,      /* no reference */
  VRF_GUARD_CHECKING,  /* nothing known here; the server was asked */
  VRF_GUARD_FREE,      /* nobody has it, the server says */
  VRF_GUARD_UNCHECKED, /* nothing known here; the server did not answer */
  VRF_GUARD_EXPIRED,   /* the newest ran out, or failed: better resumed than made again */
  VRF_GUARD_APPROVED,
  VRF_GUARD_REJECTED,
  VRF_GUARD_ACTIVE, /* one is going on */
} VrfGuardState;

#define VRF_TYPE_GUARD (vrf_guard_get_type ())
G_DECLARE_FINAL_TYPE (VrfGuard, vrf_guard, VRF, GUARD, GObject)

VrfGuard *
vrf_guard_new (VrfBackend *backend) G_GNUC_WARN_UNUSED_RESULT;

void
vrf_guard_set_reference (VrfGuard *self, const char *reference);
void
vrf_guard_hurry (VrfGuard *self);
VrfGuardState
vrf_guard_get_state (VrfGuard *self);
VrfRow *
vrf_guard_get_row (VrfGuard *self);

char *
vrf_guard_dup_title (VrfGuard *self) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_guard_dup_detail (VrfGuard *self) G_GNUC_WARN_UNUSED_RESULT;

VrfGuardState
vrf_guard_judge (GPtrArray *rows, VrfRow **ret_row);

G_END_DECLS
