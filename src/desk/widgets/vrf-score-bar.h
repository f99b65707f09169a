/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VRF_TYPE_SCORE_BAR (vrf_score_bar_get_type ())
G_DECLARE_FINAL_TYPE (VrfScoreBar, vrf_score_bar, VRF, SCORE_BAR, GtkWidget)

GtkWidget *
vrf_score_bar_new (void);

void
vrf_score_bar_set_title (VrfScoreBar *self, const char *title);
void
vrf_score_bar_set_caption (VrfScoreBar *self, const char *caption);
void
vrf_score_bar_set_score (VrfScoreBar *self, double score);
void
vrf_score_bar_set_threshold (VrfScoreBar *self, double threshold);

G_END_DECLS
