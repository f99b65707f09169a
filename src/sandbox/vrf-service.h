/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sandbox/vrf-engine.h"
#include "sandbox/vrf-faults.h"
#include "sandbox/vrf-organization.h"
#include "sandbox/vrf-poster.h"
#include "sandbox/vrf-sandbox-clock.h"
#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

#define VRF_TYPE_SERVICE (vrf_service_get_type ())
G_DECLARE_FINAL_TYPE (VrfService, vrf_service, VRF, SERVICE, GObject)

/** VRF_SERVICE_TOKEN_LIFE_S: how long a capture token lives (verifa-api.md 2.3). */
#define VRF_SERVICE_TOKEN_LIFE_S (20 * 60)
/** VRF_SERVICE_RUN_S: how long the live engine is said to work (verifa-api.md 8.3). */
#define VRF_SERVICE_RUN_S 2
/** VRF_SERVICE_MAX_RESENDS: how often an invitation may be sent again (verifa-api.md 3.7). */
#define VRF_SERVICE_MAX_RESENDS 5

/* Serves the applicant's side to phones on the same network: vrf-lan.h. */
typedef struct _VrfLan VrfLan;

/**
 * VrfActor:
 * @name: `api_key:` and the beginning of the key, or `applicant`
 * @ip: (nullable): where the request came from; nobody keeps an applicant's
 * @method: of the request
 * @path: of the request, with the object's id in it, whatever it was addressed by
 *
 * Who asks for what is being done. Borrowed texts.
 */
typedef struct
{
  const char *name;
  const char *ip;
  const char *method;
  const char *path;
} VrfActor;

VrfService *
vrf_service_new (VrfSandboxStore *store, VrfSandboxClock *clock) G_GNUC_WARN_UNUSED_RESULT;

VrfSandboxStore *
vrf_service_get_store (VrfService *self);
VrfSandboxClock *
vrf_service_get_clock (VrfService *self);
const VrfOrganization *
vrf_service_get_organization (VrfService *self);
VrfFaults *
vrf_service_get_faults (VrfService *self);
gint64
vrf_service_get_now (VrfService *self);
const char *
vrf_service_get_base_url (VrfService *self);
void
vrf_service_set_base_url (VrfService *self, const char *base_url);
gboolean
vrf_service_get_sandbox_only (VrfService *self);
void
vrf_service_set_sandbox_only (VrfService *self, gboolean sandbox_only);
VrfPoster *
vrf_service_get_poster (VrfService *self);
void
vrf_service_set_poster (VrfService *self, VrfPoster *poster);
void
vrf_service_note_deliveries (VrfService *self);
void
vrf_service_set_phone_url (VrfService *self, const char *url);
VrfLan *
vrf_service_get_lan (VrfService *self);
void
vrf_service_take_lan (VrfService *self, VrfLan *lan);
char *
vrf_service_dup_capture_url (VrfService *self,
                             const VrfStoredSession *session,
                             const char *token) G_GNUC_WARN_UNUSED_RESULT;

const VrfActor *
vrf_service_get_actor (VrfService *self);
void
vrf_service_set_actor (VrfService *self, const VrfActor *actor);

/* Whatever time has brought about */
gboolean
vrf_service_settle (VrfService *self, GError **error);
void
vrf_service_want_purge (VrfService *self);
gboolean
vrf_service_purge (VrfService *self, GError **error);

/* Sessions */
gboolean
vrf_service_create (VrfService *self, VrfStoredSession *session, GError **error);
gboolean
vrf_service_apply (VrfService *self,
                   VrfStoredSession *session,
                   VrfEvent event,
                   const VrfPreset *preset,
                   GError **error);
gboolean
vrf_service_retry_check (VrfService *self,
                         VrfStoredSession *session,
                         const char *policy,
                         GError **error);
gboolean
vrf_service_redact (VrfService *self,
                    VrfStoredSession *session,
                    guint *ret_documents,
                    GError **error);
VrfStoredLink *
vrf_service_make_link (VrfService *self, VrfStoredSession *session, int life_min, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* The applicant's side */
VrfStoredSession *
vrf_service_find_capture (VrfService *self, const char *token, const char *visitor, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
VrfStoredSession *
vrf_service_visit (VrfService *self,
                   const char *token,
                   const char *visitor,
                   char **ret_visitor,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_service_consent (VrfService *self,
                     VrfStoredSession *session,
                     const char *version,
                     const char *peer,
                     GError **error);
gboolean
vrf_service_choose_document (VrfService *self,
                             VrfStoredSession *session,
                             const char *document_type,
                             const char *country,
                             const char *state,
                             GError **error);
gboolean
vrf_service_put_document (VrfService *self,
                          VrfStoredSession *session,
                          VrfStoredDocument *document,
                          GError **error);
gboolean
vrf_service_upload_document (VrfService *self,
                             VrfStoredSession *session,
                             VrfStoredDocument *document,
                             GError **error);

G_END_DECLS
