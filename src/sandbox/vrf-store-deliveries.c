/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-store-deliveries.h"

#include "base/vrf-random.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-sandbox-store-private.h"

/** vrf_stored_delivery_new: Returns: (transfer full): a delivery that is due @now, without payload
 */
VrfStoredDelivery *
vrf_stored_delivery_new (gint64 webhook_n, const char *url, const char *event, gint64 now)
{
  VrfStoredDelivery *self = g_new0 (VrfStoredDelivery, 1);

  self->webhook_n = webhook_n;
  self->id = vrf_random_id ("whdel_");
  self->event = g_strdup (event);
  self->url = g_strdup (url);
  self->status = g_strdup ("pending");
  self->response_ms = -1;
  self->due_at = now;
  self->created_at = now;
  self->last_attempt_at = VRF_TIME_NONE;
  return self;
}

/** vrf_stored_delivery_free: frees @self (nullable) */
void
vrf_stored_delivery_free (VrfStoredDelivery *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->webhook_id);
  g_free (self->subject);
  g_free (self->event);
  g_free (self->url);
  g_free (self->status);
  g_free (self->problem);
  g_free (self->payload);
  g_free (self);
}

static VrfStatement *
prepare (VrfSandboxStore *store, const char *sql)
{
  return vrf_sqlite_statement (vrf_sandbox_store_get_db (store), sql);
}

static void
bind_progress (VrfStatement *statement, const VrfStoredDelivery *delivery)
{
  vrf_statement_bind_text (statement, ":url", delivery->url);
  vrf_statement_bind_text (statement, ":status", delivery->status);
  vrf_statement_bind_int (statement, ":attempts", delivery->attempts);
  vrf_statement_bind_int (statement, ":http_status", delivery->http_status);
  vrf_statement_bind_text (statement, ":problem", delivery->problem);
  vrf_statement_bind_int (statement, ":response_ms", delivery->response_ms);
  vrf_statement_bind_time (statement, ":due_at", delivery->due_at);
  vrf_statement_bind_time (statement, ":last_attempt_at", delivery->last_attempt_at);
}

/** vrf_store_deliveries_insert: adds a delivery; its number is not filled in */
gboolean
vrf_store_deliveries_insert (VrfSandboxStore *store,
                             const VrfStoredDelivery *delivery,
                             GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "INSERT INTO deliveries (id, webhook_n, subject, event, url, status, attempts,"
               " http_status, problem, response_ms, due_at, payload, created_at, last_attempt_at)"
               " VALUES (:id, :webhook_n, :subject, :event, :url, :status, :attempts,"
               " :http_status, :problem, :response_ms, :due_at, :payload, :created_at,"
               " :last_attempt_at)");

  vrf_statement_bind_text (statement, ":id", delivery->id);
  vrf_statement_bind_int (statement, ":webhook_n", delivery->webhook_n);
  vrf_statement_bind_text (statement, ":subject", delivery->subject);
  vrf_statement_bind_text (statement, ":event", delivery->event);
  vrf_statement_bind_text (statement, ":payload", delivery->payload);
  vrf_statement_bind_time (statement, ":created_at", delivery->created_at);
  bind_progress (statement, delivery);
  return vrf_statement_run (statement, error);
}

/** vrf_store_deliveries_update: writes how far it is; what it says does not change */
gboolean
vrf_store_deliveries_update (VrfSandboxStore *store,
                             const VrfStoredDelivery *delivery,
                             GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "UPDATE deliveries SET url = :url, status = :status, attempts = :attempts,"
               " http_status = :http_status, problem = :problem, response_ms = :response_ms,"
               " due_at = :due_at, last_attempt_at = :last_attempt_at WHERE n = :n");

  vrf_statement_bind_int (statement, ":n", delivery->n);
  bind_progress (statement, delivery);
  return vrf_statement_run (statement, error);
}

