/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *
vrf_seal_close (const char *secret,
                const char *purpose,
                const char *text) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_seal_open (const char *secret, const char *purpose, GBytes *sealed) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
