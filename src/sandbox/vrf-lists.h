/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-service.h"
#include "sandbox/vrf-store-lists.h"

G_BEGIN_DECLS

/**
 * VrfListQuery:
 * @is_sandbox: the environment
 * @list_ids: (nullable): in which of the active lists; %NULL is all
 * @list_type: what @value is
 * @value: as vrf_list_values_read() gives it
 *
 * What is looked up, and where.
 */
typedef struct
{
  gboolean is_sandbox;
  const char *const *list_ids;
  const char *list_type;
  JsonObject *value;
} VrfListQuery;

/* What custom lists do (verifa-api.md 7.5, 2.5 check_against_list). */

gboolean
vrf_lists_look_up (VrfSandboxStore *store,
                   const VrfListQuery *query,
                   GPtrArray *matches,
                   GError **error);
gboolean
vrf_lists_note_outcome (VrfSandboxStore *store,
                        const VrfStoredSession *session,
                        gint64 at,
                        GError **error);

/* Which workflows look at a list */
JsonArray *
vrf_lists_new_workflows (VrfSandboxStore *store,
                         const VrfList *list,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
