/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-row.h"

G_BEGIN_DECLS

/* The sidebar's views (DESIGN 5.1), in their order. The nick is what GSettings "view" keeps. */
typedef enum
{
  VRF_VIEW_NOW,
  VRF_VIEW_ATTENTION,
  VRF_VIEW_TODAY,
  VRF_VIEW_APPROVED,
  VRF_VIEW_REJECTED,
  VRF_VIEW_EXPIRED,
  VRF_VIEW_ALL,
  VRF_N_VIEWS,
} VrfView;

const char *
vrf_view_get_nick (VrfView view);
VrfView
vrf_view_from_nick (const char *nick); /* VRF_VIEW_TODAY when unknown */
const char *
vrf_view_get_title (VrfView view); /* translated */
const char *
vrf_view_get_icon_name (VrfView view);
/* @midnight_us: the last local midnight */
gboolean
vrf_view_matches (VrfView view, VrfRow *row, gint64 midnight_us);

G_END_DECLS
