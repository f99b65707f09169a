/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/core/vrf-tracker.h"

#include "base/vrf-error.h"
#include "desk/core/vrf-poll.h"
#include "desk/core/vrf-tracker-private.h"

/*
 * One request at a time, whichever is due first: a session on screen, one that a webhook spoke of,
 * then a page of the list, then one of the active sessions that lie below the first page. When it
 * is answered, or fails, the next due time is looked for and one timer set. Results and risks go
 * their own way (VrfDetails).
 */

#define LIST_GAP_MS 300 /* between two lists, however often somebody pokes */
#define SUSPEND_GAP_US (2 * G_USEC_PER_SEC)

G_DEFINE_FINAL_TYPE (VrfTracker, vrf_tracker, G_TYPE_OBJECT)

typedef enum
{
  PROP_COMPLETE = 1,
  PROP_SERVER_TOTAL,
  PROP_LOADING_OLDER,
} VrfTrackerProperty;

static GParamSpec *properties[PROP_LOADING_OLDER + 1];

enum
{
  SIGNAL_LISTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
schedule (VrfTracker *self);

/* Time */

gint64
vrf_tracker_in_ms (int delay_ms)
{
  return g_get_monotonic_time () + (gint64) delay_ms * 1000;
}

gint64
vrf_tracker_in_about_ms (int interval_ms)
{
  return vrf_tracker_in_ms (vrf_poll_jitter_ms (interval_ms, g_random_double ()));
}

/* Outcome of a request */

void
vrf_tracker_notify_counts (VrfTracker *self, gboolean complete_before, int total_before)
{
  if (vrf_sync_is_complete (&self->sync) != complete_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
  if (self->sync.total != total_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER_TOTAL]);
}

void
vrf_tracker_notify_listed (VrfTracker *self)
{
  g_signal_emit (self, signals[SIGNAL_LISTED], 0);
}

void
vrf_tracker_set_wants_older (VrfTracker *self, gboolean wants_older)
{
  if (self->wants_older == wants_older)
    return;
  self->wants_older = wants_older;
  self->older_offset = -1;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING_OLDER]);
}

void
vrf_tracker_succeeded (VrfTracker *self)
{
  self->n_failures = 0;
  self->blocked_until = 0;
  self->throttled = FALSE;
  vrf_connection_report_success (self->connection);
}

static void
block (VrfTracker *self, const GError *error)
{
  gboolean refused = g_error_matches (error, VRF_ERROR, VRF_ERROR_UNAUTHORIZED)
                     || g_error_matches (error, VRF_ERROR, VRF_ERROR_FORBIDDEN);
  int retry_after_s = vrf_error_get_retry_after_s (error);

  self->n_failures++;
  self->throttled = retry_after_s >= 0;
  self->blocked_until = vrf_tracker_in_ms (
      vrf_poll_backoff_ms (self->n_failures, refused, retry_after_s, g_random_double ()));
  self->list_due_at = self->blocked_until;
  self->next_offset = -1;
  g_ptr_array_set_size (self->singles, 0);
  g_ptr_array_set_size (self->hinted, 0);
  vrf_tracker_set_wants_older (self, FALSE);
  vrf_connection_report_failure (self->connection, error, self->blocked_until);
}

void
vrf_tracker_failed (VrfTracker *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    block (self, error);
}

static void
throttled_cb (VrfTracker *self, int retry_after_s, VrfDetails *details)
{
  VrfErrorHttp http = { .status = 429, .retry_after_s = retry_after_s };
  g_autoptr (GError) error = vrf_error_new_http (VRF_ERROR_RATE_LIMITED, &http, "");

  block (self, error);
  schedule (self);
}

/* The list under way may have been made before what the hint speaks of. */
static void
heed_list_hint (VrfTracker *self)
{
  if (!self->list_hinted || self->busy)
    return;
  self->list_hinted = FALSE;
  if (self->blocked_until == 0)
    self->list_due_at = MIN (self->list_due_at, self->listed_at + LIST_GAP_MS * 1000);
}

/* After every answer: what was asked for meanwhile comes first. */
void
vrf_tracker_go_on (VrfTracker *self)
{
  self->busy = FALSE;
  if (self->poked)
    {
      self->poked = FALSE;
      vrf_tracker_poke (self);
    }
  heed_list_hint (self);
  schedule (self);
}

/* Who is next */

static gboolean
is_paused (VrfTracker *self)
{
  return self->monitor != NULL && !g_network_monitor_get_network_available (self->monitor);
}

static void
ask_next (VrfTracker *self)
{
  gint64 now = g_get_monotonic_time ();
  VrfWatch *watch = vrf_watches_first_due (self->watches);

  while (watch != NULL && watch->due_at <= now)
    {
      if (vrf_tracker_ask_watched (self, watch))
        return;
      watch = vrf_watches_first_due (self->watches);
    }
  if (vrf_tracker_ask_hinted (self))
    return;
  if (self->list_due_at <= now)
    vrf_tracker_ask_newest (self);
  else
    vrf_tracker_ask_rest (self);
}

