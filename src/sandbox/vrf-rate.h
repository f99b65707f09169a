/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * VrfRateBucket:
 * @VRF_RATE_REQUESTS: requests a minute
 * @VRF_RATE_SESSIONS: session creations a minute, and verifications a day: whichever is nearer its
 *   end
 * @VRF_RATE_KEYS: API key creations a minute
 */
typedef enum
{
  VRF_RATE_REQUESTS,
  VRF_RATE_SESSIONS,
  VRF_RATE_KEYS,
} VrfRateBucket;

/**
 * VrfRateState:
 * @limit: how many a window; 0 is unlimited
 * @remaining: how many are left
 * @reset_unix_s: when the window ends, in real time
 * @reset_in_s: in how many seconds that is, rounded up
 * @window_s: how long the window is
 */
typedef struct
{
  guint limit;
  guint remaining;
  gint64 reset_unix_s;
  guint reset_in_s;
  guint window_s;
} VrfRateState;

#define VRF_TYPE_RATE (vrf_rate_get_type ())
G_DECLARE_FINAL_TYPE (VrfRate, vrf_rate, VRF, RATE, GObject)

VrfRate *
vrf_rate_new (const char *plan) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_rate_is_plan (const char *plan);
const char *
vrf_rate_get_plan (VrfRate *self);
gboolean
vrf_rate_take (VrfRate *self,
               const char *key_id,
               VrfRateBucket bucket,
               gint64 now_us,
               VrfRateState *ret_state);
void
vrf_rate_give_back (VrfRate *self,
                    const char *key_id,
                    VrfRateBucket bucket,
                    gint64 now_us,
                    VrfRateState *ret_state);
void
vrf_rate_look (VrfRate *self,
               const char *key_id,
               VrfRateBucket bucket,
               gint64 now_us,
               VrfRateState *ret_state);

G_END_DECLS
