/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-row.h"

G_BEGIN_DECLS

/* The table's columns, in their usual order. Pure functions: no widget is needed to test them. */
typedef enum
{
  VRF_COLUMN_STATUS,
  VRF_COLUMN_RESULT,
  VRF_COLUMN_RISK,
  VRF_COLUMN_REFERENCE,
  VRF_COLUMN_APPLICANT,
  VRF_COLUMN_WORKFLOW,
  VRF_COLUMN_CREATED,
  VRF_COLUMN_EXPIRES,
  VRF_N_COLUMNS,
} VrfColumn;

#define VRF_COLUMNS_ALL ((1u << VRF_N_COLUMNS) - 1)

/* The word GSettings "columns" and "sort" keep. */
const char *
vrf_column_get_id (VrfColumn column);
/* @fallback when @id is not a column's */
VrfColumn
vrf_column_from_id (const char *id, VrfColumn fallback);
/* Translated. */
const char *
vrf_column_get_title (VrfColumn column);
/* In pixels, padding included; for the column that expands the least it wants. */
int
vrf_column_get_width (VrfColumn column);

/* The ids of GSettings "columns" as a set of 1 << VrfColumn; the reference is always in it. */
guint
vrf_columns_from_ids (const char *const *ids);
/* The other way round, in the usual order; free with g_strfreev() */
GStrv
vrf_columns_to_ids (guint columns) G_GNUC_WARN_UNUSED_RESULT;

/**
 * VrfFolding: what a table of some width shows. @columns is a set of 1 << VrfColumn.
 */
typedef struct
{
  guint columns;
  gboolean risk_word;  /* beside its bars */
  int applicant_width; /* in pixels: what the others leave */
  int workflow_width;
} VrfFolding;

/* @wanted: the columns the person chose; @width in pixels. What does not fit goes in the order
 * workflow, the risk's word, created; then the applicant narrows. */
VrfFolding
vrf_columns_fold (guint wanted, int width);

/* As qsort wants it, ascending; what is not known comes last. Equal rows: the newer first. */
int
vrf_column_compare (VrfColumn column, VrfRow *a, VrfRow *b, gboolean descending);

G_END_DECLS
