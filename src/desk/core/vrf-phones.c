/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/core/vrf-phones.h"

#include "base/vrf-time.h"
#include "desk/core/vrf-backend.h"

#define MINUTES 60

struct _VrfPhones
{
  GObject parent_instance;

  VrfBackend *backend; /* borrowed: it owns us */
  VrfLanState *state;  /* owned; NULL before the first answer */
  char *problem;       /* owned, nullable */
  guint end;           /* source that asks again when it should be over */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (VrfPhones, vrf_phones, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
vrf_phones_dispose (GObject *object)
{
  VrfPhones *self = VRF_PHONES (object);

  g_clear_handle_id (&self->end, g_source_remove);
  self->backend = NULL;

  G_OBJECT_CLASS (vrf_phones_parent_class)->dispose (object);
}

static void
vrf_phones_finalize (GObject *object)
{
  VrfPhones *self = VRF_PHONES (object);

  g_clear_pointer (&self->state, vrf_lan_state_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (vrf_phones_parent_class)->finalize (object);
}

static void
vrf_phones_class_init (VrfPhonesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = vrf_phones_dispose;
  object_class->finalize = vrf_phones_finalize;

  signals[CHANGED] = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vrf_phones_init (VrfPhones *self)
{
}

VrfPhones *
vrf_phones_new (VrfBackend *backend)
{
  VrfPhones *self = g_object_new (VRF_TYPE_PHONES, NULL);

  self->backend = backend;
  return self;
}

static gboolean
end_cb (gpointer user_data)
{
  VrfPhones *self = user_data;

  self->end = 0;
  vrf_phones_refresh (self);
  return G_SOURCE_REMOVE;
}

/* The server ends it; a second later it can be asked. */
static void
expect_end (VrfPhones *self)
{
  gint64 left_us = 0;

  g_clear_handle_id (&self->end, g_source_remove);
  if (!vrf_phones_are_in (self))
    return;
  left_us = MAX (0, self->state->ends_at - g_get_real_time ());
  self->end = g_timeout_add_seconds ((guint) (left_us / G_USEC_PER_SEC) + 2, end_cb, self);
}

/* The capture URLs of all sessions are others now: the tracker is to look. */
static void
take_state (VrfPhones *self, VrfLanState *state)
{
  gboolean were_in = vrf_phones_are_in (self);
  VrfTracker *tracker = vrf_backend_get_tracker (self->backend);

  g_clear_pointer (&self->state, vrf_lan_state_free);
  self->state = state;
  expect_end (self);
  if (were_in != vrf_phones_are_in (self) && tracker != NULL)
    vrf_tracker_poke (tracker);
}

static void
finish (VrfPhones *self, VrfLanState *state, GError *error)
{
  self->busy = FALSE;
  g_clear_pointer (&self->problem, g_free);
  if (self->backend == NULL)
    vrf_lan_state_free (state);
  else if (state != NULL)
    take_state (self, state);
  else
    self->problem = g_strdup (error->message);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfPhones) self = user_data;
  g_autoptr (GError) error = NULL;
  VrfLanState *state = vrf_api_client_set_lan_finish (VRF_API_CLIENT (source), result, &error);

  finish (self, state, error);
}

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfPhones) self = user_data;
  g_autoptr (GError) error = NULL;
  VrfLanState *state = vrf_api_client_get_lan_finish (VRF_API_CLIENT (source), result, &error);

  finish (self, state, error);
}

static VrfApiClient *
begin (VrfPhones *self)
{
  VrfApiClient *client = self->backend != NULL ? vrf_backend_get_client (self->backend) : NULL;

  if (client == NULL || self->busy)
    return NULL;
  self->busy = TRUE;
  return client;
}

void
vrf_phones_refresh (VrfPhones *self)
{
  VrfApiClient *client = begin (self);

  if (client != NULL)
    vrf_api_client_get_lan_async (client, NULL, get_cb, g_object_ref (self));
}

void
vrf_phones_let_in (VrfPhones *self, gboolean let_in)
{
  VrfApiClient *client = begin (self);

  if (client == NULL)
    return;
  vrf_api_client_set_lan_async (client, let_in ? MINUTES : 0, NULL, set_cb, g_object_ref (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
vrf_phones_are_in (VrfPhones *self)
{
  return self->state != NULL && self->state->is_open;
}

gboolean
vrf_phones_is_busy (VrfPhones *self)
{
  return self->busy;
}

const char *
vrf_phones_get_url (VrfPhones *self)
{
  return self->state != NULL ? self->state->url : NULL;
}

gint64
vrf_phones_get_ends_at (VrfPhones *self)
{
  return self->state != NULL ? self->state->ends_at : VRF_TIME_NONE;
}

const char *
vrf_phones_get_problem (VrfPhones *self)
{
  return self->problem;
}
