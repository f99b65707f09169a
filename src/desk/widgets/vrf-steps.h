/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  VRF_STEP_DONE,
  VRF_STEP_NOW,
  VRF_STEP_TODO,
  VRF_STEP_STOPPED, /* it went no further than this */
} VrfStepState;

#define VRF_TYPE_STEPS (vrf_steps_get_type ())
G_DECLARE_FINAL_TYPE (VrfSteps, vrf_steps, VRF, STEPS, GtkWidget)

GtkWidget *
vrf_steps_new (void);

guint
vrf_steps_get_count (VrfSteps *self);
void
vrf_steps_set_count (VrfSteps *self, guint count);

void
vrf_steps_set_title (VrfSteps *self, guint index, const char *title);
void
vrf_steps_set_subtitle (VrfSteps *self, guint index, const char *subtitle);
void
vrf_steps_set_time (VrfSteps *self, guint index, const char *time);
void
vrf_steps_set_state (VrfSteps *self, guint index, VrfStepState state);

void
vrf_steps_set_current (VrfSteps *self, guint index);

G_END_DECLS
