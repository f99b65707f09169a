/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <math.h>

#include <glib/gi18n.h>

#include "desk/widgets/vrf-ring.h"

#include "desk/widgets/vrf-widget-util.h"

/*
 * VrfRing: time that runs out. The remaining part is drawn clockwise from twelve o'clock, in every
 * language, as clocks do. Its colour is the widget's CSS colour; below a quarter the style class
 * "vrf-soon" changes it.
 *
 * Screen readers hear a new value every half minute, not every second.
 */

#define SOON_FRACTION 0.25
#define SPOKEN_EVERY_S 30

struct _VrfRing
{
  GtkWidget parent_instance;

  /* owned */
  char *text;
  char *caption;
  char *value_text;
  char *until; /* of the last value spoken */
  gint64 spoken_slot;
  double fraction;
  int size;

  /* children */
  GtkWidget *box;
  GtkWidget *text_label;    /* in box */
  GtkWidget *caption_label; /* in box */
};

G_DEFINE_FINAL_TYPE (VrfRing, vrf_ring, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_FRACTION = 1,
  PROP_TEXT,
  PROP_CAPTION,
  PROP_VALUE_TEXT,
  PROP_SIZE,
} VrfRingProperty;

static GParamSpec *properties[PROP_SIZE + 1];

static void
notify (VrfRing *self, VrfRingProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
update_size_class (VrfRing *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  vrf_widget_set_class (widget, "vrf-small", self->size <= VRF_RING_SMALL);
  vrf_widget_set_class (widget, "vrf-large", self->size >= VRF_RING_LARGE);
}

static int
stroke_width (VrfRing *self)
{
  return MAX (2, (int) round (self->size * 10.0 / VRF_RING_MEDIUM));
}

static void
vrf_ring_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  *minimum = *natural = VRF_RING (widget)->size;
}

static void
vrf_ring_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VrfRing *self = VRF_RING (widget);
  int box_width, box_height;

  gtk_widget_measure (self->box, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &box_width, NULL, NULL);
  gtk_widget_measure (self->box, GTK_ORIENTATION_VERTICAL, -1, NULL, &box_height, NULL, NULL);
  gtk_widget_size_allocate (
      self->box,
      &(GtkAllocation){ (width - box_width) / 2, (height - box_height) / 2, box_width, box_height },
      -1);
}

static void
vrf_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VrfRing *self = VRF_RING (widget);
  double stroke = stroke_width (self);
  double radius = (self->size - stroke) / 2;
  double x = gtk_widget_get_width (widget) / 2.0;
  double y = gtk_widget_get_height (widget) / 2.0;
  GdkRGBA arc, track;
  cairo_t *cr = NULL;

  vrf_widget_get_foreground (widget, &arc);
  vrf_widget_get_foreground (self->text_label, &track);
  track.alpha *= 0.10f;

  cr = gtk_snapshot_append_cairo (
      snapshot,
      &GRAPHENE_RECT_INIT (
          0, 0, (float) gtk_widget_get_width (widget), (float) gtk_widget_get_height (widget)));
  cairo_set_line_width (cr, stroke);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);

  gdk_cairo_set_source_rgba (cr, &track);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_stroke (cr);

  if (self->fraction > 0)
    {
      gdk_cairo_set_source_rgba (cr, &arc);
      cairo_arc (cr, x, y, radius, -G_PI / 2, -G_PI / 2 + self->fraction * 2 * G_PI);
      cairo_stroke (cr);
    }

  cairo_destroy (cr);
  gtk_widget_snapshot_child (widget, self->box, snapshot);
}