static gpointer
load (VrfStatement *statement)
{
  VrfStoredDelivery *delivery = g_new0 (VrfStoredDelivery, 1);

  delivery->n = vrf_statement_get_int (statement, "n");
  delivery->webhook_n = vrf_statement_get_int (statement, "webhook_n");
  delivery->id = vrf_statement_dup_text (statement, "id");
  delivery->webhook_id = vrf_statement_dup_text (statement, "webhook_id");
  delivery->subject = vrf_statement_dup_text (statement, "subject");
  delivery->event = vrf_statement_dup_text (statement, "event");
  delivery->url = vrf_statement_dup_text (statement, "url");
  delivery->status = vrf_statement_dup_text (statement, "status");
  delivery->attempts = (int) vrf_statement_get_int (statement, "attempts");
  delivery->http_status = (int) vrf_statement_get_int (statement, "http_status");
  delivery->problem = vrf_statement_dup_text (statement, "problem");
  delivery->response_ms = (int) vrf_statement_get_int (statement, "response_ms");
  delivery->due_at = vrf_statement_get_time (statement, "due_at");
  delivery->payload = vrf_statement_dup_text (statement, "payload");
  delivery->created_at = vrf_statement_get_time (statement, "created_at");
  delivery->last_attempt_at = vrf_statement_get_time (statement, "last_attempt_at");
  return delivery;
}

static GPtrArray *
get_all (VrfStatement *statement, GError **error)
{
  return vrf_sandbox_store_take_rows (
      statement, load, (GDestroyNotify) vrf_stored_delivery_free, error);
}

#define COLUMNS                                                                                    \
  "SELECT d.*, w.id AS webhook_id FROM deliveries AS d JOIN webhooks AS w ON w.n = d.webhook_n "

static VrfStoredDelivery *
get_one (VrfStatement *statement, GError **error)
{
  return vrf_sandbox_store_take_row (
      statement, load, (GDestroyNotify) vrf_stored_delivery_free, error);
}

/** vrf_store_deliveries_get: Returns: (nullable) (transfer full): the delivery, if its endpoint is
 * of that environment */
VrfStoredDelivery *
vrf_store_deliveries_get (VrfSandboxStore *store,
                          const char *id,
                          gboolean is_sandbox,
                          GError **error)
{
  VrfStatement *statement =
      prepare (store, COLUMNS "WHERE d.id = :id AND w.is_sandbox = :is_sandbox");

  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return get_one (statement, error);
}

/** vrf_store_deliveries_get_by_number: Returns: (nullable) (transfer full): the delivery, unless
 * its endpoint was deleted */
VrfStoredDelivery *
vrf_store_deliveries_get_by_number (VrfSandboxStore *store, gint64 n, GError **error)
{
  VrfStatement *statement = prepare (store, COLUMNS "WHERE d.n = :n");

  vrf_statement_bind_int (statement, ":n", n);
  return get_one (statement, error);
}

#define FILTER                                                                                     \
  "WHERE d.webhook_n = :webhook_n AND (:event IS NULL OR d.event = :event)"                        \
  " AND d.created_at >= :date_from AND d.created_at < :date_to "

static void
bind_filter (VrfStatement *statement, const VrfDeliveryFilter *filter)
{
  gint64 to = filter->date_to != VRF_TIME_NONE ? filter->date_to : G_MAXINT64;

  vrf_statement_bind_int (statement, ":webhook_n", filter->webhook_n);
  vrf_statement_bind_text (statement, ":event", filter->event);
  /* No time is the least number. */
  vrf_statement_bind_int (statement, ":date_from", filter->date_from);
  vrf_statement_bind_int (statement, ":date_to", to);
}

/** vrf_store_deliveries_list: Returns: (nullable) (transfer full) (element-type VrfStoredDelivery):
 * a page, newest first */
GPtrArray *
vrf_store_deliveries_list (VrfSandboxStore *store, const VrfDeliveryFilter *filter, GError **error)
{
  VrfStatement *statement =
      prepare (store, COLUMNS FILTER "ORDER BY d.n DESC LIMIT :limit OFFSET :offset");

  bind_filter (statement, filter);
  vrf_statement_bind_int (statement, ":limit", filter->limit);
  vrf_statement_bind_int (statement, ":offset", filter->offset);
  return get_all (statement, error);
}

