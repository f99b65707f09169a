/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/**
 * VrfStoredKey:
 * @is_sandbox: the environment
 * @prefix: its beginning, enough to know it by: "vk_live_abc1"
 * @is_active: not expired by somebody
 * @label: (nullable): the caller's
 * @note: (nullable): the caller's
 * @scopes: (nullable): what it may do; %NULL is everything
 * @api_version: (nullable): what it is pinned to
 * @inflection: how replies are spelled that do not say
 * @allowed_ips: (nullable): addresses and ranges it may come from; %NULL is any
 * @expires_at: when it ends by itself
 * @last_used_at: to the minute
 *
 * An API key (verifa-api.md 1.2, 7.8). The key itself is not kept here, only its SHA-256.
 */
typedef struct
{
  char *id;
  gboolean is_sandbox;
  char *prefix;
  gboolean is_active;
  gint64 created_at;
  char *label;
  char *note;
  GStrv scopes;
  char *api_version;
  char *inflection;
  GStrv allowed_ips;
  gint64 expires_at;
  gint64 last_used_at;
} VrfStoredKey;

void
vrf_stored_key_free (VrfStoredKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfStoredKey, vrf_stored_key_free)

gboolean
vrf_sandbox_store_set_root_key (
    VrfSandboxStore *self, gboolean is_sandbox, const char *key, gint64 now, GError **error);
VrfStoredKey *
vrf_sandbox_store_find_key (VrfSandboxStore *self,
                            const char *key,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean
vrf_store_keys_insert (VrfSandboxStore *store,
                       VrfStoredKey *key,
                       const char *secret,
                       GError **error);
gboolean
vrf_store_keys_update (VrfSandboxStore *store, const VrfStoredKey *key, GError **error);
gboolean
vrf_store_keys_end (VrfSandboxStore *store, const VrfStoredKey *key, GError **error);
gboolean
vrf_store_keys_note_use (VrfSandboxStore *store, VrfStoredKey *key, gint64 now, GError **error);
VrfStoredKey *
vrf_store_keys_get (VrfSandboxStore *store, const char *id, gboolean is_sandbox, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_store_keys_list (VrfSandboxStore *store,
                     gboolean is_sandbox,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
