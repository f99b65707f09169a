/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/session/vrf-session-detail.h"

G_BEGIN_DECLS

/*
 * What a person changes on the session page, beside the actions of vrf-act.h: sends it, notes what
 * the key may not do, and reads again what it changed. One change of a kind at a time.
 * Signals: "changed" when one begins or ends; "done" (VrfRight as i, GError nullable) at its end.
 */
#define VRF_TYPE_SESSION_EDITOR (vrf_session_editor_get_type ())
G_DECLARE_FINAL_TYPE (VrfSessionEditor, vrf_session_editor, VRF, SESSION_EDITOR, GObject)

VrfSessionEditor *
vrf_session_editor_new (VrfBackend *backend,
                        VrfRow *row,
                        VrfSessionDetail *detail) G_GNUC_WARN_UNUSED_RESULT;

gboolean
vrf_session_editor_may (VrfSessionEditor *self, VrfRight right);
gboolean
vrf_session_editor_is_busy (VrfSessionEditor *self, VrfRight right);

void
vrf_session_editor_retry_check (VrfSessionEditor *self, const char *policy);

G_END_DECLS