/** vrf_store_deliveries_count: how many there are on all pages */
gboolean
vrf_store_deliveries_count (VrfSandboxStore *store,
                            const VrfDeliveryFilter *filter,
                            gint64 *ret_total,
                            GError **error)
{
  VrfStatement *statement =
      prepare (store, "SELECT count(*) AS total FROM deliveries AS d " FILTER);

  bind_filter (statement, filter);
  return vrf_sandbox_store_take_total (statement, ret_total, error);
}

/** vrf_store_deliveries_list_of_subject: Returns: (nullable) (transfer full) (element-type
 * VrfStoredDelivery): all that was told about @subject, a session's id among others, oldest first
 */
GPtrArray *
vrf_store_deliveries_list_of_subject (VrfSandboxStore *store, const char *subject, GError **error)
{
  VrfStatement *statement = prepare (store, COLUMNS "WHERE d.subject = :subject ORDER BY d.n");

  vrf_statement_bind_text (statement, ":subject", subject);
  return get_all (statement, error);
}

/** vrf_store_deliveries_list_waiting: Returns: (nullable) (transfer full) (element-type gint64):
 * numbers of the enabled endpoints that have something due */
GArray *
vrf_store_deliveries_list_waiting (VrfSandboxStore *store, gint64 now, GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "SELECT n FROM webhooks AS w WHERE enabled AND EXISTS (SELECT 1 FROM deliveries"
               " WHERE webhook_n = w.n AND status = 'pending' AND due_at <= :now)");

  vrf_statement_bind_time (statement, ":now", now);
  return vrf_sandbox_store_take_numbers (statement, error);
}

/**
 * vrf_store_deliveries_list_due:
 * @store: a store
 * @webhook_n: an endpoint
 * @now: the sandbox's time
 * @limit: how many
 * @error: from the database
 *
 * Returns: (nullable) (transfer full) (element-type VrfStoredDelivery): what may be sent now,
 *   oldest first: of each subject the first only that has not arrived
 */
GPtrArray *
vrf_store_deliveries_list_due (
    VrfSandboxStore *store, gint64 webhook_n, gint64 now, guint limit, GError **error)
{
  VrfStatement *statement = prepare (
      store,
      COLUMNS "WHERE d.webhook_n = :webhook_n AND d.status = 'pending' AND d.due_at <= :now"
              " AND (d.subject IS NULL OR NOT EXISTS (SELECT 1 FROM deliveries AS b"
              "  WHERE b.webhook_n = d.webhook_n AND b.subject = d.subject"
              "  AND b.status = 'pending' AND b.n < d.n)) ORDER BY d.n LIMIT :limit");

  vrf_statement_bind_int (statement, ":webhook_n", webhook_n);
  vrf_statement_bind_time (statement, ":now", now);
  vrf_statement_bind_int (statement, ":limit", limit);
  return get_all (statement, error);
}

/**
 * vrf_store_deliveries_get_next_due:
 * @store: a store
 * @after: a moment
 * @ret_due_at: (out): when the first retry after that is due; %VRF_TIME_NONE for none
 * @error: from the database
 */
gboolean
vrf_store_deliveries_get_next_due (VrfSandboxStore *store,
                                   gint64 after,
                                   gint64 *ret_due_at,
                                   GError **error)
{
  VrfStatement *statement = prepare (store,
                                     "SELECT min(due_at) AS due_at FROM deliveries"
                                     " WHERE status = 'pending' AND due_at > :after");

  vrf_statement_bind_time (statement, ":after", after);
  if (!vrf_sandbox_store_get_row (statement, error))
    return FALSE;
  *ret_due_at = vrf_statement_get_time (statement, "due_at");
  return vrf_statement_run (statement, error);
}

/**
 * vrf_store_deliveries_strip:
 * @store: a store
 * @subject: a session's id
 * @error: from the database
 *
 * Takes the results out of all that was or will be told about a session that is redacted: they hold
 * what was read from its documents (verifa-api.md 2.9).
 */
gboolean
vrf_store_deliveries_strip (VrfSandboxStore *store, const char *subject, GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "UPDATE deliveries SET payload = json_remove (payload, '$.result')"
               " WHERE subject = :subject");

  vrf_statement_bind_text (statement, ":subject", subject);
  return vrf_statement_run (statement, error);
}
