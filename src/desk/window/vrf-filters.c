/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/window/vrf-filters.h"

#include "desk/window/vrf-ages.h"

gboolean
vrf_filters_set (VrfFilters *self, VrfFilter filter, const char *value)
{
  if (g_strcmp0 (self->values[filter], value) == 0)
    return FALSE;

  g_free (self->values[filter]);
  self->values[filter] = g_strdup (value);

  return TRUE;
}

void
vrf_filters_copy (VrfFilters *self, const VrfFilters *other)
{
  for (guint i = 0; i < VRF_N_FILTERS; i++)
    vrf_filters_set (self, (VrfFilter) i, other->values[i]);
}

gboolean
vrf_filters_equal (const VrfFilters *a, const VrfFilters *b)
{
  for (guint i = 0; i < VRF_N_FILTERS; i++)
    if (g_strcmp0 (a->values[i], b->values[i]) != 0)
      return FALSE;

  return TRUE;
}

guint
vrf_filters_count (const VrfFilters *self)
{
  guint n = 0;

  for (guint i = 0; i < VRF_N_FILTERS; i++)
    if (self->values[i] != NULL)
      n++;

  return n;
}

void
vrf_filters_clear (VrfFilters *self)
{
  for (guint i = 0; i < VRF_N_FILTERS; i++)
    g_clear_pointer (&self->values[i], g_free);
}

/* Counted from noon, so that a day of 23 or 25 hours does no harm. */
static gint64
days_before (gint64 midnight_us, int days)
{
  return vrf_age_midnight (midnight_us + 12 * G_TIME_SPAN_HOUR - days * G_TIME_SPAN_DAY);
}

gint64
vrf_filters_get_since_us (const VrfFilters *self, gint64 midnight_us)
{
  const char *created = self->values[VRF_FILTER_CREATED];

  /* Before the server's time is known every row is new. */
  if (midnight_us == VRF_TIME_NONE)
    return VRF_TIME_NONE;
  if (g_strcmp0 (created, VRF_FILTER_TODAY) == 0)
    return midnight_us;
  if (g_strcmp0 (created, VRF_FILTER_7_DAYS) == 0)
    return days_before (midnight_us, 6);
  if (g_strcmp0 (created, VRF_FILTER_30_DAYS) == 0)
    return days_before (midnight_us, 29);

  return VRF_TIME_NONE;
}

static gboolean
fits (const char *wanted, const char *text)
{
  return wanted == NULL || g_strcmp0 (wanted, text != NULL ? text : "") == 0;
}

gboolean
vrf_filters_match (const VrfFilters *self, VrfRow *row, gint64 since_us)
{
  const char *tag = self->values[VRF_FILTER_TAG];
  gint64 created_at = vrf_row_get_created_at (row);

  if (!fits (self->values[VRF_FILTER_STATUS], vrf_row_get_status_text (row))
      || !fits (self->values[VRF_FILTER_RESULT], vrf_row_get_result_text (row))
      || !fits (self->values[VRF_FILTER_WORKFLOW], vrf_row_get_workflow_id (row)))
    return FALSE;
  if (since_us != VRF_TIME_NONE && created_at != VRF_TIME_NONE && created_at < since_us)
    return FALSE;

  return tag == NULL
         || g_strv_contains ((const char *const *) vrf_row_get_session (row)->tags, tag);
}

const char *
vrf_filter_get_title (VrfFilter filter)
{
  switch (filter)
    {
    case VRF_FILTER_STATUS:
      return _ ("Status");
    case VRF_FILTER_RESULT:
      return _ ("Result");
    case VRF_FILTER_WORKFLOW:
      return _ ("Workflow");
    case VRF_FILTER_CREATED:
      return _ ("Created");
    case VRF_FILTER_TAG:
      return _ ("Tag");
    case VRF_N_FILTERS:
    default:
      g_return_val_if_reached ("");
    }
}
