/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/core/vrf-tracker-private.h"

#include "desk/core/vrf-poll.h"

/* The list: a round of pages from the newest on, then the active sessions that none of them told,
 * and older pages when somebody wants to see them. */

#define SINGLES_A_ROUND 6
#define DETAILS_A_ROUND 6

int
vrf_tracker_get_list_interval_ms (VrfTracker *self)
{
  return vrf_tracker_list_interval_ms (vrf_row_store_has_active (self->rows),
                                       self->hidden,
                                       vrf_api_client_get_rate_limit (self->client),
                                       vrf_api_client_get_rate_remaining (self->client));
}

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

/* The time that the page covers, if it is in the order we know. What lies in it and was not told is
 * gone from the server. The last page is shorter than what was asked for. */
static void
drop_missing (VrfTracker *self, const VrfSessionPage *page)
{
  GPtrArray *sessions = page->sessions;
  guint end = self->asked_offset + sessions->len;
  gint64 from_us = G_MININT64;
  gint64 until_us = G_MAXINT64;
  gint64 before_us = G_MAXINT64;

  for (guint i = 0; i < sessions->len; i++)
    {
      const VrfSession *session = g_ptr_array_index (sessions, i);

      if (session->created_at == VRF_TIME_NONE || session->created_at > before_us)
        return;
      before_us = session->created_at;
      if (i == 0 && self->asked_offset > 0)
        until_us = before_us;
    }
  if (sessions->len >= self->asked_length || end < page->total)
    from_us = before_us;
  if (sessions->len == 0 && (self->asked_offset > 0 || page->total > 0))
    return;
  vrf_row_store_keep_only (self->rows, from_us, until_us, sessions, self->asked_at);
}

static void
merge_page (VrfTracker *self, const VrfSessionPage *page)
{
  gboolean older = self->asked_older;
  gboolean complete = vrf_sync_is_complete (&self->sync);
  int total = self->sync.total;
  VrfSyncPage told = { .offset = self->asked_offset, .length = page->sessions->len };

  drop_missing (self, page);
  told.n_new = vrf_row_store_merge (self->rows, page->sessions, self->asked_at);
  told.n_rows = vrf_row_store_get_n_made (self->rows);
  told.total = MAX (page->total, told.offset + told.length);

  if (older)
    self->older_offset = vrf_sync_older_page (&self->sync, &told);
  else
    self->next_offset = vrf_sync_page (&self->sync, &told);
  if (!older && self->next_offset < 0)
    {
      collect_singles (self);
      self->list_due_at = self->listed_at
                          + (gint64) vrf_poll_jitter_ms (vrf_tracker_get_list_interval_ms (self),
                                                         g_random_double ())
                                * 1000;
    }
  if (older && self->older_offset < 0)
    vrf_tracker_set_wants_older (self, FALSE);
  vrf_tracker_notify_counts (self, complete, total);
  vrf_tracker_notify_listed (self);
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
      vrf_tracker_succeeded (self);
      merge_page (self, page);
    }
  else
    {
      if (self->asked_older)
        vrf_tracker_set_wants_older (self, FALSE);
      vrf_tracker_failed (self, error);
    }
  vrf_tracker_go_on (self);
}

static void
ask_page (VrfTracker *self, guint offset, gboolean older)
{
  VrfSessionQuery query = { .limit = vrf_sync_page_length (&self->sync, offset), .offset = offset };

  self->busy = TRUE;
  self->asked_at = g_get_monotonic_time ();
  self->asked_offset = offset;
  self->asked_length = query.limit;
  self->asked_older = older;
  vrf_api_client_list_sessions_async (
      self->client, &query, self->cancellable, page_cb, g_object_ref (self));
}

void
vrf_tracker_ask_newest (VrfTracker *self)
{
  self->details_left = DETAILS_A_ROUND;
  self->listed_at = g_get_monotonic_time ();
  self->list_due_at = vrf_tracker_in_about_ms (vrf_tracker_get_list_interval_ms (self));
  ask_page (self, 0, FALSE);
}

gboolean
vrf_tracker_has_rest (VrfTracker *self)
{
  return self->next_offset >= 0 || self->singles->len > 0 || self->wants_older;
}

void
vrf_tracker_ask_rest (VrfTracker *self)
{
  if (self->wants_older)
    ask_page (self, self->older_offset >= 0 ? (guint) self->older_offset : self->sync.depth, TRUE);
  else if (self->next_offset >= 0)
    ask_page (self, (guint) self->next_offset, FALSE);
  else if (self->singles->len > 0)
    {
      g_autoptr (VrfRow) row = g_ptr_array_steal_index (self->singles, 0);

      g_free (self->last_single);
      self->last_single = g_strdup (vrf_row_get_id (row));
      vrf_tracker_ask_session (self, row);
    }
}
