/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * API keys in the Secret Service, or in the secret portal: schema com.withverifa.Desk.Key,
 * attribute profile (DESIGN 8). Errors: VRF_ERROR_SECRET, whose message names the service that is
 * missing or refuses and says that a key can be used for this run only; G_IO_ERROR_CANCELLED.
 */

void
vrf_secrets_lookup_async (const char *profile_id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* Transfer full; NULL without an error when no key is kept. */
char *
vrf_secrets_lookup_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @name: what password managers show beside "Verifa API key", nullable */
void
vrf_secrets_store_async (const char *profile_id,
                         const char *name,
                         const char *api_key,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean
vrf_secrets_store_finish (GAsyncResult *result, GError **error);

/* It is no error when there is none. */
void
vrf_secrets_clear_async (const char *profile_id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean
vrf_secrets_clear_finish (GAsyncResult *result, GError **error);

G_END_DECLS
