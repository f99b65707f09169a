/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/core/vrf-tracker.h"

struct _VrfTracker
{
  GObject parent_instance;

  /* owned */
  VrfApiClient *client;
  VrfRowStore *rows;
  VrfConnection *connection;
};

G_DEFINE_FINAL_TYPE (VrfTracker, vrf_tracker, G_TYPE_OBJECT)

static void
vrf_tracker_finalize (GObject *object)
{
  VrfTracker *self = VRF_TRACKER (object);

  g_clear_object (&self->client);
  g_clear_object (&self->rows);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (vrf_tracker_parent_class)->finalize (object);
}

static void
vrf_tracker_class_init (VrfTrackerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_tracker_finalize;
}

static void
vrf_tracker_init (VrfTracker *self)
{
}

VrfTracker *
vrf_tracker_new (VrfApiClient *client, VrfRowStore *rows, VrfConnection *connection)
{
  VrfTracker *self = g_object_new (VRF_TYPE_TRACKER, NULL);

  self->client = g_object_ref (client);
  self->rows = g_object_ref (rows);
  self->connection = g_object_ref (connection);
  return self;
}

void
vrf_tracker_start (VrfTracker *self)
{
}

void
vrf_tracker_stop (VrfTracker *self)
{
}

void
vrf_tracker_poke (VrfTracker *self)
{
}

void
vrf_tracker_watch (VrfTracker *self, VrfRow *row)
{
}

void
vrf_tracker_unwatch (VrfTracker *self, VrfRow *row)
{
}

void
vrf_tracker_set_hidden (VrfTracker *self, gboolean hidden)
{
}

gboolean
vrf_tracker_get_complete (VrfTracker *self)
{
  return FALSE;
}

int
vrf_tracker_get_server_total (VrfTracker *self)
{
  return -1;
}

void
vrf_tracker_load_older (VrfTracker *self)
{
}

gboolean
vrf_tracker_get_loading_older (VrfTracker *self)
{
  return FALSE;
}

void
vrf_tracker_search_async (VrfTracker *self,
                          const char *q,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

gboolean
vrf_tracker_search_finish (VrfTracker *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
