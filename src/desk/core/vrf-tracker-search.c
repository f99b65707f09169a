/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <gio/gio.h>

#include "desk/core/vrf-tracker-private.h"

#define PAGE 100
#define MAX_FOUND 300

typedef struct
{
  char *q;
  guint offset;
  gint64 asked_at;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->q);
  g_free (search);
}

static void
ask (GTask *task);

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  VrfTracker *self = g_task_get_source_object (task);
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (VrfSessionPage) page =
      vrf_api_client_list_sessions_finish (VRF_API_CLIENT (source), result, &error);

  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* They come from anywhere in the list. */
  self->sync.rows_before += vrf_row_store_merge (self->rows, page->sessions, search->asked_at);
  search->offset += page->sessions->len;
  if (page->sessions->len == 0 || search->offset >= MIN (page->total, MAX_FOUND))
    g_task_return_boolean (task, TRUE);
  else if (!g_task_return_error_if_cancelled (task))
    ask (task);
}

static void
ask (GTask *task)
{
  VrfTracker *self = g_task_get_source_object (task);
  Search *search = g_task_get_task_data (task);
  VrfSessionQuery query = { .q = search->q, .limit = PAGE, .offset = search->offset };

  search->asked_at = g_get_monotonic_time ();
  vrf_api_client_list_sessions_async (
      self->client, &query, g_task_get_cancellable (task), page_cb, g_object_ref (task));
}

/**
 * vrf_tracker_search_async:
 * @self: a tracker
 * @q: a part of a reference, or the beginning of a session id (verifa-api.md 3.2)
 * @cancellable: (nullable): for when more is typed
 * @callback: when the matches are in the store
 * @user_data: for @callback
 */
void
vrf_tracker_search_async (VrfTracker *self,
                          const char *q,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, vrf_tracker_search_async);
  search->q = g_strdup (q);
  g_task_set_task_data (task, search, search_free);
  ask (task);
}

/** vrf_tracker_search_finish: Returns: whether the matches are in the store */
gboolean
vrf_tracker_search_finish (VrfTracker *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, vrf_tracker_search_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
