/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/**
 * VrfStoredWebhook:
 * @n: the row's number; 0 before it is inserted
 * @label: (nullable): what a person calls it
 * @description: (nullable): what it is for
 * @enabled_events: a JSON array of event types; empty is all
 * @blocklist: a JSON array of attribute paths
 * @conditions: a JSON object
 * @api_version: (nullable): the version of the API it was written for
 * @inflection: `snake`, `camel` or `kebab`
 * @secret: what its deliveries are signed with
 * @failures: how many deliveries have failed for good since the last that arrived
 *
 * A webhook endpoint (verifa-api.md 5.1). Texts are owned, times are the sandbox's.
 */
typedef struct
{
  gint64 n;
  char *id;
  gboolean is_sandbox;
  char *url;
  char *label;
  char *description;
  gboolean enabled;
  char *enabled_events;
  char *blocklist;
  char *conditions;
  char *api_version;
  char *inflection;
  char *secret;
  int failures;
  gint64 created_at;
  gint64 updated_at;
} VrfStoredWebhook;

void
vrf_stored_webhook_free (VrfStoredWebhook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfStoredWebhook, vrf_stored_webhook_free)

gboolean
vrf_store_webhooks_insert (VrfSandboxStore *store, VrfStoredWebhook *webhook, GError **error);
gboolean
vrf_store_webhooks_update (VrfSandboxStore *store, const VrfStoredWebhook *webhook, GError **error);
gboolean
vrf_store_webhooks_delete (VrfSandboxStore *store, gint64 n, GError **error);
VrfStoredWebhook *
vrf_store_webhooks_get (VrfSandboxStore *store, const char *id, gboolean is_sandbox, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
VrfStoredWebhook *
vrf_store_webhooks_get_by_number (VrfSandboxStore *store,
                                  gint64 n,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_store_webhooks_list (VrfSandboxStore *store,
                         gboolean is_sandbox,
                         guint limit,
                         guint offset,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_store_webhooks_list_enabled (VrfSandboxStore *store,
                                 gboolean is_sandbox,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
