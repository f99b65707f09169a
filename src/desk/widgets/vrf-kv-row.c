/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk/widgets/vrf-kv-row.h"

#include "desk/widgets/vrf-widget-util.h"

/*
 * VrfKvRow: one key and its value in a boxed list. The value can be selected; it may have a button
 * that copies it, or another widget beside it (a chip, a tag).
 *
 * A masked row shows dots until "revealed". Until then the value is nowhere in the widget tree: not
 * in a label, not in the accessible name, and it cannot be copied. The dots do not tell its length.
 */

#define DEFAULT_MASK "••••••••"

struct _VrfKvRow
{
  GtkListBoxRow parent_instance;

  /* owned */
  char *key;
  char *value;
  char *mask;
  gboolean mono;
  gboolean copyable;
  gboolean masked;
  gboolean revealed;

  /* children */
  GtkWidget *key_label;
  GtkWidget *value_label;
  GtkWidget *suffix;
  GtkWidget *copy_button;
};

static void
vrf_kv_row_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (VrfKvRow,
                               vrf_kv_row,
                               GTK_TYPE_LIST_BOX_ROW,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      vrf_kv_row_buildable_init))

static GtkBuildableIface *parent_buildable;

typedef enum
{
  PROP_KEY = 1,
  PROP_VALUE,
  PROP_MONO,
  PROP_COPYABLE,
  PROP_MASKED,
  PROP_MASK,
  PROP_REVEALED,
  PROP_SUFFIX,
} VrfKvRowProperty;

static GParamSpec *properties[PROP_SUFFIX + 1];

