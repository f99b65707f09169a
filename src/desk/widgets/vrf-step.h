/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/widgets/vrf-steps.h"

G_BEGIN_DECLS

/* One step of a VrfSteps; nothing else makes them. */
#define VRF_TYPE_STEP (vrf_step_get_type ())
G_DECLARE_FINAL_TYPE (VrfStep, vrf_step, VRF, STEP, GtkWidget)

GtkWidget *
vrf_step_new (void);

void
vrf_step_set_place (VrfStep *self, guint index, guint count);
void
vrf_step_set_title (VrfStep *self, const char *title);
void
vrf_step_set_subtitle (VrfStep *self, const char *subtitle);
void
vrf_step_set_time (VrfStep *self, const char *time);
void
vrf_step_set_state (VrfStep *self, VrfStepState state);

G_END_DECLS
