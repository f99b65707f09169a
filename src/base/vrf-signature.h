/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *
vrf_signature_hmac_hex (const char *secret,
                        const void *data,
                        gsize length) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_signature_sign (const char *secret, gint64 unix_s, GBytes *body) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_signature_equal (const char *a, const char *b);

G_END_DECLS