enum
{
  SIGNAL_COPIED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_hidden (VrfKvRow *self)
{
  return self->masked && !self->revealed && self->value != NULL;
}

/* "Country, Norway"; "Name, hidden". */
static void
update_accessible (VrfKvRow *self)
{
  const char *said = is_hidden (self) ? _ ("hidden") : self->value;
  g_autofree char *name = NULL;

  name = said != NULL ? g_strdup_printf ("%s, %s", self->key != NULL ? self->key : "", said)
                      : g_strdup (self->key != NULL ? self->key : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update (VrfKvRow *self)
{
  const char *mask = self->mask != NULL ? self->mask : DEFAULT_MASK;
  gboolean hidden = is_hidden (self);

  vrf_label_set (self->value_label, hidden ? mask : self->value);
  gtk_label_set_selectable (GTK_LABEL (self->value_label), !hidden);
  gtk_label_set_wrap (GTK_LABEL (self->value_label), !self->mono && !hidden);
  gtk_label_set_ellipsize (GTK_LABEL (self->value_label),
                           self->mono ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_NONE);
  vrf_widget_set_class (self->value_label, "vrf-masked", hidden);
  vrf_widget_set_class (self->value_label, "vrf-mono", self->mono && !hidden);
  gtk_widget_set_visible (self->copy_button, self->copyable && self->value != NULL && !hidden);
  update_accessible (self);
}

static void
copy_cb (VrfKvRow *self)
{
  if (self->value == NULL || is_hidden (self))
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->value);
  g_signal_emit (self, signals[SIGNAL_COPIED], 0);
}

static void
vrf_kv_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VrfKvRow *self = VRF_KV_ROW (object);

  switch ((VrfKvRowProperty) id)
    {
    case PROP_KEY:
      g_value_set_string (value, self->key);
      break;
    case PROP_VALUE:
      g_value_set_string (value, self->value);
      break;
    case PROP_MONO:
      g_value_set_boolean (value, self->mono);
      break;
    case PROP_COPYABLE:
      g_value_set_boolean (value, self->copyable);
      break;
    case PROP_MASKED:
      g_value_set_boolean (value, self->masked);
      break;
    case PROP_MASK:
      g_value_set_string (value, self->mask);
      break;
    case PROP_REVEALED:
      g_value_set_boolean (value, self->revealed);
      break;
    case PROP_SUFFIX:
      g_value_set_object (value, adw_bin_get_child (ADW_BIN (self->suffix)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_kv_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  VrfKvRow *self = VRF_KV_ROW (object);

  switch ((VrfKvRowProperty) id)
    {
    case PROP_KEY:
      vrf_kv_row_set_key (self, g_value_get_string (value));
      break;
    case PROP_VALUE:
      vrf_kv_row_set_value (self, g_value_get_string (value));
      break;
    case PROP_MONO:
      vrf_kv_row_set_mono (self, g_value_get_boolean (value));
      break;
    case PROP_COPYABLE:
      vrf_kv_row_set_copyable (self, g_value_get_boolean (value));
      break;
    case PROP_MASKED:
      vrf_kv_row_set_masked (self, g_value_get_boolean (value));
      break;
    case PROP_MASK:
      vrf_kv_row_set_mask (self, g_value_get_string (value));
      break;
    case PROP_REVEALED:
      vrf_kv_row_set_revealed (self, g_value_get_boolean (value));
      break;
    case PROP_SUFFIX:
      vrf_kv_row_set_suffix (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_kv_row_finalize (GObject *object)
{
  VrfKvRow *self = VRF_KV_ROW (object);

  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->value, g_free);
  g_clear_pointer (&self->mask, g_free);

  G_OBJECT_CLASS (vrf_kv_row_parent_class)->finalize (object);
}

static void
vrf_kv_row_class_init (VrfKvRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = vrf_kv_row_get_property;
  object_class->set_property = vrf_kv_row_set_property;
  object_class->finalize = vrf_kv_row_finalize;

  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, flags);
  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL, flags);
  /* Monospace and cut in the middle: for ids and addresses. */
  properties[PROP_MONO] = g_param_spec_boolean ("mono", NULL, NULL, FALSE, flags);
  properties[PROP_COPYABLE] = g_param_spec_boolean ("copyable", NULL, NULL, FALSE, flags);
  /* Personal data: dots until revealed. */
  properties[PROP_MASKED] = g_param_spec_boolean ("masked", NULL, NULL, FALSE, flags);
  /* The dots, where another shape says more ("••/••/••••"). */
  properties[PROP_MASK] = g_param_spec_string ("mask", NULL, NULL, NULL, flags);
  properties[PROP_REVEALED] = g_param_spec_boolean ("revealed", NULL, NULL, FALSE, flags);
  /* A widget after the value. */
  properties[PROP_SUFFIX] = g_param_spec_object ("suffix", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /* copied: the value is on the clipboard */
  signals[SIGNAL_COPIED] = g_signal_new ("copied",
                                         G_OBJECT_CLASS_TYPE (object_class),
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         0);
}

static void
vrf_kv_row_add_child (GtkBuildable *buildable,
                      GtkBuilder *builder,
                      GObject *child,
                      const char *type)
{
  if (GTK_IS_WIDGET (child))
    vrf_kv_row_set_suffix (VRF_KV_ROW (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
vrf_kv_row_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = vrf_kv_row_add_child;
}

static GtkWidget *
new_copy_button (VrfKvRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (button, FALSE);
  gtk_widget_set_tooltip_text (button, _ ("Copy"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);

  return button;
}

static void
vrf_kv_row_init (VrfKvRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_add_css_class (box, "vrf-kv");
  self->key_label = vrf_label_new ("vrf-secondary");
  gtk_box_append (GTK_BOX (box), self->key_label);

  self->value_label = vrf_label_new ("vrf-kv-value");
  gtk_label_set_xalign (GTK_LABEL (self->value_label), 1);
  gtk_label_set_wrap (GTK_LABEL (self->value_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->value_label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (self->value_label), GTK_JUSTIFY_RIGHT);
  gtk_widget_set_hexpand (self->value_label, TRUE);
  gtk_widget_set_halign (self->value_label, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), self->value_label);

  self->suffix = adw_bin_new ();
  gtk_widget_set_visible (self->suffix, FALSE);
  gtk_widget_set_hexpand (self->suffix, TRUE);
  gtk_widget_set_halign (self->suffix, GTK_ALIGN_END);
  gtk_widget_set_valign (self->suffix, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->suffix);

  self->copy_button = new_copy_button (self);
  gtk_box_append (GTK_BOX (box), self->copy_button);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "vrf-kv-row");
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
}

/**
 * vrf_kv_row_new:
 * @key: (nullable): translated
 * @value: (nullable):
 *
 * Returns: (transfer floating): a row for a GtkListBox of the class "boxed-list"
 */
GtkWidget *
vrf_kv_row_new (const char *key, const char *value)
{
  return g_object_new (VRF_TYPE_KV_ROW, "key", key, "value", value, NULL);
}

/** vrf_kv_row_set_key: @key: (nullable): */
void
vrf_kv_row_set_key (VrfKvRow *self, const char *key)
{
  g_autofree char *copy = NULL;

  g_return_if_fail (VRF_IS_KV_ROW (self));

  if (!vrf_str_set (&self->key, key))
    return;

  vrf_label_set (self->key_label, key);
  /* Translators: copies the value of that name, "Copy Session" */
  copy = g_strdup_printf (_ ("Copy %s"), key != NULL ? key : "");
  gtk_widget_set_tooltip_text (self->copy_button, copy);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->copy_button), GTK_ACCESSIBLE_PROPERTY_LABEL, copy, -1);
  update_accessible (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEY]);
}

/** vrf_kv_row_get_value: Returns: (nullable): the value, masked or not */
const char *
vrf_kv_row_get_value (VrfKvRow *self)
{
  g_return_val_if_fail (VRF_IS_KV_ROW (self), NULL);

  return self->value;
}

/** vrf_kv_row_set_value: @value: (nullable): */
void
vrf_kv_row_set_value (VrfKvRow *self, const char *value)
{
  g_return_if_fail (VRF_IS_KV_ROW (self));

  if (!vrf_str_set (&self->value, value))
    return;

  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

/* Sets one of the switches; TRUE when it changed. */
static gboolean
set_flag (VrfKvRow *self, gboolean *flag, gboolean on, VrfKvRowProperty property)
{
  if (*flag == !!on)
    return FALSE;

  *flag = !!on;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);

  return TRUE;
}

/** vrf_kv_row_set_mono: @mono: monospace and cut in the middle, for ids */
void
vrf_kv_row_set_mono (VrfKvRow *self, gboolean mono)
{
  g_return_if_fail (VRF_IS_KV_ROW (self));

  set_flag (self, &self->mono, mono, PROP_MONO);
}

/** vrf_kv_row_set_copyable: @copyable: a button copies the value */
void
vrf_kv_row_set_copyable (VrfKvRow *self, gboolean copyable)
{
  g_return_if_fail (VRF_IS_KV_ROW (self));

  set_flag (self, &self->copyable, copyable, PROP_COPYABLE);
}

/** vrf_kv_row_set_masked: @masked: dots until revealed */
void
vrf_kv_row_set_masked (VrfKvRow *self, gboolean masked)
{
  g_return_if_fail (VRF_IS_KV_ROW (self));

  set_flag (self, &self->masked, masked, PROP_MASKED);
}

/** vrf_kv_row_set_mask: @mask: (nullable): what to show instead of eight dots */
void
vrf_kv_row_set_mask (VrfKvRow *self, const char *mask)
{
  g_return_if_fail (VRF_IS_KV_ROW (self));

  if (!vrf_str_set (&self->mask, mask))
    return;

  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MASK]);
}

/** vrf_kv_row_set_revealed: @revealed: shows a masked value */
void
vrf_kv_row_set_revealed (VrfKvRow *self, gboolean revealed)
{
  g_return_if_fail (VRF_IS_KV_ROW (self));

  set_flag (self, &self->revealed, revealed, PROP_REVEALED);
}

/** vrf_kv_row_set_suffix: @suffix: (nullable): a widget after the value, or instead of it */
void
vrf_kv_row_set_suffix (VrfKvRow *self, GtkWidget *suffix)
{
  g_return_if_fail (VRF_IS_KV_ROW (self));
  g_return_if_fail (suffix == NULL || GTK_IS_WIDGET (suffix));

  if (adw_bin_get_child (ADW_BIN (self->suffix)) == suffix)
    return;

  adw_bin_set_child (ADW_BIN (self->suffix), suffix);
  gtk_widget_set_visible (self->suffix, suffix != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUFFIX]);
}
