/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void
vrf_random_bytes (guint8 *bytes, gsize length);
char *
vrf_random_hex (gsize n_bytes) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_random_base64url (gsize n_bytes) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_random_id (const char *prefix) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
