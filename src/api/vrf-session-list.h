/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "api/vrf-api-client.h"

G_BEGIN_DECLS

/*
 * The sessions of one query as a GListModel of VrfSessionItem (GObject around a VrfSession) that
 * hides offset paging: it holds what has been loaded, newest first, and load_more() asks for the
 * next page. A session that moved between two pages is there once. A failed page can be asked for
 * again.
 */
typedef enum
{
  VRF_SESSION_LIST_IDLE,
  VRF_SESSION_LIST_LOADING,
  VRF_SESSION_LIST_FAILED,
  VRF_SESSION_LIST_COMPLETE,
} VrfSessionListState;

#define VRF_TYPE_SESSION_ITEM (vrf_session_item_get_type ())
G_DECLARE_FINAL_TYPE (VrfSessionItem, vrf_session_item, VRF, SESSION_ITEM, GObject)

VrfSession *
vrf_session_item_get_session (VrfSessionItem *self);

#define VRF_TYPE_SESSION_LIST (vrf_session_list_get_type ())
G_DECLARE_FINAL_TYPE (VrfSessionList, vrf_session_list, VRF, SESSION_LIST, GObject)

/* @query is copied; its offset and limit are the list's own (pages of 100). */
VrfSessionList *
vrf_session_list_new (VrfApiClient *client, const VrfSessionQuery *query) G_GNUC_WARN_UNUSED_RESULT;

/* Properties: "state", "total" (as the newest page says, 0 before one), both notify. */
VrfSessionListState
vrf_session_list_get_state (VrfSessionList *self);
guint
vrf_session_list_get_total (VrfSessionList *self);
const GError *
vrf_session_list_get_error (VrfSessionList *self); /* nullable: while FAILED */
void
vrf_session_list_load_more (VrfSessionList *self); /* also retries */
void
vrf_session_list_refresh (VrfSessionList *self); /* newest page again, merged */
void
vrf_session_list_stop (VrfSessionList *self); /* cancels; IDLE */

G_END_DECLS
