/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every scope there is, and those of a key that was made without naming any, up to a %NULL
 * (verifa-api.md 1.2). */
extern const char *const vrf_scopes_all[];
extern const char *const vrf_scopes_default[];

G_END_DECLS
