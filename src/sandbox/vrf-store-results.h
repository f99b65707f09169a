/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/**
 * VrfResultFilter:
 * @is_sandbox: the environment
 * @status: (nullable): `approved`, `rejected`, `needs_review`
 * @created_after: the first moment, %G_MININT64 for any
 * @created_before: the moment after the last, %G_MAXINT64 for any
 * @limit: how many
 * @offset: how many newer ones to pass over
 *
 * Which results to list (verifa-api.md 6).
 */
typedef struct
{
  gboolean is_sandbox;
  const char *status;
  gint64 created_after;
  gint64 created_before;
  guint limit;
  guint offset;
} VrfResultFilter;

#define VRF_RESULT_FILTER_INIT                                                                     \
  {                                                                                                \
    .created_after = G_MININT64, .created_before = G_MAXINT64, .limit = 50                         \
  }

/**
 * VrfListedResult:
 * @face_passed: 1, 0, or -1 for null
 * @face_score: 0 to 1, or -1 for null
 * @age_passed: 1, 0, or -1 for null
 *
 * What a list tells of a result: nothing that is personal. Owned texts.
 */
typedef struct
{
  char *session_id;
  char *status;
  gint64 created_at;
  int face_passed;
  double face_score;
  int age_passed;
  char *reason;
  char *reason_code;
} VrfListedResult;

void
vrf_listed_result_free (VrfListedResult *self);

GPtrArray *
vrf_store_results_list (VrfSandboxStore *store,
                        const VrfResultFilter *filter,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_store_results_count (VrfSandboxStore *store,
                         const VrfResultFilter *filter,
                         gint64 *ret_total,
                         GError **error);

G_END_DECLS