static void
vrf_ring_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VrfRing *self = VRF_RING (object);

  switch ((VrfRingProperty) id)
    {
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_CAPTION:
      g_value_set_string (value, self->caption);
      break;
    case PROP_VALUE_TEXT:
      g_value_set_string (value, self->value_text);
      break;
    case PROP_SIZE:
      g_value_set_int (value, self->size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_ring_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  VrfRing *self = VRF_RING (object);

  switch ((VrfRingProperty) id)
    {
    case PROP_FRACTION:
      vrf_ring_set_fraction (self, g_value_get_double (value));
      break;
    case PROP_TEXT:
      vrf_ring_set_text (self, g_value_get_string (value));
      break;
    case PROP_CAPTION:
      vrf_ring_set_caption (self, g_value_get_string (value));
      break;
    case PROP_VALUE_TEXT:
      vrf_ring_set_value_text (self, g_value_get_string (value));
      break;
    case PROP_SIZE:
      vrf_ring_set_size (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_ring_dispose (GObject *object)
{
  vrf_widget_clear_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (vrf_ring_parent_class)->dispose (object);
}

static void
vrf_ring_finalize (GObject *object)
{
  VrfRing *self = VRF_RING (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->caption, g_free);
  g_clear_pointer (&self->value_text, g_free);
  g_clear_pointer (&self->until, g_free);

  G_OBJECT_CLASS (vrf_ring_parent_class)->finalize (object);
}

static void
vrf_ring_class_init (VrfRingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = vrf_ring_get_property;
  object_class->set_property = vrf_ring_set_property;
  object_class->dispose = vrf_ring_dispose;
  object_class->finalize = vrf_ring_finalize;
  widget_class->measure = vrf_ring_measure;
  widget_class->size_allocate = vrf_ring_size_allocate;
  widget_class->snapshot = vrf_ring_snapshot;

  /* What is left, 0 to 1. */
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 1, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  /* What screen readers say, "16 minutes 52 seconds, until 11:04". */
  properties[PROP_VALUE_TEXT] = g_param_spec_string ("value-text", NULL, NULL, NULL, flags);
  /* Logical pixels across. */
  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 16, 1024, VRF_RING_MEDIUM, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "vrf-ring");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

static void
vrf_ring_init (VrfRing *self)
{
  self->fraction = 1;
  self->size = VRF_RING_MEDIUM;
  self->spoken_slot = -1;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->text_label = vrf_label_new ("vrf-ring-time numeric");
  self->caption_label = vrf_label_new ("vrf-ring-caption");
  gtk_label_set_xalign (GTK_LABEL (self->text_label), 0.5f);
  gtk_label_set_xalign (GTK_LABEL (self->caption_label), 0.5f);
  gtk_box_append (GTK_BOX (self->box), self->text_label);
  gtk_box_append (GTK_BOX (self->box), self->caption_label);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Time left"),
                                     GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                     0.0,
                                     GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                     1.0,
                                     GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                     1.0,
                                     -1);
}

/** vrf_ring_new: Returns: (transfer floating): a full ring without text */
GtkWidget *
vrf_ring_new (void)
{
  return g_object_new (VRF_TYPE_RING, NULL);
}

static char *
format_clock (gint64 seconds)
{
  if (seconds >= 3600)
    return g_strdup_printf (
        "%d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60), (int) (seconds % 60));

  return g_strdup_printf ("%02d:%02d", (int) (seconds / 60), (int) (seconds % 60));
}

static char *
format_spoken (gint64 seconds, const char *until)
{
  int n_minutes = (int) (seconds / 60);
  int n_seconds = (int) (seconds % 60);
  g_autofree char *minutes =
      g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) n_minutes), n_minutes);
  g_autofree char *rest =
      g_strdup_printf (ngettext ("%d second", "%d seconds", (gulong) n_seconds), n_seconds);
  g_autofree char *span = NULL;

  /* Translators: minutes and seconds left, as in "16 minutes 52 seconds" */
  span = n_minutes > 0 ? g_strdup_printf (_ ("%s %s"), minutes, rest) : g_steal_pointer (&rest);
  if (until == NULL)
    return g_steal_pointer (&span);

  /* Translators: time left and a clock time, as in "16 minutes 52 seconds, until 11:04" */
  return g_strdup_printf (_ ("%s, until %s"), span, until);
}

/**
 * vrf_ring_set_time:
 * @left_s: seconds left; below 0 counts as 0, more than 99 hours as 99 hours
 * @whole_s: seconds from the start to the end; 0 or less draws an empty ring
 * @until: (nullable): the end as a clock time, "11:04"
 *
 * Sets fraction and text, and every half minute the value text.
 */
void
vrf_ring_set_time (VrfRing *self, gint64 left_s, gint64 whole_s, const char *until)
{
  g_autofree char *text = NULL;
  gint64 slot;

  g_return_if_fail (VRF_IS_RING (self));

  left_s = CLAMP (left_s, 0, 99 * 3600);
  text = format_clock (left_s);
  vrf_ring_set_text (self, text);
  vrf_ring_set_fraction (self, whole_s > 0 ? (double) left_s / (double) whole_s : 0);

  slot = (left_s + SPOKEN_EVERY_S - 1) / SPOKEN_EVERY_S;
  if (vrf_str_set (&self->until, until) || slot != self->spoken_slot)
    {
      g_autofree char *spoken = format_spoken (left_s, until);

      self->spoken_slot = slot;
      vrf_ring_set_value_text (self, spoken);
    }
}

/** vrf_ring_set_fraction: @fraction: what is left, 0 to 1 */
void
vrf_ring_set_fraction (VrfRing *self, double fraction)
{
  g_return_if_fail (VRF_IS_RING (self));

  fraction = CLAMP (fraction, 0, 1);
  if (G_APPROX_VALUE (self->fraction, fraction, 1e-9))
    return;

  self->fraction = fraction;
  vrf_widget_set_class (GTK_WIDGET (self), "vrf-soon", fraction < SOON_FRACTION);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, fraction, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  notify (self, PROP_FRACTION);
}

/** vrf_ring_set_text: @text: (nullable): in the middle, "16:52" */
void
vrf_ring_set_text (VrfRing *self, const char *text)
{
  g_return_if_fail (VRF_IS_RING (self));

  if (!vrf_str_set (&self->text, text))
    return;

  vrf_label_set (self->text_label, text);
  notify (self, PROP_TEXT);
}

/** vrf_ring_set_caption: @caption: (nullable): small, below the text */
void
vrf_ring_set_caption (VrfRing *self, const char *caption)
{
  g_return_if_fail (VRF_IS_RING (self));

  if (!vrf_str_set (&self->caption, caption))
    return;

  vrf_label_set (self->caption_label, caption);
  notify (self, PROP_CAPTION);
}

/** vrf_ring_set_value_text: @value_text: (nullable): what screen readers say */
void
vrf_ring_set_value_text (VrfRing *self, const char *value_text)
{
  g_return_if_fail (VRF_IS_RING (self));

  if (!vrf_str_set (&self->value_text, value_text))
    return;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  value_text != NULL ? value_text : "",
                                  -1);
  notify (self, PROP_VALUE_TEXT);
}

/** vrf_ring_set_size: @size: logical pixels across, such as #VRF_RING_MEDIUM */
void
vrf_ring_set_size (VrfRing *self, int size)
{
  g_return_if_fail (VRF_IS_RING (self));
  g_return_if_fail (size >= 16 && size <= 1024);

  if (self->size == size)
    return;

  self->size = size;
  update_size_class (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  notify (self, PROP_SIZE);
}
