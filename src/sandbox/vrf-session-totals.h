/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/vrf-sqlite.h"

G_BEGIN_DECLS

typedef struct _VrfSessionFilter VrfSessionFilter;
typedef struct _VrfSessionTotals VrfSessionTotals;

/**
 * VrfSessionMove:
 * @VRF_SESSION_LEAVES: its row is about to change
 * @VRF_SESSION_CAME: its row is as it will stay
 */
typedef enum
{
  VRF_SESSION_LEAVES = -1,
  VRF_SESSION_CAME = 1,
} VrfSessionMove;

VrfSessionTotals *
vrf_session_totals_new (VrfSqlite *db) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_session_totals_free (VrfSessionTotals *self);

gboolean
vrf_session_totals_get (VrfSessionTotals *self, const VrfSessionFilter *filter, gint64 *ret_total);
void
vrf_session_totals_keep (VrfSessionTotals *self, const VrfSessionFilter *filter, gint64 total);
gboolean
vrf_session_totals_note (VrfSessionTotals *self, gint64 n, VrfSessionMove move, GError **error);
void
vrf_session_totals_forget (VrfSessionTotals *self);

G_END_DECLS
