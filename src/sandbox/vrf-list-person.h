/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/**
 * VrfListPersonVisit:
 * @list_type: what the value is
 * @value: (transfer none): as a list of that type has it
 *
 * Returns: %FALSE with @error to stop
 */
typedef gboolean (*VrfListPersonVisit) (const char *list_type,
                                        JsonObject *value,
                                        gpointer data,
                                        GError **error);

gboolean
vrf_list_person_visit (VrfSandboxStore *store,
                       const VrfStoredSession *session,
                       VrfListPersonVisit visit,
                       gpointer data,
                       GError **error);

G_END_DECLS
