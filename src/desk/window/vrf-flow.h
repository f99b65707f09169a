/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/*
 * The main job as a chain of dialogs over one window: New Verification, Verification Created, View
 * Session or the next one. One dialog at a time.
 *
 * Signals: "view-session" (VrfRow), "created" (VrfRow), "closed": no dialog is left.
 */
#define VRF_TYPE_FLOW (vrf_flow_get_type ())
G_DECLARE_FINAL_TYPE (VrfFlow, vrf_flow, VRF, FLOW, GObject)

/* @parent owns the flow. */
VrfFlow *
vrf_flow_new (GtkWindow *parent, VrfBackend *backend) G_GNUC_WARN_UNUSED_RESULT;

/* @reference: nullable. While the backend starts, the dialog waits for it. */
void
vrf_flow_start (VrfFlow *self, const char *reference);
void
vrf_flow_show_created (VrfFlow *self, VrfRow *row);
/* Closes what is open. */
void
vrf_flow_close (VrfFlow *self);

G_END_DECLS
