/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/vrf-sqlite.h"
#include "store/vrf-index.h"

G_BEGIN_DECLS

/* For the index's own files. */
struct _VrfIndex
{
  GObject parent_instance;

  /* owned */
  VrfSqlite *db;
  char *directory;
  GHashTable *deltas; /* of the transaction under way: "facet value" → gint64 */

  gboolean needs_scrub;
};

/* What the totals count sessions by; numbers in the database, never changed. */
typedef enum
{
  VRF_FACET_ALL = 1,
  VRF_FACET_STATUS,
  VRF_FACET_RESULT,
  VRF_FACET_RISK,
  VRF_FACET_ATTENTION,
  VRF_FACET_WORKFLOW,
  VRF_FACET_TAG,
} VrfIndexFacet;

/* Whether a session needs attention. */
typedef enum
{
  VRF_ATTENTION_NEVER,
  VRF_ATTENTION_ALWAYS,
  VRF_ATTENTION_ON_ITS_DAY, /* when it has ended today and nobody has looked */
} VrfAttention;

#define VRF_INDEX_FIRST_ACTIVE 1
#define VRF_INDEX_LAST_ACTIVE 6
#define VRF_INDEX_EXPIRED_STATUS 8
/* Sessions without a result, in the totals. */
#define VRF_INDEX_NO_RESULT (-1)

extern const char *const vrf_index_migrations[];

/* Words as numbers, in the order they sort; 0 for a word nobody knows, or none. */
int
vrf_index_status_rank (const char *status);
const char *
vrf_index_status_word (int rank);
int
vrf_index_result_rank (const char *result);
const char *
vrf_index_result_word (int rank);
int
vrf_index_risk_rank (const char *level, int score);
const char *
vrf_index_risk_word (int rank);
/* The rank of a word that is there but unknown. */
#define VRF_INDEX_OTHER_RESULT 9
#define VRF_INDEX_RISK_STEP 1000

/* Sessions lie in the order of their n. It begins with the time of creation: see
 * vrf-index-write.c. */
gint64
vrf_index_first_n (gint64 created_us);

/* The text that parts are looked for in. */
char *
vrf_index_fold (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* What references sort by. */
char *
vrf_index_ref_key (const char *external_ref) G_GNUC_WARN_UNUSED_RESULT;
/* The end of an id backwards, so that an index finds it. */
char *
vrf_index_tail (const char *id) G_GNUC_WARN_UNUSED_RESULT;
#define VRF_INDEX_TAIL_LENGTH 8

/* How many sessions have @value (NULL: @number) of @facet. */
gboolean
vrf_index_get_total (VrfIndex *self,
                     VrfIndexFacet facet,
                     const char *value,
                     gint64 number,
                     gint64 *ret_total,
                     GError **error);

/* The columns of an entry, of a table called s, and what they say. NULL: not one of ours. */
#define VRF_INDEX_COLUMNS                                                                          \
  "s.n, s.id, s.status, s.status_text, s.result, s.result_text, s.risk, s.risk_text,"              \
  " s.external_ref, s.workflow_id, s.retention_status, s.tags, s.created_at, s.updated_at,"        \
  " s.expires_at, s.finished_at, s.seen"
VrfIndexEntry *
vrf_index_read_entry (VrfStatement *row) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
