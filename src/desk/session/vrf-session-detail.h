/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/*
 * What the session page shows beyond the row: the checks with their attempts, the risk's signals,
 * the links. Read when the page opens and again when the session moves on. Signal: "changed".
 */
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
vrf_session_detail_stop (VrfSessionDetail *self);

VrfDetailState
vrf_session_detail_get_state (VrfSessionDetail *self);
const GError *
vrf_session_detail_get_error (VrfSessionDetail *self);
GPtrArray *
vrf_session_detail_get_checks (VrfSessionDetail *self);
GPtrArray *
vrf_session_detail_get_links (VrfSessionDetail *self);
const VrfRisk *
vrf_session_detail_get_risk (VrfSessionDetail *self);

G_END_DECLS
