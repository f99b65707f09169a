/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * VrfIndexEntry:
 * @id: the session's id, never %NULL
 * @status: as the API wrote it (verifa-api.md 2.1), never %NULL
 * @result: the result's word (verifa-api.md 2.4), %NULL none
 * @risk_level: (nullable): the level's word (verifa-api.md 2.6)
 * @risk_score: 0 to 100, -1 unknown
 * @external_ref: (nullable): the organization's own reference
 * @workflow_id: (nullable): which workflow
 * @retention_status: (nullable): `active`, `sensitive_redacted` or `redacted` (verifa-api.md 2.9)
 * @tags: (nullable): %NULL is none
 * @created_at: as all times microseconds, %VRF_TIME_NONE unknown
 * @updated_at: the session's last change
 * @expires_at: when its link dies, while it has one
 * @finished_at: when the desk saw it end
 * @seen: somebody has opened its page since it ended
 *
 * What the desk remembers of a session. There is no member for anything personal, and none is to be
 * added: no name, no address, no metadata, no capture URL, nothing that was read from a document.
 */
typedef struct
{
  char *id;
  char *status;
  char *result;
  char *risk_level;
  int risk_score;
  char *external_ref;
  char *workflow_id;
  char *retention_status;
  GStrv tags;
  gint64 created_at;
  gint64 updated_at;
  gint64 expires_at;
  gint64 finished_at;
  gboolean seen;
} VrfIndexEntry;

VrfIndexEntry *
vrf_index_entry_new (const char *id, const char *status) G_GNUC_WARN_UNUSED_RESULT;
VrfIndexEntry *
vrf_index_entry_copy (const VrfIndexEntry *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_index_entry_equal (const VrfIndexEntry *a, const VrfIndexEntry *b);
/* Whether its personal data is gone on the server: then the index keeps no reference and no tag. */
gboolean
vrf_index_entry_is_redacted (const VrfIndexEntry *self);
void
vrf_index_entry_free (VrfIndexEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfIndexEntry, vrf_index_entry_free)

G_END_DECLS
