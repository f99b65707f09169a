/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/vrf-index-private.h"

G_BEGIN_DECLS

/* Where a query begins: what has the fewest sessions. */
typedef enum
{
  VRF_PLAN_TABLE, /* all, by n */
  VRF_PLAN_STATUS,
  VRF_PLAN_ACTIVE,
  VRF_PLAN_ATTENTION,
  VRF_PLAN_RESULT,
  VRF_PLAN_WORKFLOW,
  VRF_PLAN_TAG,
  VRF_PLAN_RISK, /* the others of sorting */
  VRF_PLAN_REF,
  VRF_PLAN_EXPIRES,
  VRF_PLAN_PARTS, /* what the search may have found */
} VrfPlanKind;

/**
 * VrfPlan:
 * @kind: where it begins
 * @few: few enough to be gathered and sorted
 * @nothing: no session can fit
 *
 * How a query is answered. A search of the others may be a condition that each row is held to.
 */
typedef struct
{
  const VrfIndexQuery *query; /* borrowed */
  VrfPlanKind kind;
  gboolean few;
  gboolean nothing;
  /*< private >*/
  int status;            /* its number; 0 and the word is asked for when nobody knows it */
  int result;            /* VRF_INDEX_NO_RESULT, 0 any */
  const char *status_is; /* nullable: a word without a number */
  const char *result_is; /* the same */
  gint64 first_n;
  char *folded; /* nullable: what is searched for */
  char *terms;  /* its parts of three characters, nullable */
  char *id;     /* nullable: ids from here */
  char *id_end;
  char *tail; /* nullable: the end of an id, backwards */
  char *tail_end;
  char *ends_like;
} VrfPlan;

gboolean
vrf_plan_init (VrfPlan *self, VrfIndex *index, const VrfIndexQuery *query, GError **error);
void
vrf_plan_clear (VrfPlan *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VrfPlan, vrf_plan_clear)

/* "FROM … WHERE …": sessions are called s. @extra: a condition more, nullable. */
char *
vrf_plan_dup_source (const VrfPlan *self, const char *extra) G_GNUC_WARN_UNUSED_RESULT;
/* The n that sessions lie by there. */
const char *
vrf_plan_get_n (const VrfPlan *self);
/* Conditions alone, for one row whose n is :n. */
char *
vrf_plan_dup_check (const VrfPlan *self, const char *columns) G_GNUC_WARN_UNUSED_RESULT;
/* What the search, or the view Needs Attention, may have found, as n; some of it may not fit. */
const char *
vrf_plan_get_candidates (const VrfPlan *self);
/* Binds what a source or a check names; @candidates: what vrf_plan_get_candidates() names. */
void
vrf_plan_bind (const VrfPlan *self, VrfStatement *statement);
void
vrf_plan_bind_candidates (const VrfPlan *self, VrfStatement *statement);

G_END_DECLS
