/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is known about the way to the server. The nick is used in .ui files. */
typedef enum
{
  VRF_LINK_CONNECTING, /* nothing answered yet */
  VRF_LINK_CONNECTED,  /* the last round trip succeeded */
  VRF_LINK_OFFLINE,
  VRF_LINK_REFUSED, /* the key is not accepted */
  VRF_LINK_WAITING, /* as the service has asked */
} VrfLinkState;

#define VRF_TYPE_LINK_STATE (vrf_link_state_get_type ())
GType
vrf_link_state_get_type (void);

#define VRF_TYPE_ENV_CARD (vrf_env_card_get_type ())
G_DECLARE_FINAL_TYPE (VrfEnvCard, vrf_env_card, VRF, ENV_CARD, GtkWidget)

GtkWidget *
vrf_env_card_new (void);

void
vrf_env_card_set_environment (VrfEnvCard *self, const char *environment);
void
vrf_env_card_set_origin (VrfEnvCard *self, const char *origin);
void
vrf_env_card_set_state (VrfEnvCard *self, VrfLinkState state);
void
vrf_env_card_set_age (VrfEnvCard *self, gint64 age_s);
void
vrf_env_card_set_wait (VrfEnvCard *self, gint64 wait_s);
void
vrf_env_card_set_compact (VrfEnvCard *self, gboolean compact);

/* "1 s ago" and "1 second", for whoever else shows how old the data is. */
char *
vrf_env_card_format_age (gint64 age_s, gboolean spoken) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
