/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/widgets/vrf-chip.h"

#include "desk/widgets/vrf-chip-kinds.h"
#include "desk/widgets/vrf-widget-util.h"

/*
 * VrfChip: an icon and a word on a tint. For screen readers it is one node with a whole name,
 * "Status: Under Review"; icon and word inside are presentation.
 *
 * Set "status", "result" or "check" to a value of the API and the rest follows. A chip without a
 * word takes no room, but keeps its accessible name ("No result yet").
 */

#define ICON_PX 16
#define BIG_ICON_PX 20

struct _VrfChip
{
  GtkWidget parent_instance;

  /* owned */
  char *status;
  char *result;
  char *check;
  char *icon_name;
  char *text;
  char *accessible_label;
  VrfTint tint;
  gboolean big;

  /* children */
  GtkWidget *image;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (VrfChip, vrf_chip, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_STATUS = 1,
  PROP_RESULT,
  PROP_CHECK,
  PROP_ICON_NAME,
  PROP_LABEL,
  PROP_TINT,
  PROP_BIG,
  PROP_ACCESSIBLE_LABEL,
} VrfChipProperty;

static GParamSpec *properties[PROP_ACCESSIBLE_LABEL + 1];

static void
notify (VrfChip *self, VrfChipProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
update_accessible (VrfChip *self)
{
  const char *name = self->accessible_label != NULL ? self->accessible_label : self->text;

  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name != NULL ? name : "", -1);
}

/* Takes over the look of @kind; @name is owned by the callee. */
static void
take_kind (VrfChip *self, const VrfChipKind *kind, char *name)
{
  g_autofree char *accessible = name;

  vrf_chip_set_icon_name (self, kind->nick != NULL ? kind->icon_name : NULL);
  vrf_chip_set_label (self, kind->word);
  vrf_chip_set_tint (self, kind->tint);
  vrf_chip_set_accessible_label (self, accessible);
}

static void
vrf_chip_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VrfChip *self = VRF_CHIP (object);

  switch ((VrfChipProperty) id)
    {
    case PROP_STATUS:
      g_value_set_string (value, self->status);
      break;
    case PROP_RESULT:
      g_value_set_string (value, self->result);
      break;
    case PROP_CHECK:
      g_value_set_string (value, self->check);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->text);
      break;
    case PROP_TINT:
      g_value_set_enum (value, (int) self->tint);
      break;
    case PROP_BIG:
      g_value_set_boolean (value, self->big);
      break;
    case PROP_ACCESSIBLE_LABEL:
      g_value_set_string (value, self->accessible_label);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_chip_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  VrfChip *self = VRF_CHIP (object);

  switch ((VrfChipProperty) id)
    {
    case PROP_STATUS:
      vrf_chip_set_status (self, g_value_get_string (value));
      break;
    case PROP_RESULT:
      vrf_chip_set_result (self, g_value_get_string (value));
      break;
    case PROP_CHECK:
      vrf_chip_set_check (self, g_value_get_string (value));
      break;
    case PROP_ICON_NAME:
      vrf_chip_set_icon_name (self, g_value_get_string (value));
      break;
    case PROP_LABEL:
      vrf_chip_set_label (self, g_value_get_string (value));
      break;
    case PROP_TINT:
      vrf_chip_set_tint (self, (VrfTint) g_value_get_enum (value));
      break;
    case PROP_BIG:
      vrf_chip_set_big (self, g_value_get_boolean (value));
      break;
    case PROP_ACCESSIBLE_LABEL:
      vrf_chip_set_accessible_label (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_chip_dispose (GObject *object)
{
  vrf_widget_clear_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (vrf_chip_parent_class)->dispose (object);
}

static void
vrf_chip_finalize (GObject *object)
{
  VrfChip *self = VRF_CHIP (object);

  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->result, g_free);
  g_clear_pointer (&self->check, g_free);
  g_clear_pointer (&self->icon_name, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->accessible_label, g_free);

  G_OBJECT_CLASS (vrf_chip_parent_class)->finalize (object);
}

static void
vrf_chip_class_init (VrfChipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = vrf_chip_get_property;
  object_class->set_property = vrf_chip_set_property;
  object_class->dispose = vrf_chip_dispose;
  object_class->finalize = vrf_chip_finalize;

  /* The API's own values; setting one sets icon, word, tint and accessible name. */
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, flags);
  properties[PROP_RESULT] = g_param_spec_string ("result", NULL, NULL, NULL, flags);
  properties[PROP_CHECK] = g_param_spec_string ("check", NULL, NULL, NULL, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  /* The word; NULL makes the chip empty. */
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_TINT] =
      g_param_spec_enum ("tint", NULL, NULL, VRF_TYPE_TINT, VRF_TINT_NEUTRAL, flags);
  properties[PROP_BIG] = g_param_spec_boolean ("big", NULL, NULL, FALSE, flags);
  properties[PROP_ACCESSIBLE_LABEL] =
      g_param_spec_string ("accessible-label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "vrf-chip");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
vrf_chip_init (VrfChip *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 5);

  self->image = vrf_decorative_image_new (ICON_PX);
  gtk_widget_set_visible (self->image, FALSE);
  gtk_widget_set_parent (self->image, GTK_WIDGET (self));

  self->label = g_object_new (
      GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "visible", FALSE, NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));

  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), "vrf-empty");
  vrf_tint_apply (GTK_WIDGET (self), VRF_TINT_NEUTRAL);
}

