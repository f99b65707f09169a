/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VRF_TYPE_RISK_BAND (vrf_risk_band_get_type ())
G_DECLARE_FINAL_TYPE (VrfRiskBand, vrf_risk_band, VRF, RISK_BAND, GtkWidget)

GtkWidget *
vrf_risk_band_new (void);

void
vrf_risk_band_set_risk (VrfRiskBand *self, int score, const char *level);
void
vrf_risk_band_set_note (VrfRiskBand *self, const char *note);

G_END_DECLS
