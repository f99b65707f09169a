/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "desk/core/vrf-tracker.h"

#include "base/vrf-error.h"
#include "desk/core/vrf-details.h"
#include "desk/core/vrf-poll.h"
#include "desk/core/vrf-sync.h"
#include "desk/core/vrf-tracker-private.h"
#include "desk/core/vrf-watches.h"

/*
 * One request at a time, whichever is due first: a session on screen, then a page of the list, then
 * one of the active sessions that lie below the first page. When it is answered, or fails, the next
 * due time is looked for and one timer set. Results and risks go their own way (VrfDetails).
 */

#define SINGLES_A_ROUND 6
#define DETAILS_A_ROUND 6
#define LIST_GAP_MS 300    /* between two lists, however often somebody pokes */
#define RESULT_TRIES 10    /* of a result that is due but not there yet */
#define FORBIDDEN_MS 60000 /* a session that is not there, or not for this key */
#define SUSPEND_GAP_US (2 * G_USEC_PER_SEC)

struct _VrfTracker
{
  GObject parent_instance;

  /* owned */
  VrfApiClient *client;
  VrfRowStore *rows;
  VrfConnection *connection;
  VrfDetails *details;
  GCancellable *cancellable;
  GNetworkMonitor *monitor; /* NULL: the server is on this computer */
  VrfWatches *watches;
  GPtrArray *singles; /* VrfRow, still to be asked for in this round */
  char *last_single;  /* id: where the next round goes on */
  VrfRow *asked_row;  /* the session in flight */

  VrfSync sync;
  guint timer;
  gboolean running;
  gboolean hidden;
  gboolean busy;
  gboolean poked; /* while busy */
  gboolean wants_older;
  gboolean throttled; /* blocked because the server asked for it */
  int next_offset;    /* of the round, -1 none */
  int older_offset;   /* -1: begins at the depth */
  guint asked_offset; /* of the page under way: what the reply says of itself may be wrong */
  guint details_left; /* of the round */
  guint n_failures;   /* in a row */
  gint64 asked_at;    /* when the request in flight was sent */
  gint64 listed_at;   /* when the newest page was asked for */
  gint64 list_due_at;
  gint64 blocked_until; /* no request before it, 0 none */
  gint64 sleep_us;      /* how long the computer has slept since it was started */
};

G_DEFINE_FINAL_TYPE (VrfTracker, vrf_tracker, G_TYPE_OBJECT)

typedef enum
{
  PROP_COMPLETE = 1,
  PROP_SERVER_TOTAL,
  PROP_LOADING_OLDER,
} VrfTrackerProperty;

static GParamSpec *properties[PROP_LOADING_OLDER + 1];

static void
schedule (VrfTracker *self);

/* Time */

static gint64
in_ms (int delay_ms)
{
  return g_get_monotonic_time () + (gint64) delay_ms * 1000;
}

static gint64
in_about_ms (int interval_ms)
{
  return in_ms (vrf_poll_jitter_ms (interval_ms, g_random_double ()));
}

static int
list_interval_ms (VrfTracker *self)
{
  return vrf_tracker_list_interval_ms (vrf_row_store_has_active (self->rows),
                                       self->hidden,
                                       vrf_api_client_get_rate_limit (self->client),
                                       vrf_api_client_get_rate_remaining (self->client));
}

static int
session_interval_ms (VrfTracker *self, const VrfWatch *watch)
{
  return vrf_tracker_session_interval_ms (vrf_row_get_status (watch->row),
                                          (g_get_monotonic_time () - watch->since) / 1000,
                                          vrf_api_client_get_rate_limit (self->client),
                                          vrf_api_client_get_rate_remaining (self->client));
}

/* Watches */

/* What has ended is asked for no more, unless its result is still missing. */
static void
set_due (VrfTracker *self, VrfWatch *watch)
{
  int interval_ms = session_interval_ms (self, watch);

  if (vrf_details_is_missing (watch->row, TRUE) && watch->n_tries < RESULT_TRIES)
    watch->due_at = in_about_ms (1000);
  else
    watch->due_at = interval_ms >= 0 ? in_about_ms (interval_ms) : 0;
}

/* Outcome of a request */

static void
notify_counts (VrfTracker *self, gboolean complete_before, int total_before)
{
  if (vrf_sync_is_complete (&self->sync) != complete_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
  if (self->sync.total != total_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER_TOTAL]);
}

static void
set_wants_older (VrfTracker *self, gboolean wants_older)
{
  if (self->wants_older == wants_older)
    return;
  self->wants_older = wants_older;
  self->older_offset = -1;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING_OLDER]);
}