/** vrf_chip_new: Returns: (transfer floating): an empty chip */
GtkWidget *
vrf_chip_new (void)
{
  return g_object_new (VRF_TYPE_CHIP, NULL);
}

/**
 * vrf_chip_set_status:
 * @status: (nullable): a session's `status` (verifa-api.md 2.1); unknown values are shown as they
 * are
 */
void
vrf_chip_set_status (VrfChip *self, const char *status)
{
  VrfChipKind kind = vrf_chip_kind_for_status (status);

  g_return_if_fail (VRF_IS_CHIP (self));

  if (!vrf_str_set (&self->status, status))
    return;

  take_kind (self,
             &kind,
             status != NULL
             /* Translators: a status, as in “Status: Pending”, read aloud */
             ? g_strdup_printf (_ ("Status: %s"), kind.word)
             : g_strdup (_ ("No status yet")));
  notify (self, PROP_STATUS);
}

/**
 * vrf_chip_set_result:
 * @result: (nullable): a result's `status`; %NULL: "No result yet", seen as nothing
 */
void
vrf_chip_set_result (VrfChip *self, const char *result)
{
  VrfChipKind kind = vrf_chip_kind_for_result (result);

  g_return_if_fail (VRF_IS_CHIP (self));

  if (!vrf_str_set (&self->result, result) && result != NULL)
    return;

  take_kind (self,
             &kind,
             result != NULL
             ? g_strdup_printf (_ ("Result: %s"), kind.word)
             : g_strdup (_ ("No result yet")));
  notify (self, PROP_RESULT);
}

/**
 * vrf_chip_set_check:
 * @status: (nullable): the `status` of one check
 */
void
vrf_chip_set_check (VrfChip *self, const char *status)
{
  VrfChipKind kind = vrf_chip_kind_for_check (status);

  g_return_if_fail (VRF_IS_CHIP (self));

  if (!vrf_str_set (&self->check, status))
    return;

  take_kind (self, &kind, g_strdup (kind.word));
  notify (self, PROP_CHECK);
}

/** vrf_chip_set_icon_name: @icon_name: (nullable): a symbolic icon, or none */
void
vrf_chip_set_icon_name (VrfChip *self, const char *icon_name)
{
  g_return_if_fail (VRF_IS_CHIP (self));

  if (!vrf_str_set (&self->icon_name, icon_name))
    return;

  gtk_image_set_from_icon_name (GTK_IMAGE (self->image), icon_name);
  gtk_widget_set_visible (self->image, icon_name != NULL);
  vrf_widget_set_class (GTK_WIDGET (self), "vrf-with-icon", icon_name != NULL);
  notify (self, PROP_ICON_NAME);
}

/** vrf_chip_set_label: @label: (nullable): the word; without one the chip is empty */
void
vrf_chip_set_label (VrfChip *self, const char *label)
{
  g_return_if_fail (VRF_IS_CHIP (self));

  if (!vrf_str_set (&self->text, label))
    return;

  vrf_label_set (self->label, label);
  vrf_widget_set_class (GTK_WIDGET (self), "vrf-empty", label == NULL && self->icon_name == NULL);
  update_accessible (self);
  notify (self, PROP_LABEL);
}

/** vrf_chip_set_tint: */
void
vrf_chip_set_tint (VrfChip *self, VrfTint tint)
{
  g_return_if_fail (VRF_IS_CHIP (self));

  if (self->tint == tint)
    return;

  self->tint = tint;
  vrf_tint_apply (GTK_WIDGET (self), tint);
  notify (self, PROP_TINT);
}

/** vrf_chip_set_big: @big: 30 px instead of 24 */
void
vrf_chip_set_big (VrfChip *self, gboolean big)
{
  g_return_if_fail (VRF_IS_CHIP (self));

  if (self->big == !!big)
    return;

  self->big = !!big;
  gtk_image_set_pixel_size (GTK_IMAGE (self->image), big ? BIG_ICON_PX : ICON_PX);
  vrf_widget_set_class (GTK_WIDGET (self), "vrf-big", self->big);
  notify (self, PROP_BIG);
}

/** vrf_chip_set_accessible_label: @label: (nullable): the whole name; %NULL: the word alone */
void
vrf_chip_set_accessible_label (VrfChip *self, const char *label)
{
  g_return_if_fail (VRF_IS_CHIP (self));

  if (!vrf_str_set (&self->accessible_label, label))
    return;

  update_accessible (self);
  notify (self, PROP_ACCESSIBLE_LABEL);
}
