/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/window/vrf-ticker.h"

struct _VrfTicker
{
  GObject parent_instance;

  /* owned */
  VrfClock *clock;

  guint timer_id;
};

enum
{
  SIGNAL_TICK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VrfTicker, vrf_ticker, G_TYPE_OBJECT)

static gboolean
timer_cb (gpointer user_data)
{
  VrfTicker *self = user_data;

  g_signal_emit (self, signals[SIGNAL_TICK], 0);

  return G_SOURCE_CONTINUE;
}

static void
vrf_ticker_finalize (GObject *object)
{
  VrfTicker *self = VRF_TICKER (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (vrf_ticker_parent_class)->finalize (object);
}

static void
vrf_ticker_class_init (VrfTickerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_ticker_finalize;

  signals[SIGNAL_TICK] = g_signal_new (
      "tick", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vrf_ticker_init (VrfTicker *self)
{
}

VrfTicker *
vrf_ticker_new (VrfClock *clock)
{
  VrfTicker *self = g_object_new (VRF_TYPE_TICKER, NULL);

  self->clock = g_object_ref (clock);

  return self;
}

void
vrf_ticker_set_running (VrfTicker *self, gboolean running)
{
  if (running == (self->timer_id != 0))
    return;

  if (running)
    {
      self->timer_id = g_timeout_add_seconds (1, timer_cb, self);
      g_signal_emit (self, signals[SIGNAL_TICK], 0);
    }
  else
    g_clear_handle_id (&self->timer_id, g_source_remove);
}

gint64
vrf_ticker_get_now_us (VrfTicker *self)
{
  return vrf_clock_get_now_us (self->clock);
}
