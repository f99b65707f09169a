/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-service.h"
#include "sandbox/vrf-store-screenings.h"

G_BEGIN_DECLS

/* Standalone checks (verifa-api.md 7.4): what each type needs, finds and says. */

gboolean
vrf_screening_is_type (const char *check_type);
gboolean
vrf_screening_is_aml (const char *check_type);
void
vrf_screening_check (JsonObject *body, VrfFieldErrors *errors);
void
vrf_screening_check_type (JsonObject *body, const char *check_type, VrfFieldErrors *errors);
char *
vrf_screening_dup_subject (JsonObject *body) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_screening_run (VrfScreening *check);
gboolean
vrf_screening_tell (VrfService *service, const VrfScreening *check, GError **error);
gboolean
vrf_screening_note_outcome (VrfSandboxStore *store,
                            const VrfStoredSession *session,
                            gboolean is_hit,
                            gint64 at,
                            GError **error);

/* The bodies */
JsonObject *
vrf_screening_new_json (const VrfScreening *check, gboolean with_hits) G_GNUC_WARN_UNUSED_RESULT;
JsonArray *
vrf_screening_new_export (VrfSandboxStore *store,
                          const VrfStoredSession *session,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
