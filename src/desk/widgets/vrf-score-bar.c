/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <math.h>

#include <glib/gi18n.h>

#include "desk/widgets/vrf-score-bar.h"

#include "desk/widgets/vrf-widget-util.h"

/*
 * VrfScoreBar: a score from 0 to 1 as a bar, with a tick where it begins to pass. Green at or above
 * the tick, red below; the numbers say the same in words. Grows from the start edge.
 */

#define BAR_HEIGHT 10
#define TICK_OVER 4
#define TICK_WIDTH 2
#define TICK_GAP 6
#define HEADER_GAP 6
#define LABEL_GAP 2

struct _VrfScoreBar
{
  GtkWidget parent_instance;

  /* owned */
  char *title;
  char *caption;
  double score;     /* 0 to 1, -1: none */
  double threshold; /* 0 to 1, -1: none */

  /* children */
  GtkWidget *header;
  GtkWidget *title_label;   /* in header */
  GtkWidget *value_label;   /* in header */
  GtkWidget *caption_label; /* in header */
  GtkWidget *threshold_label;
};

G_DEFINE_FINAL_TYPE (VrfScoreBar, vrf_score_bar, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TITLE = 1,
  PROP_CAPTION,
  PROP_SCORE,
  PROP_THRESHOLD,
} VrfScoreBarProperty;

static GParamSpec *properties[PROP_THRESHOLD + 1];

static void
update (VrfScoreBar *self)
{
  g_autofree char *value = NULL;
  g_autofree char *pass = NULL;
  g_autofree char *spoken = NULL;

  if (self->score >= 0)
    value = g_strdup_printf ("%.2f", self->score);
  if (self->threshold >= 0)
    /* Translators: below a bar, at the score from which a check passes */
    pass = g_strdup_printf (_ ("pass from %.2f"), self->threshold);

  vrf_label_set (self->value_label, value);
  vrf_label_set (self->threshold_label, pass);

  if (value == NULL)
    spoken = g_strdup (_ ("No score"));
  else if (self->threshold >= 0)
    spoken = g_strdup_printf (_ ("%.2f, passes from %.2f"), self->score, self->threshold);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                  0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  1.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  MAX (0, self->score),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  spoken != NULL ? spoken : value,
                                  -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static int
label_height (VrfScoreBar *self)
{
  int height = 0;

  if (!gtk_widget_should_layout (self->threshold_label))
    return 0;

  gtk_widget_measure (
      self->threshold_label, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);

  return LABEL_GAP + height;
}

static int
header_height (VrfScoreBar *self)
{
  int height = 0;

  gtk_widget_measure (self->header, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);

  return height > 0 ? height + HEADER_GAP : 0;
}

static void
vrf_score_bar_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  VrfScoreBar *self = VRF_SCORE_BAR (widget);
  int label = 0;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = header_height (self) + BAR_HEIGHT + 2 * TICK_OVER + label_height (self);
      return;
    }

  gtk_widget_measure (self->header, orientation, -1, minimum, natural, NULL, NULL);
  if (gtk_widget_should_layout (self->threshold_label))
    gtk_widget_measure (self->threshold_label, orientation, -1, &label, NULL, NULL, NULL);
  *minimum = MAX (*minimum, label);
  *natural = MAX (*natural, label);
}

static double
mirror (GtkWidget *widget, double x)
{
  return gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? gtk_widget_get_width (widget) - x
                                                               : x;
}

static void
vrf_score_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VrfScoreBar *self = VRF_SCORE_BAR (widget);
  int header = header_height (self);
  int label_width = 0, x;

  gtk_widget_size_allocate (
      self->header, &(GtkAllocation){ 0, 0, width, MAX (0, header - HEADER_GAP) }, -1);

  if (!gtk_widget_should_layout (self->threshold_label))
    return;

  gtk_widget_measure (
      self->threshold_label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &label_width, NULL, NULL);
  label_width = MIN (label_width, width);
  x = (int) round (mirror (widget, width * self->threshold)) - label_width / 2;
  gtk_widget_size_allocate (self->threshold_label,
                            &(GtkAllocation){ CLAMP (x, 0, width - label_width),
                                              header + BAR_HEIGHT + 2 * TICK_OVER + LABEL_GAP,
                                              label_width,
                                              MAX (0, label_height (self) - LABEL_GAP) },
                            -1);
}

