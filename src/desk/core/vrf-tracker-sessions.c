/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/core/vrf-tracker-private.h"

#include "base/vrf-error.h"

/* Sessions that are asked for by themselves: those on screen, and whatever no page tells. */

#define RESULT_TRIES 10    /* of a result that is due but not there yet */
#define FORBIDDEN_MS 60000 /* a session that is not there, or not for this key */
#define MANY_HINTS 4       /* more than so many are asked for by one list */

static int
session_interval_ms (VrfTracker *self, const VrfWatch *watch)
{
  return vrf_tracker_session_interval_ms (vrf_row_get_status (watch->row),
                                          (g_get_monotonic_time () - watch->since) / 1000,
                                          vrf_api_client_get_rate_limit (self->client),
                                          vrf_api_client_get_rate_remaining (self->client));
}

/* What has ended is asked for no more, unless its result is still missing. */
void
vrf_tracker_set_due (VrfTracker *self, VrfWatch *watch)
{
  int interval_ms = session_interval_ms (self, watch);

  if (vrf_details_is_missing (watch->row, TRUE) && watch->n_tries < RESULT_TRIES)
    watch->due_at = vrf_tracker_in_about_ms (1000);
  else
    watch->due_at = interval_ms >= 0 ? vrf_tracker_in_about_ms (interval_ms) : 0;
}

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

      vrf_tracker_succeeded (self);
      g_ptr_array_add (sessions, session);
      vrf_row_store_merge (self->rows, sessions, self->asked_at);
      if (watch != NULL)
        check_link (self, row);
      else
        vrf_details_fetch (self->details, row, FALSE);
    }
  else if (status == 404 || status == 410 || status == 403)
    {
      if (watch != NULL)
        watch->due_at = vrf_tracker_in_ms (FORBIDDEN_MS);
      if (status != 403)
        vrf_row_store_remove (self->rows, vrf_row_get_id (row)); /* deleted, or its time is over */
    }
  else
    vrf_tracker_failed (self, error);

  vrf_tracker_go_on (self);
}

void
vrf_tracker_ask_session (VrfTracker *self, VrfRow *row)
{
  self->busy = TRUE;
  self->asked_at = g_get_monotonic_time ();
  g_set_object (&self->asked_row, row);
  vrf_api_client_get_session_async (
      self->client, vrf_row_get_id (row), self->cancellable, session_cb, g_object_ref (self));
}

gboolean
vrf_tracker_ask_watched (VrfTracker *self, VrfWatch *watch)
{
  gboolean ended = session_interval_ms (self, watch) < 0;

  if (vrf_details_is_missing (watch->row, TRUE))
    {
      watch->n_tries++;
      vrf_details_forget (self->details, watch->row);
      vrf_details_fetch (self->details, watch->row, TRUE);
    }
  vrf_tracker_set_due (self, watch);
  if (ended && watch->n_tries > 1)
    return FALSE; /* only its result is missing */
  vrf_tracker_ask_session (self, watch->row);
  return TRUE;
}

gboolean
vrf_tracker_take_hint (VrfTracker *self, const char *session_id)
{
  VrfRow *row = session_id != NULL ? vrf_row_store_lookup (self->rows, session_id) : NULL;
  VrfWatch *watch = row != NULL ? vrf_watches_find (self->watches, row) : NULL;

  if (row == NULL)
    return FALSE;
  if (watch != NULL)
    watch->due_at = g_get_monotonic_time ();
  else if (!g_ptr_array_find (self->hinted, row, NULL))
    g_ptr_array_add (self->hinted, g_object_ref (row));
  if (self->hinted->len <= MANY_HINTS)
    return TRUE;
  g_ptr_array_set_size (self->hinted, 0);
  return FALSE;
}

gboolean
vrf_tracker_ask_hinted (VrfTracker *self)
{
  g_autoptr (VrfRow) row = NULL;

  if (self->hinted->len == 0)
    return FALSE;
  row = g_ptr_array_steal_index (self->hinted, 0);
  vrf_tracker_ask_session (self, row);
  return TRUE;
}
