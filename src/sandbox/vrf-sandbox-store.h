/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "sandbox/vrf-stored.h"

G_BEGIN_DECLS

#define VRF_TYPE_SANDBOX_STORE (vrf_sandbox_store_get_type ())
G_DECLARE_FINAL_TYPE (VrfSandboxStore, vrf_sandbox_store, VRF, SANDBOX_STORE, GObject)

/* The whole */
VrfSandboxStore *
vrf_sandbox_store_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_sandbox_store_begin (VrfSandboxStore *self, GError **error);
gboolean
vrf_sandbox_store_commit (VrfSandboxStore *self, GError **error);
void
vrf_sandbox_store_rollback (VrfSandboxStore *self);
gboolean
vrf_sandbox_store_checkpoint (VrfSandboxStore *self, GError **error);

/* Settings by name */
gboolean
vrf_sandbox_store_get_meta (VrfSandboxStore *self,
                            const char *name,
                            char **ret_value,
                            GError **error);
gboolean
vrf_sandbox_store_set_meta (VrfSandboxStore *self,
                            const char *name,
                            const char *value,
                            GError **error);

/* Sessions */

/**
 * VrfSessionFilter:
 * @is_sandbox: the environment
 * @state: %VRF_STATE_UNKNOWN for any
 * @q: (nullable): part of the reference in any case, or the beginning of the id
 * @external_ref: (nullable): the whole reference
 * @workflow_id: (nullable): a workflow
 * @tag: (nullable): a tag it has
 * @created_after: %VRF_TIME_NONE, or the first moment
 * @created_before: %VRF_TIME_NONE, or the moment after the last
 * @limit: how many
 * @offset: how many newer ones to pass over
 *
 * What to list (verifa-api.md 3.2).
 */
typedef struct _VrfSessionFilter
{
  gboolean is_sandbox;
  VrfState state;
  const char *q;
  const char *external_ref;
  const char *workflow_id;
  const char *tag;
  gint64 created_after;
  gint64 created_before;
  guint limit;
  guint offset;
} VrfSessionFilter;

#define VRF_SESSION_FILTER_INIT                                                                    \
  {                                                                                                \
    .created_after = G_MININT64, .created_before = G_MININT64, .limit = 50                         \
  }

gboolean
vrf_sandbox_store_insert_session (VrfSandboxStore *self, VrfStoredSession *session, GError **error);
gboolean
vrf_sandbox_store_update_session (VrfSandboxStore *self,
                                  const VrfStoredSession *session,
                                  GError **error);
VrfStoredSession *
vrf_sandbox_store_get_session (VrfSandboxStore *self,
                               const char *id,
                               gboolean is_sandbox,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
VrfStoredSession *
vrf_sandbox_store_get_session_by_number (VrfSandboxStore *self,
                                         gint64 n,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_sandbox_store_list_sessions (VrfSandboxStore *self,
                                 const VrfSessionFilter *filter,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_sandbox_store_count_sessions (VrfSandboxStore *self,
                                  const VrfSessionFilter *filter,
                                  gint64 *ret_total,
                                  GError **error);
GArray *
vrf_sandbox_store_list_due (VrfSandboxStore *self, gint64 now, guint limit, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
GArray *
vrf_sandbox_store_list_ended (VrfSandboxStore *self, gint64 before, guint limit, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_sandbox_store_get_latest_time (VrfSandboxStore *self, gint64 *ret_us, GError **error);

/* Tokens and one-time links */
gboolean
vrf_sandbox_store_insert_token (VrfSandboxStore *self, const VrfStoredToken *token, GError **error);
VrfStoredToken *
vrf_sandbox_store_get_token (VrfSandboxStore *self,
                             const char *token,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_sandbox_store_set_visitor (VrfSandboxStore *self,
                               const char *token,
                               const char *visitor,
                               GError **error);
gboolean
vrf_sandbox_store_revoke_token (VrfSandboxStore *self, const char *token, GError **error);
gboolean
vrf_sandbox_store_insert_link (VrfSandboxStore *self, const VrfStoredLink *link, GError **error);
VrfStoredLink *
vrf_sandbox_store_get_link (VrfSandboxStore *self,
                            const char *id,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_sandbox_store_list_links (VrfSandboxStore *self,
                              gint64 session_n,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_sandbox_store_consume_link (VrfSandboxStore *self, const char *id, GError **error);
gboolean
vrf_sandbox_store_revoke_links (VrfSandboxStore *self, gint64 session_n, GError **error);
gboolean
vrf_sandbox_store_expire_links (VrfSandboxStore *self, gint64 now, GError **error);

/* Results, checks */
gboolean
vrf_sandbox_store_put_result (VrfSandboxStore *self, const VrfStoredResult *result, GError **error);
VrfStoredResult *
vrf_sandbox_store_get_result (VrfSandboxStore *self,
                              gint64 session_n,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_sandbox_store_drop_result (VrfSandboxStore *self, gint64 session_n, GError **error);
gboolean
vrf_sandbox_store_add_check (VrfSandboxStore *self,
                             gint64 session_n,
                             const VrfStoredCheck *check,
                             GError **error);
GPtrArray *
vrf_sandbox_store_list_checks (VrfSandboxStore *self,
                               gint64 session_n,
                               const char *policy,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_sandbox_store_finish_check (VrfSandboxStore *self,
                                gint64 session_n,
                                const VrfStoredCheck *check,
                                GError **error);
GArray *
vrf_sandbox_store_list_retried (VrfSandboxStore *self, gint64 now, guint limit, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Documents */
gboolean
vrf_sandbox_store_put_document (VrfSandboxStore *self,
                                const VrfStoredDocument *document,
                                GError **error);
VrfStoredDocument *
vrf_sandbox_store_get_document (VrfSandboxStore *self,
                                gint64 session_n,
                                const char *doc_type,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_sandbox_store_list_documents (VrfSandboxStore *self,
                                  gint64 session_n,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_sandbox_store_drop_documents (VrfSandboxStore *self,
                                  gint64 session_n,
                                  gint64 *ret_n,
                                  GError **error);

/* Idempotency */

/**
 * VrfStoredReply:
 * @key_id: whose request it was
 * @method: its method
 * @path: its path
 * @name: its `Idempotency-Key`
 * @body_sha256: of the canonical body
 * @status: what was answered
 * @body: (nullable): the answer before inflection
 * @sealed: (nullable): its secret, which is not in @body
 * @created_at: when
 *
 * An answer that may be given again (verifa-api.md 1.5). Borrowed texts.
 */
typedef struct
{
  const char *key_id;
  const char *method;
  const char *path;
  const char *name;
  const char *body_sha256;
  guint status;
  const char *body;
  GBytes *sealed;
  gint64 created_at;
} VrfStoredReply;

/**
 * VrfKeptReply:
 *
 * What is left of a VrfStoredReply. Owned.
 */
typedef struct
{
  char *body_sha256;
  guint status;
  char *body;
  GBytes *sealed;
} VrfKeptReply;

void
vrf_kept_reply_free (VrfKeptReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfKeptReply, vrf_kept_reply_free)

gboolean
vrf_sandbox_store_put_reply (VrfSandboxStore *self, const VrfStoredReply *reply, GError **error);
VrfKeptReply *
vrf_sandbox_store_find_reply (VrfSandboxStore *self,
                              const VrfStoredReply *request,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_sandbox_store_prune_replies (VrfSandboxStore *self, gint64 before, GError **error);

G_END_DECLS
