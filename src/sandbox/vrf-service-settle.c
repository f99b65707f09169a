/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-service-private.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-cases.h"
#include "sandbox/vrf-idempotency.h"
#include "sandbox/vrf-retention.h"
#include "sandbox/vrf-workflow-run.h"

/* What time brings about by itself (verifa-api.md 8.3). */

#define DUE_BATCH 500
#define PRUNE_EVERY_US VRF_SECONDS (60 * 60)

/* The caller of a live session may ask for another outcome (verifa-api.md 8.3). */
static const VrfPreset *
get_wanted_preset (const VrfStoredSession *session)
{
  g_autoptr (JsonNode) root = vrf_stored_parse (session->metadata);
  const VrfPreset *preset = NULL;

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    {
      JsonNode *node = json_object_get_member (json_node_get_object (root), "_simulate");
      const char *action = node != NULL && JSON_NODE_HOLDS_VALUE (node)
                                   && json_node_get_value_type (node) == G_TYPE_STRING
                               ? json_node_get_string (node)
                               : NULL;

      if (g_strcmp0 (action, "decline") == 0 || g_strcmp0 (action, "require-review") == 0)
        preset = vrf_presets_find_action (action);
    }
  return preset != NULL ? preset : vrf_presets_find ("approve");
}

/* What another system said counts for more. */
static const VrfPreset *
get_live_preset (VrfService *self, const VrfStoredSession *session, GError **error)
{
  gboolean failed = FALSE;

  if (!vrf_workflow_run_failed_gate (self->store, session, &failed, error))
    return NULL;
  return failed ? vrf_presets_get_gate_rejected () : get_wanted_preset (session);
}

static gboolean
end_run (VrfService *self, VrfStoredSession *session, GError **error)
{
  const VrfPreset *preset = get_live_preset (self, session, error);

  return preset != NULL
         && vrf_service_apply_at (
             self, session, VRF_EVENT_PROCESSED, preset, session->run_ends_at, error);
}

static gboolean
read_session (VrfService *self, gint64 n, VrfStoredSession **ret_session, GError **error)
{
  g_autoptr (GError) local = NULL;

  *ret_session = vrf_sandbox_store_get_session_by_number (self->store, n, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
settle_one (VrfService *self, gint64 n, GError **error)
{
  g_autoptr (VrfStoredSession) session = NULL;

  if (!read_session (self, n, &session, error))
    return FALSE;
  if (session == NULL)
    return TRUE;
  if (session->state == VRF_STATE_PROCESSING)
    return end_run (self, session, error);
  return vrf_service_apply_at (
      self, session, VRF_EVENT_TIMEOUT, NULL, session->token_expires_at, error);
}

static gboolean
end_retention (VrfService *self, gint64 n, GError **error)
{
  g_autoptr (VrfStoredSession) session = NULL;

  if (!read_session (self, n, &session, error))
    return FALSE;
  return session == NULL
         || vrf_service_apply_at (self,
                                  session,
                                  VRF_EVENT_RETENTION,
                                  NULL,
                                  vrf_retention_get_end (self->organization, session),
                                  error);
}

typedef gboolean (*Settle) (VrfService *self, gint64 n, GError **error);
typedef GArray *(*ListDue) (VrfSandboxStore *store, gint64 at, guint limit, GError **error);

static gboolean
settle_batch (VrfService *self, GArray *due, Settle settle, GError **error)
{
  for (guint i = 0; i < due->len; i++)
    if (!settle (self, g_array_index (due, gint64, i), error))
      return FALSE;
  return TRUE;
}

/* Settles whatever @list finds at @at, one transaction a batch. */
static gboolean
settle_all (VrfService *self, ListDue list, gint64 at, Settle settle, GError **error)
{
  for (;;)
    {
      g_autoptr (GArray) due = list (self->store, at, DUE_BATCH, error);

      if (due == NULL)
        return FALSE;
      if (due->len == 0)
        return TRUE;
      if (!vrf_sandbox_store_begin (self->store, error)
          || !vrf_service_end (self, settle_batch (self, due, settle, error), error))
        return FALSE;
    }
}

static gboolean
settle_retention (VrfService *self, gint64 now, GError **error)
{
  gint64 cutoff = vrf_retention_get_cutoff (self->organization, now);

  return cutoff == VRF_TIME_NONE
         || (settle_all (self, vrf_sandbox_store_list_ended, cutoff, end_retention, error)
             && vrf_service_purge (self, error));
}

static gboolean
prune (VrfService *self, gint64 now, GError **error)
{
  if (self->pruned_at != VRF_TIME_NONE && now - self->pruned_at < PRUNE_EVERY_US)
    return TRUE;
  self->pruned_at = now;
  return vrf_sandbox_store_prune_replies (
      self->store, now - VRF_SECONDS (VRF_IDEMPOTENCY_LIFE_S), error);
}

/**
 * vrf_service_settle:
 * @self: a service
 * @error: from the database
 *
 * Brings the database up to the clock: tokens and links that are over, live runs and claims that
 * are over, data that is no longer to be kept (verifa-api.md 8.3), and the settings up to the
 * database. Called before every answer, and by the sweep.
 */
gboolean
vrf_service_settle (VrfService *self, GError **error)
{
  gint64 now = vrf_service_get_now (self);

  return vrf_organization_refresh (&self->organization, self->store, error)
         && settle_all (self, vrf_sandbox_store_list_due, now, settle_one, error)
         && settle_all (
             self, vrf_sandbox_store_list_retried, now, vrf_service_finish_retries, error)
         && vrf_cases_settle (self, now, error) && settle_retention (self, now, error)
         && vrf_sandbox_store_expire_links (self->store, now, error) && prune (self, now, error);
}

/** vrf_service_want_purge: personal data is being deleted in this transaction */
void
vrf_service_want_purge (VrfService *self)
{
  self->must_purge = TRUE;
}

/**
 * vrf_service_purge:
 * @self: a service outside of any transaction
 * @error: from the database
 *
 * What a redaction deleted stays in the write-ahead log until it is emptied. To be called after the
 * transaction; nothing happens when there was no redaction.
 */
gboolean
vrf_service_purge (VrfService *self, GError **error)
{
  if (!self->must_purge)
    return TRUE;
  if (!vrf_sandbox_store_checkpoint (self->store, error))
    return FALSE;
  self->must_purge = FALSE;
  return TRUE;
}
