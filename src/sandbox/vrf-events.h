/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sandbox/vrf-service.h"

G_BEGIN_DECLS

gboolean
vrf_events_tell (VrfService *service,
                 const char *event,
                 gboolean is_sandbox,
                 JsonObject *payload,
                 GError **error);
gboolean
vrf_events_tell_of_cause (VrfService *service,
                          const char *event,
                          gboolean is_sandbox,
                          JsonObject *payload,
                          const char *cause,
                          GError **error);
gboolean
vrf_events_tell_session (VrfService *service,
                         const VrfStoredSession *session,
                         const char *event,
                         GError **error);

G_END_DECLS