static void
succeeded (VrfTracker *self)
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
  self->blocked_until =
      in_ms (vrf_poll_backoff_ms (self->n_failures, refused, retry_after_s, g_random_double ()));
  self->list_due_at = self->blocked_until;
  self->next_offset = -1;
  g_ptr_array_set_size (self->singles, 0);
  set_wants_older (self, FALSE);
  vrf_connection_report_failure (self->connection, error, self->blocked_until);
}

static void
failed (VrfTracker *self, const GError *error)
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

/* After every answer: what was asked for meanwhile comes first. */
static void
go_on (VrfTracker *self)
{
  self->busy = FALSE;
  if (self->poked)
    {
      self->poked = FALSE;
      vrf_tracker_poke (self);
    }
  schedule (self);
}

/* One session */

static void
link_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfRow) row = user_data;
  g_autoptr (GPtrArray) links =
      vrf_api_client_list_links_finish (VRF_API_CLIENT (source), result, NULL);

  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      const VrfLink *link = g_ptr_array_index (links, i);

      if (link->status != NULL && g_strcmp0 (link->status, "active") != 0
          && g_strcmp0 (link->id, vrf_row_get_link_id (row)) == 0)
        vrf_row_set_link (row, NULL);
    }
}

/* The session does not tell that its one-time link was used. */
static void
check_link (VrfTracker *self, VrfRow *row)
{
  if (vrf_row_get_link_id (row) != NULL && vrf_row_can_show_qr (row))
    vrf_api_client_list_links_async (
        self->client, vrf_row_get_id (row), self->cancellable, link_cb, g_object_ref (row));
}

static void
session_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfTracker) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSession) session =
      vrf_api_client_get_session_finish (VRF_API_CLIENT (source), result, &error);
  g_autoptr (VrfRow) row = g_steal_pointer (&self->asked_row);
  VrfWatch *watch = vrf_watches_find (self->watches, row);
  guint status = vrf_error_get_http_status (error);

  if (session != NULL)
    {
      g_autoptr (GPtrArray) sessions = g_ptr_array_new ();

      succeeded (self);
      g_ptr_array_add (sessions, session);
      vrf_row_store_merge (self->rows, sessions, self->asked_at);
      if (watch != NULL)
        check_link (self, row);
    }
  else if (status == 404 || status == 403)
    {
      if (watch != NULL)
        watch->due_at = in_ms (FORBIDDEN_MS);
    }
  else
    failed (self, error);

  go_on (self);
}

static void
ask_session (VrfTracker *self, VrfRow *row)
{
  self->busy = TRUE;
  self->asked_at = g_get_monotonic_time ();
  g_set_object (&self->asked_row, row);
  vrf_api_client_get_session_async (
      self->client, vrf_row_get_id (row), self->cancellable, session_cb, g_object_ref (self));
}

static gboolean
ask_watched (VrfTracker *self, VrfWatch *watch)
{
  gboolean ended = session_interval_ms (self, watch) < 0;

  if (vrf_details_is_missing (watch->row, TRUE))
    {
      watch->n_tries++;
      vrf_details_forget (self->details, watch->row);
      vrf_details_fetch (self->details, watch->row, TRUE);
    }
  set_due (self, watch);
  if (ended && watch->n_tries > 1)
    return FALSE; /* only its result is missing */
  ask_session (self, watch->row);
  return TRUE;
}

/* The list */

/* Active sessions that no page of this round told, in turns. */
static void
collect_singles (VrfTracker *self)
{
  g_autoptr (GPtrArray) all =
      vrf_row_store_dup_active (self->rows, self->sync.pages * VRF_SYNC_PAGE);
  guint first = 0;

  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (vrf_row_get_id (g_ptr_array_index (all, i)), self->last_single) == 0)
      first = i + 1;

  g_ptr_array_set_size (self->singles, 0);
  for (guint i = 0; i < MIN (all->len, SINGLES_A_ROUND); i++)
    g_ptr_array_add (self->singles, g_object_ref (g_ptr_array_index (all, (first + i) % all->len)));
}

static void
fetch_words (VrfTracker *self, GPtrArray *sessions)
{
  for (guint i = 0; i < sessions->len && self->details_left > 0; i++)
    {
      const VrfSession *session = g_ptr_array_index (sessions, i);
      VrfRow *row = vrf_row_store_lookup (self->rows, session->id);

      if (vrf_details_fetch (self->details, row, FALSE))
        self->details_left--;
    }
}

