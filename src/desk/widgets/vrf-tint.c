/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/widgets/vrf-tint.h"

#include "desk/widgets/vrf-widget-util.h"

static const GEnumValue values[] = {
  { VRF_TINT_NEUTRAL, "VRF_TINT_NEUTRAL", "neutral" },
  { VRF_TINT_QUIET, "VRF_TINT_QUIET", "quiet" },
  { VRF_TINT_ACCENT, "VRF_TINT_ACCENT", "accent" },
  { VRF_TINT_SUCCESS, "VRF_TINT_SUCCESS", "success" },
  { VRF_TINT_WARNING, "VRF_TINT_WARNING", "warning" },
  { VRF_TINT_ERROR, "VRF_TINT_ERROR", "error" },
  { 0, NULL, NULL },
};

/** vrf_tint_get_type: */
GType
vrf_tint_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static (g_intern_static_string ("VrfTint"), values));

  return type;
}

/** vrf_tint_apply: sets the style class "vrf-tint-NICK" on @widget and takes the others off */
void
vrf_tint_apply (GtkWidget *widget, VrfTint tint)
{
  for (const GEnumValue *value = values; value->value_nick != NULL; value++)
    {
      g_autofree char *css_class = g_strconcat ("vrf-tint-", value->value_nick, NULL);

      vrf_widget_set_class (widget, css_class, value->value == (int) tint);
    }
}
