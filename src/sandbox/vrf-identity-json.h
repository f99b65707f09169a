/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sandbox/vrf-service.h"
#include "sandbox/vrf-store-identities.h"

G_BEGIN_DECLS

JsonNode *
vrf_identity_json_new (VrfService *service,
                       const VrfIdentity *identity,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_identity_json_new_whole (VrfService *service,
                             const VrfIdentity *identity,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
