/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <time.h>

#include "sandbox/vrf-sandbox-clock.h"

#include "base/vrf-time.h"

/**
 * VrfSandboxClock:
 *
 * What time it is in the sandbox: real time, or faster, or moved (verifa-api.md 8.3). It runs on a
 * clock that nobody sets, and never goes back.
 */
struct _VrfSandboxClock
{
  GObject parent_instance;

  gint64 base_us; /* sandbox time … */
  gint64 boot_us; /* … when the machine's clock stood here */
  double scale;
  gboolean held;
};

G_DEFINE_FINAL_TYPE (VrfSandboxClock, vrf_sandbox_clock, G_TYPE_OBJECT)

static gint64
boot_now_us (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
vrf_sandbox_clock_class_init (VrfSandboxClockClass *klass)
{
}

static void
vrf_sandbox_clock_init (VrfSandboxClock *self)
{
  self->scale = 1.0;
}

/**
 * vrf_sandbox_clock_new:
 * @not_before_us: it starts now, but not before this: what is stored must not lie in the future
 * @scale: sandbox seconds a real second
 */
VrfSandboxClock *
vrf_sandbox_clock_new (gint64 not_before_us, double scale)
{
  VrfSandboxClock *self = g_object_new (VRF_TYPE_SANDBOX_CLOCK, NULL);

  self->base_us = MAX (g_get_real_time (), not_before_us);
  self->boot_us = boot_now_us ();
  self->scale = scale;
  return self;
}

/** vrf_sandbox_clock_get_now_us: Returns: the sandbox's time, in microseconds since the epoch */
gint64
vrf_sandbox_clock_get_now_us (VrfSandboxClock *self)
{
  if (self->held)
    return self->base_us;
  return self->base_us + (gint64) ((double) (boot_now_us () - self->boot_us) * self->scale);
}

/** vrf_sandbox_clock_get_scale: Returns: sandbox seconds a real second */
double
vrf_sandbox_clock_get_scale (VrfSandboxClock *self)
{
  return self->scale;
}

/** vrf_sandbox_clock_set_scale: goes on from now at another pace */
void
vrf_sandbox_clock_set_scale (VrfSandboxClock *self, double scale)
{
  g_return_if_fail (scale > 0.0);

  self->base_us = vrf_sandbox_clock_get_now_us (self);
  self->boot_us = boot_now_us ();
  self->scale = scale;
}

/** vrf_sandbox_clock_move: jumps ahead by @by_us, which is not negative */
void
vrf_sandbox_clock_move (VrfSandboxClock *self, gint64 by_us)
{
  g_return_if_fail (by_us >= 0);

  self->base_us += by_us;
}

/** vrf_sandbox_clock_hold: stands still at @now_us; only vrf_sandbox_clock_move() moves it then */
void
vrf_sandbox_clock_hold (VrfSandboxClock *self, gint64 now_us)
{
  self->base_us = now_us;
  self->held = TRUE;
}

/** vrf_sandbox_clock_dup_header: Returns: (transfer full): the value of `X-Sandbox-Time` */
char *
vrf_sandbox_clock_dup_header (VrfSandboxClock *self)
{
  g_autofree char *time = vrf_time_format_ms (vrf_sandbox_clock_get_now_us (self));
  char scale[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (scale, sizeof scale, "%g", self->scale);
  return g_strdup_printf ("%s; scale=%s", time, scale);
}
