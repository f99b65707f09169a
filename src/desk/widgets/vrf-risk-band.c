/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <math.h>

#include <glib/gi18n.h>

#include "desk/widgets/vrf-risk-band.h"

#include "desk/widgets/vrf-risk-meter.h"
#include "desk/widgets/vrf-widget-util.h"

/*
 * VrfRiskBand: a risk score of 0 to 100 on the band of the four levels. The level's piece is full,
 * the others are pale, a triangle points at the score.
 */

#define N_LEVELS 4
#define BAND_HEIGHT 9
#define BAND_GAP 2
#define MARKER_WIDTH 12
#define MARKER_HEIGHT 8
#define MARKER_GAP 3
#define WORD_GAP 4
#define HEADER_GAP 6
#define PALE 0.28f

/* Where each level ends (verifa-api.md 2.3): 0-20, 21-50, 51-80, 81-100. */
static const int ends[N_LEVELS] = { 20, 50, 80, 100 };
static const char *const levels[N_LEVELS] = { "low", "medium", "high", "critical" };

struct _VrfRiskBand
{
  GtkWidget parent_instance;

  /* owned */
  char *level;
  char *note;
  int score; /* -1: not known */

  /* children */
  GtkWidget *header;
  GtkWidget *score_label; /* in header */
  GtkWidget *of_label;    /* in header */
  GtkWidget *note_label;  /* in header */
  GtkWidget *words[N_LEVELS];
};

G_DEFINE_FINAL_TYPE (VrfRiskBand, vrf_risk_band, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SCORE = 1,
  PROP_LEVEL,
  PROP_NOTE,
} VrfRiskBandProperty;

static GParamSpec *properties[PROP_NOTE + 1];

static void
update (VrfRiskBand *self)
{
  const char *word = vrf_risk_level_word (self->level);
  guint rank = vrf_risk_level_rank (self->level);
  g_autofree char *score = NULL;
  g_autofree char *of = NULL;
  g_autofree char *spoken = NULL;

  if (self->score >= 0)
    {
      score = g_strdup_printf ("%d", self->score);
      /* Translators: after a score; %s is the level of risk, as in “of 100 · High” */
      of = word != NULL ? g_strdup_printf (_ ("of 100 · %s"), word) : g_strdup (_ ("of 100"));
      spoken = g_strdup_printf (_ ("%d of 100, %s"), self->score, word != NULL ? word : "");
    }

  vrf_label_set (self->score_label, score);
  vrf_label_set (self->of_label, of != NULL ? of : word);
  for (guint i = 0; i < N_LEVELS; i++)
    vrf_widget_set_class (self->words[i], "vrf-secondary", i + 1 != rank);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                  0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  100.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  (double) MAX (0, self->score),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  spoken != NULL ? spoken
                                  : word != NULL ? word
                                                 : _ ("No risk yet"), -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static int
natural_height (GtkWidget *child)
{
  int height = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);

  return height;
}

static int
header_height (VrfRiskBand *self)
{
  int height = natural_height (self->header);

  return height > 0 ? height + HEADER_GAP : 0;
}

static int
band_top (VrfRiskBand *self)
{
  return header_height (self) + MARKER_HEIGHT + MARKER_GAP;
}

static void
vrf_risk_band_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  VrfRiskBand *self = VRF_RISK_BAND (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural =
          band_top (self) + BAND_HEIGHT + WORD_GAP + natural_height (self->words[0]);
      return;
    }

  gtk_widget_measure (self->header, orientation, -1, minimum, natural, NULL, NULL);
  *natural = MAX (*natural, 240);
}

/* The piece of level @i, from the start edge, then mirrored where text runs from the right. */
static graphene_rect_t
piece (VrfRiskBand *self, guint i)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int from = i > 0 ? (int) round (width * ends[i - 1] / 100.0) + BAND_GAP / 2 : 0;
  int to = i + 1 < N_LEVELS ? (int) round (width * ends[i] / 100.0) - BAND_GAP / 2 : width;

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    return GRAPHENE_RECT_INIT (
        (float) (width - to), (float) band_top (self), (float) (to - from), BAND_HEIGHT);

  return GRAPHENE_RECT_INIT (
      (float) from, (float) band_top (self), (float) (to - from), BAND_HEIGHT);
}

static void
vrf_risk_band_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VrfRiskBand *self = VRF_RISK_BAND (widget);

  gtk_widget_size_allocate (
      self->header,
      &(GtkAllocation){ 0, 0, width, MAX (0, header_height (self) - HEADER_GAP) },
      -1);

  for (guint i = 0; i < N_LEVELS; i++)
    {
      graphene_rect_t rect = piece (self, i);

      gtk_widget_size_allocate (self->words[i],
                                &(GtkAllocation){ (int) rect.origin.x,
                                                  band_top (self) + BAND_HEIGHT + WORD_GAP,
                                                  (int) rect.size.width,
                                                  natural_height (self->words[i]) },
                                -1);
    }
}

static void
append_marker (VrfRiskBand *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget);
  double x = round (width * self->score / 100.0);
  double top = header_height (self);
  GdkRGBA colour;
  cairo_t *cr = NULL;

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = width - x;
  x = CLAMP (x, MARKER_WIDTH / 2.0, width - MARKER_WIDTH / 2.0);

  vrf_widget_get_foreground (widget, &colour);
  cr = gtk_snapshot_append_cairo (
      snapshot,
      &GRAPHENE_RECT_INIT (
          (float) (x - MARKER_WIDTH / 2.0), (float) top, MARKER_WIDTH, MARKER_HEIGHT));
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_move_to (cr, x - MARKER_WIDTH / 2.0, top);
  cairo_line_to (cr, x + MARKER_WIDTH / 2.0, top);
  cairo_line_to (cr, x, top + MARKER_HEIGHT);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
