/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/widgets/vrf-tint.h"

G_BEGIN_DECLS

/**
 * VrfChipKind:
 * @nick: the API's value
 * @word: the dashboard's word, translated
 * @icon_name: a symbolic icon
 * @tint: its colour
 *
 * How one value of the API looks, wherever it is shown.
 */
typedef struct
{
  const char *nick;
  const char *word;
  const char *icon_name;
  VrfTint tint;
} VrfChipKind;

VrfChipKind
vrf_chip_kind_for_status (const char *status);
VrfChipKind
vrf_chip_kind_for_result (const char *result);
VrfChipKind
vrf_chip_kind_for_check (const char *status);

/* The values that are known, one after the other; NULL after the last. */
const char *
vrf_chip_kind_get_status (guint position);
const char *
vrf_chip_kind_get_result (guint position);

G_END_DECLS
