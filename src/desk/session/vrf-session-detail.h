/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/*
 * What the session page shows beyond the row, part by part: each is one call. Read when the page
 * opens and again when the session moves on. Signal: "changed".
 */
typedef enum
{
  VRF_DETAIL_LINKS,      /* GPtrArray of VrfLink, newest first */
  VRF_DETAIL_CHECKS,     /* GPtrArray of VrfCheck, the latest attempt of each */
  VRF_DETAIL_RISK,       /* VrfRisk */
  VRF_DETAIL_DOCUMENTS,  /* GPtrArray of VrfDocument, without their links */
  VRF_DETAIL_CASE,       /* VrfCase */
  VRF_DETAIL_NOTES,      /* GPtrArray of VrfCaseNote, oldest first */
  VRF_DETAIL_RUN,        /* VrfWorkflowRun */
  VRF_DETAIL_VERSIONS,   /* GPtrArray of VrfWorkflowVersion */
  VRF_DETAIL_DELIVERIES, /* GPtrArray of VrfDelivery, oldest first */
  VRF_N_DETAILS,
} VrfDetailPart;

typedef enum
{
  VRF_DETAIL_LOADING,
  VRF_DETAIL_READY,
  VRF_DETAIL_FAILED, /* something could not be read; refresh() asks again */
} VrfDetailState;

#define VRF_TYPE_SESSION_DETAIL (vrf_session_detail_get_type ())
G_DECLARE_FINAL_TYPE (VrfSessionDetail, vrf_session_detail, VRF, SESSION_DETAIL, GObject)

VrfSessionDetail *
vrf_session_detail_new (VrfBackend *backend, VrfRow *row) G_GNUC_WARN_UNUSED_RESULT;

void
vrf_session_detail_refresh (VrfSessionDetail *self);
void
vrf_session_detail_read (VrfSessionDetail *self, VrfDetailPart part);
/* The same in two seconds, when what was begun should have ended. */
void
vrf_session_detail_read_later (VrfSessionDetail *self, VrfDetailPart part);
void
vrf_session_detail_stop (VrfSessionDetail *self);

VrfDetailState
vrf_session_detail_get_state (VrfSessionDetail *self);
const GError *
vrf_session_detail_get_error (VrfSessionDetail *self);
/* Whether the key may not see the part: the page says so in its place. */
gboolean
vrf_session_detail_is_forbidden (VrfSessionDetail *self, VrfDetailPart part);
/* Whether the server had it once (410). */
gboolean
vrf_session_detail_is_gone (VrfSessionDetail *self, VrfDetailPart part);
gboolean
vrf_session_detail_is_loading (VrfSessionDetail *self, VrfDetailPart part);

GPtrArray *
vrf_session_detail_get_checks (VrfSessionDetail *self);
GPtrArray *
vrf_session_detail_get_links (VrfSessionDetail *self);
GPtrArray *
vrf_session_detail_get_documents (VrfSessionDetail *self);
const VrfCase *
vrf_session_detail_get_case (VrfSessionDetail *self);
GPtrArray *
vrf_session_detail_get_notes (VrfSessionDetail *self);
const VrfWorkflowRun *
vrf_session_detail_get_run (VrfSessionDetail *self);
GPtrArray *
vrf_session_detail_get_versions (VrfSessionDetail *self);
GPtrArray *
vrf_session_detail_get_deliveries (VrfSessionDetail *self);
const VrfRisk *
vrf_session_detail_get_risk (VrfSessionDetail *self);

/* The attempts of one check, read when somebody wants to see them; nullable, oldest first. */
void
vrf_session_detail_read_attempts (VrfSessionDetail *self, const char *policy);
GPtrArray *
vrf_session_detail_get_attempts (VrfSessionDetail *self, const char *policy);
/* A check was begun again: looks until it has ended, then what came of the session. */
void
vrf_session_detail_follow_retry (VrfSessionDetail *self);

G_END_DECLS
