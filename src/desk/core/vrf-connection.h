/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * How the window stands with its server, and how old its data is. Never ONLINE before a successful
 * round trip. Properties with notify: "state", "message" s (a sentence for a person, nullable),
 * "retry-at" x (monotonic µs of the next attempt, 0 none). "tick" is emitted about each second
 * while somebody listens, so that ages can be painted again.
 */
typedef enum
{
  VRF_CONNECTION_CONNECTING,
  VRF_CONNECTION_ONLINE,
  VRF_CONNECTION_OFFLINE,  /* no answer, or one that cannot be used; tried again by itself */
  VRF_CONNECTION_REFUSED,  /* the key is not accepted (401, 403): a person has to act */
  VRF_CONNECTION_THROTTLED /* 429: waiting as asked */
} VrfConnectionState;

#define VRF_TYPE_CONNECTION (vrf_connection_get_type ())
G_DECLARE_FINAL_TYPE (VrfConnection, vrf_connection, VRF, CONNECTION, GObject)

VrfConnection *
vrf_connection_new (void) G_GNUC_WARN_UNUSED_RESULT;

void
vrf_connection_report_success (VrfConnection *self);
void
vrf_connection_report_failure (VrfConnection *self, const GError *error, gint64 retry_at);

VrfConnectionState
vrf_connection_get_state (VrfConnection *self);
const char *
vrf_connection_get_message (VrfConnection *self);
gint64
vrf_connection_get_retry_at (VrfConnection *self);
/* Seconds until it is tried again, 0 when that is now, or not by itself. */
int
vrf_connection_get_wait_s (VrfConnection *self);
/* Seconds since the last successful round trip, -1 before one. */
int
vrf_connection_get_age_s (VrfConnection *self);
/* How old what is remembered is, before the first round trip. */
void
vrf_connection_set_age_s (VrfConnection *self, int age_s);
/* "1 s ago", "4 min old": for the foot of the sidebar; owned */
char *
vrf_connection_dup_age_text (VrfConnection *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