/* A piece of the bar between two distances from the start edge. */
static void
append_piece (
    GtkWidget *widget, GtkSnapshot *snapshot, double from, double to, const GdkRGBA *colour)
{
  double a = mirror (widget, from);
  double b = mirror (widget, to);
  int top = header_height (VRF_SCORE_BAR (widget)) + TICK_OVER;

  if (to > from)
    gtk_snapshot_append_color (
        snapshot,
        colour,
        &GRAPHENE_RECT_INIT ((float) MIN (a, b), (float) top, (float) fabs (b - a), BAR_HEIGHT));
}

/* Draws from the start to @end, leaving out the gap around the tick. */
static void
append_bar (VrfScoreBar *self, GtkSnapshot *snapshot, double end, const GdkRGBA *colour)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double tick = round (gtk_widget_get_width (widget) * self->threshold);

  if (self->threshold < 0)
    {
      append_piece (widget, snapshot, 0, end, colour);
      return;
    }

  append_piece (widget, snapshot, 0, MIN (end, tick - TICK_GAP / 2.0), colour);
  append_piece (widget, snapshot, tick + TICK_GAP / 2.0, end, colour);
}

static void
vrf_score_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VrfScoreBar *self = VRF_SCORE_BAR (widget);
  int width = gtk_widget_get_width (widget);
  int top = header_height (self);
  const char *name = self->threshold < 0              ? "accent_color"
                     : self->score >= self->threshold ? "success_color"
                                                      : "error_color";
  GdkRGBA foreground, fill, track;
  GskRoundedRect outline;

  vrf_widget_get_foreground (widget, &foreground);
  vrf_widget_lookup_colour (widget, name, &fill);
  track = foreground;
  track.alpha *= 0.10f;

  gsk_rounded_rect_init_from_rect (
      &outline,
      &GRAPHENE_RECT_INIT (0, (float) (top + TICK_OVER), (float) width, BAR_HEIGHT),
      BAR_HEIGHT / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  append_bar (self, snapshot, width, &track);
  if (self->score > 0)
    append_bar (self, snapshot, round (width * self->score), &fill);
  gtk_snapshot_pop (snapshot);

  if (self->threshold >= 0)
    gtk_snapshot_append_color (
        snapshot,
        &foreground,
        &GRAPHENE_RECT_INIT (
            (float) (round (mirror (widget, width * self->threshold)) - TICK_WIDTH / 2.0),
            (float) top,
            TICK_WIDTH,
            BAR_HEIGHT + 2 * TICK_OVER));

  gtk_widget_snapshot_child (widget, self->header, snapshot);
  gtk_widget_snapshot_child (widget, self->threshold_label, snapshot);
}

