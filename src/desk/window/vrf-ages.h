/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times as the lists write them: short, without "ago". All take microseconds since the epoch on the
 * server's clock; all give an owned text. */

/* "now", "3 min", "1 h", "Mon", "12 Nov", "12 Nov 2025"; empty for VRF_TIME_NONE */
char *
vrf_age_dup_short (gint64 then_us, gint64 now_us) G_GNUC_WARN_UNUSED_RESULT;
/* For tooltips: date and time of day here; empty for VRF_TIME_NONE */
char *
vrf_age_dup_full (gint64 then_us) G_GNUC_WARN_UNUSED_RESULT;
/* "16:52", "1:02:03"; "0:00" is never shown as time left, so NULL when it is over */
char *
vrf_countdown_dup (gint64 expires_us, gint64 now_us) G_GNUC_WARN_UNUSED_RESULT;
/* Less than three minutes are left: the alarm icon goes beside it. */
gboolean
vrf_countdown_is_soon (gint64 expires_us, gint64 now_us);
/* For a screen reader: "16 minutes left"; NULL when it is over */
char *
vrf_countdown_dup_spoken (gint64 expires_us, gint64 now_us) G_GNUC_WARN_UNUSED_RESULT;
/* "4 s", "4 min", "2 h": how old something is. */
char *
vrf_age_dup_span (int age_s) G_GNUC_WARN_UNUSED_RESULT;
/* "10:41" here; empty for VRF_TIME_NONE */
char *
vrf_age_dup_clock (gint64 then_us) G_GNUC_WARN_UNUSED_RESULT;
/* The last midnight here before @now_us. */
gint64
vrf_age_midnight (gint64 now_us);

G_END_DECLS