static void
merge_page (VrfTracker *self, const VrfSessionPage *page, gboolean older)
{
  gboolean complete = vrf_sync_is_complete (&self->sync);
  int total = self->sync.total;
  VrfSyncPage told = { .offset = self->asked_offset, .length = page->sessions->len };

  told.n_new = vrf_row_store_merge (self->rows, page->sessions, self->asked_at);
  told.n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  told.total = MAX (page->total, told.offset + told.length);

  if (older)
    self->older_offset = vrf_sync_older_page (&self->sync, &told);
  else
    self->next_offset = vrf_sync_page (&self->sync, &told);
  if (!older && self->next_offset < 0)
    {
      collect_singles (self);
      self->list_due_at =
          self->listed_at
          + (gint64) vrf_poll_jitter_ms (list_interval_ms (self), g_random_double ()) * 1000;
    }
  if (older && self->older_offset < 0)
    set_wants_older (self, FALSE);
  notify_counts (self, complete, total);
  fetch_words (self, page->sessions);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfTracker) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSessionPage) page =
      vrf_api_client_list_sessions_finish (VRF_API_CLIENT (source), result, &error);

  if (page != NULL)
    {
      succeeded (self);
      merge_page (self, page, FALSE);
    }
  else
    failed (self, error);
  go_on (self);
}

static void
older_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfTracker) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSessionPage) page =
      vrf_api_client_list_sessions_finish (VRF_API_CLIENT (source), result, &error);

  if (page != NULL)
    {
      succeeded (self);
      merge_page (self, page, TRUE);
    }
  else
    {
      set_wants_older (self, FALSE);
      failed (self, error);
    }
  go_on (self);
}

static void
ask_page (VrfTracker *self, guint offset, GAsyncReadyCallback callback)
{
  VrfSessionQuery query = { .limit = vrf_sync_page_length (&self->sync, offset), .offset = offset };

  self->busy = TRUE;
  self->asked_at = g_get_monotonic_time ();
  self->asked_offset = offset;
  vrf_api_client_list_sessions_async (
      self->client, &query, self->cancellable, callback, g_object_ref (self));
}

static void
ask_newest (VrfTracker *self)
{
  self->details_left = DETAILS_A_ROUND;
  self->listed_at = g_get_monotonic_time ();
  self->list_due_at = in_about_ms (list_interval_ms (self));
  ask_page (self, 0, page_cb);
}

/* Who is next */

static gboolean
is_paused (VrfTracker *self)
{
  return self->monitor != NULL && !g_network_monitor_get_network_available (self->monitor);
}

static gboolean
has_rest (VrfTracker *self)
{
  return self->next_offset >= 0 || self->singles->len > 0 || self->wants_older;
}

static void
ask_rest (VrfTracker *self)
{
  if (self->wants_older)
    ask_page (
        self, self->older_offset >= 0 ? (guint) self->older_offset : self->sync.depth, older_cb);
  else if (self->next_offset >= 0)
    ask_page (self, (guint) self->next_offset, page_cb);
  else if (self->singles->len > 0)
    {
      g_autoptr (VrfRow) row = g_ptr_array_steal_index (self->singles, 0);

      g_free (self->last_single);
      self->last_single = g_strdup (vrf_row_get_id (row));
      ask_session (self, row);
    }
}

static void
ask_next (VrfTracker *self)
{
  gint64 now = g_get_monotonic_time ();
  VrfWatch *watch = vrf_watches_first_due (self->watches);

  while (watch != NULL && watch->due_at <= now)
    {
      if (ask_watched (self, watch))
        return;
      watch = vrf_watches_first_due (self->watches);
    }
  if (self->list_due_at <= now)
    ask_newest (self);
  else
    ask_rest (self);
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
  gint64 due_at = self->list_due_at;
  gint64 wait_us = 0;
  int priority = G_PRIORITY_DEFAULT;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->running || self->busy || is_paused (self))
    return;
  if (watch != NULL)
    due_at = MIN (due_at, watch->due_at);
  if (has_rest (self))
    {
      if (due_at > g_get_monotonic_time ())
        priority = G_PRIORITY_DEFAULT_IDLE; /* what is known is shown first */
      due_at = 0;
    }
  due_at = MAX (due_at, self->blocked_until);
  wait_us = MAX (due_at - g_get_monotonic_time (), 0);
  self->timer =
      g_timeout_add_full (priority, (guint) ((wait_us + 999) / 1000), timer_cb, self, NULL);
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
      set_due (self, watch); /* it is active again */
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
}

static void
vrf_tracker_init (VrfTracker *self)
{
  self->watches = vrf_watches_new ();
  self->singles = g_ptr_array_new_with_free_func (g_object_unref);
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
  self->list_due_at = self->listed_at + (gint64) list_interval_ms (self) * 1000;
  schedule (self);
}

VrfApiClient *
vrf_tracker_get_client (VrfTracker *self)
{
  return self->client;
}

VrfRowStore *
vrf_tracker_get_rows (VrfTracker *self)
{
  return self->rows;
}

void
vrf_tracker_note_found (VrfTracker *self, guint n_found)
{
  self->sync.rows_before += n_found;
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
  set_wants_older (self, TRUE);
  schedule (self);
}
