/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/widgets/vrf-risk-meter.h"

#include "desk/widgets/vrf-widget-util.h"

/* VrfRiskMeter: four small bars, as many lit as the level is high, and the level's word. */

#define N_BARS 4
#define BAR_WIDTH 4
#define BAR_HEIGHT 12
#define BAR_GAP 2
#define BAR_RADIUS 2
#define BARS_WIDTH (N_BARS * BAR_WIDTH + (N_BARS - 1) * BAR_GAP)
#define WORD_GAP 7

static const struct
{
  const char *nick;
  const char *word;
  const char *spoken; /* inside a sentence */
  const char *colour;
} levels[] = {
  { "low",
    N_ ("Low"), N_ ("Risk: low, 1 of 4"), "success_color" },
    { "medium",
      N_ ("Medium"), N_ ("Risk: medium, 2 of 4"), "warning_color" },
      { "high",
        N_ ("High"), N_ ("Risk: high, 3 of 4"), "error_color" },
        { "critical", N_ ("Critical"), N_ ("Risk: critical, 4 of 4"), "error_color" },
        };

/**
 * vrf_risk_level_rank:
 * @level: (nullable): `risk_level` of the API
 *
 * Returns: 1 (low) to 4 (critical); 0 when %NULL or unknown
 */
guint
vrf_risk_level_rank (const char *level)
{
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_strcmp0 (levels[i].nick, level) == 0)
      return i + 1;

  return 0;
}

/**
 * vrf_risk_level_word:
 * @level: (nullable): `risk_level` of the API
 *
 * Returns: (nullable): the word for it, translated; @level itself when unknown
 */
const char *
vrf_risk_level_word (const char *level)
{
  guint rank = vrf_risk_level_rank (level);

  return rank > 0 ? _ (levels[rank - 1].word) : level;
}

/** vrf_risk_level_colour_name: Returns: the theme's name of the colour for @level */
const char *
vrf_risk_level_colour_name (const char *level)
{
  guint rank = vrf_risk_level_rank (level);

  return rank > 0 ? levels[rank - 1].colour : "window_fg_color";
}

struct _VrfRiskMeter
{
  GtkWidget parent_instance;

  char *level;
  int score; /* 0 to 100, -1: not known */
  gboolean show_word;

  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (VrfRiskMeter, vrf_risk_meter, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_LEVEL = 1,
  PROP_SCORE,
  PROP_SHOW_WORD,
} VrfRiskMeterProperty;

static GParamSpec *properties[PROP_SHOW_WORD + 1];

static void
update_accessible (VrfRiskMeter *self)
{
  guint rank = vrf_risk_level_rank (self->level);
  g_autofree char *unknown = NULL;
  const char *name = _ ("No risk yet");

  if (rank > 0)
    name = _ (levels[rank - 1].spoken);
  else if (self->level != NULL)
    /* Translators: %s is the service’s own word for a level of risk */
    name = unknown = g_strdup_printf (_ ("Risk: %s"), self->level);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                  0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  (double) N_BARS,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  (double) rank,
                                  -1);
}

static void
update (VrfRiskMeter *self)
{
  const char *word = self->show_word ? vrf_risk_level_word (self->level) : NULL;
  g_autofree char *text = NULL;

  if (word != NULL && self->score >= 0)
    text = g_strdup_printf ("%s · %d", word, self->score);

  vrf_label_set (self->label, text != NULL ? text : word);
  update_accessible (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static gboolean
has_word (VrfRiskMeter *self)
{
  return gtk_widget_get_visible (self->label);
}

static void
vrf_risk_meter_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  VrfRiskMeter *self = VRF_RISK_METER (widget);
  int label_minimum = 0, label_natural = 0;

  if (self->level == NULL)
    return;

  if (has_word (self))
    gtk_widget_measure (self->label,
                        orientation,
                        -1,
                        &label_minimum,
                        &label_natural,
                        minimum_baseline,
                        natural_baseline);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = MAX (BAR_HEIGHT, label_minimum);
      *natural = MAX (BAR_HEIGHT, label_natural);
      return;
    }

  *minimum = BARS_WIDTH + (has_word (self) ? WORD_GAP + label_minimum : 0);
  *natural = BARS_WIDTH + (has_word (self) ? WORD_GAP + label_natural : 0);
}

static gboolean
is_rtl (GtkWidget *widget)
{
  return gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
}

static void
vrf_risk_meter_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VrfRiskMeter *self = VRF_RISK_METER (widget);
  const int start = BARS_WIDTH + WORD_GAP;

  if (!has_word (self))
    return;

  gtk_widget_size_allocate (
      self->label,
      &(GtkAllocation){ is_rtl (widget) ? 0 : start, 0, MAX (0, width - start), height },
      baseline);
}

