/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-service.h"
#include "sandbox/vrf-store-identities.h"

G_BEGIN_DECLS

GBytes *
vrf_identity_export_new (VrfService *service,
                         const VrfIdentity *identity,
                         const char *inflection,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
