/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <time.h>

#include "desk/core/vrf-connection.h"

#include "base/vrf-error.h"

struct _VrfConnection
{
  GObject parent_instance;

  VrfConnectionState state;
  char *message; /* owned */
  gint64 retry_at;
  gint64 heard_at; /* boot time µs of the last success, 0 never */
  guint ticker;
};

G_DEFINE_FINAL_TYPE (VrfConnection, vrf_connection, G_TYPE_OBJECT)

typedef enum
{
  PROP_STATE = 1,
  PROP_MESSAGE,
  PROP_RETRY_AT,
} VrfConnectionProperty;

static GParamSpec *properties[PROP_RETRY_AT + 1];

enum
{
  SIGNAL_TICK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The age goes on while the computer sleeps. */
static gint64
boot_now_us (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gboolean
tick_cb (gpointer user_data)
{
  VrfConnection *self = user_data;

  if (g_signal_has_handler_pending (self, signals[SIGNAL_TICK], 0, FALSE))
    g_signal_emit (self, signals[SIGNAL_TICK], 0);
  return G_SOURCE_CONTINUE;
}

static void
vrf_connection_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  VrfConnection *self = VRF_CONNECTION (object);

  switch ((VrfConnectionProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_RETRY_AT:
      g_value_set_int64 (value, self->retry_at);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
vrf_connection_finalize (GObject *object)
{
  VrfConnection *self = VRF_CONNECTION (object);

  g_clear_handle_id (&self->ticker, g_source_remove);
  g_clear_pointer (&self->message, g_free);

  G_OBJECT_CLASS (vrf_connection_parent_class)->finalize (object);
}

static void
vrf_connection_class_init (VrfConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = vrf_connection_get_property;
  object_class->finalize = vrf_connection_finalize;

  properties[PROP_STATE] = g_param_spec_int (
      "state", NULL, NULL, 0, VRF_CONNECTION_THROTTLED, VRF_CONNECTION_CONNECTING, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  properties[PROP_RETRY_AT] = g_param_spec_int64 ("retry-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_TICK] = g_signal_new (
      "tick", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vrf_connection_init (VrfConnection *self)
{
  self->ticker = g_timeout_add_seconds (1, tick_cb, self);
}

/** vrf_connection_new: Returns: (transfer full): a connection that is CONNECTING */
VrfConnection *
vrf_connection_new (void)
{
  return g_object_new (VRF_TYPE_CONNECTION, NULL);
}

static void
set (VrfConnection *self, VrfConnectionState state, const char *message, gint64 retry_at)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  if (g_strcmp0 (self->message, message) != 0)
    {
      g_free (self->message);
      self->message = g_strdup (message);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
    }
  if (self->retry_at != retry_at)
    {
      self->retry_at = retry_at;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RETRY_AT]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/** vrf_connection_report_success: a request was answered as the contract says */
void
vrf_connection_report_success (VrfConnection *self)
{
  self->heard_at = boot_now_us ();
  set (self, VRF_CONNECTION_ONLINE, NULL, 0);
}

static const char *
message_of (const GError *error)
{
  if (error->domain != VRF_ERROR)
    return error->message;

  switch ((VrfError) error->code)
    {
    case VRF_ERROR_OFFLINE:
      return _ ("The server cannot be reached. Check the network of this computer.");
    case VRF_ERROR_TIMEOUT:
      return _ ("The server does not answer in time.");
    case VRF_ERROR_REDIRECT:
      return _ ("The server points to another address. A sign-in page of the network may be in "
                "the way, or the address in Preferences is wrong.");
    case VRF_ERROR_TOO_LARGE:
    case VRF_ERROR_REPLY:
      return _ ("This is not the answer of a Verifa server. Check the address in Preferences.");
    case VRF_ERROR_UNAUTHORIZED:
      return _ ("The API key is not accepted: it is wrong, expired or revoked. Enter a valid key in "
                "Preferences.");
    case VRF_ERROR_FORBIDDEN:
      return _ ("The API key may not read verifications. Ask your administrator for a key with "
                "the scope “sessions:read”.");
    case VRF_ERROR_NOT_FOUND:
      return _ ("There is no Verifa API at this address. Check the address in Preferences.");
    case VRF_ERROR_RATE_LIMITED:
      return _ ("Too many requests were sent. The server asks you to wait.");
    case VRF_ERROR_SERVER:
    case VRF_ERROR_NOT_IMPLEMENTED:
      return _ ("The server has a problem of its own. Verifa Desk keeps trying.");
    case VRF_ERROR_ARGUMENT:
    case VRF_ERROR_TLS:
    case VRF_ERROR_BAD_REQUEST:
    case VRF_ERROR_CONFLICT:
    case VRF_ERROR_GONE:
    case VRF_ERROR_INVALID:
    case VRF_ERROR_IDEMPOTENCY:
    case VRF_ERROR_SIGNATURE:
    case VRF_ERROR_STORE:
    case VRF_ERROR_STORE_BUSY:
    case VRF_ERROR_STORE_NEWER:
    case VRF_ERROR_SECRET:
    default:
      return error->message;
    }
}

/**
 * vrf_connection_report_failure:
 * @self: a connection
 * @error: why the request came to nothing; a cancelled one changes nothing
 * @retry_at: when it is tried again, monotonic microseconds, 0 not by itself
 */
void
vrf_connection_report_failure (VrfConnection *self, const GError *error, gint64 retry_at)
{
  VrfConnectionState state = VRF_CONNECTION_OFFLINE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, VRF_ERROR, VRF_ERROR_UNAUTHORIZED)
      || g_error_matches (error, VRF_ERROR, VRF_ERROR_FORBIDDEN))
    state = VRF_CONNECTION_REFUSED;
  else if (g_error_matches (error, VRF_ERROR, VRF_ERROR_RATE_LIMITED))
    state = VRF_CONNECTION_THROTTLED;
  set (self, state, message_of (error), retry_at);
}

/** vrf_connection_get_state: Returns: how it stands */
VrfConnectionState
vrf_connection_get_state (VrfConnection *self)
{
  return self->state;
}

/** vrf_connection_get_message: Returns: (nullable): what is wrong and what to do, translated */
const char *
vrf_connection_get_message (VrfConnection *self)
{
  return self->message;
}

/** vrf_connection_get_retry_at: Returns: monotonic microseconds of the next attempt, 0 none */
gint64
vrf_connection_get_retry_at (VrfConnection *self)
{
  return self->retry_at;
}

/** vrf_connection_get_wait_s: Returns: seconds until the next attempt, rounded up, 0 none */
int
vrf_connection_get_wait_s (VrfConnection *self)
{
  gint64 left_us = self->retry_at - g_get_monotonic_time ();

  if (self->retry_at == 0 || left_us <= 0)
    return 0;
  return (int) MIN ((left_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, G_MAXINT);
}

/** vrf_connection_get_age_s: Returns: seconds since the last success, -1 before one */
int
vrf_connection_get_age_s (VrfConnection *self)
{
  if (self->heard_at == 0)
    return -1;
  return (int) MIN ((boot_now_us () - self->heard_at) / G_USEC_PER_SEC, G_MAXINT);
}

/**
 * vrf_connection_set_age_s:
 * @self: a connection
 * @age_s: how old what is remembered is
 *
 * Before the first success: the state stays what it is.
 */
void
vrf_connection_set_age_s (VrfConnection *self, int age_s)
{
  if (self->heard_at == 0)
    self->heard_at = (boot_now_us () - age_s * (gint64) G_USEC_PER_SEC) | 1; /* 0 is never */
}

/** vrf_connection_dup_age_text: Returns: (transfer full): how old the data is, translated */
char *
vrf_connection_dup_age_text (VrfConnection *self)
{
  int age_s = vrf_connection_get_age_s (self);

  if (age_s < 0)
    return g_strdup (_ ("no data yet"));
  if (age_s < 60)
    /* Translators: age of the data in seconds */
    return g_strdup_printf (_ ("%d s ago"), age_s);
  if (age_s < 3600)
    /* Translators: age of the data in minutes */
    return g_strdup_printf (_ ("%d min ago"), age_s / 60);
  /* Translators: age of the data in hours */
  return g_strdup_printf (_ ("%d h ago"), age_s / 3600);
}
