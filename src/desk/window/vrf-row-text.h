/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-row.h"

G_BEGIN_DECLS

/* What the lists say of a row; translated, owned. */

/* The reference, or "No reference". */
char *
vrf_row_text_reference (VrfRow *row) G_GNUC_WARN_UNUSED_RESULT;
/* The whole row in one sentence, for a screen reader: GTK 4.8 cannot name a row itself. */
char *
vrf_row_text_sentence (VrfRow *row, gint64 now_us) G_GNUC_WARN_UNUSED_RESULT;
/* The second line of the narrow list: "Noah Lindqvist · 3 min" */
char *
vrf_row_text_second_line (VrfRow *row, gint64 now_us) G_GNUC_WARN_UNUSED_RESULT;
/* Time left as the lists show it; NULL when nothing runs out */
char *
vrf_row_text_countdown (VrfRow *row, gint64 now_us) G_GNUC_WARN_UNUSED_RESULT;
/* "low" as "Low"; a newer word stays as it is; NULL without one */
const char *
vrf_row_text_risk (VrfRow *row);

G_END_DECLS
