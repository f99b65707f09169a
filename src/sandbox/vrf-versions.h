/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** VRF_VERSIONS_CURRENT: what a new API key is pinned to (verifa-api.md 1.3). */
#define VRF_VERSIONS_CURRENT "2026-01-01"

char *
vrf_versions_dup_problem (const char *version) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
