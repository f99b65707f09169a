/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-store"

#include "config.h"

#include "store/vrf-index-entry.h"

#include "base/vrf-time.h"

/**
 * vrf_index_entry_new:
 * @id: a session's id
 * @status: as the API wrote it
 *
 * Returns: (transfer full): an entry of which nothing else is known
 */
VrfIndexEntry *
vrf_index_entry_new (const char *id, const char *status)
{
  VrfIndexEntry *self = g_new0 (VrfIndexEntry, 1);

  self->id = g_strdup (id);
  self->status = g_strdup (status);
  self->risk_score = -1;
  self->created_at = VRF_TIME_NONE;
  self->updated_at = VRF_TIME_NONE;
  self->expires_at = VRF_TIME_NONE;
  self->finished_at = VRF_TIME_NONE;
  return self;
}

/** vrf_index_entry_copy: Returns: (transfer full): the same once more */
VrfIndexEntry *
vrf_index_entry_copy (const VrfIndexEntry *self)
{
  VrfIndexEntry *copy = g_memdup2 (self, sizeof *self);

  copy->id = g_strdup (self->id);
  copy->status = g_strdup (self->status);
  copy->result = g_strdup (self->result);
  copy->risk_level = g_strdup (self->risk_level);
  copy->external_ref = g_strdup (self->external_ref);
  copy->workflow_id = g_strdup (self->workflow_id);
  copy->retention_status = g_strdup (self->retention_status);
  copy->tags = g_strdupv (self->tags);
  return copy;
}

static gboolean
tags_equal (const VrfIndexEntry *a, const VrfIndexEntry *b)
{
  static const char *const none[] = { NULL };

  return g_strv_equal (a->tags != NULL ? (const char *const *) a->tags : none,
                       b->tags != NULL ? (const char *const *) b->tags : none);
}

/** vrf_index_entry_equal: Returns: whether both say the same */
gboolean
vrf_index_entry_equal (const VrfIndexEntry *a, const VrfIndexEntry *b)
{
  return g_str_equal (a->id, b->id) && g_str_equal (a->status, b->status)
         && g_strcmp0 (a->result, b->result) == 0 && g_strcmp0 (a->risk_level, b->risk_level) == 0
         && a->risk_score == b->risk_score && g_strcmp0 (a->external_ref, b->external_ref) == 0
         && g_strcmp0 (a->workflow_id, b->workflow_id) == 0
         && g_strcmp0 (a->retention_status, b->retention_status) == 0 && tags_equal (a, b)
         && a->created_at == b->created_at && a->updated_at == b->updated_at
         && a->expires_at == b->expires_at && a->finished_at == b->finished_at
         && !a->seen == !b->seen;
}

/** vrf_index_entry_is_redacted: Returns: whether the server has redacted the session */
gboolean
vrf_index_entry_is_redacted (const VrfIndexEntry *self)
{
  return g_strcmp0 (self->retention_status, "redacted") == 0;
}

/** vrf_index_entry_free: @self nullable */
void
vrf_index_entry_free (VrfIndexEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->status);
  g_free (self->result);
  g_free (self->risk_level);
  g_free (self->external_ref);
  g_free (self->workflow_id);
  g_free (self->retention_status);
  g_strfreev (self->tags);
  g_free (self);
}