static void
vrf_score_bar_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (vrf_score_bar_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
vrf_score_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VrfScoreBar *self = VRF_SCORE_BAR (object);

  switch ((VrfScoreBarProperty) id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_CAPTION:
      g_value_set_string (value, self->caption);
      break;
    case PROP_SCORE:
      g_value_set_double (value, self->score);
      break;
    case PROP_THRESHOLD:
      g_value_set_double (value, self->threshold);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_score_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  VrfScoreBar *self = VRF_SCORE_BAR (object);

  switch ((VrfScoreBarProperty) id)
    {
    case PROP_TITLE:
      vrf_score_bar_set_title (self, g_value_get_string (value));
      break;
    case PROP_CAPTION:
      vrf_score_bar_set_caption (self, g_value_get_string (value));
      break;
    case PROP_SCORE:
      vrf_score_bar_set_score (self, g_value_get_double (value));
      break;
    case PROP_THRESHOLD:
      vrf_score_bar_set_threshold (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_score_bar_dispose (GObject *object)
{
  vrf_widget_clear_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (vrf_score_bar_parent_class)->dispose (object);
}

static void
vrf_score_bar_finalize (GObject *object)
{
  VrfScoreBar *self = VRF_SCORE_BAR (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->caption, g_free);

  G_OBJECT_CLASS (vrf_score_bar_parent_class)->finalize (object);
}

static void
vrf_score_bar_class_init (VrfScoreBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = vrf_score_bar_get_property;
  object_class->set_property = vrf_score_bar_set_property;
  object_class->dispose = vrf_score_bar_dispose;
  object_class->finalize = vrf_score_bar_finalize;
  widget_class->measure = vrf_score_bar_measure;
  widget_class->size_allocate = vrf_score_bar_size_allocate;
  widget_class->snapshot = vrf_score_bar_snapshot;
  widget_class->css_changed = vrf_score_bar_css_changed;

  /* What is measured, "Face match". */
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  /* Small, after the number, "of 1.00, standard". */
  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  /* 0 to 1; -1: none. */
  properties[PROP_SCORE] = g_param_spec_double ("score", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_THRESHOLD] = g_param_spec_double ("threshold", NULL, NULL, -1, 1, -1, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "vrf-score-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
vrf_score_bar_init (VrfScoreBar *self)
{
  self->score = -1;
  self->threshold = -1;

  self->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->title_label = vrf_label_new (NULL);
  self->value_label = vrf_label_new ("heading numeric");
  self->caption_label = vrf_label_new ("caption vrf-secondary");
  gtk_widget_set_hexpand (self->title_label, TRUE);
  gtk_widget_set_valign (self->caption_label, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (self->value_label, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (self->title_label, GTK_ALIGN_BASELINE);
  gtk_box_append (GTK_BOX (self->header), self->title_label);
  gtk_box_append (GTK_BOX (self->header), self->value_label);
  gtk_box_append (GTK_BOX (self->header), self->caption_label);
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));

  self->threshold_label = vrf_label_new ("caption numeric vrf-secondary");
  gtk_widget_set_parent (self->threshold_label, GTK_WIDGET (self));

  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
  update (self);
}

/** vrf_score_bar_new: Returns: (transfer floating): a bar without score */
GtkWidget *
vrf_score_bar_new (void)
{
  return g_object_new (VRF_TYPE_SCORE_BAR, NULL);
}

/** vrf_score_bar_set_title: @title: (nullable): also the accessible name */
void
vrf_score_bar_set_title (VrfScoreBar *self, const char *title)
{
  g_return_if_fail (VRF_IS_SCORE_BAR (self));

  if (!vrf_str_set (&self->title, title))
    return;

  vrf_label_set (self->title_label, title);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title != NULL ? title : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/** vrf_score_bar_set_caption: @caption: (nullable): */
void
vrf_score_bar_set_caption (VrfScoreBar *self, const char *caption)
{
  g_return_if_fail (VRF_IS_SCORE_BAR (self));

  if (!vrf_str_set (&self->caption, caption))
    return;

  vrf_label_set (self->caption_label, caption);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAPTION]);
}

static double
clamp_score (double score)
{
  return score >= 0 ? MIN (score, 1) : -1;
}

/** vrf_score_bar_set_score: @score: 0 to 1; anything below 0: none */
void
vrf_score_bar_set_score (VrfScoreBar *self, double score)
{
  g_return_if_fail (VRF_IS_SCORE_BAR (self));

  score = clamp_score (score);
  if (G_APPROX_VALUE (self->score, score, 1e-9))
    return;

  self->score = score;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCORE]);
}

/** vrf_score_bar_set_threshold: @threshold: where passing begins, 0 to 1; below 0: not known */
void
vrf_score_bar_set_threshold (VrfScoreBar *self, double threshold)
{
  g_return_if_fail (VRF_IS_SCORE_BAR (self));

  threshold = clamp_score (threshold);
  if (G_APPROX_VALUE (self->threshold, threshold, 1e-9))
    return;

  self->threshold = threshold;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THRESHOLD]);
}