static void
vrf_risk_meter_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VrfRiskMeter *self = VRF_RISK_METER (widget);
  guint rank = vrf_risk_level_rank (self->level);
  int width = gtk_widget_get_width (widget);
  int top = (gtk_widget_get_height (widget) - BAR_HEIGHT) / 2;
  GdkRGBA lit, unlit;

  if (self->level == NULL)
    return;

  vrf_widget_lookup_colour (widget, vrf_risk_level_colour_name (self->level), &lit);
  vrf_widget_get_foreground (widget, &unlit);
  unlit.alpha *= 0.18f;

  for (guint i = 0; i < N_BARS; i++)
    {
      int x = (int) i * (BAR_WIDTH + BAR_GAP);
      graphene_rect_t bar = GRAPHENE_RECT_INIT (
          is_rtl (widget) ? width - x - BAR_WIDTH : x, top, BAR_WIDTH, BAR_HEIGHT);

      vrf_snapshot_append_rounded (snapshot, &bar, BAR_RADIUS, i < rank ? &lit : &unlit);
    }

  if (has_word (self))
    gtk_widget_snapshot_child (widget, self->label, snapshot);
}

static void
vrf_risk_meter_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (vrf_risk_meter_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
vrf_risk_meter_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VrfRiskMeter *self = VRF_RISK_METER (object);

  switch ((VrfRiskMeterProperty) id)
    {
    case PROP_LEVEL:
      g_value_set_string (value, self->level);
      break;
    case PROP_SCORE:
      g_value_set_int (value, self->score);
      break;
    case PROP_SHOW_WORD:
      g_value_set_boolean (value, self->show_word);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_risk_meter_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  VrfRiskMeter *self = VRF_RISK_METER (object);

  switch ((VrfRiskMeterProperty) id)
    {
    case PROP_LEVEL:
      vrf_risk_meter_set_level (self, g_value_get_string (value));
      break;
    case PROP_SCORE:
      vrf_risk_meter_set_score (self, g_value_get_int (value));
      break;
    case PROP_SHOW_WORD:
      vrf_risk_meter_set_show_word (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_risk_meter_dispose (GObject *object)
{
  vrf_widget_clear_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (vrf_risk_meter_parent_class)->dispose (object);
}

static void
vrf_risk_meter_finalize (GObject *object)
{
  g_clear_pointer (&VRF_RISK_METER (object)->level, g_free);

  G_OBJECT_CLASS (vrf_risk_meter_parent_class)->finalize (object);
}

static void
vrf_risk_meter_class_init (VrfRiskMeterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = vrf_risk_meter_get_property;
  object_class->set_property = vrf_risk_meter_set_property;
  object_class->dispose = vrf_risk_meter_dispose;
  object_class->finalize = vrf_risk_meter_finalize;
  widget_class->measure = vrf_risk_meter_measure;
  widget_class->size_allocate = vrf_risk_meter_size_allocate;
  widget_class->snapshot = vrf_risk_meter_snapshot;
  widget_class->css_changed = vrf_risk_meter_css_changed;

  /* risk_level of the API; NULL: not judged yet, shows nothing */
  properties[PROP_LEVEL] = g_param_spec_string ("level", NULL, NULL, NULL, flags);
  /* 0 to 100, shown after the word; -1: leave it out */
  properties[PROP_SCORE] = g_param_spec_int ("score", NULL, NULL, -1, 100, -1, flags);
  properties[PROP_SHOW_WORD] = g_param_spec_boolean ("show-word", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "vrf-risk-meter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
vrf_risk_meter_init (VrfRiskMeter *self)
{
  self->score = -1;
  self->show_word = TRUE;
  self->label = g_object_new (GTK_TYPE_LABEL,
                              "accessible-role",
                              GTK_ACCESSIBLE_ROLE_PRESENTATION,
                              "xalign",
                              0.0f,
                              "visible",
                              FALSE,
                              NULL);
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  update_accessible (self);
}

/** vrf_risk_meter_new: Returns: (transfer floating): a meter that shows nothing yet */
GtkWidget *
vrf_risk_meter_new (void)
{
  return g_object_new (VRF_TYPE_RISK_METER, NULL);
}

/** vrf_risk_meter_set_level: @level: (nullable): `risk_level`; %NULL shows nothing */
void
vrf_risk_meter_set_level (VrfRiskMeter *self, const char *level)
{
  g_return_if_fail (VRF_IS_RISK_METER (self));

  if (!vrf_str_set (&self->level, level))
    return;

  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEVEL]);
}

/** vrf_risk_meter_set_score: @score: 0 to 100, or -1 to leave it out */
void
vrf_risk_meter_set_score (VrfRiskMeter *self, int score)
{
  g_return_if_fail (VRF_IS_RISK_METER (self));

  score = CLAMP (score, -1, 100);
  if (self->score == score)
    return;

  self->score = score;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCORE]);
}

/** vrf_risk_meter_set_show_word: %FALSE leaves the bars alone; the accessible name stays whole */
void
vrf_risk_meter_set_show_word (VrfRiskMeter *self, gboolean show_word)
{
  g_return_if_fail (VRF_IS_RISK_METER (self));

  if (self->show_word == !!show_word)
    return;

  self->show_word = !!show_word;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_WORD]);
}
