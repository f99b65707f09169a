/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "api/vrf-api-client.h"
#include "base/vrf-time.h"

G_BEGIN_DECLS

/**
 * VrfRow:
 *
 * One session as the windows show it: one object a session id, updated in place, so that selection,
 * scroll and open pages stay. The only thing table, dialogs and session page bind to.
 *
 * Properties, all read-only with notify: "id" s, "status" (VrfSessionStatus as int), "status-text"
 * s, "result-text" s (nullable: approved, rejected, needs_review or a newer word), "risk-level" s,
 * "risk-score" i (-1 unknown), "external-ref" s, "applicant" s, "workflow-id" s, "workflow-name" s,
 * "created-at" x, "updated-at" x, "expires-at" x (token), "capture-url" s (nullable: no link that
 * can still be opened), "is-sandbox" b, "session" (VrfSession), "result" (VrfResult, nullable),
 * "can-show-qr" b, and the times at which the desk saw a change, on the server's clock:
 * "opened-at" x, "submitted-at" x, "finished-at" x. Times are VRF_TIME_NONE when unknown. "seen" b:
 * somebody has opened its page since it finished. After all notifies of one change "changed" is
 * emitted once.
 */
#define VRF_TYPE_ROW (vrf_row_get_type ())
G_DECLARE_FINAL_TYPE (VrfRow, vrf_row, VRF, ROW, GObject)

VrfRow *
vrf_row_new (VrfSession *session) G_GNUC_WARN_UNUSED_RESULT;

/* A row of what this desk remembers; @finished_at and @seen are its own. Such a row has been told
 * by no server yet. */
VrfRow *
vrf_row_new_remembered (VrfSession *session, int risk_score, gint64 finished_at, gboolean seen)
    G_GNUC_WARN_UNUSED_RESULT;

/* Merges what a newer reply says; @now_us is the server's time, VRF_TIME_NONE if unknown. A reply
 * that is older than what is known (updated_at) changes nothing. Gives whether anything changed. */
gboolean
vrf_row_update (VrfRow *self, VrfSession *session, gint64 now_us);
/* What ends a link's time (the row store sets it); without one links never end by themselves. */
void
vrf_row_set_clock (VrfRow *self, VrfClock *clock);
/* What was asked for, shown until the API tells it: the reply to a create has neither. */
void
vrf_row_set_asked (VrfRow *self, const char *applicant, const char *workflow_id);
void
vrf_row_set_seen (VrfRow *self, gboolean seen);
void
vrf_row_set_result (VrfRow *self, VrfResult *result);
void
vrf_row_set_risk (VrfRow *self, VrfRisk *risk);
/* A one-time link took the place of the capture URL: it is shown instead, until it dies. NULL, or
 * one that is not active any more, takes it away. */
void
vrf_row_set_link (VrfRow *self, const VrfLink *link);
void
vrf_row_set_workflow_name (VrfRow *self, const char *name);

VrfSession *
vrf_row_get_session (VrfRow *self); /* transfer none */
VrfResult *
vrf_row_get_result (VrfRow *self); /* transfer none, nullable */
const char *
vrf_row_get_id (VrfRow *self);
VrfSessionStatus
vrf_row_get_status (VrfRow *self);
const char *
vrf_row_get_status_text (VrfRow *self);
const char *
vrf_row_get_result_text (VrfRow *self);
VrfResultStatus
vrf_row_get_result_status (VrfRow *self);
const char *
vrf_row_get_risk_level (VrfRow *self);
int
vrf_row_get_risk_score (VrfRow *self);
const char *
vrf_row_get_external_ref (VrfRow *self);
const char *
vrf_row_get_applicant (VrfRow *self);
const char *
vrf_row_get_workflow_id (VrfRow *self);
const char *
vrf_row_get_workflow_name (VrfRow *self);
gint64
vrf_row_get_created_at (VrfRow *self);
gint64
vrf_row_get_updated_at (VrfRow *self);
gint64
vrf_row_get_expires_at (VrfRow *self);
const char *
vrf_row_get_capture_url (VrfRow *self);
gint64
vrf_row_get_opened_at (VrfRow *self);
gint64
vrf_row_get_submitted_at (VrfRow *self);
gint64
vrf_row_get_finished_at (VrfRow *self);
gboolean
vrf_row_get_is_sandbox (VrfRow *self);
/* The QR may be shown: pending, a capture URL is known, and its time is not over (DESIGN 5). */
gboolean
vrf_row_can_show_qr (VrfRow *self);
gboolean
vrf_row_is_active (VrfRow *self);
gboolean
vrf_row_get_seen (VrfRow *self);
/* The one-time link that is shown, nullable. */
const char *
vrf_row_get_link_id (VrfRow *self);
/* Says "can-show-qr" and "capture-url" again when the time of the link is over. Gives whether it
 * is over now and was not before. */
gboolean
vrf_row_check_time (VrfRow *self);
/* When a reply without updated_at (to an action) was merged last, monotonic µs, 0 never: a reply to
 * a request that was sent before it is too old. */
gint64
vrf_row_get_acted_at (VrfRow *self);
/* When a server told it last, monotonic µs; 0: it is only remembered. */
gint64
vrf_row_get_told_at (VrfRow *self);
/* Known from the memory alone: the server has not told of it yet, and nobody remembers its link. */
gboolean
vrf_row_is_remembered (VrfRow *self);
/* The reference, else a short form of the id: what titles call it. Never personal data. */
char *
vrf_row_dup_title (VrfRow *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
