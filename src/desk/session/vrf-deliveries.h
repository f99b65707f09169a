/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "api/vrf-api-webhooks.h"

G_BEGIN_DECLS

/*
 * The deliveries of one session's events. The API lists them by endpoint, so each endpoint is asked
 * for those of the session's time, newest first, and what belongs to other sessions is left out.
 * Gives VrfDelivery, oldest first.
 */
void
vrf_deliveries_find_async (VrfApiClient *client,
                           VrfSession *session,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
GPtrArray *
vrf_deliveries_find_finish (VrfApiClient *client,
                            GAsyncResult *result,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The payload to look at; what it holds of the person is covered. */
char *
vrf_deliveries_dup_payload (const VrfDelivery *delivery) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
