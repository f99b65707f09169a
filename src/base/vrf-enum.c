/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-base"

#include "config.h"

#include "base/vrf-enum.h"

/**
 * vrf_enum_from_nick:
 * @table: ends with a %NULL nick
 * @nick: (nullable): the API's spelling
 *
 * Returns: the value, or 0 when @nick is %NULL or not in @table
 */
int
vrf_enum_from_nick (const VrfEnumNick *table, const char *nick)
{
  if (nick == NULL)
    return 0;

  for (; table->nick != NULL; table++)
    if (g_str_equal (table->nick, nick))
      return table->value;
  return 0;
}

/**
 * vrf_enum_to_nick:
 * @table: ends with a %NULL nick
 * @value: a value of the enum
 *
 * Returns: (nullable) (transfer none): the first spelling of @value, or %NULL
 */
const char *
vrf_enum_to_nick (const VrfEnumNick *table, int value)
{
  for (; table->nick != NULL; table++)
    if (table->value == value)
      return table->nick;
  return NULL;
}
