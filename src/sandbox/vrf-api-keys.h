/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-store-keys.h"

G_BEGIN_DECLS

/* What the caller may say of a key, and what is said back (verifa-api.md 7.8). */
gboolean
vrf_api_keys_read (JsonObject *body, VrfStoredKey *key, gint64 now, VrfFieldErrors *errors);
gboolean
vrf_api_keys_is_usable (const VrfStoredKey *key, gint64 now);
gboolean
vrf_api_keys_admits (const VrfStoredKey *key, const char *peer);
char *
vrf_api_keys_dup_secret (gboolean is_sandbox) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *
vrf_api_keys_new_json (const VrfStoredKey *key, gint64 now) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_api_keys_add_secret (JsonObject *object, const char *secret);

G_END_DECLS
