/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/**
 * VrfCaseStatus:
 *
 * Where a review case is (verifa-api.md 7.3). Spelled by vrf_store_cases_statuses.
 */
typedef enum
{
  VRF_CASE_UNKNOWN,
  VRF_CASE_OPEN,
  VRF_CASE_IN_REVIEW,
  VRF_CASE_ESCALATED,
  VRF_CASE_PENDING_SECOND_REVIEW,
  VRF_CASE_APPROVED,
  VRF_CASE_REJECTED,
} VrfCaseStatus;

extern const VrfEnumNick vrf_store_cases_statuses[];

/**
 * VrfCaseTab:
 *
 * The heaps of the review queue. Spelled by vrf_store_cases_tabs.
 */
typedef enum
{
  VRF_CASE_TAB_UNKNOWN,
  VRF_CASE_TAB_UNASSIGNED,
  VRF_CASE_TAB_MINE,
  VRF_CASE_TAB_PENDING_SECOND_REVIEW,
  VRF_CASE_TAB_ESCALATED,
  VRF_CASE_TAB_ALL,
} VrfCaseTab;

/** VRF_CASE_N_TABS: how many tabs there are, the unknown one included. */
#define VRF_CASE_N_TABS (VRF_CASE_TAB_ALL + 1)

extern const VrfEnumNick vrf_store_cases_tabs[];

/**
 * VrfStoredCase:
 * @n: the row's number
 * @session_id: the id of the session it is about
 * @external_ref: (nullable): the session's
 * @assigned_to: (nullable): the reviewer whose it is
 * @claimed_at: when that reviewer took it; %VRF_TIME_NONE when it was only handed to them
 * @touched_at: when the claim was last worked with
 * @entered_review_at: when it entered the queue
 * @decided_at: when it was decided
 * @priority: `low`, `normal`, `high` or `urgent`
 * @tags: a JSON array of texts
 * @metadata: a JSON object
 * @custom_fields: a JSON object
 * @recommendation: (nullable): `approved` or `rejected`: what the first of two reviewers thinks
 * @recommended_by: (nullable): who that is
 * @recommended_reason: (nullable): `rejection_reason` of the recommendation
 * @recommended_code: (nullable): its `rejection_reason_code`
 * @recommended_block: whether it asks for the blocklist
 *
 * A review case (verifa-api.md 7.3). Texts are owned; times are microseconds of the sandbox's
 * clock.
 */
typedef struct
{
  gint64 n;
  char *id;
  gint64 session_n;
  char *session_id;
  char *external_ref;
  gboolean is_sandbox;
  VrfCaseStatus status;
  gint64 created_at;
  char *assigned_to;
  gint64 claimed_at;
  gint64 touched_at;
  gint64 entered_review_at;
  gint64 decided_at;
  char *priority;
  char *tags;
  char *metadata;
  char *custom_fields;
  char *recommendation;
  char *recommended_by;
  char *recommended_reason;
  char *recommended_code;
  gboolean recommended_block;
} VrfStoredCase;

void
vrf_stored_case_free (VrfStoredCase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfStoredCase, vrf_stored_case_free)

/**
 * VrfCaseFilter:
 * @is_sandbox: the environment
 * @status: %VRF_CASE_UNKNOWN for any
 * @tab: %VRF_CASE_TAB_UNKNOWN for any
 * @me: whose the tab `mine` is; needed for that tab only
 * @assigned_to: (nullable): a reviewer
 * @priority: (nullable): a priority
 * @tags: (nullable): a JSON array: tags it has, all of them
 * @q: (nullable): part of the session's reference in any case, or the beginning of an id
 * @limit: how many
 * @offset: how many newer ones to pass over
 *
 * What to list. Borrowed texts.
 */
typedef struct
{
  gboolean is_sandbox;
  VrfCaseStatus status;
  VrfCaseTab tab;
  const char *me;
  const char *assigned_to;
  const char *priority;
  const char *tags;
  const char *q;
  guint limit;
  guint offset;
} VrfCaseFilter;

#define VRF_CASE_FILTER_INIT                                                                       \
  {                                                                                                \
    .limit = 50                                                                                    \
  }

/* What a session's events do to its case */
gboolean
vrf_store_cases_open (VrfSandboxStore *store,
                      const VrfStoredSession *session,
                      gint64 now,
                      GError **error);
gboolean
vrf_store_cases_close (VrfSandboxStore *store,
                       const VrfStoredSession *session,
                       gint64 now,
                       GError **error);
gboolean
vrf_store_cases_drop (VrfSandboxStore *store, gint64 session_n, GError **error);
gboolean
vrf_store_cases_redact (VrfSandboxStore *store, gint64 session_n, GError **error);

/* Cases */
VrfStoredCase *
vrf_store_cases_get (VrfSandboxStore *store, const char *id, gboolean is_sandbox, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
VrfStoredCase *
vrf_store_cases_get_of_session (VrfSandboxStore *store,
                                gint64 session_n,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
VrfStoredCase *
vrf_store_cases_get_next (VrfSandboxStore *store,
                          gboolean is_sandbox,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_store_cases_list (VrfSandboxStore *store,
                      const VrfCaseFilter *filter,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_store_cases_count (VrfSandboxStore *store,
                       const VrfCaseFilter *filter,
                       gint64 *ret_total,
                       GError **error);
GPtrArray *
vrf_store_cases_list_lapsed (VrfSandboxStore *store,
                             gint64 touched_before,
                             guint limit,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_store_cases_update (VrfSandboxStore *store,
                        const VrfStoredCase *self,
                        gint64 at,
                        GError **error);

/* Demo cases */
gboolean
vrf_store_cases_set_demo (VrfSandboxStore *store, gint64 session_n, GError **error);
gboolean
vrf_store_cases_count_demo (VrfSandboxStore *store, gint64 *ret_total, GError **error);

G_END_DECLS
