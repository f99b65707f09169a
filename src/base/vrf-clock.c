/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-base"

#include "config.h"

#include <string.h>
#include <time.h>

#include "base/vrf-clock.h"
#include "base/vrf-error.h"
#include "base/vrf-time.h"

/**
 * VrfClock:
 *
 * What time it is on the server. Countdowns use this and never the wall clock, which may be wrong
 * on a desk computer. It is set by `X-Sandbox-Time`, else by `Date`, and carried on by a clock
 * that nobody sets and that also counts while the computer sleeps. For the main thread.
 */
struct _VrfClock
{
  GObject parent_instance;

  gint64 server_us; /* VRF_TIME_NONE before the first reply */
  gint64 boot_us;   /* when server_us was heard */
  double scale;     /* server seconds a real second */
};

/* `Date` has whole seconds: a difference below this is its rounding and the way here. */
#define DATE_TOLERANCE_US (1500 * (gint64) 1000)

#define SCALE_MAX 1e6

G_DEFINE_FINAL_TYPE (VrfClock, vrf_clock, G_TYPE_OBJECT)

static gint64
boot_now_us (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
set (VrfClock *self, gint64 server_us, double scale)
{
  self->server_us = server_us;
  self->boot_us = boot_now_us ();
  self->scale = scale;
}

static void
vrf_clock_class_init (VrfClockClass *klass)
{
}

static void
vrf_clock_init (VrfClock *self)
{
  self->server_us = VRF_TIME_NONE;
  self->scale = 1.0;
}

/** vrf_clock_new: Returns: (transfer full): a clock that knows no time yet */
VrfClock *
vrf_clock_new (void)
{
  return g_object_new (VRF_TYPE_CLOCK, NULL);
}

/* ` scale=60`; other parameters are left alone. */
static gboolean
read_scale (char *parameter, double *ret_scale)
{
  const char *number = g_strstrip (parameter);
  char *end = NULL;

  if (!g_str_has_prefix (number, "scale="))
    return TRUE;
  number += strlen ("scale=");
  *ret_scale = g_ascii_strtod (number, &end);
  return end != number && *end == '\0' && *ret_scale > 0.0 && *ret_scale <= SCALE_MAX;
}

/**
 * vrf_clock_feed_sandbox_time:
 * @self: a clock
 * @header: the value of `X-Sandbox-Time`, `<RFC 3339, ms>; scale=F` (verifa-api.md 8.3)
 * @error: %VRF_ERROR_REPLY when it cannot be read; the clock is then unchanged
 */
gboolean
vrf_clock_feed_sandbox_time (VrfClock *self, const char *header, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (header, ";", 3);
  gint64 server_us = 0;
  double scale = 1.0;

  if (parts[0] == NULL || !vrf_time_parse (g_strstrip (parts[0]), &server_us, NULL))
    {
      g_set_error_literal (error, VRF_ERROR, VRF_ERROR_REPLY, "X-Sandbox-Time has no time");
      return FALSE;
    }
  if (parts[1] != NULL && !read_scale (parts[1], &scale))
    {
      g_set_error_literal (error, VRF_ERROR, VRF_ERROR_REPLY, "X-Sandbox-Time has no usable scale");
      return FALSE;
    }

  set (self, server_us, scale);
  return TRUE;
}

/**
 * vrf_clock_feed_date:
 * @self: a clock
 * @server_us: what `Date` said
 *
 * Small differences are ignored, so that countdowns do not jump to and fro with the rounding.
 *
 * Returns: whether the clock was set
 */
gboolean
vrf_clock_feed_date (VrfClock *self, gint64 server_us)
{
  if (self->server_us != VRF_TIME_NONE
      && ABS (vrf_clock_get_now_us (self) - server_us) < DATE_TOLERANCE_US)
    return FALSE;

  set (self, server_us, 1.0);
  return TRUE;
}

/**
 * vrf_clock_get_now_us:
 * @self: a clock
 *
 * Returns: the server's time in microseconds since the epoch, %VRF_TIME_NONE before the first reply
 */
gint64
vrf_clock_get_now_us (VrfClock *self)
{
  if (self->server_us == VRF_TIME_NONE)
    return VRF_TIME_NONE;
  return self->server_us + (gint64) ((double) (boot_now_us () - self->boot_us) * self->scale);
}

/**
 * vrf_clock_get_skew_us:
 * @self: a clock
 *
 * Returns: by how much this computer's clock is ahead of the server's, in microseconds; 0 before
 *   the first reply
 */
gint64
vrf_clock_get_skew_us (VrfClock *self)
{
  if (self->server_us == VRF_TIME_NONE)
    return 0;
  return g_get_real_time () - vrf_clock_get_now_us (self);
}

/** vrf_clock_get_scale: Returns: server seconds that pass in a real second, 1.0 as a rule */
double
vrf_clock_get_scale (VrfClock *self)
{
  return self->scale;
}
