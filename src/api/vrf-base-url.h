/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *
vrf_base_url_normalize (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_base_url_is_loopback (const char *base_url);

G_END_DECLS
