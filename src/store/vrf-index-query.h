/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The sidebar's views (DESIGN 5.1), in its order. */
typedef enum
{
  VRF_INDEX_NOW,
  VRF_INDEX_ATTENTION,
  VRF_INDEX_TODAY,
  VRF_INDEX_APPROVED,
  VRF_INDEX_REJECTED,
  VRF_INDEX_EXPIRED,
  VRF_INDEX_ALL,
  VRF_INDEX_N_VIEWS,
} VrfIndexView;

/* What the index can sort by. What is not known comes last; among equals the newer is first, except
 * that references and ends of links run the other way round when they descend. */
typedef enum
{
  VRF_INDEX_SORT_CREATED,
  VRF_INDEX_SORT_STATUS,  /* in the order of a session's life */
  VRF_INDEX_SORT_RESULT,  /* by the word */
  VRF_INDEX_SORT_RISK,    /* level, then score */
  VRF_INDEX_SORT_REF,     /* numbers in it by their value */
  VRF_INDEX_SORT_EXPIRES, /* of active sessions */
} VrfIndexSort;

/**
 * VrfIndexQuery:
 * @view: which view
 * @search: (nullable): a part of the reference, whatever its case; or the beginning or end of an
 *   id, of at least 4 characters if it does not begin with `session_`
 * @status: (nullable): the API's word
 * @result: (nullable): the API's word, "" for sessions without a result
 * @workflow_id: (nullable): of which workflow
 * @tag: (nullable): with this tag
 * @since_us: created no earlier, %VRF_TIME_NONE any
 * @midnight_us: the last local midnight on the server's clock, %VRF_TIME_NONE unknown: then Today
 *   has every session
 * @sort: the order
 * @descending: the other way round; the newest first, for %VRF_INDEX_SORT_CREATED
 *
 * Which sessions, in which order. All conditions at once. Borrowed strings, except in a copy.
 */
typedef struct
{
  VrfIndexView view;
  const char *search;
  const char *status;
  const char *result;
  const char *workflow_id;
  const char *tag;
  gint64 since_us;
  gint64 midnight_us;
  VrfIndexSort sort;
  gboolean descending;
} VrfIndexQuery;

#define VRF_INDEX_QUERY_INIT                                                                       \
  {                                                                                                \
    .view = VRF_INDEX_ALL, .since_us = G_MININT64, .midnight_us = G_MININT64, .descending = TRUE   \
  }

VrfIndexQuery *
vrf_index_query_copy (const VrfIndexQuery *self) G_GNUC_WARN_UNUSED_RESULT;
/* Of copies only. */
void
vrf_index_query_free (VrfIndexQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfIndexQuery, vrf_index_query_free)

/** VrfIndexCounts: how many sessions each view has */
typedef struct
{
  gint64 views[VRF_INDEX_N_VIEWS];
} VrfIndexCounts;

/**
 * VrfIndexSync:
 * @synced_at: when the server last told something, on this computer's clock, µs; %VRF_TIME_NONE
 *   never
 * @skew_us: by how much this computer's clock was ahead of the server's then
 * @complete: every session of the server is in the index
 */
typedef struct
{
  gint64 synced_at;
  gint64 skew_us;
  gboolean complete;
} VrfIndexSync;

G_END_DECLS