vrf_risk_band_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VrfRiskBand *self = VRF_RISK_BAND (widget);
  guint rank = vrf_risk_level_rank (self->level);

  for (guint i = 0; i < N_LEVELS; i++)
    {
      graphene_rect_t rect = piece (self, i);
      GdkRGBA colour;

      vrf_widget_lookup_colour (widget, vrf_risk_level_colour_name (levels[i]), &colour);
      if (i + 1 != rank)
        colour.alpha *= PALE;
      gtk_snapshot_append_color (snapshot, &colour, &rect);
      gtk_widget_snapshot_child (widget, self->words[i], snapshot);
    }

  if (self->score >= 0)
    append_marker (self, snapshot);
  gtk_widget_snapshot_child (widget, self->header, snapshot);
}

static void
vrf_risk_band_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (vrf_risk_band_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
vrf_risk_band_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VrfRiskBand *self = VRF_RISK_BAND (object);

  switch ((VrfRiskBandProperty) id)
    {
    case PROP_SCORE:
      g_value_set_int (value, self->score);
      break;
    case PROP_LEVEL:
      g_value_set_string (value, self->level);
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_risk_band_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  VrfRiskBand *self = VRF_RISK_BAND (object);

  switch ((VrfRiskBandProperty) id)
    {
    case PROP_SCORE:
      vrf_risk_band_set_risk (self, g_value_get_int (value), self->level);
      break;
    case PROP_LEVEL:
      vrf_risk_band_set_risk (self, self->score, g_value_get_string (value));
      break;
    case PROP_NOTE:
      vrf_risk_band_set_note (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_risk_band_dispose (GObject *object)
{
  vrf_widget_clear_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (vrf_risk_band_parent_class)->dispose (object);
}

static void
vrf_risk_band_finalize (GObject *object)
{
  VrfRiskBand *self = VRF_RISK_BAND (object);

  g_clear_pointer (&self->level, g_free);
  g_clear_pointer (&self->note, g_free);

  G_OBJECT_CLASS (vrf_risk_band_parent_class)->finalize (object);
}

static void
vrf_risk_band_class_init (VrfRiskBandClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = vrf_risk_band_get_property;
  object_class->set_property = vrf_risk_band_set_property;
  object_class->dispose = vrf_risk_band_dispose;
  object_class->finalize = vrf_risk_band_finalize;
  widget_class->measure = vrf_risk_band_measure;
  widget_class->size_allocate = vrf_risk_band_size_allocate;
  widget_class->snapshot = vrf_risk_band_snapshot;
  widget_class->css_changed = vrf_risk_band_css_changed;

  /* 0 to 100; -1: not known. */
  properties[PROP_SCORE] = g_param_spec_int ("score", NULL, NULL, -1, 100, -1, flags);
  /* risk_level of the API. */
  properties[PROP_LEVEL] = g_param_spec_string ("level", NULL, NULL, NULL, flags);
  /* Small, at the end of the header, "No signals". */
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "vrf-risk-band");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static GtkWidget *
append_header_label (VrfRiskBand *self, const char *css_classes)
{
  GtkWidget *label = vrf_label_new (css_classes);

  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_box_append (GTK_BOX (self->header), label);

  return label;
}

static void
vrf_risk_band_init (VrfRiskBand *self)
{
  self->score = -1;

  self->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->score_label = append_header_label (self, "title-1 numeric");
  self->of_label = append_header_label (self, NULL);
  self->note_label = append_header_label (self, "caption vrf-secondary");
  gtk_widget_set_hexpand (self->note_label, TRUE);
  gtk_widget_set_halign (self->note_label, GTK_ALIGN_END);
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));

  for (guint i = 0; i < N_LEVELS; i++)
    {
      self->words[i] = g_object_new (GTK_TYPE_LABEL,
                                     "accessible-role",
                                     GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                     "label",
                                     vrf_risk_level_word (levels[i]),
                                     "ellipsize",
                                     PANGO_ELLIPSIZE_END,
                                     NULL);
      gtk_widget_add_css_class (self->words[i], "caption");
      gtk_widget_set_parent (self->words[i], GTK_WIDGET (self));
    }

  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Risk"), -1);
  update (self);
}

/** vrf_risk_band_new: Returns: (transfer floating): a band without score */
GtkWidget *
vrf_risk_band_new (void)
{
  return g_object_new (VRF_TYPE_RISK_BAND, NULL);
}

/**
 * vrf_risk_band_set_risk:
 * @score: `risk_score`, 0 to 100; below 0: not known
 * @level: (nullable): `risk_level`; it rules which piece is full, whatever @score says
 */
void
vrf_risk_band_set_risk (VrfRiskBand *self, int score, const char *level)
{
  gboolean score_changed, level_changed;

  g_return_if_fail (VRF_IS_RISK_BAND (self));

  score = CLAMP (score, -1, 100);
  score_changed = self->score != score;
  self->score = score;
  level_changed = vrf_str_set (&self->level, level);
  if (!score_changed && !level_changed)
    return;

  update (self);
  if (score_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCORE]);
  if (level_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEVEL]);
}

/** vrf_risk_band_set_note: @note: (nullable): */
void
vrf_risk_band_set_note (VrfRiskBand *self, const char *note)
{
  g_return_if_fail (VRF_IS_RISK_BAND (self));

  if (!vrf_str_set (&self->note, note))
    return;

  vrf_label_set (self->note_label, note);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTE]);
}
