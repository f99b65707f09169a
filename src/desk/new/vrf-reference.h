/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Month and day, then one in a million. */
#define VRF_REFERENCE_DEFAULT_PATTERN "FD-%m%d-????"

char *
vrf_reference_make (const char *pattern, GDateTime *now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
