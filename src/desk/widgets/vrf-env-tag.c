/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/widgets/vrf-env-tag.h"

#include "desk/widgets/vrf-widget-util.h"

/* VrfEnvTag: SANDBOX on a hatch, LIVE on a solid. The hatch says "not real" all over the desk. */

struct _VrfEnvTag
{
  GtkWidget parent_instance;

  char *environment;

  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (VrfEnvTag, vrf_env_tag, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_ENVIRONMENT = 1,
} VrfEnvTagProperty;

static GParamSpec *properties[PROP_ENVIRONMENT + 1];

static void
vrf_env_tag_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((VrfEnvTagProperty) id)
    {
    case PROP_ENVIRONMENT:
      g_value_set_string (value, VRF_ENV_TAG (object)->environment);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_env_tag_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((VrfEnvTagProperty) id)
    {
    case PROP_ENVIRONMENT:
      vrf_env_tag_set_environment (VRF_ENV_TAG (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_env_tag_dispose (GObject *object)
{
  vrf_widget_clear_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (vrf_env_tag_parent_class)->dispose (object);
}

static void
vrf_env_tag_finalize (GObject *object)
{
  g_clear_pointer (&VRF_ENV_TAG (object)->environment, g_free);

  G_OBJECT_CLASS (vrf_env_tag_parent_class)->finalize (object);
}

static void
vrf_env_tag_class_init (VrfEnvTagClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = vrf_env_tag_get_property;
  object_class->set_property = vrf_env_tag_set_property;
  object_class->dispose = vrf_env_tag_dispose;
  object_class->finalize = vrf_env_tag_finalize;

  /* "sandbox" or "live", as in the API; NULL hides the tag. */
  properties[PROP_ENVIRONMENT] =
      g_param_spec_string ("environment",
                           NULL,
                           NULL,
                           NULL,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "vrf-env-tag");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
vrf_env_tag_init (VrfEnvTag *self)
{
  self->label =
      g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/** vrf_env_tag_new: Returns: (transfer floating): hidden until it knows the environment */
GtkWidget *
vrf_env_tag_new (void)
{
  return g_object_new (VRF_TYPE_ENV_TAG, NULL);
}

/**
 * vrf_env_tag_set_environment:
 * @environment: (nullable): "sandbox" or "live" (verifa-api.md 1.2); anything else hides the tag
 */
void
vrf_env_tag_set_environment (VrfEnvTag *self, const char *environment)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean sandbox = g_strcmp0 (environment, "sandbox") == 0;
  gboolean live = g_strcmp0 (environment, "live") == 0;

  g_return_if_fail (VRF_IS_ENV_TAG (self));

  if (!vrf_str_set (&self->environment, environment))
    return;

  vrf_widget_set_class (widget, "vrf-hatch", sandbox);
  vrf_widget_set_class (widget, "vrf-live", live);
  gtk_label_set_text (GTK_LABEL (self->label), sandbox ? _ ("SANDBOX") : _ ("LIVE"));
  gtk_widget_set_visible (widget, sandbox || live);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sandbox
                                  ? _ ("Sandbox environment")
                                  : _ ("Live environment"), -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENVIRONMENT]);
}
