/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-api-client.h"
#include "api/vrf-api-client-private.h"
#include "api/vrf-retry.h"
#include "base/vrf-enum.h"
#include "base/vrf-time.h"

/**
 * VrfApiClient:
 *
 * One server and one key. The calls are in vrf-api-calls-*.c; each is a VrfCall. What every reply
 * tells beside its body, the server's time and what is left of the budget, is kept here.
 */
struct _VrfApiClient
{
  GObject parent_instance;

  /* owned */
  VrfTransport *transport;
  VrfClock *clock;
  VrfActivity *activity; /* nullable */

  VrfEnvironment environment;
  guint max_attempts;
  int rate_limit;
  int rate_remaining;
  int quota_limit;
  int quota_remaining;
  gboolean is_our_sandbox;
  gboolean is_poll;
};

G_DEFINE_FINAL_TYPE (VrfApiClient, vrf_api_client, G_TYPE_OBJECT)

typedef enum
{
  PROP_OUR_SANDBOX = 1,
} VrfApiClientProperty;

static GParamSpec *properties[PROP_OUR_SANDBOX + 1];

static guint retrying_signal;

static const VrfEnumNick environments[] = {
  { VRF_ENVIRONMENT_SANDBOX, "sandbox" },
  { VRF_ENVIRONMENT_LIVE, "live" },
  { 0, NULL },
};

/**
 * vrf_environment_from_key:
 * @api_key: a key
 *
 * Returns: the environment its prefix tells (verifa-api.md 1.2); UNKNOWN also for a publishable
 *   key, which cannot read anything
 */
VrfEnvironment
vrf_environment_from_key (const char *api_key)
{
  if (g_str_has_prefix (api_key, "vk_sandbox_"))
    return VRF_ENVIRONMENT_SANDBOX;
  if (g_str_has_prefix (api_key, "vk_live_"))
    return VRF_ENVIRONMENT_LIVE;
  return VRF_ENVIRONMENT_UNKNOWN;
}

/** vrf_environment_to_text: Returns: (transfer none): "sandbox", "live", or "" for UNKNOWN */
const char *
vrf_environment_to_text (VrfEnvironment environment)
{
  const char *text = vrf_enum_to_nick (environments, environment);

  return text != NULL ? text : "";
}

/** vrf_environment_from_text: the reverse; @text nullable */
VrfEnvironment
vrf_environment_from_text (const char *text)
{
  return (VrfEnvironment) vrf_enum_from_nick (environments, text);
}

