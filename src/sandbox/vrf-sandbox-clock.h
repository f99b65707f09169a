/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define VRF_TYPE_SANDBOX_CLOCK (vrf_sandbox_clock_get_type ())
G_DECLARE_FINAL_TYPE (VrfSandboxClock, vrf_sandbox_clock, VRF, SANDBOX_CLOCK, GObject)

VrfSandboxClock *
vrf_sandbox_clock_new (gint64 not_before_us, double scale) G_GNUC_WARN_UNUSED_RESULT;

gint64
vrf_sandbox_clock_get_now_us (VrfSandboxClock *self);
double
vrf_sandbox_clock_get_scale (VrfSandboxClock *self);
void
vrf_sandbox_clock_set_scale (VrfSandboxClock *self, double scale);
void
vrf_sandbox_clock_move (VrfSandboxClock *self, gint64 by_us);
void
vrf_sandbox_clock_hold (VrfSandboxClock *self, gint64 now_us);
char *
vrf_sandbox_clock_dup_header (VrfSandboxClock *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
