/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-row.h"

G_BEGIN_DECLS

/* What the list can be narrowed by, beside view and search. */
typedef enum
{
  VRF_FILTER_STATUS,
  VRF_FILTER_RESULT,
  VRF_FILTER_WORKFLOW,
  VRF_FILTER_CREATED,
  VRF_FILTER_TAG,
  VRF_N_FILTERS,
} VrfFilter;

/* The result filter's value for rows that have none yet. */
#define VRF_FILTER_NO_RESULT ""

/* Values of the created filter: since the last midnight, and days that count the present one. */
#define VRF_FILTER_TODAY "today"
#define VRF_FILTER_7_DAYS "7-days"
#define VRF_FILTER_30_DAYS "30-days"

/**
 * VrfFilters: what each filter lets through, all of them at once; NULL lets everything through.
 * Status and result in the API's words, the workflow's id, a created value from above, one tag.
 * Zeroed: none is active.
 */
typedef struct
{
  char *values[VRF_N_FILTERS];
} VrfFilters;

/* @value: nullable. Gives whether anything changed. */
gboolean
vrf_filters_set (VrfFilters *self, VrfFilter filter, const char *value);
void
vrf_filters_copy (VrfFilters *self, const VrfFilters *other);
gboolean
vrf_filters_equal (const VrfFilters *a, const VrfFilters *b);
/* How many are active. */
guint
vrf_filters_count (const VrfFilters *self);
void
vrf_filters_clear (VrfFilters *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VrfFilters, vrf_filters_clear)

/* Where the created filter begins: µs on the server's clock, VRF_TIME_NONE for any time.
 * @midnight_us: the last local midnight, VRF_TIME_NONE before the server's time is known. */
gint64
vrf_filters_get_since_us (const VrfFilters *self, gint64 midnight_us);
/* @since_us: of vrf_filters_get_since_us(). A row whose time nobody knows yet counts as new. */
gboolean
vrf_filters_match (const VrfFilters *self, VrfRow *row, gint64 since_us);

/* "Status", "Result"…, translated */
const char *
vrf_filter_get_title (VrfFilter filter);

G_END_DECLS
