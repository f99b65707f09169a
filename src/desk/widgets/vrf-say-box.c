/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/widgets/vrf-say-box.h"

#include "desk/widgets/vrf-widget-util.h"

/* VrfSayBox: one sentence to say to the guest. It looks the same wherever it stands. */

struct _VrfSayBox
{
  GtkWidget parent_instance;

  char *text;
  gboolean compact;

  GtkWidget *caption;
  GtkWidget *sentence;
};

G_DEFINE_FINAL_TYPE (VrfSayBox, vrf_say_box, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TEXT = 1,
  PROP_COMPACT,
} VrfSayBoxProperty;

static GParamSpec *properties[PROP_COMPACT + 1];

static void
vrf_say_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VrfSayBox *self = VRF_SAY_BOX (object);

  switch ((VrfSayBoxProperty) id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_COMPACT:
      g_value_set_boolean (value, self->compact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_say_box_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  VrfSayBox *self = VRF_SAY_BOX (object);

  switch ((VrfSayBoxProperty) id)
    {
    case PROP_TEXT:
      vrf_say_box_set_text (self, g_value_get_string (value));
      break;
    case PROP_COMPACT:
      vrf_say_box_set_compact (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_say_box_dispose (GObject *object)
{
  vrf_widget_clear_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (vrf_say_box_parent_class)->dispose (object);
}

static void
vrf_say_box_finalize (GObject *object)
{
  g_clear_pointer (&VRF_SAY_BOX (object)->text, g_free);

  G_OBJECT_CLASS (vrf_say_box_parent_class)->finalize (object);
}

static void
vrf_say_box_class_init (VrfSayBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = vrf_say_box_get_property;
  object_class->set_property = vrf_say_box_set_property;
  object_class->dispose = vrf_say_box_dispose;
  object_class->finalize = vrf_say_box_finalize;

  /* The sentence, without quotation marks; NULL hides the box. */
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  /* Caption and sentence on one line. */
  properties[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "vrf-say");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
vrf_say_box_init (VrfSayBox *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 2);

  self->caption = vrf_label_new ("vrf-say-caption");
  vrf_label_set (self->caption, _ ("Say to the guest"));
  gtk_widget_set_parent (self->caption, GTK_WIDGET (self));

  self->sentence = vrf_label_new ("vrf-say-sentence");
  gtk_label_set_wrap (GTK_LABEL (self->sentence), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (self->sentence), GTK_NATURAL_WRAP_NONE);
  gtk_widget_set_parent (self->sentence, GTK_WIDGET (self));

  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Say to the guest"), -1);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/** vrf_say_box_new: Returns: (transfer floating): hidden until it has something to say */
GtkWidget *
vrf_say_box_new (void)
{
  return g_object_new (VRF_TYPE_SAY_BOX, NULL);
}

/**
 * vrf_say_box_set_text:
 * @text: (nullable): one sentence without quotation marks, never a reason for a rejection; %NULL
 * hides
 */
void
vrf_say_box_set_text (VrfSayBox *self, const char *text)
{
  g_autofree char *quoted = NULL;

  g_return_if_fail (VRF_IS_SAY_BOX (self));

  if (!vrf_str_set (&self->text, text))
    return;

  /* Translators: your language's quotation marks around a sentence */
  if (text != NULL)
    quoted = g_strdup_printf (_ ("“%s”"), text);
  vrf_label_set (self->sentence, quoted);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/** vrf_say_box_set_compact: @compact: caption and sentence on one line */
void
vrf_say_box_set_compact (VrfSayBox *self, gboolean compact)
{
  GtkLayoutManager *layout = NULL;

  g_return_if_fail (VRF_IS_SAY_BOX (self));

  if (self->compact == !!compact)
    return;

  self->compact = !!compact;
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout),
                                  compact ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), compact ? 14 : 2);
  vrf_widget_set_class (GTK_WIDGET (self), "vrf-compact", self->compact);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPACT]);
}