static void
vrf_api_client_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  VrfApiClient *self = VRF_API_CLIENT (object);

  switch ((VrfApiClientProperty) prop_id)
    {
    case PROP_OUR_SANDBOX:
      g_value_set_boolean (value, self->is_our_sandbox);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
vrf_api_client_finalize (GObject *object)
{
  VrfApiClient *self = VRF_API_CLIENT (object);

  g_clear_object (&self->transport);
  g_clear_object (&self->clock);
  g_clear_object (&self->activity);

  G_OBJECT_CLASS (vrf_api_client_parent_class)->finalize (object);
}

static void
vrf_api_client_class_init (VrfApiClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = vrf_api_client_get_property;
  object_class->finalize = vrf_api_client_finalize;

  properties[PROP_OUR_SANDBOX] = g_param_spec_boolean ("our-sandbox", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * VrfApiClient::retrying:
   * @idempotency_key: (nullable): of the call, %NULL for one that has none
   * @attempt: the number of the next attempt, 2 or more
   * @most: how many there will be at most
   *
   * An attempt failed and another one was decided on; the pause before it begins now. For whoever
   * tells a person why an answer takes long.
   */
  retrying_signal = g_signal_new ("retrying",
                                  G_TYPE_FROM_CLASS (klass),
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  3,
                                  G_TYPE_STRING,
                                  G_TYPE_UINT,
                                  G_TYPE_UINT);
}

static void
vrf_api_client_init (VrfApiClient *self)
{
  self->clock = vrf_clock_new ();
  self->max_attempts = VRF_RETRY_MAX_ATTEMPTS;
  self->rate_limit = self->rate_remaining = -1;
  self->quota_limit = self->quota_remaining = -1;
}

/**
 * vrf_api_client_new:
 * @base_url: the server; `/api/v1` and trailing slashes may follow it
 * @api_key: the key
 * @error: %VRF_ERROR_ARGUMENT: no address, no https to another computer, or no key
 *
 * Returns: (nullable) (transfer full): a client
 */
VrfApiClient *
vrf_api_client_new (const char *base_url, const char *api_key, GError **error)
{
  g_autoptr (VrfTransport) transport = vrf_transport_new (base_url, api_key, error);
  VrfApiClient *self = NULL;

  if (transport == NULL)
    return NULL;
  self = g_object_new (VRF_TYPE_API_CLIENT, NULL);
  self->transport = g_steal_pointer (&transport);
  self->environment = vrf_environment_from_key (api_key);
  return self;
}

/** vrf_api_client_get_base_url: Returns: (transfer none): without `/api/v1` and trailing slash */
const char *
vrf_api_client_get_base_url (VrfApiClient *self)
{
  return vrf_transport_get_base_url (self->transport);
}

/** vrf_api_client_get_environment: Returns: what the key's prefix tells */
VrfEnvironment
vrf_api_client_get_environment (VrfApiClient *self)
{
  return self->environment;
}

/** vrf_api_client_get_clock: Returns: (transfer none): the server's time, set by each reply */
VrfClock *
vrf_api_client_get_clock (VrfApiClient *self)
{
  return self->clock;
}

/** vrf_api_client_set_clock: @clock is set by each reply from now on */
void
vrf_api_client_set_clock (VrfApiClient *self, VrfClock *clock)
{
  g_set_object (&self->clock, clock);
}

/** vrf_api_client_get_rate_limit: Returns: requests a minute, -1 before a reply told */
int
vrf_api_client_get_rate_limit (VrfApiClient *self)
{
  return self->rate_limit;
}

/** vrf_api_client_get_rate_remaining: Returns: what is left of them, -1 before a reply told */
int
vrf_api_client_get_rate_remaining (VrfApiClient *self)
{
  return self->rate_remaining;
}

/** vrf_api_client_get_quota_limit: Returns: verifications a day, -1 before a reply told */
int
vrf_api_client_get_quota_limit (VrfApiClient *self)
{
  return self->quota_limit;
}

/** vrf_api_client_get_quota_remaining: Returns: what is left of them, -1 before a reply told */
int
vrf_api_client_get_quota_remaining (VrfApiClient *self)
{
  return self->quota_remaining;
}

/** vrf_api_client_is_our_sandbox: Returns: whether a reply carried `X-Sandbox-Time` */
gboolean
vrf_api_client_is_our_sandbox (VrfApiClient *self)
{
  return self->is_our_sandbox;
}

/** vrf_api_client_set_activity: @activity nullable; @is_poll: nobody asks for this client's calls
 */
void
vrf_api_client_set_activity (VrfApiClient *self, VrfActivity *activity, gboolean is_poll)
{
  g_set_object (&self->activity, activity);
  self->is_poll = is_poll;
}

VrfActivityItem *
vrf_api_client_begin_activity (VrfApiClient *self,
                               const char *method,
                               const char *path,
                               gboolean has_body)
{
  if (self->activity == NULL)
    return NULL;
  return vrf_activity_begin (self->activity, method, path, has_body, self->is_poll);
}

/** vrf_api_client_set_max_attempts: 1 to %VRF_RETRY_MAX_ATTEMPTS */
void
vrf_api_client_set_max_attempts (VrfApiClient *self, guint max_attempts)
{
  self->max_attempts = CLAMP (max_attempts, 1, VRF_RETRY_MAX_ATTEMPTS);
}

guint
vrf_api_client_get_max_attempts (VrfApiClient *self)
{
  return self->max_attempts;
}

VrfTransport *
vrf_api_client_get_transport (VrfApiClient *self)
{
  return self->transport;
}

static void
note_our_sandbox (VrfApiClient *self)
{
  if (self->is_our_sandbox)
    return;
  self->is_our_sandbox = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OUR_SANDBOX]);
}

static void
note_time (VrfApiClient *self, const VrfHttpReply *reply)
{
  g_autoptr (GError) error = NULL;

  if (reply->sandbox_time != NULL)
    {
      note_our_sandbox (self);
      if (vrf_clock_feed_sandbox_time (self->clock, reply->sandbox_time, &error))
        return;
      g_debug ("%s", error->message);
    }
  if (reply->date_at != VRF_TIME_NONE)
    vrf_clock_feed_date (self->clock, reply->date_at);
}

/** vrf_api_client_note_reply: keeps what a reply of any status tells beside its body */
void
vrf_api_client_note_reply (VrfApiClient *self, const VrfHttpReply *reply)
{
  note_time (self, reply);
  if (reply->rate_limit >= 0)
    self->rate_limit = reply->rate_limit;
  if (reply->rate_remaining >= 0)
    self->rate_remaining = reply->rate_remaining;
  if (reply->quota_limit >= 0)
    self->quota_limit = reply->quota_limit;
  if (reply->quota_remaining >= 0)
    self->quota_remaining = reply->quota_remaining;
}

/** vrf_api_client_note_retry: the call of that key, nullable, will be sent the @attempt-th time */
void
vrf_api_client_note_retry (VrfApiClient *self, const char *idempotency_key, guint attempt)
{
  g_signal_emit (self, retrying_signal, 0, idempotency_key, attempt, self->max_attempts);
}
