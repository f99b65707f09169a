/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times are microseconds since 1970-01-01T00:00:00Z in a gint64, everywhere. */

/** VRF_TIME_NONE: no time: the member was absent or null. */
#define VRF_TIME_NONE G_MININT64

gboolean
vrf_time_parse (const char *text, gint64 *ret_us, GError **error);
char *
vrf_time_format (gint64 us) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_time_format_ms (gint64 us) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
