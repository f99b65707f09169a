/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VRF_TYPE_ENV_TAG (vrf_env_tag_get_type ())
G_DECLARE_FINAL_TYPE (VrfEnvTag, vrf_env_tag, VRF, ENV_TAG, GtkWidget)

GtkWidget *
vrf_env_tag_new (void);

void
vrf_env_tag_set_environment (VrfEnvTag *self, const char *environment);

G_END_DECLS
