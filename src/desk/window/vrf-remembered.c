/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/window/vrf-remembered.h"

#include "base/vrf-time.h"

static gboolean
get_sort (VrfColumn column, VrfIndexSort *ret_sort)
{
  switch (column)
    {
    case VRF_COLUMN_STATUS:
      *ret_sort = VRF_INDEX_SORT_STATUS;
      return TRUE;
    case VRF_COLUMN_RESULT:
      *ret_sort = VRF_INDEX_SORT_RESULT;
      return TRUE;
    case VRF_COLUMN_RISK:
      *ret_sort = VRF_INDEX_SORT_RISK;
      return TRUE;
    case VRF_COLUMN_REFERENCE:
      *ret_sort = VRF_INDEX_SORT_REF;
      return TRUE;
    case VRF_COLUMN_CREATED:
      *ret_sort = VRF_INDEX_SORT_CREATED;
      return TRUE;
    case VRF_COLUMN_EXPIRES:
      *ret_sort = VRF_INDEX_SORT_EXPIRES;
      return TRUE;
    case VRF_COLUMN_APPLICANT:
    case VRF_COLUMN_WORKFLOW:
    case VRF_N_COLUMNS:
    default:
      return FALSE;
    }
}

VrfIndexQuery
vrf_remembered_query (const VrfTableQuery *query)
{
  VrfIndexQuery remembered = VRF_INDEX_QUERY_INIT;

  remembered.view = (VrfIndexView) query->view;
  remembered.midnight_us = query->midnight_us;
  remembered.search = query->search;
  if (get_sort (query->sort, &remembered.sort))
    remembered.descending = query->descending;
  if (query->filters == NULL)
    return remembered;
  remembered.status = query->filters->values[VRF_FILTER_STATUS];
  remembered.result = query->filters->values[VRF_FILTER_RESULT];
  remembered.workflow_id = query->filters->values[VRF_FILTER_WORKFLOW];
  remembered.tag = query->filters->values[VRF_FILTER_TAG];
  remembered.since_us = vrf_filters_get_since_us (query->filters, query->midnight_us);
  return remembered;
}
