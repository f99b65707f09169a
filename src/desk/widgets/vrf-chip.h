/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/widgets/vrf-tint.h"

G_BEGIN_DECLS

#define VRF_TYPE_CHIP (vrf_chip_get_type ())
G_DECLARE_FINAL_TYPE (VrfChip, vrf_chip, VRF, CHIP, GtkWidget)

GtkWidget *
vrf_chip_new (void);

/* One call for a value of the API: icon, word, tint and accessible name. */
void
vrf_chip_set_status (VrfChip *self, const char *status);
void
vrf_chip_set_result (VrfChip *self, const char *result);
void
vrf_chip_set_check (VrfChip *self, const char *status);

/* For everything else. */
void
vrf_chip_set_icon_name (VrfChip *self, const char *icon_name);
void
vrf_chip_set_label (VrfChip *self, const char *label);
void
vrf_chip_set_tint (VrfChip *self, VrfTint tint);
void
vrf_chip_set_big (VrfChip *self, gboolean big);
void
vrf_chip_set_accessible_label (VrfChip *self, const char *label);

G_END_DECLS