static gboolean
timer_cb (gpointer user_data)
{
  g_autoptr (VrfTracker) self = g_object_ref (user_data);

  self->timer = 0;
  ask_next (self);
  schedule (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (VrfTracker *self)
{
  VrfWatch *watch = vrf_watches_first_due (self->watches);
  VrfPollDue due = { .session_at = watch != NULL ? watch->due_at : 0,
                     .has_hints = self->hinted->len > 0,
                     .list_at = self->list_due_at,
                     .has_rest = vrf_tracker_has_rest (self),
                     .blocked_until = self->blocked_until };
  gboolean idle = FALSE;
  gint64 wait_us = 0;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->running || self->busy || is_paused (self))
    return;
  wait_us = vrf_poll_wait_us (&due, g_get_monotonic_time (), &idle);
  self->timer = g_timeout_add_full (idle ? G_PRIORITY_DEFAULT_IDLE : G_PRIORITY_DEFAULT,
                                    (guint) ((wait_us + 999) / 1000),
                                    timer_cb,
                                    self,
                                    NULL);
}

/* Wake-ups */

static void
row_changed_cb (VrfTracker *self, VrfRow *row, VrfRowStore *rows)
{
  VrfWatch *watch = vrf_watches_find (self->watches, row);

  if (watch == NULL || !self->running)
    return;
  if (vrf_details_is_missing (row, TRUE) && self->blocked_until == 0)
    vrf_details_fetch (self->details, row, TRUE);
  if (watch->due_at == 0)
    {
      vrf_tracker_set_due (self, watch); /* it is active again */
      schedule (self);
    }
}

static void
link_over_cb (VrfTracker *self, VrfRow *row, VrfRowStore *rows)
{
  vrf_tracker_poke (self);
}

static void
tick_cb (VrfTracker *self, VrfConnection *connection)
{
  gint64 slept = vrf_poll_slept_us ();

  if (slept - self->sleep_us > SUSPEND_GAP_US)
    vrf_tracker_poke (self);
  self->sleep_us = slept;
}

static void
report_pause (VrfTracker *self)
{
  g_autoptr (GError) error =
      g_error_new_literal (VRF_ERROR, VRF_ERROR_OFFLINE, _ ("This computer has no network."));

  vrf_connection_report_failure (self->connection, error, 0);
}

static void
network_changed_cb (VrfTracker *self, gboolean available, GNetworkMonitor *monitor)
{
  if (!self->running)
    return;
  if (available)
    vrf_tracker_poke (self);
  else
    report_pause (self);
  schedule (self);
}

/* GObject */

static void
vrf_tracker_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  VrfTracker *self = VRF_TRACKER (object);

  switch ((VrfTrackerProperty) prop_id)
    {
    case PROP_COMPLETE:
      g_value_set_boolean (value, vrf_tracker_get_complete (self));
      break;
    case PROP_SERVER_TOTAL:
      g_value_set_int (value, vrf_tracker_get_server_total (self));
      break;
    case PROP_LOADING_OLDER:
      g_value_set_boolean (value, vrf_tracker_get_loading_older (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
vrf_tracker_dispose (GObject *object)
{
  VrfTracker *self = VRF_TRACKER (object);

  vrf_tracker_stop (self);

  G_OBJECT_CLASS (vrf_tracker_parent_class)->dispose (object);
}

static void
vrf_tracker_finalize (GObject *object)
{
  VrfTracker *self = VRF_TRACKER (object);

  g_clear_pointer (&self->watches, g_ptr_array_unref);
  g_clear_pointer (&self->singles, g_ptr_array_unref);
  g_clear_pointer (&self->hinted, g_ptr_array_unref);
  g_clear_pointer (&self->last_single, g_free);
  g_clear_object (&self->asked_row);
  g_clear_object (&self->details);
  g_clear_object (&self->client);
  g_clear_object (&self->rows);
  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (vrf_tracker_parent_class)->finalize (object);
}

static void
vrf_tracker_class_init (VrfTrackerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = vrf_tracker_get_property;
  object_class->dispose = vrf_tracker_dispose;
  object_class->finalize = vrf_tracker_finalize;

  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  properties[PROP_SERVER_TOTAL] =
      g_param_spec_int ("server-total", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_LOADING_OLDER] = g_param_spec_boolean ("loading-older", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  signals[SIGNAL_LISTED] = g_signal_new (
      "listed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vrf_tracker_init (VrfTracker *self)
{
  self->watches = vrf_watches_new ();
  self->singles = g_ptr_array_new_with_free_func (g_object_unref);
  self->hinted = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  self->sync = (VrfSync) VRF_SYNC_INIT;
  self->next_offset = -1;
  self->older_offset = -1;
}

/**
 * vrf_tracker_new:
 * @client: sends once; its replies tell the budget
 * @rows: what is kept true
 * @connection: what is told how it goes
 *
 * Returns: (transfer full): a tracker that was not started
 */
VrfTracker *
vrf_tracker_new (VrfApiClient *client, VrfRowStore *rows, VrfConnection *connection)
{
  VrfTracker *self = g_object_new (VRF_TYPE_TRACKER, NULL);

  self->client = g_object_ref (client);
  self->rows = g_object_ref (rows);
  self->connection = g_object_ref (connection);
  self->details = vrf_details_new (client);
  self->sleep_us = vrf_poll_slept_us ();
  g_signal_connect_object (
      rows, "row-changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rows, "link-over", G_CALLBACK (link_over_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->details, "throttled", G_CALLBACK (throttled_cb), self, G_CONNECT_SWAPPED);
  if (!vrf_poll_is_loopback (vrf_api_client_get_base_url (client)))
    {
      self->monitor = g_object_ref (g_network_monitor_get_default ());
      g_signal_connect_object (self->monitor,
                               "network-changed",
                               G_CALLBACK (network_changed_cb),
                               self,
                               G_CONNECT_SWAPPED);
    }
  return self;
}

/** vrf_tracker_start: begins with a list, at once */
void
vrf_tracker_start (VrfTracker *self)
{
  if (self->running)
    return;
  self->running = TRUE;
  self->list_due_at = 0;
  if (is_paused (self))
    report_pause (self);
  schedule (self);
}

/** vrf_tracker_stop: nothing is sent any more; what is under way is cancelled */
void
vrf_tracker_stop (VrfTracker *self)
{
  if (!self->running)
    return;
  self->running = FALSE;
  g_clear_handle_id (&self->timer, g_source_remove);
  vrf_details_stop (self->details);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
}

/** vrf_tracker_poke: asks now, except before the time the server asked us to wait for */
void
vrf_tracker_poke (VrfTracker *self)
{
  gint64 earliest = self->listed_at != 0 ? self->listed_at + LIST_GAP_MS * 1000 : 0;

  if (!self->running)
    return;
  if (self->busy)
    {
      self->poked = TRUE;
      return;
    }
  if (!self->throttled)
    self->blocked_until = 0;
  self->list_due_at = earliest;
  vrf_watches_wake (self->watches);
  schedule (self);
}

/**
 * vrf_tracker_hint:
 * @session_id: (nullable): whose state may have changed; %NULL for some
 *
 * Nothing is believed of it: it only brings forward what would be asked anyway. A server that asked
 * us to wait, or does not answer, is not asked sooner.
 */
void
vrf_tracker_hint (VrfTracker *self, const char *session_id)
{
  if (!self->running)
    return;
  if (!vrf_tracker_take_hint (self, session_id))
    self->list_hinted = TRUE;
  heed_list_hint (self);
  schedule (self);
}

/** vrf_tracker_watch: @row is on screen; each call wants its vrf_tracker_unwatch() */
void
vrf_tracker_watch (VrfTracker *self, VrfRow *row)
{
  vrf_watches_hold (self->watches, row);
  schedule (self);
}

/** vrf_tracker_unwatch: @row is on screen no more */
void
vrf_tracker_unwatch (VrfTracker *self, VrfRow *row)
{
  vrf_watches_release (self->watches, row);
  schedule (self);
}

/** vrf_tracker_set_hidden: nobody sees the window */
void
vrf_tracker_set_hidden (VrfTracker *self, gboolean hidden)
{
  if (self->hidden == hidden)
    return;
  self->hidden = hidden;
  self->list_due_at = self->listed_at + (gint64) vrf_tracker_get_list_interval_ms (self) * 1000;
  schedule (self);
}

/* Older pages */

/** vrf_tracker_get_complete: Returns: whether every session of the server is in the store */
gboolean
vrf_tracker_get_complete (VrfTracker *self)
{
  return vrf_sync_is_complete (&self->sync);
}

/** vrf_tracker_get_server_total: Returns: how many sessions the server has, -1 not known yet */
int
vrf_tracker_get_server_total (VrfTracker *self)
{
  return self->sync.total;
}

/** vrf_tracker_get_loading_older: Returns: whether older pages are under way */
gboolean
vrf_tracker_get_loading_older (VrfTracker *self)
{
  return self->wants_older;
}

/** vrf_tracker_load_older: at least one more page, while there is one */
void
vrf_tracker_load_older (VrfTracker *self)
{
  if (!self->running || self->sync.total < 0 || self->next_offset >= 0
      || vrf_sync_is_complete (&self->sync))
    return;
  vrf_tracker_set_wants_older (self, TRUE);
  schedule (self);
}
