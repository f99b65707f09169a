/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-service.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-service-private.h"

/**
 * VrfService:
 *
 * What handlers work with: store, clock, settings, and what can be done with a session, which is in
 * the files of the same prefix, by subject. Nothing of it knows of HTTP, except that refusals carry
 * the status they are answered with. For the sandbox's thread.
 */
enum
{
  DELIVERIES_NOTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VrfService, vrf_service, G_TYPE_OBJECT)

static void
vrf_service_finalize (GObject *object)
{
  VrfService *self = VRF_SERVICE (object);

  g_clear_object (&self->lan);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->organization, vrf_organization_free);
  g_clear_object (&self->poster);
  g_clear_pointer (&self->faults, vrf_faults_free);
  g_clear_pointer (&self->base_url, g_free);
  g_clear_pointer (&self->phone_url, g_free);

  G_OBJECT_CLASS (vrf_service_parent_class)->finalize (object);
}

static void
vrf_service_class_init (VrfServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_service_finalize;

  /* VrfService::deliveries-noted: rows of webhook deliveries were written; the transaction still
   * runs. */
  signals[DELIVERIES_NOTED] = g_signal_new ("deliveries-noted",
                                            G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST,
                                            0,
                                            NULL,
                                            NULL,
                                            NULL,
                                            G_TYPE_NONE,
                                            0);
}

static void
vrf_service_init (VrfService *self)
{
  self->base_url = g_strdup ("http://127.0.0.1");
  self->organization = vrf_organization_new ();
  self->poster = vrf_poster_new (FALSE, VRF_POSTER_DEADLINE_MS);
  self->faults = vrf_faults_new ();
  self->pruned_at = VRF_TIME_NONE;
}

/** vrf_service_new: Returns: (transfer full): a service on @store that takes its time from @clock
 */
VrfService *
vrf_service_new (VrfSandboxStore *store, VrfSandboxClock *clock)
{
  VrfService *self = g_object_new (VRF_TYPE_SERVICE, NULL);

  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  return self;
}

/** vrf_service_get_store: Returns: (transfer none): its store */
VrfSandboxStore *
vrf_service_get_store (VrfService *self)
{
  return self->store;
}

/** vrf_service_get_clock: Returns: (transfer none): its clock */
VrfSandboxClock *
vrf_service_get_clock (VrfService *self)
{
  return self->clock;
}

/** vrf_service_get_organization: Returns: (transfer none): the settings as they were when time was
 * last looked at; the defaults before the first vrf_service_settle() */
const VrfOrganization *
vrf_service_get_organization (VrfService *self)
{
  return self->organization;
}

/** vrf_service_get_faults: Returns: (transfer none): what is to go wrong with requests */
VrfFaults *
vrf_service_get_faults (VrfService *self)
{
  return self->faults;
}

/** vrf_service_get_now: Returns: the sandbox's time, in microseconds since the epoch */
gint64
vrf_service_get_now (VrfService *self)
{
  return vrf_sandbox_clock_get_now_us (self->clock);
}

/** vrf_service_get_base_url: Returns: (transfer none): scheme, host and port of what it hands out
 */
const char *
vrf_service_get_base_url (VrfService *self)
{
  return self->base_url;
}

/** vrf_service_set_base_url: @base_url has no slash at its end */
void
vrf_service_set_base_url (VrfService *self, const char *base_url)
{
  vrf_stored_set (&self->base_url, base_url);
}

/** vrf_service_get_sandbox_only: Returns: whether live sessions cannot be opened by an applicant */
gboolean
vrf_service_get_sandbox_only (VrfService *self)
{
  return self->sandbox_only;
}

/** vrf_service_set_sandbox_only: live sessions are as if they were not there */
void
vrf_service_set_sandbox_only (VrfService *self, gboolean sandbox_only)
{
  self->sandbox_only = sandbox_only;
}

/** vrf_service_get_actor: Returns: (nullable) (transfer none): who asks; %NULL for time alone */
const VrfActor *
vrf_service_get_actor (VrfService *self)
{
  return self->actor;
}

/** vrf_service_set_actor: @actor (nullable) must live until another one is set */
void
vrf_service_set_actor (VrfService *self, const VrfActor *actor)
{
  self->actor = actor;
}

/** vrf_service_get_poster: Returns: (transfer none): what sends webhooks */
VrfPoster *
vrf_service_get_poster (VrfService *self)
{
  return self->poster;
}

/** vrf_service_set_poster: replaces the one that sends to private networks only */
void
vrf_service_set_poster (VrfService *self, VrfPoster *poster)
{
  g_set_object (&self->poster, poster);
}

/** vrf_service_note_deliveries: emits VrfService::deliveries-noted */
void
vrf_service_note_deliveries (VrfService *self)
{
  g_signal_emit (self, signals[DELIVERIES_NOTED], 0);
}

/** vrf_service_set_phone_url: @url (nullable) is where phones reach the applicant's side of sandbox
 * sessions, without a slash at its end; %NULL for where all is */
void
vrf_service_set_phone_url (VrfService *self, const char *url)
{
  vrf_stored_set (&self->phone_url, url);
}

/** vrf_service_get_lan: Returns: (transfer none) (nullable): what serves the network; %NULL when
 * this service cannot */
VrfLan *
vrf_service_get_lan (VrfService *self)
{
  return self->lan;
}

/** vrf_service_take_lan: takes @lan over; it must be one on @self */
void
vrf_service_take_lan (VrfService *self, VrfLan *lan)
{
  g_clear_object (&self->lan);
  self->lan = lan;
}

/**
 * vrf_service_dup_capture_url:
 * @session: whose token it is
 * @token: of the session or of one of its links
 *
 * Returns: (transfer full): the page of that token, where an applicant's phone can reach it
 */
char *
vrf_service_dup_capture_url (VrfService *self, const VrfStoredSession *session, const char *token)
{
  gboolean by_phone = self->phone_url != NULL && session->is_sandbox;

  return g_strconcat (by_phone ? self->phone_url : self->base_url, "/verify/", token, NULL);
}

/* Ends a transaction as @ok says, and says so itself. */
gboolean
vrf_service_end (VrfService *self, gboolean ok, GError **error)
{
  if (ok && vrf_sandbox_store_commit (self->store, error))
    return TRUE;
  vrf_sandbox_store_rollback (self->store);
  return FALSE;
}
