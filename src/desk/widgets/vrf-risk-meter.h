/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The API's risk levels (verifa-api.md 2.3), in their order: 1 low to 4 critical, 0 unknown. */
guint
vrf_risk_level_rank (const char *level);
const char *
vrf_risk_level_word (const char *level);
const char *
vrf_risk_level_colour_name (const char *level);

#define VRF_TYPE_RISK_METER (vrf_risk_meter_get_type ())
G_DECLARE_FINAL_TYPE (VrfRiskMeter, vrf_risk_meter, VRF, RISK_METER, GtkWidget)

GtkWidget *
vrf_risk_meter_new (void);

void
vrf_risk_meter_set_level (VrfRiskMeter *self, const char *level);
void
vrf_risk_meter_set_score (VrfRiskMeter *self, int score);
void
vrf_risk_meter_set_show_word (VrfRiskMeter *self, gboolean show_word);

G_END_DECLS
