/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/**
 * VrfFile:
 * @status: `uploaded`, `processing`, `verified`, `rejected` or `redacted`
 * @session_n: the session it belongs to; 0 for none
 * @session_id: (nullable): that session, when it was read
 * @identity_id: (nullable): the person it belongs to
 * @mime_type: (nullable): told from the bytes
 * @filename: (nullable): what the caller calls it
 * @metadata: a JSON object
 * @source: `api`, or `capture`: what an applicant gave
 * @fields: (nullable): a JSON object: what was read from it
 * @confidence: (nullable): a JSON object: how sure that is
 *
 * A document of the stand-alone API (verifa-api.md 7.6). Owned texts.
 */
typedef struct
{
  char *id;
  gboolean is_sandbox;
  char *document_type;
  char *status;
  gint64 session_n;
  char *session_id;
  char *identity_id;
  char *classification;
  char *mime_type;
  gint64 size;
  char *filename;
  char *metadata;
  char *source;
  char *fields;
  char *confidence;
  gint64 created_at;
  gint64 updated_at;
} VrfFile;

void
vrf_file_free (VrfFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfFile, vrf_file_free)

/**
 * VrfFileFilter:
 *
 * What to list, newest first; %NULL is any.
 */
typedef struct
{
  gboolean is_sandbox;
  const char *status;
  const char *classification;
  const char *session_id;
  const char *identity_id;
  const char *document_type;
  guint limit;
  guint offset;
} VrfFileFilter;

/* What is not there is %NULL without an error. */
gboolean
vrf_store_files_insert (VrfSandboxStore *store, const VrfFile *file, GBytes *data, GError **error);
gboolean
vrf_store_files_update (VrfSandboxStore *store, const VrfFile *file, GError **error);
gboolean
vrf_store_files_redact (VrfSandboxStore *store, const char *id, gint64 now, GError **error);
VrfFile *
vrf_store_files_get (VrfSandboxStore *store, const char *id, gboolean is_sandbox, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
GBytes *
vrf_store_files_get_data (VrfSandboxStore *store,
                          const char *id,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_store_files_list (VrfSandboxStore *store,
                      const VrfFileFilter *filter,
                      gint64 *ret_total,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What merges move */
gboolean
vrf_store_files_count_of_identity (VrfSandboxStore *store,
                                   const char *identity_id,
                                   gint64 *ret_total,
                                   GError **error);
gboolean
vrf_store_files_move (
    VrfSandboxStore *store, const char *from_id, const char *to_id, gint64 now, GError **error);

G_END_DECLS
