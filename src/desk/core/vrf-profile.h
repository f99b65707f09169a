/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "api/vrf-api-client.h"

G_BEGIN_DECLS

/**
 * VrfProfile:
 *
 * One server and one environment, for good (DESIGN 4). Immutable, reference counted. The key is not
 * part of it: it comes from the Secret Service, from VERIFA_API_KEY, or from the built-in sandbox.
 */
typedef struct
{
  char *id;       /* 8 hex digits, "builtin", or "env-" + 12 hex digits */
  char *name;     /* as the person called it, nullable */
  char *base_url; /* NULL for the built-in sandbox, which picks its port */
  VrfEnvironment environment;
  gboolean builtin;
  char *workflow_id; /* preset of this profile, nullable: the organization's default */
} VrfProfile;

#define VRF_TYPE_PROFILE (vrf_profile_get_type ())
GType
vrf_profile_get_type (void);

#define VRF_PROFILE_DEFAULT_URL "https://api.withverifa.com"

VrfProfile *
vrf_profile_new_builtin (void) G_GNUC_WARN_UNUSED_RESULT;
/* NULL without error when VERIFA_API_KEY is not set */
VrfProfile *
vrf_profile_new_from_environ (GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* active-profile of GSettings; NULL when none was chosen yet */
VrfProfile *
vrf_profile_load_active (void) G_GNUC_WARN_UNUSED_RESULT;
VrfProfile *
vrf_profile_new (const char *name,
                 const char *base_url,
                 VrfEnvironment environment) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_profile_save_as_active (const VrfProfile *self);
VrfProfile *
vrf_profile_ref (VrfProfile *self);
void
vrf_profile_unref (VrfProfile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfProfile, vrf_profile_unref)

G_END_DECLS
