/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-service.h"

G_BEGIN_DECLS

/* For the service's own files. */
struct _VrfService
{
  GObject parent_instance;

  VrfSandboxStore *store;        /* owned */
  VrfSandboxClock *clock;        /* owned */
  VrfOrganization *organization; /* owned */
  VrfPoster *poster;             /* owned */
  VrfFaults *faults;             /* owned */
  char *base_url;                /* owned */
  char *phone_url;               /* owned, nullable: where phones reach sandbox sessions */
  VrfLan *lan;                   /* owned, nullable */
  const VrfActor *actor;         /* borrowed, nullable: as long as a request runs */
  gint64 pruned_at;
  gboolean sandbox_only;
  gboolean must_purge; /* something was deleted that must leave the files too */
};

gboolean
vrf_service_end (VrfService *self, gboolean ok, GError **error);
gboolean
vrf_service_apply_at (VrfService *self,
                      VrfStoredSession *session,
                      VrfEvent event,
                      const VrfPreset *preset,
                      gint64 at,
                      GError **error);
gboolean
vrf_service_finish_retries (VrfService *self, gint64 n, GError **error);

G_END_DECLS
