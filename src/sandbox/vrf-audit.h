/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sandbox/vrf-service.h"

G_BEGIN_DECLS

gboolean
vrf_audit_note (VrfService *service,
                const char *type,
                const char *resource_type,
                const char *resource_id,
                gboolean is_sandbox,
                JsonObject *metadata,
                GError **error);

G_END_DECLS
