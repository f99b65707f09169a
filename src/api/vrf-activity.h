/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** VRF_ACTIVITY_MOST: how many calls are remembered. */
#define VRF_ACTIVITY_MOST 500

/* One call of the API, from its first attempt on. Property "over" b, with notify. */
#define VRF_TYPE_ACTIVITY_ITEM (vrf_activity_item_get_type ())
G_DECLARE_FINAL_TYPE (VrfActivityItem, vrf_activity_item, VRF, ACTIVITY_ITEM, GObject)

const char *
vrf_activity_item_get_method (VrfActivityItem *self);
const char *
vrf_activity_item_get_path (VrfActivityItem *self);
gint64
vrf_activity_item_get_began_us (VrfActivityItem *self);
gboolean
vrf_activity_item_is_poll (VrfActivityItem *self);
gboolean
vrf_activity_item_is_over (VrfActivityItem *self);
guint
vrf_activity_item_get_status (VrfActivityItem *self);
guint
vrf_activity_item_get_attempts (VrfActivityItem *self);
int
vrf_activity_item_get_took_ms (VrfActivityItem *self);
const char *
vrf_activity_item_get_problem (VrfActivityItem *self);
const char *
vrf_activity_item_get_request_id (VrfActivityItem *self);
char *
vrf_activity_item_dup_curl (VrfActivityItem *self, const char *base_url) G_GNUC_WARN_UNUSED_RESULT;

/* A GListModel of VrfActivityItem, the newest first. */
#define VRF_TYPE_ACTIVITY (vrf_activity_get_type ())
G_DECLARE_FINAL_TYPE (VrfActivity, vrf_activity, VRF, ACTIVITY, GObject)

VrfActivity *
vrf_activity_new (void) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_activity_clear (VrfActivity *self);

/* For the client. */
VrfActivityItem *
vrf_activity_begin (VrfActivity *self,
                    const char *method,
                    const char *path,
                    gboolean has_body,
                    gboolean is_poll) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_activity_item_note_attempt (VrfActivityItem *self);
void
vrf_activity_item_note_reply (VrfActivityItem *self, guint status, const char *request_id);
void
vrf_activity_item_end (VrfActivityItem *self, const GError *error);

G_END_DECLS
