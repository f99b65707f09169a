/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sandbox/vrf-service.h"

G_BEGIN_DECLS

JsonNode *
vrf_session_export_new (VrfService *service,
                        const VrfStoredSession *session,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
