/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-store-webhooks.h"

#include "sandbox/vrf-sandbox-store-private.h"

/** vrf_stored_webhook_free: frees @self (nullable) */
void
vrf_stored_webhook_free (VrfStoredWebhook *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->url);
  g_free (self->label);
  g_free (self->description);
  g_free (self->enabled_events);
  g_free (self->blocklist);
  g_free (self->conditions);
  g_free (self->api_version);
  g_free (self->inflection);
  g_free (self->secret);
  g_free (self);
}

static VrfStatement *
prepare (VrfSandboxStore *store, const char *sql)
{
  return vrf_sqlite_statement (vrf_sandbox_store_get_db (store), sql);
}

/* What may change once an endpoint is there. */
static void
bind_settings (VrfStatement *statement, const VrfStoredWebhook *webhook)
{
  vrf_statement_bind_text (statement, ":url", webhook->url);
  vrf_statement_bind_text (statement, ":label", webhook->label);
  vrf_statement_bind_text (statement, ":description", webhook->description);
  vrf_statement_bind_int (statement, ":enabled", webhook->enabled);
  vrf_statement_bind_text (statement, ":enabled_events", webhook->enabled_events);
  vrf_statement_bind_text (statement, ":blocklist", webhook->blocklist);
  vrf_statement_bind_text (statement, ":conditions", webhook->conditions);
  vrf_statement_bind_text (statement, ":api_version", webhook->api_version);
  vrf_statement_bind_text (statement, ":inflection", webhook->inflection);
  vrf_statement_bind_text (statement, ":secret", webhook->secret);
  vrf_statement_bind_int (statement, ":failures", webhook->failures);
  vrf_statement_bind_time (statement, ":updated_at", webhook->updated_at);
}

/** vrf_store_webhooks_insert: adds an endpoint; its number is filled in */
gboolean
vrf_store_webhooks_insert (VrfSandboxStore *store, VrfStoredWebhook *webhook, GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "INSERT INTO webhooks (id, is_sandbox, url, label, description, enabled,"
               " enabled_events, blocklist, conditions, api_version, inflection, secret, failures,"
               " created_at, updated_at) VALUES (:id, :is_sandbox, :url, :label, :description,"
               " :enabled, :enabled_events, :blocklist, :conditions, :api_version, :inflection,"
               " :secret, :failures, :created_at, :updated_at) RETURNING n");

  vrf_statement_bind_text (statement, ":id", webhook->id);
  vrf_statement_bind_int (statement, ":is_sandbox", webhook->is_sandbox);
  vrf_statement_bind_time (statement, ":created_at", webhook->created_at);
  bind_settings (statement, webhook);
  if (!vrf_sandbox_store_get_row (statement, error))
    return FALSE;
  webhook->n = vrf_statement_get_int (statement, "n");
  return vrf_statement_run (statement, error);
}

/** vrf_store_webhooks_update: writes what can change: the settings, the secret, the failures */
gboolean
vrf_store_webhooks_update (VrfSandboxStore *store, const VrfStoredWebhook *webhook, GError **error)
{
  VrfStatement *statement =
      prepare (store,
               "UPDATE webhooks SET url = :url, label = :label, description = :description,"
               " enabled = :enabled, enabled_events = :enabled_events, blocklist = :blocklist,"
               " conditions = :conditions, api_version = :api_version, inflection = :inflection,"
               " secret = :secret, failures = :failures, updated_at = :updated_at WHERE n = :n");

  vrf_statement_bind_int (statement, ":n", webhook->n);
  bind_settings (statement, webhook);
  return vrf_statement_run (statement, error);
}

/** vrf_store_webhooks_delete: deletes an endpoint and all its deliveries */
gboolean
vrf_store_webhooks_delete (VrfSandboxStore *store, gint64 n, GError **error)
{
  VrfStatement *statement = prepare (store, "DELETE FROM webhooks WHERE n = :n");

  vrf_statement_bind_int (statement, ":n", n);
  return vrf_statement_run (statement, error);
}

