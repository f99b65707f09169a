/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times as people at the desk read them: local, short. Server times in, µs; nothing for none. */

char *
vrf_moment_dup_clock (gint64 us) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_moment_dup_seconds (gint64 us) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_moment_dup_full (gint64 us) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_moment_dup_ago (gint64 us, gint64 now_us) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_moment_dup_span (gint64 span_us) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_moment_dup_duration (int duration_ms) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
