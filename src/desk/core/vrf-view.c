/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk/core/vrf-view.h"

#include "base/vrf-time.h"

typedef struct
{
  const char *nick;
  const char *title;
  const char *icon_name;
} ViewInfo;

static const ViewInfo views[VRF_N_VIEWS] = {
  [VRF_VIEW_NOW] = {
      "now", N_ ("Now"), "document-open-recent-symbolic" },
      [VRF_VIEW_ATTENTION] = {
          "attention", N_ ("Needs Attention"), "dialog-warning-symbolic" },
          [VRF_VIEW_TODAY] = {
              "today", N_ ("Today"), "x-office-calendar-symbolic" },
              [VRF_VIEW_APPROVED] = {
                  "approved", N_ ("Approved"), "emblem-default-symbolic" },
                  [VRF_VIEW_REJECTED] = {
                      "rejected", N_ ("Rejected"), "action-unavailable-symbolic" },
                      [VRF_VIEW_EXPIRED] = {
                          "expired", N_ ("Expired"), "alarm-symbolic" },
                          [VRF_VIEW_ALL] = { "all", N_ ("All"), "view-list-bullet-symbolic" },
                          };

/** vrf_view_get_nick: Returns: what GSettings keeps */
const char *
vrf_view_get_nick (VrfView view)
{
  g_return_val_if_fail ((guint) view < VRF_N_VIEWS, NULL);
  return views[view].nick;
}

/** vrf_view_from_nick: Returns: the view, %VRF_VIEW_TODAY for a nick nobody knows */
VrfView
vrf_view_from_nick (const char *nick)
{
  for (guint i = 0; i < VRF_N_VIEWS; i++)
    if (g_strcmp0 (views[i].nick, nick) == 0)
      return (VrfView) i;
  return VRF_VIEW_TODAY;
}

/** vrf_view_get_title: Returns: its translated title */
const char *
vrf_view_get_title (VrfView view)
{
  g_return_val_if_fail ((guint) view < VRF_N_VIEWS, NULL);
  return _ (views[view].title);
}

/** vrf_view_get_icon_name: Returns: the name of its icon */
const char *
vrf_view_get_icon_name (VrfView view)
{
  g_return_val_if_fail ((guint) view < VRF_N_VIEWS, NULL);
  return views[view].icon_name;
}

/* When the session ended, as far as is known: seen, or told by its last change. */
static gboolean
ended_since (VrfRow *row, gint64 midnight_us)
{
  gint64 ended_at = vrf_row_get_finished_at (row);

  if (ended_at == VRF_TIME_NONE)
    ended_at = vrf_row_get_updated_at (row);
  if (ended_at == VRF_TIME_NONE)
    ended_at = vrf_row_get_created_at (row);
  return ended_at != VRF_TIME_NONE && ended_at >= midnight_us;
}

static gboolean
needs_attention (VrfRow *row, gint64 midnight_us)
{
  VrfSessionStatus status = vrf_row_get_status (row);

  if (status == VRF_SESSION_STATUS_SANDBOX_PENDING || status == VRF_SESSION_STATUS_UNDER_REVIEW
      || status == VRF_SESSION_STATUS_FAILED)
    return TRUE;
  if (vrf_row_get_seen (row))
    return FALSE;
  return (status == VRF_SESSION_STATUS_EXPIRED
          || vrf_row_get_result_status (row) == VRF_RESULT_STATUS_REJECTED)
         && ended_since (row, midnight_us);
}

/**
 * vrf_view_matches:
 * @view: a view
 * @row: a session
 * @midnight_us: the last local midnight
 *
 * Returns: whether @view shows @row (DESIGN 5.1)
 */
gboolean
vrf_view_matches (VrfView view, VrfRow *row, gint64 midnight_us)
{
  switch (view)
    {
    case VRF_VIEW_NOW:
      return vrf_row_is_active (row);
    case VRF_VIEW_ATTENTION:
      return needs_attention (row, midnight_us);
    case VRF_VIEW_TODAY:
      return vrf_row_get_created_at (row) == VRF_TIME_NONE
             || vrf_row_get_created_at (row) >= midnight_us;
    case VRF_VIEW_APPROVED:
      return vrf_row_get_result_status (row) == VRF_RESULT_STATUS_APPROVED;
    case VRF_VIEW_REJECTED:
      return vrf_row_get_result_status (row) == VRF_RESULT_STATUS_REJECTED;
    case VRF_VIEW_EXPIRED:
      return vrf_row_get_status (row) == VRF_SESSION_STATUS_EXPIRED;
    case VRF_VIEW_ALL:
      return TRUE;
    case VRF_N_VIEWS:
    default:
      return FALSE;
    }
}
