/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean
vrf_identity_status_is_known (const char *status);
gboolean
vrf_identity_status_is_settable (const char *status);

G_END_DECLS
