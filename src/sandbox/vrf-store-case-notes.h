/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/**
 * VrfStoredCaseNote:
 * @author_name: a reviewer, or the beginning of an API key
 * @author_type: `api` or `org`
 *
 * What somebody noted about a case (verifa-api.md 7.3). Texts are owned.
 */
typedef struct
{
  char *id;
  char *author_name;
  char *author_type;
  char *content;
  gint64 created_at;
} VrfStoredCaseNote;

void
vrf_stored_case_note_free (VrfStoredCaseNote *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfStoredCaseNote, vrf_stored_case_note_free)

gboolean
vrf_store_case_notes_add (VrfSandboxStore *store,
                          gint64 case_n,
                          const VrfStoredCaseNote *note,
                          GError **error);
GPtrArray *
vrf_store_case_notes_list (VrfSandboxStore *store,
                           gint64 case_n,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_store_case_notes_count (VrfSandboxStore *store,
                            gint64 case_n,
                            gint64 *ret_total,
                            GError **error);

G_END_DECLS