static gpointer
load (VrfStatement *statement)
{
  VrfStoredWebhook *webhook = g_new0 (VrfStoredWebhook, 1);

  webhook->n = vrf_statement_get_int (statement, "n");
  webhook->id = vrf_statement_dup_text (statement, "id");
  webhook->is_sandbox = vrf_statement_get_int (statement, "is_sandbox") != 0;
  webhook->url = vrf_statement_dup_text (statement, "url");
  webhook->label = vrf_statement_dup_text (statement, "label");
  webhook->description = vrf_statement_dup_text (statement, "description");
  webhook->enabled = vrf_statement_get_int (statement, "enabled") != 0;
  webhook->enabled_events = vrf_statement_dup_text (statement, "enabled_events");
  webhook->blocklist = vrf_statement_dup_text (statement, "blocklist");
  webhook->conditions = vrf_statement_dup_text (statement, "conditions");
  webhook->api_version = vrf_statement_dup_text (statement, "api_version");
  webhook->inflection = vrf_statement_dup_text (statement, "inflection");
  webhook->secret = vrf_statement_dup_text (statement, "secret");
  webhook->failures = (int) vrf_statement_get_int (statement, "failures");
  webhook->created_at = vrf_statement_get_time (statement, "created_at");
  webhook->updated_at = vrf_statement_get_time (statement, "updated_at");
  return webhook;
}

static VrfStoredWebhook *
get_one (VrfStatement *statement, GError **error)
{
  return vrf_sandbox_store_take_row (
      statement, load, (GDestroyNotify) vrf_stored_webhook_free, error);
}

/** vrf_store_webhooks_get: Returns: (nullable) (transfer full): the endpoint, if it is of that
 * environment */
VrfStoredWebhook *
vrf_store_webhooks_get (VrfSandboxStore *store, const char *id, gboolean is_sandbox, GError **error)
{
  VrfStatement *statement =
      prepare (store, "SELECT * FROM webhooks WHERE id = :id AND is_sandbox = :is_sandbox");

  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return get_one (statement, error);
}

/** vrf_store_webhooks_get_by_number: Returns: (nullable) (transfer full): the endpoint of a
 * delivery */
VrfStoredWebhook *
vrf_store_webhooks_get_by_number (VrfSandboxStore *store, gint64 n, GError **error)
{
  VrfStatement *statement = prepare (store, "SELECT * FROM webhooks WHERE n = :n");

  vrf_statement_bind_int (statement, ":n", n);
  return get_one (statement, error);
}

static GPtrArray *
get_all (VrfStatement *statement, GError **error)
{
  return vrf_sandbox_store_take_rows (
      statement, load, (GDestroyNotify) vrf_stored_webhook_free, error);
}

/**
 * vrf_store_webhooks_list:
 * @store: a store
 * @is_sandbox: the environment
 * @limit: how many
 * @offset: how many newer ones to pass over
 * @error: from the database
 *
 * Returns: (nullable) (transfer full) (element-type VrfStoredWebhook): newest first
 */
GPtrArray *
vrf_store_webhooks_list (
    VrfSandboxStore *store, gboolean is_sandbox, guint limit, guint offset, GError **error)
{
  VrfStatement *statement = prepare (store,
                                     "SELECT * FROM webhooks WHERE is_sandbox = :is_sandbox"
                                     " ORDER BY n DESC LIMIT :limit OFFSET :offset");

  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  vrf_statement_bind_int (statement, ":limit", limit);
  vrf_statement_bind_int (statement, ":offset", offset);
  return get_all (statement, error);
}

/** vrf_store_webhooks_list_enabled: Returns: (nullable) (transfer full) (element-type
 * VrfStoredWebhook): whatever may be told an event, oldest first */
GPtrArray *
vrf_store_webhooks_list_enabled (VrfSandboxStore *store, gboolean is_sandbox, GError **error)
{
  VrfStatement *statement = prepare (
      store, "SELECT * FROM webhooks WHERE is_sandbox = :is_sandbox AND enabled ORDER BY n");

  vrf_statement_bind_int (statement, ":is_sandbox", is_sandbox);
  return get_all (statement, error);
}
