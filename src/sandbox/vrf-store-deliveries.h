/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/**
 * VrfStoredDelivery:
 * @n: the row's number: deliveries go out in this order
 * @webhook_n: the endpoint's number
 * @webhook_id: (nullable): the endpoint's id; filled in when read
 * @subject: (nullable): the session that the event is about or comes from, by its id, or else the
 *   identity; deliveries of one endpoint with one subject never overtake each other
 * @event: its type
 * @url: where it went last, or will go first
 * @status: `pending`, `succeeded` or `failed`
 * @attempts: how often it was sent
 * @http_status: what the last attempt was answered; 0 for no answer
 * @problem: (nullable): why the last attempt failed
 * @response_ms: how long the last attempt took; -1 before the first
 * @due_at: when to send it; %VRF_TIME_NONE unless pending
 * @payload: what is sent, in snake case and without what the endpoint does not want: a JSON object
 * @last_attempt_at: when it was sent last
 *
 * One event on its way to one endpoint (verifa-api.md 5.2).
 */
typedef struct
{
  gint64 n;
  gint64 webhook_n;
  char *id;
  char *webhook_id;
  char *subject;
  char *event;
  char *url;
  char *status;
  int attempts;
  int http_status;
  char *problem;
  int response_ms;
  gint64 due_at;
  char *payload;
  gint64 created_at;
  gint64 last_attempt_at;
} VrfStoredDelivery;

VrfStoredDelivery *
vrf_stored_delivery_new (gint64 webhook_n, const char *url, const char *event, gint64 now)
    G_GNUC_WARN_UNUSED_RESULT;
void
vrf_stored_delivery_free (VrfStoredDelivery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfStoredDelivery, vrf_stored_delivery_free)

/**
 * VrfDeliveryFilter:
 * @webhook_n: the endpoint
 * @event: (nullable): of this type only
 * @date_from: %VRF_TIME_NONE, or the first moment
 * @date_to: %VRF_TIME_NONE, or the moment after the last
 * @limit: how many
 * @offset: how many newer ones to pass over
 *
 * Which deliveries to list.
 */
typedef struct
{
  gint64 webhook_n;
  const char *event;
  gint64 date_from;
  gint64 date_to;
  guint limit;
  guint offset;
} VrfDeliveryFilter;

gboolean
vrf_store_deliveries_insert (VrfSandboxStore *store,
                             const VrfStoredDelivery *delivery,
                             GError **error);
gboolean
vrf_store_deliveries_update (VrfSandboxStore *store,
                             const VrfStoredDelivery *delivery,
                             GError **error);
VrfStoredDelivery *
vrf_store_deliveries_get (VrfSandboxStore *store,
                          const char *id,
                          gboolean is_sandbox,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
VrfStoredDelivery *
vrf_store_deliveries_get_by_number (VrfSandboxStore *store,
                                    gint64 n,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_store_deliveries_list (VrfSandboxStore *store,
                           const VrfDeliveryFilter *filter,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_store_deliveries_count (VrfSandboxStore *store,
                            const VrfDeliveryFilter *filter,
                            gint64 *ret_total,
                            GError **error);
GPtrArray *
vrf_store_deliveries_list_of_subject (VrfSandboxStore *store,
                                      const char *subject,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The queue */
GArray *
vrf_store_deliveries_list_waiting (VrfSandboxStore *store,
                                   gint64 now,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_store_deliveries_list_due (VrfSandboxStore *store,
                               gint64 webhook_n,
                               gint64 now,
                               guint limit,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_store_deliveries_get_next_due (VrfSandboxStore *store,
                                   gint64 after,
                                   gint64 *ret_due_at,
                                   GError **error);

gboolean
vrf_store_deliveries_strip (VrfSandboxStore *store, const char *subject, GError **error);

G_END_DECLS
