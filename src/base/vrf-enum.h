/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * VrfEnumNick:
 * @value: a value of a C enum, never 0
 * @nick: how the API spells it
 *
 * One line of a table that ends with a %NULL nick. By our convention 0 is the enum's UNKNOWN: the
 * model keeps the text it came from, so a value from a newer API is shown as it was written.
 */
typedef struct
{
  int value;
  const char *nick;
} VrfEnumNick;

int
vrf_enum_from_nick (const VrfEnumNick *table, const char *nick);
const char *
vrf_enum_to_nick (const VrfEnumNick *table, int value);

G_END_DECLS
