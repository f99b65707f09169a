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
 *
 * A table has many: icon and word are drawn here, not by an image and a label inside.
 */

#define ICON_PX 16
#define BIG_ICON_PX 20
#define WORD_GAP 5

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
  PangoLayout *layout;    /* of the word, nullable until it is measured */
  GtkIconPaintable *icon; /* nullable until it is drawn */

  VrfTint tint;
  gboolean big;
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

/* Drawing */

static int
icon_size (VrfChip *self)
{
  if (self->icon_name == NULL)
    return 0;

  return self->big ? BIG_ICON_PX : ICON_PX;
}

/* Returns: (transfer none) (nullable): the word as it is set, %NULL without one */
static PangoLayout *
get_layout (VrfChip *self)
{
  if (self->layout == NULL && self->text != NULL && *self->text != '\0')
    self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->text);

  return self->layout;
}

/* Returns: how wide the word is; @ret_height: (out) (optional) */
static int
word_size (VrfChip *self, int *ret_height)
{
  PangoLayout *layout = get_layout (self);
  int width = 0, height = 0;

  if (layout != NULL)
    pango_layout_get_pixel_size (layout, &width, &height);
  if (ret_height != NULL)
    *ret_height = height;

  return width;
}

static void
vrf_chip_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  VrfChip *self = VRF_CHIP (widget);
  int height, width = word_size (self, &height);
  int icon = icon_size (self);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = MAX (height, icon);
  else
    *minimum = *natural = width + icon + (width > 0 && icon > 0 ? WORD_GAP : 0);
}

static void
snapshot_icon (VrfChip *self, GtkSnapshot *snapshot, int x, const GdkRGBA *colour)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int size = icon_size (self);

  if (self->icon == NULL)
    self->icon = gtk_icon_theme_lookup_icon (
        gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)),
        self->icon_name,
        NULL,
        size,
        gtk_widget_get_scale_factor (widget),
        gtk_widget_get_direction (widget),
        0);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT ((float) x, (float) ((gtk_widget_get_height (widget) - size) / 2)));
  gtk_symbolic_paintable_snapshot_symbolic (
      GTK_SYMBOLIC_PAINTABLE (self->icon), snapshot, size, size, colour, 1);
  gtk_snapshot_restore (snapshot);
}

static void
vrf_chip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VrfChip *self = VRF_CHIP (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int icon = icon_size (self);
  int room = gtk_widget_get_width (widget);
  int height, width = word_size (self, &height);
  GdkRGBA colour;

  vrf_widget_get_foreground (widget, &colour);
  if (icon > 0)
    snapshot_icon (self, snapshot, rtl ? room - icon : 0, &colour);
  if (width == 0)
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT ((float) (rtl ? 0 : room - width),
                            (float) ((gtk_widget_get_height (widget) - height) / 2)));
  gtk_snapshot_append_layout (snapshot, self->layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
vrf_chip_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  VrfChip *self = VRF_CHIP (widget);

  GTK_WIDGET_CLASS (vrf_chip_parent_class)->css_changed (widget, change);
  if (self->layout != NULL)
    pango_layout_context_changed (self->layout);
  gtk_widget_queue_resize (widget);
}

static void
vrf_chip_direction_changed (GtkWidget *widget, GtkTextDirection before)
{
  VrfChip *self = VRF_CHIP (widget);

  GTK_WIDGET_CLASS (vrf_chip_parent_class)->direction_changed (widget, before);
  g_clear_object (&self->layout);
  g_clear_object (&self->icon);
}

static void
vrf_chip_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  VrfChip *self = VRF_CHIP (widget);

  GTK_WIDGET_CLASS (vrf_chip_parent_class)->system_setting_changed (widget, setting);
  g_clear_object (&self->layout);
  g_clear_object (&self->icon);
  gtk_widget_queue_resize (widget);
}

/* The icon is drawn for the screen it is on. */
static void
scale_factor_cb (VrfChip *self)
{
  g_clear_object (&self->icon);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Properties */

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
vrf_chip_finalize (GObject *object)
{
  VrfChip *self = VRF_CHIP (object);

  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->result, g_free);
  g_clear_pointer (&self->check, g_free);
  g_clear_pointer (&self->icon_name, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->accessible_label, g_free);
  g_clear_object (&self->layout);
  g_clear_object (&self->icon);

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
  object_class->finalize = vrf_chip_finalize;
  widget_class->measure = vrf_chip_measure;
  widget_class->snapshot = vrf_chip_snapshot;
  widget_class->css_changed = vrf_chip_css_changed;
  widget_class->direction_changed = vrf_chip_direction_changed;
  widget_class->system_setting_changed = vrf_chip_system_setting_changed;

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
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
vrf_chip_init (VrfChip *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), "vrf-empty");
  vrf_tint_apply (GTK_WIDGET (self), VRF_TINT_NEUTRAL);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (scale_factor_cb), NULL);
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

  g_clear_object (&self->icon);
  vrf_widget_set_class (GTK_WIDGET (self), "vrf-with-icon", icon_name != NULL);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  notify (self, PROP_ICON_NAME);
}

/** vrf_chip_set_label: @label: (nullable): the word; without one the chip is empty */
void
vrf_chip_set_label (VrfChip *self, const char *label)
{
  g_return_if_fail (VRF_IS_CHIP (self));

  if (!vrf_str_set (&self->text, label))
    return;

  g_clear_object (&self->layout);
  gtk_widget_queue_resize (GTK_WIDGET (self));
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
  g_clear_object (&self->icon);
  gtk_widget_queue_resize (GTK_WIDGET (self));
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
