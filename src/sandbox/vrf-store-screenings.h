/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/**
 * VrfScreening:
 * @n: the row's number; 0 before it is inserted
 * @status: `clear` or `hit`
 * @session_n: the session it was made for; 0 for none
 * @session_id: (nullable): that session, when it was read
 * @identity_n: whose it is, if not whoever has the reference; 0 otherwise, and when it was read
 * @identity_id: (nullable): the person, when it was read
 * @batch_id: (nullable): shared by checks that were asked for together
 * @tags: a JSON array of texts
 * @subject: a JSON object: what was looked at; personal data
 * @result: a JSON object
 * @hits: a JSON array of objects
 * @redacted_at: when its personal data was deleted
 *
 * A standalone check (verifa-api.md 7.4). Owned texts.
 */
typedef struct
{
  gint64 n;
  char *id;
  gboolean is_sandbox;
  char *check_type;
  char *status;
  char *external_ref;
  gint64 session_n;
  char *session_id;
  gint64 identity_n;
  char *identity_id;
  gboolean monitoring;
  char *batch_id;
  char *tags;
  char *subject;
  char *result;
  char *hits;
  gint64 redacted_at;
  gint64 created_at;
  gint64 updated_at;
} VrfScreening;

VrfScreening *
vrf_screening_new (void) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_screening_free (VrfScreening *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfScreening, vrf_screening_free)

/**
 * VrfScreeningFilter:
 * @is_sandbox: the environment
 * @check_type: (nullable): a type
 * @status: (nullable): a status
 * @external_ref: (nullable): with which reference
 * @session_n: a session's, or 0
 * @identity_n: an identity's, or 0
 * @limit: how many
 * @offset: how many newer ones to pass over
 *
 * What to list, newest first.
 */
typedef struct
{
  gboolean is_sandbox;
  const char *check_type;
  const char *status;
  const char *external_ref;
  gint64 session_n;
  gint64 identity_n;
  guint limit;
  guint offset;
} VrfScreeningFilter;

/* What is not there is %NULL without an error. */
gboolean
vrf_store_screenings_insert (VrfSandboxStore *store, const VrfScreening *check, GError **error);
gboolean
vrf_store_screenings_update (VrfSandboxStore *store, const VrfScreening *check, GError **error);
VrfScreening *
vrf_store_screenings_get (VrfSandboxStore *store,
                          const char *id,
                          gboolean is_sandbox,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_store_screenings_list (VrfSandboxStore *store,
                           const VrfScreeningFilter *filter,
                           gint64 *ret_total,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What merges move */
gboolean
vrf_store_screenings_count_standalone (VrfSandboxStore *store,
                                       gint64 identity_n,
                                       gint64 *ret_total,
                                       GError **error);
gboolean
vrf_store_screenings_move (
    VrfSandboxStore *store, gint64 from_n, gint64 to_n, gint64 now, GError **error);

G_END_DECLS
