/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/session/vrf-case-dialog.h"
#include "desk/session/vrf-pictures.h"
#include "desk/session/vrf-session-detail.h"

G_BEGIN_DECLS

/*
 * What stands behind the page of one session: what it reads (detail, pictures), and what a person
 * changes on it, beside the actions of vrf-act.h. A change is sent, what the key may not do is
 * noted, and what it changed is read again. One change of a kind at a time.
 * Signals: "changed" when there is something else to paint; "done" (VrfRight as i, GError nullable)
 * at the end of a change.
 */
#define VRF_TYPE_SESSION_EDITOR (vrf_session_editor_get_type ())
G_DECLARE_FINAL_TYPE (VrfSessionEditor, vrf_session_editor, VRF, SESSION_EDITOR, GObject)

VrfSessionEditor *
vrf_session_editor_new (VrfBackend *backend, VrfRow *row) G_GNUC_WARN_UNUSED_RESULT;
/* Its page is gone: reads no more, shows no more. */
void
vrf_session_editor_stop (VrfSessionEditor *self);

VrfRow *
vrf_session_editor_get_row (VrfSessionEditor *self);
VrfSessionDetail *
vrf_session_editor_get_detail (VrfSessionEditor *self);
VrfPictures *
vrf_session_editor_get_pictures (VrfSessionEditor *self);

gboolean
vrf_session_editor_may (VrfSessionEditor *self, VrfRight right);
gboolean
vrf_session_editor_is_busy (VrfSessionEditor *self, VrfRight right);

/* The server's time; VRF_TIME_NONE before its first answer. */
gint64
vrf_session_editor_get_now_us (VrfSessionEditor *self);
/* Who decides here, as far as is known; nullable. */
const char *
vrf_session_editor_get_reviewer (VrfSessionEditor *self);

/* Whatever the verb needs of @work; without a case nothing happens. */
void
vrf_session_editor_work_on_case (VrfSessionEditor *self, VrfCaseVerb verb, const VrfCaseWork *work);
/* Sends a webhook once more. */
void
vrf_session_editor_retry_delivery (VrfSessionEditor *self, const char *delivery_id);
/* Tags: no-ops when it is so already. */
void
vrf_session_editor_add_tag (VrfSessionEditor *self, const char *tag);
void
vrf_session_editor_remove_tag (VrfSessionEditor *self, const char *tag);
/* @patch: merged into what the server has then; null removes a key. */
void
vrf_session_editor_edit_metadata (VrfSessionEditor *self, JsonObject *patch);
void
vrf_session_editor_retry_check (VrfSessionEditor *self, const char *policy);

G_END_DECLS
